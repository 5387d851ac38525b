/*
 * One HTTP exchange at a time, over libcurl, with the habits a cancel needs.
 *
 * What always holds
 *   - Redirects are not followed, proxies and their environment ignored, cookies and .netrc not used.
 *   - Certificate and host name are verified; TLS 1.2 at least.
 *   - The time-out bounds the whole exchange, name look-up and slow bytes included.
 *   - At most 1 MiB of body and 256 KiB of head are taken, counted while they arrive.
 *   - A body that ends before its length, a head that ends in the middle, two different lengths, or a
 *     length beside chunked framing are failures, never answers.
 *   - A request that changes something goes out on a connection of its own, so that it goes out once.
 *     libcurl repeats a request by itself when a kept connection turns out to be dead before the first
 *     byte of the answer, whatever the method is (Curl_retry_request() in its transfer.c, 7.88): the
 *     server may have read the first one and acted on it. On a fresh connection it never does. Reads
 *     may reuse connections, the one of a cancel before them included.
 *
 * http_stop() may be called from any thread and ends the exchange under way; it stays in force until
 * http_rearm(). Everything else belongs to one thread. Texts in a request are borrowed; an answer owns
 * its texts until http_answer_release().
 */
#ifndef CORE_HTTP_H
#define CORE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define HTTP_BODY_MAX    (1 << 20)
#define HTTP_HEAD_MAX    (256 << 10)
#define HTTP_HEADERS_MAX 8

struct http_header {
    const char *name;
    const char *value; /* printable ASCII without line breaks; anything else fails the exchange */
};

struct http_request {
    const char *method;
    const char *url;
    struct http_header headers[HTTP_HEADERS_MAX];
    size_t header_count;
    const char *body;    /* NULL = none */
    bool changes;        /* see above */
    const char *ca_file; /* NULL = the system's authorities */
    int64_t timeout_ms;  /* at least 1 */
};

enum http_failure {
    HTTP_ANSWERED,  /* status and body are there, whole */
    HTTP_TIMED_OUT, /* status may be there */
    HTTP_NO_CONNECTION,
    HTTP_BROKEN,     /* the connection ended too early; status may be there */
    HTTP_UNREADABLE, /* not HTTP, contradictory framing, or larger than allowed */
    HTTP_STOPPED
};

struct http_answer {
    enum http_failure failure;
    char detail[160]; /* of a failure, for people; holds no secret */
    bool sent;        /* at least one byte of the request left */
    int status;       /* 0 = none was read */
    struct text body; /* empty unless HTTP_ANSWERED */
    char *retry_after;
    char *rate_limit_reset;
    char *date;
    char *request_id;
};

struct http;

struct http *http_new(void);
void http_free(struct http *http);

/* Fills `answer` in every case. */
void http_exchange(struct http *http, const struct http_request *request, struct http_answer *answer);

void http_answer_init(struct http_answer *answer);
void http_answer_release(struct http_answer *answer);

/* Waits, unless stopped. */
void http_wait(struct http *http, int64_t ms);

void http_stop(struct http *http);
void http_rearm(struct http *http);
bool http_is_stopped(const struct http *http);

#endif
