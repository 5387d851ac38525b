/*
 * libmicrohttpd calls back several times for one request: once when the headers are there, once for each piece of the
 * body, once at its end, and (with silence in between) once more when a suspended connection is let go. `struct intake`
 * remembers how far a request has come; serve() is the only function that looks at it.
 */
#include "transport/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/text.h"
#include "model/exchange.h"
#include "transport/listen.h"
#include "transport/reason_phrase.h"
#include "transport/wire.h"

#define IDLE_SECONDS 60U
/* Holds the heads of a request and of its answer; the library clears it all between two requests. */
#define CONNECTION_MEMORY ((size_t)32 * 1024)
#define DRAIN_MAX         INT64_C(16777216) /* of a body that is too long we still read this much, to answer politely */

struct http {
    struct MHD_Daemon *daemon;
    struct listener listener;
    struct http_options options;
    struct silent_list *silent;
    uint64_t next_connection; /* the transport's thread alone */
    int in_flight;            /* answers that have not left whole */
};

/* What a connection remembers between requests. */
struct connection {
    uint64_t number;
    char *target; /* of the request that is coming in */
};

/* One request on its way in. */
struct intake {
    struct exchange *x;
    struct text body;
    int64_t received; /* body bytes, kept or not */
    bool answered;
};

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static void note_connection(void *cls, struct MHD_Connection *mhd, void **context,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http *http = cls;
    struct connection *connection = *context;
    (void)mhd;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        connection = mem_zero(1, sizeof *connection);
        connection->number = ++http->next_connection;
        *context = connection;
        silent_sweep(http->silent);
    } else if (connection != NULL) {
        free(connection->target);
        free(connection);
        *context = NULL;
    }
}

/* libmicrohttpd decodes the path; the journal wants it as it came, and so does routing. */
static void *note_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
    struct connection *connection = connection_of(mhd);
    (void)cls;
    if (connection != NULL) {
        free(connection->target);
        connection->target = mem_dup(target);
    }
    return NULL;
}

