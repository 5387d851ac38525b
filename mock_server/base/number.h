/*
 * Numbers from texts and back, with range and trailing-garbage checks, whatever the locale of the host: the point is
 * always '.'. strtol(), strtod(), sscanf() and the formats %g, %f, %e appear nowhere outside of base/
 * (scripts/check-walls).
 *
 *     int64_t port = 0;
 *     if (!number_read(text, 0, 65535, &port)) …
 *
 *     char out[NUMBER_TEXT_MAX];
 *     number_write_decimal(0.1, out);                  // "0.1"
 *     number_write_fixed(1234, 3, out);                // "1.234"
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#define NUMBER_TEXT_MAX 32

/* Decimal digits with an optional minus; false (and *out untouched) for anything else or out of [least, most]. */
bool number_read(const char *text, int64_t least, int64_t most, int64_t *out);

/* The same for hexadecimal digits of either case, without a prefix and without a sign. */
bool number_read_hex(const char *text, int64_t most, int64_t *out);

/* True for a non-empty text of the digits 0-9 only. */
bool number_is_digits(const char *text);

/* A number as JSON writes it: "2", "-0.8", "1.5e3"; false (and *out untouched) for anything else, and for what is
 * beyond the range of double. */
bool number_read_decimal(const char *text, double *out);

/* The value of a text that is known to be such a number; beyond the range of double ±HUGE_VAL. */
double number_value(const char *text);

/* The shortest text that number_read_decimal() reads as the same value: "0.1", "1e+300"; no trailing zeros. `value` is
 * finite. Returns `out`. */
const char *number_write_decimal(double value, char out[NUMBER_TEXT_MAX]);

/* `units` with the point before the last `decimals` digits (0 to 9): 1234 with 3 is "1.234", -5 with 2 is "-0.05".
 * Returns `out`. */
const char *number_write_fixed(int64_t units, unsigned decimals, char out[NUMBER_TEXT_MAX]);

#endif
