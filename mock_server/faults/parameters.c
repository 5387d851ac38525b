#include "faults/parameters.h"

#include <string.h>

#include "base/instant.h"

int64_t parameter_integer(const cJSON *spec, const char *name, int64_t otherwise)
{
    int64_t value = otherwise;
    json_integer(json_member(spec, name), &value);
    return value;
}

double parameter_number(const cJSON *spec, const char *name, double otherwise)
{
    const cJSON *value = json_member(spec, name);
    return value == NULL ? otherwise : value->valuedouble;
}

int64_t parameter_us(const cJSON *spec, const char *name, int64_t otherwise_us)
{
    return json_member(spec, name) == NULL ? otherwise_us : parameter_integer(spec, name, 0) * 1000;
}

int64_t parameter_seconds_us(const cJSON *spec, const char *name, int64_t otherwise_us)
{
    const cJSON *value = json_member(spec, name);
    return value == NULL ? otherwise_us : (int64_t)(value->valuedouble * (double)INSTANT_SECOND_US + 0.5);
}

struct amount parameter_amount(const cJSON *spec, double otherwise)
{
    return (struct amount){.is_part = json_member(spec, "bytes") == NULL,
                           .bytes = (uint64_t)parameter_integer(spec, "bytes", 0),
                           .fraction = parameter_number(spec, "fraction", otherwise)};
}

uint64_t amount_of(const struct amount *amount, uint64_t length)
{
    return amount->is_part ? (uint64_t)(amount->fraction * (double)length) : amount->bytes;
}

bool parameter_is_value(const char *name, const char *value, struct text *problems)
{
    bool is_sent = *value != '\0';
    for (const char *c = value; *c != '\0'; c++)
        is_sent = is_sent && ((unsigned char)*c >= ' ' && *c != '\x7f');
    if (!is_sent)
        text_print(problems, "\"%s\" is the value of a header: not empty, and without control characters", name);
    return is_sent;
}
