#include "model/session.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "model/fault.h"
#include "model/fixtures.h"
#include "model/journal.h"
#include "model/provider.h"
#include "model/store.h"
#include "support/instant.h"

/* The knobs of one provider in this session. */
struct knob_values {
    const struct provider *provider;
    int64_t values[KNOBS_MAX]; /* read and written atomically */
};

struct session {
    struct session_options options; /* its strings are this session's own: name and settings */
    char *name;
    char **settings; /* "PROVIDER.NAME=VALUE", knob_count of them */
    const struct fixtures *fixtures;
    struct store *store;
    struct journal *journal;
    struct fault_list *faults;
    struct knob_values *knobs; /* as many as there are providers */
    size_t provider_count;
    pthread_mutex_t id_lock; /* guards ids and next_number */
    struct id_stream ids;
    int64_t next_number;
};

static struct knob_values *values_of(const struct session *session, const struct provider *provider)
{
    for (size_t i = 0; i < session->provider_count; i++)
        if (session->knobs[i].provider == provider)
            return &session->knobs[i];
    abort(); /* a provider that this server does not serve has no exchanges either */
}

int64_t session_knob(const struct session *session, const struct provider *provider, unsigned knob)
{
    return __atomic_load_n(&values_of(session, provider)->values[knob], __ATOMIC_RELAXED);
}

void session_set_knob(struct session *session, const struct provider *provider, unsigned knob, int64_t value)
{
    __atomic_store_n(&values_of(session, provider)->values[knob], value, __ATOMIC_RELAXED);
}

/* "PROVIDER.NAME=VALUE", known to be good. */
static void turn_knob(struct session *session, const char *setting)
{
    size_t provider_length = strcspn(setting, ".");
    const char *name = setting + provider_length + 1;
    size_t name_length = strcspn(name, "=");
    for (size_t i = 0; i < session->provider_count; i++) {
        const struct provider *provider = session->knobs[i].provider;
        if (strncmp(provider->name, setting, provider_length) != 0 || provider->name[provider_length] != '\0')
            continue;
        for (unsigned k = 0; k < provider->knob_count; k++) {
            const struct knob *knob = &provider->knobs[k];
            int64_t value = 0;
            if (strncmp(knob->name, name, name_length) == 0 && knob->name[name_length] == '\0' &&
                knob_read(knob, name + name_length + 1, &value))
                session_set_knob(session, provider, k, value);
        }
    }
}

static void turn_knobs_back(struct session *session)
{
    for (size_t i = 0; i < session->provider_count; i++)
        for (unsigned k = 0; k < session->knobs[i].provider->knob_count; k++)
            session_set_knob(session, session->knobs[i].provider, k, session->knobs[i].provider->knobs[k].initial);
    for (size_t i = 0; i < session->options.knob_count; i++)
        turn_knob(session, session->settings[i]);
}

static void start_over(struct session *session, struct text *problems)
{
    pthread_mutex_lock(&session->id_lock);
    session->ids = id_stream_from(session->options.seed);
    session->next_number = 0;
    pthread_mutex_unlock(&session->id_lock);
    fault_clear(session->faults);
    turn_knobs_back(session);
    struct store *fresh = store_new();
    fixtures_seed(session->fixtures, session, fresh, problems);
    store_swap(session->store, fresh); /* nobody sees a store that is half filled */
    store_free(fresh);
    journal_clear(session->journal);
}

struct session *session_new(const struct session_options *options, const struct fixtures *fixtures,
                            struct text *problems)
{
    struct session *session = mem_zero(1, sizeof *session);
    session->options = *options;
    session->options.knobs = NULL;
    session->options.name = session->name = mem_dup(options->name);
    session->settings = mem_zero(options->knob_count + 1, sizeof *session->settings);
    for (size_t i = 0; i < options->knob_count; i++)
        session->settings[i] = mem_dup(options->knobs[i]);
    session->fixtures = fixtures;
    session->store = store_new();
    session->journal = journal_new(options->journal_size);
    session->faults = fault_list_new();
    pthread_mutex_init(&session->id_lock, NULL);
    const struct provider *const *providers = fixtures_providers(fixtures);
    while (providers[session->provider_count] != NULL)
        session->provider_count++;
    session->knobs = mem_zero(session->provider_count, sizeof *session->knobs);
    for (size_t i = 0; i < session->provider_count; i++)
        session->knobs[i].provider = providers[i];
    start_over(session, problems);
    return session;
}

void session_free(struct session *session)
{
    if (session == NULL)
        return;
    store_free(session->store);
    journal_free(session->journal);
    fault_list_free(session->faults);
    pthread_mutex_destroy(&session->id_lock);
    for (size_t i = 0; i < session->options.knob_count; i++)
        free(session->settings[i]);
    free(session->settings);
    free(session->knobs);
    free(session->name);
    free(session);
}

void session_reset(struct session *session)
{
    start_over(session, NULL);
}

const char *session_name(const struct session *session)
{
    return session->name;
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

int64_t session_now(const struct session *session)
{
    return session->options.frozen ? session->options.frozen_at_us : instant_now();
}

bool session_shows_secrets(const struct session *session)
{
    return session->options.show_secrets;
}

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

int64_t session_next_number(struct session *session)
{
    pthread_mutex_lock(&session->id_lock);
    int64_t number = ++session->next_number;
    pthread_mutex_unlock(&session->id_lock);
    return number;
}
