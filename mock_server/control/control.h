/*
 * The control API: what tests do to the mock, over HTTP below /_mock/ or in process.
 *
 * A call is a method, a path and JSON; its answer is a status and JSON. The calls are rows of one table (control.c),
 * each handled in the file of its noun. A row says all that its call takes (control/row.h); what else comes is refused,
 * and a call that is refused has changed nothing. Every mistake is answered as {"error": text for people, "path": where
 * or null}.
 *
 * control_call() may be used from any thread.
 */
#ifndef CONTROL_CONTROL_H
#define CONTROL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

struct http;
struct fault_counts;
struct journal_feed;
struct journal_file;
struct metrics;
struct notices;
struct provider;
struct reload;
struct sessions;

struct control {
    const struct provider *const *providers; /* those served, ended by NULL */
    struct sessions *sessions;
    struct reload *reload;
    struct http *const *http; /* for base URLs and silent connections; *http is NULL for a server without a socket */
    struct journal_file *journal_file; /* NULL: none was asked for */
    struct notices *notices;
    struct metrics *metrics;
    struct fault_counts *fault_counts;
};

#define CONTROL_PREFIX "/_mock"

/* True for paths that belong to the control API. */
bool control_owns(const char *path);

struct control_request {
    const char *method;
    const char *path;          /* one that control_owns() */
    const char *query;         /* what followed its question mark; NULL: nothing did */
    const char *root;          /* where clients reach the APIs, "https://mock.example:8443" */
    const char *own_root;      /* where they reach the control API, which may have a port of its own */
    const char *session;       /* X-Mock-Session, which ?session= may repeat and not contradict; NULL: none */
    const char *accept;        /* Accept; NULL: none */
    const char *last_event_id; /* Last-Event-ID; NULL: none */
    const char *json;          /* the body; NULL: none */
    size_t length;
};

struct control_answer {
    int status;
    char *text;               /* for the caller to free(); NULL: no body */
    const char *content_type; /* of the text: "application/json" but for what is no JSON */
    char *allow; /* of a 405: the methods of the path, for the caller to free(); NULL with every other status */
    struct journal_feed
        *feed;             /* for the caller to send and to close; then `text` is NULL; NULL with every other call */
    const char *challenge; /* of a 401: WWW-Authenticate; NULL with every other status */
};

/* A path that is not below CONTROL_PREFIX is 404. A HEAD is answered as a GET, with the body that GET would have. */
struct control_answer control_call(struct control *control, const struct control_request *request);
/* Whether it asks whether the server is alive. */
bool control_is_health(const char *method, const char *path);
/* The answer where the control API is switched off. */
struct control_answer control_refuse_closed(void);
/* The answer to a call whose body was too long to be read. */
struct control_answer control_refuse_size(void);

#endif
