/*
 * One connection: what came in, what goes out, how many bytes of each, and how it ended.
 *
 * A connection belongs to the thread of libmicrohttpd that serves it, and is found there by its socket: the library
 * calls stream_recv() and its like with nothing else.
 */
#ifndef TRANSPORT_CONNECTION_H
#define TRANSPORT_CONNECTION_H

#include "transport/connection_log.h"
#include "transport/inlet.h"
#include "transport/listeners.h"
#include "transport/outlet.h"
#include "transport/stale.h"

struct connection {
    struct connection_record record;
    int fd;
    struct port *port; /* by which it came; held; NULL in tests */
    struct stale stale;
    bool failed;             /* reading it failed: the client is gone */
    enum connection_end end; /* how its last request ended */
    char *session;           /* that a request of it named; NULL: none did */
    struct inlet inlet;
    struct outlet outlet;
};

/* The connections of one thread, by socket. */
struct connection_table {
    struct connection **by_fd;
    size_t room;
    struct connection_log *log;
    struct loop *loop; /* on which a connection is released: a timer of it may be under way */
};

/* Remembers the session of a request; NULL: it named none, and the one before stays. */
void connection_remember(struct connection *connection, const char *session);

/* `port` is taken over. */
struct connection *connection_open(struct connection_table *table, int fd, struct port *port, size_t body_limit);
/* Takes it out of the table and tells the log. What its inlet still holds should be taken before (inlet_rest()). */
void connection_close(struct connection_table *table, struct connection *connection, enum connection_end end);
void connection_table_release(struct connection_table *table);

/* The connection of that socket on the calling thread; NULL: it is none of ours. */
struct connection *connection_of_socket(int fd);

#endif
