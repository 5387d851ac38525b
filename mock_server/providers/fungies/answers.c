/*
 * What leaves on the wire: one envelope for success, one for every failure, and an order.
 *
 *     {"status":"success","data":{"order":{…}}}
 *     {"status":"error","error":{"message":"Order not found"}}
 *
 * There is no error code: the text is all that a client gets, and no contract (6). So the knob `texts` can replace
 * every text at once, to show whether a client goes by it; `error_form` moves it, `failure_under_200` hides it.
 */
#include "providers/fungies/fungies.h"

static const struct phrase_row {
    int status;
    const char *phrase;
} phrases[] = {
    {400, "Bad Request"},       {401, "Unauthorized"},           {403, "Forbidden"},
    {404, "Not Found"},         {405, "Method Not Allowed"},     {409, "Conflict"},
    {413, "Payload Too Large"}, {415, "Unsupported Media Type"}, {422, "Unprocessable Entity"},
    {429, "Too Many Requests"}, {500, "Internal Server Error"},
};

static const char *phrase_of(int status)
{
    for (size_t i = 0; i < COUNT_OF(phrases); i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Error";
}

static const char *text_for(const struct exchange *x, int status, const char *message)
{
    switch (exchange_knob(x, KNOB_TEXTS)) {
    case TEXTS_SAMPLE:
        return "Sample error message"; /* page Example of Error Response (400) */
    case TEXTS_REASON_PHRASE:
        return phrase_of(status);
    default:
        return message;
    }
}

/* Where the text stands (6): in error.message as the page has it, or as the vendor's clients also read it. */
static void put_message(const struct exchange *x, cJSON *body, const char *message)
{
    switch (exchange_knob(x, KNOB_ERROR_FORM)) {
    case ERROR_STRING:
        json_set_string(body, "error", message);
        return;
    case ERROR_TOP_LEVEL:
        json_set_string(body, "message", message);
        return;
    default:
        json_set_string(cJSON_AddObjectToObject(body, "error"), "message", message);
    }
}

enum step fungies_refuse(struct exchange *x, int status, const char *message, const struct reason *why)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "status", "error");
    put_message(x, body, text_for(x, status, message));
    int shown = exchange_knob(x, KNOB_FAILURE_UNDER_200) == CHOICE_ON ? 200 : status; /* 9 A15 */
    return exchange_refuse(x, shown, body, why);
}

void fungies_answer(struct exchange *x, cJSON *data)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "status", fungies_success_words[exchange_knob(x, KNOB_SUCCESS_STATUS)]);
    json_set(body, "data", data);
    reply_json(x, 200, body);
}

const char *fungies_shown_number(struct exchange *x, const char *number)
{
    if (number == NULL || *number == '#' || exchange_knob(x, KNOB_EMIT_HASH) == CHOICE_OFF)
        return number;
    return arena_print(x->arena, "#%s", number);
}

/* ── An order ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Not on the given page; null in the samples of newer ones (5, 9 A9). */
static const char *const newer_members[] = {"lastPaymentId",  "lastPaymentNumber", "lastPayment",
                                            "subscriptionId", "subscription",      NULL};

/* {"object":…,"id":…,"number":…,"status":…}: how the newer samples show one thing within another. */
static cJSON *show_briefly(struct exchange *x, const char *object, const char *id, const char *number,
                           const char *status)
{
    cJSON *brief = cJSON_CreateObject();
    json_set_string(brief, "object", object);
    json_set_string(brief, "id", id);
    json_set_string(brief, "number", fungies_shown_number(x, number));
    json_set_string(brief, "status", status);
    return brief;
}

cJSON *fungies_show_order_briefly(struct exchange *x, const struct order *order)
{
    return show_briefly(x, "order", order->id, fungies_number(order), order->state);
}

static void set_if_absent(cJSON *object, const char *name, cJSON *value)
{
    if (json_member(object, name) == NULL)
        json_set(object, name, value);
    else
        cJSON_Delete(value);
}

static cJSON *string_or_null(const char *text)
{
    return text == NULL ? cJSON_CreateNull() : cJSON_CreateString(text);
}

