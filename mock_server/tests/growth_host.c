/*
 * Sends requests that hold many names to a mock in this process: each row of the table with N of them and with twice
 * as many. scripts/tests/growth counts the instructions of each and asks whether they double.
 *
 *     growth_host N          prints the name of each row and the status of its answer, once for N and once for 2 N
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mock_server.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define DUKKANGO  JSON_TYPE "Access-Token: your-access-token\r\n"
#define FUNGIES   JSON_TYPE "x-fngs-public-key: <api-key>\r\nx-fngs-secret-key: <api-key>\r\n"
#define AKINON    JSON_TYPE "Authorization: Token api_token\r\n"
#define ZAIKIO    JSON_TYPE "Authorization: Bearer zt-musterdruck-4f1d0c7a9e2b86350d1c\r\n"
#define LOGIN     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"},"
#define ITEMS(id)                                                                                                      \
    {                                                                                                                  \
        "/_mock/orders/akinon", "{\"id\":\"" id "\",\"document\":{\"pk\":" id ",\"orderitem_set\":[", "{\"pk\":5%}",   \
            "]}}"                                                                                                      \
    }

#define PREPARED 900 /* items of an order: it may have 1,000 */

/* A body is `before`, `item` as often as is asked for, with commas between, and `after`. In items % is their number
 * from 100000 on, and @ the same with PREPARED of them over and over; in paths, `before` and `after` # is 0 in the
 * first run and 1 in the second. */
struct row {
    const char *name;
    const char *method, *path, *headers;
    const char *before, *item, *after;
    int status;
    struct preparation {
        const char *path, *before, *item, *after;
    } preparation; /* posted ahead, without a measure */
};

