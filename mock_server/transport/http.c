/*
 * libmicrohttpd accepts, waits, times out, and moves bytes; what they mean is read and written here. It reads through
 * stream_recv(), which gives it plain heads (transport/inlet.h), and calls back several times for one request: once for
 * its head, once for each piece of the body, once at its end, and (with silence in between) once more when a suspended
 * connection is let go. Then the answer leaves through stream_send() (transport/outlet.h).
 */
#include "transport/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/instant.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/exchange.h"
#include "transport/connection.h"
#include "transport/linger.h"
#include "transport/listeners.h"
#include "transport/sending.h"
#include "transport/stale.h"
#include "transport/waiting.h"

#define IDLE_SECONDS 60U
/* Holds a plain head and a piece of a body (transport/inlet.h); the library clears it all between two requests. */
#define CONNECTION_MEMORY ((size_t)8 * 1024)

struct http {
    struct MHD_Daemon *daemon;
    struct certificates certificates;
    struct listener api, tls, control; /* as they were opened; the ports themselves are in `listeners` */
    struct http_options options;
    struct port *api_port, *tls_port;
    uint64_t ports;    /* that were ever opened */
    uint64_t handling; /* the connection whose request is being handled */
    struct loop *loop;
    struct listeners *listeners;
    struct waiting_list *waiting;
    struct stale_list *stale;
    struct linger_list *linger;
    struct connection_log log;
    struct connection_table table; /* the library's thread alone */
    int in_flight;                 /* answers that have not left whole */
    bool draining;
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

static void tell_end(struct http *http, const struct intake *intake)
{
    if (http->options.ended != NULL)
        http->options.ended(http->options.context, intake->x);
}

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
    tell_end(http, intake);
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

static void tell_people(const struct http *http, const char *sentence)
{
    if (http->options.note != NULL)
        http->options.note(http->options.context, sentence);
}

/* A client that refuses the certificate sends nothing that the journal could show. */
static void note_tls(struct http *http, const struct connection *connection)
{
    const char *name = tls_server_name(connection->tls);
    char *sentence =
        mem_print("a client that wanted %s: %s", name == NULL ? "no name" : name, tls_problem(connection->tls));
    tell_people(http, sentence);
    free(sentence);
}

static void end_connection(struct http *http, struct connection *connection)
{
    enum connection_end end = end_of_connection(connection);
    bool lingers = !connection->failed && inlet_is_cut_short(&connection->inlet);
    for (struct intake *rest = inlet_rest(&connection->inlet); rest != NULL; rest = inlet_rest(&connection->inlet)) {
        rest->x->request.connection = connection->record.number;
        give_up(http, connection, rest, end);
    }
    if (connection->tls != NULL && tls_problem(connection->tls) != NULL && !http->options.expects_refusals)
        note_tls(http, connection);
    if (lingers)
        linger_add(http->linger, connection->fd);
    stale_cancel(http->stale, &connection->stale);
    connection_close(&http->table, connection, end);
}

static void note_connection(void *cls, struct MHD_Connection *mhd, void **context,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http *http = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = socket_of(mhd);
        const struct certificates *certificates = http->options.credentials == NULL ? NULL : &http->certificates;
        *context = connection_open(&http->table, fd, listeners_origin(http->listeners, fd), certificates,
                                   http->options.body_limit);
    } else if (*context != NULL) {
        end_connection(http, *context);
        *context = NULL;
    }
}

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct resetting {
    const struct port *port;
    uint64_t spared; /* the connection whose request is being handled */
};

static void reset_one(void *context, const struct connection_record *record)
{
    const struct resetting *resetting = context;
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (record->number != resetting->spared && record->port == resetting->port)
        (void)connect(record->fd, &nowhere, sizeof nowhere);
}

static void refuse_at(struct http *http, struct port *port, int64_t us)
{
    struct resetting resetting = {port, __atomic_load_n(&http->handling, __ATOMIC_RELAXED)};
    listeners_refuse(http->listeners, port, us);
    connection_log_each(&http->log, reset_one, &resetting);
}

/* NULL: the server's own. Who is refused without TLS is refused with it, too. */
static void refuse_for(struct http *http, struct port *port, int64_t us)
{
    bool is_own = port == NULL || port == http->api_port || port == http->tls_port;
    refuse_at(http, is_own ? http->api_port : port, us);
    if (is_own && http->tls_port != NULL)
        refuse_at(http, http->tls_port, us);
}

/* A server that stops handles nothing new: what it handles is answered. */
static bool is_draining(struct http *http)
{
    return __atomic_load_n(&http->draining, __ATOMIC_SEQ_CST);
}

