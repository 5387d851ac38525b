/*
 * What a plan gives back (7, Money).
 *
 *     its items' prices − their share of the discount + the shipping cost, once in an order's life, if it was asked for
 *
 * The share is by price and rounded half up to two places. The plan that leaves no item behind takes what rounding
 * left, so all plans of an order add up to its prices less its discount. An amount is counted in hundredths.
 *
 *     prices 100.00, 50.00, 50.00, discount 10.00: three plans give back 95.00, 47.50, 47.50
 *
 * Items that the fixtures settled without a plan count as one plan.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "providers/akinon/plan.h"

/* ── Amounts ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define WHOLE_DIGITS_MAX                                                                                               \
    13 /* more than any currency needs; the sums of as many items as fit into memory stay exact                        \
        */

__extension__ typedef __int128 wide;

int64_t akinon_amount_read(const char *text)
{
    bool negative = *text == '-';
    const char *digits = negative ? text + 1 : text;
    size_t whole = strspn(digits, "0123456789");
    if (!akinon_is_decimal(digits) || whole > WHOLE_DIGITS_MAX)
        return 0;
    int64_t amount = 0;
    for (size_t i = 0; i < whole; i++)
        amount = amount * 10 + (digits[i] - '0');
    const char *rest = digits[whole] == '.' ? digits + whole + 1 : "";
    int64_t places[3] = {0};
    for (size_t i = 0; i < COUNT_OF(places) && rest[i] != '\0'; i++)
        places[i] = rest[i] - '0';
    amount = amount * 100 + places[0] * 10 + places[1] + (places[2] >= 5);
    return negative ? -amount : amount;
}

void akinon_amount_write(int64_t amount, char out[AKINON_AMOUNT_TEXT_MAX])
{
    long long whole = llabs(amount) / 100, rest = llabs(amount) % 100;
    snprintf(out, AKINON_AMOUNT_TEXT_MAX, "%s%lld.%02lld", amount < 0 ? "-" : "", whole, rest);
}

static int64_t amount_of(const cJSON *object, const char *member)
{
    return akinon_amount_read(json_string_or(object, member, "0.00"));
}

/* ── Goods ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t price_of_all(const struct order *order)
{
    int64_t sum = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        sum += amount_of(item, "price");
    return sum;
}

/* `pks`: an object whose names are pks of items. */
static int64_t price_of(const struct order *order, const cJSON *pks)
{
    int64_t sum = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (json_member(pks, akinon_item_pk(item)) != NULL)
            sum += amount_of(item, "price");
    return sum;
}

/* Half up: prices and discount are not below zero. */
static int64_t share_of_discount(const struct order *order, int64_t price)
{
    int64_t all = price_of_all(order), discount = amount_of(order->document, "discount_amount");
    if (all <= 0)
        return 0;
    return (int64_t)(((wide)discount * price * 2 + all) / ((wide)all * 2));
}

static int64_t goods_of(const struct order *order, const cJSON *pks)
{
    int64_t price = price_of(order, pks);
    return price - share_of_discount(order, price);
}

/* ── Plans that ended ──────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_ended_well(const cJSON *plan)
{
    const char *status = json_string_or(plan, "status", "");
    return strcmp(status, "approved") == 0 || strcmp(status, "completed") == 0;
}

/* The next plan of the order that gave something back, after `previous` (NULL: the first); NULL at the end. */
static const cJSON *next_ended(const struct order *order, const cJSON *previous)
{
    const cJSON *past = json_member(order->facts, "past_plans"), *latest = json_member(order->facts, "plan");
    const cJSON *plan = NULL;
    if (previous == latest && previous != NULL)
        return NULL;
    for (plan = previous == NULL ? (past == NULL ? NULL : past->child) : previous->next; plan != NULL;
         plan = plan->next)
        if (has_ended_well(plan))
            return plan;
    return has_ended_well(latest) ? latest : NULL;
}

static bool was_settled_by_a_plan(const struct order *order, const cJSON *item)
{
    for (const cJSON *plan = next_ended(order, NULL); plan != NULL; plan = next_ended(order, plan))
        if (json_member(json_member(plan, "former"), akinon_item_pk(item)) != NULL)
            return true;
    return false;
}

static int64_t goods_of_ended(const struct order *order)
{
    int64_t sum = 0;
    for (const cJSON *plan = next_ended(order, NULL); plan != NULL; plan = next_ended(order, plan))
        sum += goods_of(order, json_member(plan, "former"));
    cJSON *others = cJSON_CreateObject();
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (akinon_item_is_settled(item) && !was_settled_by_a_plan(order, item))
            json_set_null(others, akinon_item_pk(item));
    sum += goods_of(order, others);
    cJSON_Delete(others);
    return sum;
}

static bool was_cargo_refunded(const struct order *order)
{
    for (const cJSON *plan = next_ended(order, NULL); plan != NULL; plan = next_ended(order, plan))
        if (json_true(plan, "is_cargo_refund"))
            return true;
    return false;
}

/* ── The refund ────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool leaves_nothing(const struct order *order, const cJSON *pks)
{
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (!akinon_item_is_settled(item) && json_member(pks, akinon_item_pk(item)) == NULL)
            return false;
    return pks->child != NULL;
}

int64_t akinon_refund(const struct order *order, const cJSON *pks, bool is_cargo_refund)
{
    int64_t refund = goods_of(order, pks);
    if (leaves_nothing(order, pks))
        refund = price_of_all(order) - amount_of(order->document, "discount_amount") - goods_of_ended(order);
    if (is_cargo_refund && !was_cargo_refunded(order))
        refund += amount_of(order->document, "shipping_amount");
    return refund;
}

cJSON *akinon_waiting_pks(const struct order *order)
{
    cJSON *pks = cJSON_CreateObject();
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (akinon_item_has(item, CODE_WAITING))
            json_set_null(pks, akinon_item_pk(item));
    return pks;
}
