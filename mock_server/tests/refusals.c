/*
 * Control calls that are misheard nowhere: each is refused with a status, a place and words that help, and changes
 * nothing. And who may call at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/suites.h"

#define ORDER "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

static struct wrong_call {
    const char *method, *path, *json;
    int status;
    const char *place; /* NULL: none */
    const char *told;  /* a part of the error */
} wrong_calls[] = {
    {"POST", "/_mock/reset?sesion=x", NULL, 400, "?sesion", "did you mean \"session\"?"},
    {"POST", "/_mock/reset?session=tow", NULL, 400, "?session", "no session \"tow\"; did you mean \"two\"?"},
    {"POST", "/_mock/reset?session=two&session=default", NULL, 400, "?session", "more than once"},
    {"POST", "/_mock/reset", "{\"session\":\"two\"}", 400, "", "POST /_mock/reset takes no body"},
    {"POST", "/_mock/reset?session=%zz", NULL, 400, "?session", "broken %XX"},
    {"POST", "/_mock/orders/dukkango", "{\"provider\":\"akinon\"}", 400, "/provider",
     "the path says dukkango, and the order akinon"},
    {"POST", "/_mock/faults",
     "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"provider\":\"dukkango\",\"operation\":\"cancel\",\"method\":\"POST\"}"
     "}",
     400, "", "no method of that operation's routes is called \"POST\""},
    {"POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"order\":\"\"}}", 400, "",
     "no order has an empty id"},
    {"POST", "/_mock/faults", "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[]}", 400, "",
     "has no change"},
    {"POST", "/_mock/faults",
     "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":[{\"op\":\"remove\",\"path\":\"/a~2\"}]}", 400,
     "", "is a JSON pointer"},
    {"POST", "/_mock/faults", "{\"fault\":\"empty_response\"}", 400, "", "did you mean \"EMPTY_RESPONSE\"?"},
    {"DELETE", "/_mock/requests?order=4711", NULL, 400, "?order", "takes no ?order=; it takes ?session="},
    {"DELETE", "/_mock/faults?provider=dukkango", NULL, 400, "?provider", "takes no ?provider="},
    {"DELETE", ORDER "?force", NULL, 400, "?force", "takes no ?force="},
    {"GET", "/_mock/requests?operation=cancel_order", NULL, 400, "?operation", "did you mean \"cancel\"?"},
    {"GET", "/_mock/requests?provider=akinon&operation=place_order", NULL, 400, "?operation", "no operation"},
    {"GET", "/_mock/requests?provider=akinn", NULL, 400, "?provider", "did you mean \"akinon\"?"},
    {"GET", "/_mock/requests?status=2xx", NULL, 400, "?status", "a number from 100 to 599"},
    {"GET", "/_mock/requests?status=600", NULL, 400, "?status", "a number from 100 to 599"},
    {"GET", "/_mock/requests?limit=0", NULL, 400, "?limit", "a number from 1"},
    {"GET", "/_mock/requests?since=-1", NULL, 400, "?since", "a number from 0"},
    {"GET", "/_mock/requests?order=", NULL, 400, "?order", "not empty"},
    {"GET", "/_mock/orders?providr=akinon", NULL, 400, "?providr", "did you mean \"provider\"?"},
    {"GET", "/_mock/connections?limit=3", NULL, 400, "?limit", "takes no ?limit="},
    {"GET", "/_mock/exchanges?=x", NULL, 400, "?", "it takes ?session=, ?provider="},
    {"POST", "/_mock/orders/dukkango", "{\"state\":\"COMPLET\"}", 400, "/state", "did you mean \"COMPLETE\"?"},
    {"POST", "/_mock/orders/dukkango", "{\"account\":\"cinaralt\"}", 400, "/account", "did you mean \"cinaralti\"?"},
    {"POST", "/_mock/orders/dukkango", "{\"id\":\"x\",\"id\":\"y\"}", 400, NULL, "is not JSON"},
    {"POST", "/_mock/orders/dukkango", "{\"aliases\":[\"a\",7]}", 400, "/aliases/1", "holds strings"},
    {"POST", "/_mock/orders/dukkango", "\"{}\"", 400, "", "this is a string, and an object is expected"},
    {"POST", "/_mock/orders/akinon", "{\"id\":\"0\"}", 400, "", "positive integer"},
    {"POST", "/_mock/orders/dukkano", "{}", 404, NULL, "did you mean \"dukkango\"?"},
    {"PATCH", ORDER, "{\"state\":\"COMPLETE\",\"facts\":{\"paid\":true}}", 400, "/facts/paid",
     "unknown member \"paid\""},
    {"PATCH", ORDER, "{\"state\":\"COMPLETE\",\"id\":\"x\"}", 400, "/id", "\"id\" is fixed"},
    {"POST", ORDER "/events", "{\"event\":\"acept\"}", 400, "/event", "did you mean \"accept\"?"},
    {"POST", ORDER "/events", "{\"event\":\"accept\",\"at\":\"now\"}", 400, "/at", "unknown member \"at\""},
    {"POST", ORDER "/events", "{\"event\":\"complete\"}", 409, "/event", "in state RECEIVED"},
    {"POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"operation\":\"cancel_order\"}}", 400, NULL,
     "\"cancel_order\""},
    {"POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"match\":{\"provider\":\"akinn\"}}", 400, NULL,
     "did you mean \"akinon\"?"},
    {"POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"bytes\":3}", 400, NULL, "\"bytes\""},
    {"POST", "/_mock/faults", "[]", 400, "", "send the fault as a JSON object"},
    {"DELETE", "/_mock/faults/f9", NULL, 404, NULL, "no fault \"f9\""},
    {"PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":404,\"malformed_bod\":\"422\"}", 400, "/malformed_bod",
     "did you mean \"malformed_body\"?"},
    {"PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":404.0}", 400, "/foreign_order", "it takes 403, 404"},
    {"PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":[404]}", 400, "/foreign_order", "this is an array"},
    {"PATCH", "/_mock/knobs/fungies", "{\"strict_body\":1}", 400, "/strict_body", "it takes off, on"},
    {"PUT", "/_mock/clock", "{\"mode\":\"froze\",\"now\":\"2027-01-01T00:00:00Z\"}", 400, "/mode",
     "did you mean \"frozen\"?"},
    {"PUT", "/_mock/clock", "{\"mode\":\"frozen\",\"now\":1793523600}", 400, "/now", "must be a string"},
    {"POST", "/_mock/clock/advance", "{\"day\":1}", 400, "/day", "did you mean \"days\"?"},
    {"POST", "/_mock/clock/advance", "{\"days\":\"1\"}", 400, "/days", "must be a number"},
    {"POST", "/_mock/sessions", "{\"ttl\":60}", 400, "/ttl", "did you mean \"ttl_s\"?"},
    {"POST", "/_mock/sessions", "{\"id\":\"new\",\"knobs\":{\"akinn\":{}}}", 400, "/knobs/akinn", "\"akinon\""},
    {"POST", "/_mock/sessions", "{\"id\":\"new\",\"clock\":{\"mode\":\"real\",\"rate\":2}}", 400, "/clock/mode",
     "takes no"},
    {"POST", "/_mock/sessions", "{\"id\":\"two\"}", 409, "/id", "already"},
    {"DELETE", "/_mock/sessions/tow", NULL, 404, NULL, "did you mean \"two\"?"},
    {"POST", "/_mock/tokens/dukkango/expire", "{\"all\":true}", 400, "", "takes no body"},
    {"POST", "/_mock/tokens/fungies/expire", NULL, 409, NULL, "no log-in"},
    {"GET", "/_mock/request", NULL, 404, NULL, "did you mean /_mock/requests?"},
    {"PUT", "/_mock/orders/dukkango", "{}", 405, NULL, "possible: POST"},
};

/* Everything that a call can change, as one text. */
static char *dump(struct mock_server *server)
{
    static const char *const looks[] = {"/_mock/orders",
                                        "/_mock/orders?session=two",
                                        "/_mock/faults",
                                        "/_mock/faults?session=two",
                                        "/_mock/knobs/dukkango",
                                        "/_mock/knobs/akinon",
                                        "/_mock/knobs/fungies",
                                        "/_mock/clock",
                                        "/_mock/requests",
                                        "/_mock/requests?session=two",
                                        "/_mock/clock?session=two",
                                        "/_mock/sessions"};
    struct text all = TEXT_INIT(TEXT_UNBOUNDED);
    for (size_t i = 0; i < COUNT_OF(looks); i++) {
        char *answer = NULL;
        CHECK_INTEGER(mock_server_control(server, "GET", looks[i], NULL, &answer), 200);
        text_print(&all, "%s %s\n", looks[i], answer);
        free(answer);
    }
    return text_take(&all);
}

/* A server in which there is something of everything. */
static struct mock_server *start_used(void)
{
    struct mock_server *server = start_server();
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"two\"}", 201));
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\",\"when\":{\"after\":5}}", 201));
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/dukkango", "{\"bad_content_type\":415}", 200));
    struct heard heard = request(mock_server_port(server), "GET", "/v0/orders/x", NULL, NULL);
    heard_release(&heard);
    return server;
}

