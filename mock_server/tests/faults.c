/* Each fault as the client sees it: errno, byte counts, and what the journal says of it. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

#define ID     "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define CANCEL "/api/integrations/orders/cancel/" ID
#define OK     "{\"status\":true,\"data\":\"OK\"}"

static struct heard cancel(struct mock_server *server)
{
    cJSON *head = json_read_text("{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}");
    struct heard heard = request(mock_server_port(server), "PUT", CANCEL, head, "{\"reason_id\":3}");
    cJSON_Delete(head);
    return heard;
}

static void check_state(struct mock_server *server, const char *state)
{
    cJSON *order = steer(server, "GET", "/_mock/orders/dukkango/" ID, NULL, 200);
    CHECK_TEXT(json_string(order, "state"), state);
    cJSON_Delete(order);
}

struct fault_case {
    const char *name;
    const char *json;
    int error; /* errno at the client */
    int status;
    int64_t total;     /* bytes in all; -1: not asked */
    const char *body;  /* NULL: not asked */
    const char *state; /* of the order afterwards */
};

static struct fault_case cases[] = {
    {"reset before commit", "{\"fault\":\"CONNECTION_RESET_BY_PEER\"}", ECONNRESET, 0, 0, "", "RECEIVED"},
    {"reset after commit", "{\"fault\":\"CONNECTION_RESET_BY_PEER\",\"phase\":\"after_commit\"}", ECONNRESET, 0, 0, "",
     "CANCELED"},
    {"empty before commit", "{\"fault\":\"EMPTY_RESPONSE\"}", 0, 0, 0, "", "RECEIVED"},
    {"empty after commit", "{\"fault\":\"EMPTY_RESPONSE\",\"phase\":\"after_commit\"}", 0, 0, 0, "", "CANCELED"},
    {"truncated", "{\"fault\":\"TRUNCATED_BODY\",\"phase\":\"after_commit\",\"bytes\":7}", 0, 200, -1, "{\"statu",
     "CANCELED"},
    {"raw text", "{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"HTTP/1.1 299 x\\r\\n\\r\\nhi\"}", 0, 299, 20, "hi",
     "RECEIVED"},
    {"raw bytes", "{\"fault\":\"RAW_RESPONSE\",\"bytes_base64\":\"//4A\"}", 0, 0, 3, NULL, "RECEIVED"},
    {"canned text",
     "{\"fault\":\"CANNED_RESPONSE\",\"status\":502,\"headers\":[[\"Content-Type\",\"text/html\"]],\"body\":\"<p>\"}",
     0, 502, -1, "<p>", "RECEIVED"},
    {"canned JSON after commit",
     "{\"fault\":\"CANNED_RESPONSE\",\"phase\":\"after_commit\",\"status\":200,\"json\":[9007199254740993]}", 0, 200,
     -1, "[9007199254740993]", "CANCELED"},
    {"drift",
     "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[{\"op\":\"set\",\"path\":\"/"
     "status\",\"value\":\"true\"},"
     "{\"op\":\"remove\",\"path\":\"/data\"},{\"op\":\"set\",\"path\":\"/x~1y\",\"value\":{\"z\":[1]}},"
     "{\"op\":\"set\",\"path\":\"/x~1y/z/0\",\"value\":2},{\"op\":\"remove\",\"path\":\"/no/such\"}]}",
     0, 200, -1, "{\"status\":\"true\",\"x/y\":{\"z\":[2]}}", "CANCELED"},
    {"not for this operation", "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"operation\":\"login\"}}", 0, 200, -1, OK,
     "CANCELED"},
    {"not for this order", "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"order\":\"x\"}}", 0, 200, -1, OK, "CANCELED"},
    {"for this order",
     "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"provider\":\"dukkango\",\"operation\":\"cancel\",\"order\":\"" ID
     "\"}}",
     0, 0, 0, "", "RECEIVED"},
    {"not yet", "{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"after\":1}}", 0, 200, -1, OK, "CANCELED"},
    {"only the second", "{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"every\":2}}", 0, 200, -1, OK, "CANCELED"},
};

