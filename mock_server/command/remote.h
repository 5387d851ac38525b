/*
 * A cancelmock that runs somewhere, asked over its control API: for commands of the program.
 *
 *     struct remote remote = {.server = "http://127.0.0.1:8080", .limit_ms = 5000};
 *     struct remote_answer answer;
 *     remote_ask(&remote, "GET", "/health", NULL, &answer);
 *     if (answer.problem != NULL) …                              // "127.0.0.1:8080 cannot be reached: …"
 *     remote_answer_release(&answer);
 */
#ifndef COMMAND_REMOTE_H
#define COMMAND_REMOTE_H

#include <stdbool.h>

#include "base/json.h"
#include "base/text.h"

struct remote {
    const char *server;     /* its address, with or without /_mock; one that remote_check_address() took */
    const char *session;    /* NULL: `default` */
    const char *token_file; /* its first line is the token of the control API; NULL: it has none */
    int limit_ms;           /* for all of a call */
};

struct remote_answer {
    int status;    /* 0: no answer came */
    cJSON *json;   /* NULL: it has no body, or one that is no JSON */
    char *problem; /* no answer came, or it cannot be asked: why; NULL: one came */
    bool is_usage; /* the problem is what was asked for: the token file */
};

/* What is wrong with an address goes to `problem`. */
bool remote_check_address(const char *address, struct text *problem);

/* `path` is below /_mock. `json` is the body, NULL: none. */
void remote_ask(const struct remote *remote, const char *method, const char *path, const char *json,
                struct remote_answer *out);
void remote_answer_release(struct remote_answer *answer);

#endif
