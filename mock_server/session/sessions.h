/*
 * All sessions of one server, found by name or by credential.
 *
 * `default` is there from the beginning and cannot be removed. A session that has a limit ends when nobody used it for
 * that long (real time); one that is removed or has ended lives on until the last request in it is answered.
 * Every call may come from any thread.
 *
 *     struct session *session = sessions_find(sessions, "ci-4711");
 *     if (session != NULL) …
 *     session_drop(session);
 */
#ifndef SESSION_SESSIONS_H
#define SESSION_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/session.h"

struct sessions;

#define SESSIONS_MAX     1000
#define SESSION_NAME_MAX 64
#define SESSION_DEFAULT  "default"

enum sessions_result {
    SESSIONS_OK,
    SESSIONS_TAKEN, /* there is one of that name */
    SESSIONS_FULL,  /* there are SESSIONS_MAX */
};

/* `options` are those of `default`; its name is set here. The fixtures are held. NULL when seed orders are wrong, which
 * `problems` tells. */
struct sessions *sessions_new(const struct session_options *options, const struct fixtures *fixtures,
                              struct text *problems) WARN_UNUSED;
void sessions_free(struct sessions *sessions);

/* The name can stand in a path: 1 to SESSION_NAME_MAX letters, digits, '.', '_' and '-'. */
bool session_name_is_valid(const char *name);

/* Each held by the caller; NULL when there is none. */
struct session *sessions_default(struct sessions *sessions);
struct session *sessions_find(struct sessions *sessions, const char *name);
struct session *sessions_find_by_credential(struct sessions *sessions, const char *value);
/* The same without noting a use: for whoever only looks. */
struct session *sessions_peek_by_credential(struct sessions *sessions, const char *value);

/* What sessions that are made or reset begin with from now on. Those that there are stay as they are. */
void sessions_renew(struct sessions *sessions, const struct fixtures *fixtures);
/* For the caller to drop. */
const struct fixtures *sessions_hold_fixtures(struct sessions *sessions);

/* Whether there ever was another than `default`: without, no credential can name one. */
bool sessions_are_many(const struct sessions *sessions);

/* Makes one; `name` NULL draws it. What `options` leaves zero is that of `default`. *out is held by the caller. */
enum sessions_result sessions_make(struct sessions *sessions, const char *name, const struct session_options *options,
                                   struct session **out);
/* The options that a new session begins with, for the caller to change. */
struct session_options sessions_template(struct sessions *sessions);

/* False when there is none of that name; `default` stays and is no session that can be removed. */
bool sessions_remove(struct sessions *sessions, const char *name);
/* All of them, oldest first: drop each, then free() the array. */
struct session **sessions_list(struct sessions *sessions, size_t *count) WARN_UNUSED;

#endif
