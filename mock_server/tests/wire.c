/*
 * transport/: what a client may send byte by byte, by RFC 9110 and RFC 9112, and what it gets and leaves behind when it
 * does not. Expected statuses and rules are those of the RFCs, and of nginx where these leave a choice.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/suites.h"
#include "transport/head.h"

#define ID     "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define CANCEL "/api/integrations/orders/cancel/" ID
#define LINE   "PUT " CANCEL " HTTP/1.1\r\n"
#define KEY    "Access-Token: your-access-token\r\n"
#define JSON   "Content-Type: application/json\r\n"
#define BODY   "{\"reason_id\":3}" /* 15 bytes */
#define HOST   "Host: x\r\n"

/* ── What no server in front of a vendor takes ─────────────────────────────────────────────────────────────────── */

struct malformed {
    const char *name;
    const char *bytes;
    size_t size; /* 0: strlen */
    int status;
    const char *rule; /* the reason of the journal entry begins with it */
};

#define WITH_NUL(text) text, sizeof(text) - 1

static const struct malformed malformed[] = {
    {"a length that is no number", LINE HOST KEY JSON "Content-Length: xyz\r\n\r\n" BODY, 0, 400,
     "RFC 9112 section 6.3"},
    {"a hexadecimal length", LINE HOST KEY JSON "Content-Length: 0xf\r\n\r\n" BODY, 0, 400, "RFC 9112 section 6.3"},
    {"a length with a sign", LINE HOST KEY JSON "Content-Length: +15\r\n\r\n" BODY, 0, 400, "RFC 9112 section 6.3"},
    {"a negative length", LINE HOST KEY JSON "Content-Length: -15\r\n\r\n" BODY, 0, 400, "RFC 9112 section 6.3"},
    {"a list of lengths", LINE HOST KEY JSON "Content-Length: 15, 15\r\n\r\n" BODY, 0, 400, "RFC 9112 section 6.3"},
    {"an empty length", LINE HOST KEY JSON "Content-Length:\r\n\r\n" BODY, 0, 400, "RFC 9112 section 6.3"},
    {"a length beyond all numbers", LINE HOST "Content-Length: 99999999999999999999\r\n\r\n", 0, 400,
     "RFC 9112 section 6.3"},
    {"two lengths", LINE HOST KEY JSON "Content-Length: 15\r\nContent-Length: 16\r\n\r\n" BODY, 0, 400,
     "RFC 9112 section 6.3"},
    {"the same length twice", LINE HOST KEY JSON "Content-Length: 15\r\nContent-Length: 15\r\n\r\n" BODY, 0, 400,
     "RFC 9112 section 6.3"},
    {"a length and chunks", LINE HOST KEY JSON "Content-Length: 15\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0,
     400, "RFC 9112 section 6.1"},
    {"an unknown coding", LINE HOST KEY JSON "Transfer-Encoding: gzip\r\n\r\n", 0, 501, "RFC 9112 section 6.1"},
    {"chunked twice", LINE HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 0, 400,
     "RFC 9112 section 6.1"},
    {"chunks in HTTP/1.0", "PUT " CANCEL " HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0, 400,
     "RFC 9112 section 6.1"},
    {"a chunk whose size is no number", LINE HOST KEY JSON "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 0, 400,
     "RFC 9112 section 7.1"},
    {"a chunk whose size is beyond all numbers", LINE HOST "Transfer-Encoding: chunked\r\n\r\n1000000000000000\r\n", 0,
     400, "RFC 9112 section 7.1"},
    {"a chunk longer than its size", LINE HOST KEY JSON "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"reason_id\":3}\r\n",
     0, 400, "RFC 9112 section 7.1"},
    {"a chunk line that ends with LF", LINE HOST "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n", 0, 400,
     "RFC 9112 section 7.1"},
    {"no Host", LINE KEY JSON "Content-Length: 15\r\n\r\n" BODY, 0, 400, "RFC 9112 section 3.2"},
    {"no Host, and a session that is not there", LINE "X-Mock-Session: nobody\r\n\r\n", 0, 400, "RFC 9112 section 3.2"},
    {"two Hosts", LINE HOST HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY, 0, 400, "RFC 9112 section 3.2"},
    {"an empty Host", LINE "Host:\r\n\r\n", 0, 400, "RFC 9112 section 3.2"},
    {"a Host with a path", LINE "Host: x/y\r\n\r\n", 0, 400, "RFC 9112 section 3.2"},
    {"a blank before the colon", LINE HOST "Access-Token : your-access-token\r\n\r\n", 0, 400, "RFC 9112 section 5.1"},
    {"a folded line", LINE HOST "Access-Token: your\r\n -access-token\r\n\r\n", 0, 400, "RFC 9112 section 5.2"},
    {"a line without a colon", LINE HOST "Access-Token\r\n\r\n", 0, 400, "RFC 9112 section 5"},
    {"a name with a blank", LINE HOST "Access Token: x\r\n\r\n", 0, 400, "RFC 9110 section 5.1"},
    {"a name of nothing", LINE HOST ": x\r\n\r\n", 0, 400, "RFC 9110 section 5.1"},
    {"NUL in a value", WITH_NUL(LINE HOST "Access-Token: your-access-token\0evil\r\n\r\n"), 400,
     "RFC 9110 section 5.5"},
    {"NUL in a name", WITH_NUL(LINE HOST "Access\0Token: x\r\n\r\n"), 400, "RFC 9110 section 5.1"},
    {"NUL in the target", WITH_NUL("PUT " CANCEL "\0x HTTP/1.1\r\n" HOST "\r\n"), 400, "RFC 9112 section 3"},
    {"CR in a value", LINE HOST "Access-Token: a\rb\r\n\r\n", 0, 400, "RFC 9110 section 5.5"},
    {"a control character in a value", LINE HOST "Access-Token: a\x01z\r\n\r\n", 0, 400, "RFC 9110 section 5.5"},
    {"a line break in the id", "PUT " CANCEL "\r\nX: HTTP/1.1\r\n" HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY, 0,
     400, "RFC 9112 section 2.3"},
    {"a blank in the id", "PUT " CANCEL " x HTTP/1.1\r\n" HOST "\r\n", 0, 400, "RFC 9112 section 3"},
    {"a request line without a version", "GET " CANCEL "\r\n" HOST "\r\n", 0, 400, "RFC 9112 section 2.3"},
    {"a request line of one word", "PUT\r\n\r\n", 0, 400, "RFC 9112 section 3"},
    {"a method that is no token", "P(T " CANCEL " HTTP/1.1\r\n" HOST "\r\n", 0, 400, "RFC 9112 section 3"},
    {"a version in small letters", "PUT " CANCEL " http/1.1\r\n" HOST "\r\n", 0, 400, "RFC 9112 section 2.3"},
    {"HTTP/2 without an agreement", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0, 505, "RFC 9112 section 2.3"},
    {"a TLS handshake", WITH_NUL("\x16\x03\x01\x00\xf4\x01\x00\x00\xf0\x03\x03"), 400, "RFC 9112 section 3"},
    {"empty lines without end",
     "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"
     "\r\n"
     "\r\n\r\n\r\n\r\n\r\n",
     0, 400, "RFC 9112 section 2.2"},
};

