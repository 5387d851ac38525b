/*
 * A plan: what a test expects of a session's journal, as POST /_mock/verify takes it.
 *
 *     {"expect": [
 *       {"name": "one cancel", "match": {"operation": "cancel", "order": "4711"}, "exactly": 1},
 *       {"match": {"operation": "cancel", "status": "5xx"}, "at_most": 3},
 *       {"match": {"operation": "refund"}, "never": true},
 *       {"in_order": [{"operation": "get_order"}, {"operation": "cancel"}]},
 *       {"nothing_unmatched": true},
 *       {"every_fault_fired": true}]}
 *
 * It is read strictly and whole, or not at all: an unknown member, a word that nothing can match, an expectation that
 * says nothing or that nothing can meet are mistakes, and all of them are told. A plan that was read can fail, so it
 * never passes by a mistake of its own. docs/verify.md is for people.
 *
 * A plan lends its words from the JSON that it was read from.
 */
#ifndef VERIFY_PLAN_H
#define VERIFY_PLAN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/shape.h"
#include "verify/match.h"

struct provider;

enum expectation_kind {
    EXPECT_COUNT,             /* `least` to `most` requests fit the one match */
    EXPECT_IN_ORDER,          /* one request for each match, in this order, others between them */
    EXPECT_NOTHING_UNMATCHED, /* every request was one that the mock serves */
    EXPECT_EVERY_FAULT_FIRED, /* every fault that is armed has fired */
};

#define EXPECT_ANY_NUMBER UINT64_MAX /* of `most` */

struct expectation {
    enum expectation_kind kind;
    const cJSON *json;
    struct match *matches; /* in the arena */
    size_t match_count;
    uint64_t least, most;
};

struct plan {
    struct expectation *list; /* in the arena */
    size_t count;
};

#define PLAN_EXPECTATIONS_MAX 1000
#define PLAN_STEPS_MAX        1000 /* matches of one in_order */

/* False when there are mistakes; all of them go to `report`, each with its place. `providers` as in match_read(). */
bool plan_read(struct plan *plan, struct arena *arena, const cJSON *json, const struct provider *const *providers,
               const struct shape_report *report);

#endif
