/* cancel-order (4, 5, 6.1, 7): all or nothing, once, and only while the order is scheduled. */
#include <string.h>

#include "base/number.h"
#include "providers/iletimerkezi/iletimerkezi.h"

/* A string of digits or an integer token; its digits are kept as written, leading zeros and all (ILM-REQ-4). */
static const char *digits_of(const cJSON *id)
{
    const char *text = cJSON_IsString(id) ? id->valuestring : json_number_text(id);
    return text != NULL && number_is_digits(text) ? text : NULL;
}

static const cJSON *id_of(struct exchange *x)
{
    return json_member(json_member(iletimerkezi_request(x), "order"), "id");
}

enum step iletimerkezi_read_id(struct exchange *x)
{
    const char *digits = digits_of(id_of(x));
    if (digits == NULL)
        return iletimerkezi_refuse(x, exchange_knob_status(x, KNOB_BAD_ID_CODE),
                                   &(struct reason){"9.6: request.order.id is required", "order.id",
                                                    "decimal digits, as a string or an integer",
                                                    exchange_describe(x, id_of(x))});
    x->order_key = arena_dup(x->arena, digits);
    return STEP_NEXT;
}

const char *iletimerkezi_order_named(struct exchange *x)
{
    const cJSON *id = iletimerkezi_form_of(x) == FORM_QUERY ? NULL : id_of(x);
    const char *text = cJSON_IsString(id) ? id->valuestring : json_number_text(id);
    return text == NULL ? "" : text;
}

/* 9.18: nobody learns from the answer that the id is another customer's. */
bool iletimerkezi_is_own(struct exchange *x, const struct order *order)
{
    return order != NULL && strcmp(order->account, x->account) == 0;
}

enum step iletimerkezi_refuse_not_own(struct exchange *x, const struct order *order)
{
    if (order == NULL)
        return iletimerkezi_refuse(
            x, 455, &(struct reason){"6.1: unknown order", "order.id", "the id of an order", x->order_key});
    return iletimerkezi_refuse(
        x, 455, &(struct reason){"9.18: the order of another account", "order.id", x->account, order->account});
}

enum step iletimerkezi_validate_cancel(struct exchange *x)
{
    if (iletimerkezi_check_slash(x) == STEP_REPLY)
        return STEP_REPLY;
    return iletimerkezi_read_id(x);
}

enum step iletimerkezi_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!iletimerkezi_is_own(x, order))
        return iletimerkezi_refuse_not_own(x, order);
    if (!iletimerkezi_in_state(order, "scheduled")) /* 7: a second cancel too */
        return iletimerkezi_refuse(
            x, 455, &(struct reason){"7: not cancellable any more", "order.id", "scheduled", order->state});

    *changed = order_copy(order);
    order_enter(*changed, "cancelled", exchange_now(x));
    json_set_bool((*changed)->facts, "refunded", exchange_knob_on(x, KNOB_REFUND_ON_CANCEL));
    return STEP_NEXT;
}

void iletimerkezi_render_done(struct exchange *x)
{
    iletimerkezi_answer(x, 200, iletimerkezi_success(x));
}