static cJSON *entries(struct mock_server *server)
{
    cJSON *answer = steer(server, "GET", "/_mock/requests", NULL, 200);
    cJSON *list = cJSON_DetachItemFromObject(answer, "requests");
    cJSON_Delete(answer);
    return list;
}

static void check_state(struct mock_server *server, const char *state)
{
    cJSON *order = steer(server, "GET", "/_mock/orders/dukkango/" ID, NULL, 200);
    CHECK_TEXT(json_string(order, "state"), state);
    cJSON_Delete(order);
}

static size_t answers_in(const struct heard *heard)
{
    size_t count = strncmp(heard->head, "HTTP/1.1 ", 9) == 0;
    for (const char *at = heard->body; (at = strstr(at, "HTTP/1.1 ")) != NULL; at++)
        count += at > heard->body && at[-1] == '\n'; /* not the words of a message */
    return count;
}

static int64_t number(const cJSON *object, const char *name)
{
    int64_t value = -1;
    json_integer(json_member(object, name), &value);
    return value;
}

/* One connection, one answer, FIN; an entry with the reason; every byte counted; the order untouched. */
static void is_refused(void *context)
{
    const struct malformed *own = context;
    struct mock_server *server = start_server();
    size_t size = own->size > 0 ? own->size : strlen(own->bytes);
    struct heard heard = say(mock_server_port(server), own->bytes, size);
    CHECK_INTEGER(heard.error, 0);
    CHECK_INTEGER(heard.status, own->status);
    CHECK_INTEGER(answers_in(&heard), 1);
    CHECK(strstr(heard.head, "Connection: close\r\n") != NULL);
    cJSON *list = entries(server);
    const cJSON *entry = cJSON_GetArrayItem(list, 0);
    CHECK_INTEGER(cJSON_GetArraySize(list), 1);
    CHECK_TEXT(json_string(json_member(entry, "unread"), "kind"), "malformed");
    CHECK(strncmp(json_string(json_member(entry, "reason"), "rule"), own->rule, strlen(own->rule)) == 0);
    CHECK_TEXT(json_string(json_member(entry, "delivery"), "state"), "whole");
    CHECK_INTEGER(number(json_member(entry, "delivery"), "bytes"), heard.total);
    CHECK_INTEGER(number(json_member(entry, "response"), "status"), own->status);
    cJSON *connections = steer(server, "GET", "/_mock/connections", NULL, 200);
    CHECK_INTEGER(number(connections, "opened"), 1);
    CHECK_INTEGER(number(connections, "bytes_in"), size);
    CHECK_INTEGER(number(connections, "bytes_out"), heard.total);
    check_state(server, "RECEIVED");
    cJSON_Delete(connections);
    cJSON_Delete(list);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── What every server takes ───────────────────────────────────────────────────────────────────────────────────── */

static const struct odd {
    const char *name, *bytes;
    const char *note; /* of the journal; NULL: none */
} odd[] = {
    {"white space around values",
     LINE "Host: \t x \t \r\nAccess-Token:your-access-token \t\r\n" JSON
          "Connection: close\r\nContent-Length:  15 \r\n\r\n" BODY,
     NULL},
    {"an empty line before the request",
     "\r\n" LINE HOST KEY JSON "Connection: close\r\nContent-Length: 15\r\n\r\n" BODY, NULL},
    {"lines that end with LF",
     "PUT " CANCEL " HTTP/1.1\nHost: x\nAccess-Token: your-access-token\nContent-Type: application/json\n"
     "Connection: close\nContent-Length: 15\n\n" BODY,
     "RFC 9112 section 2.2: a line of the head ends with LF alone"},
    {"chunks with extensions and trailers",
     LINE HOST KEY JSON "Connection: close\r\nTransfer-Encoding: CHUNKED\r\n\r\n"
                        "7;a=\"b\"\r\n{\"reaso\r\n0000008 \r\nn_id\":3}\r\n0\r\nX-Sum: 1\r\n\r\n",
     NULL},
    {"a chunk size with many zeros",
     LINE HOST KEY JSON "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "0000000000000000000f\r\n" BODY "\r\n0000000000000000000000\r\n\r\n",
     NULL},
    {"HTTP/1.0 without Host", "PUT " CANCEL " HTTP/1.0\r\n" KEY JSON "Content-Length: 15\r\n\r\n" BODY, NULL},
    {"HTTP/1.9, as 1.1",
     "PUT " CANCEL " HTTP/1.9\r\n" HOST KEY JSON "Connection: close\r\nContent-Length: 15\r\n\r\n" BODY, NULL},
    {"headers in any letters",
     LINE "hOST: x\r\nACCESS-TOKEN: your-access-token\r\ncontent-type: APPLICATION/JSON\r\n"
          "CONNECTION: Close\r\nCONTENT-LENGTH: 15\r\n\r\n" BODY,
     NULL},
};

static void is_taken(void *context)
{
    const struct odd *own = context;
    struct mock_server *server = start_server();
    struct heard heard = say(mock_server_port(server), own->bytes, strlen(own->bytes));
    CHECK_INTEGER(heard.error, 0);
    CHECK_TEXT(heard.body, "{\"status\":true,\"data\":\"OK\"}");
    check_state(server, "CANCELED");
    cJSON *list = entries(server);
    const cJSON *entry = cJSON_GetArrayItem(list, 0), *notes = json_member(entry, "notes");
    CHECK(cJSON_IsNull(json_member(entry, "unread")));
    CHECK_INTEGER(cJSON_GetArraySize(notes), own->note != NULL);
    if (own->note != NULL)
        CHECK_TEXT(cJSON_GetStringValue(cJSON_GetArrayItem(notes, 0)), own->note);
    CHECK_INTEGER(number(json_member(entry, "request"), "bytes") + (own->bytes[0] == '\r' ? 2 : 0), strlen(own->bytes));
    cJSON_Delete(list);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── What breaks off ───────────────────────────────────────────────────────────────────────────────────────────── */

static int dial(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval limit = {.tv_sec = 10};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    CHECK_INTEGER(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static size_t hear(int fd, char *buffer, size_t size)
{
    size_t heard = 0;
    ssize_t came = 0;
    while (heard + 1 < size && (came = recv(fd, buffer + heard, size - 1 - heard, 0)) > 0)
        heard += (size_t)came;
    CHECK_INTEGER(came, 0);
    buffer[heard] = '\0';
    return heard;
}

static const struct broken {
    const char *name, *bytes;
    const char *operation, *body; /* of the entry */
} broken[] = {
    {"in the request line", "PUT /api/integrations/orders/can", NULL, ""},
    {"in the headers", LINE HOST "Access-Tok", "cancel", ""},
    {"before the body", LINE HOST KEY JSON "Content-Length: 15\r\n\r\n", "cancel", ""},
    {"in the body", LINE HOST KEY JSON "Content-Length: 15\r\n\r\n{\"reason_id\":", "cancel", "{\"reason_id\":"},
    {"in a whole JSON body that said it was longer", LINE HOST KEY JSON "Content-Length: 16\r\n\r\n" BODY, "cancel",
     BODY},
    {"in a chunk", LINE HOST KEY JSON "Transfer-Encoding: chunked\r\n\r\nf\r\n{\"reason", "cancel", "{\"reason"},
    {"before the last chunk", LINE HOST KEY JSON "Transfer-Encoding: chunked\r\n\r\nf\r\n" BODY "\r\n", "cancel", BODY},
};

static void check_broken(struct mock_server *server, const struct broken *own)
{
    cJSON *list = entries(server);
    const cJSON *entry = cJSON_GetArrayItem(list, 0);
    CHECK_INTEGER(cJSON_GetArraySize(list), 1);
    CHECK_TEXT(json_string(json_member(entry, "unread"), "kind"), "incomplete");
    CHECK_TEXT(json_string(entry, "operation"), own->operation);
    CHECK_TEXT(json_string(entry, "provider"), "dukkango");
    CHECK_TEXT(json_string(json_member(entry, "request"), "body"), own->body);
    CHECK_INTEGER(number(json_member(entry, "request"), "bytes"), strlen(own->bytes));
    CHECK_TEXT(json_string(json_member(entry, "reason"), "rule"), "RFC 9112 section 8: the request broke off");
    check_state(server, "RECEIVED");
    cJSON_Delete(list);
}

/* The client says that it sends no more and still listens: it is told, at once. */
static void breaks_off_and_listens(void *context)
{
    const struct broken *own = context;
    char buffer[4096];
    struct mock_server *server = start_server();
    int fd = dial(mock_server_port(server));
    CHECK_INTEGER(send(fd, own->bytes, strlen(own->bytes), MSG_NOSIGNAL), strlen(own->bytes));
    shutdown(fd, SHUT_WR);
    hear(fd, buffer, sizeof buffer);
    CHECK(strncmp(buffer, "HTTP/1.1 400 Bad Request\r\n", 26) == 0 &&
          strstr(buffer, "\r\nConnection: close\r\n") != NULL);
    close(fd);
    check_broken(server, own);
    mock_server_stop(server);
}

/* It is told by what came, not by what was announced. */
static void a_long_body_that_breaks_off_early(void *context)
{
    const char *bytes = LINE HOST KEY JSON "Content-Length: 16777216\r\n\r\n" BODY;
    struct mock_server *server = start_server();
    char buffer[4096];
    (void)context;
    int fd = dial(mock_server_port(server));
    CHECK_INTEGER(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), strlen(bytes));
    shutdown(fd, SHUT_WR);
    hear(fd, buffer, sizeof buffer);
    CHECK(strncmp(buffer, "HTTP/1.1 400 ", 13) == 0);
    close(fd);
    cJSON *list = entries(server);
    const cJSON *sent = json_member(cJSON_GetArrayItem(list, 0), "request");
    CHECK_TEXT(json_string(sent, "body"), BODY);
    CHECK(json_member(sent, "body_too_large") == NULL);
    cJSON_Delete(list);
    mock_server_stop(server);
}

/* The client resets the connection: nobody can be told, and the journal has it all the same. */
static void breaks_off_and_leaves(void *context)
{
    const struct broken *own = context;
    const struct linger now = {.l_onoff = 1};
    struct mock_server *server = start_server();
    int fd = dial(mock_server_port(server));
    CHECK_INTEGER(send(fd, own->bytes, strlen(own->bytes), MSG_NOSIGNAL), strlen(own->bytes));
    for (int64_t came = 0; came < (int64_t)strlen(own->bytes);) {
        cJSON *connections = steer(server, "GET", "/_mock/connections", NULL, 200);
        came = number(connections, "bytes_in");
        cJSON_Delete(connections);
    }
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
    for (int64_t open = 1; open > 0;) {
        cJSON *connections = steer(server, "GET", "/_mock/connections", NULL, 200);
        open = number(connections, "open");
        cJSON_Delete(connections);
    }
    check_broken(server, own);
    cJSON *list = entries(server);
    const cJSON *entry = cJSON_GetArrayItem(list, 0);
    CHECK(cJSON_IsNull(json_member(entry, "response")));
    CHECK_TEXT(json_string(json_member(entry, "delivery"), "state"), "none");
    cJSON_Delete(list);
    cJSON *connections = steer(server, "GET", "/_mock/connections", NULL, 200);
    CHECK_TEXT(json_string(cJSON_GetArrayItem(json_member(connections, "connections"), 0), "end"), "broken");
    cJSON_Delete(connections);
    mock_server_stop(server);
}

/* Of two requests at once the first one's answer ends the connection: the second is no broken request. */
static void a_request_whose_turn_never_comes(void *context)
{
    const char *both =
        LINE HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY LINE HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY;
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"first\":1}}", 201));
    struct heard heard = say(mock_server_port(server), both, strlen(both));
    CHECK_INTEGER(heard.total, 0);
    heard_release(&heard);
    for (int64_t open = 1; open > 0;) {
        cJSON *connections = steer(server, "GET", "/_mock/connections", NULL, 200);
        open = number(connections, "open");
        cJSON_Delete(connections);
    }
    cJSON *list = entries(server);
    const cJSON *second = cJSON_GetArrayItem(list, 1);
    CHECK_INTEGER(cJSON_GetArraySize(list), 2);
    CHECK_TEXT(json_string(json_member(second, "unread"), "kind"), "unserved");
    CHECK_TEXT(json_string(json_member(second, "request"), "body"), "");
    CHECK(cJSON_IsNull(json_member(second, "response")));
    check_state(server, "RECEIVED");
    cJSON_Delete(list);
    mock_server_stop(server);
}

/* ── Sizes ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A head of exactly so many bytes, padded in one header. */
static void add_head(struct text *out, size_t size)
{
    const char *end = "\r\n\r\n";
    size_t before = out->length;
    text_print(out, LINE HOST KEY JSON "Connection: close\r\nContent-Length: 15\r\nX-Pad: ");
    while (out->length - before + strlen(end) < size)
        text_add_char(out, 'p');
    text_add(out, end);
}

static const size_t head_sizes[] = {300, 1024, 4095, 4096, 8191, 8192, 8193, 16384, 32767, 32768, 32769, 40960, 300000};

/* Up to the limit the order is cancelled, the journal says so, and the client hears it; beyond it none of the three. */
static void heads_of_every_size(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(head_sizes); i++) {
        struct mock_server *server = start_server();
        struct text out = TEXT_INIT(TEXT_UNBOUNDED);
        bool fits = head_sizes[i] <= HEAD_MAX;
        add_head(&out, head_sizes[i]);
        text_add(&out, BODY);
        struct heard heard = say(mock_server_port(server), text_cstr(&out), out.length);
        CHECK_INTEGER(heard.error, 0);
        CHECK_INTEGER(heard.status, fits ? 200 : 431);
        check_state(server, fits ? "CANCELED" : "RECEIVED");
        cJSON *list = entries(server);
        const cJSON *entry = cJSON_GetArrayItem(list, 0);
        CHECK_INTEGER(number(json_member(entry, "response"), "status"), heard.status);
        CHECK_INTEGER(number(json_member(entry, "delivery"), "bytes"), heard.total);
        CHECK(cJSON_IsNull(json_member(entry, "unread")) == fits);
        cJSON_Delete(list);
        heard_release(&heard);
        text_release(&out);
        mock_server_stop(server);
    }
}

