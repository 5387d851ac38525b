/* transport/ and pipeline/: what the engine does with requests of any provider, good and hostile. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/suites.h"

#define CANCEL "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

static cJSON *headers(void)
{
    return json_read_text("{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}");
}

static struct heard put(struct mock_server *server, const char *target, const char *body)
{
    cJSON *head = headers();
    struct heard heard = request(mock_server_port(server), "PUT", target, head, body);
    cJSON_Delete(head);
    return heard;
}

static cJSON *last_entry(struct mock_server *server)
{
    cJSON *answer = steer(server, "GET", "/_mock/requests", NULL, 200);
    cJSON *list = json_member_mut(answer, "requests");
    cJSON *entry = cJSON_DetachItemFromArray(list, cJSON_GetArraySize(list) - 1);
    cJSON_Delete(answer);
    return entry;
}

static void too_large_bodies(void *context)
{
    struct mock_server *server = start_server();
    size_t size = 1024 * 1024 + 1;
    char *body = mem_alloc(size + 1);
    (void)context;
    memset(body, ' ', size);
    body[size] = '\0';
    struct heard heard = put(server, CANCEL, body);
    CHECK_INTEGER(heard.status, 413);
    heard_release(&heard);
    cJSON *entry = last_entry(server);
    CHECK(json_true(json_member(entry, "request"), "body_too_large"));
    cJSON_Delete(entry);
    body[size - 1] = '\0'; /* exactly the limit is read */
    memcpy(body, "{\"reason_id\":1}", 15);
    heard = put(server, CANCEL, body);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    free(body);
    mock_server_stop(server);
}

static void announced_too_large(void *context)
{
    struct mock_server *server = start_server();
    const char *head = "PUT " CANCEL " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n";
    (void)context;
    struct heard heard = say(mock_server_port(server), head, strlen(head));
    CHECK_INTEGER(heard.status, 413);
    heard_release(&heard);
    mock_server_stop(server);
}

struct path_case {
    const char *target;
    int status;
};

static struct path_case paths[] = {
    {CANCEL, 200},
    {"/api/integrations/orders/%63ancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", 200},
    {CANCEL "?x=1", 200},
    {CANCEL "/", 404},
    {"/api/integrations//orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", 404},
    {"/api/integrations/orders/cancel/", 404},
    {"/api/integrations/orders/cancel/a%2Fb", 403},
    {"/api/integrations/orders/cancel/%00", 404},
    {"/api/integrations/orders/cancel/%zz", 404},
    {"/api/integrationsx/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", 404},
    {"/", 404},
    {"http://127.0.0.1" CANCEL, 200},
    {"http://127.0.0.1", 404},
};

static void paths_are_found(void *context)
{
    const struct path_case *own = context;
    struct mock_server *server = start_server();
    struct heard heard = put(server, own->target, "{\"reason_id\":1}");
    CHECK_INTEGER(heard.status, own->status);
    heard_release(&heard);
    cJSON *entry = last_entry(server);
    CHECK_TEXT(json_string(json_member(entry, "request"), "target"), own->target);
    cJSON_Delete(entry);
    mock_server_stop(server);
}

