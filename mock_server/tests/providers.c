/*
 * What holds for the tables of every provider, and what its fixtures must cover: nobody has to remember it when adding
 * one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "fixtures/fixtures.h"
#include "model/knob_values.h"
#include "registry.h"
#include "tests/client.h"
#include "tests/suites.h"

static const struct provider *provider_of(void *context)
{
    return all_providers[(size_t)(uintptr_t)context];
}

static void names_are_states(const struct provider *provider, const char *const *names)
{
    for (; *names != NULL; names++)
        CHECK_TEXT(state_of(provider, *names) == NULL ? *names : "a state", "a state");
}

static void events_name_states(void *context)
{
    const struct provider *provider = provider_of(context);
    for (const struct event *event = provider->events; event->name != NULL; event++) {
        names_are_states(provider, event->from);
        CHECK(event->from[0] != NULL);
        CHECK(event->to == NULL || state_of(provider, event->to) != NULL);
        CHECK(event->by != NULL && event->meaning != NULL);
        for (const struct event *other = provider->events; other != event; other++)
            CHECK(strcmp(other->name, event->name) != 0);
    }
}

static void routes_are_whole(void *context)
{
    const struct provider *provider = provider_of(context);
    for (const struct route *route = provider->routes; route->method != NULL; route++) {
        CHECK(route->pattern[0] == '/' && route->operation != NULL && route->render != NULL);
        for (const struct route *other = provider->routes; other != route; other++)
            CHECK(strcmp(other->method, route->method) != 0 || strcmp(other->pattern, route->pattern) != 0);
    }
}

static void knobs_are_whole(void *context)
{
    const struct provider *provider = provider_of(context);
    CHECK(provider->knob_count > 0 && provider->knob_count <= KNOBS_MAX);
    for (size_t k = 0; k < provider->knob_count; k++) {
        const struct knob *knob = &provider->knobs[k];
        char text[KNOB_TEXT_MAX];
        int64_t value = -1;
        CHECK(knob->name != NULL && knob->meaning != NULL && knob->clause != NULL);
        CHECK(knob_read(knob, knob_write(knob, knob->initial, text), &value) && value == knob->initial);
        for (size_t other = 0; other < k; other++)
            CHECK(strcmp(provider->knobs[other].name, knob->name) != 0);
    }
}

static bool list_has(const cJSON *list, const char *member, const char *value)
{
    for (const cJSON *item = list->child; item != NULL; item = item->next)
        if (strcmp(json_string_or(item, member, ""), value) == 0)
            return true;
    return false;
}

/* states.json was written apart from the tables; both must know the same states, and each event of the other side that
 * leads somewhere. */
static void states_agree(void *context)
{
    const struct provider *provider = provider_of(context);
    const struct provider *const only[] = {provider, NULL};
    struct text problems = TEXT_INIT(65536);
    const struct fixtures *fixtures = fixtures_load(NULL, only, &problems);
    CHECK_TEXT(text_cstr(&problems), "");
    const cJSON *file = fixtures_states(fixtures, provider);
    for (const char *const *state = provider->states; *state != NULL; state++)
        CHECK_TEXT(list_has(json_member(file, "states"), "name", *state) ? "in states.json" : *state, "in states.json");
    for (const struct event *event = provider->events; event->name != NULL; event++)
        if (event->to != NULL)
            CHECK_TEXT(list_has(json_member(file, "events"), "name", event->name) ? "in states.json" : event->name,
                       "in states.json");
    fixtures_drop(fixtures);
    text_release(&problems);
}

static bool is_seeded(const cJSON *orders, const char *state, const char *account)
{
    for (const cJSON *order = orders->child; order != NULL; order = order->next)
        if (strcmp(json_string_or(order, "state", ""), state) == 0 &&
            strcmp(json_string_or(order, "account", ""), account) == 0)
            return true;
    return false;
}

/* At least one seed order stands in every state, of every account that can sign in. */
static void every_state_is_seeded(void *context)
{
    const struct provider *provider = provider_of(context);
    struct mock_server *server = start_server();
    char *path = mem_print("/_mock/orders?provider=%s", provider->name);
    cJSON *answer = steer(server, "GET", path, NULL, 200);
    const cJSON *orders = json_member(answer, "orders");
    for (const cJSON *order = orders->child; order != NULL; order = order->next)
        for (const char *const *state = provider->states; *state != NULL; state++) {
            const char *account = json_string_or(order, "account", "");
            char *missing = mem_print("no order of %s is %s", account, *state);
            CHECK_TEXT(is_seeded(orders, *state, account) ? "seeded" : missing, "seeded");
            free(missing);
        }
    cJSON_Delete(answer);
    free(path);
    mock_server_stop(server);
}

/* "NAME=VALUE", of that length. */
static void check_setting(const struct provider *provider, const char *setting, size_t length)
{
    struct text problem = TEXT_INIT(1024);
    int64_t value = 0;
    size_t equals = strcspn(setting, "=");
    CHECK(equals < length);
    char *name = mem_dup_bytes(setting, equals), *word = mem_dup_bytes(setting + equals + 1, length - equals - 1);
    int knob = knob_named(provider, name, &problem);
    CHECK(knob >= 0);
    CHECK(knob < 0 || knob_value(provider, (unsigned)knob, word, &value, &problem));
    free(name);
    free(word);
    text_release(&problem);
}

/* What a route needs is a knob of the provider and a value of it; every route is below a base. */
static void needs_are_knobs(void *context)
{
    const struct provider *provider = provider_of(context);
    for (const struct route *route = provider->routes; route->method != NULL; route++)
        for (const struct base_path *base = provider->bases; base->base != NULL && provider->needs != NULL; base++) {
            const char *settings = provider->needs(base, route);
            for (const char *at = settings == NULL ? "" : settings; *at != '\0';) {
                size_t length = strcspn(at, ",");
                check_setting(provider, at, length);
                at += length + strspn(at + length, ", ");
            }
        }
}

void suite_providers(void)
{
    static const struct {
        const char *what;
        test_function *test;
    } rules[] = {{"events name states", events_name_states},
                 {"routes are whole", routes_are_whole},
                 {"knobs are whole", knobs_are_whole},
                 {"what routes need are knobs", needs_are_knobs},
                 {"states.json agrees with the tables", states_agree},
                 {"every state is seeded", every_state_is_seeded}};
    for (size_t p = 0; all_providers[p] != NULL; p++)
        for (size_t r = 0; r < COUNT_OF(rules); r++) {
            char *name = mem_print("%s: %s", all_providers[p]->name, rules[r].what);
            register_test("providers", name, rules[r].test, (void *)(uintptr_t)p);
            free(name);
        }
}
