/*
 * What a client reads: orders, their items, the reasons of the shop (5, 8).
 *
 *     GET /api/i1/orders/1883/                                        relations are ids
 *     GET /api/i1/orders_integration/1883/detailed_integration/       relations are objects
 *     GET /api/v1/order_item/detailed_integration/?order=1883         its items, in pages
 *     GET /api/v1/order_items/?order=1883                             the same, relations are ids
 *     GET /api/v1/channel/1/cancellation_reasons/                     why an order may be cancelled
 *
 * Below /channel/1 stand the orders and items of that channel (8.3).
 */
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/uri.h"
#include "providers/akinon/plan.h"

/* ── One order (3, 8) ──────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return akinon_is_visible(x, order) ? STEP_NEXT : akinon_refuse_not_found(x);
}

void akinon_render_detailed(struct exchange *x)
{
    reply_json(x, 200, akinon_show_detailed(x, x->order));
}

/* ── Many (8) ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_pk_asked_for(struct exchange *x, const struct order *order)
{
    static const char *const spellings[] = {"pk__in", "id__in"}; /* of the official application, both */
    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        const char *asked = uri_query_value(x->arena, x->request.query, spellings[i]);
        if (asked != NULL && !akinon_stands_in(asked, order->id))
            return false;
    }
    return true;
}

static bool is_asked_for(struct exchange *x, const struct order *order)
{
    const char *number = uri_query_value(x->arena, x->request.query, "number");
    const char *cancel_status = uri_query_value(x->arena, x->request.query, "cancel_status");
    if (number != NULL && strcmp(json_string_or(order->document, "number", ""), number) != 0)
        return false;
    return cancel_status == NULL || strcmp(akinon_cancel_status(order), cancel_status) == 0;
}

/* Below a channel, its own orders. */
static bool is_in_channel(const struct exchange *x, const struct order *order)
{
    const char *channel = exchange_param(x, "channel_id");
    return *channel == '\0' || akinon_is_of_channel(order, channel);
}

static void render_orders(struct exchange *x, struct akinon_list *list)
{
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        if (is_in_channel(x, orders[i]) && is_asked_for(x, orders[i]) && has_pk_asked_for(x, orders[i]) &&
            akinon_list_wants(list))
            cJSON_AddItemToArray(list->results, akinon_show(x, orders[i]));
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, list);
}

void akinon_render_list(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    render_orders(x, &list);
}

#define UPDATES_MAX 100

/* What the channel has not committed yet: no commit is kept, so all of its orders (8.3). */
void akinon_render_updates(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    if (uri_query_value(x->arena, x->request.query, "limit") == NULL || list.limit > UPDATES_MAX)
        list.limit = UPDATES_MAX;
    render_orders(x, &list);
}

static void add_items(const struct exchange *x, struct akinon_list *list, const struct order *order)
{
    cJSON *answer = akinon_show_detailed(x, order);
    for (cJSON *item = akinon_shown_items(answer), *next = NULL; item != NULL; item = next) {
        next = item->next;
        if (akinon_list_wants(list))
            cJSON_AddItemToArray(list->results,
                                 cJSON_DetachItemViaPointer(json_member_mut(answer, "orderitem_set"), item));
    }
    cJSON_Delete(answer);
}

static void add_plain_items(const struct exchange *x, struct akinon_list *list, const struct order *order)
{
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (akinon_list_wants(list))
            cJSON_AddItemToArray(list->results, akinon_show_item(x, item));
}

/* Without ?order= the items of all orders; of an order that is not there, none. */
static void render_items(struct exchange *x,
                         void (*add)(const struct exchange *x, struct akinon_list *list, const struct order *order))
{
    const char *asked = uri_query_value(x->arena, x->request.query, "order");
    struct akinon_list list = akinon_list_begin(x);
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        if (is_in_channel(x, orders[i]) && (asked == NULL || strcmp(orders[i]->id, asked) == 0))
            add(x, &list, orders[i]);
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
}

void akinon_render_items(struct exchange *x)
{
    render_items(x, add_items);
}

void akinon_render_plain_items(struct exchange *x)
{
    render_items(x, add_plain_items);
}

/* ── One item (8.3) ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_item(const struct order *order, const char *pk)
{
    return akinon_item_of(order, pk) != NULL;
}

enum step akinon_validate_item(struct exchange *x)
{
    if (akinon_check_channel(x) == STEP_REPLY)
        return STEP_REPLY;
    x->order_key = akinon_find_order(x, has_item, exchange_param(x, "id"));
    return STEP_NEXT;
}

enum step akinon_decide_item(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    const char *pk = exchange_param(x, "id");
    if (akinon_is_visible(x, order) && has_item(order, pk))
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8.3: no such item", "id", "the pk of an item of this channel", pk});
}

void akinon_render_item(struct exchange *x)
{
    reply_json(x, 200, akinon_show_item(x, akinon_item_of(x->order, exchange_param(x, "id"))));
}

/* ── Reasons (8) ───────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_reason(struct exchange *x)
{
    const char *asked = exchange_param(x, "id");
    if (akinon_check_channel(x) == STEP_REPLY)
        return STEP_REPLY;
    if (akinon_reason(x, asked) != NULL)
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8: no such reason", "id", "the pk of a reason", asked});
}

void akinon_render_reason(struct exchange *x)
{
    reply_json(x, 200, akinon_show_reason(x, akinon_reason(x, exchange_param(x, "id"))));
}

void akinon_render_reasons(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    const cJSON *reason = NULL;
    cJSON_ArrayForEach (reason, json_member(exchange_fixture(x), "reasons"))
        if (akinon_list_wants(&list))
            cJSON_AddItemToArray(list.results, akinon_show_reason(x, reason));
    akinon_list_reply(x, &list);
}

/* A reason is never deleted: it is active no more (8.1). */
void akinon_render_deactivation(struct exchange *x)
{
    char now[INSTANT_TEXT_MAX];
    instant_write_utc(exchange_now(x), 6, now);
    cJSON *changed = cJSON_CreateObject();
    json_set_bool(changed, "is_active", false);
    json_set_string(changed, "modified_date", now);
    exchange_keep_record(x, arena_print(x->arena, "reason %s", exchange_param(x, "id")), changed);
    cJSON_Delete(changed);
    reply_empty(x, 204);
}
