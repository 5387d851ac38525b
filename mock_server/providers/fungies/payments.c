/*
 * The payments of an order (3, 8): GET /v0/payments/list and GET /v0/payments/{paymentId}.
 *
 *     {"object":"payment","id":"6a1f…","type":"one_time","number":"Py8Kd2Wm4ZtA","status":"PAID","value":2599,…,
 *      "orderId":"0c2d9a4e-…","orderNumber":"A7k2Qm9ZtR4x","order":{…},"subscriptionId":null,…,"invoiceUrl":null}
 *
 * The vendor's pages Payment, List payments and Get payment details have the members; what happens when is ours. They
 * are facts of their order. The first is the order's own: it comes into being when money is asked for and follows the
 * order from then on, except that cancelling leaves it alone, since nothing is refunded (7). Renewals of a subscription
 * are further payments and no orders; fixtures and the control API may write them. get_payment finds the order by the
 * alias `payment:` and the payment's id.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "providers/fungies/fungies.h"

#define PAYMENT_PARAM   "paymentId"
#define ALIAS_PREFIX    "payment:"
#define NUMBER_LENGTH   12
#define NUMBER_ALPHABET "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const struct shape fungies_payment_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"number", SHAPE_STRING, .required = true},
    {"status", SHAPE_STRING, .required = true},
    {"createdAt", SHAPE_INTEGER, .required = true},
    {"type", SHAPE_STRING},
    {"value", SHAPE_INTEGER, .nullable = true},
    {"tax", SHAPE_INTEGER, .nullable = true},
    {"fee", SHAPE_INTEGER, .nullable = true},
    {"transactionId", SHAPE_STRING}, /* what `term` finds; no answer shows it */
    {"invoiceNumber", SHAPE_STRING, .nullable = true},
    {"invoiceUrl", SHAPE_STRING, .nullable = true},
    SHAPE_END,
};

/* The states in which money was asked for: an order that enters one has a payment of that status. */
static const char *const paying_states[] = {"PAID", "FAILED", "REFUNDED", "PARTIALLY_REFUNDED", NULL};

/* ── As facts ──────────────────────────────────────────────────────────────────────────────────────────────────── */

const cJSON *fungies_payments(const struct order *order)
{
    const cJSON *payments = json_member(order->facts, "payments");
    return cJSON_IsArray(payments) && payments->child != NULL ? payments : NULL;
}

const cJSON *fungies_last_payment(const struct order *order)
{
    const cJSON *payments = fungies_payments(order);
    return payments == NULL ? NULL : cJSON_GetArrayItem(payments, cJSON_GetArraySize(payments) - 1);
}

static cJSON *new_payment(const struct order *order, int64_t at_ms)
{
    char id[UUID_TEXT_MAX], number[NUMBER_LENGTH + 1];
    /* From the order's id: its own payment has the same id and number in every run, and no draw is needed. */
    const char *order_id = json_string_or(order->document, "id", "");
    struct id_stream stream = id_stream_from(id_hash(ID_HASH_START, order_id, strlen(order_id)));
    id_uuid(&stream, id);
    id_characters(&stream, NUMBER_ALPHABET, NUMBER_LENGTH, number);
    cJSON *payment = cJSON_CreateObject();
    json_set_string(payment, "id", id);
    json_set_string(payment, "number", number);
    json_set_integer(payment, "createdAt", at_ms);
    return payment;
}

void fungies_settle_payment(struct order *copy, int64_t at_ms)
{
    if (fungies_position(paying_states, copy->state) < 0)
        return;
    if (fungies_payments(copy) == NULL) {
        cJSON *payments = cJSON_CreateArray();
        cJSON_AddItemToArray(payments, new_payment(copy, at_ms));
        json_set(copy->facts, "payments", payments);
    }
    json_set_string(json_member_mut(copy->facts, "payments")->child, "status", copy->state);
}

void fungies_refund_cancelled(const struct maker *maker, struct order *copy)
{
    (void)maker;
    if (fungies_payments(copy) != NULL) /* an order that was cancelled before anybody paid has nothing to refund */
        json_set_string(json_member_mut(copy->facts, "payments")->child, "status", "REFUNDED");
}

void fungies_name_payments(struct order *copy)
{
    const cJSON *payments = fungies_payments(copy);
    for (const cJSON *payment = payments == NULL ? NULL : payments->child; payment != NULL; payment = payment->next) {
        char *alias = mem_print(ALIAS_PREFIX "%s", json_string_or(payment, "id", ""));
        fungies_lower(alias);
        order_add_alias(copy, alias);
        free(alias);
    }
}

/* ── As the wire shows them ────────────────────────────────────────────────────────────────────────────────────── */

