/*
 * The three calls that cancel: DELETE of a draft, PATCH with cancel_by_consumer, PATCH with request_cancelation; and
 * `place`, which shares the PATCH.
 *
 * A body is judged in two steps, as the vendor's framework does: what is malformed is a 400 before any order is looked
 * at; what the order cannot do is a 422 after it.
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── Request fields (4) ────────────────────────────────────────────────────────────────────────────────────────── */

/* Members of `order` that a PATCH may carry; the rest is unknown. */
static const char *const content_members[] = {
    "delivery_mode",
    "references",
    "deliveries_attributes",
    "order_line_items_attributes",
    "exclusive_sales_group_id",
    NULL,
};
/* Described as writable, without a word of what that does: ignored (9 A14). */
static const char *const stamp_members[] = {
    "canceled_by_consumer_at",
    "cancelation_requested_at",
    "placed_at",
    NULL,
};

static enum step refuse_missing_order(struct exchange *x, const struct reason *why)
{
    return exchange_refuse(x, 400, zaikio_error_field("order", "is missing"), why);
}

static bool is_permitted(const char *name)
{
    return strcmp(name, "state_event") == 0 || zaikio_is_one_of(name, content_members) ||
           zaikio_is_one_of(name, stamp_members);
}

#define UNKNOWN_TOLD_MAX 50

static void list_unknown(cJSON *errors, const char *name)
{
    if (cJSON_GetArraySize(errors) < UNKNOWN_TOLD_MAX && json_member(errors, name) == NULL)
        cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, name), cJSON_CreateString("is not permitted"));
}

/* The knob strict_schema: the description forbids members that it does not name (4, additionalProperties). */
static enum step check_members(struct exchange *x, const cJSON *body, const cJSON *change)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *errors = cJSON_AddObjectToObject(answer, "errors");
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, body) {
        if (strcmp(member->string, "order") != 0)
            list_unknown(errors, member->string);
    }
    cJSON_ArrayForEach (member, change) {
        if (!is_permitted(member->string))
            list_unknown(errors, member->string);
    }
    if (errors->child == NULL) {
        cJSON_Delete(answer);
        return STEP_NEXT;
    }
    const char *name = arena_dup(x->arena, errors->child->string);
    return exchange_refuse(x, 400, answer,
                           &(struct reason){"4: no members but the described ones", name, "absent", "present"});
}

enum step zaikio_validate_patch(struct exchange *x)
{
    if (!exchange_content_is(x, "application/json")) {
        const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                                   exchange_header(x, "Content-Type")};
        if (exchange_knob(x, KNOB_BAD_CONTENT_TYPE) == CONTENT_415)
            return exchange_refuse(x, 415, zaikio_error_list("unsupported_media_type", NULL), &why);
        return refuse_missing_order(x, &why);
    }

    const cJSON *body = NULL;
    if (exchange_body(x, &body) == BODY_BROKEN)
        return exchange_refuse(
            x, 400, zaikio_error_field("base", "is not valid JSON"),
            &(struct reason){"4: the body is JSON", "body", "one JSON object", exchange_body_problem(x)->text});
    const cJSON *change = json_member(body, "order");
    if (!cJSON_IsObject(change))
        return refuse_missing_order(
            x, &(struct reason){"4: the change stands in `order`", "order", "an object", exchange_describe(x, change)});
    return exchange_knob(x, KNOB_STRICT_SCHEMA) == 1 ? check_members(x, body, change) : STEP_NEXT;
}

/* ── Refusals (6, 7) ───────────────────────────────────────────────────────────────────────────────────────────── */

