/*
 * The tokens that log-ins issued in one session.
 *
 * A token stands for a credential (an entry of provider.json's `credentials`, or the session's own), whose account,
 * scopes and state are its own; it may expire by the session's clock. tokens_expire() makes every log-in necessary
 * again: it ends what was issued and, until tokens_clear(), the tokens that the fixtures and the session begin with.
 *
 * Bounded: of more than TOKENS_MAX tokens the oldest is forgotten. Every call may come from any thread. What is handed
 * out as `const cJSON *` lives until the session is left, as what was
 * issued is forgotten when the fixtures change (session_move()).
 */
#ifndef SESSION_TOKENS_H
#define SESSION_TOKENS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"

struct provider;
struct tokens;

#define TOKENS_MAX    10000
#define TOKEN_FOREVER INT64_MAX

struct tokens *tokens_new(void) WARN_UNUSED;
void tokens_free(struct tokens *tokens);

/* `credential`: the entry that the token stands for; borrowed. `expires_us`: session time, or
 * TOKEN_FOREVER. `member`: where it may be shown, a name in the `values` of a credential. */
void tokens_issue(struct tokens *tokens, const struct provider *provider, const char *member, const char *value,
                  const cJSON *credential, int64_t expires_us);

/* The entry that it stands for, or NULL when this session issued no such token; *expired as of `now_us`. */
const cJSON *tokens_find(struct tokens *tokens, const struct provider *provider, const char *member, const char *value,
                         int64_t now_us, bool *expired);
/* Whether `value` is a token of this session, whatever its member. */
bool tokens_know(struct tokens *tokens, const struct provider *provider, const char *value);

/* Those that have expired by `now_us` stay so, whatever the clock shows later. */
void tokens_settle(struct tokens *tokens, int64_t now_us);
/* Ends every token of the provider, those of the fixtures included. */
void tokens_expire(struct tokens *tokens, const struct provider *provider);
bool tokens_fixtures_expired(struct tokens *tokens, const struct provider *provider);
/* Forgets what log-ins issued, and lets the fixtures' tokens be valid again. */
void tokens_clear(struct tokens *tokens);

#endif
