/*
 * What a client reads: orders, their items, the reasons of the shop (5, 8).
 *
 *     GET /api/i1/orders/1883/                                        relations are ids
 *     GET /api/i1/orders_integration/1883/detailed_integration/       relations are objects
 *     GET /api/v1/order_item/detailed_integration/?order=1883         its items, in pages
 *     GET /api/v1/channel/1/cancellation_reasons/                     why an order may be cancelled
 */
#include <stdlib.h>
#include <string.h>

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

static bool is_asked_for(const struct order *order, const char *number, const char *cancel_status)
{
    if (number != NULL && strcmp(json_string_or(order->document, "number", ""), number) != 0)
        return false;
    return cancel_status == NULL || strcmp(akinon_cancel_status(order), cancel_status) == 0;
}

void akinon_render_list(struct exchange *x)
{
    const char *number = uri_query_value(x->arena, x->request.query, "number");
    const char *cancel_status = uri_query_value(x->arena, x->request.query, "cancel_status");
    struct akinon_list list = akinon_list_begin(x);
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        if (is_asked_for(orders[i], number, cancel_status) && akinon_list_wants(&list))
            cJSON_AddItemToArray(list.results, akinon_show(x, orders[i]));
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
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

/* Without ?order= the items of all orders; of an order that is not there, none. */
void akinon_render_items(struct exchange *x)
{
    const char *asked = uri_query_value(x->arena, x->request.query, "order");
    struct akinon_list list = akinon_list_begin(x);
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        if (asked == NULL || strcmp(orders[i]->id, asked) == 0)
            add_items(x, &list, orders[i]);
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
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
    reply_json(x, 200, cJSON_Duplicate(akinon_reason(x, exchange_param(x, "id")), true));
}

void akinon_render_reasons(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    const cJSON *reason = NULL;
    cJSON_ArrayForEach (reason, json_member(exchange_fixture(x), "reasons"))
        if (akinon_list_wants(&list))
            cJSON_AddItemToArray(list.results, cJSON_Duplicate(reason, true));
    akinon_list_reply(x, &list);
}
