/*
 * A plan: what a cancel opens, and what becomes of it (7).
 *
 *     (none) ──cancel──▶ waiting ──approve──▶ approved   items 100, or 600 for a return
 *                           ├─────reject───▶ rejected   items as they were
 *                           └──no IBAN, fund transfer──▶ waiting_for_payment, and nothing leads out of it (7)
 *
 * The document shows the phase as `cancel_status`. What the vendor does not show stands in the order's facts:
 *
 *     "plan": {"kind":"cancel","status":"waiting","order_state":"approved","opened_us":…,"former":{"70193":"400"},
 *              "is_cargo_refund":false,"refund_invoice_number":null,"iban_missing":false}
 *
 * An order made by a fixture may wait without such an entry: it was approved before, and its plan is a cancel. No IBAN
 * and no holder's name is kept.
 */
#include <string.h>

#include "providers/akinon/akinon.h"

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

static const cJSON *plan_of(const struct order *order)
{
    return json_member(order->facts, "plan");
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
    json_set_bool(plan, "iban_missing", false);
    return plan;
}

/* The plan that waits takes further items (9.21, knob plans_per_order); else a new one replaces the last. */
static cJSON *plan_for(struct order *copy, const struct cancel_request *request, int64_t now_us)
{
    cJSON *plan = json_member_mut(copy->facts, "plan");
    if (plan != NULL && akinon_plan_waits(copy) && cJSON_IsObject(json_member(plan, "former")))
        return plan;
    plan = new_plan(copy, request, now_us);
    json_set(copy->facts, "plan", plan);
    return plan;
}

void akinon_open_plan(struct order *copy, const struct cancel_request *request, int64_t now_us)
{
    cJSON *plan = plan_for(copy, request, now_us);
    bool fund_transfer = strcmp(akinon_payment_type(copy), "fund_transfer") == 0;
    size_t i = 0;
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next, i++) {
        if (!request->chosen[i])
            continue;
        const char *pk = akinon_item_pk(item);
        json_set_string(json_member_mut(plan, "former"), pk, json_string_or(item, "status", ""));
        if (fund_transfer && json_string(request->ibans, pk) == NULL)
            json_set_bool(plan, "iban_missing", true);
        akinon_set_item(item, CODE_WAITING, "waiting");
    }
    json_set_string(copy->document, "cancel_status", "waiting");
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

static void set_waiting_items(struct order *copy, const char *code, const char *phase)
{
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next)
        if (akinon_item_has(item, CODE_WAITING))
            akinon_set_item(item, code, phase);
}

static bool lacks_iban(const struct order *order)
{
    return strcmp(akinon_payment_type(order), "fund_transfer") == 0 &&
           !cJSON_IsFalse(json_member(plan_of(order), "iban_missing"));
}

void akinon_await_payment(struct session *session, struct order *copy, int64_t now_us)
{
    (void)session;
    if (!akinon_plan_waits(copy) || !lacks_iban(copy))
        return;
    set_waiting_items(copy, CODE_WAITING, "waiting_for_payment");
    set_phase(copy, "waiting_for_payment", now_us);
}

void akinon_approve(struct session *session, struct order *copy, int64_t now_us)
{
    if (!akinon_plan_waits(copy))
        return;
    if (lacks_iban(copy)) {
        akinon_await_payment(session, copy, now_us);
        return;
    }
    bool refund = strcmp(json_string_or(plan_of(copy), "kind", "cancel"), "refund") == 0;
    set_waiting_items(copy, refund ? CODE_REFUNDED : CODE_CANCELED, "approved");
    set_phase(copy, "approved", now_us);
    if (!akinon_has_open_item(copy))
        order_enter(copy, refund ? "refunded" : "canceled", now_us);
}

/* Only an order that waited as a whole has left its state. */
static const char *state_before(const struct order *order)
{
    const char *before = json_string_or(plan_of(order), "order_state", "approved");
    const struct akinon_status *known = akinon_status(before);
    return known == NULL ? "approved" : known->state;
}

static void restore_items(struct order *copy, const char *state)
{
    const cJSON *former = json_member(plan_of(copy), "former");
    for (cJSON *item = akinon_first_item_mut(copy); item != NULL; item = item->next) {
        const char *code = json_string(former, akinon_item_pk(item));
        if (code != NULL || akinon_item_has(item, CODE_WAITING))
            akinon_set_item(item, code != NULL ? code : akinon_status(state)->code, "rejected");
    }
}

void akinon_reject(struct session *session, struct order *copy, int64_t now_us)
{
    (void)session;
    if (!akinon_plan_waits(copy))
        return;
    const char *before = state_before(copy);
    bool whole = strcmp(copy->state, "cancellation_waiting") == 0;
    restore_items(copy, whole ? before : copy->state);
    if (whole) {
        order_enter(copy, before, now_us);
        restore_items(copy, before); /* entering a state makes open items alike; these may have differed */
    }
    set_phase(copy, "rejected", now_us);
}

/* ── By itself (9.14) ──────────────────────────────────────────────────────────────────────────────────────────── */

bool akinon_plan_is_due(const struct exchange *x, const struct order *order)
{
    int64_t after_ms = exchange_knob(x, KNOB_AUTO_APPROVE_AFTER_MS), opened_us = 0;
    if (after_ms == AUTO_APPROVE_OFF || !akinon_plan_waits(order) ||
        !json_integer(json_member(plan_of(order), "opened_us"), &opened_us))
        return false;
    return exchange_now(x) / 1000 - opened_us / 1000 >= after_ms;
}
