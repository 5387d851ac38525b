/*
 * Reads the fixture folders: every file is parsed, checked against its shape, and then against the others. Mistakes are
 * collected with their places; the caller gets either all fixtures or all mistakes.
 */
#include "model/fixtures.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "model/crowd.h"
#include "model/fixture_set.h"
#include "model/store.h"
#include "model/stubs.h"

/* What is read late, when the fixtures are embedded. */
struct shelf {
    pthread_mutex_t lock;
    bool is_filled;
};

struct fixtures {
    struct fixture_set *list;
    size_t count;
    const struct provider **providers; /* ended by NULL */
    struct stubs *stubs;
    struct shelf *shelf;
};

/* ── Loading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void load_set(struct fixture_set *set, const char *folder, struct text *problems)
{
    static const char *const names[] = {
        [FIXTURE_PROVIDER] = "provider.json", [FIXTURE_ORDERS] = "orders.json", [FIXTURE_STATES] = "states.json"};
    for (int i = 0; i < FIXTURE_FILES; i++)
        fixture_file_read(&set->files[i], folder, set->provider->name, names[i], problems);
    fixture_rules_check(set);
}

static void load_all(struct fixtures *fixtures, const char *folder, struct text *problems)
{
    for (size_t i = 0; i < fixtures->count; i++) {
        load_set(&fixtures->list[i], folder, problems);
        if (folder != NULL)
            fixture_exchanges_read(&fixtures->list[i], folder, problems);
    }
    fixtures->shelf->is_filled = folder != NULL;
}

/* Once nothing is wrong with them. */
static void set_up_stubs(struct fixtures *fixtures)
{
    for (size_t i = 0; i < fixtures->count; i++) {
        const cJSON *list = fixtures->list[i].exchanges;
        for (const cJSON *exchange = list == NULL ? NULL : list->child; exchange != NULL; exchange = exchange->next)
            if (json_true(exchange, "stub"))
                stubs_add(fixtures->stubs, fixtures->list[i].provider, exchange);
    }
}

/* Every request asks for them, so they are picked out once. */
static void set_up_magic(struct fixtures *fixtures)
{
    for (size_t i = 0; i < fixtures->count; i++) {
        struct fixture_set *set = &fixtures->list[i];
        cJSON *entry = NULL;
        set->magic_faults = cJSON_CreateArray();
        cJSON_ArrayForEach (entry, json_member_mut(set->files[FIXTURE_PROVIDER].tree, "magic_ids"))
            if (json_member(entry, "fault") != NULL)
                cJSON_AddItemReferenceToArray(set->magic_faults, entry);
    }
}

/* errno says why not. */
static bool is_folder(const char *path)
{
    DIR *folder = opendir(path);
    return folder != NULL && closedir(folder) == 0;
}

struct fixtures *fixtures_load(const char *folder, const struct provider *const *providers, struct text *problems)
{
    struct fixtures *fixtures = mem_zero(1, sizeof *fixtures);
    while (providers[fixtures->count] != NULL)
        fixtures->count++;
    fixtures->list = mem_zero(fixtures->count, sizeof *fixtures->list);
    fixtures->providers = mem_zero(fixtures->count + 1, sizeof *fixtures->providers);
    fixtures->stubs = stubs_new();
    fixtures->shelf = mem_zero(1, sizeof *fixtures->shelf);
    pthread_mutex_init(&fixtures->shelf->lock, NULL);
    for (size_t i = 0; i < fixtures->count; i++)
        fixtures->list[i].provider = fixtures->providers[i] = providers[i];
    if (folder != NULL && !is_folder(folder))
        text_print(problems, "%s: %s\n", folder, strerror(errno));
    else
        load_all(fixtures, folder, problems);
    if (problems->length == 0 && !problems->overflowed) {
        set_up_stubs(fixtures);
        set_up_magic(fixtures);
        return fixtures;
    }
    fixtures_free(fixtures);
    return NULL;
}

void fixtures_free(struct fixtures *fixtures)
{
    if (fixtures == NULL)
        return;
    for (size_t i = 0; i < fixtures->count; i++) {
        for (int f = 0; f < FIXTURE_FILES; f++)
            fixture_file_release(&fixtures->list[i].files[f]);
        cJSON_Delete(fixtures->list[i].magic_faults);
        cJSON_Delete(fixtures->list[i].exchanges);
        cJSON_Delete(fixtures->list[i].openapi);
    }
    stubs_free(fixtures->stubs);
    pthread_mutex_destroy(&fixtures->shelf->lock);
    free(fixtures->shelf);
    free(fixtures->list);
    free(fixtures->providers);
    free(fixtures);
}

