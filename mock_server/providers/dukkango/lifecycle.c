/*
 * Dükkango: the life of an order (7).
 *
 *     RECEIVED ──accept──▶ CONFIRMED ──ontheway──▶ IN_DELIVERY ──complete──▶ COMPLETE
 *                              │     (courier_pickup)   │  (courier_deliver)     ▲
 *                              │                        └──payment_missing──▶ COMPLETE_NEEDS_PAYMENT
 *                              └──────────────customer_pickup────────────────────┘ (payment_received)
 *
 * The restaurant moves orders through this API, and its staff can do the same elsewhere: accept, ontheway and complete
 * are events too. The platform's couriers (courier_type `fuudy`) and customers who come themselves (`come_get`) are
 * moved outside this API: by events alone. A delay moves only orders of the courier type that it is about.
 *
 * An order that was acknowledged leaves get-current until its state changes: the fact `acknowledged` is the state in
 * which that happened.
 */
#include <string.h>

#include "base/ids.h"
#include "providers/dukkango/dukkango.h"

const char *const dukkango_states[] = {
    "RECEIVED", "CONFIRMED", "IN_DELIVERY", "COMPLETE", "CANCELED", "COMPLETE_NEEDS_PAYMENT", NULL};

/* ── Who carries it (7) ────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_own_courier(const struct order *order)
{
    return dukkango_courier_is(order, "restaurant");
}

static bool has_platform_courier(const struct order *order)
{
    return dukkango_courier_is(order, "fuudy");
}

static bool is_fetched(const struct order *order)
{
    return dukkango_courier_is(order, "come_get");
}

/* ── What the other side does ──────────────────────────────────────────────────────────────────────────────────── */

static const char *const from_received[] = {"RECEIVED", NULL};
static const char *const from_confirmed[] = {"CONFIRMED", NULL};
static const char *const from_in_delivery[] = {"IN_DELIVERY", NULL};
static const char *const from_needs_payment[] = {"COMPLETE_NEEDS_PAYMENT", NULL};
static const char *const from_active[] = {"RECEIVED", "CONFIRMED", "IN_DELIVERY", "COMPLETE_NEEDS_PAYMENT", NULL};

const struct event dukkango_events[] = {
    {"accept", "restaurant", from_received, "CONFIRMED", .meaning = "the restaurant accepts the order",
     .has_delay = true, .delay = KNOB_ACCEPT_PACE},
    {"ontheway", "restaurant", from_confirmed, "IN_DELIVERY", .meaning = "the order is handed to the courier",
     .has_delay = true, .delay = KNOB_ONTHEWAY_PACE, .possible = has_own_courier},
    {"complete", "restaurant", from_in_delivery, "COMPLETE", .meaning = "the order is delivered", .has_delay = true,
     .delay = KNOB_COMPLETE_PACE, .possible = has_own_courier},
    {"courier_pickup", "platform courier", from_confirmed, "IN_DELIVERY",
     .meaning = "a courier of the platform takes the order", .has_delay = true, .delay = KNOB_COURIER_PICKUP_PACE,
     .possible = has_platform_courier},
    {"courier_deliver", "platform courier", from_in_delivery, "COMPLETE",
     .meaning = "a courier of the platform delivers the order", .has_delay = true, .delay = KNOB_COURIER_DELIVER_PACE,
     .possible = has_platform_courier},
    {"customer_pickup", "customer", from_confirmed, "COMPLETE", .meaning = "the customer fetches the order",
     .has_delay = true, .delay = KNOB_CUSTOMER_PICKUP_PACE, .possible = is_fetched},
    {"payment_missing", "courier", from_in_delivery, "COMPLETE_NEEDS_PAYMENT",
     .meaning = "the order is delivered, and its payment is still missing"},
    {"payment_received", "customer", from_needs_payment, "COMPLETE", .meaning = "the missing payment comes in",
     .has_delay = true, .delay = KNOB_PAYMENT_RECEIVED_PACE},
    {"platform_cancel", "platform", from_active, "CANCELED", .meaning = "the platform cancels the order by itself",
     .has_delay = true, .delay = KNOB_PLATFORM_CANCEL_PACE},
    {.name = NULL},
};

