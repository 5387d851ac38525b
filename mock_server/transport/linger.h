/*
 * Closing behind a client that is still sending (RFC 9112 section 9.6).
 *
 * Whoever closes a socket with unread bytes sends a reset, and a reset takes away the answer that is on its way: a
 * client whose upload was refused would see a broken connection in place of the 413. So such a socket is kept for a
 * moment, its bytes are read over, and it is closed when the client ends or the moment is over.
 */
#ifndef TRANSPORT_LINGER_H
#define TRANSPORT_LINGER_H

#include "base/memory.h"
#include "transport/loop.h"

struct linger_list;

struct linger_list *linger_list_new(struct loop *loop) WARN_UNUSED;
/* Closes all at once. After the loop has ended. */
void linger_list_free(struct linger_list *linger);
/* Keeps a duplicate of the socket, whose sending side is closed; the caller closes its own. */
void linger_add(struct linger_list *linger, int fd);

#endif
