/*
 * Keeping other people's credentials out of what the mock shows: journal, journal file, HAR, events, log.
 *
 * A client may be pointed at the mock while it still has its real keys, and it shows them where nobody expects them
 * just when something is wrong: under a mistyped path, in another vendor's header, in a body that does not parse. So
 * what is hidden does not depend on the provider, nor on whether the request could be read (journal/hunt_text.h). In
 * its place stands "(masked, 40 bytes)". The test credentials of the fixtures, and those that the session issued, are
 * shown, so that requests can be repeated.
 *
 * A value that was hidden once is hidden everywhere in its session from then on (session/secret_values.h), whatever
 * escapes it is written with. So there are two steps:
 *   - secrets_learn(), when an exchange is recorded: looks where a secret may stand, and remembers it. An ordinary
 *     request costs it a look at its names;
 *   - the rest, when an exchange is shown.
 *
 * With session_shows_secrets() nothing is hidden.
 */
#ifndef JOURNAL_SECRETS_H
#define JOURNAL_SECRETS_H

#include "base/json.h"
#include "base/text.h"
#include "model/exchange.h"

/* Before exchange_settle(): it asks what the request was let in with. */
void secrets_learn(const struct exchange *x);

/* Each adds the bytes to `out` as they may be shown. */
void secrets_add_target(const struct exchange *x, struct text *out);
void secrets_add_header(const struct exchange *x, const struct header *header, bool of_request, struct text *out);
void secrets_add_body(const struct exchange *x, const char *bytes, size_t length, bool of_request, struct text *out);
void secrets_add_unread(const struct exchange *x, struct text *out);
/* Without the values that the session has met: for texts of our own, such as a reason. */
void secrets_add_text(struct session *session, const char *bytes, size_t length, struct text *out);

/* A control call as it came, hunted like a request, and remembered. */
void secrets_add_call_target(struct session *session, const char *target, struct text *out);
void secrets_add_call_body(struct session *session, const char *bytes, size_t length, struct text *out);

/* Every string of a tree, at any depth, without the values that the session has met. */
void secrets_mask_tree(struct session *session, cJSON *tree);

#endif