/* "canceled by consumer" for "canceled_by_consumer". */
static const char *in_words(struct exchange *x, const char *name)
{
    char *words = arena_dup(x->arena, name);
    for (char *c = words; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    return words;
}

static cJSON *transition_error(struct exchange *x, const char *event, const char *state)
{
    static const char *const fields[] = {
        [TRANSITION_FIELD_STATE_EVENT] = "state_event",
        [TRANSITION_FIELD_STATE] = "state",
        [TRANSITION_FIELD_BASE] = "base",
    };
    bool via = exchange_knob(x, KNOB_TRANSITION_TEXT) == TRANSITION_TEXT_VIA;
    const char *text = via ? arena_print(x->arena, "cannot transition via \"%s\"", in_words(x, event))
                           : arena_print(x->arena, "cannot transition when %s", in_words(x, state));
    return zaikio_error_field(fields[exchange_knob(x, KNOB_TRANSITION_FIELD)], text);
}

static int transition_status(const struct exchange *x)
{
    switch (exchange_knob(x, KNOB_TRANSITION_STATUS)) {
    case TRANSITION_STATUS_400:
        return 400;
    case TRANSITION_STATUS_409:
        return 409;
    default:
        return 422;
    }
}

static enum step refuse_transition(struct exchange *x, const char *event, const struct order *order,
                                   const struct reason *why)
{
    return exchange_refuse(x, transition_status(x), transition_error(x, event, order->state), why);
}

static enum step refuse_unknown_event(struct exchange *x, const cJSON *event)
{
    int status = exchange_knob(x, KNOB_UNKNOWN_EVENT_STATUS) == EVENT_STATUS_400 ? 400 : 422;
    return exchange_refuse(x, status, zaikio_error_field("state_event", "is invalid"),
                           &(struct reason){"6: unknown event name", "state_event",
                                            "place, cancel_by_consumer or request_cancelation",
                                            exchange_describe(x, event)});
}

/* ── PATCH: the events of the consumer (4, 7) ──────────────────────────────────────────────────────────────────── */

/* A second event of the same kind (7): refused by default. */
static bool is_welcome_repeat(const struct exchange *x, const struct order *order, const char *reached)
{
    return exchange_knob(x, KNOB_REPEAT_EVENT) == REPEAT_200_SAME && strcmp(order->state, reached) == 0;
}

static enum step place(struct exchange *x, const struct order *order, struct order **changed)
{
    if (strcmp(order->state, "draft") != 0)
        return refuse_transition(
            x, "place", order,
            &(struct reason){"7: only a draft is placed", "state_event", "an order in draft", order->state});
    *changed = order_copy(order);
    order_enter(*changed, "placed", exchange_now(x));
    return STEP_NEXT;
}

static enum step cancel_by_consumer(struct exchange *x, const struct order *order, struct order **changed)
{
    if (is_welcome_repeat(x, order, "canceled_by_consumer"))
        return STEP_NEXT;
    bool from_failed = exchange_knob(x, KNOB_CANCEL_FROM_TRANSFER_FAILED) == 0;
    bool fine = strcmp(order->state, "placed") == 0 || (from_failed && strcmp(order->state, "transfer_failed") == 0);
    if (!fine)
        return refuse_transition(x, "cancel_by_consumer", order,
                                 &(struct reason){"page Cancel By Consumer: placed, not yet transferred", "state_event",
                                                  from_failed ? "placed or transfer_failed" : "placed", order->state});
    *changed = order_copy(order);
    order_enter(*changed, "canceled_by_consumer", exchange_now(x));
    return STEP_NEXT;
}

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

static enum step check_policy(struct exchange *x, const struct order *order)
{
    const struct policy_row *row = policy_row_of(x, order);
    bool fine = zaikio_is_one_of(order->state, row->from);
    if (strcmp(order->state, "placed") == 0)
        fine = exchange_knob(x, KNOB_REQUEST_WHEN_PLACED) == 1;
    if (strcmp(row->policy, "before_shipment") == 0 && strcmp(order->state, "partially_shipped") == 0)
        fine = exchange_knob(x, KNOB_REQUEST_WHEN_PARTIALLY_SHIPPED) == 1;
    if (fine)
        return STEP_NEXT;

    const struct reason why = {"7: the supplier's cancelation policy", "state_event", row->expected, order->state};
    bool policy_alone = strcmp(row->policy, "never") == 0 && zaikio_is_one_of(order->state, policy_rows[0].from);
    if (policy_alone && exchange_knob(x, KNOB_NEVER_STATUS) == NEVER_STATUS_403)
        return exchange_refuse(x, 403, transition_error(x, "request_cancelation", order->state), &why);
    return refuse_transition(x, "request_cancelation", order, &why);
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

/* What the refusal of the request will need to know; an event has no knobs at hand, so they are read here. */
static void remember_request(const struct exchange *x, struct order *copy, const char *before)
{
    bool next = exchange_knob(x, KNOB_REFUSED_STATE) == REFUSED_NEXT;
    json_set_string(copy->facts, "state_before", before);
    json_set_string(copy->facts, "returns_to", next ? next_regular(before) : before);
    json_set_bool(copy->facts, "clears_stamp", exchange_knob(x, KNOB_REFUSED_STAMP) == STAMP_CLEARED);
    json_set_null(copy->document, "cancelation_requested_at"); /* of an earlier request that was refused */
}

static enum step request_cancelation(struct exchange *x, const struct order *order, struct order **changed)
{
    if (is_welcome_repeat(x, order, "cancelation_requested"))
        return STEP_NEXT;
    if (check_policy(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (exchange_knob(x, KNOB_REQUEST_ANSWER_STATE) == ANSWER_OLD)
        zaikio_show_as_is(x, order);
    *changed = order_copy(order);
    remember_request(x, *changed, order->state);
    order_enter(*changed, "cancelation_requested", exchange_now(x));
    return STEP_NEXT;
}

static const struct consumer_event {
    const char *name;
    enum step (*decide)(struct exchange *x, const struct order *order, struct order **changed);
} consumer_events[] = {
    {"place", place},
    {"cancel_by_consumer", cancel_by_consumer},
    {"request_cancelation", request_cancelation},
};

static const struct consumer_event *find_event(const cJSON *word)
{
    for (size_t i = 0; cJSON_IsString(word) && i < COUNT_OF(consumer_events); i++)
        if (strcmp(consumer_events[i].name, word->valuestring) == 0)
            return &consumer_events[i];
    return NULL;
}

/* 9 A3: what is in an order can be changed only while it is a draft. */
static enum step check_contents(struct exchange *x, const struct order *order, const cJSON *change)
{
    if (strcmp(order->state, "draft") == 0)
        return STEP_NEXT;
    for (const char *const *name = content_members; *name != NULL; name++)
        if (json_member(change, *name) != NULL)
            return exchange_refuse(x, 422, zaikio_error_field("base", "can only be changed in draft state"),
                                   &(struct reason){"9 A3: changed after placing", *name, "a draft", order->state});
    return STEP_NEXT;
}

enum step zaikio_decide_patch(struct exchange *x, const struct order *order, struct order **changed)
{
    x->scratch = NULL;
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;

    const cJSON *body = NULL;
    exchange_body(x, &body);
    const cJSON *change = json_member(body, "order");
    const cJSON *word = json_member(change, "state_event");
    bool none = word == NULL || cJSON_IsNull(word);
    const struct consumer_event *event = find_event(word);
    if (!none && event == NULL)
        return refuse_unknown_event(x, word);
    if (check_contents(x, order, change) == STEP_REPLY)
        return STEP_REPLY;
    if (event != NULL)
        return event->decide(x, order, changed);
    exchange_give_reason(x, &(struct reason){"4: without state_event nothing changes", "state_event",
                                             "the name of an event", exchange_describe(x, word)});
    return STEP_NEXT;
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
