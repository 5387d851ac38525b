/*
 * What the service layer refuses (6, 7), in the order of 9.22: cancel_status, overlapping flags, reasons, payment, item
 * states. Each rule is a function of the table at the end; the first that raises an exception answers.
 */
#include <string.h>

#include "base/json_index.h"
#include "providers/akinon/plan.h"

/* ── The order's plan ──────────────────────────────────────────────────────────────────────────────────────────── */

static enum step check_cancel_status(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    (void)request;
    const char *now = akinon_cancel_status(order);
    if (akinon_plan_waits(order) && exchange_knob(x, KNOB_PLANS_PER_ORDER) == PLANS_ONE)
        return akinon_raise(x, MORE_THAN_ONE,
                            &(struct reason){"6: a plan is waiting on the order", "cancel_status", "no open plan", now,
                                             .knob = "plans_per_order=many"});
    if (strcmp(order->state, "canceled") == 0)
        return akinon_raise(
            x, ALREADY_CANCELLED,
            &(struct reason){"6: the order is cancelled", "status", "a cancellable status", order->state});
    if (akinon_awaits_payment(order))
        return akinon_raise(x, UPDATE_CANCEL_STATUS,
                            &(struct reason){"7: waiting_for_payment cannot go back to waiting", "cancel_status",
                                             "a status that may become waiting", now});
    return STEP_NEXT;
}

/* ── Flags ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool cargo_overlaps(struct exchange *x, const struct cancel_request *request)
{
    bool selection = request->is_all || request->chosen_count > 0;
    switch (exchange_knob(x, KNOB_CARGO_REFUND)) {
    case CARGO_EXCLUSIVE:
        return request->is_cargo_refund && selection;
    case CARGO_NEEDS_SELECTION:
        return request->is_cargo_refund && request->chosen_count == 0;
    default:
        return false;
    }
}

static enum step check_flags(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    (void)order;
    const char *actual = NULL;
    bool cargo_alone = request->is_cargo_refund && exchange_knob(x, KNOB_CARGO_REFUND) == CARGO_EXCLUSIVE;
    if (request->is_all && request->chosen_count > 0)
        actual = "both";
    else if (!request->is_all && request->chosen_count == 0 && !cargo_alone)
        actual = "neither"; /* 9.10 */
    else if (cargo_overlaps(x, request))
        actual = "is_cargo_refund beside the wrong selection";
    if (actual == NULL)
        return STEP_NEXT;
    return akinon_raise(x, OVERLAPPING_PARAMETER,
                        &(struct reason){"6: either is_all or cancel_items", "cancel_items", "one of the two", actual});
}

/* is_all means what is still open; where nothing is, everything, so that the item states tell why not. */
static enum step choose_all(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    (void)x;
    if (!request->is_all)
        return STEP_NEXT;
    bool open_only = akinon_has_open_item(order);
    size_t i = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, i++) {
        request->chosen[i] = !open_only || akinon_item_is_open(item);
        request->chosen_count += request->chosen[i];
    }
    return STEP_NEXT;
}

/* ── Reasons ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_missing_reason(struct exchange *x, const char *pk)
{
    return akinon_raise(x, MISSING_REASON,
                        &(struct reason){"6: an item has no reason", "reasons", "a reason for every item", pk});
}

static enum step check_reasons(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    int64_t needed = request->is_all ? exchange_knob(x, KNOB_REASONS_WHEN_ALL) : REASONS_ALL_ITEMS;
    if (needed == REASONS_OPTIONAL)
        return STEP_NEXT;
    if (needed == REASONS_ANY)
        return request->reasons->child != NULL ? STEP_NEXT : refuse_missing_reason(x, "{}");
    size_t i = 0;
    const char *without = NULL;
    struct json_index reasons;
    json_index_begin_reading(&reasons, request->reasons);
    for (const cJSON *item = akinon_first_item(order); item != NULL && without == NULL; item = item->next, i++)
        if (request->chosen[i] && json_index_find(&reasons, akinon_item_pk(item)) == NULL)
            without = akinon_item_pk(item);
    json_index_end(&reasons);
    return without == NULL ? STEP_NEXT : refuse_missing_reason(x, without);
}

/* The digits of a reason id, sent as a number or as a string (9.7). */
static const char *reason_pk(const cJSON *value)
{
    return cJSON_IsString(value) ? value->valuestring : json_number_text(value);
}

