/*
 * Dükkango: what a restaurant's point of sale reads of orders: the current ones, the cancel reasons, the payment and
 * shipping methods (8).
 *
 * get-current is the only read of orders, and no proof of a cancel: an order is missing there when it is over, and also
 * when it was acknowledged and has not changed since (7). It may be asked once in 30 seconds (6).
 */
#include <stdlib.h>

#include "base/number.h"
#include "base/uri.h"
#include "providers/dukkango/dukkango.h"

/* ── provider.json ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape reason_shape[] = {
    {"id", SHAPE_INTEGER, .required = true},
    {"reason", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape method_shape[] = {
    {"key", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape variables_shape[] = {
    {"paymentMethod", SHAPE_ARRAY, method_shape, .required = true},
    {"shippingMethod", SHAPE_ARRAY, method_shape, .required = true},
    SHAPE_END,
};

static const struct shape restaurant_shape[] = {
    {"account", SHAPE_STRING, .required = true},
    {"id", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING, .required = true},
    SHAPE_END,
};

const struct shape dukkango_fixture_shape[] = {
    {"reasons", SHAPE_ARRAY, reason_shape, .required = true},
    {"variables", SHAPE_OBJECT, variables_shape},
    {"restaurants", SHAPE_ARRAY, restaurant_shape},
    SHAPE_END,
};

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
        if (dukkango_is_current(orders[i])) {
            int64_t status_id = 0;
            cJSON *shown = dukkango_show(x, orders[i]);
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
