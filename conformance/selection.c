/* Choosing checks. */
#include "selection.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/registry.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/nearest.h"
#include "session_checks.h"

void selection_everything(struct plan *out)
{
    *out = (struct plan){.tables = check_tables()};
    for (const struct check_table *const *table = out->tables; *table != NULL; table++) {
        for (const struct check_group *const *group = (*table)->groups; *group != NULL; group++)
            plan_add(out, *table, *group, false);
        plan_add(out, *table, &common_checks, false);
    }
    plan_add(out, &session_checks, session_checks.groups[0], true);
    out->known = out->count;
}

static bool matches(const struct item *item, const char *glob)
{
    return fnmatch(glob, item->address, 0) == 0 || fnmatch(glob, item->check->id, 0) == 0;
}

static bool matches_any(const struct item *item, const struct words *globs)
{
    for (size_t i = 0; i < globs->count; i++)
        if (matches(item, globs->list[i]))
            return true;
    return false;
}

static bool has_word(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->list[i], word) == 0)
            return true;
    return false;
}

static bool of_chosen_provider(const struct settings *settings, const struct item *item)
{
    return item->at_end || settings->providers.count == 0 ||
           has_word(&settings->providers, item->table->profile.provider);
}

/* The session's own checks cost nothing and belong to every run. */
static bool is_chosen(const struct settings *settings, const struct item *item)
{
    bool named = item->at_end || settings->run.count == 0 || matches_any(item, &settings->run);
    return named && item->check->level <= settings->level && !matches_any(item, &settings->skip);
}

static void report_unmatched(const char *option, const char *glob, const struct plan *all)
{
    struct nearest nearest;
    nearest_begin(&nearest, glob);
    for (size_t i = 0; i < all->count; i++)
        nearest_try(&nearest, all->items[i].address);
    fprintf(stderr, "cancelcheck: %s '%s' matches no check", option, glob);
    if (nearest.name != NULL)
        fprintf(stderr, "; did you mean '%s'?", nearest.name);
    fputs(" (--list shows them)\n", stderr);
}

/*
 * A glob that matches nothing is a slip of the pen, and would make a run smaller, or larger, than its owner believes.
 */
static bool all_match(const struct settings *settings, const char *option, const struct words *globs,
                      const struct plan *all)
{
    for (size_t g = 0; g < globs->count; g++) {
        bool found = false;
        for (size_t i = 0; i < all->count && !found; i++)
            found = of_chosen_provider(settings, &all->items[i]) && matches(&all->items[i], globs->list[g]);
        if (found)
            continue;
        report_unmatched(option, globs->list[g], all);
        return false;
    }
    return true;
}

/* What the selection was, for the message that nothing is left of it. */
static void report_empty(const struct settings *settings)
{
    fputs("cancelcheck: no check is left of this selection:", stderr);
    for (size_t i = 0; i < settings->providers.count; i++)
        fprintf(stderr, " --provider %s", settings->providers.list[i]);
    for (size_t i = 0; i < settings->run.count; i++)
        fprintf(stderr, " --run '%s'", settings->run.list[i]);
    for (size_t i = 0; i < settings->skip.count; i++)
        fprintf(stderr, " --skip '%s'", settings->skip.list[i]);
    fprintf(stderr, " --level %s\n",
            settings->level == LEVEL_MUST     ? "must"
            : settings->level == LEVEL_SHOULD ? "should"
                                              : "may");
}

int selection_make(const struct settings *settings, struct plan *out)
{
    struct plan plan;
    selection_everything(&plan);
    bool good =
        all_match(settings, "--run", &settings->run, &plan) && all_match(settings, "--skip", &settings->skip, &plan);
    for (size_t i = 0; i < plan.count;) {
        bool offered = of_chosen_provider(settings, &plan.items[i]);
        bool chosen = offered && is_chosen(settings, &plan.items[i]);
        plan.partial = plan.partial || (offered && !chosen);
        if (chosen)
            i++;
        else
            plan_drop(&plan, i);
    }
    if (good && plan.runnable > 0) {
        *out = plan;
        return 0;
    }
    if (good)
        report_empty(settings);
    plan_release(&plan);
    return -1;
}