/* What the document says of its last payment wins over what the mock knows. */
static void show_last_payment(struct exchange *x, cJSON *shown, const struct order *order)
{
    const cJSON *last = fungies_last_payment(order);
    const char *id = json_string(last, "id"), *number = json_string(last, "number");
    set_if_absent(shown, "lastPaymentId", string_or_null(id));
    set_if_absent(shown, "lastPaymentNumber", string_or_null(fungies_shown_number(x, number)));
    set_if_absent(shown, "lastPayment",
                  last == NULL ? cJSON_CreateNull()
                               : show_briefly(x, "payment", id, number, json_string_or(last, "status", "")));
}

static void show_newer_members(struct exchange *x, cJSON *shown, const struct order *order)
{
    show_last_payment(x, shown, order);
    set_if_absent(shown, "subscriptionId", cJSON_CreateNull());
    set_if_absent(shown, "subscription", cJSON_CreateNull());
}

cJSON *fungies_show_order(struct exchange *x, const struct order *order)
{
    cJSON *shown = cJSON_Duplicate(order->document, true);
    if (exchange_knob(x, KNOB_SCHEMA) == SCHEMA_NEWER)
        show_newer_members(x, shown, order);
    else
        for (size_t i = 0; newer_members[i] != NULL; i++)
            cJSON_DeleteItemFromObjectCaseSensitive(shown, newer_members[i]);
    if (exchange_knob(x, KNOB_NULL_USER_ID) == CHOICE_ON)
        json_set_null(shown, "userId");
    if (exchange_knob(x, KNOB_EMIT_HASH) == CHOICE_ON) {
        const char *number = fungies_shown_number(x, fungies_number(order));
        json_set_string(shown, "number", number);
        json_set_string(shown, "orderNumber", number);
    }
    return shown;
}

/* ── Its subscription ──────────────────────────────────────────────────────────────────────────────────────────── */

#define INTERVAL_MS (INT64_C(30) * 24 * 60 * 60 * 1000) /* ours: the documents do not say how long one is */

/* The interval in which the order began it. */
static void show_interval(cJSON *shown, const struct order *order)
{
    int64_t start = 0;
    json_integral(json_member(order->document, "createdAt"), &start);
    int64_t end = start > JSON_INTEGER_MAX - INTERVAL_MS ? JSON_INTEGER_MAX : start + INTERVAL_MS;
    set_if_absent(shown, "createdAt", json_new_integer(start));
    set_if_absent(shown, "currentIntervalEnd", json_new_integer(end));
    set_if_absent(shown, "currentIntervalStart", json_new_integer(start));
    set_if_absent(shown, "cancelAtIntervalEnd", cJSON_CreateFalse());
    set_if_absent(shown, "canceledAt", cJSON_CreateNull());
}

cJSON *fungies_show_subscription(struct exchange *x, const struct order *order)
{
    const cJSON *subscription = json_member(order->document, "subscription");
    if (!cJSON_IsObject(subscription)) /* only for subscription orders */
        return NULL;
    cJSON *shown = cJSON_Duplicate(subscription, true);
    if (exchange_knob(x, KNOB_SCHEMA) == SCHEMA_GIVEN)
        return shown;
    bool hides_user = exchange_knob(x, KNOB_NULL_USER_ID) == CHOICE_ON;
    const cJSON *user = json_member(order->document, "user");
    show_interval(shown, order);
    set_if_absent(shown, "userId", string_or_null(hides_user ? NULL : json_string(order->document, "userId")));
    set_if_absent(shown, "user", user == NULL ? cJSON_CreateNull() : cJSON_Duplicate(user, true));
    set_if_absent(shown, "orderId", cJSON_CreateString(order->id));
    set_if_absent(shown, "orderNumber", string_or_null(fungies_shown_number(x, fungies_number(order))));
    set_if_absent(shown, "order", fungies_show_order_briefly(x, order));
    show_last_payment(x, shown, order);
    return shown;
}

void fungies_answer_order(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    json_set(data, "order", fungies_show_order(x, x->order));
    cJSON *subscription = fungies_show_subscription(x, x->order);
    if (subscription != NULL)
        json_set(data, "subscription", subscription);
    fungies_answer(x, data);
}