static enum MHD_Result answer(struct http *http, struct MHD_Connection *mhd, struct intake *intake)
{
    struct connection *connection = connection_of(mhd);
    __atomic_add_fetch(&http->in_flight, 1, __ATOMIC_SEQ_CST);
    if (is_draining(http)) {
        __atomic_sub_fetch(&http->in_flight, 1, __ATOMIC_SEQ_CST);
        return MHD_NO;
    }
    intake->answered = true;
    take_body(intake);
    intake->x->request.closes = intake->head.closes;
    connection_count(&connection->record.requests, 1);
    __atomic_store_n(&http->handling, connection->record.number, __ATOMIC_RELAXED);
    handle(http, connection, intake->x);
    if (intake->x->reply.wire.refuse_us > 0)
        refuse_for(http, connection->port, intake->x->reply.wire.refuse_us);
    return sending_begin(http->waiting, mhd, connection, intake);
}

/* ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the library gets behind the real size stands for the rest of a body that broke off. */
static void take_piece(struct intake *intake, const char *bytes, size_t size)
{
    uint64_t left = (uint64_t)(intake->real_size - intake->received);
    size_t real = left < size ? (size_t)left : size;
    intake->received += (int64_t)real;
    text_add_bytes(&intake->body, bytes, real);
}

#define READ_STEPS 20 /* a second */

/* As much as a slow reader takes, and no more before its time. How much it took. */
static size_t take_some(struct http *http, struct MHD_Connection *mhd, struct intake *intake, const char *bytes,
                        size_t size)
{
    int64_t rate = intake->read_rate;
    if (rate > 0) {
        size_t step = rate < READ_STEPS ? 1 : (size_t)(rate / READ_STEPS);
        size = step < size ? step : size;
    }
    take_piece(intake, bytes, size);
    if (rate > 0)
        (void)waiting_keep(http->waiting, &(struct waiting_spec){.mhd = mhd,
                                                                 .fd = socket_of(mhd),
                                                                 .due_us = instant_monotonic() +
                                                                           (int64_t)size * INSTANT_SECOND_US / rate,
                                                                 .why = &intake->why});
    return size;
}

/* The system would take in much of a body before its reader does. */
static void read_slowly(struct http *http, struct connection *connection, struct intake *intake)
{
    int least = 0;
    if (http->options.read_rate == NULL || intake->x->request.unread != NULL)
        return;
    intake->read_rate = http->options.read_rate(http->options.context, intake->x);
    if (intake->read_rate > 0)
        (void)setsockopt(connection->fd, SOL_SOCKET, SO_RCVBUF, &least, sizeof least);
}

/* By which port it came: a copy, since the journal may outlive the port. */
static void name_port(struct exchange *x, const struct port *port)
{
    if (port == NULL || (port->id == NULL && port->kind == LISTENER_API))
        return;
    x->request.listener = port->kind;
    x->request.listener_id = arena_dup(x->arena, port->id);
    x->request.listener_session = arena_dup(x->arena, port->session);
}

static struct intake *begin(struct http *http, struct MHD_Connection *mhd)
{
    struct connection *connection = connection_of(mhd);
    struct intake *intake = inlet_next(&connection->inlet);
    if (intake == NULL)
        return NULL;
    stale_cancel(http->stale, &connection->stale);
    intake->x->request.connection = connection->record.number;
    intake->x->request.is_tls = connection->tls != NULL;
    name_port(intake->x, connection->port);
    read_slowly(http, connection, intake);
    if (intake->head.bare_lines)
        exchange_note(intake->x, "RFC 9112 section 2.2: a line of the head ends with LF alone");
    return intake;
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
        *context = begin(http, mhd);
        return *context == NULL ? MHD_NO : MHD_YES;
    }
    if (intake->answered)
        return MHD_NO;
    if (*upload_size > 0) {
        *upload_size -= take_some(http, mhd, intake, upload, *upload_size);
        return MHD_YES;
    }
    return answer(http, mhd, intake);
}

/* After the answer to a CONNECT; what came with it already is no TLS handshake that could be told from a request. */
static void enter_tunnel(struct connection *connection, const struct exchange *x)
{
    if (x->reply.tunnel && !connection_enter_tunnel(connection, x->request.authority))
        (void)shutdown(connection->fd, SHUT_RDWR);
}

