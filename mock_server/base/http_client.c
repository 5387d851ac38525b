/* Connect, send and receive, each against one deadline; what the bytes mean is http_answer.c's. */
#include "base/http_client.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/deadline.h"
#include "base/memory.h"
#include "base/resolve.h"

/* ── The request ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_header(const cJSON *headers, const char *name)
{
    const cJSON *header = NULL;
    cJSON_ArrayForEach (header, headers)
        if (ascii_equal(header->string, name))
            return true;
    return false;
}

static void add_header(cJSON *list, const char *name, const char *value)
{
    cJSON *pair = cJSON_CreateArray();
    json_push_string(pair, name);
    json_push_string(pair, value);
    cJSON_AddItemToArray(list, pair);
}

cJSON *http_request_headers(const struct url *url, const struct http_request *request)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *header = NULL;
    if (!has_header(request->headers, "Connection"))
        add_header(list, "Connection", "close");
    if (!has_header(request->headers, "Host"))
        add_header(list, "Host", url->authority);
    cJSON_ArrayForEach (header, request->headers)
        add_header(list, header->string, cJSON_IsString(header) ? header->valuestring : "");
    if (request->session != NULL)
        add_header(list, "X-Mock-Session", request->session);
    if (request->body != NULL && !has_header(request->headers, "Content-Length")) {
        char *length = mem_print("%zu", strlen(request->body));
        add_header(list, "Content-Length", length);
        free(length);
    }
    return list;
}

static void write_request(const struct url *url, const struct http_request *request, struct text *out)
{
    cJSON *headers = http_request_headers(url, request);
    const cJSON *pair = NULL;
    text_print(out, "%s %s HTTP/1.1\r\n", request->method, request->target);
    cJSON_ArrayForEach (pair, headers)
        text_print(out, "%s: %s\r\n", pair->child->valuestring, pair->child->next->valuestring);
    text_print(out, "\r\n%s", request->body != NULL ? request->body : "");
    cJSON_Delete(headers);
}

/* ── Bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool wait_for(int handle, short events, int64_t deadline)
{
    struct pollfd poll_for = {.fd = handle, .events = events};
    int ready = 0;
    do
        ready = poll(&poll_for, 1, deadline_left(deadline));
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

/* A connected, non-blocking socket; -1 with errno. */
static int connect_to(const struct addrinfo *address, int64_t deadline)
{
    int handle = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), problem = ETIMEDOUT;
    if (handle < 0)
        return -1;
    socklen_t size = sizeof problem;
    if (connect(handle, address->ai_addr, address->ai_addrlen) == 0)
        problem = 0;
    else if (errno != EINPROGRESS)
        problem = errno;
    else if (wait_for(handle, POLLOUT, deadline))
        getsockopt(handle, SOL_SOCKET, SO_ERROR, &problem, &size);
    if (problem == 0)
        return handle;
    close(handle);
    errno = problem;
    return -1;
}

/* The first of the host's addresses that takes the connection; -1 with the problem set. */
static int reach(const struct url *url, int64_t deadline, struct http_answer *out)
{
    struct addrinfo *found = NULL;
    char *why = NULL;
    int handle = -1;
    if (!resolve(url->host, url->port, deadline, &found, &why)) {
        out->problem = mem_print("%s cannot be reached: %s", url->authority, why);
        free(why);
        return -1;
    }
    for (const struct addrinfo *at = found; at != NULL && handle < 0; at = at->ai_next)
        handle = connect_to(at, deadline);
    if (handle < 0)
        out->problem = mem_print("%s cannot be reached: %s", url->authority, strerror(errno));
    freeaddrinfo(found);
    return handle;
}

/* A server may answer before it has read everything: so what cannot be sent is no problem yet. */
static void send_all(const struct http_line *line, const struct text *bytes, int64_t deadline)
{
    for (size_t sent = 0; sent < bytes->length;) {
        ssize_t some = line->send(line->context, bytes->bytes + sent, bytes->length - sent);
        if (some > 0)
            sent += (size_t)some;
        else if ((errno != EAGAIN && errno != EINTR) || !wait_for(line->handle, POLLOUT, deadline))
            return;
    }
}

/* ── Together ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void note_end(const struct http_reading *reading, bool timed_out, int limit_ms)
{
    struct http_answer *answer = reading->answer;
    const char *what = answer->head.length > 0 ? "the body broke off"
                       : reading->bytes > 0    ? "the head broke off"
                                               : "no answer";
    if (timed_out)
        answer->problem = mem_print("%s within %d ms", what, limit_ms);
    else
        answer->problem = mem_print("%s: the server closed the connection after %zu bytes", what, reading->bytes);
}

/* Waits for more; false when the time is over. A server that never pauses does not get more of it. */
static bool more_comes(const struct http_line *line, int64_t deadline)
{
    return deadline_left(deadline) > 0 && wait_for(line->handle, POLLIN, deadline);
}

/* It is asked before it is waited for: a line may hold bytes that its socket does not show any more. */
static void receive(const struct http_line *line, struct http_reading *reading, int64_t deadline, int limit_ms)
{
    bool ended = false, whole = false, timed_out = false;
    while (!whole && !ended && !timed_out) {
        char chunk[16384];
        ssize_t got = line->receive(line->context, chunk, sizeof chunk);
        if (got > 0) {
            whole = http_reading_take(reading, chunk, (size_t)got);
            timed_out = !whole && deadline_left(deadline) <= 0;
        } else if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
            timed_out = !more_comes(line, deadline);
        } else {
            ended = true;
            whole = got == 0 && http_reading_end(reading);
        }
    }
    if (!whole)
        note_end(reading, timed_out, limit_ms);
}

void http_ask_over(const struct http_line *line, const struct url *url, const struct http_request *request,
                   int64_t deadline, int limit_ms, struct http_answer *out)
{
    struct text bytes = TEXT_INIT(TEXT_UNBOUNDED);
    struct http_reading reading = {.answer = out, .has_body = strcmp(request->method, "HEAD") != 0};
    out->reached = true;
    write_request(url, request, &bytes);
    send_all(line, &bytes, deadline);
    receive(line, &reading, deadline, limit_ms);
    text_release(&bytes);
    http_reading_release(&reading);
}

static ssize_t send_plain(void *context, const void *bytes, size_t size)
{
    const int *handle = context;
    return send(*handle, bytes, size, MSG_NOSIGNAL);
}

static ssize_t receive_plain(void *context, void *bytes, size_t size)
{
    const int *handle = context;
    return recv(*handle, bytes, size, 0);
}

void http_ask(const struct url *url, const struct http_request *request, int limit_ms, struct http_answer *out)
{
    *out = HTTP_ANSWER_INIT;
    int64_t deadline = deadline_now() + limit_ms;
    int handle = reach(url, deadline, out);
    if (handle < 0)
        return;
    const struct http_line line = {send_plain, receive_plain, &handle, handle};
    http_ask_over(&line, url, request, deadline, limit_ms, out);
    close(handle);
}
