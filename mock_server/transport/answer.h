/*
 * A reply as the bytes that leave: status line, headers, framing, body.
 */
#ifndef TRANSPORT_ANSWER_H
#define TRANSPORT_ANSWER_H

#include "base/text.h"
#include "transport/head.h"

/* Writes x->reply (WIRE_SEND, WIRE_TRUNCATED or WIRE_RAW) behind what `out` has. Where the connection `closes`, it says
 * so. */
void answer_write(const struct exchange *x, const struct head *head, struct text *out);

#endif