static void the_journal_is_complete(void *context)
{
    struct mock_server *server = start_server();
    const char *text =
        "PUT " CANCEL " HTTP/1.1\r\nHost: x\r\nX-Twice: 1\r\nx-twice: 2\r\nAccess-Token: your-access-token\r\n"
        "Content-Type: application/json\r\nConnection: close\r\nContent-Length: 15\r\n\r\n{\"reason_id\":9}";
    (void)context;
    struct heard heard = say(mock_server_port(server), text, strlen(text));
    CHECK_INTEGER(heard.status, 422);
    heard_release(&heard);
    cJSON *entry = last_entry(server);
    char *written = json_write(json_member(json_member(entry, "request"), "headers"));
    CHECK_TEXT(written,
               "[[\"Host\",\"x\"],[\"X-Twice\",\"1\"],[\"x-twice\",\"2\"],[\"Access-Token\",\"your-access-token\"],"
               "[\"Content-Type\",\"application/json\"],[\"Connection\",\"close\"],[\"Content-Length\",\"15\"]]");
    free(written);
    CHECK_TEXT(json_string(entry, "provider"), "dukkango");
    CHECK_TEXT(json_string(entry, "operation"), "cancel");
    CHECK_TEXT(json_string(entry, "session"), "default");
    CHECK_TEXT(json_string(entry, "at"), "2026-11-01T09:00:00.000000Z");
    CHECK_TEXT(json_string(json_member(entry, "reason"), "field"), "reason_id");
    CHECK_TEXT(json_string(json_member(entry, "reason"), "actual"), "9");
    CHECK_TEXT(json_string(json_member(entry, "request"), "body"), "{\"reason_id\":9}");
    CHECK_TEXT(json_string(json_member(entry, "response"), "body"),
               "{\"status\":false,\"error\":\"eksik alan\",\"message\":\"Invalid reason_id\"}");
    cJSON_Delete(entry);
    heard = put(server, CANCEL, "{\"reason_id\":3}");
    heard_release(&heard);
    entry = last_entry(server);
    CHECK_TEXT(json_string(json_member(entry, "order"), "before"), "RECEIVED");
    CHECK_TEXT(json_string(json_member(entry, "order"), "after"), "CANCELED");
    CHECK(cJSON_IsNull(json_member(entry, "reason")));
    cJSON_Delete(entry);
    mock_server_stop(server);
}

/* Bodies count towards the journal's bytes. */
static void the_journal_is_bounded(void *context)
{
    struct mock_server *server = start_server();
    size_t size = 1024 * 1024;
    char *body = mem_alloc(size + 1);
    int64_t evicted = 0;
    (void)context;
    memset(body, ' ', size);
    body[size] = '\0';
    for (int i = 0; i < 80; i++) {
        struct heard heard = put(server, CANCEL, body);
        CHECK_INTEGER(heard.status, 422);
        heard_release(&heard);
    }
    cJSON *answer = steer(server, "GET", "/_mock/requests?since=1000", NULL, 200);
    CHECK(json_integer(json_member(answer, "evicted"), &evicted) && evicted > 10 && evicted < 60);
    cJSON_Delete(answer);
    free(body);
    mock_server_stop(server);
}

struct secret_case {
    const char *name, *method, *target, *headers, *body;
    const char *hidden; /* must not stand in the journal */
    const char *shown;  /* must */
};

static struct secret_case secrets[] = {
    {"Access-Token", "PUT", CANCEL, "{\"Access-Token\":\"real-token\"}", "{}", "real-token", "(masked, 10 bytes)"},
    {"Bearer", "GET", "/orders/1", "{\"Authorization\":\"Bearer real.jwt\"}", NULL, "real.jwt", "(masked, 15 bytes)"},
    {"x-fngs-secret-key", "GET", "/v0/orders/1", "{\"x-fngs-secret-key\":\"sec_real\"}", NULL, "sec_real",
     "(masked, 8 bytes)"},
    {"hash in a body", "POST", "/v1/cancel-order/json", "{\"Content-Type\":\"application/json\"}",
     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"real-hash\"}}}", "real-hash", "API_KEY"},
    {"password", "POST", "/api/i1/auth/login/", "{\"Content-Type\":\"application/json\"}",
     "{\"username\":\"real-name\",\"password\":\"real-word\"}", "real-", "(masked, 9 bytes)"},
    {"hash in XML", "POST", "/v1/cancel-order", "{\"Content-Type\":\"text/xml\"}",
     "<request><authentication><key>API_KEY</key><hash>real-hash</hash></authentication></request>", "real-hash",
     "<hash>(masked, 9 bytes)</hash>"},
    {"hash in XML in a field of a form", "POST", "/v1/cancel-order",
     "{\"Content-Type\":\"application/x-www-form-urlencoded\"}",
     "data=%3Crequest%3E%3Cauthentication%3E%3Chash%3Ereal-hash%3C%2Fhash%3E%3C%2Fauthentication%3E%3C%2Frequest%3E",
     "real-hash", "data=%3Crequest%3E%3Cauthentication%3E%3Chash%3E(masked, 9 bytes)%3C%2Fhash%3E%3C"},
    {"two hashes in XML", "POST", "/v1/cancel-order", "{\"Content-Type\":\"text/xml\"}",
     "<request><hash>real-one</hash><hash>real-other</hash></request>", "real-", "(masked, 10 bytes)"},
    {"hash in a query", "GET", "/v1/send-sms/get/?key=API_KEY&%68ash=real%2Dhash&text=x", "{}", NULL, "real",
     "?key=API_KEY&%68ash=(masked,11)&text=x"},
    {"the fixtures' own", "PUT", CANCEL, "{\"Access-Token\":\"your-access-token\"}", "{}", "(masked",
     "your-access-token"},
};

