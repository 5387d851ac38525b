#include "transport/sending.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>

#include "base/ascii.h"
#include "base/instant.h"
#include "base/text.h"
#include "model/exchange.h"
#include "transport/answer.h"
#include "transport/performance.h"

/* ── Whether the connection ends behind it ─────────────────────────────────────────────────────────────────────── */

/* Whether the answer's own headers say so: those of a fault or a stub, too. */
static bool says_close(const struct reply *reply)
{
    for (size_t i = 0; i < reply->header_count; i++)
        if (ascii_equal(reply->headers[i].name, "Connection") && ascii_equal(reply->headers[i].value, "close"))
            return true;
    return false;
}

static bool ends_connection(const struct intake *intake)
{
    const struct reply *reply = &intake->x->reply;
    return intake->head.closes || says_close(reply) || wire_ends(&reply->wire) ||
           (reply->wire.goes_stale && reply->wire.idle_us == 0) || reply->stream != NULL;
}

static enum MHD_Result queue(struct MHD_Connection *mhd, const struct intake *intake, struct MHD_Response *response)
{
    if (response == NULL)
        return MHD_NO;
    if (ends_connection(intake))
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result result = MHD_queue_response(mhd, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

/* ── At once ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum MHD_Result send_at_once(struct MHD_Connection *mhd, struct connection *connection,
                                    const struct intake *intake)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    answer_write(intake->x, &out);
    size_t size = out.length;
    struct MHD_Response *response = MHD_create_response_from_buffer(size, text_take(&out), MHD_RESPMEM_MUST_FREE);
    outlet_begin(&connection->outlet, intake->x, size);
    return queue(mhd, intake, response);
}

/* ── Piece by piece ────────────────────────────────────────────────────────────────────────────────────────────── */

#define FLUSH_STEP_US 2000
#define FLUSH_STEPS   1000 /* so long a reset waits for a client that does not read */

struct show {
    struct waiting_list *waiting;
    struct MHD_Connection *mhd;
    int fd;
    uint64_t session_number;
    struct performance *performance;
    enum waking why;
    int flush_steps;
};

static void end_show(void *context)
{
    struct show *show = context;
    performance_free(show->performance);
    free(show);
}

static bool wait_until(struct show *show, int64_t due_us)
{
    return waiting_keep(show->waiting, &(struct waiting_spec){.mhd = show->mhd,
                                                              .fd = show->fd,
                                                              .due_us = due_us,
                                                              .session_number = show->session_number,
                                                              .why = &show->why});
}

/* A reset takes away what is still on its way: first the system has to be rid of it. */
static bool is_flushed(struct show *show)
{
    int unsent = 0;
    return show->flush_steps++ >= FLUSH_STEPS || ioctl(show->fd, SIOCOUTQ, &unsent) < 0 || unsent == 0;
}

/* Connecting a socket to nowhere drops its connection: Linux sends RST, where a close would send FIN. */
static void reset_connection(int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    (void)connect(fd, &nowhere, sizeof nowhere);
}

static ssize_t end_connection(struct show *show, enum wire_end end)
{
    if (end == WIRE_END_AS_SAID)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (end == WIRE_END_RESET) {
        if (!is_flushed(show) && wait_until(show, instant_monotonic() + FLUSH_STEP_US))
            return 0;
        reset_connection(show->fd);
    }
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* Called by the library whenever the socket takes bytes; 0: it is suspended, and called again. */
static ssize_t give(void *context, uint64_t position, char *buffer, size_t size)
{
    struct show *show = context;
    (void)position;
    if (show->why == WAKING_LEFT)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (show->why == WAKING_RELEASED)
        performance_hurry(show->performance);
    show->why = WAKING_DUE;
    for (;;) {
        struct performance_step step = performance_next(show->performance, buffer, size, instant_monotonic());
        if (step.bytes > 0)
            return (ssize_t)step.bytes;
        if (step.until_us == 0)
            return end_connection(show, step.end);
        if (wait_until(show, step.until_us))
            return 0;
        performance_hurry(show->performance); /* no more can wait */
    }
}

/* Of an answer with an end of its own, the library is told no size: it is asked for bytes until that end. */
static uint64_t announced_size(const struct exchange *x, const struct performance *performance)
{
    const struct wire *wire = &x->reply.wire;
    bool has_end = wire_ends(wire) || wire->end_delay_us > 0;
    return has_end ? INT64_MAX : performance_size(performance);
}

#define BLOCK_BYTES ((size_t)16 * 1024)

static enum MHD_Result perform(struct waiting_list *waiting, struct MHD_Connection *mhd, struct connection *connection,
                               const struct intake *intake)
{
    struct show *show = mem_zero(1, sizeof *show);
    *show = (struct show){.waiting = waiting,
                          .mhd = mhd,
                          .fd = connection->fd,
                          .session_number = intake->x->session_number,
                          .performance = performance_new(intake->x, instant_monotonic())};
    uint64_t size = announced_size(intake->x, show->performance);
    outlet_begin(&connection->outlet, intake->x, performance_size(show->performance));
    struct MHD_Response *response = MHD_create_response_from_callback(size, BLOCK_BYTES, give, show, end_show);
    if (response == NULL)
        end_show(show);
    return queue(mhd, intake, response);
}

/* ── A body that goes on ───────────────────────────────────────────────────────────────────────────────────────── */

#define IDLE_US (15 * INSTANT_SECOND_US) /* then a word that keeps the connection alive */

struct streaming {
    struct waiting_list *waiting;
    struct MHD_Connection *mhd;
    int fd;
    uint64_t session_number;
    struct exchange *x;
    const struct reply_stream *stream;
    struct text out;
    size_t given;
    struct waiting *waits; /* for news */
    enum waking why;
    bool news, ends;
};

/* On any thread. */
static void tell_news(void *context)
{
    struct streaming *streaming = context;
    __atomic_store_n(&streaming->news, true, __ATOMIC_SEQ_CST);
    waiting_call(streaming->waiting, &streaming->waits);
}

static void end_streaming(void *context)
{
    struct streaming *streaming = context;
    streaming->stream->close(streaming->stream->context);
    text_release(&streaming->out);
    exchange_drop(streaming->x);
    free(streaming);
}

static bool wait_for_news(struct streaming *streaming)
{
    bool waits = waiting_keep(streaming->waiting, &(struct waiting_spec){.mhd = streaming->mhd,
                                                                         .fd = streaming->fd,
                                                                         .due_us = instant_monotonic() + IDLE_US,
                                                                         .session_number = streaming->session_number,
                                                                         .why = &streaming->why,
                                                                         .handle = &streaming->waits});
    if (waits && __atomic_load_n(&streaming->news, __ATOMIC_SEQ_CST))
        waiting_call(streaming->waiting, &streaming->waits); /* it came in between */
    return waits;
}

static void read_more(struct streaming *streaming)
{
    text_clear(&streaming->out);
    streaming->given = 0;
    __atomic_store_n(&streaming->news, false, __ATOMIC_SEQ_CST);
    streaming->ends = !streaming->stream->read(streaming->stream->context, &streaming->out);
    if (streaming->out.length == 0 && streaming->why == WAKING_DUE)
        streaming->stream->idle(streaming->stream->context, &streaming->out);
    streaming->why = WAKING_CALLED;
}

static ssize_t give_stream(void *context, uint64_t position, char *buffer, size_t size)
{
    struct streaming *streaming = context;
    (void)position;
    if (streaming->why == WAKING_LEFT || streaming->why == WAKING_RELEASED)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (streaming->given == streaming->out.length && !streaming->ends)
        read_more(streaming);
    size_t left = streaming->out.length - streaming->given;
    if (left == 0)
        return streaming->ends || !wait_for_news(streaming) ? MHD_CONTENT_READER_END_WITH_ERROR : 0;
    size = left < size ? left : size;
    memcpy(buffer, text_cstr(&streaming->out) + streaming->given, size);
    streaming->given += size;
    return (ssize_t)size;
}

static enum MHD_Result stream(struct waiting_list *waiting, struct MHD_Connection *mhd, struct connection *connection,
                              const struct intake *intake)
{
    struct streaming *streaming = mem_zero(1, sizeof *streaming);
    *streaming = (struct streaming){.waiting = waiting,
                                    .mhd = mhd,
                                    .fd = connection->fd,
                                    .session_number = intake->x->session_number,
                                    .x = exchange_hold(intake->x),
                                    .stream = intake->x->reply.stream,
                                    .out = TEXT_INIT(TEXT_UNBOUNDED),
                                    .why = WAKING_CALLED};
    answer_write_head(intake->x, &streaming->out);
    streaming->stream->on_news(streaming->stream->context, tell_news, streaming);
    outlet_begin(&connection->outlet, intake->x, UINT64_MAX);
    struct MHD_Response *response =
        MHD_create_response_from_callback(INT64_MAX, BLOCK_BYTES, give_stream, streaming, end_streaming);
    if (response == NULL)
        end_streaming(streaming);
    return queue(mhd, intake, response);
}

enum MHD_Result sending_begin(struct waiting_list *waiting, struct MHD_Connection *mhd, struct connection *connection,
                              const struct intake *intake)
{
    if (intake->x->reply.stream != NULL)
        return stream(waiting, mhd, connection, intake);
    return performance_is_needed(intake->x) ? perform(waiting, mhd, connection, intake)
                                            : send_at_once(mhd, connection, intake);
}
