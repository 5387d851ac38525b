/*
 * What a session begins with: the seed orders of its fixtures, and credentials that nobody else has.
 *
 * It is made beside what the session has, where nobody sees it, so that taking it (session/session.c) is a matter of
 * moments even with a million orders. What the session had before lies in it afterwards, and goes with it.
 *
 *     struct beginning fresh = beginning_make(&plan, &problems);
 *     … exchange what it holds …
 *     beginning_release(&fresh);
 */
#ifndef SESSION_BEGINNING_H
#define SESSION_BEGINNING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"

struct fixtures;
struct id_source;
struct knob_values;
struct store;
struct text;

struct beginning_plan {
    const struct fixtures *fixtures;
    const char *session_name;
    uint64_t seed;
    const struct knob_values *knobs; /* seed orders meet them as they begin, whatever was set since */
    int64_t now_us;
    bool with_orders; /* false: none yet */
    bool has_own_credentials;
    const cJSON *given; /* its own credentials so far; NULL: none yet */
};

struct beginning {
    int64_t now_us;
    bool has_orders;
    const struct fixtures *fixtures; /* held */
    struct store *store;
    struct id_source *drawn; /* by the seed orders: a source of their own, so that a request that draws meanwhile does
                              * not change what they get */
    cJSON *credentials;      /* {provider: entry} */
};

/* Seed orders that cannot be made are told in `problems`, and are not in it; NULL as in seeds_plant(). */
struct beginning beginning_make(const struct beginning_plan *plan, struct text *problems) WARN_UNUSED;
void beginning_release(struct beginning *beginning);

#endif
