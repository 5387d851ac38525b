/*
 * The orders of earlier cases: telling a late request of one case from the requests of the next, and never drawing an
 * id a second time.
 *
 * What always holds
 *   - Ids are compared whole: with the segments of a path, the values of a query and the values of a JSON body, never
 * with parts of them. So short ids, such as akinon's six digits, are told apart as well as long ones.
 *   - An id is remembered for as long as the worker lives; past_mentioned() looks for the last few only.
 *
 *     struct past past = {0};
 *     past_draw(&past, "dukkango", id);              // true: nobody had it before
 *     past_over(&past, id);                          // its case is over
 *     if (past_mentioned(&past, target, body, now))  // about an order of an earlier case, and not of this one
 *     past_release(&past);
 */
#ifndef CONFORMANCE_RUNNER_PAST_H
#define CONFORMANCE_RUNNER_PAST_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#define PAST_OVER_MAX 8

struct past {
    cJSON *drawn; /* {provider: {id: true}} */
    cJSON *over;  /* array: ids of the last cases, the oldest first */
};

/* Notes that an order of this provider has the id; false when one had it before. */
bool past_draw(struct past *past, const char *provider, const char *id);

/* The case of the order with this id is over; NULL: it had none. */
void past_over(struct past *past, const char *id);

/* Whether a request is about an order of an earlier case. `now` (may be NULL) is the id of the case at hand. */
bool past_mentioned(const struct past *past, const char *target, const char *body, const char *now);

void past_release(struct past *past);

#endif