static void go_stale(struct http *http, struct connection *connection, const struct wire *wire)
{
    if (wire->goes_stale && wire->idle_us > 0)
        stale_begin(http->stale, &connection->stale, connection->fd, wire->idle_us);
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
    if (intake == NULL)
        return;
    if (connection != NULL) {
        connection->end = end_of(how);
        inlet_forget(&connection->inlet, intake);
        connection->cut = outlet_is_cut(&connection->outlet);
        outlet_end(&connection->outlet);
    }
    if (!intake->answered) {
        give_up(http, connection, intake, end_of(how));
        return;
    }
    __atomic_sub_fetch(&http->in_flight, 1, __ATOMIC_SEQ_CST);
    tell_end(http, intake);
    if (connection != NULL && how == MHD_REQUEST_TERMINATED_COMPLETED_OK) {
        enter_tunnel(connection, intake->x);
        go_stale(http, connection, &intake->x->reply.wire);
    }
    intake_free(intake);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void no_log(void *cls, const char *format, va_list arguments)
{
    (void)cls;
    (void)format;
    (void)arguments;
}

#define HANDLES_FOR_FILES   32
#define HANDLES_FOR_CONTROL 32 /* connections that are none of those that wait */

/* As many as there are file handles, less some for files. */
static size_t connection_limit(void)
{
    struct rlimit handles;
    if (getrlimit(RLIMIT_NOFILE, &handles) < 0 || handles.rlim_cur < 4 * (HANDLES_FOR_FILES + HANDLES_FOR_CONTROL))
        return 2 * HANDLES_FOR_CONTROL;
    return handles.rlim_cur > 65536 ? 65536 : (size_t)handles.rlim_cur - HANDLES_FOR_FILES;
}

/* It listens to nothing: its connections come from the ports. */
static struct MHD_Daemon *start_daemon(struct http *http)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                     MHD_USE_SUPPRESS_DATE_NO_CLOCK | MHD_USE_NO_LISTEN_SOCKET;
    return MHD_start_daemon(flags, 0, NULL, NULL, serve, http, MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)connection_limit() + HANDLES_FOR_CONTROL,
                            MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            CONNECTION_MEMORY, MHD_OPTION_NOTIFY_CONNECTION, note_connection, http,
                            MHD_OPTION_NOTIFY_COMPLETED, finish, http, MHD_OPTION_END);
}

/* The loop watches the ports, so they are shut while it is there, and freed when its thread has ended. */
static void release(struct http *http)
{
    if (http->listeners != NULL)
        listeners_stop(http->listeners);
    if (http->loop != NULL)
        loop_free(http->loop);
    listeners_free(http->listeners);
    waiting_list_free(http->waiting);
    stale_list_free(http->stale);
    linger_list_free(http->linger);
    connection_table_release(&http->table);
    connection_log_release(&http->log);
    free(http);
}

static int64_t accept_delay(void *context, const char *session)
{
    const struct http *http = context;
    return http->options.accept_delay == NULL ? 0 : http->options.accept_delay(http->options.context, session);
}

static void note(void *context, const char *text)
{
    tell_people(context, text);
}

struct problem {
    enum http_error error;
    char *text;
    size_t size;
};

#define NO_RESOURCES "the HTTP server cannot start: no thread or no file handle is free"

/* NULL: `problem` says why. */
static struct port *open_port(struct http *http, const char *address, enum listener_kind kind, struct listener *out,
                              struct problem *problem)
{
    problem->error = listener_open(address, out == &http->tls ? TLS_GOOD : TLS_NONE, out, problem->text, problem->size);
    return problem->error == HTTP_OK ? listeners_add(http->listeners, out, kind, NULL, NULL) : NULL;
}

static enum http_error open_ports(struct http *http, char *text, size_t size)
{
    const struct http_options *options = &http->options;
    struct problem problem = {HTTP_OK, text, size};
    http->api_port = open_port(http, options->listen, LISTENER_API, &http->api, &problem);
    if (problem.error == HTTP_OK && options->tls_listen != NULL)
        http->tls_port = open_port(http, options->tls_listen, LISTENER_API, &http->tls, &problem);
    if (problem.error == HTTP_OK && options->control_listen != NULL)
        (void)open_port(http, options->control_listen, LISTENER_CONTROL, &http->control, &problem);
    return problem.error;
}

/* False: no thread or no file handle is free. */
static bool make_parts(struct http *http)
{
    size_t limit = connection_limit();
    connection_log_init(&http->log);
    http->table.log = &http->log;
    http->loop = loop_new();
    struct listeners_options listeners = {
        .loop = http->loop, .limit = limit, .accept_delay = accept_delay, .note = note, .context = http};
    http->listeners = listeners_new(&listeners);
    http->waiting = waiting_list_new(http->loop, limit - HANDLES_FOR_CONTROL);
    http->stale = stale_list_new(http->loop);
    http->linger = linger_list_new(http->loop);
    http->table.loop = http->loop;
    return http->loop != NULL;
}

