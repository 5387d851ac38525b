/*
 * Reading and writing one connection, whatever covers its bytes: nothing, or TLS.
 *
 * The first byte decides where the port leaves it open: 0x16 begins a TLS handshake (RFC 8446 section 5.1), and no
 * request begins so. What TLS cannot say, that it failed and why, goes to the connection's record.
 */
#ifndef TRANSPORT_COVER_H
#define TRANSPORT_COVER_H

#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

struct connection;

/* As recv(). */
ssize_t cover_recv(struct connection *connection, void *bytes, size_t size);
/* As sendmsg() of these parts. */
ssize_t cover_send(struct connection *connection, const struct iovec *parts, size_t count, int flags);
/* Before the sending side of the socket is closed: tells the client that it has all, where that is so. */
void cover_end(struct connection *connection);

#endif
