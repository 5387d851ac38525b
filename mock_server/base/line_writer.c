#include "base/line_writer.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/line_sink.h"
#include "base/text.h"

#define BATCH         64  /* lines in one writev() */
#define RETRY_MS      100 /* between two tries while something stands in the way */
#define TELL_AGAIN_US INT64_C(60000000)
#define NEVER         INT64_MIN

struct line {
    struct line *next;
    size_t length;
    char bytes[];
};

struct line_writer {
    struct line_sink sink;
    struct line_writer_options options;
    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    struct line *first, **last; /* what waits, the oldest first */
    size_t begun;               /* bytes of the first that have left */
    size_t bytes;               /* of all that waits */
    struct line_counts counts;
    bool failing_told, dropping_told; /* of this trouble; both false again when it is over */
    int64_t told_at_us;
    bool has_thread, ends;
    int64_t ends_at_us;
    pthread_t thread;
};

/* ── Telling ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct cause {
    int error;
    const char *text; /* NULL: strerror() says it well */
    const char *remedy;
} causes[] = {
    {ENOSPC, NULL, "free some space"},
    {EDQUOT, NULL, "free some of the quota"},
    {EFBIG, NULL, "raise the limit (ulimit -f) or move the file away"},
    {ENXIO, "nobody reads it", "start its reader"},
    {EPIPE, "nobody reads it", "start its reader"},
    {EAGAIN, "its reader does not read", "let it read on"},
};

static const struct cause *cause_of(int error)
{
    for (size_t i = 0; i < COUNT_OF(causes); i++)
        if (causes[i].error == error)
            return &causes[i];
    return NULL;
}

const char *line_error_text(int error)
{
    const struct cause *cause = cause_of(error);
    return cause != NULL && cause->text != NULL ? cause->text : strerror(error);
}

static const char *remedy_of(int error)
{
    const struct cause *cause = cause_of(error);
    return cause == NULL ? "look at the place where it lies" : cause->remedy;
}

PRINTF(2, 3) static void tell(struct line_writer *writer, const char *format, ...)
{
    struct text sentence = TEXT_INIT(4096);
    va_list arguments;
    text_print(&sentence, "%s: ", writer->sink.path);
    va_start(arguments, format);
    text_print_list(&sentence, format, arguments);
    va_end(arguments);
    if (writer->options.tell != NULL)
        writer->options.tell(writer->options.context, text_cstr(&sentence));
    text_release(&sentence);
}

/* A trouble that comes and goes is told once a minute. */
static bool may_tell(struct line_writer *writer)
{
    int64_t now = instant_monotonic();
    if (writer->told_at_us != NEVER && now - writer->told_at_us < TELL_AGAIN_US)
        return false;
    writer->told_at_us = now;
    return true;
}

/* A reader that is only slow is no failure: that is told when it costs a line. */
static void tell_failing(struct line_writer *writer)
{
    int error = writer->counts.error;
    if (error == EAGAIN || writer->failing_told || !may_tell(writer))
        return;
    writer->failing_told = true;
    tell(writer, "%s: %s; until then lines wait in memory, at most %zu KiB", line_error_text(error), remedy_of(error),
         writer->options.room / 1024);
}

static void tell_dropping(struct line_writer *writer)
{
    int error = writer->counts.error;
    if (writer->dropping_told || (!writer->failing_told && !may_tell(writer)))
        return;
    writer->dropping_told = true;
    tell(writer, "%s: %s; %zu KiB of lines wait, and lines are dropped from here on", line_error_text(error),
         remedy_of(error), writer->bytes / 1024);
}

static void tell_better(struct line_writer *writer)
{
    if (writer->failing_told || writer->dropping_told)
        tell(writer, "lines are written again; %llu have been dropped", (unsigned long long)writer->counts.dropped);
    writer->failing_told = writer->dropping_told = false;
}

/* ── The queue ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void push(struct line_writer *writer, const char *bytes, size_t length)
{
    struct line *line = mem_alloc(sizeof *line + length);
    line->next = NULL;
    line->length = length;
    memcpy(line->bytes, bytes, length);
    *writer->last = line;
    writer->last = &line->next;
    writer->bytes += length;
    writer->counts.waiting++;
}

static void pop(struct line_writer *writer)
{
    struct line *line = writer->first;
    writer->first = line->next;
    if (writer->first == NULL)
        writer->last = &writer->first;
    writer->bytes -= line->length;
    writer->begun = 0;
    writer->counts.waiting--;
    free(line);
}

/* The oldest lines, less what has left of the first; behind half a line of which nothing will follow, a line break. */
static int collect(struct line_writer *writer, struct iovec *parts)
{
    static char line_break[] = "\n";
    int count = 0;
    if (writer->sink.half)
        parts[count++] = (struct iovec){line_break, 1};
    size_t begun = writer->begun;
    for (struct line *line = writer->first; line != NULL && count < BATCH; line = line->next, begun = 0)
        parts[count++] = (struct iovec){line->bytes + begun, line->length - begun};
    return count;
}

