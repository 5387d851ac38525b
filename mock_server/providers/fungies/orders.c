/*
 * An order's document (5), as a client reads it:
 *
 *     {"object":"order","id":"0c2d9a4e-…","number":"A7k2Qm9ZtR4x","status":"PENDING","value":2599,"tax":478,"fee":130,
 *      "totalItems":1,"country":"PL","currency":"EUR","currencyDecimals":2,"createdAt":1767225600000,
 *      "userId":"7d1f0b8e-…","user":null,"orderNumber":"A7k2Qm9ZtR4x"}
 *
 * Amounts are minor units and may be negative; createdAt is milliseconds. All integers go to 2^53 - 1 and keep their
 * digits. An order is cancelled by its id or by its number, with or without '#' (4).
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

cJSON *fungies_blank(struct session *session)
{
    char id[UUID_TEXT_MAX], number[NUMBER_LENGTH + 1], user_id[UUID_TEXT_MAX];
    session_uuid(session, id);
    session_characters(session, DIGITS_AND_LETTERS, NUMBER_LENGTH, number);
    session_uuid(session, user_id);

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "object", "order");
    json_set_string(order, "id", id);
    json_set_string(order, "number", number); /* orderNumber follows it: fungies_identify() */
    json_set_string(order, "status", fungies_states[0]);
    json_set_integer(order, "value", 2599);
    json_set_integer(order, "tax", 478);
    json_set_integer(order, "fee", 130);
    json_set_integer(order, "totalItems", 1);
    json_set_string(order, "country", "PL");
    json_set_string(order, "currency", "EUR");
    json_set_integer(order, "currencyDecimals", 2);
    json_set_integer(order, "createdAt", session_now(session) / MICROS_PER_MILLI);
    json_set_string(order, "userId", user_id);
    json_set_null(order, "user");
    return order;
}

/* Only the status word tells the state: nothing in the answer is stamped, and no money moves (7). */
void fungies_dress(struct order *order, int64_t now_us)
{
    (void)now_us;
    json_set_string(order->document, "status", order->state);
}

const char *fungies_bare_number(const char *number)
{
    return *number == '#' ? number + 1 : number;
}

void fungies_lower(char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
}

/* A request is looked up by lower-case UUID or by bare number, so an order written otherwise answers to these too. */
void fungies_identify(struct order *order)
{
    const char *number = json_string_or(order->document, "number", "");
    if (json_member(order->document, "orderNumber") == NULL) /* the same value, kept for old clients (5) */
        json_set_string(order->document, "orderNumber", number);

    const char *id = json_string_or(order->document, "id", "");
    order_set_id(order, id);
    if (*number != '\0')
        order_add_alias(order, number);
    const char *bare = fungies_bare_number(number);
    if (bare != number && *bare != '\0')
        order_add_alias(order, bare);

    char *lower = mem_dup(id);
    fungies_lower(lower);
    if (strcmp(lower, id) != 0)
        order_add_alias(order, lower);
    free(lower);
}
