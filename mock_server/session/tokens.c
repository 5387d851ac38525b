#include "session/tokens.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bounded_map.h"
#include "model/provider.h"

struct token {
    const struct provider *provider;
    const char *member; /* of a provider's table: lives for ever */
    const cJSON *credential;
    int64_t expires_us;
    bool expired; /* by tokens_expire() or tokens_settle() */
};

#define PROVIDERS_MAX 16

struct tokens {
    pthread_mutex_t lock;
    struct bounded_map *all; /* struct token by its text */
    bool issued;             /* whether there ever was one; read without the lock */
    const struct provider *fixtures_expired[PROVIDERS_MAX];
};

struct tokens *tokens_new(void)
{
    struct tokens *tokens = mem_zero(1, sizeof *tokens);
    pthread_mutex_init(&tokens->lock, NULL);
    tokens->all = bounded_map_new(TOKENS_MAX, sizeof(struct token));
    return tokens;
}

void tokens_clear(struct tokens *tokens)
{
    pthread_mutex_lock(&tokens->lock);
    bounded_map_clear(tokens->all);
    memset(tokens->fixtures_expired, 0, sizeof tokens->fixtures_expired);
    pthread_mutex_unlock(&tokens->lock);
}

void tokens_free(struct tokens *tokens)
{
    if (tokens == NULL)
        return;
    bounded_map_free(tokens->all);
    pthread_mutex_destroy(&tokens->lock);
    free(tokens);
}

void tokens_issue(struct tokens *tokens, const struct provider *provider, const char *member, const char *value,
                  const cJSON *credential, int64_t expires_us)
{
    pthread_mutex_lock(&tokens->lock);
    __atomic_store_n(&tokens->issued, true, __ATOMIC_RELEASE);
    struct token *token = bounded_map_put(tokens->all, value);
    *token = (struct token){provider, member, credential, expires_us, .expired = false};
    pthread_mutex_unlock(&tokens->lock);
}

const cJSON *tokens_find(struct tokens *tokens, const struct provider *provider, const char *member, const char *value,
                         int64_t now_us, bool *expired)
{
    const cJSON *credential = NULL;
    if (!__atomic_load_n(&tokens->issued, __ATOMIC_ACQUIRE))
        return NULL;
    pthread_mutex_lock(&tokens->lock);
    const struct token *token = bounded_map_find(tokens->all, value);
    if (token != NULL && token->provider == provider && strcmp(token->member, member) == 0) {
        credential = token->credential;
        *expired = token->expired || now_us >= token->expires_us;
    }
    pthread_mutex_unlock(&tokens->lock);
    return credential;
}

bool tokens_know(struct tokens *tokens, const struct provider *provider, const char *value)
{
    pthread_mutex_lock(&tokens->lock);
    const struct token *token = bounded_map_find(tokens->all, value);
    bool known = token != NULL && token->provider == provider;
    pthread_mutex_unlock(&tokens->lock);
    return known;
}

static bool fixtures_expired(const struct tokens *tokens, const struct provider *provider)
{
    for (size_t i = 0; i < PROVIDERS_MAX; i++)
        if (tokens->fixtures_expired[i] == provider)
            return true;
    return false;
}

void tokens_settle(struct tokens *tokens, int64_t now_us)
{
    pthread_mutex_lock(&tokens->lock);
    for (struct token *token = bounded_map_first(tokens->all); token != NULL; token = bounded_map_next(token))
        token->expired = token->expired || now_us >= token->expires_us;
    pthread_mutex_unlock(&tokens->lock);
}

void tokens_expire(struct tokens *tokens, const struct provider *provider)
{
    pthread_mutex_lock(&tokens->lock);
    for (struct token *token = bounded_map_first(tokens->all); token != NULL; token = bounded_map_next(token))
        token->expired = token->expired || token->provider == provider;
    for (size_t i = 0; i < PROVIDERS_MAX && !fixtures_expired(tokens, provider); i++)
        if (tokens->fixtures_expired[i] == NULL)
            tokens->fixtures_expired[i] = provider;
    pthread_mutex_unlock(&tokens->lock);
}

bool tokens_fixtures_expired(struct tokens *tokens, const struct provider *provider)
{
    pthread_mutex_lock(&tokens->lock);
    bool expired = fixtures_expired(tokens, provider);
    pthread_mutex_unlock(&tokens->lock);
    return expired;
}
