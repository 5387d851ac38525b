/*
 * A failed request looked at once more: what the hints and the differences are read from.
 *
 * It has an arena of its own, since the exchange does not change any more; everything in it lives until look_end().
 *
 *     struct look look;
 *     look_begin(&look, x);
 *     …
 *     look_end(&look);
 */
#ifndef DIAGNOSIS_LOOK_H
#define DIAGNOSIS_LOOK_H

#include "diagnosis/documented.h"
#include "diagnosis/facts.h"
#include "diagnosis/members.h"
#include "diagnosis/paths.h"
#include "model/exchange.h"

struct look {
    const struct exchange *x;
    struct arena *arena;
    const struct fixtures *fixtures; /* held: the session may get other ones meanwhile */
    const struct reason *reason;     /* never NULL */
    const struct diagnosis *facts;   /* never NULL */
    const char *where;               /* of what the reason names: "header" … "connection" */
    struct path_guess path;          /* .provider NULL: no route is meant */
    struct members body;             /* of the request */
    struct members query;
    const struct documented *near; /* NULL: none */
};

/* x->diagnosis and x->reason are there. */
void look_begin(struct look *look, const struct exchange *x);
void look_end(struct look *look);

/* Where another reason of the same answer is. */
const char *look_where(const struct look *look, const struct reason *reason);
/* The reason names this field, no regard to case; and it has this `where`. */
bool look_blames(const struct look *look, const char *field);
bool look_is(const struct look *look, const char *where);
/* Whether the provider of the request has its route. */
bool look_has_route(const struct look *look);
/* The method and pattern of the route that is meant; NULL: none. */
const char *look_route(const struct look *look);
/* "Bearer " before the credential, "" where it stands alone: as the documented request has that header; NULL: it has
 * none of that name. */
const char *look_scheme(const struct look *look, const char *header);
/* "access_token": which of a credential's `values` the documented request has in that header; NULL: none. */
const char *look_key_member(const struct look *look, const char *header);

#endif
