/*
 * How an answer leaves, where that is not simply its bytes: late, in pieces, cut, with bytes around it, or not at all.
 *
 * Faults set it (faults/), the transport carries it out (transport/performance.h). All zero means: at once, whole, and
 * the connection stays or ends as the headers say. What can be said together is done together, in the order of the
 * members: a delay, the bytes before, the head, the body in pieces with a stall in it, the bytes after, the end.
 *
 *     x->reply.wire = (struct wire){.delay_us = 250000, .cuts = true, .keep = 10, .end = WIRE_END_RESET};
 *         // nothing for 250 ms, status line, headers and 10 bytes of the body, RST
 *
 * Times are microseconds of real time, whatever the session's clock shows: a socket waits for nobody's clock. Bytes
 * that it points to live in the exchange's arena, or are static.
 */
#ifndef MODEL_WIRE_H
#define MODEL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the connection ends behind the answer. */
enum wire_end {
    WIRE_END_AS_SAID, /* kept open, or FIN: as the headers of request and answer have it */
    WIRE_END_FIN,
    WIRE_END_RESET,   /* RST */
    WIRE_END_SILENCE, /* it stays open, and nothing comes: until the client leaves or the faults are cleared */
};

enum wire_chunks {
    WIRE_CHUNKS_AS_SAID,
    WIRE_CHUNKS_MALFORMED,    /* the first chunk is whole, the second is none; then `end`, FIN unless said */
    WIRE_CHUNKS_WITHOUT_LAST, /* all chunks but the one of size 0; then `end`, FIN unless said */
};

#define WIRE_FOREVER INT64_MAX  /* a time: until the client leaves or the faults are cleared */
#define WIRE_ENDLESS UINT64_MAX /* a count of bytes: without end */

/* Bytes in pieces: of `piece` bytes each, give or take `spread` (drawn from `seed`), `gap_us` between two of them. */
struct wire_pace {
    uint64_t piece; /* 0: all at once */
    uint64_t spread;
    int64_t gap_us;
    int64_t first_us; /* before the first one */
    bool head_too;    /* the status line and the headers too; else these leave at once */
    uint64_t seed;
};

struct wire {
    bool nothing; /* not a byte of the answer leaves; then `end`, FIN unless said */
    bool raw;     /* the body is all of it: no status line, no headers; then `end`, FIN unless said */
    bool cuts;    /* `keep` bytes of the body leave; then `end`, FIN unless said */
    uint64_t keep;
    int64_t delay_us;   /* before the first byte; WIRE_FOREVER: no byte ever comes */
    const char *before; /* ahead of the status line: interim responses */
    size_t before_length;
    enum wire_chunks chunks; /* of an answer in chunks (reply.chunked) */
    uint64_t filler;         /* so many bytes more behind the body, each a `filler_byte`; WIRE_ENDLESS */
    char filler_byte;
    const char *after; /* behind the answer's last byte */
    size_t after_length;
    struct wire_pace pace;
    uint64_t stall_after; /* after so many bytes of the body nothing comes for `stall_us` */
    int64_t stall_us;
    enum wire_end end;
    int64_t end_delay_us;     /* the end comes so much later */
    bool goes_stale;          /* it says that the connection stays, and `idle_us` behind the answer it is closed */
    int64_t idle_us;          /* at least 0 */
    int64_t refuse_us;        /* behind it, the port refuses connections for so long */
    int64_t read_bytes_per_s; /* so fast the request's body was read; for the journal */
};

/* Whether the connection ends behind the answer, however its headers are worded. */
bool wire_ends(const struct wire *wire);
/* Whether less leaves than the headers promise. */
bool wire_is_short(const struct wire *wire);

#endif
