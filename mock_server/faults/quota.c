#include "faults/quota.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int64_t quota_count(struct quota *quota, uint64_t round, int64_t now_us, int64_t *left_us)
{
    bool is_over = now_us < quota->began_us || now_us - quota->began_us >= quota->window_us;
    if (quota->count == 0 || is_over) {
        quota->began_us = now_us;
        quota->count = 0;
    }
    *left_us = quota->window_us - (now_us - quota->began_us);
    quota->count += quota->round != round;
    quota->round = round;
    return quota->count;
}

const struct quota *quota_find(const struct quota *list, const char *name)
{
    while (list != NULL && strcmp(list->name, name) != 0)
        list = list->next;
    return list;
}

struct quota *quota_named(struct quota **list, const char *name, int64_t window_us)
{
    for (struct quota *quota = *list; quota != NULL; quota = quota->next)
        if (strcmp(quota->name, name) == 0)
            return quota;
    struct quota *quota = mem_zero(1, sizeof *quota);
    *quota = (struct quota){.name = mem_dup(name), .window_us = window_us, .next = *list};
    *list = quota;
    return quota;
}

void quotas_free(struct quota **list)
{
    while (*list != NULL) {
        struct quota *quota = *list;
        *list = quota->next;
        free(quota->name);
        free(quota);
    }
}
