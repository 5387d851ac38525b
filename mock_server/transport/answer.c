#include "transport/answer.h"

#include <string.h>

#include "model/framing.h"
#include "transport/reason_phrase.h"

static void add_status_line(const struct exchange *x, struct text *out)
{
    const char *phrase = x->reply.phrase == NULL ? reason_phrase(x->reply.status) : x->reply.phrase;
    text_print(out, "HTTP/1.1 %d ", x->reply.status);
    text_add(out, phrase);
    text_add(out, "\r\n");
}

static void add_header(const struct header *header, struct text *out)
{
    text_add(out, header->name);
    text_add(out, ": ");
    text_add(out, header->value);
    text_add(out, "\r\n");
}

static void add_chunk(const char *bytes, size_t size, struct text *out)
{
    text_print(out, "%zx\r\n", size);
    text_add_bytes(out, bytes, size);
    text_add(out, "\r\n");
}

static void add_chunks(const char *bytes, size_t length, struct text *out)
{
    for (size_t at = 0; at < length; at += CHUNK_BYTES)
        add_chunk(bytes + at, length - at < CHUNK_BYTES ? length - at : CHUNK_BYTES, out);
}

#define NO_CHUNK "this is no chunk\r\n"

/* The body in chunks, as it should be or as a fault has it. */
static void add_framed(const struct reply *reply, const char *bytes, size_t length, struct text *out)
{
    if (reply->wire.chunks == WIRE_CHUNKS_MALFORMED) {
        if (length > 1)
            add_chunk(bytes, length / 2, out);
        text_add(out, NO_CHUNK);
        return;
    }
    add_chunks(bytes, length, out);
    if (reply->wire.chunks == WIRE_CHUNKS_AS_SAID)
        text_add(out, "0\r\n\r\n");
}

/* How much of the body leaves. A client of HTTP/1.0 gets no chunks: a fault in these is a body of half the length. */
static size_t length_to_send(const struct reply *reply, size_t length)
{
    if (reply->wire.cuts && reply->wire.keep < length)
        return (size_t)reply->wire.keep;
    return reply->wire.chunks != WIRE_CHUNKS_AS_SAID && !reply->in_chunks ? length / 2 : length;
}

void answer_write_body(const struct exchange *x, struct text *out)
{
    const struct reply *reply = &x->reply;
    const char *bytes = reply->coded == NULL ? reply->body : reply->coded;
    size_t length = reply->coded == NULL ? reply->body_length : reply->coded_length;
    if (!reply->wire.raw && (status_has_no_body(reply->status) || strcmp(x->request.method, "HEAD") == 0))
        return;
    length = length_to_send(reply, length);
    if (reply->in_chunks && !reply->wire.raw)
        add_framed(reply, bytes, length, out);
    else
        text_add_bytes(out, bytes, length);
}

void answer_write_head(const struct exchange *x, struct text *out)
{
    if (x->reply.wire.raw)
        return;
    if (x->reply.wire.before_length > 0)
        text_add_bytes(out, x->reply.wire.before, x->reply.wire.before_length);
    add_status_line(x, out);
    for (size_t i = 0; i < x->reply.header_count; i++)
        add_header(&x->reply.headers[i], out);
    text_add(out, "\r\n");
}

void answer_write(const struct exchange *x, struct text *out)
{
    answer_write_head(x, out);
    answer_write_body(x, out);
    if (x->reply.wire.after_length > 0)
        text_add_bytes(out, x->reply.wire.after, x->reply.wire.after_length);
}