static void shows_at_the_client(void *context)
{
    const struct fault_case *own = context;
    struct mock_server *server = start_server();
    cJSON_Delete(steer(server, "POST", "/_mock/faults", own->json, 201));
    struct heard heard = cancel(server);
    CHECK_INTEGER(heard.error, own->error);
    CHECK_INTEGER(heard.status, own->status);
    if (own->total >= 0)
        CHECK_INTEGER(heard.total, own->total);
    if (own->body != NULL)
        CHECK_TEXT(heard.body, own->body);
    heard_release(&heard);
    check_state(server, own->state);
    mock_server_stop(server);
}

static void first_n_only(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"CANNED_RESPONSE\",\"status\":503,\"when\":{\"first\":2}}", 201));
    static const int expected[] = {503, 503, 200};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct heard heard = cancel(server);
        CHECK_INTEGER(heard.status, expected[i]);
        heard_release(&heard);
    }
    cJSON *list = steer(server, "GET", "/_mock/faults", NULL, 200);
    int64_t fired = 0;
    CHECK(json_integer(json_member(cJSON_GetArrayItem(json_member(list, "faults"), 0), "fired"), &fired) && fired == 2);
    cJSON_Delete(list);
    mock_server_stop(server);
}

static void firing_is_in_the_journal(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(
        steer(server, "POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"phase\":\"after_commit\"}", 201));
    struct heard heard = cancel(server);
    heard_release(&heard);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK_TEXT(json_string(json_member(entry, "fault"), "fault"), "EMPTY_RESPONSE");
    CHECK_TEXT(json_string(json_member(entry, "fault"), "phase"), "after_commit");
    CHECK_TEXT(json_string(json_member(entry, "order"), "after"), "CANCELED");
    CHECK(cJSON_IsNull(json_member(entry, "response")));
    cJSON_Delete(entry);
    mock_server_stop(server);
}

static void *cancel_in_background(void *context)
{
    struct heard *heard = context;
    struct mock_server *server = *(struct mock_server **)heard->head;
    *heard = cancel(server);
    return NULL;
}

/* Silence lasts until the faults are cleared; others are served meanwhile. */
static void silence_ends_with_the_fault(void *context)
{
    struct mock_server *server = start_server();
    struct heard silent = {.head = (char *)&server};
    pthread_t thread;
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"NO_RESPONSE\",\"when\":{\"first\":1}}", 201));
    pthread_create(&thread, NULL, cancel_in_background, &silent);
    for (int64_t next = 0; next < 2;) { /* until the silent request is in the journal */
        cJSON *answer = steer(server, "GET", "/_mock/requests", NULL, 200);
        json_integer(json_member(answer, "next"), &next);
        cJSON_Delete(answer);
    }
    struct heard other = cancel(server);
    CHECK_INTEGER(other.status, 200);
    heard_release(&other);
    cJSON_Delete(steer(server, "DELETE", "/_mock/faults", NULL, 200));
    pthread_join(thread, NULL);
    CHECK_INTEGER(silent.total, 0);
    CHECK_INTEGER(silent.error, 0);
    heard_release(&silent);
    mock_server_stop(server);
}

