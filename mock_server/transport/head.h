/*
 * The head of a request, read as RFC 9110 and RFC 9112 have it.
 *
 * libmicrohttpd is lenient where servers in front of vendors are not, and what it refuses it refuses by itself, unseen.
 * So the head is read here first, and the library gets one that is plain (transport/inlet.h). What every common server
 * takes is taken, with a note: lines that end with LF alone. What none takes is refused: a blank before the colon, a
 * folded line, NUL, no Host or two of them, two lengths, a length beside chunks.
 *
 *     size_t length = head_length(bytes, size, &seen);      // 0: the head is not whole yet
 *     if (length > 0 && !head_read(arena, bytes, length, &request, &head, &unread))
 *         …                                                 // unread.status, unread.why
 *
 * Nothing here knows a socket. All that it makes lives in the arena.
 */
#ifndef TRANSPORT_HEAD_H
#define TRANSPORT_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/exchange.h"

#define HEAD_MAX         ((size_t)32 * 1024) /* bytes of a whole head; more is 431 */
#define REQUEST_LINE_MAX ((size_t)8 * 1024)  /* bytes of its first line; more is 414 (RFC 9112 section 3 wants 8000) */

/* How the body is framed (RFC 9112 section 6.3). */
enum framing { FRAMING_NONE, FRAMING_LENGTH, FRAMING_CHUNKED };

struct head {
    enum framing framing;
    int64_t length; /* of a body with FRAMING_LENGTH */
    bool is_1_0;    /* HTTP/1.0: no chunks in the answer, and no second request unless it asks for it */
    bool closes;    /* no request follows this one */
    bool asks_to_continue;
    bool bare_lines; /* a line ended with LF alone */
};

/* Bytes of empty lines that stand before the request line (RFC 9112 section 2.2: to be ignored). */
size_t head_blank(const char *bytes, size_t size);
/* Bytes of the head, its empty line included; 0 while that has not come. *seen remembers how far it has looked; it
 * begins as 0. */
size_t head_length(const char *bytes, size_t size, size_t *seen);
/* Whether what came can never become a head: then unread->status and unread->why are set. For heads that are not whole.
 */
bool head_is_hopeless(const char *bytes, size_t size, struct unread *unread);
/* Method, target and path as far as they can be told of bytes that are no head: who was meant. */
void head_guess(struct arena *arena, const char *bytes, size_t size, struct request *request);
/*
 * Reads a whole head into the request's method, target, path, query, version and headers. False when it is malformed:
 * unread->status and unread->why are set, and the request has what was understood so far.
 */
bool head_read(struct arena *arena, const char *bytes, size_t length, struct request *request, struct head *head,
               struct unread *unread);

#endif
