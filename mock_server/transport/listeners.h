/*
 * The ports on which the server takes connections, and the taking of them.
 *
 * There is the port of the providers' APIs, maybe one of the control API, and those that tests open: another port for
 * the clients of one session, or one that only records what comes. A connection is accepted on the loop's thread and
 * given to libmicrohttpd; until then it belongs to its port, which may take its time, or refuse for a while.
 *
 * What always holds: no more connections are open at once than the limit, and what comes above it waits in the system's
 * queue. A port that refuses keeps its number. All functions may be called from any thread.
 */
#ifndef TRANSPORT_LISTENERS_H
#define TRANSPORT_LISTENERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/exchange.h"
#include "transport/listen.h"
#include "transport/loop.h"

struct MHD_Daemon;
struct listeners;

/* One of them; counted, since its connections outlive it. */
struct port {
    struct listener socket;
    enum listener_kind kind;
    char *id;      /* NULL: the server's own */
    char *session; /* of requests that name none; NULL: `default` */

    /* Private to listeners.c */
    struct listeners *all;
    struct loop_watch watch;
    struct loop_timer timer; /* when it accepts again */
    bool shut, removed;
    int references;
    struct port *prev, *next;
};

struct listeners_options {
    struct loop *loop;
    size_t limit; /* of connections */
    /* How long the next connection is kept before its first byte is read, in microseconds; may be NULL. */
    int64_t (*accept_delay)(void *context, const char *session);
    /* What people should know: no file handle is free; may be NULL. */
    void (*note)(void *context, const char *text);
    void *context;
};

struct listeners *listeners_new(const struct listeners_options *options) WARN_UNUSED;
/* Everything is closed; after the loop has ended and every connection with it. */
void listeners_free(struct listeners *listeners);

/* Takes the socket over. `id` and `session` are copied. Borrowed: it lives until it is removed. */
struct port *listeners_add(struct listeners *listeners, const struct listener *socket, enum listener_kind kind,
                           const char *id, const char *session);
/* From now on all ports accept, for this daemon. */
void listeners_start(struct listeners *listeners, struct MHD_Daemon *daemon);
/* No port takes a new connection any more. */
void listeners_stop(struct listeners *listeners);

/* Closes the ports of that session, or the one of that id; false: there is none. Their connections go on. */
bool listeners_remove(struct listeners *listeners, const char *id, const char *session);
size_t listeners_count(struct listeners *listeners);
/* Whoever connects to that port within this time is refused. NULL: the server's own port of the APIs. */
void listeners_refuse(struct listeners *listeners, struct port *port, int64_t for_us);
/* Calls back with each, oldest first, under the lock. */
void listeners_each(struct listeners *listeners, void (*call)(void *context, const struct port *port), void *context);

/* The port by which the socket came, which libmicrohttpd has just taken; held, until listeners_ended(). */
struct port *listeners_origin(struct listeners *listeners, int fd);
void listeners_ended(struct port *port);

#endif
