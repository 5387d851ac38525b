/*
 * Reading a match (verify/match.h), so that none is taken that nothing can fit.
 *
 * A count of zero is what a misspelt word gives, too. So a provider that is not served, an operation that no provider
 * has, a method that no route of the operation has, a state that no order can be in, a fault or a phase in which it
 * cannot fire are mistakes of the plan, each told with the nearest name. Only an order's name and a path are free.
 */
#ifndef VERIFY_MATCH_WORDS_H
#define VERIFY_MATCH_WORDS_H

#include "base/arena.h"
#include "base/json.h"
#include "base/shape.h"
#include "verify/match.h"

struct provider;

/* Reads a match that has the shape plan_match_shape. `providers` (ended by NULL) are those that are served. Mistakes go
 * to `report`, each with its place. The words are lent from `json`, or stand in the arena. */
void match_read(struct match *match, struct arena *arena, const cJSON *json, const struct provider *const *providers,
                const struct shape_report *report);

#endif