static enum http_error fail(struct http *http, enum http_error error)
{
    release(http);
    return error;
}

enum http_error http_start(const struct http_options *options, struct http **out, char *problem, size_t problem_size)
{
    struct http *http = mem_zero(1, sizeof *http);
    http->options = *options;
    http->certificates = (struct certificates){options->credentials, options->context};
    if (!make_parts(http)) {
        snprintf(problem, problem_size, NO_RESOURCES);
        return fail(http, HTTP_FAILED);
    }
    enum http_error error = open_ports(http, problem, problem_size);
    if (error != HTTP_OK)
        return fail(http, error);
    *out = http;
    http->daemon = start_daemon(http);
    if (http->daemon == NULL) {
        *out = NULL;
        snprintf(problem, problem_size, NO_RESOURCES);
        return fail(http, HTTP_FAILED);
    }
    listeners_start(http->listeners, http->daemon);
    return HTTP_OK;
}

#define DRAIN_MS 5000

/* Until every answer has left, at most DRAIN_MS. */
static void wait_for_answers(struct http *http)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    for (int ms = 0; ms < DRAIN_MS && __atomic_load_n(&http->in_flight, __ATOMIC_SEQ_CST) > 0; ms++)
        nanosleep(&moment, NULL);
}

/* First nothing new is handled, then what waits is hurried: after that only answers are left that are on their way. */
void http_stop(struct http *http)
{
    if (http == NULL)
        return;
    listeners_stop(http->listeners);
    __atomic_store_n(&http->draining, true, __ATOMIC_SEQ_CST);
    waiting_close(http->waiting);
    wait_for_answers(http);
    MHD_stop_daemon(http->daemon);
    release(http);
}

uint16_t http_port(const struct http *http)
{
    return http->api.port;
}

const char *http_url(const struct http *http)
{
    return http->api.url;
}

const char *http_tls_url(const struct http *http)
{
    return http->options.tls_listen == NULL ? NULL : http->tls.url;
}

const char *http_control_url(const struct http *http)
{
    return http->options.control_listen == NULL ? http->api.url : http->control.url;
}

void http_refuse(struct http *http, int64_t for_us)
{
    refuse_for(http, NULL, for_us);
}

enum http_error http_open_port(struct http *http, const struct http_port *port, char *url, size_t url_size,
                               char *problem, size_t problem_size)
{
    struct listener own;
    char address[sizeof own.url];
    const char *host = http->api.url + strlen("http://");
    if (port->tls != TLS_NONE && http->options.credentials == NULL) {
        snprintf(problem, problem_size, "this server speaks no TLS; start it with --tls-listen");
        return HTTP_NO_TLS;
    }
    snprintf(address, sizeof address, "%.*s:0", (int)(strrchr(host, ':') - host), host);
    if (listeners_count(http->listeners) >= HTTP_PORTS_MAX) {
        snprintf(problem, problem_size, "there are %d ports already", HTTP_PORTS_MAX);
        return HTTP_FAILED;
    }
    if (listener_open(address, port->tls, &own, problem, problem_size) != HTTP_OK)
        return HTTP_FAILED;
    (void)listeners_add(http->listeners, &own, port->kind, port->id, port->session);
    snprintf(url, url_size, "%s", own.url);
    return HTTP_OK;
}

uint64_t http_next_port(struct http *http)
{
    return __atomic_add_fetch(&http->ports, 1, __ATOMIC_RELAXED);
}

bool http_close_port(struct http *http, const char *id, const char *session)
{
    return listeners_remove(http->listeners, id, session);
}

void http_close_ports(struct http *http, const char *session)
{
    (void)listeners_remove(http->listeners, NULL, session);
}

struct each_port {
    const char *session;
    void (*call)(void *context, const struct http_port *port);
    void *context;
};

static void tell_port(void *context, const struct port *port)
{
    const struct each_port *each = context;
    if (port->id == NULL || strcmp(port->session, each->session) != 0)
        return;
    each->call(each->context,
               &(struct http_port){port->id, port->session, port->kind, port->socket.tls, port->socket.url});
}

void http_each_port(struct http *http, const char *session, void (*call)(void *context, const struct http_port *port),
                    void *context)
{
    struct each_port each = {session, call, context};
    listeners_each(http->listeners, tell_port, &each);
}

void http_release_silent(struct http *http, uint64_t session_number)
{
    waiting_release(http->waiting, session_number);
}

struct connection_page http_connections(struct http *http, uint64_t since)
{
    return connection_log_read(&http->log, since);
}

size_t http_waiting(struct http *http)
{
    return waiting_count(http->waiting);
}
