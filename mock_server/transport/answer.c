#include "transport/answer.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/ascii.h"
#include "transport/reason_phrase.h"

/* ── The body as it leaves ─────────────────────────────────────────────────────────────────────────────────────── */

/* RFC 9110 section 12.5.3; "gzip;q=0" is a refusal. */
static bool accepts_gzip(const struct exchange *x)
{
    const char *at = exchange_header(x, "Accept-Encoding");
    while (at != NULL && *at != '\0') {
        at += strspn(at, ", \t");
        size_t length = strcspn(at, ",; \t"), all = strcspn(at, ",");
        if (length == 4 && ascii_equal_bytes(at, "gzip", 4))
            return memmem(at, all, "q=0", 3) == NULL || memmem(at, all, "q=0.", 4) != NULL;
        at += all;
    }
    return false;
}

/* False: no memory for it, or nothing to gain. */
static bool compress_body(const struct exchange *x, struct text *out)
{
    enum { WINDOW_BITS_OF_GZIP = 15 + 16, MEMORY_LEVEL = 8 };
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_BITS_OF_GZIP, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t room = deflateBound(&stream, x->reply.body_length);
    unsigned char *bytes = mem_alloc(room);
    union {
        const char *read;
        unsigned char *next;
    } body = {.read = x->reply.body};
    stream.next_in = body.next;
    stream.avail_in = (unsigned)x->reply.body_length;
    stream.next_out = bytes;
    stream.avail_out = (unsigned)room;
    bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    if (done)
        text_add_bytes(out, (const char *)bytes, stream.total_out);
    deflateEnd(&stream);
    free(bytes);
    return done;
}

#define CHUNK_BYTES ((size_t)4096)

static void add_chunks(struct text *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at += CHUNK_BYTES) {
        size_t size = length - at < CHUNK_BYTES ? length - at : CHUNK_BYTES;
        text_print(out, "%zx\r\n", size);
        text_add_bytes(out, bytes + at, size);
        text_add(out, "\r\n");
    }
    text_add(out, "0\r\n\r\n");
}

/* ── The head ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_header(struct text *out, const char *name, const char *value)
{
    text_add(out, name);
    text_add(out, ": ");
    text_add(out, value);
    text_add(out, "\r\n");
}

static void add_status_line(const struct exchange *x, struct text *out)
{
    const char *phrase = x->reply.phrase == NULL ? reason_phrase(x->reply.status) : x->reply.phrase;
    text_print(out, "HTTP/1.1 %d ", x->reply.status);
    text_add(out, phrase);
    text_add(out, "\r\n");
}

static void add_connection(const struct exchange *x, const struct head *head, struct text *out)
{
    if (reply_has_header(x, "Connection"))
        return;
    if (head->closes || x->reply.wire == WIRE_TRUNCATED)
        add_header(out, "Connection", "close");
    else if (head->is_1_0)
        add_header(out, "Connection", "Keep-Alive");
}

static bool has_no_body(int status)
{
    return status < 200 || status == 204 || status == 304;
}

/* An answer that documents a length nobody expects has a header of its own for it. */
static void add_framing(const struct exchange *x, bool in_chunks, size_t length, struct text *out)
{
    if (reply_has_header(x, "Content-Length") || reply_has_header(x, "Transfer-Encoding"))
        return;
    if (in_chunks)
        add_header(out, "Transfer-Encoding", "chunked");
    else
        text_print(out, "Content-Length: %zu\r\n", length);
}

static void add_body(const struct exchange *x, bool in_chunks, const char *bytes, size_t length, struct text *out)
{
    if (strcmp(x->request.method, "HEAD") == 0)
        return;
    if (x->reply.wire == WIRE_TRUNCATED && x->reply.wire_bytes < length)
        text_add_bytes(out, bytes, x->reply.wire_bytes);
    else if (in_chunks)
        add_chunks(out, bytes, length);
    else
        text_add_bytes(out, bytes, length);
}

static void add_answer(const struct exchange *x, const struct head *head, const struct text *compressed,
                       struct text *out)
{
    const char *bytes = compressed == NULL ? x->reply.body : text_cstr(compressed);
    size_t length = compressed == NULL ? x->reply.body_length : compressed->length;
    bool in_chunks = x->reply.chunked && !head->is_1_0 && x->reply.wire == WIRE_SEND;
    add_status_line(x, out);
    add_connection(x, head, out);
    for (size_t i = 0; i < x->reply.header_count; i++)
        add_header(out, x->reply.headers[i].name, x->reply.headers[i].value);
    if (compressed != NULL)
        add_header(out, "Content-Encoding", "gzip");
    if (!has_no_body(x->reply.status))
        add_framing(x, in_chunks, length, out);
    text_add(out, "\r\n");
    if (!has_no_body(x->reply.status))
        add_body(x, in_chunks, bytes, length, out);
}

void answer_write(const struct exchange *x, const struct head *head, struct text *out)
{
    struct text compressed = TEXT_INIT(TEXT_UNBOUNDED);
    bool is_compressed = x->reply.gzip && x->reply.body_length > 0 && accepts_gzip(x) && compress_body(x, &compressed);
    if (x->reply.wire == WIRE_RAW)
        text_add_bytes(out, x->reply.body, x->reply.body_length);
    else
        add_answer(x, head, is_compressed ? &compressed : NULL, out);
    text_release(&compressed);
}
