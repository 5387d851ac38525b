/* Canned answers of a user's fixtures, and what the control API tells of exchanges and API descriptions. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

static const char stubs[] =
    "{\"stub\": true, \"exchanges\": [\n"
    " {\"name\": \"as bytes\", \"request\": {\"method\": \"POST\", \"target\": \"/v0/x?a=1\", \"body\": \"{\\\"n\\\": "
    "1}\"},\n"
    "  \"response\": {\"status\": 218, \"phrase\": \"This Is Fine\", \"headers\": {\"X-Which\": \"bytes\", "
    "\"Content-Type\": \"text/plain\"}, "
    "\"body\": \"as "
    "written\\n\"}},\n"
    " {\"name\": \"as JSON\", \"request\": {\"method\": \"POST\", \"target\": \"/v0/x?a=1\", \"json\": {\"n\": 1, "
    "\"m\": [null]}},\n"
    "  \"response\": {\"status\": 201, \"headers\": {\"X-Which\": \"json\"}, \"json\": {\"amount\": 1.50}}},\n"
    " {\"name\": \"with headers\", \"request\": {\"method\": \"POST\", \"target\": \"/v0/x?a=1\", \"headers\": "
    "{\"x-key\": "
    "\"k\"}},\n"
    "  \"response\": {\"status\": 204, \"headers\": {\"X-Which\": \"headers\"}}},\n"
    " {\"name\": \"elsewhere\", \"request\": {\"method\": \"GET\", \"target\": \"/nobody/lives/here\"},\n"
    "  \"response\": {\"status\": 200, \"headers\": {\"X-Which\": \"elsewhere\"}, \"body\": \"{}\"}},\n"
    " {\"name\": \"an order\", \"request\": {\"method\": \"PATCH\", \"target\": "
    "\"/v0/orders/0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a/cancel\"},\n"
    "  \"response\": {\"status\": 503, \"headers\": {\"X-Which\": \"order\"}}}\n"
    "]}\n";

static struct mock_server *server_with_stubs(void)
{
    char folder[FOLDER_MAX];
    make_fixture_folder(folder, "fungies");
    replace_in_fixture(folder, "fungies", "exchanges/stubs.json", NULL, stubs);
    struct mock_server *server = server_with_fixtures(folder, "fungies");
    remove_fixture_folder(folder);
    return server;
}

static const struct ask {
    const char *method, *target, *headers, *body;
    int status;
    const char *which; /* X-Which; NULL: the emulator answered */
} asks[] = {
    {"POST", "/v0/x?a=1", "{}", "{\"n\": 1}", 218, "bytes"},
    {"POST", "/v0/x?a=1", "{}", "{\"n\":1}", 404, NULL},
    {"POST", "/v0/x?a=1", "{}", "{\"m\": [null], \"n\":1}", 201, "json"},
    {"POST", "/v0/x?a=1", "{}", "{\"m\": [null], \"n\":1, \"o\": 1}", 404, NULL},
    {"POST", "/v0/x?a=1", "{}", "{\"m\": [null, null], \"n\":1}", 404, NULL},
    {"POST", "/v0/x?a=1", "{\"X-Key\": \"k\"}", "anything", 204, "headers"},
    {"POST", "/v0/x?a=1", "{\"X-Key\": \"K\"}", "anything", 404, NULL},
    {"POST", "/v0/x?a=1", "{\"X-Key\": \"k\"}", "{\"n\": 1}", 218, "bytes"}, /* the first that fits */
    {"POST", "/v0/x", "{\"X-Key\": \"k\"}", NULL, 404, NULL},
    {"POST", "/v0/x?a=2", "{\"X-Key\": \"k\"}", NULL, 404, NULL},
    {"PUT", "/v0/x?a=1", "{\"X-Key\": \"k\"}", NULL, 404, NULL},
    {"GET", "/nobody/lives/here", "{}", NULL, 200, "elsewhere"},
    {"GET", "/_s/default/nobody/lives/here", "{}", NULL, 200, "elsewhere"},
    {"GET", "/_s/ci/nobody/lives/here", "{}", NULL, 200, "elsewhere"},
    {"GET", "/_s/nobody/nobody/lives/here", "{}", NULL, 404, NULL}, /* no such session */
};