static void canned_headers_are_sent_as_given(void *context)
{
    struct mock_server *server = start_server();
    char value[256];
    (void)context;
    cJSON_Delete(steer(
        server, "POST", "/_mock/faults",
        "{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"json\":{},\"headers\":[[\"Set-Cookie\",\"a=1\"],"
        "[\"Set-Cookie\",\"b=2\"],[\"Date\",\"Thu, 01 Jan 1970 00:00:00 GMT\"],[\"Content-Type\",\"text/html\"]]}",
        201));
    struct heard heard = cancel(server);
    CHECK(strstr(heard.head, "Set-Cookie: a=1\r\n") != NULL && strstr(heard.head, "Set-Cookie: b=2\r\n") != NULL);
    CHECK_TEXT(heard_header(&heard, "Date", value), "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK_TEXT(heard_header(&heard, "Content-Type", value), "text/html");
    CHECK(strstr(heard.head, "application/json") == NULL);
    heard_release(&heard);
    mock_server_stop(server);
}

static size_t open_handles(void)
{
    size_t count = 0;
    for (int fd = 0; fd < 4096; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Clients that give up while they are kept silent do not hold on to the server's file handles. */
static void silent_clients_may_leave(void *context)
{
    struct mock_server *server = start_server();
    const char *text = "PUT " CANCEL " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
    (void)context;
    struct heard first = request(mock_server_port(server), "GET", "/_mock/health", NULL, NULL);
    heard_release(&first);
    size_t before = open_handles();
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"NO_RESPONSE\"}", 201));
    for (int i = 0; i < 100; i++)
        say_and_leave(mock_server_port(server), text, strlen(text));
    size_t left = open_handles();
    for (int i = 0; i < 10000 && left > before + 5; i++) { /* each new connection looks at the silent ones */
        struct heard heard = request(mock_server_port(server), "GET", "/_mock/health", NULL, NULL);
        CHECK_INTEGER(heard.status, 200);
        heard_release(&heard);
        left = open_handles();
    }
    CHECK(left <= before + 5);
    mock_server_stop(server);
}

struct named_order {
    const char *provider, *id, *target, *headers, *body, *method;
};

/* A fault for one order fires before the provider has looked at the request, wherever the request names the order. */
static struct named_order named_orders[] = {
    {"fungies", "3c90c3cc-0d44-4b50-8888-8dd25736052a", "/v0/orders/3c90c3cc-0d44-4b50-8888-8dd25736052a", NULL, NULL,
     "GET"},
    {"akinon", "1883", "/api/i1/orders/1883/cancel/", NULL, "{}", "POST"},
    {"iletimerkezi", "312891245", "/v1/cancel-order/json", NULL, "{\"request\":{\"order\":{\"id\":312891245}}}",
     "POST"},
    {"zaikio", "ffc75c94-aa79-450a-becc-2e398c079d93", "/orders/ffc75c94-aa79-450a-becc-2e398c079d93", NULL, NULL,
     "GET"},
};

static void knows_the_order(void *context)
{
    const struct named_order *own = context;
    struct mock_server *server = start_server();
    char *json =
        mem_print("{\"fault\":\"CANNED_RESPONSE\",\"status\":299,\"match\":{\"provider\":\"%s\",\"order\":\"%s\"}}",
                  own->provider, own->id);
    cJSON_Delete(steer(server, "POST", "/_mock/faults", json, 201));
    struct heard heard = request(mock_server_port(server), own->method, own->target, NULL, own->body);
    CHECK_INTEGER(heard.status, 299);
    heard_release(&heard);
    free(json);
    mock_server_stop(server);
}

/* A fault without a match hits each request of a provider, in both phases, whether a route answers it or not. */
static const struct unrouted_request {
    const char *method, *target;
    size_t body_length;
    int status; /* without a fault */
    bool hits;
} unrouted_requests[] = {
    {"GET", "/v0/nothing/here", 0, 404, true},
    {"GET", CANCEL, 0, 405, true},
    {"PATCH", "/v0/orders/3c90c3cc-0d44-4b50-8888-8dd25736052a/cancel", 3 * 1024 * 1024, 413, true},
    {"GET", "/nobody/lives/here", 0, 404, false},
    {"GET", "/_s/nobody/v0/orders", 0, 404, false},
};

static void check_hit(const struct unrouted_request *own, const char *phase)
{
    struct mock_server *server = start_server();
    char *body = own->body_length == 0 ? NULL : mem_alloc(own->body_length + 1);
    if (phase != NULL) {
        char *json = mem_print("{\"fault\":\"CANNED_RESPONSE\",\"status\":299,\"phase\":\"%s\"}", phase);
        cJSON_Delete(steer(server, "POST", "/_mock/faults", json, 201));
        free(json);
    }
    if (body != NULL) {
        memset(body, ' ', own->body_length);
        body[own->body_length] = '\0';
    }
    struct heard heard = request(mock_server_port(server), own->method, own->target, NULL, body);
    CHECK_INTEGER(heard.status, phase != NULL && own->hits ? 299 : own->status);
    heard_release(&heard);
    free(body);
    mock_server_stop(server);
}

static void hits_without_a_route(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(unrouted_requests); i++) {
        check_hit(&unrouted_requests[i], NULL);
        check_hit(&unrouted_requests[i], "before_commit");
        check_hit(&unrouted_requests[i], "after_commit");
    }
}

