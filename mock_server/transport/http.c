/*
 * libmicrohttpd accepts, waits, times out, and moves bytes; what they mean is read and written here. It reads through
 * stream_recv(), which gives it plain heads (transport/inlet.h), and calls back several times for one request: once for
 * its head, once for each piece of the body, once at its end, and (with silence in between) once more when a suspended
 * connection is let go. Then the answer leaves through stream_send() (transport/outlet.h).
 */
#include "transport/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/ascii.h"
#include "base/text.h"
#include "model/exchange.h"
#include "transport/answer.h"
#include "transport/connection.h"
#include "transport/linger.h"
#include "transport/listen.h"
#include "transport/silence.h"

#define IDLE_SECONDS 60U
/* Holds a plain head and a piece of a body (transport/inlet.h); the library clears it all between two requests. */
#define CONNECTION_MEMORY ((size_t)8 * 1024)

struct http {
    struct MHD_Daemon *daemon;
    struct listener listener;
    struct http_options options;
    struct silent_list *silent;
    struct linger_list *linger;
    struct connection_log log;
    struct connection_table table; /* the library's thread alone */
    int in_flight;                 /* answers that have not left whole */
};

/* ── A connection ──────────────────────────────────────────────────────────────────────────────────────────────── */

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static int socket_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
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
    bytes[request->body_length] = '\0';
    arena_adopt(intake->x->arena, bytes, room);
    request->body = bytes;
}

static void handle(struct http *http, struct connection *connection, struct exchange *x)
{
    if (connection != NULL && x->request.unread != NULL)
        x->request.session_before = arena_dup(x->arena, connection->session);
    http->options.handle(http->options.context, x);
    if (connection != NULL)
        connection_remember(connection, x->session_named);
}

static const char *const endings[] = {[CONNECTION_CLOSED] = "the connection was closed before its turn",
                                      [CONNECTION_BROKEN] = "the client left",
                                      [CONNECTION_TIMED_OUT] = "nothing came for 60 seconds"};

/* What came and will not be answered is told all the same. */
static void give_up(struct http *http, struct connection *connection, struct intake *intake, enum connection_end end)
{
    struct request *request = &intake->x->request;
    struct unread *unread = arena_alloc(intake->x->arena, sizeof *unread);
    if (request->unread != NULL)
        *unread = *request->unread;
    else if (intake->whole)
        *unread = (struct unread){
            .kind = UNREAD_UNSERVED,
            .bytes = "",
            .why = {"RFC 9112 section 9.3.2: the connection ended before its turn", NULL, NULL, endings[end]}};
    else
        *unread =
            (struct unread){.kind = UNREAD_INCOMPLETE,
                            .bytes = "",
                            .why = {"RFC 9112 section 8: the request broke off", NULL, "all of it", endings[end]}};
    unread->status = 0;
    request->unread = unread;
    take_body(intake);
    handle(http, connection, intake->x);
    intake_free(intake);
}

/* How a connection ended that the library has closed. */
static enum connection_end end_of_connection(const struct connection *connection)
{
    if (connection->failed)
        return CONNECTION_BROKEN;
    if (connection->end != CONNECTION_OPEN)
        return connection->end;
    return inlet_waits(&connection->inlet) ? CONNECTION_TIMED_OUT : CONNECTION_CLOSED;
}

static void end_connection(struct http *http, struct connection *connection)
{
    enum connection_end end = end_of_connection(connection);
    bool lingers = !connection->failed && inlet_is_cut_short(&connection->inlet);
    for (struct intake *rest = inlet_rest(&connection->inlet); rest != NULL; rest = inlet_rest(&connection->inlet)) {
        rest->x->request.connection = connection->record.number;
        give_up(http, connection, rest, end);
    }
    if (lingers)
        linger_add(http->linger, connection->fd);
    connection_close(&http->table, connection, end);
}

static void note_connection(void *cls, struct MHD_Connection *mhd, void **context,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http *http = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = connection_open(&http->table, socket_of(mhd), http->options.body_limit);
        silent_sweep(http->silent);
    } else if (*context != NULL) {
        end_connection(http, *context);
        *context = NULL;
    }
}

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Connecting a socket to nowhere drops its connection: Linux sends RST, where a close would send FIN. */
static void reset_connection(int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (fd >= 0)
        (void)connect(fd, &nowhere, sizeof nowhere);
}

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
    return intake->head.closes || says_close(reply) || wire_ends(&reply->wire);
}

