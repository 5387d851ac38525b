/*
 * Logging in where a provider has tokens to be had: once for many calls, and once more after a 401.
 *
 * A provider says how in a struct login_rules. The token is kept with the client, found again by a digest over
 * provider, base URL and account, and used in the place of the credential that it stands for.
 */
#ifndef CORE_LOGIN_H
#define CORE_LOGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sha256.h"
#include "core/call.h"

struct login_rules {
    const char *token_name;                                             /* the credential that it yields */
    const char *key_names[2];                                           /* the credentials that it takes */
    int (*login)(struct call *call, char **token, int64_t *expires_ms); /* -1: result says why */
};

/* Sees to it that there is a token: given, remembered or by log-in. 0, or -1 with the result filled. */
int call_log_in(struct call *call, const struct login_rules *rules);

/* After a 401: true if a new token was got by logging in, at most once an operation. */
bool call_renew(struct call *call, const struct login_rules *rules);

/* A digest that stands for the account in stored results. */
void call_account(const struct cancelorder_request *request, const char *const *names, size_t count,
                  char out[SHA256_HEX + 1]);

#endif
