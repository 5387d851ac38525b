/*
 * The supplier's cancelation policy: in which states it lets the consumer ask for a cancelation (7; page Request
 * Cancelation).
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* Where each policy allows a request (7); the first row is the widest. */
static const struct policy_row {
    const char *policy;
    const char *const *from;
    const char *expected;
} policy_rows[] = {
    {"always", (const char *const[]){"transferred", "confirmed", "producing", "partially_shipped", "shipped", NULL},
     "transferred, confirmed, producing, partially_shipped or shipped (policy always)"},
    {"before_production", (const char *const[]){"transferred", "confirmed", NULL},
     "transferred or confirmed (policy before_production)"},
    {"before_shipment", (const char *const[]){"transferred", "confirmed", "producing", NULL},
     "transferred, confirmed or producing (policy before_shipment)"},
    {"never", (const char *const[]){NULL}, "no state at all (policy never)"},
};

static const struct policy_row *policy_row_of(struct exchange *x, const struct order *order)
{
    const char *policy = zaikio_policy_of(x, order);
    for (size_t i = 0; i < COUNT_OF(policy_rows); i++)
        if (strcmp(policy_rows[i].policy, policy) == 0)
            return &policy_rows[i];
    return &policy_rows[1]; /* the policy of every recorded supplier (7) */
}

bool zaikio_policy_allows(struct exchange *x, const struct order *order)
{
    const struct policy_row *row = policy_row_of(x, order);
    bool never = row->from[0] == NULL;
    if (strcmp(order->state, "placed") == 0)
        return !never && exchange_knob(x, KNOB_REQUEST_WHEN_PLACED) == PLACED_ALLOW;
    if (strcmp(row->policy, "before_shipment") == 0 && strcmp(order->state, "partially_shipped") == 0)
        return exchange_knob_on(x, KNOB_REQUEST_WHEN_PARTIALLY_SHIPPED);
    return zaikio_is_one_of(order->state, row->from);
}

enum step zaikio_check_policy(struct exchange *x, const struct order *order)
{
    if (zaikio_policy_allows(x, order))
        return STEP_NEXT;
    const struct policy_row *row = policy_row_of(x, order);
    const struct reason why = {"7: the supplier's cancelation policy", "state_event", row->expected, order->state};
    bool policy_alone = strcmp(row->policy, "never") == 0 && zaikio_is_one_of(order->state, policy_rows[0].from);
    if (policy_alone && exchange_knob(x, KNOB_NEVER_STATUS) == NEVER_STATUS_403)
        return exchange_refuse(x, 403, zaikio_error_transition(x, "request_cancelation", order->state), &why);
    return zaikio_refuse_transition(x, "request_cancelation", order->state, &why);
}
