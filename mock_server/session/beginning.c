#include "session/beginning.h"

#include "fixtures/fixtures.h"
#include "model/id_source.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "session/credential_twin.h"
#include "session/seeds.h"
#include "session/store.h"

static void plant(const struct beginning_plan *plan, struct beginning *fresh, struct text *problems)
{
    struct knob_values *knobs = knob_values_copy(plan->knobs);
    const struct seed_plot plot = {.fixtures = plan->fixtures,
                                   .seed = plan->seed,
                                   .maker = {.knobs = knobs, .ids = fresh->drawn, .now_us = plan->now_us},
                                   .store = fresh->store};
    seeds_plant(&plot, problems);
    knob_values_free(knobs);
}

/* Drawn from the session's name: they do not change with the ids. What a client was given it can show for ever; what it
 * may do with it is what the fixtures say now. */
static cJSON *own_credentials(const struct beginning_plan *plan)
{
    const struct provider *const *providers = fixtures_providers(plan->fixtures);
    cJSON *all = cJSON_CreateObject();
    for (; plan->has_own_credentials && *providers != NULL; providers++) {
        const cJSON *fixture = fixtures_of(plan->fixtures, *providers);
        const cJSON *first = cJSON_GetArrayItem(json_member(fixture, "credentials"), 0);
        const cJSON *given = json_member(json_member(plan->given, (*providers)->name), "values");
        json_set(all, (*providers)->name, credential_twin(first, plan->session_name, given));
    }
    return all;
}

struct beginning beginning_make(const struct beginning_plan *plan, struct text *problems)
{
    struct beginning fresh = {.now_us = plan->now_us,
                              .has_orders = plan->with_orders,
                              .fixtures = fixtures_hold(plan->fixtures),
                              .store = store_new(),
                              .drawn = id_source_new(plan->seed)};
    if (plan->with_orders)
        plant(plan, &fresh, problems);
    fresh.credentials = own_credentials(plan);
    return fresh;
}

void beginning_release(struct beginning *beginning)
{
    store_free(beginning->store);
    id_source_free(beginning->drawn);
    cJSON_Delete(beginning->credentials);
    fixtures_drop(beginning->fixtures);
}
