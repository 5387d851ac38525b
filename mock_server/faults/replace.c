#include "faults/replace.h"

#include "model/exchange.h"
#include "model/provider.h"

void replace_answer(struct exchange *x)
{
    const struct wire kept = {.delay_us = x->reply.wire.delay_us, .read_bytes_per_s = x->reply.wire.read_bytes_per_s};
    reply_clear(x);
    x->reply.wire = kept;
    x->replaced = true;
}

void replace_with_status(struct exchange *x, int status)
{
    replace_answer(x);
    if (status >= 400 && x->provider != NULL && x->provider->answer_status != NULL)
        x->provider->answer_status(x, status);
    else
        reply_empty(x, status);
}

void replace_with_text(struct exchange *x, int status, const char *content_type, const char *body)
{
    replace_answer(x);
    reply_text(x, status, content_type, body);
}
