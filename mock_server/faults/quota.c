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

struct quota *quota_named(struct quota **list, const char *name, int64_t window_us)
{
    struct quota *quota = *list;
    while (quota != NULL && strcmp(quota->name, name) != 0)
        quota = quota->next;
    if (quota == NULL) {
        quota = mem_zero(1, sizeof *quota);
        *quota = (struct quota){.name = mem_dup(name), .next = *list};
        *list = quota;
    }
    quota->window_us = window_us;
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
