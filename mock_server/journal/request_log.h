/*
 * One line for each request, for whoever watches a terminal or collects logs: when, what came, what was answered, and
 * why where it was refused. Said before the answer leaves. Secrets are masked as in the journal.
 *
 *     09:00:00.000 401 GET /v0/orders/17 (default, 0.2 ms) RFC 9110 section 11.6.1: Authorization: expected …, actual …
 *     {"at":"…","session":"default","provider":"…","operation":"cancel","order":…,"method":"PUT","target":"…","status":404,
 *      "reason":{…},"fault":null,"duration_us":212}
 *
 * What a client wrote reaches no terminal as a control character. May be called from any thread.
 */
#ifndef JOURNAL_REQUEST_LOG_H
#define JOURNAL_REQUEST_LOG_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;

struct request_log {
    void (*put)(void *context, const char *line, size_t length); /* NULL: nobody wants them */
    void *context;
    bool json;
};

void request_log_add(const struct request_log *log, const struct exchange *x);

#endif
