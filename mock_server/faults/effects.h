/*
 * What each fault does to the reply: the rows behind faults/fault.h.
 */
#ifndef FAULTS_EFFECTS_H
#define FAULTS_EFFECTS_H

#include <stdbool.h>

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

struct exchange;

struct fault_kind {
    const char *name;
    bool needs_answer;                                       /* works on the provider's own answer: after_commit only */
    void (*check)(const cJSON *spec, struct text *problems); /* NULL: nothing to check beyond the shape */
    void (*apply)(struct exchange *x, const cJSON *spec);
};

extern const struct fault_kind fault_kinds[]; /* ended by .name == NULL */
extern const struct shape drift_shape[];      /* one change of SCHEMA_DRIFT */

#endif
