/*
 * Money (8.3) and what the fixtures know of a customer beside it.
 *
 * A balance is what an account paid in, less the price of each of its orders; a cancelled one is paid back (7,
 * refund_on_cancel). So an order is charged for by being there.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"

#define MONEY_MAX (1e6 * ILETIMERKEZI_LIRA) /* so that no sum of orders overflows */

static const struct shape customer_shape[] = {
    {"account", SHAPE_STRING, .required = true},
    {"paid_in", SHAPE_NUMBER, .required = true},   /* lira */
    {"sms_price", SHAPE_NUMBER, .required = true}, /* of one SMS to one number */
    {"senders", SHAPE_ARRAY_OF_STRINGS, .required = true},
    {"blacklist", SHAPE_ARRAY_OF_STRINGS}, /* numbers as reports show them */
    {"iys_code", SHAPE_STRING},            /* absent: none was set */
    SHAPE_END,
};

const struct shape iletimerkezi_fixture_shape[] = {
    {"customers", SHAPE_ARRAY, customer_shape, .required = true},
    SHAPE_END,
};

const cJSON *iletimerkezi_customer(struct exchange *x)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), "customers"))
        if (strcmp(json_string_or(entry, "account", ""), x->account) == 0)
            return entry;
    return NULL;
}

bool iletimerkezi_customer_has(struct exchange *x, const char *member, const char *value)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member(iletimerkezi_customer(x), member))
        if (strcmp(item->valuestring, value) == 0)
            return true;
    return false;
}

/* No amount is below nothing: a fixture that says so is read as 0. */
static int64_t money(const cJSON *object, const char *member)
{
    const cJSON *value = json_member(object, member);
    if (!cJSON_IsNumber(value))
        return 0;
    return llround(fmax(0, fmin(MONEY_MAX, value->valuedouble * ILETIMERKEZI_LIRA)));
}

static int64_t charge_of(const struct order *order)
{
    bool refunded = iletimerkezi_in_state(order, "cancelled") && !cJSON_IsFalse(json_member(order->facts, "refunded"));
    return refunded ? 0 : money(order->document, "price");
}

int64_t iletimerkezi_balance(struct exchange *x)
{
    size_t count = 0;
    int64_t amount = money(iletimerkezi_customer(x), "paid_in");
    const struct order **orders = exchange_orders(x, &count);
    for (size_t i = 0; i < count; i++) {
        amount -= charge_of(orders[i]);
        order_drop(orders[i]);
    }
    free(orders);
    return amount < 0 ? 0 : amount;
}

int64_t iletimerkezi_sms_price(struct exchange *x)
{
    return money(iletimerkezi_customer(x), "sms_price");
}

static int money_write(int64_t amount, char out[32])
{
    return snprintf(out, 32, "%lld.%04lld", (long long)(amount / ILETIMERKEZI_LIRA),
                    (long long)(amount % ILETIMERKEZI_LIRA));
}

cJSON *iletimerkezi_money_new(int64_t amount)
{
    char text[32];
    int length = money_write(amount, text);
    while (text[length - 1] == '0')
        text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    return json_new_number_text(text);
}

/* The XML page shows four decimals, "134.0000"; JSON has a number. */
void iletimerkezi_render_balance(struct exchange *x)
{
    int64_t amount = iletimerkezi_balance(x), price = iletimerkezi_sms_price(x);
    char text[32];
    money_write(amount, text);
    cJSON *body = iletimerkezi_success(x);
    cJSON *balance = cJSON_AddObjectToObject(json_member_mut(body, "response"), "balance");
    json_set(balance, "amount",
             iletimerkezi_form_of(x) == FORM_XML ? json_new_number_text(text) : iletimerkezi_money_new(amount));
    json_set_integer(balance, "sms", price > 0 ? amount / price : 0); /* what the amount can pay for */
    iletimerkezi_answer(x, 200, body);
}
