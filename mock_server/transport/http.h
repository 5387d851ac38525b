/*
 * HTTP in and out: the only room that sees libmicrohttpd.
 *
 * It turns bytes into exchanges, hands each to one function, and puts the reply on the wire, faults of the wire
 * included. One thread with epoll serves every connection; a silent one costs no thread.
 *
 * Nothing that a client sends is lost: what is no request, or breaks off, is an exchange too, and every byte is counted
 * (connection_log.h).
 *
 * What always holds: a body is never larger in memory than the limit; a longer one is drained up to a bound and the
 * exchange says `body_too_large`. The handler runs on the transport's thread, one call at a time.
 */
#ifndef TRANSPORT_HTTP_H
#define TRANSPORT_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "transport/connection_log.h"

struct exchange;
struct http;

struct http_options {
    const char *listen; /* "HOST:PORT"; HOST is an address, or localhost; "[::1]:0" */
    size_t body_limit;
    /* Fills x->reply. Keeps the exchange if it wants it beyond the call (exchange_hold()). What could not be read comes
     * here too (request.unread); where its status is 0, nobody is left to answer. */
    void (*handle)(void *context, struct exchange *x);
    void *context;
};

enum http_error { HTTP_OK = 0, HTTP_BAD_ADDRESS = -1, HTTP_FAILED = -2 };

/* *out is set before the first call of `handle`; on an error it is NULL or untouched, and `problem` says what is wrong.
 */
enum http_error http_start(const struct http_options *options, struct http **out, char *problem, size_t problem_size);
/* Ends every connection. Must not be called by the handler. */
void http_stop(struct http *http);

uint16_t http_port(const struct http *http);
/* "http://127.0.0.1:8080", borrowed. */
const char *http_url(const struct http *http);

/* Its connections of this number and later; the list is the caller's to free(). */
struct connection_page http_connections(struct http *http, uint64_t since);

/* Lets go of every connection that a NO_RESPONSE fault of that session keeps silent: it is closed without a byte. */
void http_release_silent(struct http *http, uint64_t session_number);

#endif
