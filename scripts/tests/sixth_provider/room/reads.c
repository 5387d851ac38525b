/* Lemonade: one order. */
#include "providers/lemonade/lemonade.h"

enum step lemonade_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return lemonade_check_order(x, order);
}
