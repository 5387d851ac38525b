/*
 * Twins of credentials: what a session of its own shows in the place of the fixtures' credentials.
 *
 * Pure: the same entry and session name give the same twin whenever they are asked, and no other session's.
 *
 *     cJSON *twin = credential_twin(entry, "ci-4711", NULL);     // "pub_test_9f…" becomes "pub_test_" and other
 * letters cJSON_Delete(twin);
 */
#ifndef SESSION_CREDENTIAL_TWIN_H
#define SESSION_CREDENTIAL_TWIN_H

#include <stdint.h>

#include "base/json.h"

/* A copy of `entry` whose `values` nobody else has. They keep their form: a token of 64 hex digits becomes another one,
 * `pub_test_…` keeps its prefix, and a short word such as a user name gets the session's name behind it. `given`: an
 * earlier twin's `values`, which stay; NULL: there is none. */
cJSON *credential_twin(const cJSON *entry, const char *session_name, const cJSON *given) WARN_UNUSED;

/* Where the draws for `what` in the session of that name begin. */
uint64_t credential_seed(const char *session_name, const char *what);

#endif
