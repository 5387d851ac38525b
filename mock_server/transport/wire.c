#include "transport/wire.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/ascii.h"
#include "base/text.h"
#include "model/exchange.h"
#include "transport/reason_phrase.h"

static int socket_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

/* ── Silence ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct silent {
    struct MHD_Connection *mhd;
    uint64_t session_number; /* the session whose fault it was */
};

struct silent_list {
    pthread_mutex_t lock;
    struct silent *list;
    size_t count, room;
    size_t swept; /* where the next sweep begins */
    bool closed;
};

struct silent_list *silent_list_new(void)
{
    struct silent_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    return list;
}

void silent_list_free(struct silent_list *list)
{
    pthread_mutex_destroy(&list->lock);
    free(list->list);
    free(list);
}

static enum MHD_Result keep_silent(struct silent_list *list, struct MHD_Connection *mhd, uint64_t session_number)
{
    enum MHD_Result result = MHD_NO;
    pthread_mutex_lock(&list->lock);
    if (!list->closed) {
        if (list->count == list->room) {
            list->room = list->room == 0 ? 16 : list->room * 2;
            list->list = mem_resize(list->list, list->room * sizeof *list->list);
        }
        list->list[list->count++] = (struct silent){mhd, session_number};
        MHD_suspend_connection(mhd);
        result = MHD_YES;
    }
    pthread_mutex_unlock(&list->lock);
    return result;
}

void silent_release(struct silent_list *list, uint64_t session_number)
{
    pthread_mutex_lock(&list->lock);
    for (size_t i = 0; i < list->count; i++)
        if (list->list[i].session_number == session_number) {
            MHD_resume_connection(list->list[i].mhd);
            list->list[i--] = list->list[--list->count];
        }
    pthread_mutex_unlock(&list->lock);
}

void silent_close(struct silent_list *list)
{
    pthread_mutex_lock(&list->lock);
    for (size_t i = 0; i < list->count; i++)
        MHD_resume_connection(list->list[i].mhd);
    list->count = 0;
    list->closed = true;
    pthread_mutex_unlock(&list->lock);
}

#define SWEEP_MAX 4096 /* a sweep; the next one begins where this one ended */

void silent_sweep(struct silent_list *list)
{
    struct pollfd watched[64];
    pthread_mutex_lock(&list->lock);
    size_t left = list->count < SWEEP_MAX ? list->count : SWEEP_MAX;
    while (left > 0) {
        size_t first = list->swept < list->count ? list->swept : 0, batch = list->count - first;
        batch = batch < left ? batch : left;
        batch = batch < COUNT_OF(watched) ? batch : COUNT_OF(watched);
        for (size_t i = 0; i < batch; i++)
            watched[i] = (struct pollfd){.fd = socket_of(list->list[first + i].mhd), .events = POLLRDHUP};
        left -= batch;
        list->swept = first + batch;
        if (poll(watched, batch, 0) <= 0)
            continue;
        for (size_t i = 0; i < batch; i++)
            if (watched[i].revents != 0)
                MHD_resume_connection(list->list[first + i].mhd); /* its handler closes it, and finish() forgets it */
    }
    pthread_mutex_unlock(&list->lock);
}

void silent_forget(struct silent_list *list, struct MHD_Connection *mhd)
{
    pthread_mutex_lock(&list->lock);
    for (size_t i = 0; i < list->count; i++)
        if (list->list[i].mhd == mhd)
            list->list[i--] = list->list[--list->count];
    pthread_mutex_unlock(&list->lock);
}

/* ── Bytes past the library ────────────────────────────────────────────────────────────────────────────────────── */

/* Connecting a socket to nowhere drops its connection: Linux sends RST, where a close would send FIN. */
static void reset_connection(int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (fd >= 0)
        (void)connect(fd, &nowhere, sizeof nowhere);
}

#define RAW_WAIT_MS 1000

static void write_raw(int fd, const char *bytes, size_t length)
{
    while (fd >= 0 && length > 0) {
        ssize_t wrote = send(fd, bytes, length, MSG_NOSIGNAL);
        if (wrote > 0) {
            bytes += wrote;
            length -= (size_t)wrote;
            continue;
        }
        struct pollfd ready = {.fd = fd, .events = POLLOUT};
        if (errno != EAGAIN || poll(&ready, 1, RAW_WAIT_MS) <= 0)
            return;
    }
}

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void drop_exchange(void *x)
{
    exchange_drop(x);
}

