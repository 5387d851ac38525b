/*
 * The calls that cancel: PATCH of an order with one of the consumer's events, and DELETE of a draft. The same PATCH
 * places an order and changes what is in a draft.
 *
 * An event works on a copy that may already hold other changes of the same request: when it refuses, nobody sees the
 * copy, so a request that fails changes nothing (7).
 */
#include <string.h>

#include "providers/zaikio/contents.h"

/* ── The consumer's events (page Cancel By Consumer, page Request Cancelation; 7) ──────────────────────────────── */

/* A second cancel or request (7): refused by default. */
static bool is_welcome_repeat(const struct exchange *x, const struct order *order, const char *reached)
{
    return exchange_knob(x, KNOB_REPEAT_EVENT) == REPEAT_WELCOME && strcmp(order->state, reached) == 0;
}

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

enum step zaikio_request_cancelation(struct exchange *x, struct order *copy, bool *moved)
{
    if (is_welcome_repeat(x, copy, "cancelation_requested"))
        return STEP_NEXT;
    if (zaikio_check_policy(x, copy) == STEP_REPLY)
        return STEP_REPLY;
    if (json_true(copy->facts, "was_refused") && exchange_knob(x, KNOB_SECOND_REQUEST) == SECOND_REFUSED)
        return zaikio_refuse_transition(x, "request_cancelation", copy->state,
                                        &(struct reason){"9 A20: a request was refused before", "state_event",
                                                         "the first request", "another",
                                                         .knob = "second_request=allow"});
    if (exchange_knob(x, KNOB_REQUEST_ANSWER_STATE) == ANSWER_OLD)
        zaikio_show(x, copy->document);
    json_set_string(copy->facts, "state_before", copy->state);
    json_set_null(copy->document, "cancelation_requested_at"); /* of an earlier request that was refused */
    return move(x, copy, "cancelation_requested", moved);
}

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

/* ── PATCH (4, 9 A3) ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The last three are described as writable, without a word of what that does: ignored (9 A14). */
static const char *const permitted[] = {
    "state_event",
    "delivery_mode",
    "references",
    "deliveries_attributes",
    "order_line_items_attributes",
    "exclusive_sales_group_id",
    "canceled_by_consumer_at",
    "cancelation_requested_at",
    "placed_at",
    NULL,
};

enum step zaikio_validate_patch(struct exchange *x)
{
    if (zaikio_check_body(x, "order", permitted) == STEP_REPLY)
        return STEP_REPLY;
    return zaikio_check_types(x, zaikio_change(x, "order"));
}

static enum step change_to(struct exchange *x, struct order *copy, const cJSON *others)
{
    if (strcmp(copy->state, "draft") != 0)
        return zaikio_refuse_not_draft(x, others->child->string, copy);
    if (zaikio_check_values(x, copy, others) == STEP_REPLY)
        return STEP_REPLY;
    zaikio_apply_contents(x, copy->document, copy->facts, others);
    zaikio_touch(x, copy->document);
    return STEP_NEXT;
}

/* What is in an order can be changed only while it is a draft (9 A3); what it has already is no change (4). */
static enum step change_contents(struct exchange *x, struct order *copy, const cJSON *change, bool *changed)
{
    cJSON *others = zaikio_other_contents(copy->document, change);
    *changed = others->child != NULL;
    enum step step = *changed ? change_to(x, copy, others) : STEP_NEXT;
    cJSON_Delete(others);
    return step;
}

/* The three writable stamps do nothing; one of another value is a mistake of the client's all the same (9 A14). */
static void note_stamps(struct exchange *x, const struct order *order, const cJSON *change)
{
    static const char *const stamps[] = {"canceled_by_consumer_at", "cancelation_requested_at", "placed_at"};
    for (size_t i = 0; i < COUNT_OF(stamps); i++) {
        const cJSON *given = json_member(change, stamps[i]), *own = json_member(order->document, stamps[i]);
        if (given != NULL && !cJSON_IsNull(given) && !cJSON_Compare(given, own, true))
            exchange_note(x, arena_print(x->arena, "zaikio 9 A14: %s is not the order's, and ignored", stamps[i]));
    }
}

static enum step change_order(struct exchange *x, struct order *copy, bool *changed)
{
    const cJSON *change = zaikio_change(x, "order"), *word = json_member(change, "state_event");
    const struct consumer_event *event = NULL;
    note_stamps(x, copy, change);
    if (zaikio_find_event(x, word, &event) == STEP_REPLY || change_contents(x, copy, change, changed) == STEP_REPLY)
        return STEP_REPLY;
    if (event != NULL)
        return event->decide(x, copy, changed);
    if (!*changed)
        exchange_give_reason(x, &(struct reason){"4: without state_event nothing changes", "state_event",
                                                 "the name of an event", exchange_describe(x, word)});
    return STEP_NEXT;
}

enum step zaikio_decide_patch(struct exchange *x, const struct order *order, struct order **changed)
{
    x->scratch = NULL;
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    struct order *copy = order_copy(order);
    bool has_changed = false;
    enum step step = change_order(x, copy, &has_changed);
    if (step == STEP_NEXT && has_changed)
        *changed = copy;
    else
        order_drop(copy);
    return step;
}

/* ── DELETE: a draft (5, 9 A13) ────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_decide_delete(struct exchange *x, const struct order *order, struct order **changed)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "draft") != 0)
        return exchange_refuse(
            x, 422, zaikio_error_field("base", "can only be deleted in draft state"),
            &(struct reason){"6: DELETE of an order that is not a draft", "state", "draft", order->state});
    *changed = REMOVE_ORDER;
    return STEP_NEXT;
}

void zaikio_render_deleted(struct exchange *x)
{
    reply_header(x, "Content-Length", "0"); /* as recorded (5), though HTTP would leave it out */
    reply_empty(x, 204);
}
