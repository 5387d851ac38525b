/*
 * The consumer's events: place, cancel_by_consumer, request_cancelation; and where the supplier's policy lets him ask.
 *
 * Each works on a copy that may already hold other changes of the same request: when it refuses, nobody sees the copy,
 * so a request that fails changes nothing (7).
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* A second cancel or request (7): refused by default. */
static bool is_welcome_repeat(const struct exchange *x, const struct order *order, const char *reached)
{
    return exchange_knob(x, KNOB_REPEAT_EVENT) == REPEAT_WELCOME && strcmp(order->state, reached) == 0;
}

/* ── place, cancel_by_consumer (page Cancel By Consumer) ───────────────────────────────────────────────────────── */

static enum step move(struct exchange *x, struct order *copy, const char *state, bool *moved)
{
    order_enter(copy, state, exchange_now(x));
    *moved = true;
    return STEP_NEXT;
}

enum step zaikio_place(struct exchange *x, struct order *copy, bool *moved)
{
    if (strcmp(copy->state, "draft") != 0)
        return zaikio_refuse_transition(
            x, "place", copy->state,
            &(struct reason){"7: only a draft is placed", "state_event", "an order in draft", copy->state});
    return move(x, copy, "placed", moved);
}

enum step zaikio_cancel_by_consumer(struct exchange *x, struct order *copy, bool *moved)
{
    if (is_welcome_repeat(x, copy, "canceled_by_consumer"))
        return STEP_NEXT;
    bool from_failed = exchange_knob_on(x, KNOB_CANCEL_FROM_TRANSFER_FAILED);
    bool fine = strcmp(copy->state, "placed") == 0 || (from_failed && strcmp(copy->state, "transfer_failed") == 0);
    if (fine)
        return move(x, copy, "canceled_by_consumer", moved);
    return zaikio_refuse_transition(
        x, "cancel_by_consumer", copy->state,
        &(struct reason){"page Cancel By Consumer: placed, not yet transferred", "state_event",
                         from_failed ? "placed or transfer_failed" : "placed", copy->state});
}

/* ── request_cancelation (page Request Cancelation; 7) ─────────────────────────────────────────────────────────── */

/* Where each policy allows a request (7); the first row is the widest. */
static const struct policy_row {
    const char *policy;
    const char *const *from;
    const char *expected;
} policy_rows[] = {
    {"always", (const char *const[]){"transferred", "confirmed", "producing", "partially_shipped", "shipped", NULL},
     "transferred, confirmed, producing, partially_shipped or shipped (policy always)"},
    {"before_production", (const char *const[]){"transferred", "confirmed", NULL},
     "transferred or confirmed (policy before_production)"},
    {"before_shipment", (const char *const[]){"transferred", "confirmed", "producing", NULL},
     "transferred, confirmed or producing (policy before_shipment)"},
    {"never", (const char *const[]){NULL}, "no state at all (policy never)"},
};

static const struct policy_row *policy_row_of(struct exchange *x, const struct order *order)
{
    const char *policy = zaikio_policy_of(x, order);
    for (size_t i = 0; i < COUNT_OF(policy_rows); i++)
        if (strcmp(policy_rows[i].policy, policy) == 0)
            return &policy_rows[i];
    return &policy_rows[1]; /* the policy of every recorded supplier (7) */
}

bool zaikio_policy_allows(struct exchange *x, const struct order *order)
{
    const struct policy_row *row = policy_row_of(x, order);
    bool never = row->from[0] == NULL;
    if (strcmp(order->state, "placed") == 0)
        return !never && exchange_knob(x, KNOB_REQUEST_WHEN_PLACED) == PLACED_ALLOW;
    if (strcmp(row->policy, "before_shipment") == 0 && strcmp(order->state, "partially_shipped") == 0)
        return exchange_knob_on(x, KNOB_REQUEST_WHEN_PARTIALLY_SHIPPED);
    return zaikio_is_one_of(order->state, row->from);
}

static enum step check_policy(struct exchange *x, const struct order *order)
{
    if (zaikio_policy_allows(x, order))
        return STEP_NEXT;
    const struct policy_row *row = policy_row_of(x, order);
    const struct reason why = {"7: the supplier's cancelation policy", "state_event", row->expected, order->state};
    bool policy_alone = strcmp(row->policy, "never") == 0 && zaikio_is_one_of(order->state, policy_rows[0].from);
    if (policy_alone && exchange_knob(x, KNOB_NEVER_STATUS) == NEVER_STATUS_403)
        return exchange_refuse(x, 403, zaikio_error_transition(x, "request_cancelation", order->state), &why);
    return zaikio_refuse_transition(x, "request_cancelation", order->state, &why);
}

enum step zaikio_request_cancelation(struct exchange *x, struct order *copy, bool *moved)
{
    if (is_welcome_repeat(x, copy, "cancelation_requested"))
        return STEP_NEXT;
    if (check_policy(x, copy) == STEP_REPLY)
        return STEP_REPLY;
    if (exchange_knob(x, KNOB_REQUEST_ANSWER_STATE) == ANSWER_OLD)
        zaikio_show(x, copy->document);
    json_set_string(copy->facts, "state_before", copy->state);
    json_set_null(copy->document, "cancelation_requested_at"); /* of an earlier request that was refused */
    return move(x, copy, "cancelation_requested", moved);
}

/* ── Names (4) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct consumer_event consumer_events[] = {
    {"place", zaikio_place},
    {"cancel_by_consumer", zaikio_cancel_by_consumer},
    {"request_cancelation", zaikio_request_cancelation},
};

enum step zaikio_find_event(struct exchange *x, const cJSON *word, const struct consumer_event **event)
{
    if (word == NULL || cJSON_IsNull(word))
        return STEP_NEXT;
    for (size_t i = 0; cJSON_IsString(word) && i < COUNT_OF(consumer_events); i++)
        if (strcmp(consumer_events[i].name, word->valuestring) == 0) {
            *event = &consumer_events[i];
            return STEP_NEXT;
        }
    return exchange_refuse(
        x, exchange_knob_status(x, KNOB_UNKNOWN_EVENT_STATUS), zaikio_error_field("state_event", "is invalid"),
        &(struct reason){"6: unknown event name", "state_event", "place, cancel_by_consumer or request_cancelation",
                         exchange_describe(x, word)});
}
