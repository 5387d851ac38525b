/*
 * What a client may change in an order beside its cancel (8).
 *
 *     PATCH /api/v1/orders/1883/  {"is_send":true}                              the order went to the ERP
 *     PATCH /api/v1/channel/1/order_items/70193/  {"tracking_number":"1Z999"}   what the channel knows of an item
 *
 * An item whose plan waits, or which was settled by one, keeps its status; and no item gets there but by a cancel.
 */
#include <string.h>

#include "providers/akinon/akinon.h"

/* ── An order ──────────────────────────────────────────────────────────────────────────────────────────────────── */

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

/* ── An item (8.3) ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *status_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *word = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    const struct akinon_status *status = cJSON_IsString(value) ? akinon_status(word) : NULL;
    if (status != NULL && strcmp(status->code, CODE_WAITING) != 0 && strcmp(status->code, CODE_CANCELED) != 0 &&
        strcmp(status->code, CODE_REFUNDED) != 0)
        return NULL;
    return arena_print(x->arena, "\"%s\" is not a valid choice.", word);
}

static const struct akinon_field item_fields[] = {
    {"status", "a status, but of no plan", status_mistake},
    {"invoice_number", "a string or null", akinon_string_mistake, .nullable = true},
    {"invoice_date", "a string or null", akinon_string_mistake, .nullable = true},
    {"tracking_number", "a string or null", akinon_string_mistake, .nullable = true},
    {"extra_field", "an object", akinon_dictionary_mistake},
    {.name = NULL},
};

enum step akinon_validate_item_update(struct exchange *x)
{
    return akinon_check_json(x) == STEP_REPLY ? STEP_REPLY : akinon_validate_item(x);
}

static cJSON *item_to_change(struct order *copy, const char *pk)
{
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next)
        if (strcmp(akinon_item_pk(item), pk) == 0)
            return item;
    return NULL;
}

static void write_item(cJSON *item, const cJSON *body)
{
    const cJSON *status = json_member(body, "status");
    for (const struct akinon_field *field = item_fields; field->name != NULL; field++) {
        const cJSON *value = json_member(body, field->name);
        if (value != NULL && value != status)
            json_set(item, field->name, cJSON_Duplicate(value, true));
    }
    if (status != NULL)
        json_set_string(item, "status", akinon_status(status->valuestring)->code);
}

/* The order keeps its own status: what leads it on is the shop's business (7). */
enum step akinon_decide_item_update(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *body = NULL;
    const char *pk = exchange_param(x, "id");
    if (akinon_decide_item(x, order, changed) == STEP_REPLY || akinon_check_object(x, &body) == STEP_REPLY ||
        akinon_check_fields(x, order, body, item_fields) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *item = akinon_item_of(order, pk);
    if (json_member(body, "status") != NULL && !akinon_item_is_open(item))
        return akinon_raise(x, UPDATE_CANCEL_STATUS,
                            &(struct reason){"7: a plan decides on this item", "status", "an open item",
                                             json_string_or(item, "status", "")});
    *changed = order_copy(order);
    write_item(item_to_change(*changed, pk), body);
    akinon_touch(*changed, exchange_now(x));
    return STEP_NEXT;
}
