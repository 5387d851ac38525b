#include "base/number.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

bool number_is_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* Adds a digit below or above zero; false when that passes the range. */
static bool add_digit(int64_t *value, int64_t base, int64_t digit)
{
    return !__builtin_mul_overflow(*value, base, value) && !__builtin_add_overflow(*value, digit, value);
}

bool number_read(const char *text, int64_t least, int64_t most, int64_t *out)
{
    bool below = *text == '-';
    int64_t value = 0;
    text += below;
    if (!number_is_digits(text))
        return false;
    for (; *text != '\0'; text++)
        if (!add_digit(&value, 10, below ? '0' - *text : *text - '0'))
            return false;
    if (value < least || value > most)
        return false;
    *out = value;
    return true;
}

bool number_read_hex(const char *text, int64_t most, int64_t *out)
{
    int64_t value = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (!ascii_is_hex(*text))
            return false;
        if (!add_digit(&value, 16, ascii_is_digit(*text) ? *text - '0' : ascii_lower(*text) - 'a' + 10))
            return false;
    }
    if (value > most)
        return false;
    *out = value;
    return true;
}

/* ── Decimals ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The C library's own conversion is exact, and asked under a locale of our own: the host's may write a comma. */
static locale_t c_locale;

static void make_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0)
        abort(); /* "C" is always there */
}

static locale_t plain(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_locale);
    return c_locale;
}

/* The length of the digits that begin here. */
static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* Whether it is spelt as JSON spells a number. */
static bool is_spelt_well(const char *text)
{
    text += *text == '-';
    size_t whole = digits_at(text);
    if (whole == 0 || (whole > 1 && *text == '0'))
        return false;
    text += whole;
    if (*text == '.') {
        size_t fraction = digits_at(++text);
        if (fraction == 0)
            return false;
        text += fraction;
    }
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '+' || *text == '-';
        size_t exponent = digits_at(text);
        if (exponent == 0)
            return false;
        text += exponent;
    }
    return *text == '\0';
}

/* Up to 15 digits are a double without any rounding, and most numbers are such. */
static bool is_short_integer(const char *text)
{
    size_t digits = digits_at(text + (*text == '-'));
    return digits <= 15 && text[digits + (*text == '-')] == '\0';
}

double number_value(const char *text)
{
    if (!is_short_integer(text))
        return strtod_l(text, NULL, plain());
    bool below = *text == '-';
    double value = 0;
    for (text += below; *text != '\0'; text++)
        value = value * 10 + (*text - '0');
    return below ? -value : value;
}

bool number_read_decimal(const char *text, double *out)
{
    if (!is_spelt_well(text))
        return false;
    double value = number_value(text);
    if (!isfinite(value))
        return false;
    *out = value;
    return true;
}

const char *number_write_decimal(double value, char out[NUMBER_TEXT_MAX])
{
    locale_t before = uselocale(plain());
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, NUMBER_TEXT_MAX, "%.*g", digits, value);
        if (strtod_l(out, NULL, plain()) == value)
            break;
    }
    uselocale(before);
    return out;
}

const char *number_write_fixed(int64_t units, unsigned decimals, char out[NUMBER_TEXT_MAX])
{
    char digits[NUMBER_TEXT_MAX];
    uint64_t size = units < 0 ? (uint64_t) - (units + 1) + 1 : (uint64_t)units;
    int length = snprintf(digits, sizeof digits, "%0*llu", (int)decimals + 1, (unsigned long long)size);
    int whole = length - (int)decimals;
    snprintf(out, NUMBER_TEXT_MAX, "%s%.*s%s%s", units < 0 ? "-" : "", whole, digits, decimals > 0 ? "." : "",
             digits + whole);
    return out;
}
