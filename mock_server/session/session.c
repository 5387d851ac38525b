#include "session/session.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "faults/list.h"
#include "fixtures/fixtures.h"
#include "fixtures/planted.h"
#include "model/journal.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "session/credential_twin.h"
#include "session/item_lists.h"
#include "session/rate_limits.h"
#include "session/records.h"
#include "session/secret_values.h"
#include "session/seeds.h"
#include "session/store.h"

struct session {
    struct session_options options; /* the name is this session's own */
    char *name;
    const struct fixtures *fixtures;
    struct store *store;
    struct journal *journal;
    struct fault_list *faults;
    struct planted_states *planted;
    struct records *records;
    struct knob_values *knobs;
    struct tokens *tokens;
    struct rate_limits *rate_limits;
    struct item_lists *lists;
    struct secret_values *secrets;
    struct clock *clock;
    cJSON *credentials;         /* {provider: entry}, its own; never changes */
    pthread_mutex_t reset_lock; /* one reset at a time */
    int64_t began_us;           /* its clock when it was made or reset: the time of the seed orders */
    bool is_planted;            /* read and written atomically; written under reset_lock */
    struct id_source *ids, *token_ids;
    int64_t used_us; /* monotonic, read and written atomically */
    int64_t past_us; /* session_past(), in the same manner */
    bool is_over;    /* atomic */
    int references;
};

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The lock is held. Seed orders draw from a source of their own, so that a request that draws meanwhile does not change
 * what they get. */
static void plant(struct session *session, struct text *problems)
{
    struct store *fresh = store_new();
    struct id_source *drawn = id_source_new(session->options.seed);
    struct knob_values *beginning = knob_values_copy(session->knobs);
    const struct seed_plot plot = {.fixtures = session->fixtures,
                                   .seed = session->options.seed,
                                   .maker = {.knobs = beginning, .ids = drawn, .now_us = session->began_us},
                                   .store = fresh};
    seeds_plant(&plot, problems);
    id_source_follow(session->ids, drawn);
    id_source_begin(session->token_ids, session->options.seed ^ credential_seed(session->name, "tokens"));
    store_swap(session->store, fresh); /* nobody sees a store that is half filled */
    knob_values_free(beginning);
    id_source_free(drawn);
    store_free(fresh);
    __atomic_store_n(&session->is_planted, true, __ATOMIC_RELEASE);
}

/* The seed orders are a megabyte and ten milliseconds, and many sessions are made that nobody asks for an order. So
 * they are made when the first order, or the first id behind theirs, is asked for: as they were at the beginning. */
static void plant_if_needed(struct session *session)
{
    if (__atomic_load_n(&session->is_planted, __ATOMIC_ACQUIRE))
        return;
    pthread_mutex_lock(&session->reset_lock);
    if (!session->is_planted)
        plant(session, NULL);
    pthread_mutex_unlock(&session->reset_lock);
}

/* One that has its orders gets them anew at once: a request that is under way must not see it without them. */
static void start_over(struct session *session, struct text *problems)
{
    pthread_mutex_lock(&session->reset_lock);
    clock_set(session->clock, &session->options.clock);
    session->began_us = session_now(session);
    __atomic_store_n(&session->past_us, 0, __ATOMIC_RELEASE);
    fault_list_start_over(session->faults);
    planted_states_clear(session->planted, session_now(session));
    records_clear(session->records);
    knob_values_reset(session->knobs);
    tokens_clear(session->tokens);
    rate_limits_clear(session->rate_limits);
    item_lists_clear(session->lists);
    if (session->is_planted || problems != NULL)
        plant(session, problems);
    journal_clear(session->journal);
    pthread_mutex_unlock(&session->reset_lock);
}

/* Its own credentials, drawn from its name: they do not change with the ids, and outlive a reset. */
static void hand_out_credentials(struct session *session)
{
    const struct provider *const *providers = fixtures_providers(session->fixtures);
    session->credentials = cJSON_CreateObject();
    for (; session->options.has_own_credentials && *providers != NULL; providers++) {
        const cJSON *first =
            cJSON_GetArrayItem(json_member(fixtures_of(session->fixtures, *providers), "credentials"), 0);
        json_set(session->credentials, (*providers)->name, credential_twin(first, session->name));
    }
}

/* For faults that name an order by one of its names. */
static bool is_same_order(const struct exchange *x, const char *one, const char *other)
{
    const struct order *first = store_load(session_store(x->session), x->provider, one);
    const struct order *second = store_load(session_store(x->session), x->provider, other);
    bool same = first != NULL && second != NULL && strcmp(first->id, second->id) == 0;
    order_drop(first);
    order_drop(second);
    return same;
}

static void make_faults(struct session *session)
{
    const struct fault_list_options options = {.providers = fixtures_providers(session->fixtures),
                                               .same_order = is_same_order,
                                               .source = {session->options.seed, session->name},
                                               .counts = session->options.fault_counts};
    session->faults = fault_list_new(&options);
    session->planted = planted_states_new(&options.source);
}