static void secrets_are_masked(void *context)
{
    const struct secret_case *own = context;
    struct mock_server *server = start_server();
    cJSON *head = json_read_text(own->headers);
    struct heard heard = request(mock_server_port(server), own->method, own->target, head, own->body);
    heard_release(&heard);
    cJSON *entry = last_entry(server);
    char *text = json_write(entry);
    CHECK(strstr(text, own->hidden) == NULL);
    CHECK(strstr(text, own->shown) != NULL);
    free(text);
    cJSON_Delete(entry);
    cJSON_Delete(head);
    mock_server_stop(server);
}

static void bytes_that_are_no_text(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    struct heard heard = put(server, CANCEL, "\xff\xfe");
    CHECK_INTEGER(heard.status, 422);
    heard_release(&heard);
    cJSON *entry = last_entry(server);
    CHECK_TEXT(json_string(json_member(entry, "request"), "body_base64"), "//4=");
    cJSON_Delete(entry);
    mock_server_stop(server);
}

static void two_runs_are_the_same(void *context)
{
    struct heard first[2];
    (void)context;
    for (int run = 0; run < 2; run++) {
        struct mock_server *server = start_server();
        cJSON_Delete(steer(server, "POST", "/_mock/orders/dukkango", "{}", 201));
        cJSON *orders = steer(server, "GET", "/_mock/orders", NULL, 200);
        char *text = json_write(orders);
        struct heard heard = put(server, CANCEL, "{\"reason_id\":3}");
        first[run] = heard;
        free(first[run].head);
        first[run].head = mem_print("%s%s", text, heard.body);
        free(text);
        cJSON_Delete(orders);
        mock_server_stop(server);
    }
    CHECK_TEXT(first[0].head, first[1].head);
    heard_release(&first[0]);
    heard_release(&first[1]);
}

static void explanations(void *context)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX], value[256];
    (void)context;
    mock_server_start(&(struct mock_server_options){.listen = "127.0.0.1:0", .explain = true}, &server, problem,
                      sizeof problem);
    struct heard heard = put(server, CANCEL, "{\"reason_id\":\"\xc5\x9f\"}");
    CHECK_TEXT(heard_header(&heard, "X-Mock-Reason", value),
               "4: reason_id is one of the eight; field=reason_id; expected=an integer from 1 to 8; actual=\"??\"; "
               "hint=give reason_id another value: an integer from 1 to 8");
    heard_release(&heard);
    heard = put(server, CANCEL, "{\"reason_id\":3}x");
    CHECK_TEXT(
        heard_header(&heard, "X-Mock-Reason", value),
        "4: the body is one JSON object; field=body; expected=a JSON object; actual=nothing may follow the value; "
        "hint=mend the JSON of the body: `actual` says what is wrong with it");
    heard_release(&heard);
    mock_server_stop(server);
}

