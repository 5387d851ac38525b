/* Lemonade: an order as it is, or {"error":"word"}. */
#include "providers/lemonade/lemonade.h"

void lemonade_render_order(struct exchange *x)
{
    reply_json(x, 200, cJSON_Duplicate(x->order->document, true));
}

enum step lemonade_fail(struct exchange *x, int status, const char *error, const struct reason *why)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", error);
    return exchange_refuse(x, status, body, why);
}

void lemonade_refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE:
        lemonade_fail(x, 404, "no_such_page", &(struct reason){"1: two routes", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        reply_header(x, "Allow", x->allowed);
        lemonade_fail(x, 405, "wrong_method", &(struct reason){"1: two routes", "method", x->allowed, NULL});
        return;
    case REFUSAL_BODY_TOO_LARGE:
        lemonade_fail(x, 413, "too_large", &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}
