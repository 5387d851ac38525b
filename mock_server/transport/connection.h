/*
 * One connection: what came in, what goes out, how many bytes of each, and how it ended.
 *
 * A connection belongs to the thread of libmicrohttpd that serves it, and is found there by its socket: the library
 * calls stream_recv() and its like with nothing else. The log of all connections may be read by any thread.
 */
#ifndef TRANSPORT_CONNECTION_H
#define TRANSPORT_CONNECTION_H

#include <pthread.h>

#include "transport/inlet.h"
#include "transport/outlet.h"

/* ── The log ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum connection_end {
    CONNECTION_OPEN,
    CONNECTION_CLOSED,    /* after what it had to do */
    CONNECTION_BROKEN,    /* the client left, or its bytes ended, in the middle */
    CONNECTION_TIMED_OUT, /* nothing came for too long */
};

struct connection_record {
    uint64_t number; /* from 1 */
    uint64_t requests;
    uint64_t bytes_in, bytes_out;
    enum connection_end end;
};

#define CONNECTIONS_KEPT 1024 /* records; the oldest are forgotten first */

struct connection_log {
    pthread_mutex_t lock;
    struct connection_record kept[CONNECTIONS_KEPT]; /* number n stands at n % CONNECTIONS_KEPT */
    uint64_t opened;
    uint64_t ended;
    uint64_t bytes_in, bytes_out; /* of those that ended */
};

void connection_log_init(struct connection_log *log);
void connection_log_release(struct connection_log *log);

/* ── A connection ──────────────────────────────────────────────────────────────────────────────────────────────── */

struct connection {
    struct connection_record record;
    int fd;
    bool failed;             /* reading it failed: the client is gone */
    enum connection_end end; /* how its last request ended */
    struct inlet inlet;
    struct outlet outlet;
};

/* The connections of one thread, by socket. */
struct connection_table {
    struct connection **by_fd;
    size_t room;
    struct connection_log *log;
};

struct connection *connection_open(struct connection_table *table, int fd, size_t body_limit);
/* Takes it out of the table and tells the log. What its inlet still holds should be taken before (inlet_rest()). */
void connection_close(struct connection_table *table, struct connection *connection, enum connection_end end);
/* Counts a request and brings the log up to date. */
void connection_note(struct connection_table *table, struct connection *connection);
void connection_table_release(struct connection_table *table);

/* The connection of that socket on the calling thread; NULL: it is none of ours. */
struct connection *connection_of_socket(int fd);

#endif
