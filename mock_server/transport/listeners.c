#include "transport/listeners.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>
#include <utlist.h>

#include "base/instant.h"

#define BATCH    64                       /* connections that are taken in one turn */
#define PAUSE_US (INSTANT_SECOND_US / 20) /* after the system, or the limit, had no place for one */

/* A connection that is kept before it is given to the library. */
struct kept {
    struct listeners *all;
    struct loop_timer timer;
    int fd;
    struct kept *prev, *next;
};

struct listeners {
    pthread_mutex_t lock;
    struct listeners_options options;
    struct MHD_Daemon *daemon; /* NULL: nothing is accepted */
    struct port *ports;
    struct kept *kept;
    struct port **origins; /* by socket: of those that are accepted and not closed yet */
    size_t origins_room;
    size_t open; /* connections */
};

struct listeners *listeners_new(const struct listeners_options *options)
{
    struct listeners *listeners = mem_zero(1, sizeof *listeners);
    pthread_mutex_init(&listeners->lock, NULL);
    listeners->options = *options;
    return listeners;
}

/* Under the lock. */
static void drop(struct port *port)
{
    if (--port->references > 0)
        return;
    free(port->id);
    free(port->session);
    free(port);
}

/* ── Where a connection came from ──────────────────────────────────────────────────────────────────────────────── */

static void enter(struct listeners *listeners, int fd, struct port *port)
{
    size_t room = listeners->origins_room;
    if ((size_t)fd >= room) {
        listeners->origins_room = (size_t)fd < 64 ? 128 : 2 * (size_t)fd;
        listeners->origins = mem_resize(listeners->origins, listeners->origins_room * sizeof(struct port *));
        memset(listeners->origins + room, 0, (listeners->origins_room - room) * sizeof(struct port *));
    }
    listeners->origins[fd] = port;
    port->references++;
    listeners->open++;
}

struct port *listeners_origin(struct listeners *listeners, int fd)
{
    struct port *port = NULL;
    pthread_mutex_lock(&listeners->lock);
    if (fd >= 0 && (size_t)fd < listeners->origins_room) {
        port = listeners->origins[fd];
        listeners->origins[fd] = NULL;
    }
    pthread_mutex_unlock(&listeners->lock);
    return port;
}

void listeners_ended(struct port *port)
{
    if (port == NULL)
        return;
    struct listeners *listeners = port->all;
    pthread_mutex_lock(&listeners->lock);
    listeners->open--;
    drop(port);
    pthread_mutex_unlock(&listeners->lock);
}

/* ── Taking connections ────────────────────────────────────────────────────────────────────────────────────────── */

/* The library closes the socket when it cannot take it. */
static void hand_over(struct listeners *listeners, int fd)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    bool has_peer = getpeername(fd, (struct sockaddr *)&address, &length) == 0;
    pthread_mutex_lock(&listeners->lock);
    bool goes = has_peer && listeners->daemon != NULL;
    bool taken = goes && MHD_add_connection(listeners->daemon, fd, (struct sockaddr *)&address, length) == MHD_YES;
    pthread_mutex_unlock(&listeners->lock);
    if (!taken)
        listeners_ended(listeners_origin(listeners, fd));
    if (!goes)
        close(fd);
}

static void keep_no_longer(void *context)
{
    struct kept *kept = context;
    struct listeners *listeners = kept->all;
    pthread_mutex_lock(&listeners->lock);
    DL_DELETE(listeners->kept, kept);
    pthread_mutex_unlock(&listeners->lock);
    hand_over(listeners, kept->fd);
    loop_retire(listeners->options.loop, free, kept);
}

static void keep(struct listeners *listeners, int fd, int64_t for_us)
{
    struct kept *kept = mem_zero(1, sizeof *kept);
    *kept = (struct kept){.all = listeners, .timer = {.call = keep_no_longer, .context = kept}, .fd = fd};
    pthread_mutex_lock(&listeners->lock);
    DL_APPEND(listeners->kept, kept);
    pthread_mutex_unlock(&listeners->lock);
    loop_at(listeners->options.loop, &kept->timer, instant_monotonic() + for_us);
}

/* Takes one socket, under the lock; -1: there is none, or no place. */
static int take_one(struct port *port)
{
    struct listeners *listeners = port->all;
    if (port->removed || port->shut || listeners->daemon == NULL)
        return -1;
    if (listeners->open >= listeners->options.limit) {
        errno = EMFILE;
        return -1;
    }
    int fd = accept4(port->socket.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0)
        enter(listeners, fd, port);
    return fd;
}

static void pause_port(struct port *port)
{
    struct listeners *listeners = port->all;
    if (listeners->options.note != NULL)
        listeners->options.note(
            listeners->options.context,
            "no place for another connection: as many are open as the limit of file handles allows; "
            "raise it (ulimit -n)");
    pthread_mutex_lock(&listeners->lock);
    if (!port->removed && !port->shut) {
        loop_unwatch(listeners->options.loop, &port->watch);
        loop_at(listeners->options.loop, &port->timer, instant_monotonic() + PAUSE_US);
    }
    pthread_mutex_unlock(&listeners->lock);
}

static void accept_some(void *context)
{
    struct port *port = context;
    struct listeners *listeners = port->all;
    for (int i = 0; i < BATCH; i++) {
        errno = 0;
        pthread_mutex_lock(&listeners->lock);
        int fd = take_one(port);
        int error = errno;
        pthread_mutex_unlock(&listeners->lock);
        if (fd < 0 && error != EINTR && error != ECONNABORTED) {
            if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM)
                pause_port(port);
            return;
        }
        int64_t delay_us = fd < 0 || listeners->options.accept_delay == NULL || port->kind == LISTENER_CONTROL
                               ? 0
                               : listeners->options.accept_delay(listeners->options.context, port->session);
        if (fd >= 0 && delay_us > 0)
            keep(listeners, fd, delay_us);
        else if (fd >= 0)
            hand_over(listeners, fd);
    }
}

