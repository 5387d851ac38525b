/*
 * An order's JSON (5): its shape, a new one, what a state makes of it, its names.
 *
 * The document holds statuses as code strings and amounts as decimal strings; answers.c writes them otherwise where a
 * knob wants that.
 */
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "providers/akinon/akinon.h"

/* ── What fixtures and the control API may say of an order ─────────────────────────────────────────────────────── */

/* Relations are an id or an object, as in the vendor's plain and detailed answers (5). No member is required but the pk
 * of an item: the rest is filled in.
 *
 * Of the phases of a plan the documents name all (7) but `completed`, which is of requests there (8). */
static const char *const phases[] = {"waiting",  "confirmation_waiting", "confirmed", "approved",
                                     "rejected", "waiting_for_payment",  "completed", NULL};
static const char *const request_statuses[] = {"waiting", "confirmed", "completed", "rejected", NULL};
static const char *const state_names[] = {AKINON_STATUSES(AKINON_STATUS_NAME) NULL};
static const char *const payment_types[] = {"card", "fund_transfer", "cash_on_delivery", NULL}; /* card by default */

static const struct shape item_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"order", SHAPE_INTEGER},
    {"product", SHAPE_ANY}, /* relations: an id in plain calls, an object in detailed ones (5) */
    {"price_list", SHAPE_ANY},
    {"stock_list", SHAPE_ANY},
    {"status", SHAPE_STRING, .words = akinon_status_words},
    {"cancel_status", SHAPE_STRING, .nullable = true, .words = phases},
    {"price", SHAPE_STRING},
    {"price_currency", SHAPE_STRING},
    {"tax_rate", SHAPE_STRING},
    {"shipping_company", SHAPE_STRING, .nullable = true},
    {"invoice_number", SHAPE_STRING, .nullable = true},
    {"invoice_date", SHAPE_STRING, .nullable = true},
    {"tracking_number", SHAPE_STRING, .nullable = true},
    {"is_tradable", SHAPE_BOOLEAN},
    {"extra_field", SHAPE_OBJECT},
    {"attributes", SHAPE_OBJECT},
    SHAPE_END,
};

