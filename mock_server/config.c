/*
 * A row an option: its name, its shape, and where its value goes. The values are texts of the tree, or of the arena
 * where they are put together.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/instant.h"
#include "base/nearest.h"
#include "fixtures/file.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "options.h"
#include "registry.h"

struct config {
    struct fixture_file file;
    struct arena *arena;
    struct options *options;
};

/* ── What each member does ─────────────────────────────────────────────────────────────────────────────────────── */

typedef void set_member(struct config *config, const cJSON *member);

/* "fixtures" in "ci/mock.json" is "ci/fixtures". */
static const char *beside(struct config *config, const char *path)
{
    const char *slash = strrchr(config->file.path, '/');
    if (path[0] == '/' || slash == NULL)
        return path;
    return arena_print(config->arena, "%.*s/%s", (int)(slash - config->file.path), config->file.path, path);
}

static void set_listen(struct config *config, const cJSON *member)
{
    config->options->server.listen = member->valuestring;
}

static void set_fixtures(struct config *config, const cJSON *member)
{
    config->options->server.fixtures = beside(config, member->valuestring);
}

static void set_journal_file(struct config *config, const cJSON *member)
{
    config->options->server.journal_file = beside(config, member->valuestring);
}

static void set_ready_file(struct config *config, const cJSON *member)
{
    config->options->ready_file = beside(config, member->valuestring);
}

static void set_freeze_time(struct config *config, const cJSON *member)
{
    int64_t at_us = 0;
    if (!instant_read(member->valuestring, &at_us))
        fixture_file_complain(&config->file, member, "give an instant such as 2026-11-01T09:00:00Z");
    config->options->server.freeze_time = member->valuestring;
}

static void set_seed(struct config *config, const cJSON *member)
{
    int64_t seed = 0;
    json_integer(member, &seed);
    config->options->server.seed = (uint64_t)seed;
}

static void set_journal_size(struct config *config, const cJSON *member)
{
    int64_t size = 0;
    json_integer(member, &size);
    config->options->server.journal_size = (size_t)size;
}

static void set_explain(struct config *config, const cJSON *member)
{
    config->options->server.explain = cJSON_IsTrue(member);
}

static void set_quiet(struct config *config, const cJSON *member)
{
    config->options->quiet = cJSON_IsTrue(member);
}

/* NULL after complaining. */
static const struct provider *provider_named(struct config *config, const cJSON *node, const char *name)
{
    const char *names[16] = {NULL};
    char hint[HINT_MAX];
    for (size_t i = 0; i < COUNT_OF(names) - 1 && all_providers[i] != NULL; i++) {
        names[i] = all_providers[i]->name;
        if (strcmp(names[i], name) == 0)
            return all_providers[i];
    }
    fixture_file_complain(&config->file, node, "no provider is called \"%.60s\"%s", name,
                          nearest_hint(name, names, hint));
    return NULL;
}

static void set_providers(struct config *config, const cJSON *member)
{
    struct options *options = config->options;
    for (const cJSON *name = member->child; name != NULL; name = name->next) {
        if (provider_named(config, name, name->valuestring) == NULL)
            continue;
        if (options->server.provider_count == LIST_OPTIONS_MAX) {
            fixture_file_complain(&config->file, name, "too many providers");
            return;
        }
        options->providers[options->server.provider_count++] = name->valuestring;
    }
}

static void set_knob(struct config *config, const struct provider *provider, const cJSON *knob)
{
    struct options *options = config->options;
    struct text problem = TEXT_INIT(1024);
    int64_t value = 0;
    int number = knob_named(provider, knob->string, &problem);
    if (number >= 0 && !cJSON_IsString(knob))
        text_print(&problem, "the value of knob \"%s\" must be a string", knob->string);
    else if (number >= 0 && knob_value(provider, (unsigned)number, knob->valuestring, &value, &problem) &&
             options->server.knob_count == LIST_OPTIONS_MAX)
        text_add(&problem, "too many knobs");
    if (problem.length > 0)
        fixture_file_complain(&config->file, knob, "%s", text_cstr(&problem));
    else
        options->knobs[options->server.knob_count++] =
            arena_print(config->arena, "%s.%s=%s", provider->name, knob->string, knob->valuestring);
    text_release(&problem);
}