static const struct row rows[] = {
    /* the control API */
    {"an order's document", "POST", "/_mock/orders/dukkango", JSON_TYPE, "{\"document\":{", "\"m%\":1", "}}", 201},
    {"an order's facts", "POST", "/_mock/orders/akinon", JSON_TYPE, "{\"facts\":{", "\"m%\":1", "}}", 400},
    {"an order's aliases", "POST", "/_mock/orders/dukkango", JSON_TYPE, "{\"aliases\":[", "\"m%\"", "]}", 400},
    {"an order's unknown members", "POST", "/_mock/orders/zaikio", JSON_TYPE, "{", "\"m%\":1", "}", 400},
    {"an order's items", "POST", "/_mock/orders/akinon", JSON_TYPE, "{\"document\":{\"orderitem_set\":[", "{\"pk\":5%}",
     "]}}", 400},
    {"an order's document changed", "PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", JSON_TYPE,
     "{\"document\":{", "\"m%\":1", "}}", 200},
    {"members of it removed",
     "PATCH",
     "/_mock/orders/fungies/77#",
     JSON_TYPE,
     "{\"document\":{",
     "\"m%\":null",
     "}}",
     200,
     {"/_mock/orders/fungies", "{\"aliases\":[\"77#\"],\"document\":{", "\"m%\":1", "}}"}},
    {"an event's members", "POST", "/_mock/orders/akinon/1883/events", JSON_TYPE, "{", "\"m%\":1", "}", 400},
    {"members that stand twice", "POST", "/_mock/faults", JSON_TYPE, "{", "\"m%\":1,\"m%\":2", "}", 400},
    {"a fault's members", "POST", "/_mock/faults", JSON_TYPE, "{", "\"m%\":1", "}", 400},
    {"a fault's match", "POST", "/_mock/faults", JSON_TYPE, "{\"fault\":\"NO_RESPONSE\",\"match\":{", "\"m%\":\"x\"",
     "}}", 400},
    {"a fault's headers", "POST", "/_mock/faults", JSON_TYPE, "{\"fault\":\"STATUS\",\"status\":503,\"headers\":[",
     "[\"m%\",\"x\"]", "]}", 0},
    {"knobs", "PATCH", "/_mock/knobs/akinon", JSON_TYPE, "{", "\"m%\":\"x\"", "}", 400},
    {"a session's knobs", "POST", "/_mock/sessions", JSON_TYPE, "{\"knobs\":{\"akinon\":{", "\"m%\":\"x\"", "}}}", 400},
    {"a session's providers", "POST", "/_mock/sessions", JSON_TYPE, "{\"knobs\":{", "\"m%\":{}", "}}", 400},
    {"a session's members", "POST", "/_mock/sessions", JSON_TYPE, "{", "\"m%\":{}", "}", 400},
    {"a clock's members", "PUT", "/_mock/clock", JSON_TYPE, "{", "\"m%\":1", "}", 400},
    {"an advance's members", "POST", "/_mock/clock/advance", JSON_TYPE, "{", "\"m%\":1", "}", 400},
    /* the vendors' */
    {"dukkango: members", "PUT", "/api/integrations/orders/cancel/8d3f2c9e-0000-4000-8000-000000000000", DUKKANGO, "{",
     "\"m%\":1", ",\"reason_id\":3}", 0},
    {"dukkango: members twice", "PUT", "/api/integrations/orders/cancel/8d3f2c9e-0000-4000-8000-000000000000", DUKKANGO,
     "{", "\"m%\":1,\"m%\":2", ",\"reason_id\":3}", 0},
    {"dukkango: one member in many objects twice", "PUT",
     "/api/integrations/orders/cancel/8d3f2c9e-0000-4000-8000-000000000000", DUKKANGO, "{\"l\":[", "{\"m\":1,\"m\":%}",
     "],\"reason_id\":3}", 0},
    {"fungies: update", "PATCH", "/v0/orders/orderIdOrNumber/update", FUNGIES, "{", "\"m%\":1", "}", 0},
    {"fungies: query", "GET", "/v0/orders/list", FUNGIES, NULL, NULL, NULL, 200},
    {"akinon: reasons", "POST", "/api/i1/orders/1883/cancel/", AKINON,
     "{\"order\":1883,\"is_all\":true,\"cancel_items\":[],\"reasons\":{", "\"5%\":12", "}}", 0},
    {"akinon: items", "POST", "/api/i1/orders/1883/cancel/", AKINON,
     "{\"order\":1883,\"is_all\":false,\"cancel_items\":[", "5%", "],\"reasons\":{}}", 0},
    {"akinon: reasons of an order of many items", "POST", "/api/i1/orders/77#/cancel/", AKINON,
     "{\"order\":77#,\"is_all\":true,\"cancel_items\":[],\"reasons\":{", "\"5%\":12", "}}", 0, ITEMS("77#")},
    {"akinon: items of an order of many items", "POST", "/api/i1/orders/78#/cancel/", AKINON,
     "{\"order\":78#,\"is_all\":false,\"reasons\":{},\"cancel_items\":[", "5@", "]}", 0, ITEMS("78#")},
    {"iletimerkezi: ids", "POST", "/v1/cancel-order/json", JSON_TYPE, LOGIN "\"order\":{\"id\":\"1\"},", "\"m%\":1",
     "}}", 0},
    {"iletimerkezi: recipients", "POST", "/v1/send-sms/json", JSON_TYPE,
     LOGIN
     "\"order\":{\"sender\":\"APITEST\",\"sendDateTime\":[],\"message\":{\"text\":\"a\",\"receipents\":{\"number\":[",
     "\"90530%1\"", "]}}}}}", 0},
    {"iletimerkezi: the same recipient", "POST", "/v1/send-sms/json", JSON_TYPE,
     LOGIN
     "\"order\":{\"sender\":\"APITEST\",\"sendDateTime\":[],\"message\":{\"text\":\"a\",\"receipents\":{\"number\":[",
     "\"905301234567\"", "]}}}}}", 0},
    {"iletimerkezi: blocked numbers", "POST", "/v1/add-blacklist/json", JSON_TYPE, LOGIN "\"blacklist\":{\"number\":[",
     "\"90530%1\"", "]}}}", 0},
    {"zaikio: members", "PATCH", "/consumers/api/v1/orders/ffc75c94-aa79-450a-becc-2e398c079d93", ZAIKIO,
     "{\"order\":{\"state_event\":\"cancel_by_consumer\",", "\"m%\":1", "}}", 0},
    {"zaikio: a new order's members", "POST", "/consumers/api/v1/orders", ZAIKIO, "{\"order\":{", "\"m%\":1", "}}", 0},
    {"zaikio: a new order's parts", "POST", "/consumers/api/v1/orders", ZAIKIO,
     "{\"order\":{\"order_line_items_attributes\":[", "{\"amount\":%}", "]}}", 0},
    {"zaikio: requirements", "POST", "/api/v2/orders", ZAIKIO, "{\"order\":{\"material_requirement_ids\":[",
     "\"6e1f0c2d-4b5a-4c3e-9d7f-a10b2c%\"", "]}}", 0},
    {"zaikio: form fields", "POST", "/oauth/access_token", "Content-Type: application/x-www-form-urlencoded\r\n",
     "grant_type=client_credentials", "&m%=1&", "", 0},
};

/* ── Writing a request ─────────────────────────────────────────────────────────────────────────────────────────── */

struct bytes {
    char *at;
    size_t length, room;
};

