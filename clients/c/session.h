#ifndef SESSION_H
#define SESSION_H

/*
 * Tokens that were got by logging in, kept between calls of one client, so that N cancels need one
 * log-in. A token is found by a digest over provider, base URL and the log-in credentials; the
 * credentials themselves are not kept. At most SESSIONS_MAX tokens; the oldest makes room.
 */

#include <stddef.h>
#include <stdint.h>

#include "support/sha256.h"

enum { SESSIONS_MAX = 64 };

struct session {
    char digest[SHA256_HEX + 1];
    char *token;
    int64_t expires_ms; /* wall clock; 0 = not known */
};

struct session_cache {
    struct session rows[SESSIONS_MAX];
    size_t count;
    size_t next; /* the row that makes room */
};

void session_cache_release(struct session_cache *cache);

/* Borrowed until the next put; NULL if there is none or it runs out within a minute. */
const char *session_find(const struct session_cache *cache, const char *digest, int64_t now_ms);
void session_put(struct session_cache *cache, const char *digest, const char *token, int64_t expires_ms);

#endif