/* Gives the first wire_bytes bytes of the body, then ends in the middle. */
static ssize_t read_truncated(void *cls, uint64_t at, char *buffer, size_t most)
{
    const struct exchange *x = cls;
    if (at >= x->reply.wire_bytes)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t left = x->reply.wire_bytes - (size_t)at;
    size_t size = left < most ? left : most;
    memcpy(buffer, x->reply.body + at, size);
    return (ssize_t)size;
}

static struct MHD_Response *make_response(struct exchange *x)
{
    exchange_hold(x); /* until the last byte has left */
    if (x->reply.wire == WIRE_TRUNCATED && x->reply.wire_bytes < x->reply.body_length)
        return MHD_create_response_from_callback(x->reply.body_length, 4096, read_truncated, x, drop_exchange);
    union {
        const char *read;
        void *hand_over;
    } body = {.read = x->reply.body};
    return MHD_create_response_from_buffer_with_free_callback_cls(x->reply.body_length, body.hand_over, drop_exchange,
                                                                  x);
}

static enum MHD_Result queue(struct MHD_Connection *mhd, struct exchange *x)
{
    struct MHD_Response *response = make_response(x);
    if (response == NULL) {
        exchange_drop(x);
        return MHD_NO;
    }
    for (size_t i = 0; i < x->reply.header_count; i++) {
        /* The library counts the body itself; only an answer that documents a length nobody expects needs this. */
        if (ascii_equal(x->reply.headers[i].name, "Content-Length"))
            MHD_set_response_options(response, MHD_RF_INSANITY_HEADER_CONTENT_LENGTH, MHD_RO_END);
        (void)MHD_add_response_header(response, x->reply.headers[i].name, x->reply.headers[i].value);
    }
    reason_phrase_next((unsigned)x->reply.status, x->reply.phrase);
    enum MHD_Result result = MHD_queue_response(mhd, (unsigned)x->reply.status, response);
    MHD_destroy_response(response);
    return result;
}

/* The library puts words of its own where an answer has none, so such an answer goes past it. */
static enum MHD_Result send_without_words(struct MHD_Connection *mhd, const struct exchange *x)
{
    struct text out = TEXT_INIT(SIZE_MAX / 4);
    bool counted = false;
    text_print(&out, "HTTP/1.1 %d \r\nConnection: close\r\n", x->reply.status);
    for (size_t i = 0; i < x->reply.header_count; i++) {
        text_print(&out, "%s: %s\r\n", x->reply.headers[i].name, x->reply.headers[i].value);
        counted = counted || ascii_equal(x->reply.headers[i].name, "Content-Length");
    }
    if (!counted && x->reply.status >= 200 && x->reply.status != 204 && x->reply.status != 304)
        text_print(&out, "Content-Length: %zu\r\n", x->reply.body_length);
    text_add(&out, "\r\n");
    if (strcmp(x->request.method, "HEAD") != 0)
        text_add_bytes(&out, x->reply.body, x->reply.body_length);
    write_raw(socket_of(mhd), text_cstr(&out), out.length);
    text_release(&out);
    return MHD_NO;
}

enum MHD_Result wire_send(struct MHD_Connection *mhd, struct exchange *x, struct silent_list *silent)
{
    switch (x->reply.wire) {
    case WIRE_SEND:
        if (x->reply.phrase != NULL && *x->reply.phrase == '\0')
            return send_without_words(mhd, x);
        return queue(mhd, x);
    case WIRE_TRUNCATED:
        return queue(mhd, x);
    case WIRE_EMPTY:
        return MHD_NO;
    case WIRE_RESET:
        reset_connection(socket_of(mhd));
        return MHD_NO;
    case WIRE_RAW:
        write_raw(socket_of(mhd), x->reply.body, x->reply.body_length);
        return MHD_NO;
    case WIRE_SILENCE:
        return keep_silent(silent, mhd, x->session_number);
    }
    return MHD_NO;
}
