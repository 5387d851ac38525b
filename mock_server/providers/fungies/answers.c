/*
 * What leaves on the wire: one envelope for success, one for every failure, and an order.
 *
 *     {"status":"success","data":{"order":{…}}}
 *     {"status":"error","error":{"message":"Order not found"}}
 *
 * There is no error code: the text is all that a client gets, and no contract (6). So the knob `texts` can replace
 * every text at once, to show whether a client goes by it.
 */
#include "providers/fungies/fungies.h"

static const struct phrase_row {
    int status;
    const char *phrase;
} phrases[] = {
    {400, "Bad Request"},       {401, "Unauthorized"},           {403, "Forbidden"},
    {404, "Not Found"},         {405, "Method Not Allowed"},     {409, "Conflict"},
    {413, "Payload Too Large"}, {415, "Unsupported Media Type"}, {422, "Unprocessable Entity"},
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

enum step fungies_refuse(struct exchange *x, int status, const char *message, const struct reason *why)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "status", "error");
    cJSON *error = cJSON_AddObjectToObject(body, "error");
    json_set_string(error, "message", text_for(x, status, message));
    return exchange_refuse(x, status, body, why);
}

void fungies_answer(struct exchange *x, cJSON *data)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "status", fungies_success_words[exchange_knob(x, KNOB_SUCCESS_STATUS)]);
    json_set(body, "data", data);
    reply_json(x, 200, body);
}

const char *fungies_shown_number(struct exchange *x, const struct order *order)
{
    const char *number = json_string_or(order->document, "number", "");
    if (exchange_knob(x, KNOB_EMIT_HASH) == 0 || *number == '#')
        return number;
    return arena_print(x->arena, "#%s", number);
}

/* Not on the given page; null in the samples of newer ones (5, 9 A9). */
static const char *const newer_members[] = {"lastPaymentId", "lastPaymentNumber", "lastPayment", "subscriptionId",
                                            "subscription"};

static void show_newer_members(const struct exchange *x, cJSON *shown)
{
    bool newer = exchange_knob(x, KNOB_SCHEMA) == SCHEMA_NEWER;
    for (size_t i = 0; i < COUNT_OF(newer_members); i++)
        if (!newer)
            cJSON_DeleteItemFromObjectCaseSensitive(shown, newer_members[i]);
        else if (json_member(shown, newer_members[i]) == NULL)
            json_set_null(shown, newer_members[i]);
}

cJSON *fungies_show_order(struct exchange *x, const struct order *order)
{
    cJSON *shown = cJSON_Duplicate(order->document, true);
    show_newer_members(x, shown);
    if (exchange_knob(x, KNOB_NULL_USER_ID) == 1)
        json_set_null(shown, "userId");
    if (exchange_knob(x, KNOB_EMIT_HASH) == 1) {
        json_set_string(shown, "number", fungies_shown_number(x, order));
        json_set_string(shown, "orderNumber", fungies_shown_number(x, order));
    }
    return shown;
}
