/*
 * Cancellation requests as a channel sees them (3, 8): it makes them for a customer, reads them and rejects them.
 *
 *     POST /api/channel/1/cancellation_requests/   {"order_item":70193,"reason":12}
 *     201 {"id":9001,"pk":9001,"order_item":70193,"reason":12,…,"cancellation_type":"cancel","status":"waiting",…}
 *     POST /api/channel/1/cancellation_requests/9001/reject/
 *
 * The documents tell the members of a request and no texts; which member is required is ours.
 */
#include <stdlib.h>
#include <string.h>

#include "base/uri.h"
#include "providers/akinon/plan.h"

/* ── Creating ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *item_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    if (!akinon_is_integer(value))
        return akinon_not_a_pk(x, value);
    return akinon_is_visible(x, order) ? NULL : akinon_unknown_pk(x, json_number_text(value));
}

static const char *reason_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (!akinon_is_integer(value))
        return akinon_not_a_pk(x, value);
    const char *pk = json_number_text(value);
    return akinon_may_use_reason(x, pk) ? NULL : akinon_unknown_pk(x, pk);
}

static const char *type_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *type = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    if (strcmp(type, "cancel") == 0 || strcmp(type, "refund") == 0)
        return NULL;
    return arena_print(x->arena, "\"%s\" is not a valid choice.", type);
}

static const char *quantity_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    int64_t quantity = 0;
    if (cJSON_IsNull(value))
        return NULL;
    if (!json_integer(value, &quantity))
        return "A valid integer is required.";
    return quantity >= 1 ? NULL : "Ensure this value is greater than or equal to 1.";
}

static const struct akinon_field new_request_fields[] = {
    {"order_item", "the pk of an order item", item_mistake, .required = true},
    {"reason", "the pk of an active reason", reason_mistake, .required = true},
    {"description", "a string or null", akinon_string_mistake, .nullable = true},
    {"cancellation_type", "cancel or refund", type_mistake},
    {"iban", "a string or null", akinon_string_mistake, .nullable = true, .secret = true},
    {"holder_name", "a string or null", akinon_string_mistake, .nullable = true, .secret = true},
    {"easy_return", "an object or null", akinon_dictionary_mistake, .nullable = true},
    {"quantity", "1 or more, or null", quantity_mistake, .nullable = true},
    {"fully_refund_as_loyalty_money", "true or false", akinon_boolean_mistake},
    {.name = NULL},
};

static bool has_item(const struct order *order, const char *pk)
{
    return akinon_item_of(order, pk) != NULL;
}

/* The order is that of the item; where there is none, the field's check tells so. */
enum step akinon_validate_new_request(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_check_channel(x) == STEP_REPLY ||
        akinon_check_object(x, &body) == STEP_REPLY)
        return STEP_REPLY;
    const char *pk = json_number_text(json_member(body, "order_item"));
    struct request_identity *identity = arena_alloc(x->arena, sizeof *identity);
    const struct maker maker = exchange_maker(x);
    *identity = akinon_draw_request(&maker);
    x->order_key = pk == NULL ? "" : akinon_find_order(x, has_item, pk);
    x->scratch = identity;
    return STEP_NEXT;
}

enum step akinon_decide_new_request(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    if (akinon_check_fields(x, order, body, new_request_fields) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *reason = akinon_reason(x, json_number_text(json_member(body, "reason")));
    const char *type = json_string_or(body, "cancellation_type", json_string_or(reason, "cancellation_type", "cancel"));
    *changed = order_copy(order);
    akinon_add_request(*changed, x->scratch, type, body, exchange_now(x));
    return STEP_NEXT;
}

void akinon_render_new_request(struct exchange *x)
{
    const struct request_identity *identity = x->scratch;
    const char *id = arena_print(x->arena, "%lld", (long long)identity->id);
    reply_json(x, 201, akinon_show_request(akinon_request_of(x->order, id)));
}

/* ── Reading and rejecting ─────────────────────────────────────────────────────────────────────────────────────── */

/* `updates` are those that somebody answered; no query parameter of the two that are known is given twice. */
static bool is_asked_for(struct exchange *x, const cJSON *request, bool updates)
{
    const char *status = uri_query_value(x->arena, x->request.query, "status");
    const char *type = uri_query_value(x->arena, x->request.query, "cancellation_type");
    if (updates && strcmp(json_string_or(request, "status", ""), "waiting") == 0)
        return false;
    return (status == NULL || strcmp(json_string_or(request, "status", ""), status) == 0) &&
           (type == NULL || strcmp(json_string_or(request, "cancellation_type", ""), type) == 0);
}

static void render_requests(struct exchange *x, bool updates)
{
    struct akinon_list list = akinon_list_begin(x);
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        const cJSON *request = akinon_first_request(orders[i]);
        if (!akinon_is_of_channel(orders[i], exchange_param(x, "channel_id")))
            request = NULL;
        for (; request != NULL; request = request->next)
            if (is_asked_for(x, request, updates) && akinon_list_wants(&list))
                cJSON_AddItemToArray(list.results, akinon_show_request(request));
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
}

void akinon_render_requests(struct exchange *x)
{
    render_requests(x, false);
}

void akinon_render_request_updates(struct exchange *x)
{
    render_requests(x, true);
}

static bool has_request(const struct order *order, const char *id)
{
    return akinon_request_of(order, id) != NULL;
}

enum step akinon_validate_request(struct exchange *x)
{
    if (akinon_check_channel(x) == STEP_REPLY)
        return STEP_REPLY;
    x->order_key = akinon_find_order(x, has_request, exchange_param(x, "id"));
    return STEP_NEXT;
}

enum step akinon_decide_request(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    const char *id = exchange_param(x, "id");
    if (akinon_is_visible(x, order) && has_request(order, id))
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8: no such request", "id", "the id of a cancellation request", id});
}

void akinon_render_request(struct exchange *x)
{
    reply_json(x, 200, akinon_show_request(akinon_request_of(x->order, exchange_param(x, "id"))));
}

enum step akinon_decide_rejection(struct exchange *x, const struct order *order, struct order **changed)
{
    const char *id = exchange_param(x, "id");
    if (akinon_decide_request(x, order, changed) == STEP_REPLY)
        return STEP_REPLY;
    const char *status = json_string_or(akinon_request_of(order, id), "status", "waiting");
    if (strcmp(status, "waiting") != 0)
        return akinon_raise(x, UPDATE_CANCEL_STATUS,
                            &(struct reason){"8: only a waiting request can be rejected", "status", "waiting", status});
    *changed = order_copy(order);
    akinon_reject_request(*changed, id, exchange_now(x));
    return STEP_NEXT;
}