/* The same of answers: a fault says what head and body they have. */
static void answers_of_every_size(void *context)
{
    static const size_t sizes[] = {0, 1, 1000, 7000, 8192, 16000, 70000, 900000};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct mock_server *server = start_server();
        char *body = mem_alloc(sizes[i] + 1);
        memset(body, 'b', sizes[i]);
        body[sizes[i]] = '\0';
        char *fault = mem_print(
            "{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"body\":\"%s\",\"headers\":[[\"X-Pad\",\"%.*s\"]]}", body,
            (int)(sizes[i] < 7000 ? sizes[i] + 1 : 7000), *body == '\0' ? "b" : body);
        cJSON_Delete(steer(server, "POST", "/_mock/faults", fault, 201));
        const char *request = LINE HOST KEY JSON "Connection: close\r\nContent-Length: 15\r\n\r\n" BODY;
        struct heard heard = say(mock_server_port(server), request, strlen(request));
        CHECK_INTEGER(heard.error, 0);
        CHECK_INTEGER(heard.body_length, sizes[i]);
        cJSON *list = entries(server);
        CHECK_TEXT(json_string(json_member(cJSON_GetArrayItem(list, 0), "delivery"), "state"), "whole");
        CHECK_INTEGER(number(json_member(cJSON_GetArrayItem(list, 0), "delivery"), "bytes"), heard.total);
        cJSON_Delete(list);
        heard_release(&heard);
        free(fault);
        free(body);
        mock_server_stop(server);
    }
}

