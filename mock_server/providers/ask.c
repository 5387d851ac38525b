#include "providers/ask.h"

#include <stdlib.h>

#include "fixtures/fixtures.h"
#include "model/clock.h"
#include "model/provider.h"
#include "model/root.h"
#include "session/progress.h"
#include "session/rate_limits.h"
#include "session/records.h"
#include "session/session.h"
#include "session/store.h"

/* ── Time, knobs, fixtures ─────────────────────────────────────────────────────────────────────────────────────── */

int64_t exchange_now(const struct exchange *x)
{
    return session_now(x->session);
}

int64_t exchange_knob(const struct exchange *x, unsigned knob)
{
    return session_knob(x->session, x->provider, knob);
}

bool exchange_knob_on(const struct exchange *x, unsigned knob)
{
    return knob_is_on(&x->provider->knobs[knob], exchange_knob(x, knob));
}

int exchange_knob_status(const struct exchange *x, unsigned knob)
{
    return knob_status(&x->provider->knobs[knob], exchange_knob(x, knob));
}

const cJSON *exchange_fixture(const struct exchange *x)
{
    return fixtures_of(session_fixtures(x->session), x->provider);
}

struct maker exchange_maker(const struct exchange *x)
{
    return session_maker(x->session, x->provider);
}

/* ── Draws ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

void exchange_uuid(struct exchange *x, char out[UUID_TEXT_MAX])
{
    id_source_uuid(session_ids(x->session), out);
}

void exchange_characters(struct exchange *x, const char *alphabet, size_t length, char *out)
{
    id_source_characters(session_ids(x->session), alphabet, length, out);
}

void exchange_token_characters(struct exchange *x, const char *alphabet, size_t length, char *out)
{
    id_source_characters(session_token_ids(x->session), alphabet, length, out);
}

/* ── Who asks ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct credential_match exchange_credential(const struct exchange *x, const char *member, const char *value)
{
    return credential_find(x->session, x->provider, member, value);
}

void exchange_issue_token(struct exchange *x, const char *member, const char *value, int64_t expires_us)
{
    session_issue_token(x->session, x->provider, member, value, x->credential, expires_us);
}

/* ── Orders beside the one of the request ──────────────────────────────────────────────────────────────────────── */

static const char *account_of(const struct exchange *x)
{
    return x->account == NULL ? "" : x->account;
}

const struct order **exchange_orders(struct exchange *x, size_t *count)
{
    return progress_list(x->session, x->provider, account_of(x), x->route->is_read, count);
}

bool exchange_has_order(const struct exchange *x, const char *name)
{
    const struct order *order = store_load(session_store(x->session), x->provider, name);
    order_drop(order);
    return order != NULL;
}

/* ── Lists beside orders ───────────────────────────────────────────────────────────────────────────────────────── */

/* For the caller to free(): a request may ask 50,000 times, and its arena stays with the journal. */
static char *list_key(const struct exchange *x, const char *list)
{
    return mem_print("%s %s %s", x->provider->name, list, account_of(x));
}

bool exchange_list_add(struct exchange *x, const char *list, const char *item)
{
    char *key = list_key(x, list);
    bool is_new = item_lists_add(session_lists(x->session), key, item, exchange_now(x));
    free(key);
    return is_new;
}

bool exchange_list_remove(struct exchange *x, const char *list, const char *item)
{
    char *key = list_key(x, list);
    bool was_there = item_lists_remove(session_lists(x->session), key, item);
    free(key);
    return was_there;
}

bool exchange_list_has(struct exchange *x, const char *list, const char *item)
{
    char *key = list_key(x, list);
    bool has = item_lists_has(session_lists(x->session), key, item);
    free(key);
    return has;
}

const struct list_item *exchange_list(struct exchange *x, const char *list, size_t *count)
{
    char *key = list_key(x, list);
    const struct list_item *items = item_lists_read(session_lists(x->session), key, x->arena, count);
    free(key);
    return items;
}

/* ── What clients made beside orders ───────────────────────────────────────────────────────────────────────────── */

static const char *record_name(struct exchange *x, const char *name)
{
    return arena_print(x->arena, "%s %s %s", x->provider->name, account_of(x), name);
}

cJSON *exchange_record(struct exchange *x, const char *name)
{
    return records_get(session_records(x->session), record_name(x, name));
}

void exchange_keep_record(struct exchange *x, const char *name, const cJSON *value)
{
    records_put(session_records(x->session), record_name(x, name), value);
}

cJSON *exchange_records(struct exchange *x, const char *prefix)
{
    return records_all(session_records(x->session), record_name(x, prefix));
}

/* ── What a later request is told ──────────────────────────────────────────────────────────────────────────────── */

static const char *limit_key(struct exchange *x, const char *name, const char *of)
{
    return arena_print(x->arena, "%s %s %s %s", x->provider->name, name, account_of(x), of);
}

int64_t exchange_rate_limit(struct exchange *x, const char *name, const char *of, int64_t length_us)
{
    return rate_limits_enter(session_rate_limits(x->session), limit_key(x, name, of), exchange_now(x), length_us);
}

int64_t exchange_rate_limit_left(struct exchange *x, const char *name, const char *of, int64_t length_us)
{
    return rate_limits_left(session_rate_limits(x->session), limit_key(x, name, of), exchange_now(x), length_us);
}

/* A switch is a limit that never ends by itself: entered from the beginning of time on. */
static const char *switch_key(struct exchange *x, const char *name)
{
    return arena_print(x->arena, "%s switch %s", x->provider->name, name);
}

bool exchange_switch_is_on(struct exchange *x, const char *name)
{
    return rate_limits_left(session_rate_limits(x->session), switch_key(x, name), 0, CLOCK_MAX_US) > 0;
}

void exchange_switch(struct exchange *x, const char *name, bool on)
{
    if (on)
        rate_limits_enter(session_rate_limits(x->session), switch_key(x, name), 0, CLOCK_MAX_US);
    else
        rate_limits_leave(session_rate_limits(x->session), switch_key(x, name));
}

const char *exchange_url(struct exchange *x)
{
    return arena_print(x->arena, "%s%s", exchange_root(x), x->request.path);
}
