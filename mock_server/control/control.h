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

struct fixtures;
struct http;
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

#endif
