/*
 * Letters and digits of ASCII, whatever locale the host has set: names of headers, schemes and identifiers.
 *
 * The functions of <ctype.h> and <strings.h> follow the locale (under tr_TR the small letter of 'I' is no 'i'), so they
 * are called nowhere. A byte above 0x7F is no letter, no digit and no space, and equals itself alone.
 */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

/* Equal without regard to the case of A-Z. */
bool ascii_equal(const char *a, const char *b);
bool ascii_equal_bytes(const char *a, const char *b, size_t length); /* stops at the end of either text */

char ascii_lower(char c);
char ascii_upper(char c);
bool ascii_is_digit(char c);
bool ascii_is_alpha(char c);
bool ascii_is_alnum(char c);
bool ascii_is_space(char c); /* blank, tab, line feed, vertical tab, form feed, carriage return */

int ascii_hex(char c); /* 0 to 15; -1: no hexadecimal digit */

#endif
