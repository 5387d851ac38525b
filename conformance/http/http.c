/*
 * The two halves of this file meet in http_ask(): bytes (connect, send, receive, each against one deadline) and their
 * meaning (where the head ends, how long the body is). An answer is whole when its length says so, when its last chunk
 * came, or, where it says nothing of its length, when the server closes.
 */
#include "http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check/deadline.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"

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

/* All headers in their order: [[name, value]…]. */
static cJSON *all_headers(const struct url *url, const struct http_request *request)
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
    cJSON *headers = all_headers(url, request);
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
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *found = NULL;
    char port[16];
    snprintf(port, sizeof port, "%d", url->port);
    int wrong = getaddrinfo(url->host, port, &hints, &found), handle = -1;
    for (const struct addrinfo *at = wrong ? NULL : found; at != NULL && handle < 0; at = at->ai_next)
        handle = connect_to(at, deadline);
    if (handle < 0)
        out->problem =
            mem_print("%s cannot be reached: %s", url->authority, wrong ? gai_strerror(wrong) : strerror(errno));
    if (!wrong)
        freeaddrinfo(found);
    return handle;
}

/* A server may answer before it has read everything: so what cannot be sent is no problem yet. */
static void send_all(int handle, const struct text *bytes, int64_t deadline)
{
    for (size_t sent = 0; sent < bytes->length;) {
        ssize_t some = send(handle, bytes->bytes + sent, bytes->length - sent, MSG_NOSIGNAL);
        if (some > 0)
            sent += (size_t)some;
        else if ((errno != EAGAIN && errno != EINTR) || !wait_for(handle, POLLOUT, deadline))
            return;
    }
}

/* ── Meaning ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The length of the head with its empty line; 0 while it is not whole. */
static size_t head_length(const struct text *raw)
{
    const char *end = raw->length ? memmem(raw->bytes, raw->length, "\r\n\r\n", 4) : NULL;
    return end != NULL ? (size_t)(end - raw->bytes) + 4 : 0;
}

static int status_in(const char *head)
{
    int status = 0;
    bool good = strncmp(head, "HTTP/1.", 7) == 0 && head[7] && head[8] == ' ';
    for (int i = 9; good && i < 12; i++) {
        good = head[i] >= '0' && head[i] <= '9';
        status = status * 10 + (head[i] - '0');
    }
    return good ? status : 0;
}

/* Takes the head off `raw` once it is whole; interim answers (100, 103) are dropped. */
static bool take_head(struct text *raw, struct http_answer *out)
{
    while (out->head.length == 0) {
        size_t length = head_length(raw);
        if (length == 0)
            return false;
        int status = status_in(raw->bytes);
        if (status < 100 || status >= 200 || status == 101) {
            text_add_bytes(&out->head, raw->bytes, length);
            out->status = status;
        }
        text_drop(raw, length);
    }
    return true;
}

/* The hexadecimal digits that begin a line; false when there are none, or too many. */
static bool chunk_size(const char *line, int64_t *out)
{
    size_t length = strspn(line, "0123456789abcdefABCDEF");
    char *digits = mem_dup_bytes(line, length);
    bool good = number_read_hex(digits, (int64_t)HTTP_ANSWER_MAX, out);
    free(digits);
    return good;
}

/* Undoes a chunked transfer. True when its end is there, or when it is broken: then the problem is set. */
static bool take_chunks(const struct text *raw, struct http_answer *out)
{
    text_clear(&out->body);
    for (size_t at = 0; at < raw->length;) {
        const char *line = raw->bytes + at, *end = memmem(line, raw->length - at, "\r\n", 2);
        if (end == NULL)
            return false;
        int64_t size = 0;
        if (!chunk_size(line, &size)) {
            out->problem = mem_dup("a chunk of the body says no length");
            return true;
        }
        at = (size_t)(end - raw->bytes) + 2;
        if (size == 0)
            return memmem(end, raw->length - at + 2, "\r\n\r\n", 4) != NULL;
        if (raw->length - at < (size_t)size + 2)
            return false;
        text_add_bytes(&out->body, raw->bytes + at, (size_t)size);
        at += (size_t)size + 2;
    }
    return false;
}

/* The length that the head tells; -1 where it tells none. */
static int64_t told_length(const struct http_answer *answer)
{
    int64_t length = -1;
    char *text = http_header(answer, "Content-Length");
    if (text != NULL)
        number_read(text, 0, INT64_MAX, &length);
    free(text);
    return length;
}

/* Looks at what came so far; true when the answer is whole. */
static bool is_whole(struct text *raw, const char *method, bool ended, struct http_answer *out)
{
    if (!take_head(raw, out))
        return false;
    if (out->status == 204 || out->status == 304 || strcmp(method, "HEAD") == 0)
        return true;
    char *coding = http_header(out, "Transfer-Encoding");
    bool chunked = coding != NULL && ascii_equal(coding, "chunked");
    free(coding);
    if (chunked)
        return take_chunks(raw, out);
    int64_t length = told_length(out);
    if (length >= 0 ? raw->length < (size_t)length : !ended)
        return false;
    text_clear(&out->body);
    text_add_bytes(&out->body, raw->bytes, length >= 0 ? (size_t)length : raw->length);
    return true;
}

