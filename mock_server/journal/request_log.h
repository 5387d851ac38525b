/*
 * One line for each request, said before its answer leaves, to whoever wants it: what stands in it and how is told in
 * journal/log_line.h. May be called from any thread.
 *
 *     const struct request_log log = {put_line, writer, .json = true};
 *     request_log_add(&log, x);
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
    bool colours; /* of text, for a terminal */
};

void request_log_add(const struct request_log *log, const struct exchange *x);

#endif
