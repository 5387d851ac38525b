/*
 * How an answer is framed: the headers that say where it ends and whether the connection stays (RFC 9112 section 6),
 * and the coding of its body. They are set before the journal gets the answer, so that it shows what leaves.
 *
 * `reply.chunked` and `reply.gzip` are wishes: a client of HTTP/1.0 gets no chunks, and only who accepts gzip gets it
 * (RFC 9110 section 12.5.3). An answer that brings a Content-Length or Transfer-Encoding of its own keeps it, true or
 * not.
 */
#ifndef MODEL_FRAMING_H
#define MODEL_FRAMING_H

#include "model/exchange.h"

/* Once, when status, headers and body stand. */
void reply_frame(struct exchange *x);
/* How many bytes a body of that length has in chunks: of CHUNK_BYTES each, and the last one of size 0. */
#define CHUNK_BYTES ((size_t)4096)
size_t chunked_length(size_t length);
/* Whether an answer of this status has no body, whatever it says (RFC 9110 section 6.4.1). */
bool status_has_no_body(int status);

#endif
