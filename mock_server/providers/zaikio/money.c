/*
 * Prices: texts such as "1005.046875", with up to eight digits before the point and seven after it (5). They are
 * reckoned with as whole numbers of the seventh place, never as binary fractions.
 */
#include <stdio.h>
#include <string.h>

#include "providers/zaikio/contents.h"

#define PLACES 7
#define UNIT   INT64_C(10000000) /* 10 to the power of PLACES */

/* "1005.046875" is 10050468750; 0 for what is no such decimal. */
static int64_t read_decimal(const char *text)
{
    int64_t value = 0;
    int places = -1;
    for (; text != NULL && *text != '\0' && places < PLACES; text++) {
        if (*text == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *text - '0', &value))
            return 0;
        places += places >= 0;
    }
    for (places = places < 0 ? 0 : places; places < PLACES; places++)
        if (__builtin_mul_overflow(value, 10, &value))
            return 0;
    return value;
}

/* At least one digit behind the point, and no zeros at the end but that. */
static void write_decimal(int64_t value, char out[DECIMAL_MAX])
{
    snprintf(out, DECIMAL_MAX, "%lld.%07lld", (long long)(value / UNIT), (long long)(value % UNIT));
    size_t length = strlen(out);
    while (out[length - 1] == '0' && out[length - 2] != '.')
        out[--length] = '\0';
}

void zaikio_multiply(const char *price, int64_t amount, char out[DECIMAL_MAX])
{
    int64_t product = 0;
    if (__builtin_mul_overflow(read_decimal(price), amount, &product))
        product = INT64_MAX;
    write_decimal(product, out);
}

void zaikio_sum(const cJSON *list, const char *member, char out[DECIMAL_MAX])
{
    int64_t sum = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, list) {
        if (__builtin_add_overflow(sum, read_decimal(json_string(entry, member)), &sum))
            sum = INT64_MAX;
    }
    write_decimal(sum, out);
}
