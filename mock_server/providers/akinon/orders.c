/*
 * An order's JSON (5): a fresh one, what a state makes of it, its names.
 *
 * The document holds statuses as code strings and amounts as decimal strings; reads.c writes them otherwise where a
 * knob wants that.
 */
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "providers/akinon/akinon.h"

/* ── A fresh order ─────────────────────────────────────────────────────────────────────────────────────────────── */

#define FIRST_PK 500000 /* above every pk of the seed orders but the magic ones */

static void add_item(cJSON *items, int64_t pk, const char *price)
{
    cJSON *item = cJSON_CreateObject();
    json_set_integer(item, "pk", pk);
    json_set_string(item, "price", price);
    cJSON_AddItemToArray(items, item); /* akinon_read_names() completes it */
}

cJSON *akinon_new_document(const struct maker *maker)
{
    int64_t drawn = maker_next_number(maker), pk = FIRST_PK + drawn;
    char number[40], now[INSTANT_TEXT_MAX];
    snprintf(number, sizeof number, "27920979%08lld", (long long)drawn);
    instant_write_utc(maker->now_us, 6, now);

    cJSON *order = cJSON_CreateObject();
    json_set_integer(order, "pk", pk);
    json_set_string(order, "number", number);
    json_set_integer(order, "channel", 1);
    json_set_string(order, "status", "400");
    json_set_null(order, "cancel_status");
    json_set_string(order, "date_placed", now);
    json_set_string(order, "modified_date", now);
    json_set_integer(order, "customer", 232);
    json_set_integer(order, "shipping_address", 298);
    json_set_integer(order, "billing_address", 298);
    json_set_string(order, "currency", "try");
    json_set_string(order, "amount", "286.10");
    json_set_string(order, "shipping_amount", "9.00");
    json_set_string(order, "discount_amount", "0.00");
    json_set_string(order, "refund_amount", "0.00");
    json_set_bool(order, "is_send", true); /* 9.17 */
    json_set(order, "extra_field", cJSON_CreateObject());
    json_set_integer(order, "payment_option", 67);
    cJSON *items = cJSON_AddArrayToObject(order, "orderitem_set");
    add_item(items, 10 * pk + 1, "250.00");
    add_item(items, 10 * pk + 2, "27.10");
    return order;
}

/* ── States ────────────────────────────────────────────────────────────────────────────────────────────────────── */

void akinon_touch(struct order *copy, int64_t now_us)
{
    char now[INSTANT_TEXT_MAX];
    instant_write_utc(now_us, 6, now);
    json_set_string(copy->document, "modified_date", now);
}

/* Items that are not settled yet follow the order; what was cancelled or returned before stays so. */
static void dress_ended(struct order *order, const char *code, const char *cancel_status)
{
    for (cJSON *item = akinon_first_item_mut(order); item != NULL; item = item->next)
        if (akinon_item_is_open(item) || akinon_item_has(item, CODE_WAITING))
            akinon_set_item(item, code, cancel_status);
    json_set_string(order->document, "cancel_status", cancel_status);
}

/* An order on its way. One without any open item was put back by hand: then all of it begins anew. */
static void dress_open(struct order *order, const char *code)
{
    bool anew = akinon_first_item(order) != NULL && !akinon_has_open_item(order);
    for (cJSON *item = akinon_first_item_mut(order); item != NULL; item = item->next) {
        if (anew)
            akinon_set_item(item, code, NULL);
        else if (akinon_item_is_open(item))
            json_set_string(item, "status", code);
    }
    if (anew) {
        json_set_null(order->document, "cancel_status");
        cJSON_DeleteItemFromObjectCaseSensitive(order->facts, "plan");
    }
}

void akinon_write_state(struct order *order, int64_t now_us)
{
    const struct akinon_status *status = akinon_status(order->state);
    json_set_string(order->document, "status", status->code);
    akinon_touch(order, now_us);
    if (strcmp(status->code, CODE_CANCELED) == 0 || strcmp(status->code, CODE_REFUNDED) == 0)
        dress_ended(order, status->code, "approved");
    else if (strcmp(status->code, CODE_WAITING) == 0)
        dress_ended(order, status->code, "waiting");
    else
        dress_open(order, status->code);
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *akinon_payment_type(const struct order *order)
{
    return json_string_or(order->facts, "payment_type", "card");
}

void akinon_read_names(struct order *order)
{
    const char *pk = json_number_text(json_member(order->document, "pk"));
    const char *number = json_string(order->document, "number");
    order_set_id(order, pk == NULL ? "0" : pk);
    if (number != NULL && *number != '\0')
        order_add_alias(order, number);
    akinon_complete_items(order);
}
