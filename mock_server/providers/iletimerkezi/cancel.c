/* cancel-order (4, 5, 6.1, 7): all or nothing, once, and only while the order is scheduled. */
#include "providers/iletimerkezi/iletimerkezi.h"

enum step iletimerkezi_validate_cancel(struct exchange *x)
{
    return iletimerkezi_read_id(x);
}

enum step iletimerkezi_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!iletimerkezi_is_own(x, order))
        return iletimerkezi_refuse_not_own(x, order);
    if (!iletimerkezi_in_state(order, "scheduled")) /* 7: a second cancel too */
        return iletimerkezi_refuse_code(
            x, 455, &(struct reason){"7: not cancellable any more", "order.id", "scheduled", order->state});

    *changed = order_copy(order);
    order_enter(*changed, "cancelled", exchange_now(x));
    json_set_bool((*changed)->facts, "refunded", exchange_knob_on(x, KNOB_REFUND_ON_CANCEL));
    return STEP_NEXT;
}

void iletimerkezi_render_cancel(struct exchange *x)
{
    iletimerkezi_answer(x, 200, iletimerkezi_success(x));
}
