/*
 * An HTTP/1.1 answer, read as its bytes come.
 *
 * An answer is whole when its length says so, when its last chunk came, or, where it says nothing of its length, when
 * the server closes. Interim answers (100, 103) are read over. Each byte is looked at a few times, however small the
 * pieces are in which it comes, and at most HTTP_ANSWER_MAX bytes are kept.
 *
 *     struct http_answer answer = HTTP_ANSWER_INIT;
 *     struct http_reading reading = {.answer = &answer, .has_body = true};
 *     while (!http_reading_take(&reading, piece, size)) …        // more
 *     http_reading_end(&reading);                                // the server closed
 *     http_reading_release(&reading);
 *     http_answer_release(&answer);
 */
#ifndef BASE_HTTP_ANSWER_H
#define BASE_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/text.h"

#define HTTP_ANSWER_MAX ((size_t)16 * 1024 * 1024)

struct http_answer {
    bool reached;     /* somebody took the connection */
    int status;       /* 0: no status line came */
    struct text head; /* status line and headers, as they came */
    struct text body; /* without the marks of a chunked transfer */
    char *problem;    /* NULL: a whole answer came */
};

#define HTTP_ANSWER_INIT ((struct http_answer){.head = TEXT_INIT(HTTP_ANSWER_MAX), .body = TEXT_INIT(HTTP_ANSWER_MAX)})

void http_answer_release(struct http_answer *answer);

/* The value of a header; of several of that name, all, with ", " between them. NULL: there is none. To be freed. */
char *http_header(const struct http_answer *answer, const char *name);
/* All headers as they came: [[name, value]…]. To be deleted. */
cJSON *http_headers(const struct http_answer *answer) WARN_UNUSED;
/* What stands after the code on the status line, "" when nothing does. To be freed. */
char *http_phrase(const struct http_answer *answer);

enum http_part { HTTP_HEAD, HTTP_LENGTH, HTTP_CHUNKS, HTTP_TRAILER, HTTP_TO_THE_END, HTTP_WHOLE, HTTP_BROKEN };

struct http_reading {
    struct http_answer *answer;
    bool has_body; /* false: it answers a HEAD */

    /* Its own. */
    enum http_part part;
    struct text raw; /* what came and is not understood yet */
    size_t searched; /* bytes of it in which the end of the part is not */
    int64_t left;    /* of the body, where its length is told */
    size_t bytes;    /* that came */
};

/* Takes what came; true when the answer is whole, or can become none any more: then its problem is set. */
bool http_reading_take(struct http_reading *reading, const char *bytes, size_t size);
/* The server closed: true when the answer is whole by that. */
bool http_reading_end(struct http_reading *reading);
void http_reading_release(struct http_reading *reading);

#endif
