#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/mem.h"

enum { RENEW_BEFORE_MS = 60000 };

void session_cache_release(struct session_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++)
        free(cache->rows[i].token);
    cache->count = 0;
    cache->next = 0;
}

const char *session_find(const struct session_cache *cache, const char *digest, int64_t now_ms)
{
    for (size_t i = 0; i < cache->count; i++) {
        const struct session *row = &cache->rows[i];

        if (strcmp(row->digest, digest) != 0)
            continue;
        return row->expires_ms != 0 && row->expires_ms - RENEW_BEFORE_MS < now_ms ? NULL : row->token;
    }
    return NULL;
}

static struct session *row_for(struct session_cache *cache, const char *digest)
{
    struct session *row;

    for (size_t i = 0; i < cache->count; i++)
        if (strcmp(cache->rows[i].digest, digest) == 0)
            return &cache->rows[i];
    row = &cache->rows[cache->next];
    cache->next = (cache->next + 1) % SESSIONS_MAX;
    if (cache->count < SESSIONS_MAX)
        cache->count++;
    return row;
}

void session_put(struct session_cache *cache, const char *digest, const char *token, int64_t expires_ms)
{
    struct session *row = row_for(cache, digest);

    free(row->token);
    snprintf(row->digest, sizeof row->digest, "%s", digest);
    row->token = mem_copy(token);
    row->expires_ms = expires_ms;
}
