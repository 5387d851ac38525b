/*
 * What comes in on one connection, cut into requests.
 *
 * The bytes of the client go in; what comes out is what libmicrohttpd gets to read in their place: for each request a
 * plain head with nothing in it but the framing of the body, then the body. So the library has nothing to refuse, needs
 * little memory, and cannot answer by itself; the request as it came waits in a queue until the library calls for it.
 * What is malformed or breaks off is such a request too: its exchange says so (request.unread), and the answer to it
 * ends the connection.
 *
 *     bytes of the client ─▶ inlet_take() ─▶ inlet_give() ─▶ the library
 *                                    └─▶ struct intake, in order ─▶ inlet_next()
 *
 * The library's thread alone uses it. A plain head is at least a sixteenth of the head that it stands for; as the
 * library reads no more than its own small buffer holds, the queue is bounded too.
 */
#ifndef TRANSPORT_INLET_H
#define TRANSPORT_INLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "transport/chunks.h"
#include "transport/head.h"
#include "transport/waking.h"

/* Of a body that is too long we still read this much, to answer politely. */
#define DRAIN_MAX INT64_C(16777216)

/* One request on its way in. */
struct intake {
    struct exchange *x;
    struct head head;
    struct text body;  /* up to the server's limit */
    int64_t received;  /* body bytes that came, kept or not */
    int64_t real_size; /* of a body that broke off: bytes that the client sent; else INT64_MAX */
    int64_t read_rate; /* bytes of the body a second; 0: as they come */
    enum waking why;
    bool whole; /* it came to its end */
    bool answered;
    struct intake *next;
};

void intake_free(struct intake *intake);

enum inlet_state {
    INLET_IN_HEAD,
    INLET_IN_LENGTH, /* a body of so many bytes */
    INLET_IN_CHUNKS,
    INLET_OVER, /* no request comes any more; what the client still sends is counted and dropped */
};

struct inlet {
    enum inlet_state state;
    size_t body_limit;
    struct text in;     /* what is not cut yet */
    size_t seen;        /* of a head that is not whole */
    size_t empty_bytes; /* bytes of empty lines before it */
    struct text out;    /* for the library */
    size_t given;       /* of it */
    int64_t left;       /* of a body with a length */
    int64_t filling;    /* bytes that stand for the rest of a body that broke off */
    struct chunks chunks;
    struct intake *first, *last;  /* read, and not yet called for */
    struct intake *current;       /* whose body comes in */
    bool ended;                   /* the client sends no more */
    bool refused;                 /* something that it sends was not read to its end */
    const struct unread *foreign; /* why no request can come here; NULL: one can */
};

#define INLET_INIT(limit)                                                                                              \
    ((struct inlet){.body_limit = (limit), .in = TEXT_INIT(TEXT_UNBOUNDED), .out = TEXT_INIT(TEXT_UNBOUNDED)})

void inlet_release(struct inlet *inlet);

void inlet_take(struct inlet *inlet, const char *bytes, size_t size);
/* Whatever comes is refused for that reason; it lives as long. */
void inlet_refuse(struct inlet *inlet, const struct unread *why);
/* The client sends no more: what is not whole breaks off here. */
void inlet_end(struct inlet *inlet);
/* How many bytes of the client may go straight to the library, past inlet_take(); and that they went. */
size_t inlet_straight(const struct inlet *inlet);
void inlet_went_straight(struct inlet *inlet, size_t size);
/* For the library, at most `size`; 0: nothing yet. */
size_t inlet_give(struct inlet *inlet, char *buffer, size_t size);

/* The request whose plain head the library has just read; the caller's from here on. NULL: there is none. */
struct intake *inlet_next(struct inlet *inlet);
/* Forgets an intake that ends before its body came. */
void inlet_forget(struct inlet *inlet, const struct intake *intake);
/* What came of a request that has no end, as one that broke off; NULL: nothing came. For a connection that ends. */
struct intake *inlet_rest(struct inlet *inlet);
/* Whether the client may still be sending something that will not be read. */
bool inlet_is_cut_short(const struct inlet *inlet);
/* Whether nothing has come that is not answered yet. */
bool inlet_is_empty(const struct inlet *inlet);
/* Whether more has to come of a request that has begun. */
bool inlet_waits(const struct inlet *inlet);

#endif
