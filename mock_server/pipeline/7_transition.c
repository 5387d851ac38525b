/*
 * Load, decide, commit. When another request changed the order in between, the decision is made again on the new one:
 * so exactly one of N parallel cancels changes it, and the others are told what a second cancel is told.
 */
#include "model/provider.h"
#include "pipeline/stages.h"
#include "session/progress.h"
#include "session/session.h"
#include "session/store.h"
#include "session/store_update.h"

/* What the route decides, round by round. */
struct transition {
    struct exchange *x;
    enum step step; /* of the last round */
    bool changes;   /* so does it */
    bool was_loaded;
};

/* One request is one read, however many rounds it takes. */
static const struct order *load(void *context, const struct order *before)
{
    struct transition *transition = context;
    const struct exchange *x = transition->x;
    const char *reader = x->route->is_read && !transition->was_loaded ? x->account : NULL;
    (void)before;
    transition->was_loaded = true;
    return progress_load(x->session, x->provider, x->order_key == NULL ? "" : x->order_key, reader);
}

/* The exchange shows this order from now on; takes it. */
static void show_order(struct exchange *x, const struct order *order)
{
    order_drop(x->order);
    x->order = order;
    x->order_id = order == NULL ? NULL : arena_dup(x->arena, order->id);
    x->state_after = order == NULL ? NULL : order->state;
}

static struct order *decide(void *context, const struct order *order)
{
    struct transition *transition = context;
    struct exchange *x = transition->x;
    struct order *changed = NULL;
    show_order(x, order_hold(order));
    x->state_before = x->state_after;
    transition->step = x->route->decide(x, order, &changed);
    transition->changes = transition->step == STEP_NEXT && changed != NULL && !exchange_is_head(x);
    if (transition->step == STEP_REPLY || changed == NULL || !exchange_is_head(x))
        return transition->step == STEP_REPLY ? NULL : changed;
    show_order(x, changed); /* for its head alone: nothing is kept of it */
    x->order_id = NULL;
    return NULL;
}

/* Takes the order as it is after the transition. One that was removed stays on show. */
static void show_result(struct exchange *x, const struct order *order)
{
    if (order == x->order)
        order_drop(order);
    else if (order != NULL)
        show_order(x, order);
    else
        x->state_after = NULL;
}

static enum step fail(struct exchange *x, const char *rule)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", "the order cannot be stored");
    return exchange_refuse(x, 500, body, &(struct reason){rule, "order", NULL, x->order_id});
}

enum step stage_transition(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    if (x->route->decide == NULL)
        return STEP_NEXT;
    struct transition transition = {.x = x, .step = STEP_NEXT};
    const struct store_change change = {load, decide, &transition};
    const struct order *order = NULL;
    enum store_result result = store_update(session_store(x->session), &change, &order);
    show_result(x, order);
    x->changed = transition.changes && result == STORE_OK;
    if (result == STORE_DUPLICATE)
        return fail(x, "two orders would share a name");
    if (result == STORE_CHANGED)
        return fail(x, "the order changed faster than it could be decided");
    return transition.step;
}
