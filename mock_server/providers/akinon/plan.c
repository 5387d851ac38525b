/*
 * A plan: what a cancel opens, and what becomes of it (7).
 *
 *     (none) ──cancel──▶ waiting ──approve──▶ approved   items 100, or 600 for a return
 *                           ├─────reject───▶ rejected   items as they were
 *                           └──no IBAN, fund transfer──▶ waiting_for_payment ──pay_out──▶ completed
 *
 * Out of waiting_for_payment none of the other phases can be reached (7); `completed`, which requests use, is ours.
 *
 * The document shows the phase as `cancel_status`. What the vendor does not show there stands in the order's facts:
 *
 *     "plan": {"kind":"cancel","status":"waiting","order_state":"approved","opened_us":…,"former":{"70193":"400"},
 *              "is_cargo_refund":false,"refund_invoice_number":null,"refund_amount":"250.00","iban_missing":false,
 *              "ibans":null,"holder_names":null,"payment_plan":[]}
 *
 * and the plans before it in "past_plans" (plan_calls.c shows them). An order made by a fixture may wait without such
 * an entry: it was approved before, and its plan is a cancel.
 *
 * The order's refund_amount grows when a plan ends well, and not before; its refund_invoice_number is then the plan's.
 * An order that still waited for its payment gets nothing back.
 *
 * A plan's time begins with its opening, also where the order keeps its state: so `since_us` and `polls` begin anew.
 */
#include <string.h>

#include "base/json_index.h"
#include "providers/akinon/plan.h"

const char *akinon_cancel_status(const struct order *order)
{
    return json_string_or(order->document, "cancel_status", "");
}

bool akinon_plan_waits(const struct order *order)
{
    const char *phase = akinon_cancel_status(order);
    return strcmp(phase, "waiting") == 0 || strcmp(phase, "confirmation_waiting") == 0 ||
           strcmp(phase, "confirmed") == 0;
}

bool akinon_awaits_payment(const struct order *order)
{
    return strcmp(akinon_cancel_status(order), "waiting_for_payment") == 0;
}

static const cJSON *plan_of(const struct order *order)
{
    return json_member(order->facts, "plan");
}

static void start_clock(struct order *copy, int64_t now_us)
{
    copy->since_us = now_us;
    copy->polls = 0;
}

/* Only an order that waited as a whole has left its state. */
static const char *state_before(const struct order *order)
{
    const char *before = json_string_or(plan_of(order), "order_state", "approved");
    const struct akinon_status *known = akinon_status(before);
    return known == NULL ? "approved" : known->state;
}

/* ── The refund (7, Money) ─────────────────────────────────────────────────────────────────────────────────────── */

static bool is_paid(const struct order *order)
{
    const char *state = strcmp(order->state, "cancellation_waiting") == 0 ? state_before(order) : order->state;
    return strcmp(state, "waiting") != 0 && strcmp(state, "payment_waiting") != 0;
}

/* What the plan that waits gives back as of now. */
static int64_t refund_of_waiting(const struct maker *maker, const struct order *order)
{
    if (maker_knob(maker, KNOB_REFUND_AMOUNT) == REFUND_UNCHANGED || !is_paid(order))
        return 0;
    cJSON *pks = akinon_waiting_pks(order);
    int64_t refund = akinon_refund(order, pks, json_true(plan_of(order), "is_cargo_refund"));
    cJSON_Delete(pks);
    return refund;
}

static void set_amount(cJSON *object, int64_t amount)
{
    char text[AKINON_AMOUNT_TEXT_MAX];
    akinon_amount_write(amount, text);
    json_set_string(object, "refund_amount", text);
}

static void write_refund(struct order *copy, int64_t refund)
{
    cJSON *plan = json_member_mut(copy->facts, "plan");
    if (plan != NULL)
        set_amount(plan, refund);
}

/* Before the items of the plan are settled. */
static void give_back(const struct maker *maker, struct order *copy)
{
    int64_t refund = refund_of_waiting(maker, copy);
    const char *invoice = json_string(plan_of(copy), "refund_invoice_number");
    write_refund(copy, refund);
    if (refund != 0)
        set_amount(copy->document,
                   akinon_amount_read(json_string_or(copy->document, "refund_amount", "0.00")) + refund);
    if (invoice != NULL)
        json_set_string(copy->document, "refund_invoice_number", invoice);
}