/* A client that uploads without end hears why it is stopped. */
static void a_refused_upload_keeps_its_answer(void *context)
{
    static char piece[65536 + 16];
    const char *head = LINE HOST KEY JSON "Transfer-Encoding: chunked\r\n\r\n";
    struct mock_server *server = start_server();
    char buffer[4096];
    int fd = dial(mock_server_port(server));
    (void)context;
    memset(piece, 'x', sizeof piece);
    memcpy(piece, "10000\r\n", 7);
    memcpy(piece + 7 + 65536, "\r\n", 2);
    CHECK_INTEGER(send(fd, head, strlen(head), MSG_NOSIGNAL), strlen(head));
    for (int i = 0; i < 320; i++) /* 20 MiB; the limit is 16 */
        CHECK_INTEGER(send(fd, piece, 7 + 65536 + 2, MSG_NOSIGNAL), 7 + 65536 + 2);
    shutdown(fd, SHUT_WR);
    hear(fd, buffer, sizeof buffer);
    CHECK(strncmp(buffer, "HTTP/1.1 413 ", 13) == 0);
    close(fd);
    mock_server_stop(server);
}

/* An answer that the client does not take is no answer: the journal says how far it came. */
static void an_answer_that_is_cut(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"TRUNCATED_BODY\",\"phase\":\"after_commit\",\"bytes\":7}", 201));
    const char *request = LINE HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY;
    struct heard heard = say(mock_server_port(server), request, strlen(request));
    CHECK_INTEGER(heard.body_length, 7);
    cJSON *list = entries(server);
    CHECK_TEXT(json_string(json_member(cJSON_GetArrayItem(list, 0), "delivery"), "state"), "cut");
    CHECK_INTEGER(number(json_member(cJSON_GetArrayItem(list, 0), "delivery"), "bytes"), heard.total);
    cJSON_Delete(list);
    heard_release(&heard);
    mock_server_stop(server);
}