struct session *session_new(const struct session_options *options, const struct fixtures *fixtures,
                            struct text *problems)
{
    struct session *session = mem_zero(1, sizeof *session);
    session->options = *options;
    session->options.name = session->name = mem_dup(options->name);
    session->references = 1;
    session->fixtures = fixtures;
    session->store = store_new();
    session->journal = journal_new(options->journal_size, options->journal_budget);
    make_faults(session);
    session->records = records_new();
    session->knobs = knob_values_copy(options->knobs);
    session->options.knobs = NULL;
    session->tokens = tokens_new();
    session->rate_limits = rate_limits_new();
    session->lists = item_lists_new();
    session->secrets = secret_values_new();
    session->clock = clock_new(&options->clock);
    pthread_mutex_init(&session->reset_lock, NULL);
    session->ids = id_source_new(options->seed);
    session->token_ids = id_source_new(options->seed);
    session_touch(session);
    hand_out_credentials(session);
    start_over(session, problems);
    return session;
}

struct session *session_hold(struct session *session)
{
    __atomic_add_fetch(&session->references, 1, __ATOMIC_RELAXED);
    return session;
}

void session_drop(struct session *session)
{
    if (session == NULL || __atomic_sub_fetch(&session->references, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    store_free(session->store);
    journal_free(session->journal);
    fault_list_free(session->faults);
    planted_states_free(session->planted);
    records_free(session->records);
    knob_values_free(session->knobs);
    tokens_free(session->tokens);
    rate_limits_free(session->rate_limits);
    item_lists_free(session->lists);
    secret_values_free(session->secrets);
    clock_free(session->clock);
    cJSON_Delete(session->credentials);
    id_source_free(session->ids);
    id_source_free(session->token_ids);
    pthread_mutex_destroy(&session->reset_lock);
    free(session->name);
    free(session);
}

void session_reset(struct session *session)
{
    start_over(session, NULL);
}

void session_touch(struct session *session)
{
    __atomic_store_n(&session->used_us, instant_monotonic(), __ATOMIC_RELAXED);
}

bool session_has_ended(const struct session *session)
{
    int64_t used = __atomic_load_n(&session->used_us, __ATOMIC_RELAXED);
    return session->options.idle_limit_us > 0 && instant_monotonic() - used > session->options.idle_limit_us;
}

void session_end(struct session *session)
{
    __atomic_store_n(&session->is_over, true, __ATOMIC_RELEASE);
    journal_wake(session->journal);
}

bool session_is_over(const struct session *session)
{
    return __atomic_load_n(&session->is_over, __ATOMIC_ACQUIRE);
}

int64_t session_idle_limit(const struct session *session)
{
    return session->options.idle_limit_us;
}

/* ── What is in it ─────────────────────────────────────────────────────────────────────────────────────────────── */

const char *session_name(const struct session *session)
{
    return session->name;
}

uint64_t session_number(const struct session *session)
{
    return session->options.number;
}

const struct fixtures *session_fixtures(const struct session *session)
{
    return session->fixtures;
}

struct store *session_store(struct session *session)
{
    plant_if_needed(session);
    return session->store;
}

struct journal *session_journal(struct session *session)
{
    return session->journal;
}

struct fault_list *session_faults(struct session *session)
{
    return session->faults;
}

struct fault_counts *session_fault_counts(struct session *session)
{
    return session->options.fault_counts;
}

struct planted_states *session_planted(struct session *session)
{
    return session->planted;
}

struct records *session_records(struct session *session)
{
    return session->records;
}

struct tokens *session_tokens(struct session *session)
{
    return session->tokens;
}

struct rate_limits *session_rate_limits(struct session *session)
{
    return session->rate_limits;
}

struct item_lists *session_lists(struct session *session)
{
    return session->lists;
}

struct secret_values *session_secrets(struct session *session)
{
    return session->secrets;
}

struct clock *session_clock(struct session *session)
{
    return session->clock;
}

struct knob_values *session_knobs(struct session *session)
{
    return session->knobs;
}

int64_t session_now(const struct session *session)
{
    return clock_now(session->clock);
}

int64_t session_past(const struct session *session)
{
    return __atomic_load_n(&session->past_us, __ATOMIC_ACQUIRE);
}

void session_keep_past(struct session *session, int64_t time_us)
{
    if (time_us > session_past(session))
        __atomic_store_n(&session->past_us, time_us, __ATOMIC_RELEASE);
}

bool session_shows_secrets(const struct session *session)
{
    return session->options.show_secrets;
}

int64_t session_knob(const struct session *session, const struct provider *provider, unsigned knob)
{
    return knob_values_get(session->knobs, provider, knob);
}

const cJSON *session_credential(const struct session *session, const struct provider *provider)
{
    return json_member(session->credentials, provider->name);
}

void session_issue_token(struct session *session, const struct provider *provider, const char *member,
                         const char *value, const cJSON *credential, int64_t expires_us)
{
    tokens_issue(session->tokens, provider, member, value, credential, expires_us);
    if (session->options.learn != NULL)
        session->options.learn(session->options.context, session, value);
}

struct id_source *session_ids(struct session *session)
{
    plant_if_needed(session);
    return session->ids;
}

struct id_source *session_token_ids(struct session *session)
{
    plant_if_needed(session);
    return session->token_ids;
}

struct maker session_maker(struct session *session, const struct provider *provider)
{
    return (struct maker){.provider = provider,
                          .fixture = fixtures_of(session->fixtures, provider),
                          .knobs = session->knobs,
                          .ids = session_ids(session),
                          .now_us = session_now(session)};
}
