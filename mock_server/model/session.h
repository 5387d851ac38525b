/*
 * A session: an isolated world of orders, journal, faults, knobs, clock and ids.
 *
 * `default` always exists. Every function here may be called from any thread.
 */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/ids.h"
#include "support/mem.h"

struct fault_list;
struct fixtures;
struct journal;
struct provider;
struct session;
struct store;
struct text;

struct session_options {
    const char *name;
    uint64_t seed;
    bool frozen; /* the clock stands at frozen_at_us */
    int64_t frozen_at_us;
    size_t journal_size;
    bool show_secrets;        /* the journal shows credentials that are not the fixtures' */
    const char *const *knobs; /* "PROVIDER.NAME=VALUE", checked before */
    size_t knob_count;
};

/* Mistakes in the seed orders that only making them shows are told in `problems`. */
struct session *session_new(const struct session_options *options, const struct fixtures *fixtures,
                            struct text *problems) WARN_UNUSED;
void session_free(struct session *session);

/* Orders, journal, faults, knobs and ids back to the fixtures. */
void session_reset(struct session *session);

const char *session_name(const struct session *session);
const struct fixtures *session_fixtures(const struct session *session);
struct store *session_store(struct session *session);
struct journal *session_journal(struct session *session);
struct fault_list *session_faults(struct session *session);

int64_t session_now(const struct session *session);
bool session_shows_secrets(const struct session *session);

int64_t session_knob(const struct session *session, const struct provider *provider, unsigned knob);
void session_set_knob(struct session *session, const struct provider *provider, unsigned knob, int64_t value);

/* Ids from the session's stream, for documents. */
void session_uuid(struct session *session, char out[UUID_TEXT_MAX]);
void session_characters(struct session *session, const char *alphabet, size_t length, char *out);
/* 1, 2, 3 …: a counter for ids that are numbers. */
int64_t session_next_number(struct session *session);

#endif
