/* The answer's half of model/exchange.h. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "model/exchange.h"
#include "model/provider.h"

static struct header *header_named(const struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->reply.header_count; i++)
        if (ascii_equal(x->reply.headers[i].name, name))
            return &x->reply.headers[i];
    return NULL;
}

bool reply_has_header(const struct exchange *x, const char *name)
{
    return header_named(x, name) != NULL;
}

void reply_header(struct exchange *x, const char *name, const char *value)
{
    struct header *earlier = header_named(x, name);
    if (earlier != NULL)
        earlier->value = arena_dup(x->arena, value);
    else
        reply_header_again(x, name, value);
}

void reply_header_again(struct exchange *x, const char *name, const char *value)
{
    struct reply *reply = &x->reply;
    if ((reply->header_count & (reply->header_count + 1)) == 0) { /* 0, 1, 3, 7 …: room is a power of two less one */
        struct header *more = arena_alloc(x->arena, (2 * reply->header_count + 1) * sizeof *more);
        if (reply->header_count > 0)
            memcpy(more, reply->headers, reply->header_count * sizeof *more);
        reply->headers = more;
    }
    reply->headers[reply->header_count++] = (struct header){arena_dup(x->arena, name), arena_dup(x->arena, value)};
}

void reply_text(struct exchange *x, int status, const char *content_type, const char *body)
{
    x->reply.status = status;
    x->reply.phrase = NULL; /* that of an answer before it */
    if (content_type != NULL)
        reply_header(x, "Content-Type", content_type);
    x->reply.body = arena_dup(x->arena, body);
    x->reply.body_length = strlen(body);
}

void reply_json(struct exchange *x, int status, cJSON *body)
{
    char *text = json_write(body);
    cJSON_Delete(body);
    reply_text(x, status, x->provider == NULL ? "application/json" : x->provider->content_type, text);
    free(text);
}

void reply_clear(struct exchange *x)
{
    x->reply.header_count = 0;
    x->reply.wire = (struct wire){0};
    reply_empty(x, 0);
}

void reply_empty(struct exchange *x, int status)
{
    x->reply.status = status;
    x->reply.phrase = NULL; /* that of an answer before it */
    x->reply.body = "";
    x->reply.body_length = 0;
}
