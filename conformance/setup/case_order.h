/*
 * The order of a case: made, looked at, moved by events.
 */
#ifndef SETUP_CASE_ORDER_H
#define SETUP_CASE_ORDER_H

#include "setup/world.h"

/* Makes the row's order, if it has one, names it, and raises its events. Returns 0, or -1 with world->problem set. */
int case_order_make(struct world *world);

/* Returns 0, or -1 with world->problem set. */
int case_order_raise_event(struct world *world, const char *event);

/* The order's state now, to be freed; STATE_GONE; NULL when the row made no order. */
char *case_order_state(struct world *world);

/* "/_mock/orders/{provider}/{id}"; to be freed. */
char *case_order_path(const struct world *world);

#endif
