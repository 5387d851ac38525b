/*
 * Lines out of a stream of bytes that comes in any pieces. A line that is longer than the limit is given up: its
 * beginning is handed out once, marked, and the rest of it is dropped.
 *
 *     struct lines lines = LINES_INIT(1 << 20);
 *     lines_add(&lines, bytes, count);
 *     struct line line;
 *     while (lines_next(&lines, &line)) ...      // line.bytes is valid until the next lines_* call
 */
#ifndef ADAPTER_LINES_H
#define ADAPTER_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "mock_server/base/text.h"

struct lines {
    struct text buffer;
    size_t limit;
    size_t seen;   /* bytes of the buffer that are known to hold no line end */
    size_t handed; /* bytes at the buffer's start that the last line took */
    bool dropping; /* inside of a line that was given up */
};

#define LINES_INIT(most) ((struct lines){.buffer = TEXT_INIT(TEXT_UNBOUNDED), .limit = (most)})

struct line {
    const char *bytes; /* without its end, be it \n or \r\n; may hold NUL bytes */
    size_t length;
    bool too_long;
};

void lines_add(struct lines *lines, const char *bytes, size_t length);

/* False when no whole line is there. */
bool lines_next(struct lines *lines, struct line *out);

/* What has come since the last line end, as a line; for the end of the stream. False when nothing has. */
bool lines_rest(struct lines *lines, struct line *out);

void lines_release(struct lines *lines);

#endif
