#include "providers/akinon/status.h"

#include <string.h>

#include "base/memory.h"

/* providers: akinon 7 */
static const struct {
    const char *code;
    const char *name;
    enum akinon_stage stage;
} statuses[] = {
    {"50", "cancellation_waiting", AKINON_WAITING},
    {"100", "canceled", AKINON_CANCELED},
    {"200", "waiting", AKINON_BEFORE},
    {"300", "payment_waiting", AKINON_BEFORE},
    {"350", "confirmation_waiting", AKINON_BEFORE},
    {"400", "approved", AKINON_BEFORE},
    {"425", "inactive", AKINON_OTHER},
    {"450", "preparing", AKINON_BEFORE},
    {"500", "shipped", AKINON_AFTER},
    {"510", "shipped_and_informed", AKINON_AFTER},
    {"520", "ready_for_pickup", AKINON_AFTER},
    {"540", "attempted_delivery", AKINON_AFTER},
    {"544", "review_started", AKINON_OTHER},
    {"545", "review_waiting", AKINON_OTHER},
    {"550", "delivered", AKINON_AFTER},
    {"600", "refunded", AKINON_OTHER},
};

/* The values that mean an open plan; `approved`, `rejected` and null mean none: the items tell what a plan did that was
 * approved. */
static const char *const open_plans[] = {"waiting", "confirmation_waiting", "confirmed", "waiting_for_payment"};

static const char *const item_lists[] = {"orderitem_set", "order_items", "items"};

enum akinon_stage akinon_stage_of(const struct json_value *status)
{
    const char *word = json_scalar(status);
    for (size_t i = 0; word != NULL && i < COUNT_OF(statuses); i++)
        if (strcmp(word, statuses[i].code) == 0 || strcmp(word, statuses[i].name) == 0)
            return statuses[i].stage;
    return AKINON_UNREADABLE;
}

bool akinon_plan_is_open(const struct json_value *order)
{
    const char *word = json_text(json_member(order, "cancel_status"));
    for (size_t i = 0; word != NULL && i < COUNT_OF(open_plans); i++)
        if (strcmp(word, open_plans[i]) == 0)
            return true;
    return false;
}

const struct json_value *akinon_items(const struct json_value *order)
{
    for (size_t i = 0; i < COUNT_OF(item_lists); i++) {
        const struct json_value *list = json_member(order, item_lists[i]);
        if (json_is(list, JSON_ARRAY))
            return list;
    }
    return NULL;
}

bool akinon_has_too_many_items(const struct json_value *order)
{
    const struct json_value *items = akinon_items(order);
    const struct json_value *item = items == NULL ? NULL : items->first;
    size_t count = 0;
    for (; item != NULL && count <= AKINON_ITEMS_MAX; item = item->next)
        count++;
    return count > AKINON_ITEMS_MAX;
}

const char *akinon_id_of(const struct json_value *value)
{
    if (json_is(value, JSON_OBJECT))
        value = json_member(value, "pk");
    return json_text(value) != NULL ? json_text(value) : json_integer(value);
}

const struct json_value *akinon_item_find(const struct json_value *items, const char *id)
{
    const struct json_value *item = items == NULL ? NULL : items->first;
    for (; item != NULL; item = item->next) {
        const char *pk = akinon_id_of(item);
        if (pk != NULL && strcmp(pk, id) == 0)
            return item;
    }
    return NULL;
}
