/*
 * What a cancelling client reads: the report about one order (8.2) and the balance of the account (8.3).
 *
 * A report says 113 sending, 114 finished, 115 failed or cancelled; an order whose time has not come has none (456).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/store.h"
#include "providers/iletimerkezi/iletimerkezi.h"
#include "support/number.h"

/* ── Report (8.2) ──────────────────────────────────────────────────────────────────────────────────────────────── */

#define ROWS_MAX 1000

struct report {
    int64_t page, rows;
    bool closed; /* a scheduled order whose window has closed */
};

/* `page` and `rowCount`: an integer, or one in a string; the vendor's older page leaves them as "". */
static enum step read_count(struct exchange *x, const char *member, int64_t *out)
{
    const cJSON *value = json_member(json_member(iletimerkezi_request(x), "order"), member);
    int64_t read = 0;
    if (value == NULL || (cJSON_IsString(value) && *value->valuestring == '\0'))
        return STEP_NEXT;
    bool fine = cJSON_IsString(value) ? number_read(value->valuestring, 1, INT32_MAX, &read)
                                      : json_integral(value, &read) && read >= 1 && read <= INT32_MAX;
    if (!fine)
        return iletimerkezi_refuse(
            x, 400,
            &(struct reason){"8.2: page and rowCount count from 1", member, "1 or more", exchange_describe(x, value)});
    *out = read;
    return STEP_NEXT;
}

enum step iletimerkezi_validate_report(struct exchange *x)
{
    struct report *report = arena_alloc(x->arena, sizeof *report);
    *report = (struct report){.page = 1, .rows = ROWS_MAX};
    x->scratch = report;
    if (iletimerkezi_read_id(x) == STEP_REPLY || read_count(x, "page", &report->page) == STEP_REPLY)
        return STEP_REPLY;
    if (read_count(x, "rowCount", &report->rows) == STEP_REPLY)
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
    struct report *report = x->scratch;
    report->closed = iletimerkezi_in_state(order, "scheduled") && iletimerkezi_window_closed(x, order);
    if (iletimerkezi_in_state(order, "scheduled") && !report->closed &&
        exchange_knob(x, KNOB_SCHEDULED_REPORT) == SCHEDULED_456)
        return iletimerkezi_refuse(
            x, 456, &(struct reason){"9.7: its time has not come", "order.id", "an order that left", order->id});
    if (iletimerkezi_in_state(order, "cancelled") && exchange_knob(x, KNOB_CANCELLED_REPORT) == CANCELLED_455)
        return iletimerkezi_refuse(x, 455,
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

void iletimerkezi_render_report(struct exchange *x)
{
    static const char *const shown[] = {"id",      "status",   "total",  "delivered", "undelivered",
                                        "waiting", "submitAt", "sendAt", "sender",    "price"};
    const struct report *report = x->scratch;
    struct order *order = order_copy(x->order);
    if (report->closed)
        order_enter(order, "sending", exchange_now(x)); /* this copy only: a read changes nothing */

    cJSON *body = iletimerkezi_envelope(x, 200, iletimerkezi_message(x, 200));
    cJSON *out = cJSON_AddObjectToObject(json_member_mut(body, "response"), "order");
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        const cJSON *value = json_member(order->document, shown[i]);
        if (value != NULL)
            json_set(out, shown[i], cJSON_Duplicate(value, true));
    }
    json_set(out, "message", messages_of_page(order->document, report));
    order_drop(order);
    iletimerkezi_answer(x, 200, body);
}

/* ── Balance (8.3) ─────────────────────────────────────────────────────────────────────────────────────────────── */

/*
 * What an account paid in, less the price of each of its orders; a cancelled one is paid back (7, refund_on_cancel).
 * Money is counted in ten-thousandths of a lira, the finest that a price has (8.2).
 */
#define LIRA      10000
#define MONEY_MAX (1e6 * LIRA) /* so that no sum of orders overflows */

static int64_t money(const cJSON *object, const char *member)
{
    const cJSON *value = json_member(object, member);
    if (!cJSON_IsNumber(value))
        return 0;
    return llround(fmax(-MONEY_MAX, fmin(MONEY_MAX, value->valuedouble * LIRA)));
}

static cJSON *money_new(int64_t amount)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%lld.%04lld", (long long)(amount / LIRA), (long long)(amount % LIRA));
    while (text[length - 1] == '0')
        text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    return json_new_number_text(text);
}

static int64_t charge_of(const struct order *order)
{
    bool refunded = iletimerkezi_in_state(order, "cancelled") && !cJSON_IsFalse(json_member(order->facts, "refunded"));
    return refunded ? 0 : money(order->document, "price");
}

static int64_t charges_of(struct exchange *x)
{
    size_t count = 0;
    int64_t sum = 0;
    const struct order **orders = exchange_orders(x, &count);
    for (size_t i = 0; i < count; i++) {
        if (iletimerkezi_is_own(x, orders[i]))
            sum += charge_of(orders[i]);
        order_drop(orders[i]);
    }
    free(orders);
    return sum;
}

void iletimerkezi_render_balance(struct exchange *x)
{
    int64_t amount = 0, price = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), "balances")) {
        if (strcmp(json_string_or(entry, "account", ""), x->account) != 0)
            continue;
        amount = money(entry, "paid_in") - charges_of(x);
        price = money(entry, "sms_price");
    }
    if (amount < 0)
        amount = 0;

    cJSON *body = iletimerkezi_envelope(x, 200, iletimerkezi_message(x, 200));
    cJSON *balance = cJSON_AddObjectToObject(json_member_mut(body, "response"), "balance");
    json_set(balance, "amount", money_new(amount));
    json_set_integer(balance, "sms", price > 0 ? amount / price : 0); /* what the amount can pay for */
    iletimerkezi_answer(x, 200, body);
}

static const struct shape balance_shape[] = {
    {"account", SHAPE_STRING, .required = true},
    {"paid_in", SHAPE_NUMBER, .required = true},
    {"sms_price", SHAPE_NUMBER, .required = true},
    SHAPE_END,
};

const struct shape iletimerkezi_fixture_shape[] = {
    {"balances", SHAPE_ARRAY, balance_shape, .required = true},
    SHAPE_END,
};