static void consume(struct line_writer *writer, size_t took)
{
    took -= writer->sink.half;
    writer->sink.half = false;
    while (took > 0 && took >= writer->first->length - writer->begun) {
        took -= writer->first->length - writer->begun;
        writer->counts.written++;
        pop(writer);
    }
    writer->begun += took;
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void fail(struct line_writer *writer, int error)
{
    writer->counts.error = writer->counts.last_error = error;
    if (error != EAGAIN && writer->begun > 0) {
        writer->sink.half = !line_sink_take_back(&writer->sink, writer->begun);
        writer->begun = 0;
    }
    tell_failing(writer);
}

/* As much as the sink takes now. */
static void write_on(struct line_writer *writer)
{
    struct iovec parts[BATCH];
    while (writer->first != NULL) {
        ssize_t took = line_sink_give(&writer->sink, parts, collect(writer, parts));
        if (took >= 0) {
            consume(writer, (size_t)took);
        } else if (errno != EINTR) {
            fail(writer, errno);
            return;
        }
    }
    writer->counts.error = 0;
    tell_better(writer);
}

/* ── The thread ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* While nobody else may touch the handle, as lines wait. */
static void wait_for_sink(struct line_writer *writer)
{
    int error = writer->counts.error;
    pthread_mutex_unlock(&writer->lock);
    line_sink_wait(&writer->sink, error, RETRY_MS);
    pthread_mutex_lock(&writer->lock);
}

/* At the end a slow reader gets some time; what has failed is tried once more (line_writer_close()). */
static bool goes_on(const struct line_writer *writer)
{
    return !writer->ends ||
           (writer->first != NULL && writer->counts.error == EAGAIN && instant_monotonic() < writer->ends_at_us);
}

static void *write_later(void *context)
{
    struct line_writer *writer = context;
    pthread_mutex_lock(&writer->lock);
    while (goes_on(writer)) {
        if (writer->first == NULL) {
            pthread_cond_wait(&writer->changed, &writer->lock);
            continue;
        }
        wait_for_sink(writer);
        write_on(writer);
    }
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

/* Without a thread to be had what waits is tried with the next line and at the end. */
static void start_thread(struct line_writer *writer)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    writer->has_thread = pthread_create(&writer->thread, NULL, write_later, writer) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ── The calls ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct line_writer *make(const struct line_sink *sink, const struct line_writer_options *options)
{
    struct line_writer *writer = mem_zero(1, sizeof *writer);
    writer->sink = *sink;
    writer->options = *options;
    writer->last = &writer->first;
    writer->told_at_us = NEVER;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->changed, NULL);
    return writer;
}

struct line_writer *line_writer_open(const char *path, const struct line_writer_options *options, struct text *problem)
{
    struct line_sink sink;
    return line_sink_open(&sink, path, problem) ? make(&sink, options) : NULL;
}

struct line_writer *line_writer_on(int handle, const char *name, const struct line_writer_options *options)
{
    struct line_sink sink;
    line_sink_share(&sink, handle, name);
    return make(&sink, options);
}

void line_writer_add(struct line_writer *writer, const char *line, size_t length)
{
    pthread_mutex_lock(&writer->lock);
    bool waits = writer->first != NULL && writer->has_thread;
    if (writer->first != NULL && writer->bytes + length > writer->options.room) {
        writer->counts.dropped++;
        tell_dropping(writer);
    } else {
        push(writer, line, length);
    }
    if (!waits)
        write_on(writer);
    if (writer->first != NULL && !writer->has_thread)
        start_thread(writer);
    else if (writer->first != NULL && !waits)
        pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
}

struct line_counts line_writer_counts(struct line_writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    struct line_counts counts = writer->counts;
    pthread_mutex_unlock(&writer->lock);
    return counts;
}

static void end_thread(struct line_writer *writer, int limit_ms)
{
    pthread_mutex_lock(&writer->lock);
    writer->ends = true;
    writer->ends_at_us = instant_monotonic() + (int64_t)limit_ms * 1000;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
    if (writer->has_thread)
        pthread_join(writer->thread, NULL);
}

/* A line of which half has left is half for ever. */
static void drop_rest(struct line_writer *writer)
{
    if (writer->begun > 0)
        (void)line_sink_take_back(&writer->sink, writer->begun);
    while (writer->first != NULL) {
        writer->counts.dropped++;
        pop(writer);
    }
}

struct line_counts line_writer_close(struct line_writer *writer, int limit_ms)
{
    if (writer == NULL)
        return (struct line_counts){0};
    end_thread(writer, limit_ms);
    write_on(writer);
    drop_rest(writer);
    struct line_counts counts = writer->counts;
    line_sink_close(&writer->sink);
    pthread_cond_destroy(&writer->changed);
    pthread_mutex_destroy(&writer->lock);
    free(writer);
    return counts;
}
