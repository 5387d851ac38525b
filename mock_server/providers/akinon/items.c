/*
 * The items of an order. Each has a status of its own, and goes through plans of its own.
 *
 * A given item may be as short as {"pk":70193}: the rest is filled in from the order. A person may have written its
 * status as the name in place of the code, so statuses are compared by the table and never as texts.
 */
#include <string.h>

#include "base/name_set.h"
#include "providers/akinon/items.h"

const cJSON *akinon_first_item(const struct order *order)
{
    const cJSON *items = json_member(order->document, "orderitem_set");
    return cJSON_IsArray(items) ? items->child : NULL;
}

cJSON *akinon_first_item_mut(struct order *order)
{
    cJSON *items = json_member_mut(order->document, "orderitem_set");
    return cJSON_IsArray(items) ? items->child : NULL;
}

const char *akinon_item_pk(const cJSON *item)
{
    const char *digits = json_number_text(json_member(item, "pk"));
    return digits == NULL ? "" : digits;
}

const cJSON *akinon_item_of(const struct order *order, const char *pk)
{
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (strcmp(akinon_item_pk(item), pk) == 0)
            return item;
    return NULL;
}

struct name_set *akinon_item_pks(const struct order *order)
{
    struct name_set *pks = NULL;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        (void)name_set_add(&pks, akinon_item_pk(item));
    return pks;
}

const struct akinon_status *akinon_item_status(const cJSON *item)
{
    return akinon_status(json_string_or(item, "status", ""));
}

bool akinon_item_has(const cJSON *item, const char *code)
{
    const struct akinon_status *status = akinon_item_status(item);
    return status != NULL && strcmp(status->code, code) == 0;
}

enum plan_kind akinon_item_starts(const cJSON *item)
{
    const struct akinon_status *status = akinon_item_status(item);
    return status == NULL ? PLAN_NONE : status->starts;
}

bool akinon_item_is_settled(const cJSON *item)
{
    return akinon_item_has(item, CODE_CANCELED) || akinon_item_has(item, CODE_REFUNDED);
}

bool akinon_item_is_open(const cJSON *item)
{
    return !akinon_item_has(item, CODE_WAITING) && !akinon_item_is_settled(item);
}

bool akinon_has_open_item(const struct order *order)
{
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (akinon_item_is_open(item))
            return true;
    return false;
}

void akinon_set_item(cJSON *item, const char *code, const char *cancel_status)
{
    json_set_string(item, "status", code);
    json_set_string(item, "cancel_status", cancel_status);
}

static cJSON *complete_item(const struct order *order, const cJSON *given)
{
    const char *status = json_string_or(given, "status", json_string_or(order->document, "status", "400"));
    const struct akinon_status *known = akinon_status(status);
    bool planned =
        known != NULL && (strcmp(known->code, CODE_WAITING) == 0 || strcmp(known->code, CODE_CANCELED) == 0 ||
                          strcmp(known->code, CODE_REFUNDED) == 0);
    cJSON *item = cJSON_CreateObject();
    json_set_null(item, "pk");
    json_set(item, "order", json_new_number_text(order->id));
    json_set_integer(item, "product", 365);
    json_set_string(item, "status", status);
    json_set_string(item, "cancel_status", planned ? json_string(order->document, "cancel_status") : NULL);
    json_set_string(item, "price", "250.00");
    json_set_string(item, "price_currency", json_string_or(order->document, "currency", "try"));
    json_set_string(item, "tax_rate", "8.00");
    json_overlay(item, given);
    json_set(item, "order", json_new_number_text(order->id));
    return item;
}

void akinon_complete_items(struct order *order)
{
    cJSON *items = json_member_mut(order->document, "orderitem_set");
    for (cJSON *item = akinon_first_item_mut(order), *next = NULL; item != NULL; item = next) {
        next = item->next;
        cJSON_ReplaceItemViaPointer(items, item, complete_item(order, item));
    }
}