/* ── Opening ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *new_plan(const struct order *order, const struct cancel_request *request, int64_t now_us)
{
    cJSON *plan = cJSON_CreateObject();
    json_set_string(plan, "kind", request->kind == PLAN_REFUND ? "refund" : "cancel");
    json_set_string(plan, "status", "waiting");
    json_set_string(plan, "order_state", order->state);
    json_set_integer(plan, "opened_us", now_us);
    json_set(plan, "former", cJSON_CreateObject());
    json_set_bool(plan, "is_cargo_refund", request->is_cargo_refund);
    json_set_string(plan, "refund_invoice_number", request->refund_invoice_number);
    json_set_string(plan, "refund_amount", "0.00");
    json_set_bool(plan, "iban_missing", false);
    json_set(plan, "ibans", NULL);
    json_set(plan, "holder_names", NULL);
    json_set(plan, "payment_plan", cJSON_CreateArray());
    return plan;
}

/* The plan that ended stays to be seen. */
static void put_aside(struct order *copy)
{
    cJSON *plan = cJSON_DetachItemFromObjectCaseSensitive(copy->facts, "plan");
    if (plan == NULL)
        return;
    cJSON *past = json_member_mut(copy->facts, "past_plans");
    if (past == NULL)
        past = cJSON_AddArrayToObject(copy->facts, "past_plans");
    while (cJSON_GetArraySize(past) >= PAST_PLANS_MAX) /* a fixture may have given any number */
        cJSON_DeleteItemFromArray(past, 0);
    cJSON_AddItemToArray(past, plan);
}

/* The plan that waits takes further items (9.21, knob plans_per_order); else a new one replaces the last. */
static cJSON *plan_for(struct order *copy, const struct cancel_request *request, int64_t now_us)
{
    cJSON *plan = json_member_mut(copy->facts, "plan");
    if (plan != NULL && akinon_plan_waits(copy) && cJSON_IsObject(json_member(plan, "former"))) {
        json_set_bool(plan, "is_cargo_refund", request->is_cargo_refund || json_true(plan, "is_cargo_refund"));
        if (request->refund_invoice_number != NULL)
            json_set_string(plan, "refund_invoice_number", request->refund_invoice_number);
        return plan;
    }
    put_aside(copy);
    plan = new_plan(copy, request, now_us);
    json_set(copy->facts, "plan", plan);
    return plan;
}

/* What was asked for of one item, in an object by its pk; null until something was. Whether there was something. */
static bool keep_text(cJSON *plan, const char *member, const struct json_index *asked, const char *pk)
{
    const cJSON *text = json_index_find(asked, pk);
    if (!cJSON_IsString(text))
        return false;
    if (!cJSON_IsObject(json_member(plan, member)))
        json_set(plan, member, cJSON_CreateObject());
    json_set_string(json_member_mut(plan, member), pk, text->valuestring);
    return true;
}

void akinon_open_plan(const struct maker *maker, struct order *copy, const struct cancel_request *request)
{
    int64_t now_us = maker->now_us;
    cJSON *plan = plan_for(copy, request, now_us);
    bool fund_transfer = strcmp(akinon_payment_type(copy), "fund_transfer") == 0;
    size_t i = 0;
    struct json_index ibans, holder_names;
    json_index_begin_reading(&ibans, request->ibans);
    json_index_begin_reading(&holder_names, request->holder_names);
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next, i++) {
        if (!request->chosen[i])
            continue;
        const char *pk = akinon_item_pk(item);
        json_set_string(json_member_mut(plan, "former"), pk, json_string_or(item, "status", ""));
        if (!keep_text(plan, "ibans", &ibans, pk) && fund_transfer)
            json_set_bool(plan, "iban_missing", true);
        (void)keep_text(plan, "holder_names", &holder_names, pk);
        akinon_set_item(item, CODE_WAITING, "waiting");
        akinon_answer_requests(copy, pk, "waiting", "confirmed", now_us);
    }
    json_index_end(&ibans);
    json_index_end(&holder_names);
    json_set_string(copy->document, "cancel_status", "waiting");
    write_refund(copy, refund_of_waiting(maker, copy));
    start_clock(copy, now_us);
    if (akinon_has_open_item(copy))
        akinon_touch(copy, now_us);
    else
        order_enter(copy, "cancellation_waiting", now_us);
}