static void is_refused_without_effect(void *context)
{
    const struct wrong_call *own = context;
    struct mock_server *server = start_used();
    char *before = dump(server);
    cJSON *answer = steer(server, own->method, own->path, own->json, own->status);
    CHECK_CONTAINS(json_string_or(answer, "error", ""), own->told);
    if (own->place != NULL)
        CHECK_TEXT(json_string(answer, "path"), own->place);
    CHECK_INTEGER(cJSON_GetArraySize(answer), 2);
    char *after = dump(server);
    CHECK_TEXT(after, before);
    cJSON_Delete(answer);
    free(before);
    free(after);
    mock_server_stop(server);
}

/* What is drawn for an order that is refused is not missing to the next one. */
static void a_refused_order_takes_no_id(void *context)
{
    struct mock_server *one = start_server(), *two = start_server();
    (void)context;
    cJSON_Delete(steer(one, "POST", "/_mock/orders/akinon", "{\"document\":{\"pk\":0}}", 400));
    cJSON_Delete(steer(one, "POST", "/_mock/orders/dukkango", "{\"document\":{\"payment_key\":\"\"}}", 400));
    cJSON_Delete(
        steer(one, "POST", "/_mock/orders/dukkango", "{\"id\":\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"}", 409));
    cJSON *after = steer(one, "POST", "/_mock/orders/dukkango", "{}", 201);
    cJSON *alone = steer(two, "POST", "/_mock/orders/dukkango", "{}", 201);
    char *is = json_write(after), *wanted = json_write(alone);
    CHECK_TEXT(is, wanted);
    free(is);
    free(wanted);
    cJSON_Delete(after);
    cJSON_Delete(alone);
    mock_server_stop(one);
    mock_server_stop(two);
}

/* ── Whose call it is ──────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *header_of(const char *name, const char *value)
{
    cJSON *headers = cJSON_CreateObject();
    if (name != NULL)
        json_set_string(headers, name, value);
    return headers;
}

static struct heard call_with(struct mock_server *server, const char *method, const char *path, const char *name,
                              const char *value)
{
    cJSON *headers = header_of(name, value);
    struct heard heard = request(mock_server_port(server), method, path, headers, NULL);
    cJSON_Delete(headers);
    return heard;
}

static void check_call(struct mock_server *server, const char *path, const char *name, const char *value, int status)
{
    struct heard heard = call_with(server, "GET", path, name, value);
    CHECK_INTEGER(heard.status, status);
    heard_release(&heard);
}

/* A header that names a session is heeded, and one that the query contradicts is refused. */
static void the_header_names_the_session(void *context)
{
    struct mock_server *server = start_used();
    (void)context;
    struct heard heard = call_with(server, "POST", "/_mock/reset", "X-Mock-Session", "two");
    CHECK_INTEGER(heard.status, 204);
    heard_release(&heard);
    cJSON *kept = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(kept, "faults")), 1);
    cJSON_Delete(kept);
    check_call(server, "/_mock/clock?session=two", "X-Mock-Session", "two", 200);
    check_call(server, "/_mock/clock?session=default", "X-Mock-Session", "two", 400);
    check_call(server, "/_mock/clock", "X-Mock-Session", "tow", 400);
    mock_server_stop(server);
}

