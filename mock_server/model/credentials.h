/*
 * Credentials: who may show what, and the twins that sessions are given.
 */
#ifndef MODEL_CREDENTIALS_H
#define MODEL_CREDENTIALS_H

#include <stdint.h>

#include "base/json.h"

struct provider;
struct session;

/* A credential as a request showed it. */
struct credential_match {
    const cJSON *entry; /* {"account","state"?,"scopes"?,"values"}; lives as long as the session */
    const char *state;  /* "valid", "expired", or what the fixtures say */
};

/* The credential whose `values` has `member` = `value`: a token that a log-in issued, the session's own, or one of the
 * fixtures'. entry is NULL when there is none. */
struct credential_match credential_find(struct session *session, const struct provider *provider, const char *member,
                                        const char *value);
/* Whether the session knows this value as a credential of its own or the fixtures': a test credential, no secret. */
bool credential_is_known(struct session *session, const struct provider *provider, const char *value);

/* A copy of `entry` whose `values` nobody else has. They keep their form: a token of 64 hex digits becomes another one,
 * `pub_test_…` keeps its prefix, and a short word such as a user name gets the session's name behind it. */
cJSON *credential_twin(const cJSON *entry, const char *session_name) WARN_UNUSED;
/* Where the draws for `what` in the session of that name begin: the same whenever it is asked, and no other session's.
 */
uint64_t credential_seed(const char *session_name, const char *what);

#endif
