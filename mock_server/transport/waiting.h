/*
 * Connections whose answer waits: for a time, or for nothing at all. No thread waits with them.
 *
 * libmicrohttpd suspends such a connection and does not look at it; here it is watched, so that it ends when its client
 * leaves, and goes on when its time has come. A silent connection costs the others nothing, however many there are; but
 * each has a file handle, so there may be no more of them than a limit, which leaves some for everybody else.
 *
 *     if (!waiting_keep(list, &(struct waiting_spec){.mhd = mhd, .fd = fd, .due_us = due, .why = &performance->why}))
 *         …;                       // no more can wait: it ends
 *     …                            // libmicrohttpd calls again, and *why says what was the matter
 *
 * waiting_keep() is called on libmicrohttpd's thread, in a callback of that connection; the rest on any thread.
 */
#ifndef TRANSPORT_WAITING_H
#define TRANSPORT_WAITING_H

#include <stdbool.h>
#include <stdint.h>

#include <microhttpd.h>

#include "model/wire.h"
#include "transport/loop.h"
#include "transport/waking.h"

struct waiting_list;
struct waiting;

struct waiting_spec {
    struct MHD_Connection *mhd;
    int fd;
    int64_t due_us;          /* of instant_monotonic(); WIRE_FOREVER */
    uint64_t session_number; /* whose fault it was */
    enum waking *why;        /* set before the connection goes on */
    struct waiting **handle; /* for waiting_call(); set while it waits, NULL then; NULL: nobody calls */
};

struct waiting_list *waiting_list_new(struct loop *loop, size_t limit) WARN_UNUSED;
/* After waiting_close(), and after the loop has ended. */
void waiting_list_free(struct waiting_list *list);

/* False: it cannot wait, since the limit is reached or the list is closed. */
bool waiting_keep(struct waiting_list *list, const struct waiting_spec *spec);
/* Lets the one go on that waits at *handle, if any does. */
void waiting_call(struct waiting_list *list, struct waiting **handle);
/* Those of one session that wait for ever. */
void waiting_release(struct waiting_list *list, uint64_t session_number);
/* All, and none is kept any more: what has a time goes on at once. */
void waiting_close(struct waiting_list *list);
size_t waiting_count(struct waiting_list *list);

#endif
