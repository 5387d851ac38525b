/*
 * How Akinon refuses (6): `detail`, a field with its texts, an empty redirect; and what a request must be before
 * anybody looks at its fields.
 */
#include <string.h>

#include "providers/akinon/akinon.h"

cJSON *akinon_detail(const char *text)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "detail", text);
    return body;
}

cJSON *akinon_field_error(const char *field, const char *text)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(body, field), cJSON_CreateString(text));
    return body;
}

enum step akinon_refuse_not_found(struct exchange *x)
{
    const struct reason why = {"6: order id unknown or not visible", "order_id", "the pk of an order of this account",
                               x->order_key == NULL ? "" : x->order_key};
    return exchange_refuse(x, 404, akinon_detail("Not found."), &why);
}

/* Of the paths that are served, one is documented without a slash (3). */
static bool is_whole(const char *path)
{
    static const char bare[] = "/create_payment_plan";
    size_t length = strlen(path), tail = sizeof bare - 1;
    return (length > 0 && path[length - 1] == '/') || (length >= tail && strcmp(path + length - tail, bare) == 0);
}

enum step akinon_check_slash(struct exchange *x)
{
    if (is_whole(x->inner_path) || exchange_knob(x, KNOB_MISSING_SLASH) == SLASH_SERVE)
        return STEP_NEXT;
    const struct reason why = {"9.16: every path ends in a slash", "path", "a trailing slash", x->inner_path};
    if (exchange_knob(x, KNOB_MISSING_SLASH) == SLASH_404)
        return exchange_refuse(x, 404, akinon_detail("Not found."), &why);
    const char *query = x->request.query;
    reply_header(
        x, "Location",
        arena_print(x->arena, "%s/%s%s", x->request.path, query == NULL ? "" : "?", query == NULL ? "" : query));
    reply_empty(x, 301);
    exchange_give_reason(x, &why);
    return STEP_REPLY;
}

static void refuse_method(struct exchange *x)
{
    if (akinon_check_slash(x) == STEP_REPLY)
        return;
    const char *allowed = arena_print(x->arena, "%s, OPTIONS", x->allowed);
    const struct reason why = {"6: wrong method", "method", allowed, x->request.method};
    reply_header(x, "Allow", allowed);
    exchange_refuse(x, 405, akinon_detail(arena_print(x->arena, "Method \"%s\" not allowed.", x->request.method)),
                    &why);
}

void akinon_refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE:
        exchange_refuse(x, 404, akinon_detail("Not found."),
                        &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        refuse_method(x);
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, akinon_detail("Request body too large."),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

enum step akinon_check_json(struct exchange *x)
{
    if (!exchange_content_is(x, "application/json")) {
        const char *type = exchange_header(x, "Content-Type");
        const char *text = arena_print(x->arena, "Unsupported media type \"%s\" in request.", type == NULL ? "" : type);
        const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                                   type == NULL ? "absent" : type};
        return exchange_refuse(x, 415, akinon_detail(text), &why);
    }
    if (exchange_body(x, NULL) != BODY_JSON) {
        const struct json_problem *problem = exchange_body_problem(x);
        const struct reason why = {"6: the body is JSON", "body", "JSON", problem == NULL ? "empty" : problem->text};
        return exchange_refuse(x, 400, akinon_detail("JSON parse error"), &why);
    }
    return STEP_NEXT;
}

const char *akinon_type_name(const cJSON *value)
{
    if (cJSON_IsObject(value))
        return "dict";
    if (cJSON_IsArray(value))
        return "list";
    if (cJSON_IsString(value))
        return "str";
    if (cJSON_IsBool(value))
        return "bool";
    if (cJSON_IsNumber(value))
        return strpbrk(json_number_text(value), ".eE") == NULL ? "int" : "float";
    return "NoneType";
}

enum step akinon_check_object(struct exchange *x, const cJSON **body)
{
    exchange_body(x, body);
    if (cJSON_IsObject(*body))
        return STEP_NEXT;
    const char *type = akinon_type_name(*body);
    const char *text = arena_print(x->arena, "Invalid data. Expected a dictionary, but got %s.", type);
    return exchange_refuse(x, 400, akinon_field_error("non_field_errors", text),
                           &(struct reason){"4: the body is one JSON object", "body", "a JSON object", type});
}