/* What cannot be read belongs to the session that its connection named before. */
static void of_the_session_of_its_connection(void *context)
{
    const char *bytes = "GET /v0/orders/list HTTP/1.1\r\n" HOST "X-Mock-Session: one\r\n\r\nno request at all\r\n\r\n";
    char buffer[4096];
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"one\"}", 201));
    int fd = dial(mock_server_port(server));
    CHECK_INTEGER(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), strlen(bytes));
    hear(fd, buffer, sizeof buffer);
    close(fd);
    cJSON *answer = steer(server, "GET", "/_mock/requests?session=one", NULL, 200);
    const cJSON *list = json_member(answer, "requests");
    CHECK_INTEGER(cJSON_GetArraySize(list), 2);
    CHECK_TEXT(json_string(json_member(cJSON_GetArrayItem(list, 1), "unread"), "kind"), "malformed");
    cJSON_Delete(answer);
    cJSON *rest = entries(server);
    CHECK_INTEGER(cJSON_GetArraySize(rest), 0);
    cJSON_Delete(rest);
    mock_server_stop(server);
}

/* An answer that says "close" closes, whoever wrote it: say() reads to the end. */
static void an_answer_that_says_close(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"CANNED_RESPONSE\",\"status\":503,\"headers\":[[\"connection\",\"Close\"]]}", 201));
    const char *request = LINE HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY;
    struct heard heard = say(mock_server_port(server), request, strlen(request));
    CHECK_INTEGER(heard.error, 0);
    CHECK_INTEGER(heard.status, 503);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── Secrets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define FORM "POST /v1/cancel-order HTTP/1.1\r\n" HOST

