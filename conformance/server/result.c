/* Slots and counts. */
#include "server/result.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/memory.h"

void result_init(struct result *result, const struct server_settings *settings, const struct exchanges *exchanges)
{
    *result = (struct result){.settings = settings, .exchanges = exchanges};
    result->slots = mem_zero(exchanges->count, sizeof *result->slots);
    for (size_t i = 0; i < exchanges->count; i++)
        result->slots[i].documented = &exchanges->list[i];
}

void result_release(struct result *result)
{
    for (size_t i = 0; i < result->exchanges->count; i++) {
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
    for (size_t i = 0; i < result->exchanges->count; i++)
        if (provider == NULL || strcmp(result->slots[i].documented->provider, provider) == 0)
            counts.of[result->slots[i].outcome]++;
    return counts;
}

int result_exit_code(const struct result *result)
{
    struct replay_counts counts = result_count(result, NULL);
    if (counts.of[REPLAY_FAILED])
        return 1;
    return counts.of[REPLAY_PASSED] && result->unreached == NULL && !result->journal_lost ? 0 : 3;
}
