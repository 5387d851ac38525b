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
#include "transport/tls.h"

/* What the first byte of a connection decides, and when that matters. */
enum connection_cover {
    COVER_NONE,   /* plain HTTP */
    COVER_TLS,    /* decided: TLS */
    COVER_GONE,   /* the port ends each handshake: nothing that comes is read any more */
    COVER_EITHER, /* a tunnel (RFC 9110 section 9.3.6) that has just begun: the client speaks either */
    COVER_DUE,    /* a port that speaks TLS alone: plain HTTP is refused in words that its client can read */
};

/* What a client is shown in that manner; borrowed. */
struct certificates {
    gnutls_certificate_credentials_t (*find)(void *context, enum tls_manner manner);
    void *context;
};

struct connection {
    struct connection_record record;
    int fd;
    struct port *port; /* by which it came; held; NULL in tests */
    struct stale stale;
    bool failed;                /* reading it failed: the client is gone */
    bool cut;                   /* its last answer ended before its time */
    enum connection_end end;    /* how its last request ended */
    char *session;              /* that a request of it named; NULL: none did */
    struct connection_log *log; /* that has the record */
    enum connection_cover cover;
    const struct certificates *certificates; /* for TLS that is not there yet; NULL: the server has none */
    enum tls_manner manner;
    struct tls *tls; /* NULL: the bytes are plain */
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

/* `port` is taken over. `certificates`: for TLS, where its port or a tunnel wants it; NULL: there are none. */
struct connection *connection_open(struct connection_table *table, int fd, struct port *port,
                                   const struct certificates *certificates, size_t body_limit);
/* What comes next belongs to a tunnel to that host. False: it has come already, and cannot be told from a request. */
bool connection_enter_tunnel(struct connection *connection, const char *host);
/* Takes it out of the table and tells the log. What its inlet still holds should be taken before (inlet_rest()). */
void connection_close(struct connection_table *table, struct connection *connection, enum connection_end end);
void connection_table_release(struct connection_table *table);

/* The connection of that socket on the calling thread; NULL: it is none of ours. */
struct connection *connection_of_socket(int fd);

#endif
