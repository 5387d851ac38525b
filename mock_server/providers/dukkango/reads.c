/*
 * Dükkango: what a restaurant's point of sale reads of orders: the current ones, the cancel reasons, the payment and
 * shipping methods (8).
 *
 * get-current is the only read of orders, and no proof of a cancel: an order is missing there when it is over, and also
 * when it was acknowledged and has not changed since (7). Whether an order that the platform cancels is seen there once
 * more is told both ways (9 A19). It may be asked once in 30 seconds (6).
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/uri.h"
#include "providers/dukkango/dukkango.h"

/* ── An order as the list shows it ─────────────────────────────────────────────────────────────────────────────── */

/* What was written by hand wins: only our own id gives way to the knob's. */
static void show_status_id(struct exchange *x, const struct order *order, cJSON *shown)
{
    int64_t id = 0;
    if (dukkango_is_in(order, "COMPLETE_NEEDS_PAYMENT") && json_integer(json_member(shown, "status_id"), &id) &&
        id == DUKKANGO_NEEDS_PAYMENT_ID)
        json_set_integer(shown, "status_id", exchange_knob(x, KNOB_COMPLETE_NEEDS_PAYMENT_ID));
}

/* A new order names the first restaurant of all; one of another account shows that account's own. */
static void show_restaurant(struct exchange *x, const struct order *order, cJSON *shown)
{
    const cJSON *named = dukkango_restaurant_named(exchange_fixture(x), json_string_or(shown, "restaurant_id", ""));
    const cJSON *own = dukkango_restaurant_of(exchange_fixture(x), order->account);
    if (named == NULL || own == NULL || strcmp(json_string_or(named, "account", ""), order->account) == 0)
        return;
    json_set_string(shown, "restaurant_id", json_string(own, "id"));
    json_set_string(shown, "restaurant_name", json_string(own, "name"));
}

/* 9 A8: the key of the method whose display name the order has; null when no method has that name. */
static void show_payment_type(struct exchange *x, cJSON *shown)
{
    const char *name = json_string_or(shown, "payment_method", ""), *key = NULL;
    const cJSON *methods = json_member(json_member(exchange_fixture(x), "variables"), "paymentMethod");
    for (const cJSON *method = methods == NULL ? NULL : methods->child; method != NULL; method = method->next)
        if (strcmp(json_string_or(method, "name", ""), name) == 0)
            key = json_string(method, "key");
    json_set_string(shown, "payment_type", key);
}

static cJSON *show_order(struct exchange *x, const struct order *order)
{
    cJSON *shown = cJSON_Duplicate(order->document, true);
    show_status_id(x, order, shown);
    show_restaurant(x, order, shown);
    if (exchange_knob_on(x, KNOB_ALSO_EMIT_PAYMENT_TYPE))
        show_payment_type(x, shown);
    return shown;
}

/* ── Current orders ────────────────────────────────────────────────────────────────────────────────────────────── */

/* ?status_id, an integer; none: every status. What another value answers is not documented. */
static enum step read_status_id(struct exchange *x)
{
    const char *text = uri_query_value(x->arena, x->request.query, "status_id");
    int64_t *status_id = arena_alloc(x->arena, sizeof *status_id);
    if (text == NULL)
        return STEP_NEXT;
    if (number_read(text, -JSON_INTEGER_MAX, JSON_INTEGER_MAX, status_id))
        x->scratch = status_id;
    else if (exchange_knob(x, KNOB_BAD_STATUS_ID) == STATUS_ID_422)
        return exchange_refuse(x, 422, dukkango_failure(DUKKANGO_MISSING_FIELD, "Invalid status_id"),
                               &(struct reason){"3: status_id is an integer", "status_id", "an integer", text});
    return STEP_NEXT;
}

enum step dukkango_validate_current(struct exchange *x)
{
    if (read_status_id(x) == STEP_REPLY)
        return STEP_REPLY;
    return dukkango_enter_cooldown(x, "get-current", exchange_knob(x, KNOB_GET_CURRENT_COOLDOWN_S));
}

void dukkango_render_current(struct exchange *x)
{
    const int64_t *wanted = x->scratch; /* NULL: all */
    size_t count = 0;
    const struct order **orders = exchange_orders(x, &count);
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        if (dukkango_is_current(x, orders[i])) {
            int64_t status_id = 0;
            cJSON *shown = show_order(x, orders[i]);
            if (wanted == NULL || (json_integer(json_member(shown, "status_id"), &status_id) && status_id == *wanted))
                cJSON_AddItemToArray(list, shown);
            else
                cJSON_Delete(shown);
        }
        order_drop(orders[i]);
    }
    free(orders);
    dukkango_answer(x, list);
}

/* ── Lists that do not change ──────────────────────────────────────────────────────────────────────────────────── */

void dukkango_render_reasons(struct exchange *x)
{
    dukkango_answer(x, cJSON_Duplicate(json_member(exchange_fixture(x), "reasons"), true));
}

void dukkango_render_variables(struct exchange *x)
{
    const cJSON *variables = json_member(exchange_fixture(x), "variables");
    cJSON *data = variables == NULL ? cJSON_CreateObject() : cJSON_Duplicate(variables, true);
    if (variables == NULL) {
        cJSON_AddArrayToObject(data, "paymentMethod");
        cJSON_AddArrayToObject(data, "shippingMethod");
    }
    dukkango_answer(x, data);
}
