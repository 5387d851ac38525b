/*
 * One HTTP/1.1 request on a connection of its own: it says exactly what it is told, and keeps both sides of the talk.
 *
 * What always holds
 *   - It takes at most `limit_ms`, and keeps at most HTTP_ANSWER_MAX bytes, whatever the server does.
 *   - Headers go out in the order in which they are written. Host, Content-Length and "Connection: close" are added
 *     where they are missing.
 *   - What did not come as HTTP says has `problem` set: nobody listened, silence, half an answer, no HTTP at all.
 *
 *     struct http_answer answer;
 *     http_ask(&url, &(struct http_request){.method = "GET", .target = "/orders"}, 5000, &answer);
 *     if (!answer.problem)
 *         printf("%d %s\n", answer.status, answer.body.bytes);
 *     http_answer_release(&answer);
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "http/url.h"
#include "mock_server/base/text.h"

#define HTTP_ANSWER_MAX ((size_t)16 * 1024 * 1024)

struct http_request {
    const char *method;
    const char *target;
    const cJSON *headers; /* {"Name":"value"}; NULL: none */
    const char *session;  /* value of X-Mock-Session; NULL: no such header */
    const char *body;     /* NULL: none */
};

struct http_answer {
    bool reached;     /* somebody took the connection */
    int status;       /* 0: no status line came */
    struct text head; /* status line and headers, as they came */
    struct text body; /* without the marks of a chunked transfer */
    char *problem;    /* NULL: a whole answer came */
};

#define HTTP_ANSWER_INIT ((struct http_answer){.head = TEXT_INIT(HTTP_ANSWER_MAX), .body = TEXT_INIT(HTTP_ANSWER_MAX)})

void http_ask(const struct url *url, const struct http_request *request, int limit_ms, struct http_answer *out);
void http_answer_release(struct http_answer *answer);

/* The value of a header; of several of that name, all, with ", " between them. NULL: there is none. To be freed. */
char *http_header(const struct http_answer *answer, const char *name);

/* What stands after the code on the status line, "" when nothing does. To be freed. */
char *http_phrase(const struct http_answer *answer);

/*
 * Both sides as a journal entry has them: {"request":{"method","target","version","headers","body"},"response":{…}};
 * "response" is null where no answer came. To be deleted.
 */
cJSON *http_entry(const struct url *url, const struct http_request *request, const struct http_answer *answer);

#endif
