/*
 * Keeping other people's credentials out of what the mock shows.
 *
 * A client may be pointed at the mock while it still has its real keys. Whatever stands where the provider expects a
 * credential (its secret_headers; its secret_members in JSON, in XML or in the query) and is not one of the fixtures'
 * own is shown as "(masked, 40 bytes)". The fixtures' own are test credentials and are shown, so that requests can be
 * repeated. Where no provider is known, and in bytes that are no request, names that sound like a secret count.
 */
#ifndef JOURNAL_SECRETS_H
#define JOURNAL_SECRETS_H

#include "base/text.h"
#include "model/exchange.h"

/* Whether this request header's value must not be shown. */
bool secret_header(const struct exchange *x, const char *name, const char *value);
/* The body with its secrets masked, for the caller to free(); NULL when there is nothing to mask. */
char *secret_body(const struct exchange *x);
/* The request target with the secrets in its query masked, for the caller to free(); NULL when there is none. */
char *secret_target(const struct exchange *x);
/* Adds what is no request to `out`, without what may be a secret in it: a query, what follows a name that sounds like
 * a secret in its line, and all that is of a body. */
void secret_unread(const struct unread *unread, struct text *out);
/* "(masked, 40 bytes)" */
cJSON *secret_mask(const char *value) WARN_UNUSED;

#endif