/* ── The gate ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct gate_case {
    const char *name, *value;
    int status;
    const char *told;
} gate_cases[] = {
    {NULL, NULL, 200, "alive"},
    {"Host", "localhost", 200, "alive"},
    {"Host", "LOCALHOST:1", 200, "alive"},
    {"Host", "mock.localhost:8080", 200, "alive"},
    {"Host", "127.9.9.9", 200, "alive"},
    {"Host", "[::1]:8080", 200, "alive"},
    {"Host", "mock.example", 200, "alive"}, /* the public URL's */
    {"Host", "evil.example", 403, "--public-url"},
    {"Host", "localhost.evil.example", 403, "--control-token-file"},
    {"Host", "127.0.0.1.evil.example:80", 403, "127.0.0.1 or localhost"},
    {"Host", "10.0.0.1", 403, "no name of this machine"},
    {"Host", "[::2]", 403, "no name of this machine"},
    {"Origin", "https://mock.example:8443", 200, "alive"},
    {"Origin", "http://evil.example", 403, "may not steer the mock"},
    {"Origin", "http://localhost:3000", 403, "may not steer the mock"},
    {"Origin", "null", 403, "may not steer the mock"},
    {"Sec-Fetch-Site", "none", 200, "alive"},
    {"Sec-Fetch-Site", "same-origin", 200, "alive"},
    {"Sec-Fetch-Site", "same-site", 403, "another web site"},
    {"Sec-Fetch-Site", "cross-site", 403, "another web site"},
};

