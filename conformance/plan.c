/* Choosing checks. */
#include "plan.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/registry.h"
#include "session.h"
#include "support/memory.h"
#include "support/nearest.h"

/* The part between two dashes, or before the only one. */
char *plan_group(const char *id)
{
    size_t head = strcspn(id, "-/");
    const char *rest = id[head] == '-' ? id + head + 1 : "";
    size_t middle = strcspn(rest, "-/");
    if (rest[middle] == '-')
        return must_copy_bytes(rest, middle);
    return must_copy_bytes(id, head);
}

static void add(struct plan *plan, const struct check_table *table, const struct check *check)
{
    const char *provider = table->profile.provider;
    char *group = plan_group(check->id);
    bool at_end = table == &session_checks;
    plan->items = must_grow(plan->items, plan->count + 1, sizeof *plan->items);
    plan->items[plan->count++] = (struct item){
        .check = check,
        .table = table,
        .address = must_format("%s/%s", provider, check->id),
        .suite = at_end ? must_copy(provider) : must_format("%s/%s", provider, group),
        .at_end = at_end,
    };
    plan->runnable += !at_end;
    free(group);
}

static void add_rows(struct plan *plan, const struct check_table *table, const struct check *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(plan, table, &rows[i]);
}

void plan_everything(struct plan *out)
{
    *out = (struct plan){0};
    for (size_t i = 0; i < check_table_count(); i++) {
        const struct check_table *table = check_table_at(i);
        add_rows(out, table, table->checks, table->count);
        add_rows(out, table, common_rows, common_row_count);
    }
    add_rows(out, &session_checks, session_checks.checks, session_checks.count);
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

static bool of_chosen_provider(const struct options *options, const struct item *item)
{
    return item->at_end || options->providers.count == 0 ||
           has_word(&options->providers, item->table->profile.provider);
}

/* The session's own checks cost nothing and belong to every run. */
static bool is_chosen(const struct options *options, const struct item *item)
{
    bool named = item->at_end || options->run.count == 0 || matches_any(item, &options->run);
    return named && item->check->level <= options->level && !matches_any(item, &options->skip);
}

static void drop(struct plan *plan, size_t index)
{
    plan->runnable -= !plan->items[index].at_end;
    free(plan->items[index].address);
    free(plan->items[index].suite);
    memmove(&plan->items[index], &plan->items[index + 1], (plan->count - index - 1) * sizeof *plan->items);
    plan->count--;
}

static void tell_unmatched(const char *option, const char *glob, const struct plan *all)
{
    const char **names = must_alloc(all->count, sizeof *names);
    for (size_t i = 0; i < all->count; i++)
        names[i] = all->items[i].address;
    const char *hint = similar_name(glob, names, all->count);
    fprintf(stderr, "cancelcheck: %s '%s' matches no check", option, glob);
    if (hint)
        fprintf(stderr, "; did you mean '%s'?", hint);
    fputs(" (--list shows them)\n", stderr);
    free(names);
}

/*
 * A glob that matches nothing is a slip of the pen, and would make a run smaller, or larger, than its owner believes.
 */
static bool all_match(const struct options *options, const char *option, const struct words *globs,
                      const struct plan *all)
{
    for (size_t g = 0; g < globs->count; g++) {
        bool found = false;
        for (size_t i = 0; i < all->count && !found; i++)
            found = of_chosen_provider(options, &all->items[i]) && matches(&all->items[i], globs->list[g]);
        if (found)
            continue;
        tell_unmatched(option, globs->list[g], all);
        return false;
    }
    return true;
}

/* What the selection was, for the message that nothing is left of it. */
static void tell_empty(const struct options *options)
{
    fputs("cancelcheck: no check is left of this selection:", stderr);
    for (size_t i = 0; i < options->providers.count; i++)
        fprintf(stderr, " --provider %s", options->providers.list[i]);
    for (size_t i = 0; i < options->run.count; i++)
        fprintf(stderr, " --run '%s'", options->run.list[i]);
    for (size_t i = 0; i < options->skip.count; i++)
        fprintf(stderr, " --skip '%s'", options->skip.list[i]);
    fprintf(stderr, " --level %s\n",
            options->level == LEVEL_MUST     ? "must"
            : options->level == LEVEL_SHOULD ? "should"
                                             : "may");
}

int plan_make(const struct options *options, struct plan *out)
{
    struct plan plan;
    plan_everything(&plan);
    bool good =
        all_match(options, "--run", &options->run, &plan) && all_match(options, "--skip", &options->skip, &plan);
    for (size_t i = 0; i < plan.count;) {
        bool offered = of_chosen_provider(options, &plan.items[i]);
        bool chosen = offered && is_chosen(options, &plan.items[i]);
        plan.partial = plan.partial || (offered && !chosen);
        if (chosen)
            i++;
        else
            drop(&plan, i);
    }
    if (good && plan.runnable > 0) {
        *out = plan;
        return 0;
    }
    if (good)
        tell_empty(options);
    plan_release(&plan);
    return -1;
}

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        free(plan->items[i].address);
        free(plan->items[i].suite);
    }
    free(plan->items);
    *plan = (struct plan){0};
}
