/*
 * What a client reads of orders, and the one thing it may change in them (5, 8). And how an order looks on the wire,
 * which knobs can change without changing the order.
 *
 *     GET /api/i1/orders/1883/                                        relations are ids
 *     GET /api/i1/orders_integration/1883/detailed_integration/       relations are objects
 *     GET /api/v1/order_item/detailed_integration/?order=1883         its items, in pages
 *     PATCH /api/v1/orders/1883/  {"is_send":true}                    the order went to the ERP
 */
#include <stdlib.h>
#include <string.h>

#include "base/uri.h"
#include "providers/akinon/akinon.h"

/* ── An order on the wire ──────────────────────────────────────────────────────────────────────────────────────── */

static void style_status(cJSON *object, int64_t style)
{
    const struct akinon_status *status = akinon_status(json_string_or(object, "status", ""));
    if (status == NULL)
        return;
    if (style == STATUS_CODE_NUMBER)
        json_set(object, "status", json_new_number_text(status->code));
    else
        json_set_string(object, "status", style == STATUS_NAME ? status->state : status->code);
}

static void style_amounts(cJSON *object, int64_t style)
{
    static const char *const amounts[] = {"amount", "shipping_amount", "discount_amount", "refund_amount", "price"};
    for (size_t i = 0; style == AMOUNT_NUMBER && i < COUNT_OF(amounts); i++) {
        const char *text = json_string(object, amounts[i]);
        cJSON *number = text == NULL ? NULL : json_read_text(text);
        if (cJSON_IsNumber(number))
            json_set(object, amounts[i], number);
        else
            cJSON_Delete(number);
    }
}

static void style(const struct exchange *x, cJSON *object)
{
    style_status(object, exchange_knob(x, KNOB_STATUS_STYLE));
    style_amounts(object, exchange_knob(x, KNOB_AMOUNT_STYLE));
}

static cJSON *items_of(cJSON *answer)
{
    cJSON *items = json_member_mut(answer, "orderitem_set");
    return cJSON_IsArray(items) ? items->child : NULL;
}

static cJSON *answer_of(const struct exchange *x, const struct order *order)
{
    cJSON *answer = cJSON_Duplicate(order->document, true);
    style(x, answer);
    for (cJSON *item = items_of(answer); item != NULL; item = item->next)
        style(x, item);
    return answer;
}

static cJSON *detailed_answer_of(const struct exchange *x, const struct order *order)
{
    static const struct {
        const char *member;
        const char *list;
    } relations[] = {{"channel", "channels"},
                     {"customer", "customers"},
                     {"shipping_address", "addresses"},
                     {"billing_address", "addresses"}};
    cJSON *answer = answer_of(x, order);
    for (size_t i = 0; i < COUNT_OF(relations); i++)
        akinon_show_in_full(x, answer, relations[i].member, relations[i].list);
    for (cJSON *item = items_of(answer); item != NULL; item = item->next)
        akinon_show_in_full(x, item, "product", "products");
    return answer;
}

/* ── One order (3, 8) ──────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return akinon_is_visible(x, order) ? STEP_NEXT : akinon_refuse_not_found(x);
}

void akinon_render_order(struct exchange *x)
{
    reply_json(x, 200, answer_of(x, x->order));
}

void akinon_render_detailed(struct exchange *x)
{
    reply_json(x, 200, detailed_answer_of(x, x->order));
}

static const struct akinon_field update_fields[] = {
    {"is_send", "true or false", akinon_boolean_mistake},
    {.name = NULL},
};

/* Of the members that a PATCH may have, the documents show one (8); others are passed over. */
enum step akinon_decide_update(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *body = NULL;
    if (!akinon_is_visible(x, order))
        return akinon_refuse_not_found(x);
    if (akinon_check_object(x, &body) == STEP_REPLY || akinon_check_fields(x, order, body, update_fields) == STEP_REPLY)
        return STEP_REPLY;
    if (json_member(body, "is_send") == NULL)
        return STEP_NEXT;
    *changed = order_copy(order);
    json_set_bool((*changed)->document, "is_send", json_true(body, "is_send"));
    akinon_touch(*changed, exchange_now(x));
    return STEP_NEXT;
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
            cJSON_AddItemToArray(list.results, answer_of(x, orders[i]));
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
}

static void add_items(const struct exchange *x, struct akinon_list *list, const struct order *order)
{
    cJSON *answer = detailed_answer_of(x, order);
    for (cJSON *item = items_of(answer), *next = NULL; item != NULL; item = next) {
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
