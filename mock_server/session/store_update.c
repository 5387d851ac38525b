#include "session/store_update.h"

#include "model/provider.h"

/* Commits what was decided; *order becomes the order as it is now. */
static enum store_result commit_decision(struct store *store, const struct order **order, struct order *decided)
{
    bool removes = decided == REMOVE_ORDER;
    if (!removes)
        order_hold(decided); /* for *order: a commit takes the other reference */
    enum store_result result = removes          ? store_remove(store, *order)
                               : *order == NULL ? store_add(store, decided)
                                                : store_commit(store, *order, decided);
    const struct order *loser = result == STORE_OK ? *order : removes ? NULL : decided;
    if (result == STORE_OK)
        *order = removes ? NULL : decided;
    order_drop(loser);
    return result;
}

enum store_result store_update(struct store *store, const struct store_change *change, const struct order **order)
{
    enum store_result result = STORE_CHANGED;
    for (int tries = 0; tries < STORE_TRIES_MAX && result == STORE_CHANGED; tries++) {
        if (tries > 0 || *order == NULL) {
            const struct order *before = *order;
            *order = change->load(change->context, before);
            order_drop(before);
        }
        struct order *decided = change->decide(change->context, *order);
        result = decided == NULL ? STORE_OK : commit_decision(store, order, decided);
    }
    return result;
}
