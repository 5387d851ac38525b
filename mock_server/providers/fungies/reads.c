/*
 * What is only read (3, 8): one order, the orders of the workspace that asks, one payment, its payments.
 *
 *     GET /v0/orders/list?skip=0&take=2&statuses=PENDING,PAID        x-fngs-public-key: pub_…
 *     200 {"status":"success","data":{"orders":[…],"count":7}}
 *
 *     GET /v0/payments/{paymentId}
 *     {"object":"payment","id":"6a1f…","type":"one_time","number":"Py8Kd2Wm4ZtA","status":"PAID","value":2599,…,
 *      "orderId":"0c2d9a4e-…","orderNumber":"A7k2Qm9ZtR4x","order":{…},"subscriptionId":null,…,"invoiceUrl":null}
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "providers/fungies/list.h"

#define PAYMENT_PARAM "paymentId"

/* ── One order ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step fungies_decide_order(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return fungies_check_order(x, order);
}

void fungies_render_order(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    json_set(data, "order", fungies_show_order(x, x->order));
    cJSON *subscription = fungies_show_subscription(x, x->order);
    if (subscription != NULL)
        json_set(data, "subscription", subscription);
    fungies_answer(x, data);
}

/* ── The two lists ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const order_types[] = {
    "one_time", "subscription_initial", "subscription_update", "subscription_interval", "claim_free", NULL};
static const char *const payment_types[] = {"one_time",
                                            "subscription_initial",
                                            "subscription_update",
                                            "subscription_interval",
                                            "subscription_extra",
                                            "claim_free",
                                            NULL};

static void drop_orders(const struct order **orders, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order_drop(orders[i]);
    free(orders);
}

enum step fungies_validate_orders(struct exchange *x)
{
    struct fungies_query *query = x->scratch = arena_alloc(x->arena, sizeof *query);
    return fungies_read_query(x, order_types, false, query);
}

void fungies_render_orders(struct exchange *x)
{
    size_t count = 0;
    const struct order **orders = exchange_orders(x, &count);
    struct fungies_rows rows = {0};
    for (size_t i = 0; i < count; i++)
        fungies_add_row(x, &rows, (struct fungies_row){.order = orders[i], .position = i});
    fungies_answer_rows(x, "orders", &rows);
    drop_orders(orders, count);
}

enum step fungies_validate_payments(struct exchange *x)
{
    struct fungies_query *query = x->scratch = arena_alloc(x->arena, sizeof *query);
    return fungies_read_query(x, payment_types, true, query);
}

void fungies_render_payments(struct exchange *x)
{
    size_t count = 0, position = 0;
    const struct order **orders = exchange_orders(x, &count);
    struct fungies_rows rows = {0};
    for (size_t i = 0; i < count; i++) {
        const cJSON *payments = fungies_payments(orders[i]);
        for (const cJSON *payment = payments == NULL ? NULL : payments->child; payment != NULL; payment = payment->next)
            fungies_add_row(x, &rows,
                            (struct fungies_row){.order = orders[i], .payment = payment, .position = position++});
    }
    fungies_answer_rows(x, "payments", &rows);
    drop_orders(orders, count);
}

/* ── One payment ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const char NOT_FOUND[] = "Payment not found";

enum step fungies_validate_payment(struct exchange *x)
{
    const char *named = exchange_param(x, PAYMENT_PARAM);
    if (!uuid_is_valid(named)) {
        int status = exchange_knob_status(x, KNOB_BAD_ID);
        return fungies_fail(x, status, status == 404 ? NOT_FOUND : "paymentId: Invalid uuid",
                            &(struct reason){"8: the path holds the payment's id", PAYMENT_PARAM, "a UUID", named});
    }
    char *key = arena_print(x->arena, FUNGIES_PAYMENT_ALIAS "%s", named);
    fungies_lower(key);
    x->order_key = key;
    return STEP_NEXT;
}

enum step fungies_decide_payment(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    const char *named = exchange_param(x, PAYMENT_PARAM);
    const cJSON *payment = fungies_payment_named(order, named);
    bool is_exact = payment != NULL && strcmp(json_string_or(payment, "id", ""), named) == 0;
    if (payment == NULL || (!is_exact && exchange_knob(x, KNOB_UUID_CASE) == CASE_EXACT))
        return fungies_refuse_not_found(
            x, NOT_FOUND, &(struct reason){"8: payment unknown", PAYMENT_PARAM, "the id of a known payment", named});
    if (strcmp(order->account, x->account) != 0)
        return fungies_refuse_not_found(
            x, NOT_FOUND,
            &(struct reason){"8: the payment of another workspace", PAYMENT_PARAM, x->account, order->account});
    return STEP_NEXT;
}

void fungies_render_payment(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    json_set(data, "payment",
             fungies_show_payment(x, x->order, fungies_payment_named(x->order, exchange_param(x, PAYMENT_PARAM))));
    fungies_answer(x, data);
}
