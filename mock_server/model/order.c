#include "model/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "model/provider.h"

struct order REMOVE_ORDER[1];

const char *state_of(const struct provider *provider, const char *name)
{
    for (const char *const *state = provider->states; *state != NULL; state++)
        if (strcmp(*state, name) == 0)
            return *state;
    return NULL;
}

/* Where ids are integers, "0" and "007" are none: an answer that shows them as numbers would not be JSON. */
const char *order_id_problem(const struct provider *provider, const char *id)
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
    const char *wrong = order_id_problem(order->provider, order->id);
    bool good = is_name(order->id);
    for (size_t i = 0; i < order->alias_count; i++)
        good = good && is_name(order->aliases[i]);
    if (order->alias_count > ORDER_ALIASES_MAX)
        wrong = "an order has at most 100 aliases";
    return good ? wrong : "the id and every alias of an order have 1 to 200 bytes";
}

struct order *order_new(const struct provider *provider, const char *state, const char *account)
{
    struct order *order = mem_zero(1, sizeof *order);
    *order = (struct order){.provider = provider, .references = 1, .state = state, .account = mem_dup(account)};
    return order;
}

struct order *order_copy(const struct order *order)
{
    struct order *copy = mem_zero(1, sizeof *copy);
    *copy = (struct order){.provider = order->provider,
                           .id = mem_dup(order->id),
                           .alias_count = order->alias_count,
                           .account = mem_dup(order->account),
                           .state = order->state,
                           .since_us = order->since_us,
                           .polls = order->polls,
                           .version = order->version,
                           .references = 1};
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
    copy->provider->write_state(copy, now_us);
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
