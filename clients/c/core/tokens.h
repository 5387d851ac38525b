/*
 * Tokens that were got by logging in, kept between calls of one client, so that N cancels need one
 * log-in. A token is found by a digest over provider, base URL and the log-in credentials; the
 * credentials themselves are not kept. At most TOKENS_MAX tokens; the oldest makes room.
 */
#ifndef CORE_TOKENS_H
#define CORE_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include "base/sha256.h"

#define TOKENS_MAX 64

struct kept_token {
    char digest[SHA256_HEX + 1];
    char *token;
    int64_t expires_ms; /* wall clock; 0 = not known */
};

struct tokens {
    struct kept_token rows[TOKENS_MAX];
    size_t count;
    size_t next; /* the row that makes room */
};

void tokens_release(struct tokens *tokens);

/* Borrowed until the next put; NULL if there is none or it runs out within a minute. */
const char *tokens_find(const struct tokens *tokens, const char *digest, int64_t now_ms);
void tokens_put(struct tokens *tokens, const char *digest, const char *token, int64_t expires_ms);

#endif
