/*
 * What the placeholders of a row stand for: nonce, addresses, credentials. The order adds its own (case_order.h), the
 * command the client's credentials (command.h).
 */
#ifndef SETUP_NAMES_H
#define SETUP_NAMES_H

#include "setup/world.h"

/* Returns 0, or -1 with world->problem set. */
int names_make(struct world *world);

/* Whether some text of the row mentions {other_url}. */
bool names_want_other(const struct check *check);

#endif
