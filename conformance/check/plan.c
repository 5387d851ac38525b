/* Items that come and go. */
#include "check/plan.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/memory.h"

/* The part between two dashes, or before the only one. */
char *plan_group(const char *id)
{
    size_t head = strcspn(id, "-/");
    const char *rest = id[head] == '-' ? id + head + 1 : "";
    size_t middle = strcspn(rest, "-/");
    if (rest[middle] == '-')
        return mem_dup_bytes(rest, middle);
    return mem_dup_bytes(id, head);
}

static void add(struct plan *plan, const struct check_table *table, const struct check *check, bool at_end)
{
    const char *provider = table->profile.provider;
    char *group = plan_group(check->id);
    plan->items = mem_resize(plan->items, (plan->count + 1) * sizeof *plan->items);
    plan->items[plan->count++] = (struct item){
        .check = check,
        .table = table,
        .address = mem_print("%s/%s", provider, check->id),
        .suite = at_end ? mem_dup(provider) : mem_print("%s/%s", provider, group),
        .at_end = at_end,
    };
    plan->runnable += !at_end;
    free(group);
}

void plan_add(struct plan *plan, const struct check_table *table, const struct check_group *group, bool at_end)
{
    for (size_t i = 0; i < group->count; i++)
        add(plan, table, &group->rows[i], at_end);
}

void plan_drop(struct plan *plan, size_t index)
{
    plan->runnable -= !plan->items[index].at_end;
    free(plan->items[index].address);
    free(plan->items[index].suite);
    memmove(&plan->items[index], &plan->items[index + 1], (plan->count - index - 1) * sizeof *plan->items);
    plan->count--;
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