/* Requests to Fungies that no exchange file can hold: targets are encoded there, and bodies are texts. */
static const struct raw_case {
    const char *name, *target, *body, *answer;
    size_t length;
} raw_cases[] = {
    {"what follows a raw # is a fragment", "/v0/orders/#420/cancel", "{}", "\"Can not PATCH /v0/orders/\"", 2},
    {"a NUL is a token that the parser shows", "/v0/orders/420/cancel", "{}\0",
     "\"Unexpected token \xEF\xBF\xBD in JSON at position 2\"", 3},
};

static void bytes_on_the_wire(void *context)
{
    const struct raw_case *own = context;
    struct mock_server *server = start_server();
    struct text text = TEXT_INIT(4096);
    text_print(&text,
               "PATCH %s HTTP/1.1\r\nHost: x\r\nx-fngs-public-key: pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\r\n"
               "x-fngs-secret-key: sec_iKXoGI3+bt24qTHE7Su/hqJ3Jp+DqPmmICDURqWGevQ=\r\nContent-Type: "
               "application/json\r\nConnection: close\r\n"
               "Content-Length: %zu\r\n\r\n",
               own->target, own->length);
    text_add_bytes(&text, own->body, own->length);
    struct heard heard = say(mock_server_port(server), text.bytes, text.length);
    CHECK(strstr(heard.body, own->answer) != NULL);
    heard_release(&heard);
    text_release(&text);
    mock_server_stop(server);
}

static void wrong_options(void *context)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX] = "";
    static const char *const unknown[] = {"acme"}, *const knob[] = {"dukkango.foreign_order=500"};
    (void)context;
    struct mock_server_options wrong[] = {{.listen = "127.0.0.1"},
                                          {.listen = "127.0.0.1:99999"},
                                          {.listen = "nowhere:1"},
                                          {.listen = "127.0.0.1:0", .providers = unknown, .provider_count = 1},
                                          {.listen = "127.0.0.1:0", .knobs = knob, .knob_count = 1},
                                          {.listen = "127.0.0.1:0", .freeze_time = "yesterday"},
                                          {.listen = "127.0.0.1:0", .fixtures = "/nowhere"}};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        problem[0] = '\0';
        CHECK_INTEGER(mock_server_start(&wrong[i], &server, problem, sizeof problem), MOCK_SERVER_BAD_OPTIONS);
        CHECK(strlen(problem) > 10 && server == NULL);
    }
}

static void a_port_in_use(void *context)
{
    struct mock_server *server = start_server(), *second = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    char *address = mem_print("127.0.0.1:%u", (unsigned)mock_server_port(server));
    (void)context;
    CHECK_INTEGER(mock_server_start(&(struct mock_server_options){.listen = address}, &second, problem, sizeof problem),
                  MOCK_SERVER_FAILED);
    CHECK(strstr(problem, address) != NULL && strstr(problem, "in use") != NULL);
    free(address);
    mock_server_stop(server);
}

void suite_http(void)
{
    register_test("http", "a body beyond the limit is 413", too_large_bodies, NULL);
    register_test("http", "an announced giant is 413 at once", announced_too_large, NULL);
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        register_test("http", paths[i].target, paths_are_found, &paths[i]);
    register_test("http", "the journal entry is complete", the_journal_is_complete, NULL);
    for (size_t i = 0; i < COUNT_OF(secrets); i++)
        register_test("http secrets", secrets[i].name, secrets_are_masked, &secrets[i]);
    register_test("http", "large bodies push old entries out", the_journal_is_bounded, NULL);
    register_test("http", "bytes that are no text stand in body_base64", bytes_that_are_no_text, NULL);
    register_test("http", "two runs of one seed and clock are the same", two_runs_are_the_same, NULL);
    register_test("http", "X-Mock-Reason explains in ASCII", explanations, NULL);
    for (size_t i = 0; i < COUNT_OF(raw_cases); i++)
        register_test("http", raw_cases[i].name, bytes_on_the_wire, (void *)(uintptr_t)&raw_cases[i]);
    register_test("http", "wrong options are told", wrong_options, NULL);
    register_test("http", "a port in use is told", a_port_in_use, NULL);
}
