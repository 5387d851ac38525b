/*
 * Numbers from texts: the whole text or nothing, within a range, and whatever locale the host has set.
 *
 * strtol(), strtod(), sscanf() and their kin appear nowhere else, nor does a format that would write a decimal point.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal digits with an optional minus; false (and *out untouched) for anything else or out of [least, most]. */
bool number_read(const char *text, int64_t least, int64_t most, int64_t *out);

/* A number as JSON spells it, 2, -0.8, 1.25e3; false (and *out untouched) for anything else and for what is too large.
 */
bool number_read_decimal(const char *text, double *out);

/* True for a text of the digits 0-9 that is not empty. */
bool number_is_digits(const char *text);

#endif
