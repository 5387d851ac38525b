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

/* ── Whether it is current ─────────────────────────────────────────────────────────────────────────────────────── */

static bool is_listed(const struct exchange *x, const struct order *order)
{
    for (const char *const *state = from_active; *state != NULL; state++)
        if (dukkango_is_in(order, *state))
            return true;
    return dukkango_is_in(order, "CANCELED") && exchange_knob_on(x, KNOB_TERMINAL_ONCE);
}

bool dukkango_is_current(const struct exchange *x, const struct order *order)
{
    return is_listed(x, order) && strcmp(json_string_or(order->facts, "acknowledged", ""), order->state) != 0;
}
