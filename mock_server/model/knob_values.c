#include "model/knob_values.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/shape.h"
#include "base/text.h"
#include "model/provider.h"

/* The knobs of one provider. */
struct knob_list {
    const struct provider *provider;
    int64_t beginning[KNOBS_MAX];
    int64_t values[KNOBS_MAX]; /* read and written atomically */
};

struct knob_values {
    const struct provider *const *providers;
    struct knob_list *lists;
    size_t count;
};

struct knob_values *knob_values_new(const struct provider *const *providers)
{
    struct knob_values *knobs = mem_zero(1, sizeof *knobs);
    knobs->providers = providers;
    while (providers[knobs->count] != NULL)
        knobs->count++;
    knobs->lists = mem_zero(knobs->count, sizeof *knobs->lists);
    for (size_t i = 0; i < knobs->count; i++) {
        knobs->lists[i].provider = providers[i];
        for (size_t k = 0; k < providers[i]->knob_count; k++)
            knobs->lists[i].beginning[k] = providers[i]->knobs[k].initial;
    }
    knob_values_reset(knobs);
    return knobs;
}

struct knob_values *knob_values_copy(const struct knob_values *knobs)
{
    struct knob_values *copy = knob_values_new(knobs->providers);
    for (size_t i = 0; i < knobs->count; i++)
        memcpy(copy->lists[i].beginning, knobs->lists[i].beginning, sizeof copy->lists[i].beginning);
    knob_values_reset(copy);
    return copy;
}

void knob_values_free(struct knob_values *knobs)
{
    if (knobs == NULL)
        return;
    free(knobs->lists);
    free(knobs);
}

static struct knob_list *list_of(const struct knob_values *knobs, const struct provider *provider)
{
    for (size_t i = 0; i < knobs->count; i++)
        if (knobs->lists[i].provider == provider)
            return &knobs->lists[i];
    abort(); /* a provider that this server does not serve has no exchanges either */
}

int64_t knob_values_get(const struct knob_values *knobs, const struct provider *provider, unsigned knob)
{
    return __atomic_load_n(&list_of(knobs, provider)->values[knob], __ATOMIC_RELAXED);
}

void knob_values_set(struct knob_values *knobs, const struct provider *provider, unsigned knob, int64_t value)
{
    __atomic_store_n(&list_of(knobs, provider)->values[knob], value, __ATOMIC_RELAXED);
}

void knob_values_reset(struct knob_values *knobs)
{
    for (size_t i = 0; i < knobs->count; i++)
        for (unsigned k = 0; k < knobs->lists[i].provider->knob_count; k++)
            knob_values_set(knobs, knobs->lists[i].provider, k, knobs->lists[i].beginning[k]);
}

/* ── As people write them ──────────────────────────────────────────────────────────────────────────────────────── */

int knob_named(const struct provider *provider, const char *name, struct text *problem)
{
    const char *names[KNOBS_MAX + 1] = {NULL};
    char hint[HINT_MAX];
    for (size_t k = 0; k < provider->knob_count; k++) {
        names[k] = provider->knobs[k].name;
        if (strcmp(names[k], name) == 0)
            return (int)k;
    }
    if (problem != NULL)
        text_print(problem, "%s has no knob \"%.60s\"%s", provider->name, name, nearest_hint(name, names, hint));
    return -1;
}

bool knob_value(const struct provider *provider, unsigned number, const char *value, int64_t *out, struct text *problem)
{
    const struct knob *knob = &provider->knobs[number];
    if (knob_read(knob, value, out))
        return true;
    text_print(problem, "knob %s.%s cannot be \"%.60s\"; it takes", provider->name, knob->name, value);
    if (knob->is_delay)
        text_add(problem, " never, immediate, after:90s (ms, s, m, h or d) or polls:3");
    else if (knob->choices == NULL)
        text_print(problem, " a number from %lld to %lld", (long long)knob->least, (long long)knob->most);
    for (int i = 0; knob->choices != NULL && knob->choices[i] != NULL; i++)
        text_print(problem, "%s %s", i == 0 ? "" : ",", knob->choices[i]);
    return false;
}

bool knob_values_begin_with(struct knob_values *knobs, const char *provider, const char *name, const char *value,
                            struct text *problem)
{
    for (size_t i = 0; i < knobs->count; i++) {
        struct knob_list *list = &knobs->lists[i];
        if (strcmp(list->provider->name, provider) != 0)
            continue;
        int number = knob_named(list->provider, name, problem);
        int64_t read = 0;
        if (number < 0 || !knob_value(list->provider, (unsigned)number, value, &read, problem))
            return false;
        list->beginning[number] = read;
        knob_values_set(knobs, list->provider, (unsigned)number, read);
        return true;
    }
    text_print(problem, "no provider is called \"%.60s\" among those served", provider);
    return false;
}