/* ── Ending ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_phase(struct order *copy, const char *phase, int64_t now_us)
{
    json_set_string(copy->document, "cancel_status", phase);
    cJSON *plan = json_member_mut(copy->facts, "plan");
    if (plan != NULL)
        json_set_string(plan, "status", phase);
    akinon_touch(copy, now_us);
}

/* What a request of a waiting item becomes with its plan (8): "completed", "rejected". */
static void end_items(struct order *copy, const char *code, const char *phase, int64_t now_us)
{
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next) {
        if (!akinon_item_has(item, CODE_WAITING))
            continue;
        akinon_set_item(item, code, phase);
        akinon_answer_requests(copy, akinon_item_pk(item), "confirmed", "completed", now_us);
    }
}

/* Items that waited become cancelled, or refunded, and so does an order without any other. */
static void end_plan(const struct maker *maker, struct order *copy, const char *phase)
{
    int64_t now_us = maker->now_us;
    bool refund = strcmp(json_string_or(plan_of(copy), "kind", "cancel"), "refund") == 0;
    give_back(maker, copy);
    end_items(copy, refund ? CODE_REFUNDED : CODE_CANCELED, phase, now_us);
    set_phase(copy, phase, now_us);
    if (akinon_has_open_item(copy))
        return;
    order_enter(copy, refund ? "refunded" : "canceled", now_us);
    set_phase(copy, phase, now_us); /* entering the state made it `approved` */
}

bool akinon_lacks_iban(const struct order *order)
{
    return akinon_plan_waits(order) && strcmp(akinon_payment_type(order), "fund_transfer") == 0 &&
           !cJSON_IsFalse(json_member(plan_of(order), "iban_missing"));
}

void akinon_await_payment(const struct maker *maker, struct order *copy)
{
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next)
        if (akinon_item_has(item, CODE_WAITING))
            json_set_string(item, "cancel_status", "waiting_for_payment");
    set_phase(copy, "waiting_for_payment", maker->now_us);
    start_clock(copy, maker->now_us);
}

void akinon_pay_out(const struct maker *maker, struct order *copy)
{
    end_plan(maker, copy, "completed");
}

void akinon_approve(const struct maker *maker, struct order *copy)
{
    if (akinon_lacks_iban(copy))
        akinon_await_payment(maker, copy);
    else
        end_plan(maker, copy, "approved");
}

/* 9.14. A plan of the fixtures has no time of opening, and stands still. */
int64_t akinon_auto_approval(const struct maker *maker, const struct order *order)
{
    int64_t after_ms = maker_knob(maker, KNOB_AUTO_APPROVE_AFTER_MS), opened_us = 0;
    if (after_ms == AUTO_APPROVE_OFF || !json_integer(json_member(plan_of(order), "opened_us"), &opened_us))
        return DELAY_NEVER;
    return opened_us + after_ms * 1000;
}

int64_t akinon_approve_due(const struct maker *maker, const struct order *order)
{
    int64_t due = akinon_auto_approval(maker, order);
    return due == DELAY_NEVER ? DUE_BY_DELAY : due;
}

static void restore_items(struct order *copy, const char *state, int64_t now_us)
{
    const cJSON *former = json_member(plan_of(copy), "former");
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next) {
        const char *code = json_string(former, akinon_item_pk(item));
        if (code == NULL && !akinon_item_has(item, CODE_WAITING))
            continue;
        akinon_set_item(item, code != NULL ? code : akinon_status(state)->code, "rejected");
        akinon_answer_requests(copy, akinon_item_pk(item), "confirmed", "rejected", now_us);
    }
}

void akinon_reject(const struct maker *maker, struct order *copy)
{
    const char *before = state_before(copy);
    bool whole = strcmp(copy->state, "cancellation_waiting") == 0;
    restore_items(copy, whole ? before : copy->state, maker->now_us);
    if (whole) {
        order_enter(copy, before, maker->now_us);
        restore_items(copy, before,
                      maker->now_us); /* entering a state makes open items alike; these may have differed */
    }
    set_phase(copy, "rejected", maker->now_us);
}
