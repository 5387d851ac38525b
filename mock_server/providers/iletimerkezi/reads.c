/*
 * What a client reads: the report about one order (8.2), the list of orders (8.4), the balance (8.3), the approved
 * senders (8.6).
 *
 * A report says 113 sending, 114 finished, 115 failed or cancelled; an order whose time has not come has none (456).
 * XML reports have an empty element where a counter is zero, and one `message` for each message (8.2, recordings).
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "providers/iletimerkezi/iletimerkezi.h"

static const char *const summary[] = {"status",  "total",    "delivered", "undelivered",
                                      "waiting", "submitAt", "sendAt",    "sender"};

static void copy_members(cJSON *to, const cJSON *from, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cJSON *value = json_member(from, names[i]);
        if (value != NULL)
            json_set(to, names[i], cJSON_Duplicate(value, true));
    }
}

/* ── Report (8.2) ──────────────────────────────────────────────────────────────────────────────────────────────── */

#define ROWS_MAX 1000

struct report {
    int64_t page, rows;
};

enum step iletimerkezi_validate_report(struct exchange *x)
{
    const cJSON *order = json_member(iletimerkezi_request(x), "order");
    struct report *report = arena_alloc(x->arena, sizeof *report);
    *report = (struct report){.page = 1, .rows = ROWS_MAX};
    x->scratch = report;
    if (iletimerkezi_read_id(x) == STEP_REPLY ||
        iletimerkezi_read_count(x, order, "page", 400, &report->page) == STEP_REPLY)
        return STEP_REPLY;
    if (iletimerkezi_read_count(x, order, "rowCount", 400, &report->rows) == STEP_REPLY)
        return STEP_REPLY;
    if (report->rows > ROWS_MAX)
        report->rows = ROWS_MAX;
    return STEP_NEXT;
}

enum step iletimerkezi_decide_report(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    if (!iletimerkezi_is_own(x, order))
        return iletimerkezi_refuse_not_own(x, order);
    if (iletimerkezi_in_state(order, "scheduled") && exchange_knob(x, KNOB_SCHEDULED_REPORT) == SCHEDULED_456)
        return iletimerkezi_refuse_code(
            x, 456, &(struct reason){"9.7: its time has not come", "order.id", "an order that left", order->id});
    if (iletimerkezi_in_state(order, "cancelled") && exchange_knob(x, KNOB_CANCELLED_REPORT) == CANCELLED_455)
        return iletimerkezi_refuse_code(x, 455,
                                        &(struct reason){"9.8: a cancelled order has no report", "order.id",
                                                         "an order that is not cancelled", order->state});
    return STEP_NEXT;
}

static cJSON *messages_of_page(const cJSON *document, const struct report *report)
{
    cJSON *list = cJSON_CreateArray();
    int64_t index = 0, first = (report->page - 1) * report->rows;
    const cJSON *message = NULL;
    cJSON_ArrayForEach (message, json_member(document, "message")) {
        if (index >= first && index < first + report->rows)
            cJSON_AddItemToArray(list, cJSON_Duplicate(message, true));
        index++;
    }
    return list;
}

static void empty_zeros(cJSON *order)
{
    static const char *const counters[] = {"delivered", "undelivered", "waiting"};
    for (size_t i = 0; i < COUNT_OF(counters); i++) {
        int64_t count = 0;
        if (json_integer(json_member(order, counters[i]), &count) && count == 0)
            json_set_string(order, counters[i], "");
    }
}

void iletimerkezi_render_report(struct exchange *x)
{
    static const char *const id[] = {"id"}, *const price[] = {"price"};
    cJSON *body = iletimerkezi_success(x);
    cJSON *order = cJSON_AddObjectToObject(json_member_mut(body, "response"), "order");
    copy_members(order, x->order->document, id, 1);
    copy_members(order, x->order->document, summary, COUNT_OF(summary));
    if (iletimerkezi_in_state(x->order, "scheduled")) /* 9.7, with the knob at 113 */
        json_set_integer(order, "status", 113);
    copy_members(order, x->order->document, price, 1);
    json_set(order, "message", messages_of_page(x->order->document, x->scratch));
    if (iletimerkezi_form_of(x) == FORM_XML)
        empty_zeros(order);
    iletimerkezi_answer(x, 200, body);
}

/* ── List of orders (8.4) ──────────────────────────────────────────────────────────────────────────────────────── */

#define DAYS_MAX     10
#define ROWS_OF_LIST 30
#define DAY_LENGTH   10 /* of "2026-11-01" */
#define DAY_US       (INT64_C(86400) * INSTANT_SECOND_US)

struct filter {
    const char *start, *end; /* YYYY-MM-DD, so that they compare as texts */
    int64_t page;
};

