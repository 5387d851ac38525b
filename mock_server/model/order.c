#include "model/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "model/fixtures.h"
#include "model/provider.h"

struct order REMOVE_ORDER[1];

const char *state_of(const struct provider *provider, const char *name)
{
    for (const char *const *state = provider->states; *state != NULL; state++)
        if (strcmp(*state, name) == 0)
            return *state;
    return NULL;
}

static void set_id_member(struct order *order, const char *id)
{
    const struct provider *provider = order->provider;
    if (provider->id_is_integer)
        json_set(order->document, provider->id_member, json_new_number_text(id));
    else
        json_set_string(order->document, provider->id_member, id);
}

/* The account of the first credential: the one that GET /_mock/providers hands out. */
static const char *first_account(struct session *session, const struct provider *provider)
{
    const cJSON *credentials = json_member(fixtures_of(session_fixtures(session), provider), "credentials");
    return json_string_or(cJSON_GetArrayItem(credentials, 0), "account", "");
}

/* Where ids are integers, "0" and "007" are none: an answer that shows them as numbers would not be JSON. */
static const char *id_problem(const struct provider *provider, const char *id)
{
    if (!provider->id_is_integer || (number_is_digits(id) && strlen(id) <= 18 && id[0] != '0'))
        return NULL;
    return "the id of this provider's orders is a positive integer";
}

static bool is_name(const char *name)
{
    return name != NULL && *name != '\0' && strlen(name) <= ORDER_NAME_MAX;
}

const char *order_name_problem(const struct order *order)
{
    const char *wrong = id_problem(order->provider, order->id);
    bool good = is_name(order->id);
    for (size_t i = 0; i < order->alias_count; i++)
        good = good && is_name(order->aliases[i]);
    return good ? wrong : "the id and every alias of an order have 1 to 200 bytes";
}

struct order *order_make(struct session *session, const struct provider *provider, const cJSON *spec,
                         const char **problem)
{
    const char *id = json_string(spec, "id");
    const char *state = state_of(provider, json_string_or(spec, "state", provider->states[0]));
    const char *wrong = state == NULL ? "the provider has no such state" : NULL;
    if (wrong == NULL && id != NULL)
        wrong = id_problem(provider, id);
    if (wrong != NULL) {
        *problem = wrong;
        return NULL;
    }
    struct order *order = mem_zero(1, sizeof *order);
    *order = (struct order){.provider = provider, .references = 1, .state = state, .since_us = session_now(session)};
    order->account = mem_dup(json_string_or(spec, "account", first_account(session, provider)));
    order->document = provider->blank(session);
    order->facts = cJSON_CreateObject();
    if (id != NULL)
        set_id_member(order, id);
    json_overlay(order->facts, json_member(spec, "facts"));
    provider->dress(order, session_now(session));
    json_overlay(order->document, json_member(spec, "document"));
    provider->identify(order);
    for (const cJSON *alias = cJSON_GetArrayItem(json_member(spec, "aliases"), 0); alias != NULL; alias = alias->next)
        order_add_alias(order, alias->valuestring);
    wrong = order_name_problem(order);
    if (wrong != NULL) {
        *problem = wrong;
        order_drop(order);
        return NULL;
    }
    return order;
}

struct order *order_copy(const struct order *order)
{
    struct order *copy = mem_zero(1, sizeof *copy);
    *copy = *order;
    copy->references = 1;
    copy->id = mem_dup(order->id);
    copy->account = mem_dup(order->account);
    copy->aliases = mem_zero(order->alias_count, sizeof *copy->aliases);
    for (size_t i = 0; i < order->alias_count; i++)
        copy->aliases[i] = mem_dup(order->aliases[i]);
    copy->document = cJSON_Duplicate(order->document, true);
    copy->facts = cJSON_Duplicate(order->facts, true);
    return copy;
}

/* Counting does not change what an order is, so it goes through const. */
static int *count_of(const struct order *order)
{
    union {
        const int *read;
        int *write;
    } count = {.read = &order->references};
    return count.write;
}

const struct order *order_hold(const struct order *order)
{
    if (order != NULL)
        __atomic_add_fetch(count_of(order), 1, __ATOMIC_RELAXED);
    return order;
}

void order_drop(const struct order *order)
{
    if (order == NULL || __atomic_sub_fetch(count_of(order), 1, __ATOMIC_ACQ_REL) > 0)
        return;
    union {
        const struct order *read;
        struct order *write;
    } last = {.read = order};
    order_clear_names(last.write);
    free(last.write->account);
    cJSON_Delete(last.write->document);
    cJSON_Delete(last.write->facts);
    free(last.write);
}

void order_enter(struct order *copy, const char *state, int64_t now_us)
{
    const char *known = state_of(copy->provider, state);
    if (known == NULL)
        abort(); /* a provider's table names a state that it does not have: tests/providers.c looks for that */
    copy->state = known;
    copy->since_us = now_us;
    copy->polls = 0;
    copy->provider->dress(copy, now_us);
}

void order_add_alias(struct order *copy, const char *alias)
{
    for (size_t i = 0; i < copy->alias_count; i++)
        if (strcmp(copy->aliases[i], alias) == 0)
            return;
    if (copy->id != NULL && strcmp(copy->id, alias) == 0)
        return;
    copy->aliases = mem_resize(copy->aliases, (copy->alias_count + 1) * sizeof *copy->aliases);
    copy->aliases[copy->alias_count++] = mem_dup(alias);
}

void order_clear_names(struct order *copy)
{
    for (size_t i = 0; i < copy->alias_count; i++)
        free(copy->aliases[i]);
    free(copy->aliases);
    free(copy->id);
    copy->aliases = NULL;
    copy->alias_count = 0;
    copy->id = NULL;
}

void order_set_id(struct order *copy, const char *id)
{
    char *mine = mem_dup(id);
    free(copy->id);
    copy->id = mine;
}

cJSON *order_to_json(const struct order *order)
{
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "provider", order->provider->name);
    json_set_string(json, "id", order->id);
    cJSON *aliases = cJSON_AddArrayToObject(json, "aliases");
    for (size_t i = 0; i < order->alias_count; i++)
        cJSON_AddItemToArray(aliases, cJSON_CreateString(order->aliases[i]));
    json_set_string(json, "account", order->account);
    json_set_string(json, "state", order->state);
    json_set(json, "document", cJSON_Duplicate(order->document, true));
    json_set(json, "facts", cJSON_Duplicate(order->facts, true));
    return json;
}