/* Its own amount where it has one, else the order's. */
static void show_amount(cJSON *shown, const struct order *order, const cJSON *payment, const char *name)
{
    const cJSON *amount = json_member(payment, name);
    if (amount == NULL)
        amount = json_member(order->document, name);
    if (amount != NULL)
        json_set(shown, name, cJSON_Duplicate(amount, true));
}

static void show_copy(cJSON *shown, const cJSON *from, const char *name)
{
    const cJSON *value = json_member(from, name);
    if (value == NULL)
        json_set_null(shown, name);
    else
        json_set(shown, name, cJSON_Duplicate(value, true));
}

static void show_references(struct exchange *x, cJSON *shown, const struct order *order)
{
    show_copy(shown, order->document, "userId");
    if (exchange_knob(x, KNOB_NULL_USER_ID) == CHOICE_ON)
        json_set_null(shown, "userId");
    show_copy(shown, order->document, "user");
    json_set_string(shown, "orderId", order->id);
    json_set_string(shown, "orderNumber", fungies_shown_number(x, fungies_number(order)));
    json_set(shown, "order", fungies_show_order_briefly(x, order));
    show_copy(shown, order->document, "subscriptionId");
    show_copy(shown, order->document, "subscription");
}

cJSON *fungies_show_payment(struct exchange *x, const struct order *order, const cJSON *payment)
{
    cJSON *shown = cJSON_CreateObject();
    json_set_string(shown, "object", "payment");
    json_set_string(shown, "id", json_string_or(payment, "id", ""));
    json_set_string(shown, "type", json_string_or(payment, "type", fungies_order_type(order)));
    json_set_string(shown, "number", fungies_shown_number(x, json_string_or(payment, "number", "")));
    json_set_string(shown, "status", json_string_or(payment, "status", ""));
    show_amount(shown, order, payment, "value");
    show_amount(shown, order, payment, "tax");
    show_amount(shown, order, payment, "fee");
    show_copy(shown, order->document, "currency");
    show_copy(shown, order->document, "currencyDecimals");
    show_copy(shown, payment, "createdAt");
    show_references(x, shown, order);
    show_copy(shown, payment, "invoiceNumber");
    show_copy(shown, payment, "invoiceUrl");
    if (exchange_knob(x, KNOB_SCHEMA) == SCHEMA_NEWER) { /* null in the samples */
        json_set_null(shown, "discount");
        json_set_null(shown, "charges");
    }
    return shown;
}

/* ── One payment ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const char NOT_FOUND[] = "Payment not found";

enum step fungies_validate_payment(struct exchange *x)
{
    const char *named = exchange_param(x, PAYMENT_PARAM);
    if (!uuid_is_valid(named)) {
        int status = fungies_chosen_status(x, KNOB_BAD_ID);
        return fungies_refuse(x, status, status == 404 ? NOT_FOUND : "paymentId: Invalid uuid",
                              &(struct reason){"8: the path holds the payment's id", PAYMENT_PARAM, "a UUID", named});
    }
    char *key = arena_print(x->arena, ALIAS_PREFIX "%s", named);
    fungies_lower(key);
    x->order_key = key;
    return STEP_NEXT;
}

static const cJSON *payment_named(const struct exchange *x, const struct order *order)
{
    const cJSON *payments = order == NULL ? NULL : fungies_payments(order);
    for (const cJSON *payment = payments == NULL ? NULL : payments->child; payment != NULL; payment = payment->next) {
        char *alias = mem_print(ALIAS_PREFIX "%s", json_string_or(payment, "id", ""));
        fungies_lower(alias);
        bool is_it = strcmp(alias, x->order_key) == 0;
        free(alias);
        if (is_it)
            return payment;
    }
    return NULL;
}

enum step fungies_decide_payment(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    const char *named = exchange_param(x, PAYMENT_PARAM);
    const cJSON *payment = payment_named(x, order);
    bool is_exact = payment != NULL && strcmp(json_string_or(payment, "id", ""), named) == 0;
    if (payment == NULL || (!is_exact && exchange_knob(x, KNOB_UUID_CASE) == CASE_EXACT))
        return fungies_refuse_not_found(
            x, NOT_FOUND, &(struct reason){"8: payment unknown", PAYMENT_PARAM, "the id of a known payment", named});
    if (strcmp(order->account, x->account) != 0)
        return fungies_refuse_not_found(
            x, NOT_FOUND,
            &(struct reason){"8: the payment of another workspace", PAYMENT_PARAM, x->account, order->account});
    return STEP_NEXT;
}

void fungies_render_payment(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    json_set(data, "payment", fungies_show_payment(x, x->order, payment_named(x, x->order)));
    fungies_answer(x, data);
}
