/*
 * What a provider may ask while it handles a request: the session's time, knobs and fixtures, who a credential belongs
 * to, orders beside the one of the request, and what a second request within some time is told.
 *
 * A provider sees a session through these functions alone, so that reading one header shows all that an answer can
 * depend on. `x` is the exchange of the request; everything lent lives as long as it. Each may be called by several
 * threads, each with an exchange of its own.
 *
 *     if (exchange_knob_on(x, KNOB_COOLDOWN) && exchange_rate_limit(x, "list", "", 30 * INSTANT_SECOND_US) > 0)
 *         return refuse_too_early(x);
 */
#ifndef PROVIDERS_ASK_H
#define PROVIDERS_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/exchange.h"
#include "model/maker.h"
#include "session/credentials.h"
#include "session/item_lists.h"
#include "session/tokens.h"

/* ── Time, knobs, fixtures ─────────────────────────────────────────────────────────────────────────────────────── */

/* The session's clock, in microseconds since 1970. */
int64_t exchange_now(const struct exchange *x);
/* Value of the provider's knob of that number in this session; whether it is the choice `on`; the HTTP status that its
 * choice names ("404"). */
int64_t exchange_knob(const struct exchange *x, unsigned knob);
bool exchange_knob_on(const struct exchange *x, unsigned knob);
int exchange_knob_status(const struct exchange *x, unsigned knob);
/* provider.json of x->provider, for reasons, policies and the like. Borrowed. */
const cJSON *exchange_fixture(const struct exchange *x);
/* All of these as they are now, to make an order or to let an event happen. */
struct maker exchange_maker(const struct exchange *x);

/* ── Draws ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

void exchange_uuid(struct exchange *x, char out[UUID_TEXT_MAX]);
void exchange_characters(struct exchange *x, const char *alphabet, size_t length, char *out);
/* For tokens that a log-in issues: no two sessions draw the same, since a token names its session. */
void exchange_token_characters(struct exchange *x, const char *alphabet, size_t length, char *out);

/* ── Who asks ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The credential whose `values` has `member` = `value`, and whether it is valid (session/credentials.h). */
struct credential_match exchange_credential(const struct exchange *x, const char *member, const char *value);
/* Makes `value` a token that stands for x->credential, shown as `member` of its values; it expires at that session
 * time, or never (TOKEN_FOREVER). */
void exchange_issue_token(struct exchange *x, const char *member, const char *value, int64_t expires_us);

/* ── Orders beside the one of the request ──────────────────────────────────────────────────────────────────────── */

/* The orders of x->account, up to date, in the order in which they came: drop each, then free() the array. Where the
 * route is a read, it counts as one for each of them. */
const struct order **exchange_orders(struct exchange *x, size_t *count) WARN_UNUSED;
/* Whether an order of the provider has this id or alias. */
bool exchange_has_order(const struct exchange *x, const char *name);

/* ── Lists beside orders ───────────────────────────────────────────────────────────────────────────────────────── */

/* Lists of x->account's that last as long as the session and begin empty; `list` tells them apart. An item stands in
 * one once, with the session time at which it came. add and remove are false where nothing changes. */
bool exchange_list_add(struct exchange *x, const char *list, const char *item);
bool exchange_list_remove(struct exchange *x, const char *list, const char *item);
bool exchange_list_has(struct exchange *x, const char *list, const char *item);
/* The items in the order in which they came. They live in the arena. */
const struct list_item *exchange_list(struct exchange *x, const char *list, size_t *count);

/* ── What clients made beside orders ───────────────────────────────────────────────────────────────────────────── */

/* JSON values of x->account's by name, for as long as the session lasts (session/records.h): a copy of one, or NULL;
 * keep it; all whose names begin like that, named by the rest. Keep them in `render`, which is called once. */
cJSON *exchange_record(struct exchange *x, const char *name) WARN_UNUSED;
void exchange_keep_record(struct exchange *x, const char *name, const cJSON *value);
cJSON *exchange_records(struct exchange *x, const char *prefix) WARN_UNUSED;

/* ── What a later request is told ──────────────────────────────────────────────────────────────────────────────── */

/* How many microseconds a rate limit (session/rate_limits.h) of this name stays closed to x->account; 0: now it is this
 * request's. `of` tells several apart: an order, a text; "" when there is but one. A HEAD takes it as the GET does. */
int64_t exchange_rate_limit(struct exchange *x, const char *name, const char *of, int64_t length_us);
/* The same without taking it: 0 where it is free. */
int64_t exchange_rate_limit_left(struct exchange *x, const char *name, const char *of, int64_t length_us);

/* Something that is on or off in the session until somebody changes it, and off at its beginning: a closed restaurant.
 * `name` tells the provider's switches apart. */
bool exchange_switch_is_on(struct exchange *x, const char *name);
void exchange_switch(struct exchange *x, const char *name, bool on);

/* "http://127.0.0.1:8080/_s/ci/api/i1/orders/": the URL of the request without its query, as the client wrote it;
 * scheme and host are those by which it reaches this server (model/root.h). */
const char *exchange_url(struct exchange *x);

#endif
