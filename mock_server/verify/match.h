/*
 * Which requests of a journal a plan means: a match, as the member `match` of an expectation has it.
 *
 *     {"provider": "…", "operation": "cancel", "order": "4711", "status": 404}
 *
 * A request fits when every member that stands there is true of it; an empty match fits all. The members are rows of
 * one table (match.c); verify/match_words.h reads a match and refuses words that nothing can match.
 *
 * A match lends its words from the plan's JSON. It never changes and keeps nothing of an exchange.
 */
#ifndef VERIFY_MATCH_H
#define VERIFY_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/shape.h"
#include "base/text.h"

struct exchange;

enum match_member {
    MATCH_PROVIDER,
    MATCH_OPERATION,
    MATCH_ORDER,
    MATCH_STATUS,
    MATCH_METHOD,
    MATCH_PATH,
    MATCH_STATE_BEFORE,
    MATCH_STATE_AFTER,
    MATCH_FAULT,
    MATCH_PHASE,
    MATCH_MEMBERS,
};

struct match {
    const char *wanted[MATCH_MEMBERS]; /* NULL: anything */
};

/* Its members, for the shape of a plan. */
extern const struct shape plan_match_shape[];

bool match_fits(const struct match *match, const struct exchange *x);
/* How many of its members are true of the request, and how many it has. */
size_t match_count(const struct match *match, const struct exchange *x);
size_t match_size(const struct match *match);

/* "operation cancel, status 404"; "any" for an empty one. */
void match_describe(const struct match *match, struct text *out);
/* "its status is 200, not 404", for a request that does not fit. */
void match_differences(const struct match *match, const struct exchange *x, struct text *out);

#endif
