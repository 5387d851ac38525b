/*
 * Every connection that a listener has had: its number, how many requests and bytes it carried, and how it ended.
 *
 * The journal has what became a request. This has the rest: a connection that said nothing, or broke off before its
 * first word. Connections that are open are always here; of those that ended the last CONNECTIONS_KEPT are, and the
 * totals count all. Any thread may read it; a record belongs to the thread that serves its connection until it ends.
 */
#ifndef TRANSPORT_CONNECTION_LOG_H
#define TRANSPORT_CONNECTION_LOG_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

enum connection_end {
    CONNECTION_OPEN,
    CONNECTION_CLOSED,    /* after what it had to do */
    CONNECTION_BROKEN,    /* the client left in the middle */
    CONNECTION_TIMED_OUT, /* nothing came for too long */
};

struct connection_record {
    int fd;           /* while it is open */
    const void *port; /* the one it came by, while it is open */
    uint64_t number;  /* from 1, as the journal's `connection` */
    uint64_t requests;
    uint64_t bytes_in, bytes_out;
    enum connection_end end;
    const char *tls;       /* "TLS1.3", static; NULL: no TLS, or no handshake that came to its end */
    char server_name[128]; /* that the client's handshake named; "": none */
    char problem[160];     /* why TLS failed, as a sentence; "": it did not */
    char tunnel[128];      /* the host and port of a CONNECT; "": none */
    struct connection_record *previous, *next; /* among those that are open */
};

#define CONNECTIONS_KEPT 1024

struct connection_log {
    pthread_mutex_t lock;
    struct connection_record *open;
    struct connection_record kept[CONNECTIONS_KEPT]; /* that ended; the n-th of them stands at n % CONNECTIONS_KEPT */
    uint64_t opened, ended;
    uint64_t bytes_in, bytes_out; /* of those that ended */
};

void connection_log_init(struct connection_log *log);
void connection_log_release(struct connection_log *log);

/* Gives the record its number. The log borrows it until it ends. */
void connection_log_open(struct connection_log *log, struct connection_record *record);
void connection_log_end(struct connection_log *log, struct connection_record *record, enum connection_end end);
/* What the record says of TLS, and of a tunnel; NULL: what it said stays. On the thread that owns it. */
void connection_log_note_tls(struct connection_log *log, struct connection_record *record, const char *version,
                             const char *server_name, const char *problem);
void connection_log_note_tunnel(struct connection_log *log, struct connection_record *record, const char *host);
/* Calls back with each that is open, under the log's lock: its socket stays open meanwhile. */
void connection_log_each(struct connection_log *log,
                         void (*call)(void *context, const struct connection_record *record), void *context);
/* Adds to a counter of a record, on the thread that owns it. */
void connection_count(uint64_t *counter, uint64_t more);

/* What the log knows at one moment. */
struct connection_page {
    struct connection_record *list; /* by number; free() it */
    size_t count;
    uint64_t opened, ended;
    uint64_t bytes_in, bytes_out; /* of all that there ever were */
};

/* Connections of this number and later. */
struct connection_page connection_log_read(struct connection_log *log, uint64_t since);

#endif