/* ── Together ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void note_end(const struct text *raw, bool timed_out, int limit_ms, struct http_answer *out)
{
    const char *what = out->head.length ? "the body broke off" : raw->length ? "the head broke off" : "no answer";
    if (out->problem != NULL)
        return;
    if (raw->overflowed)
        out->problem = mem_print("an answer of more than %zu bytes", HTTP_ANSWER_MAX);
    else if (timed_out)
        out->problem = mem_print("%s within %d ms", what, limit_ms);
    else
        out->problem =
            mem_print("%s: the server closed the connection after %zu bytes", what, out->head.length + raw->length);
}

static void receive(int handle, const char *method, int64_t deadline, int limit_ms, struct http_answer *out)
{
    struct text raw = TEXT_INIT(HTTP_ANSWER_MAX);
    bool ended = false, whole = false, timed_out = false;
    while (!whole && !ended && !raw.overflowed) {
        char chunk[16384];
        ssize_t got = recv(handle, chunk, sizeof chunk, 0);
        if (got > 0)
            text_add_bytes(&raw, chunk, (size_t)got);
        else if (got < 0 && (errno == EAGAIN || errno == EINTR))
            timed_out = !wait_for(handle, POLLIN, deadline);
        ended = got == 0 || timed_out || (got < 0 && errno != EAGAIN && errno != EINTR);
        whole = (got > 0 || ended) && is_whole(&raw, method, got == 0, out);
    }
    if (!whole)
        note_end(&raw, timed_out, limit_ms, out);
    else if (out->status == 0 && out->problem == NULL)
        out->problem = mem_dup("something that is not HTTP");
    text_release(&raw);
}

void http_ask(const struct url *url, const struct http_request *request, int limit_ms, struct http_answer *out)
{
    *out = HTTP_ANSWER_INIT;
    int64_t deadline = deadline_now() + limit_ms;
    int handle = reach(url, deadline, out);
    if (handle < 0)
        return;
    struct text bytes = TEXT_INIT(TEXT_UNBOUNDED);
    out->reached = true;
    write_request(url, request, &bytes);
    send_all(handle, &bytes, deadline);
    receive(handle, request->method, deadline, limit_ms, out);
    close(handle);
    text_release(&bytes);
}

void http_answer_release(struct http_answer *answer)
{
    text_release(&answer->head);
    text_release(&answer->body);
    free(answer->problem);
    *answer = (struct http_answer){0};
}

/* ── Looking at an answer ────────────────────────────────────────────────────────────────────────────────────────── */

/* The next header line at or after *at: its name and value as they stand; *at moves behind it. */
static bool next_header(const char **at, struct text *name, struct text *value)
{
    const char *line = strstr(*at, "\r\n");
    if (line == NULL || line[2] == '\r' || line[2] == '\0')
        return false;
    line += 2;
    size_t length = strcspn(line, "\r"), colon = strcspn(line, ":\r"), start = colon + (line[colon] == ':');
    while (start < length && (line[start] == ' ' || line[start] == '\t'))
        start++;
    size_t end = length;
    while (end > start && (line[end - 1] == ' ' || line[end - 1] == '\t'))
        end--;
    text_clear(name);
    text_clear(value);
    text_add_bytes(name, line, colon);
    text_add_bytes(value, line + start, end - start);
    *at = line + length;
    return true;
}

char *http_phrase(const struct http_answer *answer)
{
    const char *code = strchr(text_cstr(&answer->head), ' ');
    const char *words = code != NULL ? strchr(code + 1, ' ') : NULL;
    return words != NULL ? mem_print("%.*s", (int)strcspn(words + 1, "\r\n"), words + 1) : mem_dup("");
}

char *http_header(const struct http_answer *answer, const char *name)
{
    struct text all = TEXT_INIT(TEXT_UNBOUNDED), line = TEXT_INIT(TEXT_UNBOUNDED), value = TEXT_INIT(TEXT_UNBOUNDED);
    bool found = false;
    for (const char *at = text_cstr(&answer->head); next_header(&at, &line, &value);) {
        if (!ascii_equal(text_cstr(&line), name))
            continue;
        text_print(&all, "%s%s", found ? ", " : "", text_cstr(&value));
        found = true;
    }
    text_release(&line);
    text_release(&value);
    char *text = text_take(&all);
    if (found)
        return text;
    free(text);
    return NULL;
}

static cJSON *response_of(const struct http_answer *answer)
{
    struct text name = TEXT_INIT(TEXT_UNBOUNDED), value = TEXT_INIT(TEXT_UNBOUNDED);
    cJSON *response = cJSON_CreateObject();
    json_set_integer(response, "status", answer->status);
    cJSON *headers = cJSON_AddArrayToObject(response, "headers");
    for (const char *at = text_cstr(&answer->head); next_header(&at, &name, &value);)
        add_header(headers, text_cstr(&name), text_cstr(&value));
    json_set_string(response, "body", text_cstr(&answer->body));
    text_release(&name);
    text_release(&value);
    return response;
}

cJSON *http_entry(const struct url *url, const struct http_request *request, const struct http_answer *answer)
{
    cJSON *entry = cJSON_CreateObject(), *sent = cJSON_AddObjectToObject(entry, "request");
    json_set_string(sent, "method", request->method);
    json_set_string(sent, "target", request->target);
    json_set_string(sent, "version", "HTTP/1.1");
    json_set(sent, "headers", all_headers(url, request));
    json_set_string(sent, "body", request->body != NULL ? request->body : "");
    json_set(entry, "response", answer->head.length ? response_of(answer) : NULL);
    return entry;
}