static void set_knobs(struct config *config, const cJSON *member)
{
    for (const cJSON *entry = member->child; entry != NULL; entry = entry->next) {
        const struct provider *provider = provider_named(config, entry, entry->string);
        if (provider != NULL && !cJSON_IsObject(entry))
            fixture_file_complain(&config->file, entry, "the knobs of a provider are an object: {\"NAME\": \"VALUE\"}");
        for (const cJSON *knob = provider != NULL && cJSON_IsObject(entry) ? entry->child : NULL; knob != NULL;
             knob = knob->next)
            set_knob(config, provider, knob);
    }
}

static const struct member_row {
    struct shape shape;
    set_member *set;
} rows[] = {
    {{"$schema", SHAPE_STRING}, NULL},
    {{"listen", SHAPE_STRING}, set_listen},
    {{"fixtures", SHAPE_STRING}, set_fixtures},
    {{"providers", SHAPE_ARRAY_OF_STRINGS}, set_providers},
    {{"knobs", SHAPE_OBJECT}, set_knobs},
    {{"freeze_time", SHAPE_STRING}, set_freeze_time},
    {{"seed", SHAPE_INTEGER, .most = INT64_MAX}, set_seed},
    {{"journal_size", SHAPE_INTEGER, .least = 1, .most = 10000000}, set_journal_size},
    {{"journal_file", SHAPE_STRING}, set_journal_file},
    {{"ready_file", SHAPE_STRING}, set_ready_file},
    {{"explain", SHAPE_BOOLEAN}, set_explain},
    {{"quiet", SHAPE_BOOLEAN}, set_quiet},
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* False after complaining. */
static bool shapes_fit(struct config *config)
{
    struct shape shapes[COUNT_OF(rows) + 1] = {{.name = NULL}};
    const struct shape_report report = fixture_file_report(&config->file);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        shapes[i] = rows[i].shape;
    return shape_check(config->file.tree, shapes, SHAPE_CLOSED, &report);
}

static void set_members(struct config *config)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cJSON *member = json_member(config->file.tree, rows[i].shape.name);
        if (member != NULL && rows[i].set != NULL)
            rows[i].set(config, member);
    }
}

int config_read(const char *path, struct options *options, struct config **out, struct text *problems)
{
    struct config *config = mem_zero(1, sizeof *config);
    config->arena = arena_new();
    config->options = options;
    fixture_file_open(&config->file, path, problems);
    if (config->file.tree != NULL && shapes_fit(config))
        set_members(config);
    if (problems->length == 0) {
        *out = config;
        return 0;
    }
    config_free(config);
    return -1;
}

/* ── Knobs that would do nothing ───────────────────────────────────────────────────────────────────────────────── */

static bool is_served(const struct options *options, const char *provider)
{
    bool served = options->server.provider_count == 0;
    for (size_t i = 0; i < options->server.provider_count && !served; i++)
        served = strcmp(options->providers[i], provider) == 0;
    return served;
}

/* Those of the file stand in front, "PROVIDER.NAME=VALUE" each. */
static void drop_knobs(struct options *options, size_t from_file, const char *provider)
{
    size_t kept = 0, length = strlen(provider);
    for (size_t i = 0; i < options->server.knob_count; i++) {
        const char *knob = options->knobs[i];
        if (i >= from_file || strncmp(knob, provider, length) != 0 || knob[length] != '.')
            options->knobs[kept++] = knob;
    }
    options->server.knob_count = kept;
}

int config_check_knobs(struct config *config, size_t from_file, struct text *problems)
{
    struct options *options = config->options;
    const cJSON *knobs = json_member(config->file.tree, "knobs");
    config->file.problems = problems;
    for (const cJSON *entry = knobs == NULL ? NULL : knobs->child; entry != NULL; entry = entry->next) {
        if (is_served(options, entry->string))
            continue;
        size_t before = options->server.knob_count;
        fixture_file_complain(&config->file, entry, "the knobs of %s do nothing, as %s leaves it out", entry->string,
                              options->providers_are_from_file ? "\"providers\"" : "--provider");
        drop_knobs(options, from_file, entry->string);
        from_file -= before - options->server.knob_count;
    }
    return problems->length > 0 && options->providers_are_from_file ? -1 : 0;
}

void config_free(struct config *config)
{
    if (config == NULL)
        return;
    fixture_file_release(&config->file);
    arena_free(config->arena);
    free(config);
}
