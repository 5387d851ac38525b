#include "base/number.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

bool number_is_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* One more digit, added away from zero; false when that passes the range. */
static bool add_digit(int64_t *value, int64_t digit)
{
    return !__builtin_mul_overflow(*value, 10, value) && !__builtin_add_overflow(*value, digit, value);
}

bool number_read(const char *text, int64_t least, int64_t most, int64_t *out)
{
    bool below = *text == '-';
    text += below;
    if (!number_is_digits(text))
        return false;
    int64_t value = 0;
    for (; *text != '\0'; text++)
        if (!add_digit(&value, below ? '0' - *text : *text - '0'))
            return false;
    if (value < least || value > most)
        return false;
    *out = value;
    return true;
}

/* Steps over one digit or more; false where there is none. */
static bool pass_digits(const char **at)
{
    const char *start = *at;
    while (ascii_is_digit(**at))
        (*at)++;
    return *at > start;
}

static bool is_spelt_as_json(const char *at)
{
    at += *at == '-';
    if (at[0] == '0' && ascii_is_digit(at[1]))
        return false;
    if (!pass_digits(&at))
        return false;
    if (*at == '.') {
        at++;
        if (!pass_digits(&at))
            return false;
    }
    if (ascii_lower(*at) == 'e') {
        at++;
        at += *at == '+' || *at == '-';
        if (!pass_digits(&at))
            return false;
    }
    return *at == '\0';
}

/* The C library rounds rightly; it is asked under the locale "C", not the host's. */
bool number_read_decimal(const char *text, double *out)
{
    if (!is_spelt_as_json(text))
        return false;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return false;
    double value = strtod_l(text, NULL, plain);
    freelocale(plain);
    if (!isfinite(value))
        return false;
    *out = value;
    return true;
}
