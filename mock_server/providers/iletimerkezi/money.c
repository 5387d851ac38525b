/*
 * Money (8.3): what an account has, and what an SMS costs it.
 *
 * A balance is what an account paid in, less the price of each of its orders; a cancelled one is paid back (7,
 * refund_on_cancel). So an order is charged for by being there.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "providers/iletimerkezi/iletimerkezi.h"

#define MONEY_MAX (1e6 * ILETIMERKEZI_LIRA) /* so that no sum of orders overflows */

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

int iletimerkezi_money_write(int64_t amount, char out[ILETIMERKEZI_MONEY_TEXT_MAX])
{
    return snprintf(out, ILETIMERKEZI_MONEY_TEXT_MAX, "%lld.%04lld", (long long)(amount / ILETIMERKEZI_LIRA),
                    (long long)(amount % ILETIMERKEZI_LIRA));
}

cJSON *iletimerkezi_money_new(int64_t amount)
{
    char text[ILETIMERKEZI_MONEY_TEXT_MAX];
    int length = iletimerkezi_money_write(amount, text);
    while (text[length - 1] == '0')
        text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    return json_new_number_text(text);
}
