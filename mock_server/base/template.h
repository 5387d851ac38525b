/*
 * Texts with a number in them: "5{{n}}" is "51", "52" …; "A-{{n:6}}" is "A-000001" …
 *
 * `{{n}}` is the number as it is, `{{n:W}}` the number with leading zeros up to W digits (1 to 18). Anything else in
 * braces is text. Numbers are 0 or more.
 *
 *     char name[64];
 *     template_write("5{{n}}0", 17, name, sizeof name);     // "5170"
 *     int64_t n = template_match("5{{n}}0", name);          // 17
 */
#ifndef BASE_TEMPLATE_H
#define BASE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

bool template_has_place(const char *pattern);
/* The bytes before the first place and behind the last one; without a place all of the pattern is before. */
size_t template_head(const char *pattern);
size_t template_tail(const char *pattern);

/* The length of the text; out is empty when that is not below `room`. */
size_t template_write(const char *pattern, int64_t n, char *out, size_t room);
char *template_text(const char *pattern, int64_t n) WARN_UNUSED;

/* The number n for which the pattern makes this text, or -1. The pattern has a place. */
int64_t template_match(const char *pattern, const char *text);

#endif
