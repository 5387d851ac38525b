/*
 * Numbers from texts, with range and trailing-garbage checks. strtol() appears nowhere else.
 */
#ifndef SUPPORT_NUMBER_H
#define SUPPORT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal digits with an optional minus; false (and *out untouched) for anything else or out of [least, most]. */
bool number_read(const char *text, int64_t least, int64_t most, int64_t *out);

/* True for a non-empty text of the digits 0-9 only. */
bool number_is_digits(const char *text);

#endif