/* The words after a status are the provider's, and not those of another one. */
static const struct phrase_case {
    const char *method, *target;
    int status;
    const char *line;
} phrases[] = {
    {"POST", "/v1/cancel-order/json", 451, "HTTP/1.1 451 Duplicate Order\r\n"},
    {"POST", "/v1/cancel-order/json", 455, "HTTP/1.1 455 Order Not Found\r\n"},
    {"POST", "/v1/cancel-order/json", 404, "HTTP/1.1 404 Not Found\r\n"},
    {"POST", "/v1/no/such/thing", 470, "HTTP/1.1 470 IYS Code Missing\r\n"},
    {"PUT", CANCEL, 451, "HTTP/1.1 451 Unavailable For Legal Reasons\r\n"},
    {"PUT", CANCEL, 455, "HTTP/1.1 455 Unknown\r\n"},
    {"GET", "/v0/orders", 451, "HTTP/1.1 451 Unavailable For Legal Reasons\r\n"},
};

static void has_the_providers_words(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(phrases); i++) {
        struct mock_server *server = start_server();
        char *json = mem_print("{\"fault\":\"CANNED_RESPONSE\",\"status\":%d}", phrases[i].status);
        cJSON_Delete(steer(server, "POST", "/_mock/faults", json, 201));
        struct heard heard = request(mock_server_port(server), phrases[i].method, phrases[i].target, NULL, NULL);
        CHECK(strncmp(heard.head, phrases[i].line, strlen(phrases[i].line)) == 0);
        heard_release(&heard);
        free(json);
        mock_server_stop(server);
    }
}

struct wrong_fault {
    const char *json;
    const char *told; /* part of the message */
};