static void answers_what_fits(void *context)
{
    (void)context;
    struct mock_server *server = server_with_stubs();
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\": \"ci\"}", 201));
    for (size_t i = 0; i < COUNT_OF(asks); i++) {
        char which[256];
        cJSON *headers = json_read_text(asks[i].headers);
        struct heard heard = request(mock_server_port(server), asks[i].method, asks[i].target, headers, asks[i].body);
        CHECK_INTEGER(heard.status, asks[i].status);
        CHECK_TEXT(heard_header(&heard, "X-Which", which), asks[i].which);
        heard_release(&heard);
        cJSON_Delete(headers);
    }
    mock_server_stop(server);
}

static void answers_as_written(void *context)
{
    (void)context;
    char value[256];
    struct mock_server *server = server_with_stubs();
    struct heard bytes = request(mock_server_port(server), "POST", "/v0/x?a=1", NULL, "{\"n\": 1}");
    CHECK_TEXT(bytes.body, "as written\n");
    CHECK(bytes.head != NULL && strncmp(bytes.head, "HTTP/1.1 218 This Is Fine\r\n", 27) == 0);
    CHECK_TEXT(heard_header(&bytes, "Content-Type", value), "text/plain");
    CHECK_TEXT(heard_header(&bytes, "Date", value), "Sun, 01 Nov 2026 09:00:00 GMT");
    heard_release(&bytes);
    struct heard json = request(mock_server_port(server), "POST", "/v0/x?a=1", NULL, "{\"n\": 1, \"m\": [null]}");
    CHECK_TEXT(json.body, "{\"amount\":1.50}");
    CHECK_TEXT(heard_header(&json, "Content-Type", value), "application/json");
    heard_release(&json);
    mock_server_stop(server);
}

#define ORDER  "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a"
#define CANCEL "/v0/orders/" ORDER "/cancel"

/* The emulator does not see the request, and the journal says who answered. */
static void keeps_the_emulator_out(void *context)
{
    (void)context;
    struct mock_server *server = server_with_stubs();
    cJSON *headers = json_read_text("{\"x-fngs-public-key\": \"<api-key>\", \"x-fngs-secret-key\": \"<api-key>\"}");
    struct heard heard = request(mock_server_port(server), "PATCH", CANCEL, headers, NULL);
    CHECK_INTEGER(heard.status, 503);
    CHECK_TEXT(heard.body, "");
    cJSON *order = steer(server, "GET", "/_mock/orders/fungies/" ORDER, NULL, 200);
    CHECK_TEXT(json_string(order, "state"), "PENDING");
    cJSON *journal = steer(server, "GET", "/_mock/requests?operation=stub", NULL, 200);
    const cJSON *entry = cJSON_GetArrayItem(json_member(journal, "requests"), 0);
    CHECK_TEXT(json_string(entry, "provider"), "fungies");
    CHECK_TEXT(json_string(entry, "operation"), "stub");
    CHECK_TEXT(json_string(json_member(entry, "request"), "target"), CANCEL);
    cJSON_Delete(journal);
    cJSON_Delete(order);
    cJSON_Delete(headers);
    heard_release(&heard);
    mock_server_stop(server);
}

/* A fault matches a stub by its operation, before or after it. */
static void can_be_hit_by_a_fault(void *context)
{
    (void)context;
    static const char *const phases[] = {"before_commit", "after_commit"};
    struct mock_server *server = server_with_stubs();
    for (size_t i = 0; i < COUNT_OF(phases); i++) {
        char *fault = mem_print("{\"fault\": \"CANNED_RESPONSE\", \"phase\": \"%s\", \"status\": 599, "
                                "\"match\": {\"provider\": \"fungies\", \"operation\": \"stub\"}}",
                                phases[i]);
        cJSON_Delete(steer(server, "POST", "/_mock/faults", fault, 201));
        struct heard heard = request(mock_server_port(server), "GET", "/nobody/lives/here", NULL, NULL);
        CHECK_INTEGER(heard.status, 599);
        struct heard other = request(mock_server_port(server), "GET", "/v0/orders/" ORDER, NULL, NULL);
        CHECK_INTEGER(other.status, 401); /* not a stub: no fault */
        cJSON_Delete(steer(server, "DELETE", "/_mock/faults", NULL, 200));
        heard_release(&heard);
        heard_release(&other);
        free(fault);
    }
    struct heard drifted;
    cJSON_Delete(
        steer(server, "POST", "/_mock/faults",
              "{\"fault\": \"SCHEMA_DRIFT\", \"phase\": \"after_commit\", \"match\": {\"operation\": \"stub\"}, "
              "\"patch\": [{\"op\": \"set\", \"path\": \"/amount\", \"value\": \"much\"}]}",
              201));
    drifted = request(mock_server_port(server), "POST", "/v0/x?a=1", NULL, "{\"n\": 1, \"m\": [null]}");
    CHECK_TEXT(drifted.body, "{\"amount\":\"much\"}");
    heard_release(&drifted);
    mock_server_stop(server);
}

