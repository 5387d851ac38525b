/*
 * The stamps that each state leaves in an order, and where a refused request leads.
 *
 * Stamps are only ever filled, never moved, so an order that comes back from a refused request keeps those it had.
 * Which earlier stamps a state implies matters when an order is made in that state: a confirmed order has no
 * transferred_at, as none of the recorded ones had (7).
 */
#include <string.h>

#include "base/instant.h"
#include "providers/zaikio/zaikio.h"

/* ── States (7) ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define PLACED    "placed_at"
#define CONFIRMED PLACED, "confirmed_at"
#define PRODUCING CONFIRMED, "producing_at"
#define PARTLY    PRODUCING, "partially_shipped_at"

/* The stamps that an order in this state has, whatever way it went. */
static const struct stamp_row {
    const char *state;
    const char *stamps[6];
} stamp_rows[] = {
    {"draft", {NULL}},
    {"placed", {PLACED}},
    {"transferred", {PLACED, "transferred_at"}},
    {"transfer_failed", {PLACED, "transfer_failed_at"}},
    {"confirmed", {CONFIRMED}},
    {"producing", {PRODUCING}},
    {"partially_shipped", {PARTLY}},
    {"partially_shipped_remainder_canceled", {PARTLY, "partially_shipped_remainder_canceled_at"}},
    {"shipped", {PRODUCING, "shipped_at"}},
    {"canceled_by_consumer", {PLACED, "canceled_by_consumer_at"}},
    {"cancelation_requested", {PLACED, "cancelation_requested_at"}},
    {"canceled_by_supplier", {PLACED, "cancelation_requested_at", "canceled_by_supplier_at"}},
};

static void fill_stamp(cJSON *document, const char *name, const char *text)
{
    if (json_string(document, name) == NULL)
        json_set_string(document, name, text);
}

static void fill_stamps(cJSON *document, const char *state, const char *text)
{
    for (size_t i = 0; i < COUNT_OF(stamp_rows); i++) {
        if (strcmp(stamp_rows[i].state, state) != 0)
            continue;
        for (const char *const *stamp = stamp_rows[i].stamps; *stamp != NULL; stamp++)
            fill_stamp(document, *stamp, text);
    }
}

/* An order made in a state that follows a request has been somewhere before: transferred, as all recorded ones (7),
 * unless the facts say where. An order that really went that way has those stamps already. */
static void invent_past(struct order *order, const char *now)
{
    bool requested = strcmp(order->state, "cancelation_requested") == 0;
    if (!requested && strcmp(order->state, "canceled_by_supplier") != 0)
        return;
    if (json_string(order->facts, "state_before") == NULL)
        json_set_string(order->facts, "state_before", "transferred");
    fill_stamps(order->document, json_string(order->facts, "state_before"), now);
}

#define SAVED_LATER_US (3 * INT64_C(1000)) /* a stamp is some milliseconds older than updated_at (5) */

void zaikio_write_state(struct order *order, int64_t now_us)
{
    char now[INSTANT_TEXT_MAX], saved[INSTANT_TEXT_MAX];
    instant_write_utc(now_us, 3, now);
    instant_write_utc(now_us + SAVED_LATER_US, 3, saved);

    json_set_string(order->document, "state", order->state);
    invent_past(order, now);
    fill_stamps(order->document, order->state, now);
    json_set_string(order->document, "updated_at", saved);
}

/* ── A refused request (7) ─────────────────────────────────────────────────────────────────────────────────────── */

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

void zaikio_apply_refusal(const struct maker *maker, struct order *copy)
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