const struct shape akinon_document_shape[] = {
    {"pk", SHAPE_INTEGER},
    {"number", SHAPE_STRING}, /* 9.13 */
    {"channel", SHAPE_ANY},
    {"status", SHAPE_STRING, .words = akinon_status_words},
    {"cancel_status", SHAPE_STRING, .nullable = true, .words = phases},
    {"date_placed", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    {"created_date", SHAPE_STRING},
    {"customer", SHAPE_ANY},
    {"shipping_address", SHAPE_ANY},
    {"billing_address", SHAPE_ANY},
    {"currency", SHAPE_STRING},
    {"amount", SHAPE_STRING},
    {"shipping_amount", SHAPE_STRING},
    {"discount_amount", SHAPE_STRING},
    {"refund_amount", SHAPE_STRING},
    {"refund_invoice_number", SHAPE_STRING, .nullable = true}, /* from the approval of a plan that has one */
    {"shipping_tax_rate", SHAPE_STRING, .nullable = true},
    {"invoice_number", SHAPE_STRING, .nullable = true},
    {"invoice_date", SHAPE_STRING, .nullable = true},
    {"tracking_number", SHAPE_STRING, .nullable = true},
    {"notes", SHAPE_STRING, .nullable = true},
    {"segment", SHAPE_STRING, .nullable = true},
    {"bin_number", SHAPE_STRING, .nullable = true},
    {"delivery_type", SHAPE_STRING, .nullable = true},
    {"external_status", SHAPE_STRING, .nullable = true},
    {"is_send", SHAPE_BOOLEAN},
    {"has_gift_box", SHAPE_BOOLEAN},
    {"extra_field", SHAPE_OBJECT},
    {"payment_option", SHAPE_INTEGER},
    {"payment_option_slug", SHAPE_STRING},
    {"cargo_company", SHAPE_ANY},
    {"installment", SHAPE_ANY},
    {"language_code", SHAPE_ANY},
    {"client_type", SHAPE_ANY},
    {"remote_addr", SHAPE_ANY},
    {"gift_box_note", SHAPE_ANY},
    {"delivery_range", SHAPE_ANY},
    {"e_archive_url", SHAPE_ANY},
    {"orderitem_set", SHAPE_ARRAY, item_shape, .most = ORDER_LIST_MAX},
    SHAPE_END,
};

static const struct shape plan_shape[] = {
    {"kind", SHAPE_STRING, .words = akinon_plan_kinds},
    {"status", SHAPE_STRING, .words = phases},
    {"order_state", SHAPE_STRING, .words = state_names},
    {"opened_us", SHAPE_INTEGER},
    {"former", SHAPE_OBJECT}, /* item pk: status code before the plan */
    {"is_cargo_refund", SHAPE_BOOLEAN},
    {"refund_invoice_number", SHAPE_STRING, .nullable = true},
    {"refund_amount", SHAPE_STRING}, /* as computed when it was opened, and again when it was approved */
    {"iban_missing", SHAPE_BOOLEAN},
    {"ibans", SHAPE_OBJECT, .nullable = true},
    {"holder_names", SHAPE_OBJECT, .nullable = true},
    {"payment_plan", SHAPE_ARRAY},
    SHAPE_END,
};

static const struct shape request_shape[] = {
    {"id", SHAPE_INTEGER, .required = true},
    {"order_item", SHAPE_INTEGER, .required = true},
    {"reason", SHAPE_INTEGER, .required = true},
    {"description", SHAPE_STRING, .nullable = true},
    {"cancellation_type", SHAPE_STRING, .words = akinon_plan_kinds},
    {"status", SHAPE_STRING, .words = request_statuses},
    {"iban", SHAPE_STRING, .nullable = true},
    {"holder_name", SHAPE_STRING, .nullable = true},
    {"easy_return", SHAPE_OBJECT, .nullable = true},
    {"quantity", SHAPE_INTEGER, .nullable = true},
    {"fully_refund_as_loyalty_money", SHAPE_BOOLEAN},
    {"uuid", SHAPE_STRING},
    {"created_date", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    SHAPE_END,
};

const struct shape akinon_facts_shape[] = {
    {"payment_type", SHAPE_STRING, .words = payment_types},
    {"purchase_transaction", SHAPE_BOOLEAN}, /* default true */
    {"refundable_amount", SHAPE_STRING}, /* a decimal string; below zero nothing can be refunded, whatever adds up */
    {"erp_reported", SHAPE_BOOLEAN},     /* default false */
    {"erp_sendable", SHAPE_BOOLEAN},     /* default true */
    {"plan", SHAPE_OBJECT, plan_shape},
    {"past_plans", SHAPE_ARRAY, plan_shape},
    {"cancellation_requests", SHAPE_ARRAY, request_shape, .most = ORDER_LIST_MAX},
    {"remote_ids", SHAPE_OBJECT}, /* of the order and its items in their channel, by pk; default: 8.3 */
    SHAPE_END,
};

/* ── A new order ───────────────────────────────────────────────────────────────────────────────────────────────── */

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
static void write_ended(struct order *order, const char *code, const char *cancel_status)
{
    for (cJSON *item = akinon_first_item_mut(order); item != NULL; item = item->next)
        if (akinon_item_is_open(item) || akinon_item_has(item, CODE_WAITING))
            akinon_set_item(item, code, cancel_status);
    json_set_string(order->document, "cancel_status", cancel_status);
}

/* An order on its way. One without any open item was put back by hand: then all of it begins anew. */
static void write_open(struct order *order, const char *code)
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
        write_ended(order, status->code, "approved");
    else if (strcmp(status->code, CODE_WAITING) == 0)
        write_ended(order, status->code, "waiting");
    else
        write_open(order, status->code);
}

/* ── Names, and what it says ───────────────────────────────────────────────────────────────────────────────────── */

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

/* The channel of an order: an id, or an object in detailed answers (5). */
bool akinon_is_of_channel(const struct order *order, const char *pk)
{
    const cJSON *channel = json_member(order->document, "channel");
    const char *digits = json_number_text(cJSON_IsObject(channel) ? json_member(channel, "pk") : channel);
    return digits != NULL && strcmp(digits, pk) == 0;
}
