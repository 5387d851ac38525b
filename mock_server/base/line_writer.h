/*
 * Writes lines where they are asked for, and never lets a program wait for a reader or for room.
 *
 * What always holds
 *   - A line has left (write(2) took it) before line_writer_add() returns, as long as nothing stands in the way: so it
 *     outlives a program that is killed. Only when the sink takes nothing (nobody reads, the disk is full) lines wait
 * in a queue of a given room, in their order; a thread of its own, started when the first line has to wait, writes them
 * as soon as it can, as many as go in one writev().
 *   - No two lines are ever glued. What a reader was too slow for is finished. After a failure a line that was begun is
 *     taken back, and where that cannot be, the next begins with a line break; then the whole line is written again.
 *   - What finds no room in the queue is dropped and counted. That, and what stands in the way, is told once, with what
 *     helps; so is the end of it. The same trouble is not told again within a minute.
 *   - line_writer_close() waits for what still waits, at most so long.
 *
 * Everything but opening and closing may be called from any thread. SIGPIPE and SIGXFSZ are the program's to ignore.
 *
 *     struct line_writer *writer = line_writer_open("journal.jsonl", &(struct line_writer_options){.room = 8 << 20},
 * &problem); line_writer_add(writer, "{}\n", 3); struct line_counts counts = line_writer_close(writer, 1000);
 */
#ifndef BASE_LINE_WRITER_H
#define BASE_LINE_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct line_writer;
struct text;

/* One sentence for people, without a line break; called with the writer locked, so it must not call it. */
typedef void line_teller(void *context, const char *sentence);

struct line_writer_options {
    size_t room;       /* bytes that may wait; one line may always */
    line_teller *tell; /* NULL: nobody is told */
    void *context;
};

struct line_counts {
    uint64_t written, waiting, dropped; /* lines */
    int error;                          /* what stands in the way now, an errno; 0: nothing */
    int last_error;                     /* of the last failure there was */
};

/* NULL with why, and what helps, in `problem`. */
struct line_writer *line_writer_open(const char *path, const struct line_writer_options *options,
                                     struct text *problem) WARN_UNUSED;
/* Onto a handle that the program has, such as standard error; it stays open. */
struct line_writer *line_writer_on(int handle, const char *name, const struct line_writer_options *options) WARN_UNUSED;

/* A line with the line break at its end. */
void line_writer_add(struct line_writer *writer, const char *line, size_t length);
struct line_counts line_writer_counts(struct line_writer *writer);
/* What the counts are in the end: what could not be written by then is dropped. NULL is fine. */
struct line_counts line_writer_close(struct line_writer *writer, int limit_ms);

/* For people: "nobody reads it", or what strerror() says. */
const char *line_error_text(int error);

#endif
