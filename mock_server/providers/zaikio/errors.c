/*
 * How everything that is refused looks (6): a list of codes for access and lookup, an object of lists for validation.
 */
#include <string.h>

#include "base/ids.h"
#include "providers/zaikio/zaikio.h"

cJSON *zaikio_error_list(const char *code, const char *detail)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *errors = cJSON_AddArrayToObject(body, "errors");
    cJSON_AddItemToArray(errors, cJSON_CreateString(code));
    if (detail != NULL)
        cJSON_AddItemToArray(errors, cJSON_CreateString(detail));
    return body;
}

cJSON *zaikio_error_field(const char *field, const char *text)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *errors = cJSON_AddObjectToObject(body, "errors");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, field), cJSON_CreateString(text));
    return body;
}

void zaikio_name_request(struct exchange *x)
{
    char id[UUID_TEXT_MAX], digits[6];
    exchange_uuid(x, id);
    reply_header(x, "X-Request-Id", id); /* good or bad, an answer names its request (5, 10 ZAI-ERR-7) */
    exchange_characters(x, "0123456789", 5, digits);
    reply_header(x, "X-Runtime", arena_print(x->arena, "0.0%s", digits));
}

enum step zaikio_refuse_not_found(struct exchange *x, const struct reason *why)
{
    return exchange_refuse(x, 404, zaikio_error_list("not_found", NULL), why);
}

bool zaikio_is_uuid(const char *text)
{
    return uuid_is_valid(text) && strpbrk(text, "ABCDEF") == NULL;
}

enum step zaikio_check_order(struct exchange *x, const struct order *order)
{
    if (!zaikio_is_uuid(x->order_key))
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: the path holds a UUID", "order_id", "a UUID in lower case", x->order_key});
    if (order == NULL)
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: order unknown or deleted", "order_id", "the id of an order", x->order_key});
    if (strcmp(order->account, x->account) != 0)
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: the order of another organisation", "order_id", x->account, order->account});
    return STEP_NEXT;
}

/* A Rails application has no 405: a path that it cannot route by method is a path that it does not know. */
void zaikio_refuse(struct exchange *x, enum refusal what)
{
    zaikio_name_request(x);
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A2: a wrong base ends here too */
        zaikio_refuse_not_found(x, &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        zaikio_refuse_not_found(x, &(struct reason){"3: wrong method", "method", x->allowed, x->request.method});
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, zaikio_error_list("payload_too_large", NULL),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

bool zaikio_is_one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}
