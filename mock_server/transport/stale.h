/*
 * Connections that are closed under their client: it was told that they stay, and some time after the answer they go.
 *
 * So do servers and the boxes in front of them with a connection that was idle. A client that sends its next request
 * just then learns it from a reset or from an end without an answer, and must not blindly repeat what is not safe.
 */
#ifndef TRANSPORT_STALE_H
#define TRANSPORT_STALE_H

#include <stdbool.h>
#include <stdint.h>

#include "transport/loop.h"

struct stale_list;

/* Part of a connection; zeroed: it stays. */
struct stale {
    struct loop_timer timer;
    struct stale_list *list;
    int fd;
    bool set, gone; /* gone: nothing that comes is read any more */
};

struct stale_list *stale_list_new(struct loop *loop) WARN_UNUSED;
void stale_list_free(struct stale_list *list);

/* Closes the socket in that time unless stale_cancel() comes first, which it must before the socket is closed. */
void stale_begin(struct stale_list *list, struct stale *stale, int fd, int64_t in_us);
void stale_cancel(struct stale_list *list, struct stale *stale); /* again is fine */
bool stale_is_gone(const struct stale *stale);

#endif
