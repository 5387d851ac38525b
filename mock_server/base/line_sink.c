#include "base/line_sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

/* ── Opening ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* /dev/stdout and /dev/fd/3 are links that the system made. */
static bool may_be_link(const char *path)
{
    return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

static int open_as(const char *path, int flags)
{
    return open(path, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (may_be_link(path) ? 0 : O_NOFOLLOW), 0600);
}

static const struct refusal {
    int error;
    const char *remedy;
} refusals[] = {
    {ELOOP, "it is a symbolic link, which may lead anywhere; name the file itself"},
    {EISDIR, "give a file"},
    {ENOENT, "make its folder first"},
    {EACCES, "choose a place where this user may write"},
    {EROFS, "choose a place where this user may write"},
    {ENXIO, "give a file or a FIFO"},
};

static bool refuse(const char *path, int error, struct text *problem)
{
    text_print(problem, "%s: %s", path, strerror(error));
    for (size_t i = 0; i < COUNT_OF(refusals); i++)
        if (refusals[i].error == error)
            text_print(problem, "; %s", refusals[i].remedy);
    return false;
}

/* Of a FIFO: opening it to write found nobody who reads. */
static bool is_fifo(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISFIFO(about.st_mode);
}

/* False also where it may not be read: then nobody can tell. */
static bool ends_in_half(const char *path, const struct stat *about)
{
    char last = '\n';
    struct stat read_from;
    int handle = about->st_size == 0 ? -1 : open_as(path, O_RDONLY);
    if (handle < 0)
        return false;
    bool same =
        fstat(handle, &read_from) == 0 && read_from.st_ino == about->st_ino && read_from.st_dev == about->st_dev;
    bool half = same && pread(handle, &last, 1, about->st_size - 1) == 1 && last != '\n';
    close(handle);
    return half;
}

/*
 * Where our own standard output or error is the same file, they append as well: else they would write over the lines
 * that came meanwhile.
 */
static void append_beside(const struct stat *about)
{
    for (int stream = STDOUT_FILENO; stream <= STDERR_FILENO; stream++) {
        struct stat other;
        int flags = fcntl(stream, F_GETFL);
        if (flags >= 0 && fstat(stream, &other) == 0 && other.st_ino == about->st_ino && other.st_dev == about->st_dev)
            (void)fcntl(stream, F_SETFL, flags | O_APPEND);
    }
}

static bool settle(struct line_sink *sink, struct text *problem)
{
    struct stat about;
    if (fstat(sink->handle, &about) < 0)
        return refuse(sink->path, errno, problem);
    if (S_ISBLK(about.st_mode)) {
        text_print(problem, "%s: it is a disk; give a file", sink->path);
        return false;
    }
    sink->kind = S_ISREG(about.st_mode) ? LINE_SINK_FILE : LINE_SINK_STREAM;
    if (sink->kind == LINE_SINK_FILE) {
        sink->half = ends_in_half(sink->path, &about);
        append_beside(&about);
    }
    return true;
}

bool line_sink_open(struct line_sink *sink, const char *path, struct text *problem)
{
    *sink = (struct line_sink){LINE_SINK_STREAM, open_as(path, O_WRONLY | O_CREAT | O_APPEND), mem_dup(path), false};
    int error = errno;
    bool good = sink->handle >= 0                 ? settle(sink, problem)
                : error == ENXIO && is_fifo(path) ? true
                                                  : refuse(path, error, problem);
    if (!good)
        line_sink_close(sink);
    return good;
}

void line_sink_share(struct line_sink *sink, int handle, const char *name)
{
    *sink = (struct line_sink){LINE_SINK_SHARED, fcntl(handle, F_DUPFD_CLOEXEC, 3), mem_dup(name), false};
}

void line_sink_close(struct line_sink *sink)
{
    if (sink->handle >= 0)
        close(sink->handle);
    free(sink->path);
    *sink = (struct line_sink){.handle = -1};
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool takes_now(int handle, int ms)
{
    struct pollfd one = {.fd = handle, .events = POLLOUT};
    return poll(&one, 1, ms) > 0;
}

/* A pipe that says it takes something takes PIPE_BUF bytes without waiting, and a terminal or a socket some. */
static ssize_t give_shared(const struct line_sink *sink, const struct iovec *parts)
{
    if (!takes_now(sink->handle, 0)) {
        errno = EAGAIN;
        return -1;
    }
    return write(sink->handle, parts[0].iov_base, parts[0].iov_len < PIPE_BUF ? parts[0].iov_len : PIPE_BUF);
}

ssize_t line_sink_give(struct line_sink *sink, const struct iovec *parts, int count)
{
    if (sink->handle < 0 && sink->kind == LINE_SINK_STREAM)
        sink->handle = open_as(sink->path, O_WRONLY);
    if (sink->handle < 0)
        return -1;
    ssize_t took = sink->kind == LINE_SINK_SHARED ? give_shared(sink, parts) : writev(sink->handle, parts, count);
    if (took == 0) /* a file that takes nothing and says no reason: as if it were full */
        errno = ENOSPC;
    return took == 0 ? -1 : took;
}

/* The position of a handle that appends is behind what it wrote last. */
bool line_sink_take_back(const struct line_sink *sink, size_t count)
{
    struct stat about;
    off_t end = sink->kind == LINE_SINK_FILE ? lseek(sink->handle, 0, SEEK_CUR) : -1;
    return end >= (off_t)count && fstat(sink->handle, &about) == 0 && about.st_size == end &&
           ftruncate(sink->handle, end - (off_t)count) == 0;
}

void line_sink_wait(const struct line_sink *sink, int error, int ms)
{
    struct pollfd one = {.fd = sink->handle, .events = POLLOUT};
    (void)poll(&one, error == EAGAIN ? 1 : 0, ms);
}
