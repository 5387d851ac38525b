/*
 * One answer under judgement: what is the same in reading every answer.
 *
 * First the transport speaks: a time-out, a refused or broken connection and a reply that is not HTTP leave nothing for
 * the provider to read. A refusal by status (4xx, 5xx) stands even if its body was cut off. Then the status table gives
 * the class, and the provider's own code refines it from the body.
 *
 *     struct judgement j;
 *     if (judgement_open(&j, answer, rules, COUNT_OF(rules), result)) {
 *         … refine j.result from j.body …
 *     }
 *     judgement_close(&j);
 */
#ifndef CORE_JUDGEMENT_H
#define CORE_JUDGEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "base/memory.h"
#include "cancelorder.h"
#include "core/http.h"

/* First row that holds the status decides. A status in no row is a protocol error. */
struct status_rule {
    int low;
    int high;
    enum cancelorder_outcome outcome;
};

struct judgement {
    const struct http_answer *answer;
    struct cancelorder_result *result;
    struct json_document document;
    const struct json_value *body; /* NULL if it is no JSON */
};

/* Presets the outcome from `rules`. False if the transport has decided already (time-out, broken connection …). */
bool judgement_open(struct judgement *judgement, const struct http_answer *answer, const struct status_rule *rules,
                    size_t count, struct cancelorder_result *result);
/* Adds what every outcome deserves: a sentence where the provider gave none. */
void judgement_close(struct judgement *judgement);

/* The answer is not what a success looks like: nothing can be concluded from it. */
void judgement_unfit(struct judgement *judgement, const char *why);

/* It was the answer to a read or a log-in, which changes nothing: no effect is unknown, whatever came. */
void judgement_changed_nothing(struct cancelorder_result *result);

#endif
