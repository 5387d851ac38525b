/*
 * Setting up a row: from its `given` to a world in which the client can be asked.
 *
 *     if (setup_prepare(&world, item->table, item->check) < 0)
 *         … world.problem …
 *     … ask the client with world.command …
 *     world_clear(&world);
 */
#ifndef SETUP_SETUP_H
#define SETUP_SETUP_H

#include "setup/world.h"

/* Puts everything back and sets it up for the check. Returns 0, or -1 with world->problem set. */
int setup_prepare(struct world *world, const struct check_table *table, const struct check *check);

/* What changes before the second run. Returns 0, or -1 with world->problem set. */
int setup_prepare_again(struct world *world);

#endif
