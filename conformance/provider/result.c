/* Slots and counts. */
#include "provider/result.h"

#include <stdlib.h>
#include <string.h>

#include "support/memory.h"

void result_init(struct result *result, const struct catalogue *catalogue)
{
    *result = (struct result){.catalogue = catalogue, .slots = must_alloc(catalogue->count, sizeof *result->slots)};
    for (size_t i = 0; i < catalogue->count; i++)
        result->slots[i].documented = &catalogue->list[i];
}

void result_release(struct result *result)
{
    for (size_t i = 0; i < result->catalogue->count; i++) {
        cJSON_Delete(result->slots[i].findings);
        cJSON_Delete(result->slots[i].wire);
        free(result->slots[i].needs);
    }
    free(result->slots);
    free(result->unreached);
    *result = (struct result){0};
}

struct replay_counts result_count(const struct result *result, const char *provider)
{
    struct replay_counts counts = {0};
    for (size_t i = 0; i < result->catalogue->count; i++)
        if (!provider || strcmp(result->slots[i].documented->provider, provider) == 0)
            counts.of[result->slots[i].outcome]++;
    return counts;
}

int result_exit_code(const struct result *result)
{
    struct replay_counts counts = result_count(result, NULL);
    if (counts.of[REPLAY_FAILED])
        return 1;
    return counts.of[REPLAY_PASSED] && !result->unreached ? 0 : 3;
}
