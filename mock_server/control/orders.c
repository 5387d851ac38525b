/* Looking at orders, making and changing them, and raising what the other side does to them. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "control/handlers.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/progress.h"
#include "session/session.h"
#include "session/store.h"
#include "session/store_update.h"

/* {"provider","id","aliases","account","state","document","facts"} */
static cJSON *order_to_json(const struct order *order)
{
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "provider", order->provider->name);
    json_set_string(json, "id", order->id);
    cJSON *aliases = cJSON_AddArrayToObject(json, "aliases");
    for (size_t i = 0; i < order->alias_count; i++)
        cJSON_AddItemToArray(aliases, cJSON_CreateString(order->aliases[i]));
    json_set_string(json, "account", order->account);
    json_set_string(json, "state", order->state);
    json_set(json, "document", cJSON_Duplicate(order->document, true));
    json_set(json, "facts", cJSON_Duplicate(order->facts, true));
    return json;
}

static bool has_account(struct call *call, const struct provider *provider, const char *id, struct nearest *nearest)
{
    const cJSON *accounts = json_member(fixtures_of(session_fixtures(call->session), provider), "accounts");
    nearest_begin(nearest, id);
    for (const cJSON *account = accounts->child; account != NULL; account = account->next) {
        const char *known = json_string_or(account, "id", "");
        if (strcmp(known, id) == 0)
            return true;
        nearest_try(nearest, known);
    }
    return false;
}

/* The names that the body uses: of an account, of a state. */
static cJSON *check_names(struct call *call, const struct provider *provider, const cJSON *spec)
{
    struct nearest nearest;
    const char *account = json_string(spec, "account"), *state = json_string(spec, "state");
    if (account != NULL && !has_account(call, provider, account, &nearest))
        return call_fail(call, 400, "/account", "the fixtures of %s have no account \"%.60s\"%s", provider->name,
                         account, call_hint(call, &nearest, ""));
    if (state == NULL || state_of(provider, state) != NULL)
        return NULL;
    nearest_begin(&nearest, state);
    for (const char *const *known = provider->states; *known != NULL; known++)
        nearest_try(&nearest, *known);
    return call_fail(call, 400, "/state", "%s has no state \"%.60s\"%s", provider->name, state,
                     call_hint(call, &nearest, "; GET /_mock/providers lists them"));
}

/* Checks what was sent as an order; a failure when it does not fit. */
static cJSON *check_spec(struct call *call, const struct provider *provider, const cJSON *spec)
{
    struct mistakes mistakes = mistakes_of(call);
    const struct shape_report report = mistakes_report(&mistakes);
    /* The document is open: tests add members on purpose, to see whether clients tolerate them. */
    (void)fixtures_check_order(provider, spec, SHAPE_OPEN, &report);
    cJSON *failure = call_fail_mistakes(call, &mistakes);
    const char *said = json_string(spec, "provider");
    if (failure == NULL && said != NULL && strcmp(said, provider->name) != 0)
        return call_fail(call, 400, "/provider", "the path says %s, and the order %.60s", provider->name, said);
    return failure != NULL ? failure : check_names(call, provider, spec);
}

/* {"orders":[…],"next":n}: `next` is the `since` that goes on where this ends, null at the end. */
cJSON *control_orders_list(struct call *call)
{
    size_t count = 0;
    struct store_page page = {.since = (uint64_t)call_number(call, "since", 0),
                              .limit = (size_t)call_number(call, "limit", ORDERS_LIST_MAX)};
    const struct order **orders = progress_page(call->session, call_query_provider(call), &page, &count);
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(answer, "orders");
    for (size_t i = 0; i < count; i++) {
        cJSON_AddItemToArray(list, order_to_json(orders[i]));
        order_drop(orders[i]);
    }
    json_set(answer, "next", page.next == STORE_END ? cJSON_CreateNull() : json_new_integer((int64_t)page.next));
    free(orders);
    return answer;
}

/* What it took to make an order: where the session's ids stood before it and after it. */
struct draws {
    struct id_place before, after;
};

