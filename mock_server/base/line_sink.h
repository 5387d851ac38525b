/*
 * A place that takes lines and never waits: a file, a FIFO, a terminal, or a stream that other programs hold too.
 *
 * What always holds
 *   - No call here waits for a reader. A file takes bytes or fails; what would have to wait answers EAGAIN.
 *   - A file is only ever appended to, so that several programs can share it. One that this program makes is readable
 *     by its owner alone (0600); one that is there keeps its mode.
 *   - What could lead somewhere else is refused: a symbolic link (but below /dev and /proc, where the system makes
 *     them: /dev/stdout), a folder, a socket, a disk.
 *   - A file that ends in half a line, left by a program that was killed, gives `half`: whoever writes next begins with
 *     a line break.
 *   - A FIFO without a reader is no mistake: it is opened by the first write that finds one.
 *
 * Errors are those of write(2), and: EAGAIN, nothing can be taken now; ENXIO or EPIPE, nobody reads; EFBIG, the limit
 * of file sizes (SIGXFSZ is to be ignored, SIGPIPE too, or they end the program).
 */
#ifndef BASE_LINE_SINK_H
#define BASE_LINE_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

struct text;

enum line_sink_kind {
    LINE_SINK_FILE,   /* never waits */
    LINE_SINK_STREAM, /* a FIFO, a pipe, a terminal; opened by us, so it can be told not to wait */
    LINE_SINK_SHARED, /* given to us: how it is opened is not ours to change */
};

struct line_sink {
    enum line_sink_kind kind;
    int handle; /* -1: a FIFO that nobody has read yet */
    char *path;
    bool half; /* what stands at the end is half a line, and nobody will write the rest of it */
};

/* False with why, and what helps, in `problem`; nothing is then to be closed. */
bool line_sink_open(struct line_sink *sink, const char *path, struct text *problem);
/* A copy of a handle of the program: standard error. `name` is for messages. */
void line_sink_share(struct line_sink *sink, int handle, const char *name);
void line_sink_close(struct line_sink *sink);

/* As writev(2), and never waits: how many bytes were taken, or -1 with errno. */
ssize_t line_sink_give(struct line_sink *sink, const struct iovec *parts, int count);
/* Takes back the last `count` bytes that were given; false where they cannot be, or somebody has written since. */
bool line_sink_take_back(const struct line_sink *sink, size_t count);
/* Until bytes may be taken again, at most so long. Where nobody reads or no room is, that cannot be told: the whole of
 * it. */
void line_sink_wait(const struct line_sink *sink, int error, int ms);

#endif
