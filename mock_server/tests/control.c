/* The control API, in process and over HTTP. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

#define TEN  "xxxxxxxxxx"
#define LONG TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "x" /* 201 bytes */

struct call_case {
    const char *method, *path, *json;
    int status;
    const char *told; /* part of the error, NULL: not asked */
};

static struct call_case calls[] = {
    {"GET", "/_mock/health", NULL, 200},
    {"GET", "/_mock/ready", NULL, 200},
    {"GET", "/_mock/providers", NULL, 200},
    {"GET", "/_mock/orders", NULL, 200},
    {"GET", "/_mock/orders?provider=dukkango", NULL, 200},
    {"GET", "/_mock/orders?since=3&limit=2", NULL, 200},
    {"GET", "/_mock/orders?limit=0", NULL, 400, "1 to 10000"},
    {"GET", "/_mock/orders?limit=10001", NULL, 400, "1 to 10000"},
    {"GET", "/_mock/orders?since=x", NULL, 400, "a number"},
    {"POST", "/_mock/orders/akinon", "{\"id\":\"0\"}", 400, "positive integer"},
    {"GET", "/_mock/orders?provider=acme", NULL, 400, "no provider \"acme\""},
    {"POST", "/_mock/orders/dukkango", NULL, 201},
    {"POST", "/_mock/orders/dukkango", "{\"state\":\"COMPLETE\"}", 201},
    {"POST", "/_mock/orders/dukkango", "{\"id\":\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"}", 409, "has this id"},
    {"POST", "/_mock/orders/dukkango", "{\"state\":\"GONE\"}", 400, "state"},
    {"POST", "/_mock/orders/dukkango", "{\"state\":7}", 400, "must be a string"},
    {"POST", "/_mock/orders/dukkango", "{\"stat\":\"COMPLETE\"}", 400, "did you mean \"state\"?"},
    {"POST", "/_mock/orders/dukkango", "{\"document\":{\"discount\":7}}", 400, "\"discount\" must be a string"},
    {"POST", "/_mock/orders/dukkango", "{\"document\":{\"new_member\":7}}", 201},
    {"POST", "/_mock/orders/dukkango", "{", 400, "line 1, column 2"},
    {"POST", "/_mock/orders/dukkango", "[]", 400, "an object is expected"},
    {"POST", "/_mock/orders/akinon", "{\"id\":\"x\"}", 400, "integer"},
    {"POST", "/_mock/orders/akinon", "{\"id\":\"0\"}", 400, "integer"},
    {"POST", "/_mock/orders/akinon", "{\"document\":{\"pk\":0}}", 400, "integer"},
    {"POST", "/_mock/orders/akinon", "{\"document\":{\"pk\":-5}}", 400, "integer"},
    {"POST", "/_mock/orders/akinon", "{\"document\":{\"orderitem_set\":[{\"pk\":1,\"status\":\"451\"}]}}", 400,
     "status"},
    {"POST", "/_mock/orders/akinon", "{\"document\":{\"cancel_status\":\"waitng\"}}", 400, "cancel_status"},
    {"POST", "/_mock/orders/akinon", "{\"facts\":{\"payment_type\":\"crd\"}}", 400, "payment_type"},
    {"POST", "/_mock/orders/dukkango", "{\"document\":{\"payment_key\":\"\"}}", 400, "1 to 200"},
    {"POST", "/_mock/orders/dukkango", "{\"document\":{\"payment_key\":\"" LONG "\"}}", 400, "1 to 200"},
    {"POST", "/_mock/orders/dukkango", "{\"aliases\":[\"" LONG "\"]}", 400, "1 to 200"},
    {"POST", "/_mock/orders/dukkango", "{\"account\":\"nobody\"}", 400, "no account \"nobody\""},
    {"PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e",
     "{\"document\":{\"payment_key\":\"" LONG "\"}}", 400, "1 to 200"},
    {"PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "{\"id\":\"x\"}", 400, "fixed"},
    {"PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "{\"account\":\"nobody\"}", 400,
     "no account"},
    {"PUT", "/_mock/orders/dukkango/x", "{}", 405, "GET, HEAD, PATCH, DELETE"},
    {"GET", "/_mock/orders/dukkango/nothing", NULL, 404, "no order \"nothing\""},
    {"PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "{\"state\":\"COMPLETE\"}", 200},
    {"PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "{\"state\":\"GONE\"}", 400, "no state"},
    {"PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", NULL, 400},
    {"DELETE", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", NULL, 204},
    {"POST", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e/events", "{\"event\":\"accept\"}", 200},
    {"POST", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e/events", "{\"event\":\"complete\"}", 409,
     "RECEIVED"},
    {"POST", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e/events", "{\"event\":\"fly\"}", 400,
     "no event \"fly\""},
    {"POST", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e/events", NULL, 400},
    {"GET", "/_mock/requests?limit=x", NULL, 400, "?limit= cannot be \"x\"; it takes a number from 1"},
    {"GET", "/_mock/requests/7", NULL, 404},
    {"GET", "/_mock/requests/x", NULL, 404},
    {"DELETE", "/_mock/requests", NULL, 204},
    {"GET", "/_mock/knobs/dukkango", NULL, 200},
    {"PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":\"404\"}", 200},
    {"PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":\"500\"}", 400, "it takes 403, 404"},
    {"PATCH", "/_mock/knobs/dukkango", "{\"foreign\":\"404\"}", 400, "no knob \"foreign\""},
    {"DELETE", "/_mock/faults/f9", NULL, 404},
    {"POST", "/_mock/reset", NULL, 204},
    {"GET", "/_mock/reset", NULL, 405, "POST"},
    {"GET", "/_mock/nothing", NULL, 404, "no GET /_mock/nothing"},
    {"GET", "/_mock", NULL, 200},
    {"GET", "/_mock/", NULL, 200},
    {"POST", "/_mock/", NULL, 405, "GET, HEAD"},
    {"GET", "/elsewhere", NULL, 404},
};

static void answers(void *context)
{
    const struct call_case *own = context;
    struct mock_server *server = start_server();
    cJSON *answer = steer(server, own->method, own->path, own->json, own->status);
    if (own->told != NULL)
        CHECK(strstr(json_string_or(answer, "error", ""), own->told) != NULL);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

static void answers_over_http(void *context)
{
    const struct call_case *own = context;
    struct mock_server *server = start_server();
    struct heard heard = request(mock_server_port(server), own->method, own->path, NULL, own->json);
    CHECK_INTEGER(heard.status, own->status);
    heard_release(&heard);
    cJSON *journal = steer(server, "GET", "/_mock/requests?provider=dukkango", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), 0); /* control calls are not journaled */
    cJSON_Delete(journal);
    mock_server_stop(server);
}

static void reset_brings_everything_back(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *before = steer(server, "GET", "/_mock/orders", NULL, 200);
    cJSON_Delete(steer(server, "POST", "/_mock/orders/dukkango", "{}", 201));
    cJSON_Delete(steer(server, "PATCH", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e",
                       "{\"state\":\"COMPLETE\"}", 200));
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":\"404\"}", 200));
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\"}", 201));
    struct heard heard = request(mock_server_port(server), "GET", "/v0/orders/x", NULL, NULL);
    heard_release(&heard);
    cJSON_Delete(steer(server, "POST", "/_mock/reset", "{}", 204)); /* asks for nothing, as no body does */

    cJSON *after = steer(server, "GET", "/_mock/orders", NULL, 200);
    char *was = json_write(before), *is = json_write(after);
    CHECK_TEXT(is, was);
    free(was);
    free(is);
    cJSON *knobs = steer(server, "GET", "/_mock/knobs/dukkango", NULL, 200);
    CHECK_TEXT(json_string(knobs, "foreign_order"), "403");
    cJSON *faults = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(faults, "faults")), 0);
    cJSON *journal = steer(server, "GET", "/_mock/requests", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), 0);
    cJSON_Delete(before);
    cJSON_Delete(after);
    cJSON_Delete(knobs);
    cJSON_Delete(faults);
    cJSON_Delete(journal);
    mock_server_stop(server);
}

static void given_aliases_stay(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/orders/fungies",
                       "{\"aliases\":[\"mine\"],\"document\":{\"number\":\"123456789012\"}}", 201));
    cJSON_Delete(
        steer(server, "PATCH", "/_mock/orders/fungies/mine", "{\"document\":{\"number\":\"210987654321\"}}", 200));
    cJSON_Delete(steer(server, "GET", "/_mock/orders/fungies/mine", NULL, 200));
    cJSON_Delete(steer(server, "GET", "/_mock/orders/fungies/210987654321", NULL, 200));
    cJSON_Delete(steer(server, "GET", "/_mock/orders/fungies/123456789012", NULL, 404));
    mock_server_stop(server);
}

