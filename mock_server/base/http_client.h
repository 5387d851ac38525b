/*
 * One HTTP/1.1 request on a connection of its own: it says exactly what it is told, and keeps both sides of the talk.
 *
 * What always holds
 *   - It takes at most `limit_ms`, the look-up of the host's name included, and keeps at most HTTP_ANSWER_MAX bytes,
 *     whatever the server does.
 *   - Headers go out in the order in which they are written. Host, Content-Length and "Connection: close" are added
 *     where they are missing.
 *   - What did not come as HTTP says has `problem` set: nobody listened, silence, half an answer, no HTTP at all.
 *
 *     struct http_answer answer;
 *     http_ask(&url, &(struct http_request){.method = "GET", .target = "/orders"}, 5000, &answer);
 *     if (answer.problem == NULL)
 *         printf("%d %s\n", answer.status, text_cstr(&answer.body));
 *     http_answer_release(&answer);
 */
#ifndef BASE_HTTP_CLIENT_H
#define BASE_HTTP_CLIENT_H

#include <sys/types.h>

#include "base/http_answer.h"
#include "base/json.h"
#include "base/url.h"

struct http_request {
    const char *method;
    const char *target;
    const cJSON *headers; /* {"Name":"value"}; NULL: none */
    const char *session;  /* value of X-Mock-Session; NULL: no such header */
    const char *body;     /* NULL: none */
};

/* The way to a server that is reached already: as send() and recv() of a non-blocking socket, -1 with EAGAIN where they
 * would wait. */
struct http_line {
    ssize_t (*send)(void *context, const void *bytes, size_t size);
    ssize_t (*receive)(void *context, void *bytes, size_t size);
    void *context;
    int handle; /* what to wait at */
};

/* The same over that line. `deadline` is of deadline_now(), `limit_ms` what is told where it is over. */
void http_ask_over(const struct http_line *line, const struct url *url, const struct http_request *request,
                   int64_t deadline, int limit_ms, struct http_answer *out);

void http_ask(const struct url *url, const struct http_request *request, int limit_ms, struct http_answer *out);

/* All headers of a request in the order in which they leave: [[name, value]…]. To be deleted. */
cJSON *http_request_headers(const struct url *url, const struct http_request *request) WARN_UNUSED;

#endif
