#include "transport/chunks.h"

#include <stdbool.h>

#include "base/ascii.h"

#define SIZE_BITS    60 /* an INT64 holds them */
#define TRAILERS_MAX UINT64_C(8192)

static int digit_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool in_size(struct chunks *chunks, char c)
{
    int digit = digit_value(c);
    if (digit >= 0) {
        chunks->left = chunks->left * 16 + (uint64_t)digit;
        return chunks->left >> SIZE_BITS == 0 && ++chunks->digits <= CHUNK_LINE_MAX;
    }
    if (chunks->digits == 0)
        return false;
    chunks->state = c == '\r' ? CHUNKS_AT_SIZE_END : CHUNKS_IN_EXTENSION;
    return c == '\r' || c == ';' || c == ' ' || c == '\t';
}

static bool in_extension(struct chunks *chunks, char c)
{
    if (c == '\r')
        chunks->state = CHUNKS_AT_SIZE_END;
    return c != '\n' && c != '\0' && ++chunks->line <= CHUNK_LINE_MAX;
}

static bool at_size_end(struct chunks *chunks, char c)
{
    chunks->state = chunks->left == 0 ? CHUNKS_IN_TRAILER : CHUNKS_IN_DATA;
    chunks->line = chunks->digits = 0;
    return c == '\n';
}

/* A line of its own ends the body when it is empty. */
static bool in_trailer(struct chunks *chunks, char c)
{
    if (c == '\r')
        chunks->state = chunks->line == 0 ? CHUNKS_AT_END : CHUNKS_AT_TRAILER_END;
    chunks->line++;
    return c != '\n' && c != '\0' && ++chunks->trailer <= TRAILERS_MAX;
}

static bool read_character(struct chunks *chunks, char c)
{
    switch (chunks->state) {
    case CHUNKS_IN_SIZE:
        return in_size(chunks, c);
    case CHUNKS_IN_EXTENSION:
        return in_extension(chunks, c);
    case CHUNKS_AT_SIZE_END:
        return at_size_end(chunks, c);
    case CHUNKS_AFTER_DATA:
        chunks->state = CHUNKS_AT_DATA_END;
        return c == '\r';
    case CHUNKS_AT_DATA_END:
        chunks->state = CHUNKS_IN_SIZE;
        return c == '\n';
    case CHUNKS_IN_TRAILER:
        return in_trailer(chunks, c);
    case CHUNKS_AT_TRAILER_END:
        chunks->state = CHUNKS_IN_TRAILER;
        chunks->line = 0;
        return c == '\n';
    case CHUNKS_AT_END:
        return c == '\n';
    case CHUNKS_IN_DATA:
        break;
    }
    return false;
}

static enum chunks_step take_data(struct chunks *chunks, const char **bytes, size_t *size, const char **data,
                                  size_t *length)
{
    *data = *bytes;
    *length = chunks->left < *size ? (size_t)chunks->left : *size;
    *bytes += *length;
    *size -= *length;
    chunks->left -= *length;
    if (chunks->left == 0)
        chunks->state = CHUNKS_AFTER_DATA;
    return CHUNKS_DATA;
}

enum chunks_step chunks_step(struct chunks *chunks, const char **bytes, size_t *size, const char **data, size_t *length)
{
    while (*size > 0) {
        if (chunks->state == CHUNKS_IN_DATA)
            return take_data(chunks, bytes, size, data, length);
        bool ends = chunks->state == CHUNKS_AT_END;
        if (!read_character(chunks, **bytes))
            return CHUNKS_BROKEN;
        ++*bytes;
        --*size;
        if (ends)
            return CHUNKS_END;
    }
    return CHUNKS_MORE;
}