/* A HEAD meets the stub of GET, unless it has one of its own. */
static void answers_heads(void *context)
{
    char folder[FOLDER_MAX], which[256];
    (void)context;
    make_fixture_folder(folder, "fungies");
    replace_in_fixture(folder, "fungies", "exchanges/stubs.json", NULL,
                       "{\"stub\": true, \"exchanges\": ["
                       "{\"name\": \"a\", \"request\": {\"method\": \"GET\", \"target\": \"/v0/a\"}, "
                       "\"response\": {\"status\": 200, \"headers\": {\"X-Which\": \"get\"}, \"body\": \"{}\"}}, "
                       "{\"name\": \"b\", \"request\": {\"method\": \"GET\", \"target\": \"/v0/b\"}, "
                       "\"response\": {\"status\": 200, \"headers\": {\"X-Which\": \"get\"}, \"body\": \"{}\"}}, "
                       "{\"name\": \"c\", \"request\": {\"method\": \"HEAD\", \"target\": \"/v0/b\"}, "
                       "\"response\": {\"status\": 204, \"headers\": {\"X-Which\": \"head\"}, \"body\": \"\"}}]}");
    struct mock_server *server = server_with_fixtures(folder, "fungies");
    struct heard first = request(mock_server_port(server), "HEAD", "/v0/a", NULL, NULL);
    CHECK_INTEGER(first.status, 200);
    CHECK_TEXT(heard_header(&first, "X-Which", which), "get");
    CHECK_INTEGER(first.body_length, 0);
    struct heard second = request(mock_server_port(server), "HEAD", "/v0/b", NULL, NULL);
    CHECK_INTEGER(second.status, 204);
    CHECK_TEXT(heard_header(&second, "X-Which", which), "head");
    heard_release(&first);
    heard_release(&second);
    mock_server_stop(server);
    remove_fixture_folder(folder);
}

/* What a stub's request names is an order, too: a fault can match it, and a magic id forces its own. */
static const struct stub_fault {
    const char *fault; /* set by the test; NULL: none */
    const char *order;
    int status;        /* 0: no byte comes */
    const char *which; /* X-Which */
    const char *fired; /* the id in the journal; NULL: none fired */
} stub_faults[] = {
    {NULL, "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a", 503, "order", NULL},
    {"{\"fault\": \"CANNED_RESPONSE\", \"status\": 299, \"match\": {\"order\": "
     "\"0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a\"}}",
     "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a", 299, NULL, "f1"},
    {"{\"fault\": \"CANNED_RESPONSE\", \"status\": 299, \"match\": {\"order\": \"another\"}}",
     "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a", 503, "order", NULL},
    {NULL, "fa170000-0000-4000-8000-000000000502", 502, NULL, "magic"},
    {NULL, "fa170000-0000-4000-8000-000000000599", 0, NULL, "magic"},
    {"{\"fault\": \"CANNED_RESPONSE\", \"status\": 299}", "fa170000-0000-4000-8000-000000000502", 299, NULL, "f1"},
};

static struct mock_server *server_with_stub_for(const char *order)
{
    char folder[FOLDER_MAX];
    char *stub = mem_print("{\"stub\": true, \"exchanges\": [{\"name\": \"a\", \"request\": {\"method\": \"PATCH\", "
                           "\"target\": \"/v0/orders/%s/cancel\"}, \"response\": {\"status\": 503, \"headers\": "
                           "{\"X-Which\": \"order\"}}}]}",
                           order);
    make_fixture_folder(folder, "fungies");
    replace_in_fixture(folder, "fungies", "exchanges/stubs.json", NULL, stub);
    struct mock_server *server = server_with_fixtures(folder, "fungies");
    remove_fixture_folder(folder);
    free(stub);
    return server;
}

