/*
 * Dükkango: the calls by which the restaurant moves an order on: acknowledge, accept, on the way, complete (3, 8).
 *
 * accept takes the minutes of preparation. ontheway and complete are for the restaurant's own couriers: all others are
 * moved outside this API. What a call answers where the order's state or courier does not allow it says the knob
 * `move_not_allowed`.
 */
#include <string.h>

#include "providers/dukkango/dukkango.h"

enum step dukkango_decide_success(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(json_string_or(order->facts, "acknowledged", ""), order->state) == 0)
        return STEP_NEXT;
    *changed = order_copy(order);
    json_set_string((*changed)->facts, "acknowledged", order->state);
    return STEP_NEXT;
}

/* The order, moved; or the refusal that the knob asks for. `courier_type` may be NULL: any. */
static enum step move(struct exchange *x, const struct order *order, const char *from, const char *to,
                      const char *courier_type, struct order **changed)
{
    if (!dukkango_is_in(order, from))
        return dukkango_refuse_state(x, KNOB_MOVE_NOT_ALLOWED,
                                     &(struct reason){"7: no such transition", "order_id", from, order->state});
    if (courier_type != NULL && !dukkango_courier_is(order, courier_type))
        return dukkango_refuse_state(x, KNOB_MOVE_NOT_ALLOWED,
                                     &(struct reason){"3, 7: only the restaurant's own couriers are moved here",
                                                      "courier_type", courier_type,
                                                      json_string(order->document, "courier_type")});
    *changed = order_copy(order);
    order_enter(*changed, to, exchange_now(x));
    return STEP_NEXT;
}

static const struct dukkango_field preparing_time = {"preparing_time",
                                                     1,
                                                     JSON_INTEGER_MAX,
                                                     "a positive integer, minutes",
                                                     "6: preparing_time is required",
                                                     "3: preparing_time is minutes"};

enum step dukkango_validate_accept(struct exchange *x)
{
    int64_t *minutes = arena_alloc(x->arena, sizeof *minutes);
    x->scratch = minutes;
    return exchange_knob_on(x, KNOB_ORDER_BEFORE_BODY) ? STEP_NEXT : dukkango_check_field(x, &preparing_time, minutes);
}

enum step dukkango_decide_accept(struct exchange *x, const struct order *order, struct order **changed)
{
    int64_t *minutes = x->scratch;
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (exchange_knob_on(x, KNOB_ORDER_BEFORE_BODY) && dukkango_check_field(x, &preparing_time, minutes) == STEP_REPLY)
        return STEP_REPLY;
    enum step step = move(x, order, "RECEIVED", "CONFIRMED", NULL, changed);
    if (*changed != NULL)
        json_set_integer((*changed)->facts, "preparing_time", *minutes);
    return step;
}

enum step dukkango_decide_ontheway(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return move(x, order, "CONFIRMED", "IN_DELIVERY", "restaurant", changed);
}

enum step dukkango_decide_complete(struct exchange *x, const struct order *order, struct order **changed)
{
    if (dukkango_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return move(x, order, "IN_DELIVERY", "COMPLETE", "restaurant", changed);
}
