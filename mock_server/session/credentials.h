/*
 * Credentials: who may show what in a session: the tokens that its log-ins issued, its own credentials, the fixtures'.
 */
#ifndef SESSION_CREDENTIALS_H
#define SESSION_CREDENTIALS_H

#include <stdbool.h>

#include "base/json.h"

struct provider;
struct session;

/* A credential as a request showed it. */
struct credential_match {
    const cJSON *entry; /* {"account","state"?,"scopes"?,"values"}; until the session is left */
    const char *state;  /* "valid", "expired", or what the fixtures say */
};

/* The credential whose `values` has `member` = `value`: a token that a log-in issued, the session's own, or one of the
 * fixtures'. entry is NULL when there is none. */
struct credential_match credential_find(struct session *session, const struct provider *provider, const char *member,
                                        const char *value);
/* Whether the session knows this value as a credential of its own or the fixtures', at any provider that is served: a
 * test credential, no secret. */
bool credential_is_known_anywhere(struct session *session, const char *value);
/* Whether one of an entry's values is this. */
bool credential_shows(const cJSON *entry, const char *value);

#endif
