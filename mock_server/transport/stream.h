/*
 * What libmicrohttpd calls where it would call recv(), send() and sendmsg().
 *
 * The library is linked into the program with these three names replaced (scripts/make-microhttpd), so that every byte
 * of a connection passes here: on its way in through the inlet, on its way out through the outlet. For a socket that is
 * none of ours, and for the rest of the program, nothing changes. They behave as the functions that they replace.
 */
#ifndef TRANSPORT_STREAM_H
#define TRANSPORT_STREAM_H

#include <sys/socket.h>
#include <sys/types.h>

ssize_t stream_recv(int fd, void *buffer, size_t size, int flags);
ssize_t stream_send(int fd, const void *bytes, size_t size, int flags);
ssize_t stream_sendmsg(int fd, const struct msghdr *message, int flags);

#endif
