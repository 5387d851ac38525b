/*
 * Reading the parameters of a kind: what its rows have checked is taken out of the JSON.
 *
 *     own->delay_us = parameter_us(spec, "ms", 0);
 *     if (parameter_number(spec, "sigma", 1.0) == 0) …
 */
#ifndef FAULTS_PARAMETERS_H
#define FAULTS_PARAMETERS_H

#include <stdint.h>

#include "base/json.h"
#include "base/text.h"

#define PARAMETER_MS_MAX    (INT64_C(3600) * 1000)        /* what a delay can be */
#define PARAMETER_BYTES_MAX (INT64_C(1024) * 1024 * 1024) /* what need not be held in memory */

int64_t parameter_integer(const cJSON *spec, const char *name, int64_t otherwise);
double parameter_number(const cJSON *spec, const char *name, double otherwise);
/* Milliseconds as microseconds. */
int64_t parameter_us(const cJSON *spec, const char *name, int64_t otherwise_us);
/* Seconds, with a fraction, as microseconds. */
int64_t parameter_seconds_us(const cJSON *spec, const char *name, int64_t otherwise_us);

/* Of a body: so many bytes, or such a part of it. `bytes` and `fraction` are the rows' names. */
struct amount {
    bool is_part;
    uint64_t bytes;
    double fraction;
};
struct amount parameter_amount(const cJSON *spec, double otherwise);
uint64_t amount_of(const struct amount *amount, uint64_t length);

/* A header's value can be sent as it is: no line break, no NUL, not empty. Complains where it cannot. */
bool parameter_is_value(const char *name, const char *value, struct text *problems);

#endif
