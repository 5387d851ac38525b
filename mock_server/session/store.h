/*
 * The orders of one session, found by provider and id or alias.
 *
 * Every call is atomic and may come from any thread. The way to change an order is load, decide, commit, which
 * store_update() (session/store_update.h) does as often as it takes:
 *
 *     const struct order *old = store_load(store, provider, "4711");     // NULL: unknown
 *     struct order *changed = order_copy(old);
 *     order_enter(changed, "CANCELED", now);
 *     enum store_result result = store_commit(store, old, changed);      // takes `changed`, whatever the result
 *     order_drop(old);
 *
 * STORE_CHANGED means that somebody else committed in between: load again and decide again. So of N writers exactly one
 * moves an order from a given version, and a store on another machine could keep the same promise.
 */
#ifndef SESSION_STORE_H
#define SESSION_STORE_H

#include <stddef.h>

#include "model/order.h"

struct lazy_seed;
struct store;

enum store_result {
    STORE_OK,
    STORE_CHANGED,   /* the order is no longer the one that was loaded, or it is gone */
    STORE_DUPLICATE, /* another order has this id or one of these aliases; nothing was stored */
};

struct store *store_new(void) WARN_UNUSED;
void store_free(struct store *store);

/* By id or alias. The caller drops it with order_drop(). */
const struct order *store_load(struct store *store, const struct provider *provider, const char *key);
/* Takes `order`; on STORE_DUPLICATE it is dropped. */
enum store_result store_add(struct store *store, struct order *order) WARN_UNUSED;
/* Takes the lazy seed: its orders are in the store from now on, and are made when somebody asks for them. On
 * STORE_DUPLICATE an order of it would share a name with one that is there; the lazy seed is freed. */
enum store_result store_add_lazy_seed(struct store *store, struct lazy_seed *lazy) WARN_UNUSED;
/* The ordinal that the next order gets; orders are listed by theirs. */
uint64_t store_next_ordinal(struct store *store);
enum store_result store_commit(struct store *store, const struct order *old, struct order *changed) WARN_UNUSED;
/* Removes the order if it is still `old`. */
enum store_result store_remove(struct store *store, const struct order *old) WARN_UNUSED;

/* Exchanges what the two hold. `fresh` is known to the caller alone. */
void store_swap(struct store *store, struct store *fresh);

/* Where a part of the list begins and what it holds at most, in; where the next part begins, out. */
struct store_page {
    uint64_t since; /* an ordinal */
    size_t limit;
    uint64_t next; /* `since` of the next part, STORE_END when there is none */
};

#define STORE_END UINT64_MAX

/* All orders (of one provider, or of all when NULL) in the order in which they came; count in *count. Each is held:
 * drop each, then free() the array. This makes every order of a lazy seed. */
const struct order **store_list(struct store *store, const struct provider *provider, size_t *count) WARN_UNUSED;
/* The same for a part of them: of a lazy seed only the orders in that part are made. A part may hold fewer than
 * `limit`, or none, and have a next one all the same. */
const struct order **store_list_page(struct store *store, const struct provider *provider, struct store_page *page,
                                     size_t *count) WARN_UNUSED;
/* Every order that has been made, in no order to rely on; it makes none. */
const struct order **store_list_made(struct store *store, size_t *count) WARN_UNUSED;

#endif