static void a_body_too_long_is_413(void *context)
{
    struct mock_server *server = start_server();
    size_t size = 1024 * 1024 + 1;
    char *body = mem_alloc(size + 1);
    (void)context;
    memset(body, ' ', size);
    body[size] = '\0';
    struct heard heard = request(mock_server_port(server), "POST", "/_mock/orders/dukkango", NULL, body);
    CHECK_INTEGER(heard.status, 413);
    heard_release(&heard);
    free(body);
    mock_server_stop(server);
}

/* The server keeps what it needs of its options. */
static void options_may_go(void *context)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    char *knob = mem_dup("dukkango.foreign_order=404");
    const char *knobs[] = {knob};
    (void)context;
    struct mock_server_options options = {.unheard = true, .knobs = knobs, .knob_count = 1};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    free(knob);
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":\"403\"}", 200));
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    cJSON *now = steer(server, "GET", "/_mock/knobs/dukkango", NULL, 200);
    CHECK_TEXT(json_string(now, "foreign_order"), "404");
    CHECK_INTEGER(mock_server_port(server), 0);
    cJSON_Delete(now);
    mock_server_stop(server);
}

static void providers_can_be_chosen(void *context)
{
    static const char *const only[] = {"zaikio", "dukkango"};
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    (void)context;
    struct mock_server_options options = {.listen = "127.0.0.1:0", .providers = only, .provider_count = 2};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    cJSON *ready = steer(server, "GET", "/_mock/ready", NULL, 200);
    char *names = json_write(json_member(ready, "providers"));
    CHECK_TEXT(names, "[\"zaikio\",\"dukkango\"]");
    free(names);
    cJSON_Delete(ready);
    struct heard heard = request(mock_server_port(server), "GET", "/v0/orders/x", NULL, NULL);
    CHECK_INTEGER(heard.status, 404);
    heard_release(&heard);
    mock_server_stop(server);
}

void suite_control(void)
{
    for (size_t i = 0; i < COUNT_OF(calls); i++) {
        char *name = mem_print("%zu %s %s", i, calls[i].method, calls[i].path);
        register_test("control", name, answers, &calls[i]);
        register_test("control over HTTP", name, answers_over_http, &calls[i]);
        free(name);
    }
    register_test("control", "reset brings everything back", reset_brings_everything_back, NULL);
    register_test("control", "aliases given by hand stay", given_aliases_stay, NULL);
    register_test("control", "a body that is too long is 413", a_body_too_long_is_413, NULL);
    register_test("control", "options may go after the start", options_may_go, NULL);
    register_test("control", "providers can be chosen", providers_can_be_chosen, NULL);
}
