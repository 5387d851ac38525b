/*
 * A reply as the bytes that leave: status line, headers, framing, body.
 */
#ifndef TRANSPORT_ANSWER_H
#define TRANSPORT_ANSWER_H

#include "base/text.h"
#include "model/exchange.h"

/* Writes x->reply, which is framed (model/framing.h), behind what `out` has. */
void answer_write(const struct exchange *x, struct text *out);

#endif
