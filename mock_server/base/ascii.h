/*
 * Letters of ASCII, whatever the locale of the program that uses this library.
 *
 * tolower(), isalpha(), strcasecmp() and their kin ask the locale that the host has set: with the Turkish one "I" is
 * not the capital of "i", and a header name would no longer be found. Here A to Z and a to z are pairs, digits are 0 to
 * 9, and every other byte, those of UTF-8 included, is itself and nothing else. So these are the only such functions of
 * this project (scripts/check-walls).
 *
 *     ascii_equal("Content-Type", "content-type")       // true
 *     ascii_lower('I')                                  // 'i', also under tr_TR
 */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

char ascii_lower(char c);
char ascii_upper(char c);
bool ascii_is_digit(char c);
bool ascii_is_hex(char c);
bool ascii_is_upper(char c);
bool ascii_is_alpha(char c);
bool ascii_is_alnum(char c);
/* Blank, tab, line feed, carriage return: what HTTP and JSON call white space. */
bool ascii_is_space(char c);

/* Whether two texts are the same but for the case of letters. */
bool ascii_equal(const char *a, const char *b);
/* The same for their first `length` bytes; a text that ends before that is equal only to one that ends there too. */
bool ascii_equal_bytes(const char *a, const char *b, size_t length);
/* The first place of `part` in `text` without regard to case, or NULL; "" is found at once. */
const char *ascii_find(const char *text, const char *part);

#endif
