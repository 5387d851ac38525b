/*
 * Cancellation plans as a channel sees them (3, 8): those that orders have and had, and how their refund is split over
 * payment transactions.
 *
 *     GET  /api/channel/1/cancellation_plans/                              a page of them
 *     GET  /api/channel/1/cancellation_plans/inserts_or_updates/           the same: only its name is public
 *     POST /api/channel/1/cancellation_plans/188301/create_payment_plan
 *     {"payment_plan":[{"transaction_type":"…","order_items":[70193],"refund_amount":"250.00"}]}
 *     200 {"pk":188301,"order":1883,"plan_type":"cancel","status":"waiting","order_items":[70193],
 *          "refund_amount":"250.00",…,"payment_plan":[…]}
 *
 * Plans are opened by the cancel call alone. The pk of a plan is the order's and two digits, so it can be read without
 * a search. It stays what it was until an order has had 99 plans; from then on the oldest is forgotten and the others
 * move up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/name_set.h"
#include "base/number.h"
#include "providers/akinon/plan.h"

#define ORDINAL_DIGITS 2

/* ── A plan on the wire ────────────────────────────────────────────────────────────────────────────────────────── */

static size_t past_count(const struct order *order)
{
    const cJSON *past = json_member(order->facts, "past_plans");
    return past == NULL ? 0 : (size_t)cJSON_GetArraySize(past);
}

/* An order of the fixtures may wait, or have ended, without a plan in its facts. */
static bool has_latest(const struct order *order)
{
    return json_member(order->facts, "plan") != NULL || *akinon_cancel_status(order) != '\0';
}

static size_t plan_count(const struct order *order)
{
    return past_count(order) + has_latest(order);
}

/* `ordinal` counts from 1, to plan_count(). */
static const cJSON *plan_at(const struct order *order, size_t ordinal)
{
    if (ordinal > past_count(order))
        return json_member(order->facts, "plan");
    return cJSON_GetArrayItem(json_member(order->facts, "past_plans"), (int)ordinal - 1);
}

/* Its items' pks; of a plan that the fixtures do not tell, those that wait or are settled. */
static cJSON *items_of(const struct order *order, const cJSON *plan)
{
    const cJSON *former = json_member(plan, "former");
    cJSON *pks = cJSON_CreateArray();
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next) {
        bool is_its = former != NULL ? json_member(former, akinon_item_pk(item)) != NULL : !akinon_item_is_open(item);
        if (is_its)
            cJSON_AddItemToArray(pks, cJSON_Duplicate(json_member(item, "pk"), true));
    }
    return pks;
}

/* Of a plan that the fixtures do not tell: what it will give back, or what the order got. */
static const char *refund_of(const struct exchange *x, const struct order *order, const cJSON *plan)
{
    const char *said = json_string(plan, "refund_amount");
    if (said != NULL)
        return said;
    if (!akinon_plan_waits(order) && !akinon_awaits_payment(order))
        return json_string_or(order->document, "refund_amount", "0.00");
    cJSON *pks = akinon_waiting_pks(order);
    char text[AKINON_AMOUNT_TEXT_MAX];
    akinon_amount_write(akinon_refund(order, pks, json_true(plan, "is_cargo_refund")), text);
    cJSON_Delete(pks);
    return arena_dup(x->arena, text);
}

static cJSON *answer_of(const struct exchange *x, const struct order *order, size_t ordinal)
{
    const cJSON *plan = plan_at(order, ordinal), *payments = json_member(plan, "payment_plan");
    const char *kind = strcmp(order->state, "refunded") == 0 ? "refund" : "cancel";
    const char *invoice = json_string(plan, "refund_invoice_number");
    cJSON *answer = cJSON_CreateObject();
    json_set(answer, "pk", json_new_number_text(arena_print(x->arena, "%s%02zu", order->id, ordinal)));
    json_set(answer, "order", json_new_number_text(order->id));
    json_set_string(answer, "plan_type", json_string_or(plan, "kind", kind));
    json_set_string(answer, "status", json_string_or(plan, "status", akinon_cancel_status(order)));
    json_set(answer, "order_items", items_of(order, plan));
    json_set(answer, "refund_amount", akinon_shown_amount(x, refund_of(x, order, plan)));
    json_set_bool(answer, "is_cargo_refund", json_true(plan, "is_cargo_refund"));
    json_set_string(answer, "refund_invoice_number", invoice);
    json_set(answer, "ibans", cJSON_Duplicate(json_member(plan, "ibans"), true));
    json_set(answer, "holder_names", cJSON_Duplicate(json_member(plan, "holder_names"), true));
    json_set(answer, "payment_plan", payments == NULL ? cJSON_CreateArray() : cJSON_Duplicate(payments, true));
    return answer;
}

