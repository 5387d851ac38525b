/*
 * One thread that waits for sockets and for times, and calls back.
 *
 * libmicrohttpd's thread serves what is under way; whatever only waits stands here: ports that take connections,
 * answers whose time has not come, clients that a fault keeps waiting, sockets that are closed late. So no number of
 * them costs the others anything.
 *
 * What always holds: callbacks run on the loop's thread, one at a time, without a lock of the loop. All functions may
 * be called from any thread, in a callback too. Watches and timers are the caller's memory. One that was taken out may
 * be in the middle of its last call on the loop's thread; loop_retire() tells when that is over.
 *
 *     loop_watch(loop, &mine->watch, fd, EPOLLIN);     // mine->watch.call = readable, .context = mine
 *     loop_at(loop, &mine->timer, instant_monotonic() + 2 * INSTANT_SECOND_US);
 *     …
 *     loop_unwatch(loop, &mine->watch);
 *     loop_cancel(loop, &mine->timer);
 *     loop_retire(loop, free, mine);
 */
#ifndef TRANSPORT_LOOP_H
#define TRANSPORT_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct loop;

typedef void loop_call(void *context);

struct loop_watch {
    loop_call *call;
    void *context;
    int fd;     /* set by loop_watch() */
    bool armed; /* the loop's */
};

struct loop_timer {
    loop_call *call;
    void *context;
    int64_t due_us; /* of instant_monotonic(); the loop's, as is */
    size_t place;   /* in its heap, from 1; 0: it is not set */
};

/* NULL: no thread or no file handle is free. */
struct loop *loop_new(void) WARN_UNUSED;
/* Ends the thread. What is still watched or set is never called any more; what was retired is released. */
void loop_free(struct loop *loop);

/* Calls back while one of the epoll `events` holds, and on EPOLLHUP and EPOLLERR. False: the system would not. */
bool loop_watch(struct loop *loop, struct loop_watch *watch, int fd, uint32_t events);
void loop_unwatch(struct loop *loop, struct loop_watch *watch); /* before the socket is closed; again is fine */

/* Calls back once at that time; a timer that is set gets a new one. */
void loop_at(struct loop *loop, struct loop_timer *timer, int64_t due_us);
void loop_cancel(struct loop *loop, struct loop_timer *timer); /* again is fine */

/* Calls release(context) on the loop's thread when no call that had begun before is under way. */
void loop_retire(struct loop *loop, loop_call *release, void *context);

#endif
