/*
 * Which order the path means (4): one segment is an id (a UUID) or a number.
 *
 *     ^#?([0-9A-Za-z]{12,16}|[0-9]+)(-[0-9]+)?$
 *
 * The number is case-sensitive and keeps its zeros; its '#', which a client has to send as %23, is optional unless
 * `hash_prefix` says otherwise. Orders of other workspaces are unknown orders.
 */
#include <string.h>

#include "base/ids.h"
#include "base/number.h"
#include "providers/fungies/fungies.h"

const char FUNGIES_ORDER_NOT_FOUND[] = "Order not found";

enum step fungies_refuse_not_found(struct exchange *x, const char *message, const struct reason *why)
{
    return fungies_refuse(x, fungies_chosen_status(x, KNOB_NOT_FOUND), message, why);
}

static bool is_number(const char *text)
{
    const char *head = fungies_bare_number(text);
    size_t digits = strspn(head, "0123456789");
    size_t length = strspn(head, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    if (length == 0 || (digits != length && (length < 12 || length > 16)))
        return false;
    const char *tail = head + length;
    return *tail == '\0' || (*tail == '-' && number_is_digits(tail + 1));
}

enum step fungies_read_order_key(struct exchange *x)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    bool is_id = uuid_is_valid(named);
    if (!is_id && (exchange_knob(x, KNOB_ID_ONLY) == CHOICE_ON || !is_number(named))) {
        int status = fungies_chosen_status(x, KNOB_BAD_ID);
        return fungies_refuse(
            x, status, status == 404 ? FUNGIES_ORDER_NOT_FOUND : "orderIdOrNumber: Invalid",
            &(struct reason){"4: the path holds the order's id or number", ORDER_PARAM, "a UUID or a number", named});
    }
    char *key = arena_dup(x->arena, fungies_bare_number(named));
    if (is_id)
        fungies_lower(key);
    x->order_key = key;
    return STEP_NEXT;
}

/* Whether the order that was found is named as the knobs demand. */
static bool is_named_rightly(struct exchange *x, const struct order *order)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    if (uuid_is_valid(named))
        return exchange_knob(x, KNOB_UUID_CASE) == CASE_ANY || strcmp(order->id, named) == 0;
    return exchange_knob(x, KNOB_HASH_PREFIX) == HASH_OPTIONAL ||
           strcmp(fungies_shown_number(x, fungies_number(order)), named) == 0;
}

enum step fungies_check_order(struct exchange *x, const struct order *order)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    if (order == NULL || !is_named_rightly(x, order))
        return fungies_refuse_not_found(
            x, FUNGIES_ORDER_NOT_FOUND,
            &(struct reason){"6: order unknown", ORDER_PARAM, "the id or number of a known order", named});
    if (strcmp(order->account, x->account) != 0) /* no word about other workspaces */
        return fungies_refuse_not_found(
            x, FUNGIES_ORDER_NOT_FOUND,
            &(struct reason){"6: the order of another workspace", ORDER_PARAM, x->account, order->account});
    return STEP_NEXT;
}