void akinon_render_plans(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        bool shown = akinon_is_of_channel(orders[i], exchange_param(x, "channel_id"));
        for (size_t ordinal = 1; shown && ordinal <= plan_count(orders[i]); ordinal++)
            if (akinon_list_wants(&list))
                cJSON_AddItemToArray(list.results, answer_of(x, orders[i], ordinal));
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
}

/* ── One plan ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The plan's ordinal in its order, or 0. */
static size_t ordinal_asked(const struct exchange *x)
{
    const char *pk = exchange_param(x, "id");
    size_t length = strlen(pk);
    int64_t ordinal = 0;
    if (!number_is_digits(pk) || length <= ORDINAL_DIGITS)
        return 0;
    number_read(pk + length - ORDINAL_DIGITS, 1, PAST_PLANS_MAX + 1, &ordinal);
    return (size_t)ordinal;
}

enum step akinon_validate_plan(struct exchange *x)
{
    const char *pk = exchange_param(x, "id");
    size_t length = strlen(pk);
    x->order_key = arena_dup_bytes(x->arena, pk, length > ORDINAL_DIGITS ? length - ORDINAL_DIGITS : 0);
    return akinon_check_channel(x);
}

enum step akinon_decide_plan(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    size_t ordinal = ordinal_asked(x);
    if (akinon_is_visible(x, order) && ordinal > 0 && ordinal <= plan_count(order))
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8: no such plan", "id", "the pk of a plan", exchange_param(x, "id")});
}

void akinon_render_plan(struct exchange *x)
{
    reply_json(x, 200, answer_of(x, x->order, ordinal_asked(x)));
}

/* ── Payment plans ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *pks_mistake(struct exchange *x, const struct order *order, const cJSON *pks)
{
    const char *mistake = akinon_list_mistake(x, pks);
    struct name_set *known = mistake == NULL ? akinon_item_pks(order) : NULL;
    for (const cJSON *pk = pks->child; mistake == NULL && pk != NULL; pk = pk->next) {
        if (!akinon_is_integer(pk))
            mistake = akinon_not_a_pk(x, pk);
        else if (!name_set_has(known, json_number_text(pk)))
            mistake = akinon_unknown_pk(x, json_number_text(pk));
    }
    name_set_free(known);
    return mistake;
}

static bool is_amount(const cJSON *value)
{
    const char *text = cJSON_IsString(value) ? value->valuestring : json_number_text(value);
    return text != NULL && akinon_is_decimal(text);
}

static const char *payment_mistake(struct exchange *x, const struct order *order, const cJSON *payment)
{
    const cJSON *pks = json_member(payment, "order_items"), *amount = json_member(payment, "refund_amount");
    if (json_string(payment, "transaction_type") == NULL || pks == NULL || amount == NULL)
        return "Every payment needs transaction_type, order_items and refund_amount.";
    return is_amount(amount) ? pks_mistake(x, order, pks) : "A valid number is required.";
}

static const char *payments_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    const char *mistake = akinon_list_mistake(x, value);
    for (const cJSON *payment = value->child; mistake == NULL && payment != NULL; payment = payment->next)
        mistake = payment_mistake(x, order, payment);
    return mistake;
}

static const struct akinon_field payment_plan_fields[] = {
    {"payment_plan", "a list of transaction_type, order_items, refund_amount", payments_mistake, .required = true},
    {.name = NULL},
};

enum step akinon_validate_payment_plan(struct exchange *x)
{
    return akinon_check_json(x) == STEP_REPLY ? STEP_REPLY : akinon_validate_plan(x);
}

static cJSON *plan_to_change(struct order *copy, size_t ordinal)
{
    if (ordinal <= past_count(copy))
        return cJSON_GetArrayItem(json_member_mut(copy->facts, "past_plans"), (int)ordinal - 1);
    cJSON *plan = json_member_mut(copy->facts, "plan");
    if (plan == NULL) {
        plan = cJSON_AddObjectToObject(copy->facts, "plan");
        json_set_string(plan, "status", akinon_cancel_status(copy));
    }
    return plan;
}

enum step akinon_decide_payment_plan(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *body = NULL;
    if (akinon_decide_plan(x, order, changed) == STEP_REPLY || akinon_check_object(x, &body) == STEP_REPLY ||
        akinon_check_fields(x, order, body, payment_plan_fields) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    json_set(plan_to_change(*changed, ordinal_asked(x)), "payment_plan",
             cJSON_Duplicate(json_member(body, "payment_plan"), true));
    return STEP_NEXT;
}
