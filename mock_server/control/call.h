/*
 * One call of the control API, for those who handle it (control/handlers.h).
 *
 * A handler reads `params`, `body` and the query, and returns the answer's JSON, or NULL for none; it sets `status`
 * when that is not 200. Before it runs, the row of the table (control/row.h) has been held against the call: every
 * query name is one of the row's and its value can be meant, the body is an object of the row's shape, or absent where
 * the row lets it be.
 *
 * A mistake is answered with call_fail(): {"error": text for people, "path": where or null}. The place is a JSON
 * pointer into the body ("" is the whole of it), or the name in the query with its question mark, "?since". What cannot
 * be understood or is unknown is 400, what is not there 404, what cannot be now 409. A call that fails has changed
 * nothing. What is lent lives as long as the call; the session is held for it.
 *
 *     cJSON *control_clock_get(struct call *call)
 *     {
 *         if (…)
 *             return call_fail(call, 409, "/now", "the clock cannot go back behind %s", …);
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
#include "base/nearest.h"
#include "base/shape.h"
#include "base/text.h"
#include "control/control.h"

struct call_row;
struct clock_setting;
struct journal_feed;
struct provider;
struct session;

#define CALL_PARAMS_MAX 3

struct call {
    struct control *control;
    const struct call_row *rows; /* the whole table, ended by .method == NULL: for the index */
    struct session *session;     /* the one of ?session= or X-Mock-Session, else `default` */
    struct arena *arena;
    const char *query;
    const char *root;                    /* where clients reach the APIs: "http://127.0.0.1:8080" */
    const char *own_root;                /* where they reach the control API */
    const char *accept;                  /* the header, or NULL */
    const char *params[CALL_PARAMS_MAX]; /* decoded, in the order of the pattern */
    const cJSON *body;                   /* an object; NULL when there is none */
    const char *last_event_id;           /* the header, or NULL */
    struct journal_feed *feed;           /* of an answer that goes on; then NULL is returned */
    int status;                          /* 200 unless set */
    char *text;                          /* of an answer that is no JSON, the answer's to free; then NULL is returned */
    const char *content_type;            /* of `text` */
    char *allow;                         /* of a 405: the methods of the path; the answer's */
};

/* A handler returns the answer's JSON, or NULL for none. */
typedef cJSON *call_handler(struct call *call);

cJSON *call_fail(struct call *call, int status, const char *path, const char *format, ...) PRINTF(4, 5);
/* Answers with `text` in place of JSON, and becomes its owner. */
cJSON *call_answer_text(struct call *call, const char *content_type, char *text);

/* The query: decoded value or NULL; the number, or `otherwise` where there is none; the provider or NULL. */
const char *call_query(struct call *call, const char *name);
int64_t call_number(struct call *call, const char *name, int64_t otherwise);
const struct provider *call_query_provider(struct call *call);

/* The provider of that name among those served; NULL, and the nearest name in *nearest. */
const struct provider *call_find_provider(const struct call *call, const char *name, struct nearest *nearest);
/* The provider that the path names; NULL after answering 404. */
const struct provider *call_provider(struct call *call, const char *name, cJSON **failure);
/* "; did you mean "x"?", or the text where nothing is near. Lives as long as the call. */
const char *call_hint(const struct call *call, const struct nearest *nearest, const char *otherwise);
/* The same for sessions. */
const char *call_session_hint(const struct call *call, const char *name, const char *otherwise);

/* ── Bodies ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The mistakes that checks find in the body: the place of the first, the others behind it with theirs.
 *
 *     struct mistakes mistakes = mistakes_of(call);
 *     const struct shape_report report = mistakes_report(&mistakes);
 *     shape_check(call->body, rows, SHAPE_CLOSED, &report);
 *     cJSON *failure = call_fail_mistakes(call, &mistakes);  // NULL: there are none
 */
struct mistakes {
    const struct call *call;
    struct text text;
    const char *place;
    size_t count;
};

struct mistakes mistakes_of(const struct call *call);
struct shape_report mistakes_report(struct mistakes *mistakes);
/* 400 with them, or NULL; releases them. */
cJSON *call_fail_mistakes(struct call *call, struct mistakes *mistakes);
/* The JSON pointer of a value of the body. */
const char *call_place(const struct call *call, const cJSON *node);

/* The value of a knob as people write it, from a member of the body: a string, or true and false where it is on and
 * off, or a number where its values are numbers. NULL after answering 400: there is no such knob, or no such value. */
const char *call_knob_value(struct call *call, const struct provider *provider, const cJSON *setting, cJSON **failure);

/* Reads {"mode"?,"now"?,"rate"?}, a part of the body, over what *setting has; a failure when it makes no sense. */
cJSON *call_clock_setting(struct call *call, const cJSON *part, struct clock_setting *setting);

#endif
