/*
 * The payments of an order, which are facts of it (3, 8).
 *
 * The vendor's pages Payment, List payments and Get payment details have the members; what happens when is ours. The
 * first payment is the order's own: it comes into being when money is asked for and follows the order from then on,
 * except that cancelling leaves it alone, since nothing is refunded (7). Renewals of a subscription are further
 * payments and no orders; fixtures and the control API may write them. get_payment finds the order by the alias
 * `payment:` and the payment's id.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/ids.h"
#include "providers/fungies/fungies.h"

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

void fungies_name_payments(struct order *copy)
{
    const cJSON *payments = fungies_payments(copy);
    for (const cJSON *payment = payments == NULL ? NULL : payments->child; payment != NULL; payment = payment->next) {
        char *alias = mem_print(FUNGIES_PAYMENT_ALIAS "%s", json_string_or(payment, "id", ""));
        fungies_lower(alias);
        order_add_alias(copy, alias);
        free(alias);
    }
}

const cJSON *fungies_payment_named(const struct order *order, const char *id)
{
    const cJSON *payments = order == NULL ? NULL : fungies_payments(order);
    for (const cJSON *payment = payments == NULL ? NULL : payments->child; payment != NULL; payment = payment->next)
        if (ascii_equal(json_string_or(payment, "id", ""), id))
            return payment;
    return NULL;
}
