/*
 * Magic ids that force a fault: entries of `magic_ids` in provider.json that have a "fault".
 *
 *     {"id": "00000000-0000-4000-8000-000000000500", "about": "the server fails",
 *      "fault": {"fault": "CANNED_RESPONSE", "status": 500, "body": "…"}}
 *
 * A request that names that order meets the fault, every time and in every session, without anybody setting it: a test
 * needs nothing but the id. The fault is written as the control API takes it (model/fault.h), without "match" and
 * "when". A fault that a test set itself comes first.
 */
#ifndef MODEL_MAGIC_H
#define MODEL_MAGIC_H

#include "model/fault.h"

/* Fires the fault of the magic id that the request names, if its phase is this one. */
bool magic_fire(struct exchange *x, enum fault_phase phase);

/* Whether the `fault` of a magic id is one; else what is wrong with it goes to `problems`. */
bool magic_check(const cJSON *fault, struct text *problems);

#endif
