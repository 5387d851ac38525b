/*
 * A body in chunks (RFC 9112 section 7.1), read as it comes in. Strict: sizes are hexadecimal digits, lines end with
 * CRLF. Extensions and trailers are read over.
 *
 *     struct chunks chunks = {0};
 *     while ((step = chunks_step(&chunks, &bytes, &size, &data, &length)) == CHUNKS_DATA)
 *         use(data, length);
 *     // CHUNKS_MORE: all bytes are used; CHUNKS_END: what is left in bytes is the next request; CHUNKS_BROKEN
 */
#ifndef TRANSPORT_CHUNKS_H
#define TRANSPORT_CHUNKS_H

#include <stddef.h>
#include <stdint.h>

#define CHUNK_LINE_MAX 4096 /* bytes of a size with its extensions, or of a trailer */

enum chunks_state {
    CHUNKS_IN_SIZE,
    CHUNKS_IN_EXTENSION,
    CHUNKS_AT_SIZE_END, /* after CR */
    CHUNKS_IN_DATA,
    CHUNKS_AFTER_DATA, /* CR comes */
    CHUNKS_AT_DATA_END,
    CHUNKS_IN_TRAILER, /* at the beginning of a line, or in it */
    CHUNKS_AT_TRAILER_END,
    CHUNKS_AT_END, /* LF of the last line comes */
};

struct chunks {
    enum chunks_state state;
    uint64_t left;    /* of the chunk */
    size_t digits;    /* of its size so far */
    size_t line;      /* bytes of the line so far */
    uint64_t trailer; /* bytes of all trailers */
};

enum chunks_step { CHUNKS_MORE, CHUNKS_DATA, CHUNKS_END, CHUNKS_BROKEN };

/* Reads on; *bytes and *size move. CHUNKS_DATA: *data and *length are a run of the body's bytes, within *bytes. */
enum chunks_step chunks_step(struct chunks *chunks, const char **bytes, size_t *size, const char **data,
                             size_t *length);

#endif