static struct wrong_fault wrong_faults[] = {
    {"{}", "\"fault\" is missing"},
    {"{\"falt\":\"EMPTY_RESPONSE\"}", "unknown member \"falt\"; did you mean \"fault\"?; member \"fault\" is missing"},
    {"{\"fault\":\"EMPTY\"}", "no fault is called \"EMPTY\""},
    {"{\"fault\":\"EMPTY_RESPONS\"}", "did you mean \"EMPTY_RESPONSE\"?"},
    {"{\"fault\":7}", "\"fault\" must be a string"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"phase\":\"later\"}", "it is one of before_commit, after_commit"},
    {"{\"fault\":\"TRUNCATED_BODY\",\"bytes\":1}", "phase is after_commit"},
    {"{\"fault\":\"TRUNCATED_BODY\",\"phase\":\"after_commit\"}", "\"bytes\""},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":99}", "between 200 and 599, and this is 99"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"first\":0}}", "\"first\" must lie between 1 and"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"wehn\":{}}", "did you mean \"when\"?"},
    {"{\"fault\":\"RAW_RESPONSE\"}", "takes \"bytes\" or \"bytes_base64\""},
    {"{\"fault\":\"RAW_RESPONSE\",\"bytes_base64\":\"!!!\"}", "no Base64"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[\"junk\"]}", "[name, value]"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"X Y\",\"v\"]]}", "[name, value]"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"X\",\"a\\r\\nb: c\"]]}", "[name, value]"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"Content-Length\",\"5\"]]}", "is counted"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"transfer-encoding\",\"chunked\"]]}", "is counted"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"X\",\"\"]]}", "without a value"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"X\",\"a\\tb\"]]}", "with a tab"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"body\":\"\",\"json\":1}", "not both"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"json\":1,\"headers\":7}", "\"headers\" must be an array"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":\"503\"}", "\"status\" must be an integer, and this is a string"},
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":204,\"body\":\"x\"}", "of status 204 has no body"},
    {"{\"fault\":\"CANNED_RESPONSE\"}", "\"status\" is missing"},
    {"{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\"}", "\"patch\" is missing"},
    {"{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[],\"status\":600}", "between 200 and 599"},
    {"{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[{\"op\":\"add\",\"path\":\"/x\"}]}",
     "it is one of set, remove"},
    {"{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[{\"op\":\"set\",\"path\":\"x\"}]}",
     "is a JSON pointer"},
    {"{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[{\"op\":\"set\",\"paht\":\"/x\"}]}",
     "did you mean \"path\"?"},
    {"{\"fault\":\"TRUNCATED_BODY\",\"phase\":\"after_commit\",\"bytes\":-1}", "between 0 and 2147483647"},
    {"{\"fault\":\"TRUNCATED_BODY\",\"phase\":\"after_commit\",\"bytes\":\"7\"}", "must be an integer"},
    {"{\"fault\":\"RAW_RESPONSE\",\"bytes\":7}", "\"bytes\" must be a string"},
    {"{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"x\",\"bytes_base64\":\"eA==\"}", "not both"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"after\":-1}}", "\"after\" must lie between 0 and"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"every\":0}}", "\"every\" must lie between 1 and"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"frist\":1}}", "did you mean \"first\"?"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"first\":1,\"every\":2}}", "takes one of"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"ordre\":\"x\"}}", "did you mean \"order\"?"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"provider\":\"dukango\"}}", "did you mean \"dukkango\"?"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"provider\":\"acme\"}}",
     "no provider that is served is called \"acme\""},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"operation\":\"cancle\"}}", "did you mean \"cancel\"?"},
    {"{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"provider\":\"zaikio\",\"operation\":\"send_sms\"}}",
     "no operation of that provider is called \"send_sms\""},
};

static void wrong_ones_are_told(void *context)
{
    const struct wrong_fault *own = context;
    struct mock_server *server = start_server();
    cJSON *answer = steer(server, "POST", "/_mock/faults", own->json, 400);
    CHECK(strstr(json_string_or(answer, "error", ""), own->told) != NULL);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

void suite_faults(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        register_test("faults", cases[i].name, shows_at_the_client, &cases[i]);
    register_test("faults", "requests without a route are hit, too", hits_without_a_route, NULL);
    register_test("faults", "a status has the words of its provider", has_the_providers_words, NULL);
    register_test("faults", "canned headers are sent as given", canned_headers_are_sent_as_given, NULL);
    register_test("faults", "silent clients may leave", silent_clients_may_leave, NULL);
    register_test("faults", "the first n only", first_n_only, NULL);
    register_test("faults", "a firing is in the journal", firing_is_in_the_journal, NULL);
    register_test("faults", "silence ends with the fault", silence_ends_with_the_fault, NULL);
    for (size_t i = 0; i < COUNT_OF(named_orders); i++) {
        char *name = mem_print("for one order of %s, before commit", named_orders[i].provider);
        register_test("faults", name, knows_the_order, &named_orders[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(wrong_faults); i++)
        register_test("faults", wrong_faults[i].json, wrong_ones_are_told, &wrong_faults[i]);
}