static enum MHD_Result queue(struct MHD_Connection *mhd, struct connection *connection, struct intake *intake)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    answer_write(intake->x, &out);
    size_t size = out.length;
    struct MHD_Response *response = MHD_create_response_from_buffer(size, text_take(&out), MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        return MHD_NO;
    if (ends_connection(intake))
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    outlet_begin(&connection->outlet, intake->x, size);
    enum MHD_Result result = MHD_queue_response(mhd, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_reply(struct http *http, struct MHD_Connection *mhd, struct intake *intake)
{
    struct connection *connection = connection_of(mhd);
    const struct wire *wire = &intake->x->reply.wire;
    if (!wire->nothing)
        return queue(mhd, connection, intake);
    if (wire->end == WIRE_END_SILENCE)
        return silent_keep(http->silent, mhd, intake->x->session_number);
    if (wire->end == WIRE_END_RESET)
        reset_connection(connection->fd);
    return MHD_NO;
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *mhd, struct intake *intake)
{
    struct connection *connection = connection_of(mhd);
    intake->answered = true;
    __atomic_add_fetch(&http->in_flight, 1, __ATOMIC_RELAXED);
    take_body(intake);
    intake->x->request.closes = intake->head.closes;
    connection_count(&connection->record.requests, 1);
    handle(http, connection, intake->x);
    return send_reply(http, mhd, intake);
}

/* ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct intake *begin(struct MHD_Connection *mhd)
{
    struct connection *connection = connection_of(mhd);
    struct intake *intake = inlet_next(&connection->inlet);
    if (intake == NULL)
        return NULL;
    intake->x->request.connection = connection->record.number;
    if (intake->head.bare_lines)
        exchange_note(intake->x, "RFC 9112 section 2.2: a line of the head ends with LF alone");
    return intake;
}

/* What the library gets behind the real size stands for the rest of a body that broke off. */
static void take_piece(struct intake *intake, const char *bytes, size_t size)
{
    uint64_t left = (uint64_t)(intake->real_size - intake->received);
    size_t real = left < size ? (size_t)left : size;
    intake->received += (int64_t)real;
    text_add_bytes(&intake->body, bytes, real);
}

static enum MHD_Result serve(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                             const char *version, const char *upload, size_t *upload_size, void **context)
{
    struct http *http = cls;
    struct intake *intake = *context;
    (void)url;
    (void)method;
    (void)version;
    if (intake == NULL) {
        *context = begin(mhd);
        return *context == NULL ? MHD_NO : MHD_YES;
    }
    if (intake->answered)
        return MHD_NO; /* silence is over: close */
    if (*upload_size > 0) {
        take_piece(intake, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return answer(http, mhd, intake);
}

static enum connection_end end_of(enum MHD_RequestTerminationCode how)
{
    if (how == MHD_REQUEST_TERMINATED_COMPLETED_OK)
        return CONNECTION_OPEN;
    if (how == MHD_REQUEST_TERMINATED_TIMEOUT_REACHED)
        return CONNECTION_TIMED_OUT;
    if (how == MHD_REQUEST_TERMINATED_READ_ERROR || how == MHD_REQUEST_TERMINATED_CLIENT_ABORT)
        return CONNECTION_BROKEN;
    return CONNECTION_CLOSED;
}

static void finish(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode how)
{
    struct http *http = cls;
    struct connection *connection = connection_of(mhd);
    struct intake *intake = *context;
    *context = NULL;
    silent_forget(http->silent, mhd);
    if (intake == NULL)
        return;
    if (connection != NULL) {
        connection->end = end_of(how);
        inlet_forget(&connection->inlet, intake);
        outlet_end(&connection->outlet);
    }
    if (!intake->answered) {
        give_up(http, connection, intake, end_of(how));
        return;
    }
    __atomic_sub_fetch(&http->in_flight, 1, __ATOMIC_RELAXED);
    intake_free(intake);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

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
    return MHD_start_daemon(flags, 0, NULL, NULL, serve, http, MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL,
                            MHD_OPTION_CONNECTION_LIMIT, connection_limit(), MHD_OPTION_LISTEN_SOCKET,
                            http->listener.fd, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_NOTIFY_CONNECTION,
                            note_connection, http, MHD_OPTION_NOTIFY_COMPLETED, finish, http, MHD_OPTION_END);
}

static void release(struct http *http)
{
    silent_list_free(http->silent);
    linger_list_free(http->linger);
    connection_table_release(&http->table);
    connection_log_release(&http->log);
    free(http);
}

enum http_error http_start(const struct http_options *options, struct http **out, char *problem, size_t problem_size)
{
    struct http *http = mem_zero(1, sizeof *http);
    enum http_error error = listener_open(options->listen, &http->listener, problem, problem_size);
    if (error != HTTP_OK) {
        free(http);
        return error;
    }
    http->options = *options;
    http->silent = silent_list_new();
    http->linger = linger_list_new();
    connection_log_init(&http->log);
    http->table.log = &http->log;
    *out = http;
    http->daemon = start_daemon(http);
    if (http->daemon == NULL) {
        *out = NULL;
        snprintf(problem, problem_size, "the HTTP server cannot start: no thread or no file handle is free");
        close(http->listener.fd);
        release(http);
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
    release(http);
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

struct connection_page http_connections(struct http *http, uint64_t since)
{
    return connection_log_read(&http->log, since);
}