/* Draws on a source of its own and then takes the draws from the session, so that an order that cannot be leaves the
 * next one the ids that it would have had. NULL with *problem. */
static struct order *make_order(struct maker maker, const cJSON *spec, struct draws *draws, const char **problem)
{
    struct order *order = NULL;
    struct id_source *ids = maker.ids;
    maker.ids = id_source_new(0);
    do {
        order_drop(order);
        id_source_follow(maker.ids, ids);
        draws->before = id_source_place(maker.ids);
        order = order_make(&maker, spec, problem);
        draws->after = id_source_place(maker.ids);
    } while (order != NULL && !id_source_move(ids, &draws->before, &draws->after));
    id_source_free(maker.ids);
    return order;
}

static cJSON *add_order(struct call *call, const struct provider *provider, const cJSON *spec)
{
    struct draws draws;
    const char *problem = NULL;
    const struct maker maker = session_maker(call->session, provider);
    struct order *order = make_order(maker, spec, &draws, &problem);
    if (order == NULL)
        return call_fail(call, 400, "", "%s", problem);
    cJSON *answer = order_to_json(order);
    call->status = 201;
    if (store_add(session_store(call->session), order) == STORE_OK)
        return answer;
    (void)id_source_move(maker.ids, &draws.after, &draws.before);
    cJSON_Delete(answer);
    return call_fail(call, 409, "/id", "another order has this id or one of these aliases");
}

cJSON *control_orders_make(struct call *call)
{
    cJSON *answer = NULL, *none = cJSON_CreateObject();
    const cJSON *spec = call->body == NULL ? none : call->body;
    const struct provider *provider = call_provider(call, call->params[0], &answer);
    if (provider != NULL)
        answer = check_spec(call, provider, spec);
    if (answer == NULL)
        answer = add_order(call, provider, spec);
    cJSON_Delete(none);
    return answer;
}

/* The order of params[0], params[1], held; NULL after answering. */
static const struct order *load(struct call *call, cJSON **failure)
{
    const struct provider *provider = call_provider(call, call->params[0], failure);
    if (provider == NULL)
        return NULL;
    const struct order *order = progress_load(call->session, provider, call->params[1], NULL);
    if (order == NULL)
        *failure = call_fail(call, 404, NULL, "%s has no order \"%.200s\"", provider->name, call->params[1]);
    return order;
}

cJSON *control_order_get(struct call *call)
{
    cJSON *answer = NULL;
    const struct order *order = load(call, &answer);
    if (order != NULL)
        answer = order_to_json(order);
    order_drop(order);
    return answer;
}

/* ── Changing one: load, decide, commit, as often as it takes ──────────────────────────────────────────────────── */

static cJSON *fail_update(struct call *call, enum store_result result)
{
    if (result == STORE_DUPLICATE)
        return call_fail(call, 409, "/id", "another order has this id or one of these aliases");
    return call_fail(call, 500, NULL, "the order changed faster than it could be changed here");
}

static const struct order *load_again(void *context, const struct order *before)
{
    struct call *call = context;
    return store_load(session_store(call->session), before->provider, call->params[1]);
}

static struct order *decide_removal(void *context, const struct order *order)
{
    (void)context;
    return order == NULL ? NULL : REMOVE_ORDER;
}

cJSON *control_order_delete(struct call *call)
{
    cJSON *answer = NULL;
    const struct store_change change = {load_again, decide_removal, call};
    const struct order *order = load(call, &answer);
    if (order == NULL)
        return answer;
    enum store_result result = store_update(session_store(call->session), &change, &order);
    order_drop(order);
    if (result != STORE_OK)
        return fail_update(call, result);
    call->status = 204;
    return NULL;
}

/* A change of an order: makes the copy different, or fails. */
typedef cJSON *change_order(struct call *call, const struct order *old, struct order *copy);

struct change {
    struct call *call;
    change_order *make;
    cJSON *answer; /* of the last round */
};

static const struct order *load_for_change(void *context, const struct order *before)
{
    struct change *change = context;
    (void)before;
    cJSON_Delete(change->answer);
    change->answer = NULL;
    return load(change->call, &change->answer);
}

