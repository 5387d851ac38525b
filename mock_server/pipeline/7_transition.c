/*
 * Load, decide, commit. When another request changed the order in between, the decision is made again on the new one:
 * so exactly one of N parallel cancels changes it, and the others are told what a second cancel is told.
 */
#include <string.h>

#include "model/provider.h"
#include "pipeline/stages.h"
#include "session/progress.h"
#include "session/session.h"
#include "session/store.h"

static void take_order(struct exchange *x, const struct order *order)
{
    order_drop(x->order);
    x->order = order;
    x->order_id = order == NULL ? NULL : arena_dup(x->arena, order->id);
    x->state_before = x->state_after = order == NULL ? NULL : order->state;
}

/* Commits what was decided. x->order becomes the order as it is now. */
static enum store_result commit(struct exchange *x, struct order *changed)
{
    struct store *store = session_store(x->session);
    if (changed == REMOVE_ORDER) {
        enum store_result removed = store_remove(store, x->order);
        if (removed == STORE_OK)
            x->state_after = NULL;
        return removed;
    }
    order_hold(changed);
    enum store_result result = x->order == NULL ? store_add(store, changed) : store_commit(store, x->order, changed);
    if (result != STORE_OK) {
        order_drop(changed);
        return result;
    }
    order_drop(x->order);
    x->order = changed;
    x->order_id = arena_dup(x->arena, changed->id);
    x->state_after = changed->state;
    return STORE_OK;
}

static enum step fail(struct exchange *x, const char *rule)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", "the order cannot be stored");
    return exchange_refuse(x, 500, body, &(struct reason){rule, "order", NULL, x->order_id});
}

#define TRIES_MAX 10000 /* somebody wins each round, so more means that something is broken */

enum step stage_transition(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    if (x->route->decide == NULL)
        return STEP_NEXT;
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        struct order *changed = NULL;
        const char *key = x->order_key == NULL ? "" : x->order_key;
        const char *reader = x->route->is_read && tries == 0 ? x->account : NULL; /* one request is one read */
        take_order(x, progress_load(x->session, x->provider, key, reader));
        if (x->route->decide(x, x->order, &changed) == STEP_REPLY)
            return STEP_REPLY;
        if (changed == NULL)
            return STEP_NEXT;
        enum store_result result = commit(x, changed);
        if (result == STORE_OK)
            return STEP_NEXT;
        if (result == STORE_DUPLICATE)
            return fail(x, "two orders would share a name");
    }
    return fail(x, "the order changed faster than it could be decided");
}
