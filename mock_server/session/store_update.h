/*
 * Load, decide, commit: the one way in which an order is changed, as often as it takes.
 *
 * Of N who change one order at once exactly one commits first; the others load it again and decide on what it is now.
 * So a cancel that came too late is told what a second cancel is told.
 *
 *     const struct order *order = NULL;
 *     const struct store_change change = {load, decide, &mine};
 *     if (store_update(store, &change, &order) == STORE_OK) …
 *     order_drop(order);
 */
#ifndef SESSION_STORE_UPDATE_H
#define SESSION_STORE_UPDATE_H

#include "session/store.h"

/* How an order is changed, by store_update(). Each is called as often as somebody else was faster; `context` is theirs.
 */
struct store_change {
    /* The order as it is now, held, or NULL when there is none. `before` is the one of the round before, or NULL. */
    const struct order *(*load)(void *context, const struct order *before);
    /* What is to become of it: a changed copy, REMOVE_ORDER, a new order where there is none (`order` NULL); or NULL
     * when it stays as it is. */
    struct order *(*decide)(void *context, const struct order *order);
    void *context;
};

#define STORE_TRIES_MAX 10000 /* somebody wins each round, so more means that something is broken */

/* Loads, decides and commits, again and again until nobody was faster. *order is the held order to begin with, or NULL:
 * then it is loaded. *order becomes the order as it is now, held; NULL when there is none.
 *
 * STORE_OK: what was decided came to be. STORE_DUPLICATE: it would share a name with another order, and did not; *order
 * is as it was. STORE_CHANGED: others were faster STORE_TRIES_MAX times. */
enum store_result store_update(struct store *store, const struct store_change *change, const struct order **order);

#endif
