/*
 * The requests that the documents show as answered with success, ready to be compared with.
 *
 * They are those of fixtures/NAME/exchanges, without stubs, refusals, HEAD, and what a route needs a knob for. The list
 * is made when somebody first asks, once for each set of fixtures, and lives as long as that; it never changes.
 */
#ifndef DIAGNOSIS_DOCUMENTED_H
#define DIAGNOSIS_DOCUMENTED_H

#include "diagnosis/members.h"
#include "diagnosis/paths.h"

struct base_path;
struct exchange;
struct fixtures;
struct provider;
struct route;

struct documented {
    const struct provider *provider;
    const struct base_path *base;
    const struct route *route;
    const cJSON *exchange; /* of the fixtures: name, file, clause, request */
    const cJSON *headers;  /* an object of strings; NULL: none */
    const char *target;
    struct members body;
    int oddness; /* what had to be so before: knobs, earlier requests, orders. 0: it works in a fresh world */
};

struct documented_list {
    struct arena *arena;
    struct documented *list; /* in the order of providers and files */
    size_t count;
};

const struct documented_list *documented_of(const struct fixtures *fixtures);

/*
 * The one of the route that is meant to which the request comes nearest; NULL: there is none.
 *
 * What counts is what is missing, what is too much, and what is of another kind, among headers and members of the body;
 * a request that needs nothing but a fresh world is preferred. Of equals the first wins. Values are not compared:
 * another order, another number is no difference.
 */
const struct documented *documented_nearest(const struct documented_list *list, const struct exchange *x,
                                            const struct path_guess *path, const struct members *body);

/* Its header of that name, no regard to case; NULL: none. */
const char *documented_header(const struct documented *one, const char *name);

/* Whether the name is that of Content-Type, and the documented request has another type than `sent` there. */
bool documented_type_differs(const struct documented *one, const char *name, const char *sent);

#endif
