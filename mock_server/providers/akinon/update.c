/*
 * The one thing that a client may change in an order beside its cancel (8).
 *
 *     PATCH /api/v1/orders/1883/  {"is_send":true}                    the order went to the ERP
 */
#include "providers/akinon/akinon.h"

static const struct akinon_field update_fields[] = {
    {"is_send", "true or false", akinon_boolean_mistake},
    {.name = NULL},
};

/* Of the members that a PATCH may have, the documents show one (8); others are passed over. */
enum step akinon_decide_update(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *body = NULL;
    if (!akinon_is_visible(x, order))
        return akinon_refuse_not_found(x);
    if (akinon_check_object(x, &body) == STEP_REPLY || akinon_check_fields(x, order, body, update_fields) == STEP_REPLY)
        return STEP_REPLY;
    if (json_member(body, "is_send") == NULL)
        return STEP_NEXT;
    *changed = order_copy(order);
    json_set_bool((*changed)->document, "is_send", json_true(body, "is_send"));
    akinon_touch(*changed, exchange_now(x));
    return STEP_NEXT;
}
