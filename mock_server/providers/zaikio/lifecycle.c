/*
 * The states of an order, and what the supplier and the system do to it (7). What the consumer does is in cancel.c.
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── States ────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *const zaikio_states[] = {
    "placed",
    "draft",
    "transferred",
    "transfer_failed",
    "confirmed",
    "producing",
    "partially_shipped",
    "partially_shipped_remainder_canceled",
    "shipped",
    "canceled_by_consumer",
    "cancelation_requested",
    "canceled_by_supplier",
    NULL,
};

/* ── A request that is pending (7, 9 A7) ───────────────────────────────────────────────────────────────────────── */

/* The regular state that an order is in, or was in when its cancelation was requested. */
static const char *regular_state(const struct order *order)
{
    if (strcmp(order->state, "cancelation_requested") != 0)
        return order->state;
    const char *known = state_of(order->provider, json_string_or(order->facts, "state_before", "transferred"));
    return known == NULL || strcmp(known, "cancelation_requested") == 0 ? "transferred" : known;
}

/* What the supplier does next is the refusal, so the request is over: nothing but perhaps its stamp tells of it. */
static void end_request(const struct maker *maker, struct order *copy)
{
    if (json_member(copy->facts, "state_before") == NULL)
        return;
    if (maker_knob(maker, KNOB_REFUSED_STAMP) == STAMP_CLEARED)
        json_set_null(copy->document, "cancelation_requested_at");
    cJSON_DeleteItemFromObjectCaseSensitive(copy->facts, "state_before");
    json_set_bool(copy->facts, "was_refused", true);
}

/* The regular state after one; partially_shipped is passed over, since all may be sent at once. */
static const char *next_regular(const char *state)
{
    static const char *const steps[][2] = {
        {"placed", "transferred"}, {"transferred", "confirmed"},     {"confirmed", "producing"},
        {"producing", "shipped"},  {"partially_shipped", "shipped"},
    };
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (strcmp(steps[i][0], state) == 0)
            return steps[i][1];
    return state;
}

/* Whichever of the supplier's events comes next; or back to where it was, for who reads a refusal as "never asked". */
static void refuse_request(const struct maker *maker, struct order *copy)
{
    const char *before = regular_state(copy);
    order_enter(copy, maker_knob(maker, KNOB_REFUSED_STATE) == REFUSED_BEFORE ? before : next_regular(before),
                maker->now_us);
    end_request(maker, copy);
}

/* ── Events ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the supplier does to an order, it does to one with a pending request as well: the state before it counts. */
#define REQUESTED "cancelation_requested"

static const char *const from_placed[] = {"placed", NULL};
static const char *const from_unconfirmed[] = {"placed", "transferred", REQUESTED, NULL};
static const char *const from_confirmed[] = {"confirmed", REQUESTED, NULL};
static const char *const from_producing[] = {"producing", REQUESTED, NULL};
static const char *const from_made[] = {"producing", "partially_shipped", REQUESTED, NULL};
static const char *const from_partially_shipped[] = {"partially_shipped", REQUESTED, NULL};
static const char *const from_requested[] = {REQUESTED, NULL};

static bool is_unconfirmed(const struct order *order)
{
    return zaikio_is_one_of(regular_state(order), from_unconfirmed);
}

static bool is_confirmed(const struct order *order)
{
    return zaikio_is_one_of(regular_state(order), from_confirmed);
}

static bool is_producing(const struct order *order)
{
    return zaikio_is_one_of(regular_state(order), from_producing);
}

static bool is_made(const struct order *order)
{
    return zaikio_is_one_of(regular_state(order), from_made);
}

static bool is_partially_shipped(const struct order *order)
{
    return zaikio_is_one_of(regular_state(order), from_partially_shipped);
}

#define AFTER_DELAY(knob)        .has_delay = true, .delay = knob
#define OF_SUPPLIER(is_possible) .apply = end_request, .possible = is_possible

const struct event zaikio_events[] = {
    {"transfer", "system", from_placed, "transferred", .meaning = "the supplier receives the order",
     AFTER_DELAY(KNOB_TRANSFER_PACE)},
    {"transfer_failed", "system", from_placed, "transfer_failed", .meaning = "the order cannot be sent to the supplier",
     AFTER_DELAY(KNOB_TRANSFER_FAILED_PACE)},
    {"confirm", "supplier", from_unconfirmed, "confirmed", OF_SUPPLIER(is_unconfirmed),
     .meaning = "the supplier confirms the order, and refuses a pending cancelation with it",
     AFTER_DELAY(KNOB_CONFIRM_PACE)},
    {"start_production", "supplier", from_confirmed, "producing", OF_SUPPLIER(is_confirmed),
     .meaning = "the supplier begins to produce, and refuses a pending cancelation with it",
     AFTER_DELAY(KNOB_START_PRODUCTION_PACE)},
    {"ship_partially", "supplier", from_producing, "partially_shipped", OF_SUPPLIER(is_producing),
     .meaning = "a part of the order is sent, and a pending cancelation refused with it",
     AFTER_DELAY(KNOB_SHIP_PARTIALLY_PACE)},
    {"ship", "supplier", from_made, "shipped", OF_SUPPLIER(is_made),
     .meaning = "all of the order, or the rest of it, is sent, and a pending cancelation refused with it",
     AFTER_DELAY(KNOB_SHIP_PACE)},
    {"cancel_remainder", "supplier", from_partially_shipped, "partially_shipped_remainder_canceled",
     OF_SUPPLIER(is_partially_shipped), .meaning = "the supplier will not send the rest, whatever was requested",
     AFTER_DELAY(KNOB_CANCEL_REMAINDER_PACE)},
    {"supplier_accepts", "supplier", from_requested, "canceled_by_supplier",
     .meaning = "the supplier accepts the requested cancelation", AFTER_DELAY(KNOB_SUPPLIER_ACCEPTS_PACE)},
    {"supplier_refuses", "supplier", from_requested, NULL, refuse_request,
     .meaning = "the supplier refuses it: short for the next regular state", AFTER_DELAY(KNOB_SUPPLIER_REFUSES_PACE)},
    {.name = NULL},
};
