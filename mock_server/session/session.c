#include "session/session.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/rw_lock.h"
#include "base/text.h"
#include "faults/list.h"
#include "fixtures/fixtures.h"
#include "fixtures/planted.h"
#include "model/journal.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "model/secret_names.h"
#include "session/beginning.h"
#include "session/credential_twin.h"
#include "session/item_lists.h"
#include "session/rate_limits.h"
#include "session/records.h"
#include "session/secret_values.h"
#include "session/store.h"

struct session {
    struct session_options options; /* the name is this session's own */
    char *name;
    struct rw_lock entry;
    pthread_mutex_t change_lock;   /* one reset or move at a time */
    pthread_mutex_t fixtures_lock; /* for those who have not entered */
    const struct provider *const *providers;
    const struct fixtures *fixtures; /* held; changes under both entry and lock */
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
    const char **secret_names; /* never changes */
    struct clock *clock;
    cJSON *credentials;         /* {provider: entry}, its own; the pointer is read and written atomically */
    cJSON *former_credentials;  /* an array */
    pthread_mutex_t plant_lock; /* of seed orders that are made late */
    int64_t began_us;           /* its clock when it was made, reset or moved: the time of the seed orders */
    bool is_planted;            /* read and written atomically; written under plant_lock */
    struct id_source *ids, *token_ids;
    int64_t used_us; /* monotonic, read and written atomically */
    int64_t past_us; /* session_past(), in the same manner */
    bool is_over;    /* atomic */
    int references;
};

/* ── Whole changes ─────────────────────────────────────────────────────────────────────────────────────────────── */

void session_enter(struct session *session)
{
    rw_lock_read(&session->entry);
}

void session_enter_alone(struct session *session)
{
    rw_lock_write(&session->entry);
}

void session_leave(struct session *session)
{
    rw_lock_leave(&session->entry);
}

static struct beginning begin(struct session *session, const struct fixtures *fixtures, int64_t now_us,
                              bool with_orders, struct text *problems)
{
    return beginning_make(&(struct beginning_plan){.fixtures = fixtures,
                                                   .session_name = session->name,
                                                   .seed = session->options.seed,
                                                   .knobs = session->knobs,
                                                   .now_us = now_us,
                                                   .with_orders = with_orders,
                                                   .has_own_credentials = session->options.has_own_credentials,
                                                   .given = session->credentials},
                          problems);
}

/* Under the plant lock. */
static void take_orders(struct session *session, struct beginning *fresh)
{
    id_source_follow(session->ids, fresh->drawn);
    store_swap(session->store, fresh->store);
    __atomic_store_n(&session->is_planted, fresh->has_orders, __ATOMIC_RELEASE);
}

/* The seed orders are a megabyte and ten milliseconds, and many sessions are made that nobody asks for an order. So
 * they are made when the first order, or the first id behind theirs, is asked for: as they were at the beginning. */
static void plant_if_needed(struct session *session)
{
    if (__atomic_load_n(&session->is_planted, __ATOMIC_ACQUIRE))
        return;
    pthread_mutex_lock(&session->plant_lock);
    if (!session->is_planted) {
        struct beginning fresh = begin(session, session->fixtures, session->began_us, true, NULL);
        take_orders(session, &fresh);
        beginning_release(&fresh);
    }
    pthread_mutex_unlock(&session->plant_lock);
}

/* Those who have not entered may be reading the earlier ones: they stay until the session ends. */
static void change_credentials(struct session *session, struct beginning *fresh)
{
    bool same = session->credentials != NULL && json_equal(session->credentials, fresh->credentials);
    if (same)
        return;
    if (session->credentials != NULL)
        cJSON_AddItemToArray(session->former_credentials, session->credentials);
    __atomic_store_n(&session->credentials, fresh->credentials, __ATOMIC_RELEASE);
    fresh->credentials = NULL;
}

static void change_fixtures(struct session *session, struct beginning *fresh)
{
    const struct fixtures *former = session->fixtures;
    pthread_mutex_lock(&session->fixtures_lock);
    session->fixtures = fresh->fixtures;
    pthread_mutex_unlock(&session->fixtures_lock);
    fresh->fixtures = former;
}

/* The session is entered alone. Whatever grew out of the fixtures is gone; `fresh` holds what can go later. */
static void take(struct session *session, struct beginning *fresh)
{
    planted_states_clear(session->planted, fresh->now_us);
    records_clear(session->records);
    tokens_clear(session->tokens);
    rate_limits_clear(session->rate_limits);
    item_lists_clear(session->lists);
    id_source_begin(session->token_ids, session->options.seed ^ credential_seed(session->name, "tokens"));
    pthread_mutex_lock(&session->plant_lock);
    session->began_us = fresh->now_us;
    take_orders(session, fresh);
    pthread_mutex_unlock(&session->plant_lock);
    change_credentials(session, fresh);
    change_fixtures(session, fresh);
}

