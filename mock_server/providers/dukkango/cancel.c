/*
 * Dükkango: the restaurant cancels an order, with one of eight reasons (4, 5).
 *
 * Any state but COMPLETE and CANCELED is cancellable; what the others answer is not documented (7, 9 A6). The order of
 * the checks is ours: token, cooldown if the knob sets one, body, order, state. A cooldown begins with a cancel that
 * succeeds, as the vendor says of the routes that have one (6).
 */
#include "providers/dukkango/dukkango.h"

static const struct dukkango_field reason_id = {
    "reason_id", 1, 8, "an integer from 1 to 8", "4: reason_id is required", "4: reason_id is one of the eight"};

static enum step check_body(struct exchange *x)
{
    return dukkango_check_field(x, &reason_id, NULL);
}

static int64_t cooldown_s(const struct exchange *x)
{
    return exchange_knob(x, KNOB_CANCEL_COOLDOWN_S); /* 9 A14: none, by the vendor's table */
}

enum step dukkango_validate_cancel(struct exchange *x)
{
    if (dukkango_check_cooldown(x, "cancel", cooldown_s(x)) == STEP_REPLY)
        return STEP_REPLY;
    return exchange_knob_on(x, KNOB_ORDER_BEFORE_BODY) ? STEP_NEXT : check_body(x);
}

static bool is_cancellable(const struct exchange *x, const struct order *order)
{
    if (dukkango_is_in(order, "COMPLETE_NEEDS_PAYMENT"))
        return exchange_knob(x, KNOB_COMPLETE_NEEDS_PAYMENT) == NEEDS_PAYMENT_CANCELLABLE;
    return !dukkango_is_in(order, "COMPLETE") && !dukkango_is_in(order, "CANCELED");
}

/* Once a request, however often the engine asks for a decision. */
static enum step enter_cooldown(struct exchange *x)
{
    if (x->scratch != NULL)
        return STEP_NEXT;
    x->scratch = arena_dup(x->arena, "entered");
    return dukkango_enter_cooldown(x, "cancel", cooldown_s(x));
}

enum step dukkango_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (exchange_knob_on(x, KNOB_ORDER_BEFORE_BODY) && check_body(x) == STEP_REPLY)
        return STEP_REPLY;
    if (!is_cancellable(x, order))
        return dukkango_refuse_state(x, KNOB_CANCEL_WHEN_TERMINAL,
                                     &(struct reason){"7: not cancellable any more", "order_id",
                                                      "an order that is not over", order->state,
                                                      .knob = dukkango_is_in(order, "COMPLETE_NEEDS_PAYMENT")
                                                                  ? "complete_needs_payment=cancellable"
                                                                  : "cancel_when_terminal=200_ok"});
    if (enter_cooldown(x) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    order_enter(*changed, "CANCELED", exchange_now(x));
    return STEP_NEXT;
}
