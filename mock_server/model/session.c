#include "model/session.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "model/credentials.h"
#include "model/fault.h"
#include "model/fixtures.h"
#include "model/journal.h"
#include "model/knob_board.h"
#include "model/provider.h"
#include "model/store.h"
#include "model/windows.h"

struct session {
    struct session_options options; /* the name is this session's own */
    char *name;
    const struct fixtures *fixtures;
    struct store *store;
    struct journal *journal;
    struct fault_list *faults;
    struct knob_board *knobs;
    struct tokens *tokens;
    struct windows *windows;
    struct clock *clock;
    cJSON *credentials;         /* {provider: entry}, its own; never changes */
    pthread_mutex_t reset_lock; /* one reset at a time */
    pthread_mutex_t id_lock;    /* guards the streams and next_number */
    struct id_stream ids;
    struct id_stream tokens_drawn;
    int64_t next_number;
    int64_t used_us; /* monotonic, read and written atomically */
    int references;
};

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Seed orders are drawn by a stand-in, so that a request that draws meanwhile does not change what they get. */
static void seed(struct session *session, struct text *problems)
{
    struct store *fresh = store_new();
    struct session *stand_in = session_seeder(session);
    stand_in->ids = id_stream_from(session->options.seed);
    fixtures_seed(session->fixtures, stand_in, fresh, problems);
    pthread_mutex_lock(&session->id_lock);
    session->ids = stand_in->ids;
    session->next_number = stand_in->next_number;
    session->tokens_drawn = id_stream_from(session->options.seed ^ credential_seed(session->name, "tokens"));
    pthread_mutex_unlock(&session->id_lock);
    store_swap(session->store, fresh); /* nobody sees a store that is half filled */
    session_drop(stand_in);
    store_free(fresh);
}

static void start_over(struct session *session, struct text *problems)
{
    pthread_mutex_lock(&session->reset_lock);
    clock_set(session->clock, &session->options.clock);
    fault_clear(session->faults);
    knob_board_reset(session->knobs);
    tokens_clear(session->tokens);
    windows_clear(session->windows);
    seed(session, problems);
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

struct session *session_new(const struct session_options *options, const struct fixtures *fixtures,
                            struct text *problems)
{
    struct session *session = mem_zero(1, sizeof *session);
    session->options = *options;
    session->options.name = session->name = mem_dup(options->name);
    session->references = 1;
    session->fixtures = fixtures;
    session->store = store_new();
    session->journal = journal_new(options->journal_size);
    session->faults = fault_list_new();
    session->knobs = knob_board_copy(options->knobs);
    session->options.knobs = NULL;
    session->tokens = tokens_new();
    session->windows = windows_new();
    session->clock = clock_new(&options->clock);
    pthread_mutex_init(&session->reset_lock, NULL);
    pthread_mutex_init(&session->id_lock, NULL);
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
    knob_board_free(session->knobs);
    tokens_free(session->tokens);
    windows_free(session->windows);
    clock_free(session->clock);
    cJSON_Delete(session->credentials);
    pthread_mutex_destroy(&session->id_lock);
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

struct tokens *session_tokens(struct session *session)
{
    return session->tokens;
}

struct windows *session_windows(struct session *session)
{
    return session->windows;
}

struct clock *session_clock(struct session *session)
{
    return session->clock;
}

struct knob_board *session_knobs(struct session *session)
{
    return session->knobs;
}

int64_t session_now(const struct session *session)
{
    return clock_now(session->clock);
}

bool session_shows_secrets(const struct session *session)
{
    return session->options.show_secrets;
}

int64_t session_knob(const struct session *session, const struct provider *provider, unsigned knob)
{
    return knob_board_get(session->knobs, provider, knob);
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

/* ── Ids ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

void session_uuid(struct session *session, char out[UUID_TEXT_MAX])
{
    pthread_mutex_lock(&session->id_lock);
    id_uuid(&session->ids, out);
    pthread_mutex_unlock(&session->id_lock);
}

void session_characters(struct session *session, const char *alphabet, size_t length, char *out)
{
    pthread_mutex_lock(&session->id_lock);
    id_characters(&session->ids, alphabet, length, out);
    pthread_mutex_unlock(&session->id_lock);
}

void session_token_characters(struct session *session, const char *alphabet, size_t length, char *out)
{
    pthread_mutex_lock(&session->id_lock);
    id_characters(&session->tokens_drawn, alphabet, length, out);
    pthread_mutex_unlock(&session->id_lock);
}

int64_t session_skip_numbers(struct session *session, int64_t count)
{
    pthread_mutex_lock(&session->id_lock);
    int64_t before = session->next_number;
    session->next_number += count;
    pthread_mutex_unlock(&session->id_lock);
    return before;
}

int64_t session_next_number(struct session *session)
{
    return session_skip_numbers(session, 1) + 1;
}

struct session *session_seeder(const struct session *session)
{
    const struct clock_setting now = {.now_us = session_now(session)};
    struct session *seeder = mem_zero(1, sizeof *seeder);
    seeder->options.seed = session->options.seed;
    seeder->name = mem_dup(session->name);
    seeder->references = 1;
    seeder->fixtures = session->fixtures;
    seeder->knobs = knob_board_copy(session->knobs);
    seeder->clock = clock_new(&now);
    pthread_mutex_init(&seeder->reset_lock, NULL);
    pthread_mutex_init(&seeder->id_lock, NULL);
    return seeder;
}

void session_draw_as(struct session *seeder, uint64_t ordinal, int64_t number)
{
    struct id_stream stream = id_stream_from(seeder->options.seed ^ ~(ordinal << 1));
    pthread_mutex_lock(&seeder->id_lock);
    seeder->ids = id_stream_from(id_draw(&stream)); /* far from the streams of its neighbours */
    seeder->next_number = number;
    pthread_mutex_unlock(&seeder->id_lock);
}
