/*
 * One call of the control API, for those who handle it (control/handlers.h).
 *
 * A handler reads `params`, `body` and the query, and returns the answer's JSON, or NULL for none; it sets `status`
 * when that is not 200. A mistake is answered with call_fail(): {"error": text for people, "path": where or null}. What
 * is lent lives as long as the call; the session is held for it.
 *
 *     cJSON *control_clock_get(struct call *call)
 *     {
 *         if (call_query(call, "format") != NULL)
 *             return call_fail(call, 400, NULL, "the clock has one format");
 *         …
 *     }
 */
#ifndef CONTROL_CALL_H
#define CONTROL_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "control/control.h"

struct clock_setting;
struct provider;
struct session;

#define CALL_PARAMS_MAX 3

struct call {
    struct control *control;
    struct session *session; /* the one of ?session=, else `default` */
    struct arena *arena;
    const char *query;
    const char *root;                    /* where the client reaches this server: "http://127.0.0.1:8080" */
    const char *params[CALL_PARAMS_MAX]; /* decoded, in the order of the pattern */
    const cJSON *body;                   /* NULL when there is none */
    int status;                          /* 200 unless set */
    char *allow;                         /* of a 405: the methods of the path; the answer's */
};

/* A handler returns the answer's JSON, or NULL for none. */
typedef cJSON *call_handler(struct call *call);

cJSON *call_fail(struct call *call, int status, const char *path, const char *format, ...) PRINTF(4, 5);
/* Decoded query parameter or NULL. */
const char *call_query(struct call *call, const char *name);
/* The number of that name in the query, *out as it was where there is none; false after answering. */
bool call_number(struct call *call, const char *name, int64_t *out, cJSON **failure);
/* The provider of that name; NULL after answering 404. */
const struct provider *call_provider(struct call *call, const char *name, cJSON **failure);

/* Reads {"mode"?,"now"?,"rate"?} over what *setting has; a failure when it makes no sense. */
cJSON *call_clock_setting(struct call *call, const cJSON *body, struct clock_setting *setting);

#endif
