/*
 * What a client reads: one order, the list of orders, the reasons (5, 8). And how an order looks on the wire, which
 * knobs can change without changing the order.
 *
 *     GET /api/i1/orders/?limit=10&page=1&cancel_status=waiting
 *     200
 * {"count":12,"next":"http://…/api/i1/orders/?limit=10&cancel_status=waiting&page=2","previous":null,"results":[…]}
 */
#include <stdlib.h>
#include <string.h>

#include "model/store.h"
#include "providers/akinon/akinon.h"
#include "support/number.h"
#include "support/text.h"
#include "support/uri.h"

/* ── provider.json ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape channel_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"account", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape reason_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"cancellation_type", SHAPE_STRING, .required = true},
    {"extra_information_needed", SHAPE_BOOLEAN},
    {"order", SHAPE_INTEGER},
    {"subject", SHAPE_STRING, .required = true},
    {"is_active", SHAPE_BOOLEAN, .required = true},
    {"send_to_remote", SHAPE_BOOLEAN},
    {"send_to_oms", SHAPE_BOOLEAN},
    {"translations", SHAPE_OBJECT},
    {"uuid", SHAPE_STRING},
    {"created_date", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    SHAPE_END,
};

const struct shape akinon_fixture_shape[] = {
    {"channels", SHAPE_ARRAY, channel_shape, .required = true},
    {"reasons", SHAPE_ARRAY, reason_shape, .required = true},
    SHAPE_END,
};

static const cJSON *first_of(const struct exchange *x, const char *list)
{
    const cJSON *entries = json_member(exchange_fixture(x), list);
    return entries == NULL ? NULL : entries->child;
}

static bool has_pk(const cJSON *entry, const char *pk)
{
    const char *digits = json_number_text(json_member(entry, "pk"));
    return digits != NULL && strcmp(digits, pk) == 0;
}

const cJSON *akinon_reason(const struct exchange *x, const char *pk)
{
    for (const cJSON *reason = first_of(x, "reasons"); reason != NULL; reason = reason->next)
        if (has_pk(reason, pk))
            return reason;
    return NULL;
}

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

static void style_amounts(cJSON *object, int64_t style)
{
    static const char *const amounts[] = {"amount", "shipping_amount", "discount_amount", "refund_amount", "price"};
    for (size_t i = 0; style == AMOUNT_NUMBER && i < COUNT_OF(amounts); i++) {
        const char *text = json_string(object, amounts[i]);
        cJSON *number = text == NULL ? NULL : json_read_text(text);
        if (cJSON_IsNumber(number))
            json_set(object, amounts[i], number);
        else
            cJSON_Delete(number);
    }
}

static cJSON *answer_of(const struct exchange *x, const struct order *order)
{
    int64_t status_style = exchange_knob(x, KNOB_STATUS_STYLE), amount_style = exchange_knob(x, KNOB_AMOUNT_STYLE);
    cJSON *answer = cJSON_Duplicate(order->document, true);
    style_status(answer, status_style);
    style_amounts(answer, amount_style);
    const cJSON *items = json_member(answer, "orderitem_set");
    for (cJSON *item = cJSON_IsArray(items) ? items->child : NULL; item != NULL; item = item->next) {
        style_status(item, status_style);
        style_amounts(item, amount_style);
    }
    return answer;
}

enum step akinon_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!akinon_is_visible(x, order))
        return akinon_refuse_not_found(x);
    if (akinon_plan_is_due(x, order)) {
        *changed = order_copy(order);
        akinon_approve(x->session, *changed, exchange_now(x));
    }
    return STEP_NEXT;
}

void akinon_render_order(struct exchange *x)
{
    reply_json(x, 200, answer_of(x, x->order));
}

/* ── Pages (8) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define LIMIT_DEFAULT 10
#define LIMIT_MAX     1000
#define PAGE_MAX      1000000000

struct page {
    int64_t number; /* counts from 1; 0: what was asked for is no page */
    int64_t limit;
};

static struct page read_page(struct exchange *x)
{
    struct page page = {1, LIMIT_DEFAULT};
    const char *number = uri_query_value(x->arena, x->request.query, "page");
    const char *limit = uri_query_value(x->arena, x->request.query, "limit");
    if (number != NULL && !number_read(number, 1, PAGE_MAX, &page.number))
        page.number = 0;
    if (limit != NULL && number_read(limit, 1, INT64_MAX, &page.limit) && page.limit > LIMIT_MAX)
        page.limit = LIMIT_MAX;
    return page;
}