static struct mock_server *start_with(const struct mock_server_options *options, int result, char *problem)
{
    struct mock_server *server = NULL;
    CHECK_INTEGER(mock_server_start(options, &server, problem, MOCK_SERVER_PROBLEM_MAX), result);
    return server;
}

static void the_gate_lets_in_who_may(void *context)
{
    const struct gate_case *own = context;
    char *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    struct mock_server *server = start_with(
        &(struct mock_server_options){.listen = "127.0.0.1:0", .public_url = "https://mock.example:8443/mock"}, 0,
        problem);
    struct heard heard = call_with(server, "GET", "/_mock/health", own->name, own->value);
    CHECK_INTEGER(heard.status, own->status);
    CHECK_CONTAINS(heard.body, own->told);
    heard_release(&heard);
    /* The vendors' APIs are no concern of the gate's. */
    heard = call_with(server, "GET", "/v0/orders/x", own->name, own->value);
    CHECK_INTEGER(heard.status, 401);
    heard_release(&heard);
    mock_server_stop(server);
    free(problem);
}

/* A page that is refused has done nothing. */
static void a_foreign_page_resets_nothing(void *context)
{
    struct mock_server *server = start_used();
    (void)context;
    struct heard heard = call_with(server, "POST", "/_mock/reset", "Origin", "http://evil.example");
    CHECK_INTEGER(heard.status, 403);
    heard_release(&heard);
    cJSON *kept = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(kept, "faults")), 1);
    cJSON_Delete(kept);
    mock_server_stop(server);
}

/* ── The token ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define TOKEN "t0ken-of-this-test"

/* A file that its owner alone may read, unless `mode` says otherwise; the path in `out`. */
static void write_token(const char *text, mode_t mode, char out[64])
{
    snprintf(out, 64, "/tmp/cancelmock-token-XXXXXX");
    int fd = mkstemp(out);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && fchmod(fd, mode) == 0);
    close(fd);
}

static void a_token_opens(void *context)
{
    char path[64], seen[256], *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    (void)context;
    write_token(TOKEN "\n", 0600, path);
    struct mock_server *server = start_with(
        &(struct mock_server_options){.listen = "127.0.0.1:0", .control_token_file = path}, MOCK_SERVER_OK, problem);
    struct heard heard = call_with(server, "GET", "/_mock/clock", NULL, NULL);
    CHECK_INTEGER(heard.status, 401);
    CHECK_TEXT(heard_header(&heard, "WWW-Authenticate", seen), "Bearer realm=\"cancelmock control\"");
    CHECK_CONTAINS(heard.body, "X-Mock-Token");
    heard_release(&heard);
    check_call(server, "/_mock/clock", "Authorization", "Bearer " TOKEN, 200);
    check_call(server, "/_mock/clock", "Authorization", "bearer  " TOKEN, 200);
    check_call(server, "/_mock/clock", "X-Mock-Token", TOKEN, 200);
    check_call(server, "/_mock/clock", "X-Mock-Token", TOKEN "x", 401);
    check_call(server, "/_mock/clock", "X-Mock-Token", "t0ken-of-this-tes", 401);
    check_call(server, "/_mock/clock", "X-Mock-Token", "", 401);
    check_call(server, "/_mock/clock", "Authorization", "Basic " TOKEN, 401);
    check_call(server, "/_mock/clock", "Authorization", TOKEN, 401);
    check_call(server, "/_mock/health", NULL, NULL, 200);
    check_call(server, "/_mock/nothing", NULL, NULL, 401);
    cJSON_Delete(steer(server, "GET", "/_mock/clock", NULL, 200)); /* in process there is no gate */
    mock_server_stop(server);
    unlink(path);
    free(problem);
}

