#include "model/maker.h"

#include "model/knob.h"
#include "model/knob_values.h"
#include "model/order.h"
#include "model/provider.h"

int64_t maker_knob(const struct maker *maker, unsigned knob)
{
    return knob_values_get(maker->knobs, maker->provider, knob);
}

void maker_uuid(const struct maker *maker, char out[UUID_TEXT_MAX])
{
    id_source_uuid(maker->ids, out);
}

void maker_characters(const struct maker *maker, const char *alphabet, size_t length, char *out)
{
    id_source_characters(maker->ids, alphabet, length, out);
}

int64_t maker_next_number(const struct maker *maker)
{
    return id_source_next_number(maker->ids);
}

/* The account of the first credential: the one that GET /_mock/providers hands out. */
static const char *first_account(const struct maker *maker)
{
    const cJSON *credentials = json_member(maker->fixture, "credentials");
    return json_string_or(cJSON_GetArrayItem(credentials, 0), "account", "");
}

static void set_id_member(struct order *order, const char *id)
{
    const struct provider *provider = order->provider;
    if (provider->id_is_integer)
        json_set(order->document, provider->id_member, json_new_number_text(id));
    else
        json_set_string(order->document, provider->id_member, id);
}

/* Its document and its names. */
static void fill_in(const struct maker *maker, const cJSON *spec, struct order *order)
{
    const struct provider *provider = maker->provider;
    const char *id = json_string(spec, "id");
    order->document = provider->new_document(maker);
    order->facts = cJSON_CreateObject();
    if (id != NULL)
        set_id_member(order, id);
    json_overlay(order->facts, json_member(spec, "facts"));
    provider->write_state(order, maker->now_us);
    json_overlay(order->document, json_member(spec, "document"));
    provider->read_names(order);
    const cJSON *alias = cJSON_GetArrayItem(json_member(spec, "aliases"), 0);
    for (; alias != NULL && order->alias_count <= ORDER_ALIASES_MAX; alias = alias->next)
        order_add_alias(order, alias->valuestring); /* one too many is enough to be refused */
}

struct order *order_make(const struct maker *maker, const cJSON *spec, const char **problem)
{
    const struct provider *provider = maker->provider;
    const char *id = json_string(spec, "id");
    const char *state = state_of(provider, json_string_or(spec, "state", provider->states[0]));
    const char *wrong = state == NULL ? "the provider has no such state" : NULL;
    if (wrong == NULL && id != NULL)
        wrong = order_id_problem(provider, id);
    if (wrong != NULL) {
        *problem = wrong;
        return NULL;
    }
    struct order *order = order_new(provider, state, json_string_or(spec, "account", first_account(maker)));
    order->since_us = maker->now_us;
    fill_in(maker, spec, order);
    wrong = order_name_problem(order);
    if (wrong != NULL) {
        *problem = wrong;
        order_drop(order);
        return NULL;
    }
    return order;
}
