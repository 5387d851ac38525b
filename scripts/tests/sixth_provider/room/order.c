/* Lemonade: an order is its id, its glasses and its state. */
#include <string.h>

#include "providers/lemonade/lemonade.h"

const struct shape lemonade_document_shape[] = {
    {"id", SHAPE_STRING}, {"glasses", SHAPE_INTEGER}, {"state", SHAPE_STRING}, SHAPE_END};

const struct shape lemonade_facts_shape[] = {SHAPE_END};

cJSON *lemonade_new_document(const struct maker *maker)
{
    char id[UUID_TEXT_MAX];
    maker_uuid(maker, id);
    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", id);
    json_set_integer(order, "glasses", 2);
    json_set_string(order, "state", "mixed");
    return order;
}

void lemonade_write_state(struct order *order, int64_t now_us)
{
    (void)now_us;
    json_set_string(order->document, "state", order->state);
}

void lemonade_read_names(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "id", ""));
}

bool lemonade_is_in(const struct order *order, const char *state)
{
    return strcmp(order->state, state) == 0;
}