/* A right key in wrong bytes: nowhere in the entry, the reason and its header included. */
static const struct secret {
    const char *name, *bytes;
    const char *shown; /* what the entry has all the same */
} secrets[] = {
    {"in a line without a colon", LINE HOST "Access-Token s3cr3t\r\n\r\n", "Access-Token(masked, 7 bytes)"},
    {"in a line with =", LINE HOST "Access-Token=s3cr3t\r\n\r\n", "Access-Token=(masked, 6 bytes)"},
    {"behind a blank before the colon", LINE HOST "Access-Token : s3cr3t\r\n\r\n", "Access-Token(masked, 9 bytes)"},
    {"in a folded line", LINE HOST "Access-Token:\r\n s3cr3t\r\n\r\n", "(masked, 7 bytes)"},
    {"in lines that end with CR", "PUT " CANCEL " HTTP/1.1\rHost: x\rAccess-Token: s3cr3t\r\r\r\n\r\n",
     "Access-Token:(masked, 7 bytes)"},
    {"in a query with a blank", "GET /v1/x?text=a b&hash=s3cr3t HTTP/1.1\r\n" HOST "\r\n", "GET /v1/x?(masked, "},
    {"in a query with a control character", "GET /v1/x?hash=s3cr3t\x01 HTTP/1.1\r\n" HOST "\r\n",
     "GET /v1/x?(masked, "},
    {"in a chunk that is none", FORM "Transfer-Encoding: chunked\r\n\r\n3\r\nkey=s3cr3t\r\n0\r\n\r\n", "(masked, "},
    {"in a body without its head", "{\"hash\":\"s3cr3t\"}\r\n\r\n", "(masked, 9 bytes)"},
    {"in a body behind a bad length", FORM "Content-Length: x\r\n\r\ns3cr3t", "(masked, 6 bytes)"},
    {"where no vendor is", "GET / HTTP/1.1\r\n" HOST "Authorization: Bearer s3cr3t\r\nBad Name: x\r\n\r\n",
     "(masked, 13 bytes)"},
};