/* This request's own address with another page; the other parameters stay as they were sent. */
static cJSON *page_address(struct exchange *x, int64_t number)
{
    const char *host = exchange_header(x, "Host");
    struct text address = TEXT_INIT(strlen(x->request.target) + (host == NULL ? 0 : strlen(host)) + 64);
    if (host != NULL)
        text_print(&address, "http://%s", host);
    text_print(&address, "%s?", x->request.path);
    for (const char *at = x->request.query; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, "&");
        bool is_page = length >= 4 && strncmp(at, "page", 4) == 0 && (length == 4 || at[4] == '=');
        if (!is_page && length > 0) {
            text_add_bytes(&address, at, length);
            text_add(&address, "&");
        }
        at += length + (at[length] == '&' ? 1 : 0);
    }
    text_print(&address, "page=%lld", (long long)number);
    cJSON *value = cJSON_CreateString(text_cstr(&address));
    text_release(&address);
    return value;
}

static bool page_is_there(const struct page *page, size_t count)
{
    return page->number == 1 || (page->number > 1 && (page->number - 1) * page->limit < (int64_t)count);
}

static void refuse_page(struct exchange *x)
{
    exchange_refuse(x, 404, akinon_detail("Invalid page."),
                    &(struct reason){"8: a page of the list", "page", "an existing page, counted from 1",
                                     uri_query_value(x->arena, x->request.query, "page")});
}

static void reply_page(struct exchange *x, const struct page *page, size_t count, cJSON *results)
{
    bool more = page->number * page->limit < (int64_t)count;
    cJSON *body = cJSON_CreateObject();
    json_set_integer(body, "count", (int64_t)count);
    json_set(body, "next", more ? page_address(x, page->number + 1) : cJSON_CreateNull());
    json_set(body, "previous", page->number > 1 ? page_address(x, page->number - 1) : cJSON_CreateNull());
    json_set(body, "results", results);
    reply_json(x, 200, body);
}

static bool is_on(const struct page *page, size_t index)
{
    return (int64_t)index >= (page->number - 1) * page->limit && (int64_t)index < page->number * page->limit;
}

/* ── The list of orders (8) ────────────────────────────────────────────────────────────────────────────────────── */

/* The order as of now: a plan that approved itself in the meantime shows here, and is stored with the next call that
 * is about this one order. Takes the reference to `order` and gives one back. */
static const struct order *as_of_now(const struct exchange *x, const struct order *order)
{
    if (!akinon_plan_is_due(x, order))
        return order;
    struct order *copy = order_copy(order);
    akinon_approve(x->session, copy, exchange_now(x));
    order_drop(order);
    return copy;
}

static bool is_asked_for(const struct exchange *x, const struct order *order, const char *number,
                         const char *cancel_status)
{
    if (strcmp(order->account, x->account) != 0)
        return false;
    if (number != NULL && strcmp(json_string_or(order->document, "number", ""), number) != 0)
        return false;
    return cancel_status == NULL || strcmp(akinon_cancel_status(order), cancel_status) == 0;
}

void akinon_render_list(struct exchange *x)
{
    const struct page page = read_page(x);
    const char *number = uri_query_value(x->arena, x->request.query, "number");
    const char *cancel_status = uri_query_value(x->arena, x->request.query, "cancel_status");
    size_t total = 0, count = 0;
    const struct order **orders = exchange_orders(x, &total);
    cJSON *results = cJSON_CreateArray();
    for (size_t i = 0; i < total; i++) {
        const struct order *order = as_of_now(x, orders[i]);
        if (is_asked_for(x, order, number, cancel_status) && is_on(&page, count++))
            cJSON_AddItemToArray(results, answer_of(x, order));
        order_drop(order);
    }
    free(orders);
    if (page_is_there(&page, count)) {
        reply_page(x, &page, count, results);
        return;
    }
    cJSON_Delete(results);
    refuse_page(x);
}

/* ── The list of reasons (8) ───────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_reasons(struct exchange *x)
{
    const char *asked = exchange_param(x, "channel_id");
    for (const cJSON *channel = first_of(x, "channels"); channel != NULL; channel = channel->next)
        if (has_pk(channel, asked) && strcmp(json_string_or(channel, "account", ""), x->account) == 0)
            return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"3: no such channel", "channel_id", "a channel of this account", asked});
}

void akinon_render_reasons(struct exchange *x)
{
    const struct page page = read_page(x);
    size_t count = 0;
    cJSON *results = cJSON_CreateArray();
    for (const cJSON *reason = first_of(x, "reasons"); reason != NULL; reason = reason->next)
        if (is_on(&page, count++))
            cJSON_AddItemToArray(results, cJSON_Duplicate(reason, true));
    if (page_is_there(&page, count)) {
        reply_page(x, &page, count, results);
        return;
    }
    cJSON_Delete(results);
    refuse_page(x);
}
