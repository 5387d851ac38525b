/*
 * HTTP in and out: the only room that sees libmicrohttpd.
 *
 * It turns bytes into exchanges, hands each to one function, and puts the reply on the wire, faults of the wire
 * included (model/wire.h). One thread with epoll serves every connection; another accepts them, and waits for those
 * whose time has not come (loop.h), however many there are.
 *
 * Nothing that a client sends is lost: what is no request, or breaks off, is an exchange too, and every byte is counted
 * (connection_log.h).
 *
 * What always holds: a body is never larger in memory than the limit; a longer one is drained up to a bound and the
 * exchange says `body_too_large`. The handler runs on the transport's thread, one call at a time.
 */
#ifndef TRANSPORT_HTTP_H
#define TRANSPORT_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gnutls/gnutls.h>

#include "model/exchange.h"
#include "model/tls_manner.h"
#include "transport/connection_log.h"

struct exchange;
struct http;

struct http_options {
    const char *listen;         /* "HOST:PORT"; HOST is an address, or localhost; "[::1]:0" */
    const char *control_listen; /* the same, for the control API alone; NULL: it is on the port of the APIs */
    const char *tls_listen;     /* the APIs and the control API over TLS, beside `listen`; NULL: nowhere */
    /* What a client is shown there, in tunnels and on ports of that manner; the same for as long as the server lives.
     * NULL: no TLS is spoken. */
    gnutls_certificate_credentials_t (*credentials)(void *context, enum tls_manner manner);
    size_t body_limit;
    /* Fills x->reply. Keeps the exchange if it wants it beyond the call (exchange_hold()). What could not be read comes
     * here too (request.unread); where its status is 0, nobody is left to answer. */
    void (*handle)(void *context, struct exchange *x);
    /* The answer is over: x->sending says what became of it, and does not change any more. Also for what nobody could
     * be answered. On the transport's thread; may be NULL. */
    void (*ended)(void *context, const struct exchange *x);
    /* Bytes a second at which the body of this request is read, of which only the head is here; 0: as fast as it comes.
     * May be NULL. */
    int64_t (*read_rate)(void *context, struct exchange *x);
    /* How long the next connection to a port of that session (NULL: the server's own) is kept before its first byte is
     * read, in microseconds. On a thread of its own; may be NULL. */
    int64_t (*accept_delay)(void *context, const char *session);
    /* What the people who run the server should know, as one sentence. On any thread; may be NULL. */
    void (*note)(void *context, const char *text);
    bool expects_refusals; /* a client that ends a TLS handshake is nothing to note */
    void *context;
};

enum http_error { HTTP_OK = 0, HTTP_BAD_ADDRESS = -1, HTTP_FAILED = -2, HTTP_NO_TLS = -3 };

/* *out is set before the first call of `handle`; on an error it is NULL or untouched, and `problem` says what is wrong.
 */
enum http_error http_start(const struct http_options *options, struct http **out, char *problem, size_t problem_size);
/* Ends every connection. Must not be called by the handler. */
void http_stop(struct http *http);

uint16_t http_port(const struct http *http);
/* "http://127.0.0.1:8080", borrowed. */
const char *http_url(const struct http *http);

/* "https://127.0.0.1:8443", borrowed; NULL: no TLS is served. */
const char *http_tls_url(const struct http *http);
/* The same of the control API. */
const char *http_control_url(const struct http *http);

/* Its connections of this number and later; the list is the caller's to free(). */
struct connection_page http_connections(struct http *http, uint64_t since);

/* From now on whoever connects to a port of the APIs is refused, for so long; its connections are reset, but the one
 * whose request is being handled. */
void http_refuse(struct http *http, int64_t for_us);

/* Another port, for the clients of one session. */
struct http_port {
    const char *id, *session; /* borrowed */
    enum listener_kind kind;
    enum tls_manner tls;
    const char *url; /* "http://127.0.0.1:41233" */
};

#define HTTP_PORTS_MAX 500

/* Opens one beside that of the APIs, on its address and a port that the system chooses. HTTP_OK, or an error with
 * `problem`. */
enum http_error http_open_port(struct http *http, const struct http_port *port, char *url, size_t url_size,
                               char *problem, size_t problem_size);
/* For its id: no two have the same. */
uint64_t http_next_port(struct http *http);
/* False: there is none of that id in that session. Its connections go on. */
bool http_close_port(struct http *http, const char *id, const char *session);
/* All of one session. */
void http_close_ports(struct http *http, const char *session);
void http_each_port(struct http *http, const char *session, void (*call)(void *context, const struct http_port *port),
                    void *context);

/* Lets go of every connection that a fault of that session keeps silent for ever: it is closed without a further byte.
 */
void http_release_silent(struct http *http, uint64_t session_number);

/* How many connections wait: for a time, or for ever. */
size_t http_waiting(struct http *http);

#endif