/* ── The order that is meant ───────────────────────────────────────────────────────────────────────────────────── */

bool dukkango_is_current(const struct order *order)
{
    const char *acknowledged = json_string_or(order->facts, "acknowledged", "");
    for (const char *const *state = from_active; *state != NULL; state++)
        if (dukkango_is_in(order, *state))
            return strcmp(acknowledged, order->state) != 0;
    return false;
}

enum step dukkango_check_order(struct exchange *x, const struct order *order)
{
    if (!uuid_is_valid(x->order_key))
        return dukkango_refuse_url(
            x, KNOB_NON_UUID_PATH, DUKKANGO_ORDER_NOT_FOUND,
            &(struct reason){"9 A2: the path holds the payment_key", "order_id", "a UUID", x->order_key});
    if (order == NULL || strcmp(order->id, x->order_key) != 0) /* 9 A1: only a payment_key matches */
        return exchange_refuse(
            x, 404, dukkango_failure(DUKKANGO_ORDER_NOT_FOUND, NULL),
            &(struct reason){"6: order not found", "order_id", "the payment_key of a known order", x->order_key});
    if (strcmp(order->account, x->account) != 0)
        return dukkango_refuse_url(
            x, KNOB_FOREIGN_ORDER, DUKKANGO_ORDER_NOT_FOUND,
            &(struct reason){"9 A5: the order of another restaurant", "order_id", x->account, order->account});
    return STEP_NEXT;
}

/* ── Acknowledge, accept, on the way, complete (3, 8) ──────────────────────────────────────────────────────────── */

enum step dukkango_decide_success(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(json_string_or(order->facts, "acknowledged", ""), order->state) == 0)
        return STEP_NEXT;
    *changed = order_copy(order);
    json_set_string((*changed)->facts, "acknowledged", order->state);
    return STEP_NEXT;
}

/* The order, moved; or the refusal that the knob asks for. `courier_type` may be NULL: any. */
static enum step move(struct exchange *x, const struct order *order, const char *from, const char *to,
                      const char *courier_type, struct order **changed)
{
    if (!dukkango_is_in(order, from))
        return dukkango_refuse_state(x, KNOB_MOVE_NOT_ALLOWED,
                                     &(struct reason){"7: no such transition", "order_id", from, order->state});
    if (courier_type != NULL && !dukkango_courier_is(order, courier_type))
        return dukkango_refuse_state(x, KNOB_MOVE_NOT_ALLOWED,
                                     &(struct reason){"3, 7: only the restaurant's own couriers are moved here",
                                                      "courier_type", courier_type,
                                                      json_string(order->document, "courier_type")});
    *changed = order_copy(order);
    order_enter(*changed, to, exchange_now(x));
    return STEP_NEXT;
}

static const struct dukkango_field preparing_time = {"preparing_time",
                                                     1,
                                                     JSON_INTEGER_MAX,
                                                     "a positive integer, minutes",
                                                     "6: preparing_time is required",
                                                     "3: preparing_time is minutes"};

enum step dukkango_validate_accept(struct exchange *x)
{
    int64_t *minutes = arena_alloc(x->arena, sizeof *minutes);
    x->scratch = minutes;
    return exchange_knob(x, KNOB_ORDER_BEFORE_BODY) == ON ? STEP_NEXT
                                                          : dukkango_check_field(x, &preparing_time, minutes);
}

enum step dukkango_decide_accept(struct exchange *x, const struct order *order, struct order **changed)
{
    int64_t *minutes = x->scratch;
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (exchange_knob(x, KNOB_ORDER_BEFORE_BODY) == ON &&
        dukkango_check_field(x, &preparing_time, minutes) == STEP_REPLY)
        return STEP_REPLY;
    enum step step = move(x, order, "RECEIVED", "CONFIRMED", NULL, changed);
    if (*changed != NULL)
        json_set_integer((*changed)->facts, "preparing_time", *minutes);
    return step;
}

enum step dukkango_decide_ontheway(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return move(x, order, "CONFIRMED", "IN_DELIVERY", "restaurant", changed);
}

enum step dukkango_decide_complete(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return move(x, order, "IN_DELIVERY", "COMPLETE", "restaurant", changed);
}
