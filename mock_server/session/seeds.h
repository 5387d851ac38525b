/*
 * Filling a store with the seed orders of the fixtures.
 *
 *     const struct seed_plot plot = {.fixtures = fixtures, .seed = 1, .maker = {…}, .store = store_new()};
 *     seeds_plant(&plot, &problems);
 */
#ifndef SESSION_SEEDS_H
#define SESSION_SEEDS_H

#include <stdint.h>

#include "model/maker.h"

struct fixtures;
struct store;
struct text;

struct seed_plot {
    const struct fixtures *fixtures;
    uint64_t seed;      /* what orders draw from that are made later (session/lazy_seed.h) */
    struct maker maker; /* knobs, ids and time; provider and fixture are set here, one after the other */
    struct store *store;
};

/* Puts the seed orders of every provider into the store. Orders that cannot be made, or that share a name with an
 * earlier one, are told in `problems` as `file:line:column: message`; NULL when it has been done once without any. */
void seeds_plant(const struct seed_plot *plot, struct text *problems);

#endif