static struct token_case {
    const char *text;
    mode_t mode;
    const char *told;
} token_cases[] = {
    {TOKEN, 0644, "others may read it; run: chmod 600 /tmp/cancelmock-token-"},
    {TOKEN, 0620, "others may read it"},
    {"", 0600, "a token is one line"},
    {"  \n", 0600, "a token is one line"},
    {"two words", 0600, "a token is one line"},
};

static void a_bad_token_file_ends_the_start(void *context)
{
    const struct token_case *own = context;
    char path[64], *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    write_token(own->text, own->mode, path);
    const struct mock_server_options options = {.listen = "127.0.0.1:0", .control_token_file = path};
    struct mock_server *server = start_with(&options, MOCK_SERVER_BAD_OPTIONS, problem);
    CHECK(server == NULL);
    CHECK_CONTAINS(problem, "--control-token-file /tmp/cancelmock-token-");
    CHECK_CONTAINS(problem, own->told);
    CHECK(strstr(problem, TOKEN) == NULL);
    unlink(path);
    free(problem);
}

/* ── A port of its own, and none ───────────────────────────────────────────────────────────────────────────────── */

static void a_port_of_its_own(void *context)
{
    char *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    (void)context;
    struct mock_server *server =
        start_with(&(struct mock_server_options){.listen = "127.0.0.1:0", .control_listen = "127.0.0.1:0"},
                   MOCK_SERVER_OK, problem);
    const char *url = mock_server_control_url(server);
    uint16_t port = (uint16_t)strtoul(strrchr(url, ':') + 1, NULL, 10);
    CHECK(port != mock_server_port(server));
    check_call(server, "/_mock/clock", NULL, NULL, 404); /* the APIs' port has no control API any more */
    struct heard heard = request(port, "GET", "/_mock/providers", NULL, NULL);
    CHECK_INTEGER(heard.status, 200);
    char *base = mem_print("\"base_url\":\"%s/v0\"", mock_server_url(server)); /* and it speaks of that port */
    CHECK_CONTAINS(heard.body, base);
    heard_release(&heard);
    heard = request(port, "GET", "/v0/orders/x", NULL, NULL);
    CHECK_INTEGER(heard.status, 404);
    CHECK_CONTAINS(heard.body, "the control API alone");
    heard_release(&heard);
    free(base);
    mock_server_stop(server);
    free(problem);
}

static void no_control_at_all(void *context)
{
    char *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    (void)context;
    struct mock_server *server =
        start_with(&(struct mock_server_options){.listen = "127.0.0.1:0", .no_control = true}, MOCK_SERVER_OK, problem);
    CHECK_TEXT(mock_server_control_url(server), "");
    check_call(server, "/_mock/health", NULL, NULL, 404);
    check_call(server, "/_mock/faults", NULL, NULL, 404);
    cJSON *journal = steer(server, "GET", "/_mock/requests", NULL, 200);
    const cJSON *entries = json_member(journal, "requests");
    CHECK_INTEGER(cJSON_GetArraySize(entries), 1); /* who tried to steer stands there; who asked for health does not */
    CHECK_TEXT(json_string(json_member(cJSON_GetArrayItem(entries, 0), "request"), "target"), "/_mock/faults");
    cJSON_Delete(journal);
    mock_server_stop(server);
    const struct mock_server_options both = {.no_control = true, .control_listen = "127.0.0.1:0"};
    CHECK(start_with(&both, MOCK_SERVER_BAD_OPTIONS, problem) == NULL);
    CHECK_CONTAINS(problem, "--no-control: it takes no --control-listen");
    free(problem);
}

/* ── Values and methods ────────────────────────────────────────────────────────────────────────────────────────── */

