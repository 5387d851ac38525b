#include "verify/match_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "faults/kinds.h"
#include "model/provider.h"

struct reading {
    struct match *match;
    const cJSON *json;
    const struct provider *const *providers;
    const struct provider *only; /* the one that it names; NULL: it can mean all of them */
    const struct shape_report *report;
};

static const char *wanted(const struct reading *reading, enum match_member member)
{
    return reading->match->wanted[member];
}

static void PRINTF(3, 4) complain(const struct reading *reading, enum match_member member, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reading->report->found(reading->report->context, json_member(reading->json, plan_match_shape[member].name), text);
}

/* ── Names that stand in tables ────────────────────────────────────────────────────────────────────────────────── */

/* A name looked for in tables of names, with all of them for people when none is near. */
struct search {
    const char *word;
    bool found;
    struct nearest nearest;
    struct text all;
};

static bool is_listed(const struct text *list, const char *name)
{
    size_t length = strlen(name);
    const char *start = text_cstr(list);
    for (const char *at = strstr(start, name); at != NULL; at = strstr(at + 1, name))
        if ((at == start || at[-1] == ' ') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

static void try_name(struct search *search, const char *name)
{
    search->found = search->found || strcmp(search->word, name) == 0;
    nearest_try(&search->nearest, name);
    if (!is_listed(&search->all, name))
        text_print(&search->all, "%s%s", search->all.length > 0 ? ", " : "", name);
}

/* The providers that it can mean; NULL after the last. */
static const struct provider *provider_at(const struct reading *reading, size_t at)
{
    if (reading->only == NULL)
        return reading->providers[at];
    return at == 0 ? reading->only : NULL;
}

static const struct provider *provider_named(const struct reading *reading)
{
    const char *name = wanted(reading, MATCH_PROVIDER);
    for (size_t i = 0; name != NULL && reading->providers[i] != NULL; i++)
        if (strcmp(reading->providers[i]->name, name) == 0)
            return reading->providers[i];
    return NULL;
}

static void try_providers(const struct reading *reading, struct search *search)
{
    for (size_t i = 0; reading->providers[i] != NULL; i++)
        try_name(search, reading->providers[i]->name);
}

static void try_operations(const struct reading *reading, struct search *search)
{
    const struct provider *provider = NULL;
    for (size_t i = 0; (provider = provider_at(reading, i)) != NULL; i++)
        for (const struct route *route = provider->routes; route->method != NULL; route++)
            try_name(search, route->operation);
    try_name(search, OPERATION_STUB);
}

static void try_states(const struct reading *reading, struct search *search)
{
    const struct provider *provider = NULL;
    for (size_t i = 0; (provider = provider_at(reading, i)) != NULL; i++)
        for (const char *const *state = provider->states; *state != NULL; state++)
            try_name(search, *state);
}

static void try_faults(const struct reading *reading, struct search *search)
{
    const struct fault_kind *kind = NULL;
    (void)reading;
    for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
        try_name(search, kind->name);
}

static const struct table {
    enum match_member member;
    const char *noun; /* "no provider is called …" */
    void (*try_all)(const struct reading *reading, struct search *search);
} tables[] = {
    {MATCH_PROVIDER, "provider that is served", try_providers},
    {MATCH_OPERATION, "operation", try_operations},
    {MATCH_STATE_BEFORE, "state", try_states},
    {MATCH_STATE_AFTER, "state", try_states},
    {MATCH_FAULT, "kind of fault", try_faults},
};

static void check_table(const struct reading *reading, const struct table *table)
{
    struct search search = {.word = wanted(reading, table->member), .all = TEXT_INIT(200)};
    if (search.word == NULL)
        return;
    nearest_begin(&search.nearest, search.word);
    table->try_all(reading, &search);
    const char *of = reading->only == NULL ? "" : " of ";
    const char *whose = reading->only == NULL ? "" : reading->only->name;
    if (!search.found && search.nearest.name != NULL)
        complain(reading, table->member, "no %s%s%s is called \"%.60s\"; did you mean \"%s\"?", table->noun, of, whose,
                 search.word, search.nearest.name);
    else if (!search.found)
        complain(reading, table->member, "no %s%s%s is called \"%.60s\"; there are %s%s", table->noun, of, whose,
                 search.word, text_cstr(&search.all), search.all.overflowed ? "…" : "");
    text_release(&search.all);
}

/* ── Words that cannot be true together ────────────────────────────────────────────────────────────────────────── */

/* A HEAD is answered by the route of GET. */
static const char *method_of_route(const char *method)
{
    return strcmp(method, "HEAD") == 0 ? "GET" : method;
}

/* The operation must have a route of the method; a stub may have any. */
static void check_method(const struct reading *reading)
{
    const char *method = wanted(reading, MATCH_METHOD), *operation = wanted(reading, MATCH_OPERATION);
    const struct provider *provider = NULL;
    struct search search = {.word = method == NULL ? "" : method_of_route(method), .all = TEXT_INIT(200)};
    if (method == NULL || operation == NULL || strcmp(operation, OPERATION_STUB) == 0)
        return;
    for (size_t i = 0; (provider = provider_at(reading, i)) != NULL; i++)
        for (const struct route *route = provider->routes; route->method != NULL; route++)
            if (strcmp(route->operation, operation) == 0)
                try_name(&search, route->method);
    if (!search.found && search.all.length > 0)
        complain(reading, MATCH_METHOD, "no route of \"%.60s\" has the method %s; there is %s", operation, method,
                 text_cstr(&search.all));
    text_release(&search.all);
}

static void check_phase(const struct reading *reading)
{
    const char *phase = wanted(reading, MATCH_PHASE), *fault = wanted(reading, MATCH_FAULT);
    const struct fault_kind *kind = fault == NULL ? NULL : fault_kind_named(fault);
    for (size_t i = 0; phase != NULL && kind != NULL && fault_phase_names[i] != NULL; i++)
        if (strcmp(fault_phase_names[i], phase) == 0 && (kind->phases & (1u << i)) == 0)
            complain(reading, MATCH_PHASE, "%s never fires in the phase %s", fault, phase);
}

static void check_path(const struct reading *reading)
{
    const char *path = wanted(reading, MATCH_PATH);
    if (path == NULL)
        return;
    if (*path != '/' || strpbrk(path, "?# ") != NULL)
        complain(reading, MATCH_PATH, "a path begins with a slash, and has no query, no fragment and no blank");
    else if (strcmp(path, "/_mock") == 0 || strncmp(path, "/_mock/", strlen("/_mock/")) == 0)
        complain(reading, MATCH_PATH, "the journal has no calls of the control API");
    else if (strncmp(path, "/_s/", strlen("/_s/")) == 0)
        complain(reading, MATCH_PATH, "leave out /_s/NAME: a path is looked at without the name of its session");
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* 404 or "4xx". */
static void read_status(struct reading *reading, struct arena *arena)
{
    static const char *const classes[] = {"1xx", "2xx", "3xx", "4xx", "5xx", NULL};
    const cJSON *status = json_member(reading->json, "status");
    int64_t number = 0;
    if (status == NULL)
        return;
    for (size_t i = 0; cJSON_IsString(status) && classes[i] != NULL; i++)
        if (strcmp(classes[i], status->valuestring) == 0)
            reading->match->wanted[MATCH_STATUS] = classes[i];
    if (json_integer(status, &number) && number >= 100 && number <= 599)
        reading->match->wanted[MATCH_STATUS] = arena_print(arena, "%d", (int)number);
    if (reading->match->wanted[MATCH_STATUS] == NULL)
        complain(reading, MATCH_STATUS, "\"status\" is a number from 100 to 599, or a class such as \"4xx\"");
}

static void read_words(struct reading *reading)
{
    for (enum match_member member = 0; member < MATCH_MEMBERS; member++) {
        const char *word = json_string(reading->json, plan_match_shape[member].name);
        if (member == MATCH_STATUS || word == NULL)
            continue;
        reading->match->wanted[member] = word;
        if (*word == '\0')
            complain(reading, member, "\"%s\" is empty", plan_match_shape[member].name);
    }
}

void match_read(struct match *match, struct arena *arena, const cJSON *json, const struct provider *const *providers,
                const struct shape_report *report)
{
    struct reading reading = {match, json, providers, NULL, report};
    *match = (struct match){0};
    read_words(&reading);
    reading.only = provider_named(&reading);
    read_status(&reading, arena);
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        check_table(&reading, &tables[i]);
    check_method(&reading);
    check_phase(&reading);
    check_path(&reading);
}