/* Under the lock. */
static void begin(struct port *port)
{
    struct listeners *listeners = port->all;
    if (listeners->daemon != NULL && !port->removed && !port->shut)
        (void)loop_watch(listeners->options.loop, &port->watch, port->socket.fd, EPOLLIN);
}

/* After a pause, or after it refused. */
static void go_on(void *context)
{
    struct port *port = context;
    struct listeners *listeners = port->all;
    pthread_mutex_lock(&listeners->lock);
    if (port->shut && !port->removed && listeners->daemon != NULL)
        port->shut = !listener_open_again(&port->socket);
    if (port->shut && !port->removed && listeners->daemon != NULL)
        loop_at(listeners->options.loop, &port->timer, instant_monotonic() + PAUSE_US); /* somebody has the port */
    begin(port);
    pthread_mutex_unlock(&listeners->lock);
}

/* ── Ports ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct port *listeners_add(struct listeners *listeners, const struct listener *socket, enum listener_kind kind,
                           const char *id, const char *session)
{
    struct port *port = mem_zero(1, sizeof *port);
    *port = (struct port){.socket = *socket,
                          .kind = kind,
                          .id = mem_dup(id),
                          .session = mem_dup(session),
                          .all = listeners,
                          .watch = {.call = accept_some, .context = port},
                          .timer = {.call = go_on, .context = port},
                          .references = 1};
    pthread_mutex_lock(&listeners->lock);
    DL_APPEND(listeners->ports, port);
    begin(port);
    pthread_mutex_unlock(&listeners->lock);
    return port;
}

void listeners_start(struct listeners *listeners, struct MHD_Daemon *daemon)
{
    struct port *port;
    pthread_mutex_lock(&listeners->lock);
    listeners->daemon = daemon;
    DL_FOREACH (listeners->ports, port)
        begin(port);
    pthread_mutex_unlock(&listeners->lock);
}

/* Under the lock. */
static void shut(struct port *port)
{
    loop_unwatch(port->all->options.loop, &port->watch);
    loop_cancel(port->all->options.loop, &port->timer);
    if (port->socket.fd >= 0)
        close(port->socket.fd);
    port->socket.fd = -1;
    port->removed = true;
}

void listeners_stop(struct listeners *listeners)
{
    struct port *port;
    pthread_mutex_lock(&listeners->lock);
    listeners->daemon = NULL;
    DL_FOREACH (listeners->ports, port)
        shut(port);
    pthread_mutex_unlock(&listeners->lock);
}

static void drop_on_loop(void *context)
{
    struct port *port = context;
    struct listeners *listeners = port->all;
    pthread_mutex_lock(&listeners->lock);
    drop(port);
    pthread_mutex_unlock(&listeners->lock);
}

bool listeners_remove(struct listeners *listeners, const char *id, const char *session)
{
    struct port *port, *next;
    bool removed = false;
    pthread_mutex_lock(&listeners->lock);
    DL_FOREACH_SAFE (listeners->ports, port, next) {
        if (port->id == NULL || (id != NULL && strcmp(port->id, id) != 0) || port->session == NULL ||
            strcmp(port->session, session) != 0)
            continue;
        shut(port);
        DL_DELETE(listeners->ports, port);
        loop_retire(listeners->options.loop, drop_on_loop, port);
        removed = true;
    }
    pthread_mutex_unlock(&listeners->lock);
    return removed;
}

size_t listeners_count(struct listeners *listeners)
{
    const struct port *port;
    size_t count = 0;
    pthread_mutex_lock(&listeners->lock);
    DL_COUNT(listeners->ports, port, count);
    pthread_mutex_unlock(&listeners->lock);
    return count;
}

void listeners_refuse(struct listeners *listeners, struct port *port, int64_t for_us)
{
    pthread_mutex_lock(&listeners->lock);
    port = port == NULL ? listeners->ports : port;
    if (port != NULL && !port->removed && listeners->daemon != NULL) {
        loop_unwatch(listeners->options.loop, &port->watch);
        port->shut = true;
        (void)listener_shut(&port->socket); /* in both cases, go_on() opens it again */
        loop_at(listeners->options.loop, &port->timer, instant_monotonic() + for_us);
    }
    pthread_mutex_unlock(&listeners->lock);
}

void listeners_each(struct listeners *listeners, void (*call)(void *context, const struct port *port), void *context)
{
    const struct port *port;
    pthread_mutex_lock(&listeners->lock);
    DL_FOREACH (listeners->ports, port)
        call(context, port);
    pthread_mutex_unlock(&listeners->lock);
}

void listeners_free(struct listeners *listeners)
{
    struct kept *kept, *next_kept;
    struct port *port, *next;
    DL_FOREACH_SAFE (listeners->kept, kept, next_kept) {
        listeners_ended(listeners_origin(listeners, kept->fd));
        close(kept->fd);
        free(kept);
    }
    DL_FOREACH_SAFE (listeners->ports, port, next)
        drop(port); /* it was shut by listeners_stop() */
    for (size_t fd = 0; fd < listeners->origins_room; fd++)
        if (listeners->origins[fd] != NULL)
            drop(listeners->origins[fd]);
    pthread_mutex_destroy(&listeners->lock);
    free(listeners->origins);
    free(listeners);
}