static void add(struct bytes *out, const char *words)
{
    size_t length = strlen(words);
    if (out->length + length >= out->room) {
        out->room = (out->room + length) * 2;
        out->at = realloc(out->at, out->room);
        if (out->at == NULL)
            abort();
    }
    memcpy(out->at + out->length, words, length + 1);
    out->length += length;
}

/* `pattern` with each `mark` replaced by the number. */
static void add_numbered(struct bytes *out, const char *pattern, char mark, unsigned number)
{
    char digits[16], one[2] = "";
    snprintf(digits, sizeof digits, "%u", number);
    for (; *pattern != '\0'; pattern++) {
        one[0] = *pattern;
        add(out, *pattern == mark ? digits : one);
    }
}

static void add_body(struct bytes *out, const struct row *row, unsigned run, unsigned count)
{
    if (row->before == NULL)
        return;
    add_numbered(out, row->before, '#', run);
    for (unsigned i = 0; i < count; i++) {
        add(out, i == 0 || row->item[0] == '&' ? "" : ",");
        bool again = strchr(row->item, '@') != NULL;
        add_numbered(out, row->item, again ? '@' : '%', 100000 + (again ? i % PREPARED : i));
    }
    add_numbered(out, row->after, '#', run);
}

static struct bytes request_of(const struct row *row, unsigned run, unsigned count)
{
    struct bytes body = {0}, whole = {0};
    char length[64];
    add_body(&body, row, run, count);
    snprintf(length, sizeof length, "Content-Length: %zu\r\n", body.length);
    add(&whole, row->method);
    add(&whole, " ");
    add_numbered(&whole, row->path, '#', run);
    for (unsigned i = 0; row->before == NULL && i < count && whole.length < 8000; i++)
        add_numbered(&whole, i == 0 ? "?a=1" : "&m%=1", '%', i); /* a request line has a limit */
    add(&whole, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    add(&whole, row->headers);
    add(&whole, length);
    add(&whole, "\r\n");
    add(&whole, body.at == NULL ? "" : body.at);
    free(body.at);
    return whole;
}

/* ── Asking ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The instructions of the whole process are counted while this runs. Returns the status; 0 when there is no answer. */
__attribute__((noinline)) int measured(uint16_t port, const struct bytes *request);
__attribute__((noinline)) int measured(uint16_t port, const struct bytes *request)
{
    static char answer[65536];
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    size_t sent = 0;
    ssize_t got = 1, first = 0;
    int status = 0, connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0)
        return 0;
    while (sent < request->length && got > 0) {
        got = send(connection, request->at + sent, request->length - sent, MSG_NOSIGNAL);
        sent += got > 0 ? (size_t)got : 0;
    }
    first = recv(connection, answer, sizeof answer - 1, 0);
    for (got = first; got > 0;)
        got = recv(connection, answer + (sizeof answer) / 2, sizeof answer / 2, 0);
    close(connection);
    answer[first > 0 ? first : 0] = '\0';
    return sscanf(answer, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

/* Not the function that is measured. */
static int prepare(struct mock_server *server, const struct preparation *preparation, unsigned run)
{
    const struct row row = {.before = preparation->before, .item = preparation->item, .after = preparation->after};
    struct bytes body = {0};
    if (preparation->path == NULL)
        return 201;
    add_body(&body, &row, run, PREPARED);
    int status = mock_server_control(server, "POST", preparation->path, body.at, NULL);
    free(body.at);
    return status;
}

static bool run_row(struct mock_server *server, const struct row *row, unsigned run, unsigned count)
{
    struct bytes request = request_of(row, run, count);
    int prepared = prepare(server, &row->preparation, run);
    int status = measured(mock_server_port(server), &request);
    free(request.at);
    printf("%d\t%s\n", status, row->name);
    if (prepared != 201)
        fprintf(stderr, "growth_host: %s: cannot be prepared: %d\n", row->name, prepared);
    if (status == 0 || (row->status != 0 && status != row->status))
        fprintf(stderr, "growth_host: %s: answered %d, not %d\n", row->name, status, row->status);
    return prepared == 201 && status != 0 && (row->status == 0 || status == row->status);
}

int main(int argc, char **argv)
{
    unsigned count = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    const char *knobs[] = {"zaikio.v2=on"};
    struct mock_server_options options = {.listen = "127.0.0.1:0", .knobs = knobs, .knob_count = 1};
    struct mock_server *server = NULL;
    bool good = count > 0;
    if (!good || mock_server_start(&options, &server, problem, sizeof problem) != MOCK_SERVER_OK) {
        fprintf(stderr, "growth_host: %s\n", good ? problem : "say how many names");
        return 2;
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        good = run_row(server, &rows[i], 0, count) && run_row(server, &rows[i], 1, 2 * count) && good;
    mock_server_stop(server);
    return good ? 0 : 1;
}
