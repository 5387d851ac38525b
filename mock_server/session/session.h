/*
 * A session: an isolated world of orders, journal, faults, knobs, clock, tokens and ids.
 *
 * Its seed orders are made when the first of them is asked for, as they were when it began; those of `default` at once,
 * because their mistakes are the fixtures'. So a session costs what it holds.
 *
 * `default` always exists; others are made by the control API (session/sessions.h). A session is counted: whoever got
 * it from there drops it with session_drop(). Every function here may be called from any thread.
 *
 * Changes are whole. Whoever serves a request or looks enters the session and leaves it; a change of several things
 * enters alone (base/rw_lock.h). So a request meets a session as it was before a change or as it is behind it: two
 * knobs that were set together, and everything that a reset puts back. What lies in the session's fixtures may be used
 * inside alone, since the next change may replace them. session_reset() and session_move() enter by themselves: they
 * are called from outside.
 *
 *     session_enter(session);
 *     … fixtures_of(session_fixtures(session), provider) …
 *     session_leave(session);
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "model/clock.h"
#include "model/maker.h"
#include "session/tokens.h"

struct fault_counts;
struct fault_list;
struct fixtures;
struct item_lists;
struct journal;
struct journal_budget;
struct knob_values;
struct planted_states;
struct provider;
struct records;
struct secret_values;
struct session;
struct store;
struct text;
struct rate_limits;

struct session_options {
    const char *name;
    uint64_t number; /* no other session of this server has it, ever */
    uint64_t seed;
    struct clock_setting clock; /* where its clock begins, and begins again with a reset */
    size_t journal_size;
    struct journal_budget *journal_budget; /* of all sessions; NULL: this one's journal is bounded by number alone */
    bool show_secrets;                     /* the journal shows credentials that are not the fixtures' */
    const struct knob_values *knobs;       /* what it begins with; copied */
    bool has_own_credentials;              /* of each provider's first credential it gets a twin that nobody else has */
    struct fault_counts *fault_counts;     /* of the server; NULL: nobody counts */
    int64_t idle_limit_us;                 /* real time without a use after which it ends; 0: never */
    /* Called for every token that it issues: by that a request can be told to be this session's; may be NULL. */
    void (*learn)(void *context, struct session *session, const char *value);
    void *context;
};

/* One reference. Mistakes in the seed orders that only making them shows are told in `problems`; NULL when it has been
 * done once without any. */
struct session *session_new(const struct session_options *options, const struct fixtures *fixtures,
                            struct text *problems) WARN_UNUSED;
struct session *session_hold(struct session *session);
void session_drop(struct session *session); /* NULL is fine */

void session_enter(struct session *session);
void session_enter_alone(struct session *session);
void session_leave(struct session *session);

/* Orders, records, journal, faults, knobs, tokens, clock and ids back to the fixtures, which are `fixtures` from now
 * on; the values of its own credentials stay. */
void session_reset(struct session *session, const struct fixtures *fixtures);
/* The session goes on from other fixtures: orders, records, tokens, rate limits and ids begin again; journal, faults,
 * knobs and clock stay. False, and nothing changed, when seed orders are wrong, which `problems` tells. */
bool session_move(struct session *session, const struct fixtures *fixtures, struct text *problems);

const char *session_name(const struct session *session);
uint64_t session_number(const struct session *session);
/* Those that are served, ended by NULL; they outlive the session. */
const struct provider *const *session_providers(const struct session *session);
/* Borrowed, inside. */
const struct fixtures *session_fixtures(const struct session *session);
/* For whoever has not entered; the caller drops them. */
const struct fixtures *session_hold_fixtures(struct session *session);
struct store *session_store(struct session *session);
struct journal *session_journal(struct session *session);
struct fault_list *session_faults(struct session *session);
struct fault_counts *session_fault_counts(struct session *session);
struct planted_states *session_planted(struct session *session);
struct records *session_records(struct session *session);
struct tokens *session_tokens(struct session *session);
struct rate_limits *session_rate_limits(struct session *session);
struct item_lists *session_lists(struct session *session);
/* What it has met of other people's secrets; it stays with a reset, as the journal files and logs of before do. */
struct secret_values *session_secrets(struct session *session);
/* The names of its providers' secrets that have no general word (model/secret_names.h). */
const char *const *session_secret_names(const struct session *session);
struct clock *session_clock(struct session *session);
struct knob_values *session_knobs(struct session *session);

int64_t session_now(const struct session *session);
/* The latest time that the clock has shown before it was set back, and a later one to keep; 0 where it never was. */
int64_t session_past(const struct session *session);
void session_keep_past(struct session *session, int64_t time_us);
bool session_shows_secrets(const struct session *session);
int64_t session_knob(const struct session *session, const struct provider *provider, unsigned knob);

/* Its own credential at that provider: an entry as in provider.json; NULL when it has none. */
const cJSON *session_credential(const struct session *session, const struct provider *provider);
/* A log-in issued `value` for `credential`: from now on it is shown as `member`. `expires_us` as in tokens_issue(). */
void session_issue_token(struct session *session, const struct provider *provider, const char *member,
                         const char *value, const cJSON *credential, int64_t expires_us);

/* Notes a use; and whether its last one was so long ago that it has ended. */
void session_touch(struct session *session);
bool session_has_ended(const struct session *session);
/* It is over for good: who follows its journal is woken and told. */
void session_end(struct session *session);
bool session_is_over(const struct session *session);
int64_t session_idle_limit(const struct session *session);

/* Where ids for documents come from; and, apart from them, tokens that a log-in issues: no two sessions draw the same
 * of these, since a token names its session. */
struct id_source *session_ids(struct session *session);
struct id_source *session_token_ids(struct session *session);

/* What it takes to make an order of that provider now, or to let something happen to one. */
struct maker session_maker(struct session *session, const struct provider *provider);

#endif
