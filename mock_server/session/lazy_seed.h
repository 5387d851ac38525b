/*
 * A lazy seed: orders that stand in the fixtures once, with "repeat": N and {{n}} in their strings.
 *
 * A million orders of which a test uses a thousand should cost a thousand. So an order of a lazy seed is made when
 * somebody asks for it by one of its names, and from then on it is an order like any other. Nobody can tell the
 * difference: its ids, numbers and stamps are drawn from what the session was when the lazy seed was made and from n,
 * so they do not depend on when it is made, nor on what else is.
 *
 *   - Every name that comes from the fixtures is a pattern, such as "5{{n}}" (base/template.h), and no two orders
 *     share one. Names that the provider draws are known once the order has been made, as with a real vendor.
 *   - A lazy seed belongs to a store and is used under its lock.
 */
#ifndef SESSION_LAZY_SEED_H
#define SESSION_LAZY_SEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/maker.h"
#include "model/order.h"

struct lazy_seed;

/*
 * `spec` is lent and outlives the lazy seed; it has passed its shape, and its "repeat" is at least 2. What `maker` says
 * of now is kept, and its knobs are copied; its ids are not touched. Order n draws from `seed` as the ordinal `first` +
 * n - 1. NULL, with a text to free() in *problem, when the orders cannot be made or cannot be told apart.
 */
struct lazy_seed *lazy_seed_new(const struct maker *maker, uint64_t seed, const cJSON *spec, uint64_t first,
                                char **problem) WARN_UNUSED;
void lazy_seed_free(struct lazy_seed *lazy);

const struct provider *lazy_seed_provider(const struct lazy_seed *lazy);
int64_t lazy_seed_count(const struct lazy_seed *lazy);
uint64_t lazy_seed_first(const struct lazy_seed *lazy);
/* How many numbers of maker_next_number() its orders take in all; and where these begin. */
int64_t lazy_seed_numbers(const struct lazy_seed *lazy);
void lazy_seed_take_numbers(struct lazy_seed *lazy, int64_t first);

/* The n of the order with that name, or 0. */
int64_t lazy_seed_number_of(const struct lazy_seed *lazy, const char *name);
/* Whether an order of one has a name that another order, of the other or the same lazy seed, has too. */
bool lazy_seeds_collide(const struct lazy_seed *a, const struct lazy_seed *b);

bool lazy_seed_has_made(const struct lazy_seed *lazy, int64_t n);
/* Makes order n, which has not been made yet; one reference. NULL when it cannot be made. */
struct order *lazy_seed_make(struct lazy_seed *lazy, int64_t n);

/* A spec with the number in its strings, for one order; "repeat" and "about" are left out. */
cJSON *lazy_seed_spec(const cJSON *spec, int64_t n) WARN_UNUSED;

#endif
