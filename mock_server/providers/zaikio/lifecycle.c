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

/* ── A refused request ─────────────────────────────────────────────────────────────────────────────────────────── */

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

/* Back among the regular states (9 A6, A7). */
static void refuse_request(const struct maker *maker, struct order *copy)
{
    const char *known = state_of(copy->provider, json_string_or(copy->facts, "state_before", "transferred"));
    const char *state = known == NULL ? "transferred" : known;
    if (maker_knob(maker, KNOB_REFUSED_STATE) == REFUSED_NEXT)
        state = next_regular(state);
    if (maker_knob(maker, KNOB_REFUSED_STAMP) == STAMP_CLEARED)
        json_set_null(copy->document, "cancelation_requested_at");
    order_enter(copy, state, maker->now_us);
    cJSON_DeleteItemFromObjectCaseSensitive(copy->facts, "state_before");
}

/* ── Events ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const from_placed[] = {"placed", NULL};
static const char *const from_unconfirmed[] = {"placed", "transferred", NULL};
static const char *const from_confirmed[] = {"confirmed", NULL};
static const char *const from_producing[] = {"producing", NULL};
static const char *const from_made[] = {"producing", "partially_shipped", NULL};
static const char *const from_partially_shipped[] = {"partially_shipped", NULL};
static const char *const from_requested[] = {"cancelation_requested", NULL};

#define AFTER_DELAY(knob) .has_delay = true, .delay = knob

const struct event zaikio_events[] = {
    {"transfer", "system", from_placed, "transferred", .meaning = "the supplier receives the order",
     AFTER_DELAY(KNOB_TRANSFER_PACE)},
    {"transfer_failed", "system", from_placed, "transfer_failed", .meaning = "the order cannot be sent to the supplier",
     AFTER_DELAY(KNOB_TRANSFER_FAILED_PACE)},
    {"confirm", "supplier", from_unconfirmed, "confirmed", .meaning = "the supplier confirms the order",
     AFTER_DELAY(KNOB_CONFIRM_PACE)},
    {"start_production", "supplier", from_confirmed, "producing", .meaning = "the supplier begins to produce",
     AFTER_DELAY(KNOB_START_PRODUCTION_PACE)},
    {"ship_partially", "supplier", from_producing, "partially_shipped", .meaning = "a part of the order is sent",
     AFTER_DELAY(KNOB_SHIP_PARTIALLY_PACE)},
    {"ship", "supplier", from_made, "shipped", .meaning = "all of the order, or the rest of it, is sent",
     AFTER_DELAY(KNOB_SHIP_PACE)},
    {"cancel_remainder", "supplier", from_partially_shipped, "partially_shipped_remainder_canceled",
     .meaning = "the supplier will not send the rest", AFTER_DELAY(KNOB_CANCEL_REMAINDER_PACE)},
    {"supplier_accepts", "supplier", from_requested, "canceled_by_supplier",
     .meaning = "the supplier accepts the requested cancelation", AFTER_DELAY(KNOB_SUPPLIER_ACCEPTS_PACE)},
    {"supplier_refuses", "supplier", from_requested, NULL, refuse_request,
     .meaning = "the supplier refuses it: the order goes on where it was", AFTER_DELAY(KNOB_SUPPLIER_REFUSES_PACE)},
    {.name = NULL},
};
