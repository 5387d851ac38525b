/*
 * An order's document (5), as a client reads it:
 *
 *     {"object":"order","id":"0c2d9a4e-…","number":"A7k2Qm9ZtR4x","status":"PENDING","value":2599,"tax":478,"fee":130,
 *      "totalItems":1,"country":"PL","currency":"EUR","currencyDecimals":2,"createdAt":1767225600000,
 *      "userId":"7d1f0b8e-…","user":null,"orderNumber":"A7k2Qm9ZtR4x"}
 *
 * Amounts are minor units and may be negative; createdAt is milliseconds. All integers go to 2^53 - 1 and keep their
 * digits. An order is cancelled by its id or by its number, with or without '#' (4). What the document does not show
 * stands in the facts: the type, whether it is archived, the payer's mail address, the payments.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/fungies/fungies.h"

#define NUMBER_LENGTH      12
#define MICROS_PER_MILLI   1000
#define DIGITS_AND_LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static const struct shape user_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"object", SHAPE_STRING},
    {"username", SHAPE_STRING, .nullable = true},
    SHAPE_END,
};

const struct shape fungies_document_shape[] = {
    {"object", SHAPE_STRING},
    {"id", SHAPE_STRING},
    {"number", SHAPE_STRING},
    {"status", SHAPE_STRING},
    {"value", SHAPE_INTEGER, .nullable = true},
    {"tax", SHAPE_INTEGER, .nullable = true},
    {"fee", SHAPE_INTEGER, .nullable = true},
    {"totalItems", SHAPE_INTEGER, .nullable = true},
    {"country", SHAPE_STRING, .nullable = true},
    {"currency", SHAPE_STRING, .nullable = true}, /* an open string: the page's 144 codes lack current ones (5) */
    {"currencyDecimals", SHAPE_INTEGER, .nullable = true},
    {"createdAt", SHAPE_INTEGER},
    {"userId", SHAPE_STRING, .nullable = true}, /* 9 A8 */
    {"user", SHAPE_OBJECT, user_shape, .nullable = true},
    {"orderNumber", SHAPE_STRING},
    {"lastPaymentId", SHAPE_STRING, .nullable = true}, /* this and the rest: 9 A9 */
    {"lastPaymentNumber", SHAPE_STRING, .nullable = true},
    {"lastPayment", SHAPE_OBJECT, .nullable = true},
    {"subscriptionId", SHAPE_STRING, .nullable = true},
    {"subscription", SHAPE_OBJECT, .nullable = true},
    SHAPE_END,
};

const struct shape fungies_facts_shape[] = {
    {"type", SHAPE_STRING},      /* one_time, subscription_initial …: what `types` filters */
    {"archived", SHAPE_BOOLEAN}, /* left out of lists */
    {"email", SHAPE_STRING},     /* what `term` finds */
    {"payments", SHAPE_ARRAY, fungies_payment_shape, .most = ORDER_LIST_MAX},
    SHAPE_END,
};

cJSON *fungies_new_document(const struct maker *maker)
{
    char id[UUID_TEXT_MAX], number[NUMBER_LENGTH + 1], user_id[UUID_TEXT_MAX];
    maker_uuid(maker, id);
    maker_characters(maker, DIGITS_AND_LETTERS, NUMBER_LENGTH, number);
    maker_uuid(maker, user_id);

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "object", "order");
    json_set_string(order, "id", id);
    json_set_string(order, "number", number); /* orderNumber follows it: fungies_read_names() */
    json_set_string(order, "status", maker->provider->states[0]);
    json_set_integer(order, "value", 2599);
    json_set_integer(order, "tax", 478);
    json_set_integer(order, "fee", 130);
    json_set_integer(order, "totalItems", 1);
    json_set_string(order, "country", "PL");
    json_set_string(order, "currency", "EUR");
    json_set_integer(order, "currencyDecimals", 2);
    json_set_integer(order, "createdAt", maker->now_us / MICROS_PER_MILLI);
    json_set_string(order, "userId", user_id);
    json_set_null(order, "user");
    return order;
}

/* Only the status word tells the state: nothing in the answer is stamped (7). An order that is still being made gets
 * its payment in fungies_read_names(), when its document is whole. */
void fungies_write_state(struct order *order, int64_t now_us)
{
    json_set_string(order->document, "status", order->state);
    if (order->id == NULL)
        return;
    fungies_settle_payment(order, now_us / MICROS_PER_MILLI);
    fungies_name_payments(order);
}

const char *fungies_number(const struct order *order)
{
    return json_string_or(order->document, "number", "");
}

const char *fungies_order_type(const struct order *order)
{
    bool subscribes = json_string(order->document, "subscriptionId") != NULL;
    return json_string_or(order->facts, "type", subscribes ? "subscription_initial" : "one_time");
}

const char *fungies_bare_number(const char *number)
{
    return *number == '#' ? number + 1 : number;
}

static void add_number(struct order *order, const char *number)
{
    const char *bare = fungies_bare_number(number);
    if (*number != '\0')
        order_add_alias(order, number);
    if (bare != number && *bare != '\0')
        order_add_alias(order, bare);
}

/* A request is looked up by lower-case UUID or by bare number, so an order written otherwise answers to these too. */
void fungies_read_names(struct order *order)
{
    const char *number = fungies_number(order), *id = json_string_or(order->document, "id", "");
    bool is_new = order->id == NULL;
    if (json_member(order->document, "orderNumber") == NULL) /* the same value, kept for old clients (5) */
        json_set_string(order->document, "orderNumber", number);
    order_set_id(order, id);
    add_number(order, number);

    char *lower = mem_dup(id);
    fungies_lower(lower);
    if (strcmp(lower, id) != 0)
        order_add_alias(order, lower);
    free(lower);

    int64_t created_at = 0;
    json_integral(json_member(order->document, "createdAt"), &created_at);
    if (is_new && fungies_payments(order) == NULL) /* what the fixtures say of payments stands as it is written */
        fungies_settle_payment(order, created_at);
    fungies_name_payments(order);
}
