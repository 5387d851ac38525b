/*
 * Answers (5, 6): an order as the knobs write it, refusals, exceptions of the service layer, what the engine refuses.
 *
 *     404 {"detail":"Not found."}
 *     400 {"reasons":["Invalid pk \"99\" - object does not exist."]}
 *     406 {"non_field_errors":["Order cancellation already in progress."],"code":"order_cancel_more_then_one"}
 */
#include <assert.h>
#include <string.h>

#include "base/ascii.h"
#include "providers/akinon/akinon.h"

/* ── An order on the wire ──────────────────────────────────────────────────────────────────────────────────────── */

static void style_status(cJSON *object, int64_t style)
{
    const struct akinon_status *status = akinon_status(json_string_or(object, "status", ""));
    if (status == NULL)
        return;
    if (style == STATUS_CODE_NUMBER)
        json_set(object, "status", json_new_number_text(status->code));
    else
        json_set_string(object, "status", style == STATUS_NAME ? status->state : status->code);
}

cJSON *akinon_shown_amount(const struct exchange *x, const char *text)
{
    cJSON *number = exchange_knob(x, KNOB_AMOUNT_STYLE) == AMOUNT_NUMBER ? json_read_text(text) : NULL;
    if (cJSON_IsNumber(number))
        return number;
    cJSON_Delete(number);
    return cJSON_CreateString(text);
}

static void style_amounts(const struct exchange *x, cJSON *object)
{
    static const char *const amounts[] = {"amount", "shipping_amount", "discount_amount", "refund_amount", "price"};
    for (size_t i = 0; i < COUNT_OF(amounts); i++) {
        const char *text = json_string(object, amounts[i]);
        if (text != NULL)
            json_set(object, amounts[i], akinon_shown_amount(x, text));
    }
}

static void style(const struct exchange *x, cJSON *object)
{
    style_status(object, exchange_knob(x, KNOB_STATUS_STYLE));
    style_amounts(x, object);
}

cJSON *akinon_shown_items(cJSON *answer)
{
    cJSON *items = json_member_mut(answer, "orderitem_set");
    return cJSON_IsArray(items) ? items->child : NULL;
}

cJSON *akinon_show_item(const struct exchange *x, const cJSON *item)
{
    cJSON *shown = cJSON_Duplicate(item, true);
    style(x, shown);
    return shown;
}

cJSON *akinon_show(const struct exchange *x, const struct order *order)
{
    cJSON *answer = cJSON_Duplicate(order->document, true);
    style(x, answer);
    for (cJSON *item = akinon_shown_items(answer); item != NULL; item = item->next)
        style(x, item);
    return answer;
}

cJSON *akinon_show_detailed(const struct exchange *x, const struct order *order)
{
    static const struct {
        const char *member;
        const char *list;
    } relations[] = {{"channel", "channels"},
                     {"customer", "customers"},
                     {"shipping_address", "addresses"},
                     {"billing_address", "addresses"}};
    cJSON *answer = akinon_show(x, order);
    for (size_t i = 0; i < COUNT_OF(relations); i++)
        akinon_show_in_full(x, answer, relations[i].member, relations[i].list);
    for (cJSON *item = akinon_shown_items(answer); item != NULL; item = item->next)
        akinon_show_in_full(x, item, "product", "products");
    return answer;
}

void akinon_render_order(struct exchange *x)
{
    reply_json(x, 200, akinon_show(x, x->order));
}

/* ── Refusals ──────────────────────────────────────────────────────────────────────────────────────────────────── */

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

/* ── Exceptions of the service layer (6) ───────────────────────────────────────────────────────────────────────── */

/* The vendor names most of them; the texts and some of the codes are ours. Status and form are documented of a sibling
 * operation only, so both are knobs (9.8). */
static const struct {
    const char *code; /* with the vendor's own "then" */
    const char *text;
} exceptions[] = {
    [MORE_THAN_ONE] = {"order_cancel_more_then_one", "Order cancellation already in progress."},
    [ALREADY_CANCELLED] = {"order_already_cancelled", "Order already cancelled!"},
    [UPDATE_CANCEL_STATUS] = {"order_update_cancel_status", "Cancel status can't be changed."},
    [OVERLAPPING_PARAMETER] = {"order_cancel_overlapping_parameter", "Send either is_all or cancel_items."},
    [MISSING_REASON] = {"order_cancel_missing_reason", "Every order item needs a reason."},
    [PURCHASE_TRANSACTION_NOT_FOUND] = {"order_cancel_purchase_transaction_not_found",
                                        "Purchase transaction not found."},
    [NO_REFUNDABLE_AMOUNT] = {"order_cancel_no_refundable_amount", "There is no refundable amount."},
    [MULTIPLE_ITEM_STATUS] = {"order_cancel_multiple_item_status", "Order items have different statuses."},
    [MIXED_PLAN] = {"order_cancel_mixed_plan", "Order items can't be cancelled and returned in one plan."},
    [WRONG_STATUS] = {"order_cancel_status", "Order can't be cancelled in this status."},
    [NOT_SENT_TO_ERP] = {"order_cancel_not_sent_to_erp", "Order is not sent to ERP yet."},
    [PARTIAL_NOT_ALLOWED] = {"order_cancel_partial", "Partial cancellation is not allowed."},
};