/* New ones name the session from now on. */
static void learn_credentials(struct session *session, const struct beginning *taken)
{
    const struct provider *const *providers = session->providers;
    for (; taken->credentials == NULL && session->options.learn != NULL && *providers != NULL; providers++) {
        const cJSON *values = json_member(session_credential(session, *providers), "values");
        for (const cJSON *value = values == NULL ? NULL : values->child; value != NULL; value = value->next)
            if (cJSON_IsString(value))
                session->options.learn(session->options.context, session, value->valuestring);
    }
}

/* What the control API has set, and what has been noted. */
static void forget(struct session *session)
{
    clock_set(session->clock, &session->options.clock);
    __atomic_store_n(&session->past_us, 0, __ATOMIC_RELEASE);
    fault_list_start_over(session->faults);
    knob_values_reset(session->knobs);
    journal_clear(session->journal);
}

/* The time that the session's clock shows when it begins. */
static int64_t first_moment(const struct session *session)
{
    struct clock *clock = clock_new(&session->options.clock);
    int64_t now_us = clock_now(clock);
    clock_free(clock);
    return now_us;
}

static void start_over(struct session *session, const struct fixtures *fixtures, struct text *problems)
{
    pthread_mutex_lock(&session->change_lock);
    bool with_orders = problems != NULL || __atomic_load_n(&session->is_planted, __ATOMIC_ACQUIRE);
    struct beginning fresh = begin(session, fixtures, first_moment(session), with_orders, problems);
    session_enter_alone(session);
    forget(session);
    take(session, &fresh);
    session_leave(session);
    learn_credentials(session, &fresh);
    pthread_mutex_unlock(&session->change_lock);
    beginning_release(&fresh);
}

void session_reset(struct session *session, const struct fixtures *fixtures)
{
    start_over(session, fixtures, NULL);
}

bool session_move(struct session *session, const struct fixtures *fixtures, struct text *problems)
{
    pthread_mutex_lock(&session->change_lock);
    struct beginning fresh = begin(session, fixtures, session_now(session), true, problems);
    bool good = problems->length == 0;
    if (good) {
        session_enter_alone(session);
        take(session, &fresh);
        session_leave(session);
    }
    learn_credentials(session, &fresh);
    pthread_mutex_unlock(&session->change_lock);
    beginning_release(&fresh);
    return good;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

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
    const struct fault_list_options options = {.providers = session->providers,
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
    rw_lock_init(&session->entry);
    pthread_mutex_init(&session->change_lock, NULL);
    pthread_mutex_init(&session->fixtures_lock, NULL);
    pthread_mutex_init(&session->plant_lock, NULL);
    session->former_credentials = cJSON_CreateArray();
    session->store = store_new();
    session->journal = journal_new(options->journal_size, options->journal_budget);
    session->providers = fixtures_providers(fixtures);
    make_faults(session);
    session->records = records_new();
    session->knobs = knob_values_copy(options->knobs);
    session->options.knobs = NULL;
    session->tokens = tokens_new();
    session->rate_limits = rate_limits_new();
    session->lists = item_lists_new();
    session->secrets = secret_values_new();
    session->secret_names = secret_names_of(session->providers);
    session->clock = clock_new(&options->clock);
    session->ids = id_source_new(options->seed);
    session->token_ids = id_source_new(options->seed);
    session_touch(session);
    start_over(session, fixtures, problems);
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
    free(session->secret_names);
    clock_free(session->clock);
    cJSON_Delete(session->credentials);
    cJSON_Delete(session->former_credentials);
    id_source_free(session->ids);
    id_source_free(session->token_ids);
    fixtures_drop(session->fixtures);
    pthread_mutex_destroy(&session->change_lock);
    pthread_mutex_destroy(&session->fixtures_lock);
    pthread_mutex_destroy(&session->plant_lock);
    rw_lock_release(&session->entry);
    free(session->name);
    free(session);
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

const struct provider *const *session_providers(const struct session *session)
{
    return session->providers;
}

const struct fixtures *session_hold_fixtures(struct session *session)
{
    pthread_mutex_lock(&session->fixtures_lock);
    const struct fixtures *fixtures = fixtures_hold(session->fixtures);
    pthread_mutex_unlock(&session->fixtures_lock);
    return fixtures;
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

const char *const *session_secret_names(const struct session *session)
{
    return session->secret_names;
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
    return json_member(__atomic_load_n(&session->credentials, __ATOMIC_ACQUIRE), provider->name);
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