/* Every reason that was sent, of whatever item: as the fields of a serializer would be checked. */
static enum step check_reason_ids(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    (void)order;
    if (exchange_knob(x, KNOB_REASON_VALUE) == REASON_ANY)
        return STEP_NEXT;
    for (const cJSON *value = request->reasons->child; value != NULL; value = value->next) {
        const char *pk = reason_pk(value);
        if (akinon_may_use_reason(x, pk))
            continue;
        const char *text = arena_print(x->arena, "Invalid pk \"%s\" - object does not exist.", pk);
        const struct reason why = {"6: reason id unknown or inactive", "reasons", "the id of an active reason",
                                   exchange_describe(x, value)};
        return exchange_refuse(x, 400, akinon_field_error("reasons", text), &why);
    }
    return STEP_NEXT;
}

/* ── Payment ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool items_differ(const struct order *order)
{
    const cJSON *first = akinon_first_item(order);
    for (const cJSON *item = first; item != NULL; item = item->next)
        if (akinon_item_status(item) != akinon_item_status(first))
            return true;
    return false;
}

/* What the plan would give back with the items that were asked for (7, Money), or what a fixture says; in a text. */
static const char *refundable_amount(struct exchange *x, const struct order *order,
                                     const struct cancel_request *request)
{
    const char *said = json_string(order->facts, "refundable_amount");
    if (said != NULL || exchange_knob(x, KNOB_REFUND_AMOUNT) == REFUND_UNCHANGED)
        return said == NULL ? "0.00" : said;
    cJSON *pks = akinon_waiting_pks(order); /* a plan that waits takes more items (9.21) */
    size_t i = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, i++)
        if (request->chosen[i])
            json_set_null(pks, akinon_item_pk(item));
    char text[AKINON_AMOUNT_TEXT_MAX];
    akinon_amount_write(akinon_refund(order, pks, request->is_cargo_refund), text);
    cJSON_Delete(pks);
    return arena_dup(x->arena, text);
}

static enum step check_payment(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    const char *payment = akinon_payment_type(order);
    const char *refundable = refundable_amount(x, order, request);
    if (strcmp(payment, "card") == 0 && cJSON_IsFalse(json_member(order->facts, "purchase_transaction")))
        return akinon_raise(
            x, PURCHASE_TRANSACTION_NOT_FOUND,
            &(struct reason){"6: a card order needs its purchase transaction", NULL, "a transaction", "none"});
    if (akinon_amount_read(refundable) < 0)
        return akinon_raise(x, NO_REFUNDABLE_AMOUNT,
                            &(struct reason){"6: the refund is not below 0", NULL, "0 or more", refundable});
    if (strcmp(payment, "cash_on_delivery") == 0 && items_differ(order))
        return akinon_raise(x, MULTIPLE_ITEM_STATUS,
                            &(struct reason){"6: items of a cash-on-delivery order have one status", "orderitem_set",
                                             "one status", "several"});
    return STEP_NEXT;
}

/* ── Item states (7) ───────────────────────────────────────────────────────────────────────────────────────────── */

static enum step check_items_free(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    size_t i = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, i++) {
        const struct reason why = {"6: the item is free to be cancelled", "cancel_items", "an open item",
                                   akinon_item_pk(item)};
        if (request->chosen[i] && akinon_item_has(item, CODE_WAITING) && akinon_plan_waits(order))
            return akinon_raise(x, MORE_THAN_ONE, &why);
        if (request->chosen[i] && akinon_item_has(item, CODE_CANCELED))
            return akinon_raise(x, ALREADY_CANCELLED, &why);
    }
    return STEP_NEXT;
}

/* What the chosen items start. Where none is chosen (shipping cost alone, an order without items) it is the order's
 * status that tells; and a plan that waits says it for what joins it. */
static void mark_kinds(const struct order *order, const struct cancel_request *request, bool starts[PLAN_REFUND + 1])
{
    size_t i = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, i++)
        if (request->chosen[i])
            starts[akinon_item_starts(item)] = true;
    if (request->chosen_count == 0)
        starts[akinon_status(order->state)->starts] = true;
    if (akinon_plan_waits(order)) {
        const char *kind = json_string_or(json_member(order->facts, "plan"), "kind", "cancel");
        starts[strcmp(kind, "refund") == 0 ? PLAN_REFUND : PLAN_CANCEL] = true;
    }
}

/* An item that an earlier plan settled otherwise than this one would. */
static const cJSON *item_of_the_other_kind(const struct order *order, enum plan_kind kind)
{
    const char *other = kind == PLAN_CANCEL ? CODE_REFUNDED : CODE_CANCELED;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        if (akinon_item_has(item, other))
            return item;
    return NULL;
}

/* "not possible to partially cancel some and return some inside the order" (page): also not one after the other. The
 * shipping cost alone (9.9) is no item. */
