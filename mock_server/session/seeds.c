#include "session/seeds.h"

#include <stdlib.h>

#include "fixtures/file.h"
#include "fixtures/fixtures.h"
#include "model/order.h"
#include "session/lazy_seed.h"
#include "session/store.h"

#define NAME_TAKEN "an earlier order has the same id or alias"

/* NULL, or what is wrong for the caller to free(). */
static char *plant_one(const struct seed_plot *plot, const cJSON *spec)
{
    const char *problem = NULL;
    cJSON *filled = json_member(spec, "repeat") == NULL ? NULL : lazy_seed_spec(spec, 1);
    struct order *order = order_make(&plot->maker, filled == NULL ? spec : filled, &problem);
    cJSON_Delete(filled);
    if (order != NULL)
        order->since_us = ORDER_STILL;
    if (order != NULL && store_add(plot->store, order) != STORE_OK)
        problem = NAME_TAKEN;
    return mem_dup(problem);
}

static char *plant_lazily(const struct seed_plot *plot, const cJSON *spec)
{
    char *problem = NULL;
    struct lazy_seed *lazy = lazy_seed_new(&plot->maker, plot->seed, spec, store_next_ordinal(plot->store), &problem);
    if (lazy == NULL)
        return problem;
    lazy_seed_take_numbers(lazy, id_source_skip_numbers(plot->maker.ids, lazy_seed_numbers(lazy)));
    return store_add_lazy_seed(plot->store, lazy) == STORE_OK ? NULL : mem_dup(NAME_TAKEN);
}

static void plant_provider(const struct seed_plot *plot, struct text *problems)
{
    struct json_file file = *fixtures_orders(plot->fixtures, plot->maker.provider);
    file.problems = problems;
    for (const cJSON *spec = json_member(file.tree, "orders")->child; spec != NULL; spec = spec->next) {
        int64_t count = 1;
        json_integer(json_member(spec, "repeat"), &count);
        char *problem = count == 1 ? plant_one(plot, spec) : plant_lazily(plot, spec);
        if (problem != NULL && problems != NULL)
            json_file_complain(&file, spec, "%s", problem);
        free(problem);
    }
}

void seeds_plant(const struct seed_plot *plot, struct text *problems)
{
    const struct provider *const *providers = fixtures_providers(plot->fixtures);
    struct seed_plot one = *plot;
    for (; *providers != NULL; providers++) {
        one.maker.provider = *providers;
        one.maker.fixture = fixtures_of(plot->fixtures, *providers);
        plant_provider(&one, problems);
    }
}
