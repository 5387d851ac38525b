#include "model/framing.h"

#include <string.h>
#include <zlib.h>

#include "base/ascii.h"

bool status_has_no_body(int status)
{
    return status < 200 || status == 204 || status == 304;
}

/* A size in hexadecimal, and the two line breaks of its chunk. */
static size_t chunk_overhead(size_t size)
{
    size_t digits = 1;
    for (; size > 15; size /= 16)
        digits++;
    return digits + 4;
}

size_t chunked_length(size_t length)
{
    size_t whole = length / CHUNK_BYTES, rest = length % CHUNK_BYTES;
    return length + whole * chunk_overhead(CHUNK_BYTES) + (rest > 0 ? chunk_overhead(rest) : 0) + chunk_overhead(0);
}

/* ── Compression ───────────────────────────────────────────────────────────────────────────────────────────────── */

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

/* False: no memory for it. */
static bool compress_into(struct exchange *x, z_stream *stream)
{
    union {
        const char *read;
        unsigned char *next;
    } body = {.read = x->reply.body};
    size_t room = deflateBound(stream, x->reply.body_length);
    char *coded = arena_alloc(x->arena, room);
    stream->next_in = body.next;
    stream->avail_in = (unsigned)x->reply.body_length;
    stream->next_out = (unsigned char *)coded;
    stream->avail_out = (unsigned)room;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END)
        return false;
    x->reply.coded = coded;
    x->reply.coded_length = stream->total_out;
    return true;
}

static void compress_body(struct exchange *x)
{
    enum { WINDOW_BITS_OF_GZIP = 15 + 16, MEMORY_LEVEL = 8 };
    z_stream stream = {0};
    bool is_wanted = x->reply.gzip && x->reply.framing == REPLY_AS_PROVIDER && !reply_has_header(x, "Content-Encoding");
    if (!is_wanted || x->reply.body_length == 0 || !accepts_gzip(x) ||
        deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_BITS_OF_GZIP, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    if (compress_into(x, &stream))
        reply_header(x, "Content-Encoding", "gzip");
    deflateEnd(&stream);
}

/* ── Headers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void say_whether_it_stays(struct exchange *x, bool is_1_0)
{
    if (reply_has_header(x, "Connection"))
        return;
    if (x->request.closes || wire_ends(&x->reply.wire) || x->reply.stream != NULL)
        reply_header(x, "Connection", "close");
    else if (is_1_0)
        reply_header(x, "Connection", "Keep-Alive");
}

static void say_length(struct exchange *x)
{
    uint64_t length = (x->reply.coded == NULL ? x->reply.body_length : x->reply.coded_length) + x->reply.wire.filler;
    int64_t said = (int64_t)length + x->reply.length_off, again = (int64_t)length + x->reply.second_length_off;
    reply_header(x, "Content-Length", arena_print(x->arena, "%lld", (long long)(said < 0 ? 0 : said)));
    if (x->reply.has_second_length)
        reply_header_again(x, "Content-Length", arena_print(x->arena, "%lld", (long long)(again < 0 ? 0 : again)));
}

static void say_where_it_ends(struct exchange *x, bool is_1_0)
{
    bool says = reply_has_header(x, "Content-Length") || reply_has_header(x, "Transfer-Encoding");
    bool wished = x->reply.framing == REPLY_CHUNKED || (x->reply.framing == REPLY_AS_PROVIDER && x->reply.chunked);
    x->reply.in_chunks = wished && !is_1_0 && !says && !x->reply.wire.cuts && x->reply.wire.filler == 0;
    if (says || status_has_no_body(x->reply.status) || x->reply.stream != NULL)
        return;
    if (x->reply.in_chunks)
        reply_header(x, "Transfer-Encoding", "chunked");
    else if (x->reply.wire.filler != WIRE_ENDLESS) /* what has no end has no length, and ends with the connection */
        say_length(x);
}

void reply_frame(struct exchange *x)
{
    bool is_1_0 = x->request.version != NULL && strcmp(x->request.version, "HTTP/1.0") == 0;
    if (x->reply.wire.nothing || x->reply.wire.raw)
        return;
    compress_body(x);
    say_whether_it_stays(x, is_1_0);
    say_where_it_ends(x, is_1_0);
}
