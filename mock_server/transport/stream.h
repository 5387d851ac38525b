/*
 * What libmicrohttpd calls where it would call recv(), send(), sendmsg(), shutdown() and epoll_wait().
 *
 * The library is linked into the program with these names replaced (scripts/make-microhttpd), so that every byte of a
 * connection passes here: on its way in through the inlet, on its way out through the outlet, both through what covers
 * it (transport/cover.h). For a socket that is none of ours, and for the rest of the program, nothing changes. They
 * behave as the functions that they replace.
 *
 * stream_epoll_wait() never fills the whole array. libmicrohttpd 0.9.75 takes a full one as a sign that more is there
 * and waits again, for up to a minute, before it serves what it has heard of: with just 128 clients that send at once,
 * it slept until it closed all of them as idle.
 */
#ifndef TRANSPORT_STREAM_H
#define TRANSPORT_STREAM_H

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>

ssize_t stream_recv(int fd, void *buffer, size_t size, int flags);
ssize_t stream_send(int fd, const void *bytes, size_t size, int flags);
ssize_t stream_sendmsg(int fd, const struct msghdr *message, int flags);
int stream_shutdown(int fd, int how);
int stream_epoll_wait(int epoll, struct epoll_event *events, int room, int timeout_ms);

#endif
