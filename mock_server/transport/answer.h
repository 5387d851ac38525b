/*
 * A reply as the bytes that leave: status line, headers, framing, body.
 */
#ifndef TRANSPORT_ANSWER_H
#define TRANSPORT_ANSWER_H

#include "base/text.h"
#include "model/exchange.h"

/* Write x->reply, which is framed (model/framing.h), behind what `out` has: up to the body, the body and what frames
 * it, and both with what comes behind. Of a raw answer there is only a body. */
void answer_write_head(const struct exchange *x, struct text *out);
void answer_write_body(const struct exchange *x, struct text *out);
void answer_write(const struct exchange *x, struct text *out);

#endif
