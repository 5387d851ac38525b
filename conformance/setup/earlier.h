/*
 * The orders of earlier cases: telling a late request of one case from the requests of the next, and never drawing an
 * id a second time.
 *
 * What always holds
 *   - Ids are compared whole: with the segments of a path, the values of a query and the values of a JSON body, never
 *     with parts of them. So short ids, such as those of six digits, are told apart as well as long ones.
 *   - An id is remembered for as long as the worker lives; earlier_mentioned() looks for the last few only.
 *
 *     struct earlier earlier = {0};
 *     earlier_draw(&earlier, "acme", id);              // true: nobody had it before
 *     earlier_end(&earlier, id);                      // its case is over
 *     if (earlier_mentioned(&earlier, target, body, now))  // about an order of an earlier case, and not of this one
 *     earlier_release(&earlier);
 */
#ifndef SETUP_EARLIER_H
#define SETUP_EARLIER_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#define EARLIER_KEPT_MAX 8

struct earlier {
    cJSON *drawn; /* {provider: {id: true}} */
    cJSON *over;  /* array: ids of the last cases, the oldest first */
};

/* Notes that an order of this provider has the id; false when one had it before. */
bool earlier_draw(struct earlier *earlier, const char *provider, const char *id);

/* The case of the order with this id is over; NULL: it had none. */
void earlier_end(struct earlier *earlier, const char *id);

/* Whether a request is about an order of an earlier case. `now` (may be NULL) is the id of the case at hand. */
bool earlier_mentioned(const struct earlier *earlier, const char *target, const char *body, const char *now);

void earlier_release(struct earlier *earlier);

#endif
