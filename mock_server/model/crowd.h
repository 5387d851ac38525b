/*
 * A crowd: orders that stand in the fixtures once, with "repeat": N and {{n}} in their strings.
 *
 * A million orders of which a test meets a thousand should cost a thousand. So an order of a crowd is made when
 * somebody asks for it by one of its names, and from then on it is an order like any other. Nobody can tell the
 * difference: its ids, numbers and stamps are drawn from what the session was when the crowd was made and from n, so
 * they do not depend on when it is met, nor on whom else.
 *
 *   - Every name that comes from the fixtures is a pattern, such as "5{{n}}" (base/template.h), and no two orders
 *     share one. Names that the provider draws are known once the order has been met, as with a real vendor.
 *   - A crowd belongs to a store and is used under its lock.
 */
#ifndef MODEL_CROWD_H
#define MODEL_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/order.h"

struct crowd;

#define CROWD_MAX 10000000

/*
 * `spec` is lent and outlives the crowd; it has passed its shape, and its "repeat" is at least 2. `seeder` is held
 * (session_seeder()). Order n draws as the ordinal `first` + n - 1. NULL, with a text to free() in *problem, when the
 * orders cannot be made or cannot be told apart.
 */
struct crowd *crowd_new(struct session *seeder, const struct provider *provider, const cJSON *spec, uint64_t first,
                        char **problem) WARN_UNUSED;
void crowd_free(struct crowd *crowd);

const struct provider *crowd_provider(const struct crowd *crowd);
int64_t crowd_count(const struct crowd *crowd);
uint64_t crowd_first(const struct crowd *crowd);
/* How many numbers of session_next_number() its orders take in all; and where these begin. */
int64_t crowd_numbers(const struct crowd *crowd);
void crowd_take_numbers(struct crowd *crowd, int64_t first);

/* The n of the order with that name, or 0. */
int64_t crowd_number_of(const struct crowd *crowd, const char *name);
/* Whether an order of one has a name that another order, of the other or the same crowd, has too. */
bool crowds_collide(const struct crowd *a, const struct crowd *b);

bool crowd_has_met(const struct crowd *crowd, int64_t n);
/* Makes order n, which has not been met; one reference. NULL when it cannot be made. */
struct order *crowd_meet(struct crowd *crowd, int64_t n);

/* A spec with the number in its strings, for one order; "repeat" and "about" are left out. */
cJSON *crowd_spec(const cJSON *spec, int64_t n) WARN_UNUSED;

#endif