static void stays_secret(void *context)
{
    const struct secret *own = context;
    struct mock_server *server = NULL;
    char problem[MOCK_SERVER_PROBLEM_MAX];
    const struct mock_server_options options = {.listen = "127.0.0.1:0", .explain = true};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    struct heard heard = say(mock_server_port(server), own->bytes, strlen(own->bytes));
    CHECK_INTEGER(heard.status, 400);
    cJSON *list = entries(server);
    char *text = json_write(cJSON_GetArrayItem(list, 0));
    CHECK(strstr(text, "s3cr3t") == NULL && strstr(heard.head, "s3cr3t") == NULL);
    CHECK_CONTAINS(text, own->shown);
    free(text);
    cJSON_Delete(list);
    heard_release(&heard);
    mock_server_stop(server);
}

void suite_wire(void)
{
    for (size_t i = 0; i < COUNT_OF(secrets); i++)
        register_test("wire secrets", secrets[i].name, stays_secret, (void *)(uintptr_t)&secrets[i]);
    for (size_t i = 0; i < COUNT_OF(malformed); i++)
        register_test("wire malformed", malformed[i].name, is_refused, (void *)(uintptr_t)&malformed[i]);
    for (size_t i = 0; i < COUNT_OF(odd); i++)
        register_test("wire odd", odd[i].name, is_taken, (void *)(uintptr_t)&odd[i]);
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        register_test("wire broken off, heard", broken[i].name, breaks_off_and_listens, (void *)(uintptr_t)&broken[i]);
        register_test("wire broken off, left", broken[i].name, breaks_off_and_leaves, (void *)(uintptr_t)&broken[i]);
    }
    register_test("wire", "what cannot be read is of its connection's session", of_the_session_of_its_connection, NULL);
    register_test("wire", "a request whose turn never comes", a_request_whose_turn_never_comes, NULL);
    register_test("wire", "a long body that breaks off early", a_long_body_that_breaks_off_early, NULL);
    register_test("wire", "heads of every size", heads_of_every_size, NULL);
    register_test("wire", "answers of every size", answers_of_every_size, NULL);
    register_test("wire", "a refused upload keeps its answer", a_refused_upload_keeps_its_answer, NULL);
    register_test("wire", "an answer that is cut says so", an_answer_that_is_cut, NULL);
    register_test("wire", "an answer that says close closes", an_answer_that_says_close, NULL);
}
