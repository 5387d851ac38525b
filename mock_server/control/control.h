/*
 * The control API: what tests do to the mock, over HTTP below /_mock/ or in process.
 *
 * A call is a method, a path and JSON; its answer is a status and JSON. The calls are rows of one table (control.c),
 * each handled in the file of its noun. Every mistake is answered as {"error": text for people, "path": where or null}.
 * control_call() may be used from any thread.
 */
#ifndef CONTROL_CONTROL_H
#define CONTROL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"

struct clock_setting;
struct fixtures;
struct http;
struct session;
struct sessions;

struct control {
    const struct fixtures *fixtures;
    struct sessions *sessions;
    struct http *const *http; /* for base URLs and silent connections; *http is NULL for a server without a socket */
};

/* True for paths that belong to the control API. */
bool control_owns(const char *path);

/* `path` is one that control_owns(), `query` what followed its question mark or NULL. *answer is NULL or a text for the
 * caller to free(). */
int control_call(struct control *control, const char *method, const char *path, const char *query, const char *json,
                 size_t length, char **answer);
/* The same for a call whose body was too long to be read. */
int control_refuse_size(char **answer);

/* ── For the handlers ──────────────────────────────────────────────────────────────────────────────────────────── */

#define CALL_PARAMS_MAX 3

struct call {
    struct control *control;
    struct session *session; /* the one of ?session=, else `default` */
    struct arena *arena;
    const char *query;
    const char *params[CALL_PARAMS_MAX]; /* decoded, in the order of the pattern */
    const cJSON *body;                   /* NULL when there is none */
    int status;                          /* 200 unless set */
};

/* A handler returns the answer's JSON, or NULL for none. */
typedef cJSON *call_handler(struct call *call);

cJSON *call_fail(struct call *call, int status, const char *path, const char *format, ...) PRINTF(4, 5);
/* Decoded query parameter or NULL. */
const char *call_query(struct call *call, const char *name);
/* The number of that name in the query, *out as it was where there is none; false after answering. */
bool call_number(struct call *call, const char *name, int64_t *out, cJSON **failure);
/* The provider named by params[index]; NULL after answering 404. */
const struct provider *call_provider(struct call *call, size_t index, cJSON **failure);

/* "http://127.0.0.1:8080", or "" for a server without a socket. */
const char *call_root(const struct call *call);

/* Reads {"mode"?,"now"?,"rate"?} over what *setting has; a failure when it makes no sense. */
cJSON *call_clock_setting(struct call *call, const cJSON *body, struct clock_setting *setting);

call_handler control_health, control_ready, control_providers, control_reset;
call_handler control_sessions_list, control_sessions_make, control_sessions_remove;
call_handler control_clock_get, control_clock_set, control_clock_advance;
call_handler control_tokens_expire;
call_handler control_orders_list, control_orders_make, control_order_get, control_order_change, control_order_delete,
    control_order_event;
call_handler control_requests_list, control_requests_get, control_requests_clear;
call_handler control_faults_kinds, control_faults_list, control_faults_add, control_faults_clear, control_faults_remove;
call_handler control_knobs_get, control_knobs_set;
call_handler control_exchanges, control_openapi;

#endif
