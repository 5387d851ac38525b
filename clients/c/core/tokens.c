#include "core/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define RENEW_BEFORE_MS 60000

void tokens_release(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        free(tokens->rows[i].token);
    tokens->count = 0;
    tokens->next = 0;
}

const char *tokens_find(const struct tokens *tokens, const char *digest, int64_t now_ms)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct kept_token *row = &tokens->rows[i];
        if (strcmp(row->digest, digest) != 0)
            continue;
        return row->expires_ms != 0 && row->expires_ms - RENEW_BEFORE_MS < now_ms ? NULL : row->token;
    }
    return NULL;
}

static struct kept_token *row_for(struct tokens *tokens, const char *digest)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (strcmp(tokens->rows[i].digest, digest) == 0)
            return &tokens->rows[i];
    struct kept_token *row = &tokens->rows[tokens->next];
    tokens->next = (tokens->next + 1) % TOKENS_MAX;
    if (tokens->count < TOKENS_MAX)
        tokens->count++;
    return row;
}

void tokens_put(struct tokens *tokens, const char *digest, const char *token, int64_t expires_ms)
{
    struct kept_token *row = row_for(tokens, digest);
    free(row->token);
    snprintf(row->digest, sizeof row->digest, "%s", digest);
    row->token = mem_dup(token);
    row->expires_ms = expires_ms;
}