enum step iletimerkezi_validate_reports(struct exchange *x)
{
    const cJSON *given = json_member(iletimerkezi_request(x), "filter");
    struct filter *filter = arena_alloc(x->arena, sizeof *filter);
    int64_t start = 0, end = 0;
    x->scratch = filter;
    if (!cJSON_IsObject(given))
        return iletimerkezi_refuse_code(
            x, 400, &(struct reason){"8.4: request.filter has the dates", "filter", "an object", "none"});
    *filter = (struct filter){json_string_or(given, "start", ""), json_string_or(given, "end", ""), .page = 1};
    if (!iletimerkezi_day_read(filter->start, &start) || !iletimerkezi_day_read(filter->end, &end))
        return iletimerkezi_refuse_code(
            x, 458,
            &(struct reason){"8.4: the form of start and end", "filter", "YYYY-MM-DD", exchange_describe(x, given)});
    if (end < start || end - start > DAYS_MAX * DAY_US)
        return iletimerkezi_refuse_code(
            x, 458,
            &(struct reason){"8.4: at most 10 days from start to end", "filter", "0 to 10 days",
                             arena_print(x->arena, "%lld days", (long long)((end - start) / DAY_US))});
    return iletimerkezi_read_count(x, given, "page", 464, &filter->page);
}

static bool is_within(const struct order *order, const struct filter *filter)
{
    const char *made = json_string_or(order->document, "submitAt", "");
    return strncmp(made, filter->start, DAY_LENGTH) >= 0 && strncmp(made, filter->end, DAY_LENGTH) <= 0;
}

/* 9.23: an order that can be called back is never shown as one that is being sent, unless the knob wants it. */
static void write_status(struct exchange *x, cJSON *row)
{
    switch (exchange_knob(x, KNOB_SCHEDULED_IN_LIST)) {
    case LISTED_NO_STATUS:
        cJSON_DeleteItemFromObjectCaseSensitive(row, "status");
        break;
    case LISTED_113:
        json_set_integer(row, "status", 113);
        break;
    default:
        json_set_integer(row, "status", 456);
    }
}

/* Here the id is an integer (8.4), so that leading zeros are lost. */
static cJSON *row_of(struct exchange *x, const struct order *order)
{
    cJSON *row = cJSON_CreateObject();
    const char *digits = order->id + strspn(order->id, "0");
    json_set(row, "id", json_new_number_text(*digits == '\0' ? "0" : digits));
    copy_members(row, order->document, summary, COUNT_OF(summary));
    if (iletimerkezi_in_state(order, "scheduled"))
        write_status(x, row);
    return row;
}

void iletimerkezi_render_reports(struct exchange *x)
{
    const struct filter *filter = x->scratch;
    int64_t first = (filter->page - 1) * ROWS_OF_LIST, found = 0;
    size_t count = 0;
    const struct order **orders = exchange_orders(x, &count);
    cJSON *rows = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        if (is_within(orders[i], filter) && number_is_digits(orders[i]->id)) {
            if (found >= first && found < first + ROWS_OF_LIST)
                cJSON_AddItemToArray(rows, row_of(x, orders[i]));
            found++;
        }
        order_drop(orders[i]);
    }
    free(orders);
    cJSON *body = iletimerkezi_success(x), *response = json_member_mut(body, "response");
    json_set_integer(response, "count", found); /* over all pages */
    json_set(response, "orders", rows);
    iletimerkezi_answer(x, 200, body);
}

/* ── Balance (8.3) ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The XML page shows four decimals, "134.0000"; JSON has a number. */
void iletimerkezi_render_balance(struct exchange *x)
{
    int64_t amount = iletimerkezi_balance(x), price = iletimerkezi_sms_price(x);
    char text[ILETIMERKEZI_MONEY_TEXT_MAX];
    iletimerkezi_money_write(amount, text);
    cJSON *body = iletimerkezi_success(x);
    cJSON *balance = cJSON_AddObjectToObject(json_member_mut(body, "response"), "balance");
    json_set(balance, "amount",
             iletimerkezi_form_of(x) == FORM_XML ? json_new_number_text(text) : iletimerkezi_money_new(amount));
    json_set_integer(balance, "sms", price > 0 ? amount / price : 0); /* what the amount can pay for */
    iletimerkezi_answer(x, 200, body);
}

/* ── Senders (8.6) ─────────────────────────────────────────────────────────────────────────────────────────────── */

void iletimerkezi_render_senders(struct exchange *x)
{
    cJSON *body = iletimerkezi_success(x);
    cJSON *senders = cJSON_AddObjectToObject(json_member_mut(body, "response"), "senders");
    const cJSON *approved = json_member(iletimerkezi_customer(x), "senders");
    json_set(senders, "sender", approved == NULL ? cJSON_CreateArray() : cJSON_Duplicate(approved, true));
    iletimerkezi_answer(x, 200, body);
}

/* ── add-plugin-user (8.9) ─────────────────────────────────────────────────────────────────────────────────────── */

/* The vendor's shop plugins tell where they are installed, and read no answer. */
void iletimerkezi_render_plugin_user(struct exchange *x)
{
    iletimerkezi_answer(x, 200, iletimerkezi_success(x));
}
