/* Lemonade: a request has no body; its path names the order. */
#include <string.h>

#include "providers/lemonade/lemonade.h"

enum step lemonade_check_order(struct exchange *x, const struct order *order)
{
    if (order == NULL || strcmp(order->account, x->account) != 0)
        return lemonade_fail(x, 404, "no_such_order",
                             &(struct reason){"2: an order of yours", "order_id", "a known order", x->order_key});
    return STEP_NEXT;
}