/* ── What was read ─────────────────────────────────────────────────────────────────────────────────────────────── */

static struct fixture_set *set_of(const struct fixtures *fixtures, const struct provider *provider)
{
    for (size_t i = 0; i < fixtures->count; i++)
        if (fixtures->list[i].provider == provider)
            return &fixtures->list[i];
    abort(); /* a provider that this server does not serve */
}

const cJSON *fixtures_of(const struct fixtures *fixtures, const struct provider *provider)
{
    return set_of(fixtures, provider)->files[FIXTURE_PROVIDER].tree;
}

const cJSON *fixtures_magic_faults(const struct fixtures *fixtures, const struct provider *provider)
{
    return set_of(fixtures, provider)->magic_faults;
}

const cJSON *fixtures_states(const struct fixtures *fixtures, const struct provider *provider)
{
    return set_of(fixtures, provider)->files[FIXTURE_STATES].tree;
}

/* The embedded ones are good: tests check them as a folder. */
static void fill_shelf(const struct fixtures *fixtures)
{
    struct text problems = TEXT_INIT(65536);
    pthread_mutex_lock(&fixtures->shelf->lock);
    for (size_t i = 0; i < fixtures->count && !fixtures->shelf->is_filled; i++)
        fixture_exchanges_read(&fixtures->list[i], NULL, &problems);
    fixtures->shelf->is_filled = true;
    pthread_mutex_unlock(&fixtures->shelf->lock);
    text_release(&problems);
}

const cJSON *fixtures_exchanges(const struct fixtures *fixtures, const struct provider *provider)
{
    fill_shelf(fixtures);
    return set_of(fixtures, provider)->exchanges;
}

const cJSON *fixtures_openapi(const struct fixtures *fixtures, const struct provider *provider)
{
    fill_shelf(fixtures);
    return set_of(fixtures, provider)->openapi;
}

const struct stubs *fixtures_stubs(const struct fixtures *fixtures)
{
    return fixtures->stubs;
}

const struct provider *const *fixtures_providers(const struct fixtures *fixtures)
{
    return fixtures->providers;
}

/* ── Seeding ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define NAME_TAKEN "an earlier order has the same id or alias"

/* One session being filled. */
struct sowing {
    struct session *session;
    struct session *seeder; /* made when the first crowd comes */
    struct store *store;
};

/* NULL, or what is wrong for the caller to free(). */
static char *seed_one(const struct sowing *sowing, const struct provider *provider, const cJSON *spec)
{
    const char *problem = NULL;
    cJSON *numbered = json_member(spec, "repeat") == NULL ? NULL : crowd_spec(spec, 1);
    struct order *order = order_make(sowing->session, provider, numbered == NULL ? spec : numbered, &problem);
    cJSON_Delete(numbered);
    if (order != NULL)
        order->since_us = ORDER_STILL;
    if (order != NULL && store_add(sowing->store, order) != STORE_OK)
        problem = NAME_TAKEN;
    return mem_dup(problem);
}

static char *seed_crowd(struct sowing *sowing, const struct provider *provider, const cJSON *spec)
{
    char *problem = NULL;
    if (sowing->seeder == NULL)
        sowing->seeder = session_seeder(sowing->session);
    struct crowd *crowd = crowd_new(sowing->seeder, provider, spec, store_next_ordinal(sowing->store), &problem);
    if (crowd == NULL)
        return problem;
    crowd_take_numbers(crowd, session_skip_numbers(sowing->session, crowd_numbers(crowd)));
    return store_add_crowd(sowing->store, crowd) == STORE_OK ? NULL : mem_dup(NAME_TAKEN);
}

static void seed_provider(struct sowing *sowing, const struct fixture_set *set, struct text *problems)
{
    struct fixture_file file = set->files[FIXTURE_ORDERS];
    file.problems = problems;
    for (const cJSON *spec = json_member(file.tree, "orders")->child; spec != NULL; spec = spec->next) {
        int64_t count = 1;
        json_integer(json_member(spec, "repeat"), &count);
        char *problem = count == 1 ? seed_one(sowing, set->provider, spec) : seed_crowd(sowing, set->provider, spec);
        if (problem != NULL && problems != NULL)
            fixture_file_complain(&file, spec, "%s", problem);
        free(problem);
    }
}

void fixtures_seed(const struct fixtures *fixtures, struct session *session, struct store *store, struct text *problems)
{
    struct sowing sowing = {.session = session, .store = store};
    for (size_t i = 0; i < fixtures->count; i++)
        seed_provider(&sowing, &fixtures->list[i], problems);
    session_drop(sowing.seeder);
}