static_assert(COUNT_OF(exceptions) == AKINON_EXCEPTION_COUNT, "a row for each exception");

static cJSON *exception_body(int64_t shape, enum akinon_exception what)
{
    cJSON *body = NULL;
    switch (shape) {
    case ERROR_STRING_ERROR_CODE:
        body = cJSON_CreateObject();
        json_set_string(body, "non_field_errors", exceptions[what].text);
        json_set_string(body, "error_code", exceptions[what].code);
        return body;
    case ERROR_DETAIL:
        body = akinon_detail(exceptions[what].text);
        break;
    default:
        body = akinon_field_error("non_field_errors", exceptions[what].text);
        break;
    }
    json_set_string(body, "code", exceptions[what].code);
    return body;
}

enum step akinon_raise(struct exchange *x, enum akinon_exception what, const struct reason *why)
{
    return exchange_refuse(x, exchange_knob_status(x, KNOB_SERVICE_ERROR_STATUS),
                           exception_body(exchange_knob(x, KNOB_ERROR_SHAPE), what), why);
}

/* ── Path and method (3, 6, 9.16) ──────────────────────────────────────────────────────────────────────────────── */

/* Of the paths that are served, two are documented without a slash (3). */
bool akinon_is_whole(const char *path)
{
    static const char *const bare[] = {"/create_payment_plan", "/dynamic_settings"};
    size_t length = strlen(path);
    for (size_t i = 0; i < COUNT_OF(bare); i++)
        if (length >= strlen(bare[i]) && strcmp(path + length - strlen(bare[i]), bare[i]) == 0)
            return true;
    return length > 0 && path[length - 1] == '/';
}

enum step akinon_check_slash(struct exchange *x)
{
    if (akinon_is_whole(x->inner_path) || exchange_knob(x, KNOB_MISSING_SLASH) == SLASH_SERVE)
        return STEP_NEXT;
    const struct reason why = {"9.16: every path ends in a slash", "path", "a trailing slash", x->inner_path,
                               .knob = "missing_slash=serve"};
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

/* "Cancellation Reasons" for …/cancellation_reasons/12/: the last word of the path, as a view would be called. */
static const char *view_name(struct exchange *x)
{
    const char *word = "", *at = x->inner_path;
    for (size_t length = 0; *at == '/'; at += length) {
        length = strcspn(++at, "/");
        if (length > 0 && !ascii_is_digit(*at))
            word = arena_dup_bytes(x->arena, at, length);
    }
    char *name = arena_dup(x->arena, word);
    for (char *c = name; *c != '\0'; c++)
        *c = *c == '_' ? ' ' : c == name || c[-1] == ' ' ? ascii_upper(*c) : *c;
    return name;
}

/* 9.28: what the framework tells of a view, so that its own Allow holds. */
static void answer_options(struct exchange *x)
{
    static const char *const lists[] = {"renders", "parses"};
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "name", view_name(x));
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        json_push_string(cJSON_AddArrayToObject(body, lists[i]), "application/json");
    reply_json(x, 200, body);
}

static void refuse_method(struct exchange *x)
{
    if (akinon_check_slash(x) == STEP_REPLY)
        return;
    const char *allowed = arena_print(x->arena, "%s, OPTIONS", x->allowed);
    if (strcmp(x->request.method, "OPTIONS") == 0) {
        reply_header(x, "Allow", allowed);
        answer_options(x);
        return;
    }
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

/* ── By status alone: for faults, and for what nobody could read (6) ─────────────────────────────────────────────── */

/* DRF words what it refuses; what fails inside of it is Django's own page, which is no JSON: any
 * text, possibly HTML (6). */
static const struct status_row {
    int status;
    const char *detail;
} status_rows[] = {
    {401, "Authentication credentials were not provided."},
    {403, "You do not have permission to perform this action."},
    {404, "Not found."},
    {413, "Request body too large."},
    {429, "Request was throttled."},
};

static cJSON *body_of(const struct exchange *x, int status)
{
    if (status == exchange_knob_status(x, KNOB_SERVICE_ERROR_STATUS))
        return exception_body(exchange_knob(x, KNOB_ERROR_SHAPE), WRONG_STATUS);
    for (size_t i = 0; i < COUNT_OF(status_rows); i++)
        if (status_rows[i].status == status)
            return akinon_detail(status_rows[i].detail);
    return akinon_detail(status == 400 ? "JSON parse error" : "A server error occurred.");
}

void akinon_answer_status(struct exchange *x, int status)
{
    if (status >= 500)
        reply_text(x, status, "text/html; charset=utf-8", arena_print(x->arena, "<h1>Server Error (%d)</h1>", status));
    else
        reply_json(x, status, body_of(x, status));
    if (status == 401)
        reply_header(x, "WWW-Authenticate", "Token");
}