static void names_an_order_to_a_fault(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(stub_faults); i++) {
        const struct stub_fault *own = &stub_faults[i];
        char which[256], *target = mem_print("/v0/orders/%s/cancel", own->order);
        struct mock_server *server = server_with_stub_for(own->order);
        if (own->fault != NULL)
            cJSON_Delete(steer(server, "POST", "/_mock/faults", own->fault, 201));
        struct heard heard = request(mock_server_port(server), "PATCH", target, NULL, NULL);
        CHECK_INTEGER(heard.status, own->status);
        CHECK_TEXT(heard.status == 0 ? NULL : heard_header(&heard, "X-Which", which), own->which);
        cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
        CHECK_TEXT(json_string(entry, "operation"), "stub");
        CHECK_TEXT(json_string(json_member(entry, "fault"), "id"), own->fired);
        cJSON_Delete(entry);
        heard_release(&heard);
        free(target);
        mock_server_stop(server);
    }
}

/* ── The control API ───────────────────────────────────────────────────────────────────────────────────────────── */

static void tells_a_users_exchanges(void *context)
{
    (void)context;
    struct mock_server *server = server_with_stubs();
    cJSON *answer = steer(server, "GET", "/_mock/exchanges?provider=fungies", NULL, 200);
    const cJSON *list = json_member(answer, "exchanges"), *first = cJSON_GetArrayItem(list, 0);
    CHECK_INTEGER(cJSON_GetArraySize(list), 5);
    CHECK_TEXT(json_string(first, "provider"), "fungies");
    CHECK_TEXT(json_string(first, "file"), "stubs.json");
    CHECK_TEXT(json_string(first, "name"), "as bytes");
    CHECK(json_true(first, "stub"));
    CHECK_TEXT(json_string(json_member(first, "request"), "body"), "{\"n\": 1}");
    cJSON_Delete(answer);
    cJSON_Delete(steer(server, "GET", "/_mock/openapi/fungies", NULL, 404));
    mock_server_stop(server);
}

static void tells_the_embedded_exchanges(void *context)
{
    (void)context;
    struct mock_server *server = start_server();
    cJSON *one = steer(server, "GET", "/_mock/exchanges?provider=dukkango", NULL, 200);
    cJSON *all = steer(server, "GET", "/_mock/exchanges", NULL, 200);
    const cJSON *list = json_member(one, "exchanges");
    CHECK(cJSON_GetArraySize(list) > 40);
    CHECK(cJSON_GetArraySize(json_member(all, "exchanges")) > 600);
    for (const cJSON *exchange = list->child; exchange != NULL; exchange = exchange->next) {
        CHECK_TEXT(json_string(exchange, "provider"), "dukkango");
        CHECK(json_string(exchange, "file") != NULL && json_string(exchange, "clause") != NULL);
        CHECK(json_member(exchange, "stub") == NULL && json_member(exchange, "response") != NULL);
    }
    cJSON_Delete(one);
    cJSON_Delete(all);
    cJSON_Delete(steer(server, "GET", "/_mock/exchanges?provider=acme", NULL, 400));
    cJSON_Delete(steer(server, "GET", "/_mock/openapi/acme", NULL, 404));
    mock_server_stop(server);
}

static void tells_the_api_description(void *context)
{
    (void)context;
    char folder[FOLDER_MAX];
    make_fixture_folder(folder, "dukkango");
    struct mock_server *server = server_with_fixtures(folder, "dukkango");
    remove_fixture_folder(folder);
    char *answer = NULL;
    CHECK_INTEGER(mock_server_control(server, "GET", "/_mock/openapi/dukkango", NULL, &answer), 200);
    CHECK_TEXT(answer, "{\"openapi\":\"3.1.0\",\"info\":{}}");
    free(answer);
    mock_server_stop(server);
}

void suite_stubs(void)
{
    register_test("stubs", "the one that fits answers", answers_what_fits, NULL);
    register_test("stubs", "they answer as written", answers_as_written, NULL);
    register_test("stubs", "the emulator does not see the request", keeps_the_emulator_out, NULL);
    register_test("stubs", "a HEAD meets those of GET", answers_heads, NULL);
    register_test("stubs", "faults step in", can_be_hit_by_a_fault, NULL);
    register_test("stubs", "they name an order to a fault", names_an_order_to_a_fault, NULL);
    register_test("stubs", "GET exchanges of a user's folder", tells_a_users_exchanges, NULL);
    register_test("stubs", "GET exchanges of the embedded ones", tells_the_embedded_exchanges, NULL);
    register_test("stubs", "GET openapi", tells_the_api_description, NULL);
}
