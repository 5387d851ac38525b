/* Lemonade: what is poured is sold; what a second cancel answers is not documented. */
#include "providers/lemonade/lemonade.h"

enum step lemonade_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (lemonade_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    const struct reason why = {"4: only what is not poured yet", "state", "mixed", order->state};
    if (lemonade_is_in(order, "poured"))
        return lemonade_fail(x, 409, "already_poured", &why);
    if (lemonade_is_in(order, "cancelled") && exchange_knob(x, KNOB_SECOND_CANCEL) == SECOND_CANCEL_CONFLICT)
        return lemonade_fail(x, 409, "already_cancelled", &why);
    *changed = order_copy(order);
    order_enter(*changed, "cancelled", exchange_now(x));
    return STEP_NEXT;
}
