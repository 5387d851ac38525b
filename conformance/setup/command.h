/*
 * The run command of a case: what the client is told, made of the profile, the order and the row.
 */
#ifndef SETUP_COMMAND_H
#define SETUP_COMMAND_H

#include "setup/world.h"

#define COMMAND_DEADLINE_MS 3000 /* where the row says none */

/* Makes world->command, world->base_url and world->state_dir, and names the credentials. Returns 0, or -1 with
 * world->problem set. */
int command_make(struct world *world);

/* Merges what differs in the second run. Returns 0, or -1 with world->problem set. */
int command_make_again(struct world *world);

#endif