static struct order *decide_change(void *context, const struct order *order)
{
    struct change *change = context;
    if (order == NULL)
        return NULL; /* load() has answered */
    struct order *copy = order_copy(order);
    change->answer = change->make(change->call, order, copy);
    if (change->answer == NULL) {
        change->answer = order_to_json(copy);
        return copy;
    }
    order_drop(copy);
    return NULL;
}

static cJSON *apply(struct call *call, change_order *make)
{
    struct change change = {call, make, NULL};
    const struct order *order = NULL;
    enum store_result result = store_update(session_store(call->session),
                                            &(struct store_change){load_for_change, decide_change, &change}, &order);
    order_drop(order);
    if (result == STORE_OK)
        return change.answer;
    cJSON_Delete(change.answer);
    return fail_update(call, result);
}

/* Names that were given by hand stay; those that come from the document follow it. */
static void rename_order(const struct order *old, struct order *copy)
{
    struct order *derived = order_copy(old);
    order_clear_names(derived);
    derived->provider->read_names(derived);
    order_clear_names(copy);
    copy->provider->read_names(copy);
    for (size_t i = 0; i < old->alias_count; i++) {
        bool from_document = strcmp(derived->id, old->aliases[i]) == 0;
        for (size_t d = 0; d < derived->alias_count; d++)
            from_document = from_document || strcmp(derived->aliases[d], old->aliases[i]) == 0;
        if (!from_document)
            order_add_alias(copy, old->aliases[i]);
    }
    order_drop(derived);
}

static cJSON *check_patch(struct call *call, const struct provider *provider)
{
    static const char *const fixed[] = {"id", "aliases", "provider"};
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        if (json_member(call->body, fixed[i]) != NULL)
            return call_fail(call, 400, call_place(call, json_member(call->body, fixed[i])),
                             "\"%s\" is fixed; names that stand in the document follow it", fixed[i]);
    return check_spec(call, provider, call->body);
}

static cJSON *change_by_patch(struct call *call, const struct order *old, struct order *copy)
{
    cJSON *failure = check_patch(call, old->provider);
    if (failure != NULL)
        return failure;
    const char *state = json_string(call->body, "state"), *account = json_string(call->body, "account");
    if (account != NULL) {
        free(copy->account);
        copy->account = mem_dup(account);
    }
    if (json_member(call->body, "facts") != NULL)
        json_merge(copy->facts, json_member(call->body, "facts"));
    if (state != NULL)
        order_enter(copy, state, session_now(call->session));
    if (json_member(call->body, "document") != NULL)
        json_merge(copy->document, json_member(call->body, "document"));
    rename_order(old, copy);
    const char *problem = order_name_problem(copy);
    return problem == NULL ? NULL : call_fail(call, 400, "/document", "%s", problem);
}

cJSON *control_order_change(struct call *call)
{
    return apply(call, change_by_patch);
}

const struct shape control_event_shape[] = {
    {"event", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct event *event_named(const struct provider *provider, const char *name, struct nearest *nearest)
{
    nearest_begin(nearest, name);
    for (const struct event *event = provider->events; event->name != NULL; event++) {
        if (strcmp(event->name, name) == 0)
            return event;
        nearest_try(nearest, event->name);
    }
    return NULL;
}

static cJSON *change_by_event(struct call *call, const struct order *old, struct order *copy)
{
    struct nearest nearest;
    const char *name = json_string(call->body, "event");
    const struct event *event = event_named(old->provider, name, &nearest);
    if (event == NULL)
        return call_fail(call, 400, "/event", "%s has no event \"%.60s\"%s", old->provider->name, name,
                         call_hint(call, &nearest, "; GET /_mock/providers lists them"));
    if (!event_can_happen(event, old))
        return call_fail(call, 409, "/event", "\"%s\" cannot happen to this order in state %s", name, old->state);
    const struct maker maker = session_maker(call->session, old->provider);
    event_happen(&maker, copy, event);
    return NULL;
}

cJSON *control_order_event(struct call *call)
{
    return apply(call, change_by_event);
}