static enum step check_kinds_of_order(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    const cJSON *other = item_of_the_other_kind(order, request->kind);
    if (other == NULL || request->chosen_count == 0 || exchange_knob(x, KNOB_MIXED_KINDS) == MIXED_PER_CALL)
        return STEP_NEXT;
    return akinon_raise(x, MIXED_PLAN,
                        &(struct reason){"9.23: an order is cancelled or returned, not both", "cancel_items",
                                         request->kind == PLAN_CANCEL ? "no returned item" : "no cancelled item",
                                         akinon_item_pk(other)});
}

/* One call, one kind (page; 7). */
static enum step check_kind(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    bool starts[PLAN_REFUND + 1] = {false};
    mark_kinds(order, request, starts);
    if (starts[PLAN_CANCEL] && starts[PLAN_REFUND])
        return akinon_raise(x, MIXED_PLAN,
                            &(struct reason){"6: items are cancelled or returned, not both in one plan", "cancel_items",
                                             "items before, or items after shipping", "both"});
    if (starts[PLAN_NONE])
        return akinon_raise(
            x, WRONG_STATUS,
            &(struct reason){"7: this status cannot be cancelled", "status", "a cancellable status", order->state});
    request->kind = starts[PLAN_CANCEL] ? PLAN_CANCEL : PLAN_REFUND;
    return STEP_NEXT;
}

/* Strategy 1: what the ERP does not know can be cancelled only if it waits for payment, never goes there, or is marked
 * as sent. Returns are not the ERP's business. */
static enum step check_erp(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    if (!exchange_knob_on(x, KNOB_ENFORCE_ERP_RULE) || request->kind != PLAN_CANCEL)
        return STEP_NEXT;
    if (json_true(order->facts, "erp_reported") || cJSON_IsFalse(json_member(order->facts, "erp_sendable")) ||
        json_true(order->document, "is_send") || strcmp(order->state, "payment_waiting") == 0)
        return STEP_NEXT;
    return akinon_raise(x, NOT_SENT_TO_ERP,
                        &(struct reason){"7: the order is not yet exported to the ERP", "is_send", "true", "false",
                                         .knob = "enforce_erp_rule=off"});
}

/* A shop's strategy may know whole orders only (8.4). */
static enum step check_partial(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    size_t i = 0;
    if (exchange_knob(x, KNOB_STRATEGY_PARTIAL) == PARTIAL_ALLOWED || request->chosen_count == 0)
        return STEP_NEXT;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, i++)
        if (!request->chosen[i] && !akinon_item_is_settled(item))
            return akinon_raise(x, PARTIAL_NOT_ALLOWED,
                                &(struct reason){"8.4: the strategy cancels whole orders", "cancel_items",
                                                 "every item of the order", akinon_item_pk(item)});
    return STEP_NEXT;
}

/* A reason of the other kind is no mistake for the vendor, as far as the documents tell (9.24). */
static enum step check_reason_type(struct exchange *x, const char *kind, const cJSON *value)
{
    const cJSON *reason = value == NULL ? NULL : akinon_reason(x, reason_pk(value));
    const char *type = json_string_or(reason, "cancellation_type", kind);
    if (strcmp(type, kind) == 0)
        return STEP_NEXT;
    const char *text = arena_print(x->arena, "Reason %s is for %s.", reason_pk(value), type);
    if (exchange_knob(x, KNOB_REASON_TYPE) == TYPE_MUST_MATCH)
        return exchange_refuse(
            x, 400, akinon_field_error("reasons", text),
            &(struct reason){"9.24: a reason has the cancellation_type of the plan", "reasons", kind, type});
    exchange_note(
        x, arena_print(x->arena, "akinon 9.24: the plan is a %s, and a reason is for %s (reason_type)", kind, type));
    return STEP_NEXT;
}

static enum step check_reason_types(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    const char *kind = request->kind == PLAN_REFUND ? "refund" : "cancel";
    enum step step = STEP_NEXT;
    size_t i = 0;
    struct json_index reasons;
    json_index_begin_reading(&reasons, request->reasons);
    for (const cJSON *item = akinon_first_item(order); item != NULL && step == STEP_NEXT; item = item->next, i++)
        if (request->chosen[i])
            step = check_reason_type(x, kind, json_index_find(&reasons, akinon_item_pk(item)));
    json_index_end(&reasons);
    return step;
}

typedef enum step rule(struct exchange *x, const struct order *order, struct cancel_request *request);

static rule *const rules[] = {
    check_cancel_status, check_flags, choose_all,           check_reasons, check_reason_ids, check_payment,
    check_items_free,    check_kind,  check_kinds_of_order, check_partial, check_erp,        check_reason_types,
};

enum step akinon_check_rules(struct exchange *x, const struct order *order, struct cancel_request *request)
{
    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if (rules[i](x, order, request) == STEP_REPLY)
            return STEP_REPLY;
    return STEP_NEXT;
}
