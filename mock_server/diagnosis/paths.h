/*
 * A path held against the routes of all providers: which one is meant, and what is wrong with it.
 *
 * Path and route are compared segment by segment, as two words are compared letter by letter: a segment too much, one
 * too few, one in another spelling. Each such edit has a price, and the route with the lowest sum is the one that is
 * meant, unless even that is too dear (a path of no provider's). Of equal ones the first in the order of the registry
 * and its tables wins.
 *
 *     /api/integration/orders/cancle/4711    PUT /api/integrations/orders/cancel/{order_id}, two typos
 *     /v0/orders/4711/cancel/                PATCH /v0/orders/{orderIdOrNumber}/cancel, a slash too much
 *
 * A path of more than PATH_SEGMENTS_MAX segments is none of ours.
 */
#ifndef DIAGNOSIS_PATHS_H
#define DIAGNOSIS_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct base_path;
struct provider;
struct route;

#define PATH_SEGMENTS_MAX 16
#define PATH_EDITS_MAX    8

enum path_edit_kind {
    PATH_SLASH_MISSING, /* at its end */
    PATH_SLASH_EXTRA,   /* at its end */
    PATH_SLASH_DOUBLE,  /* an empty segment in its middle */
    PATH_BASE_MISSING,  /* a segment of the base is not there */
    PATH_CASE,          /* right but for the case of letters */
    PATH_TWICE_ENCODED, /* right when decoded once more */
    PATH_TYPO,          /* near */
    PATH_OTHER,         /* another word */
    PATH_MISSING,       /* a segment too few */
    PATH_EXTRA,         /* a segment too much */
};

struct path_edit {
    enum path_edit_kind kind;
    const char *expected; /* the route's segment, "{order_id}" where it is a parameter; NULL: it has none there */
    const char *actual;   /* the path's, decoded; NULL: it has none there */
    bool in_base;
};

/* The route that is meant. */
struct path_guess {
    const struct provider *provider; /* NULL: none is near */
    const struct base_path *base;
    const struct route *route;
    int price;
    struct path_edit edits[PATH_EDITS_MAX];
    size_t edit_count;
};

struct path_question {
    const char *method;
    const char *path;                        /* raw, without the prefix that names a session */
    const struct provider *const *providers; /* ended by NULL */
    const struct provider *known;            /* the provider whose base the path has; NULL: none */
};

struct path_guess path_guess(struct arena *arena, const struct path_question *question);
/* The edits against this one route. */
struct path_guess path_compare(struct arena *arena, const char *path, const struct provider *provider,
                               const struct base_path *base, const struct route *route);
/* The route that serves this very path, below *base; NULL when none does. */
const struct route *path_route(struct arena *arena, const struct provider *provider, const char *method,
                               const char *path, const struct base_path **base);
/* The edit of that kind; NULL when there is none. */
const struct path_edit *path_edit_of(const struct path_guess *guess, enum path_edit_kind kind);
/* "PUT /api/integrations/orders/cancel/{order_id}" */
const char *path_text(struct arena *arena, const struct path_guess *guess);

#endif