static void knobs_take_numbers_and_booleans(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *set = steer(server, "PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":404}", 200);
    CHECK_TEXT(json_string(set, "foreign_order"), "404");
    cJSON_Delete(set);
    set = steer(server, "PATCH", "/_mock/knobs/fungies", "{\"strict_body\":true,\"throttle_seconds\":7}", 200);
    CHECK_TEXT(json_string(set, "strict_body"), "on");
    CHECK_TEXT(json_string(set, "throttle_seconds"), "7");
    cJSON_Delete(set);
    cJSON_Delete(
        steer(server, "POST", "/_mock/sessions",
              "{\"id\":\"n\",\"knobs\":{\"dukkango\":{\"foreign_order\":404},\"fungies\":{\"has_more\":false}}}", 201));
    cJSON *other = steer(server, "GET", "/_mock/knobs/fungies?session=n", NULL, 200);
    CHECK_TEXT(json_string(other, "has_more"), "off");
    cJSON_Delete(other);
    mock_server_stop(server);
}

/* Every GET that names nothing answers HEAD with the same head and no body. */
static void head_is_get_without_a_body(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *index = steer(server, "GET", "/_mock/", NULL, 200);
    const cJSON *call = NULL;
    cJSON_ArrayForEach (call, json_member(index, "calls")) {
        const char *path = json_string(call, "path");
        if (strcmp(json_string(call, "method"), "GET") != 0 || strchr(path, '{') != NULL ||
            strcmp(path, "/_mock/events") == 0) /* it does not end */
            continue;
        struct heard head = request(mock_server_port(server), "HEAD", path, NULL, NULL);
        CHECK_INTEGER(head.status, 200);
        CHECK_INTEGER(head.body_length, 0);
        heard_release(&head);
    }
    cJSON_Delete(index);
    mock_server_stop(server);
}

static void the_index_is_a_page_for_people(void *context)
{
    struct mock_server *server = start_server();
    char seen[256];
    (void)context;
    struct heard page = call_with(server, "GET", "/_mock", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    CHECK_INTEGER(page.status, 200);
    CHECK_TEXT(heard_header(&page, "Content-Type", seen), "text/html; charset=utf-8");
    CHECK_CONTAINS(page.body, "<code>POST /_mock/orders/{provider}/{order}/events</code>");
    CHECK_CONTAINS(page.body, "/_mock/requests\">/_mock/requests</a>");
    heard_release(&page);
    page = call_with(server, "GET", "/_mock/", "Accept", "application/json, text/html");
    CHECK_TEXT(heard_header(&page, "Content-Type", seen), "application/json");
    heard_release(&page);
    mock_server_stop(server);
}

void suite_refusals(void)
{
    for (size_t i = 0; i < COUNT_OF(wrong_calls); i++) {
        char *name = mem_print("%zu %s %s", i, wrong_calls[i].method, wrong_calls[i].path);
        register_test("refusals", name, is_refused_without_effect, &wrong_calls[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(gate_cases); i++) {
        char *name = mem_print("gate %zu %s: %s", i, gate_cases[i].name == NULL ? "nothing" : gate_cases[i].name,
                               gate_cases[i].value == NULL ? "" : gate_cases[i].value);
        register_test("refusals", name, the_gate_lets_in_who_may, &gate_cases[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(token_cases); i++) {
        char *name = mem_print("token file %zu", i);
        register_test("refusals", name, a_bad_token_file_ends_the_start, &token_cases[i]);
        free(name);
    }
    register_test("refusals", "a refused order takes no id", a_refused_order_takes_no_id, NULL);
    register_test("refusals", "the header names the session", the_header_names_the_session, NULL);
    register_test("refusals", "a foreign page resets nothing", a_foreign_page_resets_nothing, NULL);
    register_test("refusals", "a token opens", a_token_opens, NULL);
    register_test("refusals", "the control API has a port of its own", a_port_of_its_own, NULL);
    register_test("refusals", "there is no control API", no_control_at_all, NULL);
    register_test("refusals", "knobs take numbers and booleans", knobs_take_numbers_and_booleans, NULL);
    register_test("refusals", "HEAD is GET without a body", head_is_get_without_a_body, NULL);
    register_test("refusals", "the index is a page for people", the_index_is_a_page_for_people, NULL);
}
