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

#define CHUNK_BYTES ((size_t)4096)

static void add_chunks(const char *bytes, size_t length, struct text *out)
{
    for (size_t at = 0; at < length; at += CHUNK_BYTES) {
        size_t size = length - at < CHUNK_BYTES ? length - at : CHUNK_BYTES;
        text_print(out, "%zx\r\n", size);
        text_add_bytes(out, bytes + at, size);
        text_add(out, "\r\n");
    }
    text_add(out, "0\r\n\r\n");
}

static void add_body(const struct exchange *x, struct text *out)
{
    const struct reply *reply = &x->reply;
    const char *bytes = reply->coded == NULL ? reply->body : reply->coded;
    size_t length = reply->coded == NULL ? reply->body_length : reply->coded_length;
    if (status_has_no_body(reply->status) || strcmp(x->request.method, "HEAD") == 0)
        return;
    if (reply->wire.cuts && reply->wire.keep < length)
        length = (size_t)reply->wire.keep;
    if (reply->in_chunks)
        add_chunks(bytes, length, out);
    else
        text_add_bytes(out, bytes, length);
}

void answer_write(const struct exchange *x, struct text *out)
{
    if (x->reply.wire.raw) {
        text_add_bytes(out, x->reply.body, x->reply.body_length);
        return;
    }
    add_status_line(x, out);
    for (size_t i = 0; i < x->reply.header_count; i++)
        add_header(&x->reply.headers[i], out);
    text_add(out, "\r\n");
    add_body(x, out);
}