static size_t leave_encoded(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

struct header_list {
    struct exchange *x;
    size_t room;
};

static enum MHD_Result note_header(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct header_list *list = cls;
    struct request *request = &list->x->request;
    (void)kind;
    if (request->header_count < list->room)
        request->headers[request->header_count++] =
            (struct header){arena_dup(list->x->arena, name), arena_dup(list->x->arena, value == NULL ? "" : value)};
    return MHD_YES;
}

/* "http://host:port/path" is "/path" (RFC 9112 section 3.2.2: a server accepts both). */
static const char *origin_form(const char *target)
{
    if (!ascii_equal_bytes(target, "http://", 7))
        return target;
    return target + 7 + strcspn(target + 7, "/?");
}

static void read_head(struct exchange *x, struct MHD_Connection *mhd, const char *method, const char *version)
{
    struct connection *connection = connection_of(mhd);
    struct request *request = &x->request;
    request->connection = connection == NULL ? 0 : connection->number;
    request->method = arena_dup(x->arena, method);
    request->version = arena_dup(x->arena, version);
    request->target = arena_dup(x->arena, connection == NULL || connection->target == NULL ? "/" : connection->target);
    const char *origin = origin_form(request->target);
    size_t path = strcspn(origin, "?");
    request->path = path == 0 ? "/" : arena_dup_bytes(x->arena, origin, path);
    request->query = origin[path] == '?' ? origin + path + 1 : NULL;

    int count = MHD_get_connection_values(mhd, MHD_HEADER_KIND, NULL, NULL);
    struct header_list list = {.x = x, .room = count < 0 ? 0 : (size_t)count};
    request->headers = arena_alloc(x->arena, (list.room + 1) * sizeof *request->headers);
    MHD_get_connection_values(mhd, MHD_HEADER_KIND, note_header, &list);
}

static struct intake *intake_new(struct http *http, struct MHD_Connection *mhd, const char *method, const char *version)
{
    struct intake *intake = mem_zero(1, sizeof *intake);
    intake->x = exchange_new();
    intake->body = TEXT_INIT(http->options.body_limit);
    read_head(intake->x, mhd, method, version);
    return intake;
}

static void intake_free(struct intake *intake)
{
    text_release(&intake->body);
    exchange_drop(intake->x);
    free(intake);
}

/* A body that says beforehand that it is far too long is not read at all. */
static bool is_hopeless(const struct intake *intake)
{
    const char *length = exchange_header(intake->x, "Content-Length");
    int64_t announced = 0;
    if (length == NULL || !number_is_digits(length))
        return false;
    return !number_read(length, 0, INT64_MAX, &announced) || announced > DRAIN_MAX;
}

static void take_body(struct intake *intake)
{
    struct request *request = &intake->x->request;
    request->body_too_large = request->body_too_large || intake->body.overflowed;
    if (request->body_too_large || intake->body.length == 0)
        return;
    request->body_length = intake->body.length;
    size_t room = intake->body.room;
    char *bytes = text_take(&intake->body);
    arena_adopt(intake->x->arena, bytes, room);
    request->body = bytes;
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *mhd, struct intake *intake)
{
    intake->answered = true;
    __atomic_add_fetch(&http->in_flight, 1, __ATOMIC_RELAXED);
    take_body(intake);
    http->options.handle(http->options.context, intake->x);
    return wire_send(mhd, intake->x, http->silent);
}

static enum MHD_Result serve(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                             const char *version, const char *upload, size_t *upload_size, void **context)
{
    struct http *http = cls;
    struct intake *intake = *context;
    (void)url;
    if (intake == NULL) {
        intake = intake_new(http, mhd, method, version);
        *context = intake;
        if (!is_hopeless(intake))
            return MHD_YES;
        intake->x->request.body_too_large = true;
        return answer(http, mhd, intake);
    }
    if (intake->answered)
        return MHD_NO; /* silence is over: close */
    if (*upload_size > 0) {
        intake->received += (int64_t)*upload_size;
        text_add_bytes(&intake->body, upload, *upload_size);
        *upload_size = 0;
        return intake->received > DRAIN_MAX ? MHD_NO : MHD_YES;
    }
    return answer(http, mhd, intake);
}

static void finish(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode how)
{
    struct http *http = cls;
    (void)how;
    reason_phrase_next(0, NULL);
    silent_forget(http->silent, mhd);
    struct intake *intake = *context;
    if (intake != NULL) {
        if (intake->answered)
            __atomic_sub_fetch(&http->in_flight, 1, __ATOMIC_RELAXED);
        intake_free(intake);
    }
    *context = NULL;
}

static void no_log(void *cls, const char *format, va_list arguments)
{
    (void)cls;
    (void)format;
    (void)arguments;
}

/* As many as there are file handles, less some for files. */
static unsigned connection_limit(void)
{
    struct rlimit handles;
    if (getrlimit(RLIMIT_NOFILE, &handles) < 0 || handles.rlim_cur < 128)
        return 64;
    return handles.rlim_cur > 65536 ? 65536 : (unsigned)handles.rlim_cur - 64;
}

static struct MHD_Daemon *start_daemon(struct http *http)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                     MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    if (http->listener.ipv6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, serve, http, MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL, MHD_OPTION_CONNECTION_LIMIT,
        connection_limit(), MHD_OPTION_LISTEN_SOCKET, http->listener.fd, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, note_target, http,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_NOTIFY_CONNECTION, note_connection, http,
        MHD_OPTION_NOTIFY_COMPLETED, finish, http, MHD_OPTION_END);
}

enum http_error http_start(const struct http_options *options, struct http **out, char *problem, size_t problem_size)
{
    struct http *http = mem_zero(1, sizeof *http);
    reason_phrase_adopt();
    enum http_error error = listener_open(options->listen, &http->listener, problem, problem_size);
    if (error != HTTP_OK) {
        free(http);
        return error;
    }
    http->options = *options;
    http->silent = silent_list_new();
    *out = http;
    http->daemon = start_daemon(http);
    if (http->daemon == NULL) {
        *out = NULL;
        snprintf(problem, problem_size, "the HTTP server cannot start: no thread or no file handle is free");
        close(http->listener.fd);
        silent_list_free(http->silent);
        free(http);
        return HTTP_FAILED;
    }
    return HTTP_OK;
}

#define DRAIN_MS 5000

/* Until every answer has left, at most DRAIN_MS. */
static void wait_for_answers(struct http *http)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    for (int ms = 0; ms < DRAIN_MS && __atomic_load_n(&http->in_flight, __ATOMIC_RELAXED) > 0; ms++)
        nanosleep(&moment, NULL);
}

void http_stop(struct http *http)
{
    if (http == NULL)
        return;
    silent_close(http->silent);
    int listening = MHD_quiesce_daemon(http->daemon); /* takes no new connection from here on */
    wait_for_answers(http);
    MHD_stop_daemon(http->daemon);
    if (listening >= 0)
        close(listening);
    silent_list_free(http->silent);
    free(http);
}

uint16_t http_port(const struct http *http)
{
    return http->listener.port;
}

const char *http_url(const struct http *http)
{
    return http->listener.url;
}

void http_release_silent(struct http *http, uint64_t session_number)
{
    silent_release(http->silent, session_number);
}
