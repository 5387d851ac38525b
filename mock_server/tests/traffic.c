/* What real traffic has and the vendors' pages do not tell: HTTP and JSON as their RFCs have them, at every provider.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

/* ── Members that stand twice ──────────────────────────────────────────────────────────────────────────────────── */

static struct twice_case {
    const char *method, *target, *body;
    const char *notes[3]; /* what the journal notes of it, in any order */
} twices[] = {
    {"PUT",
     "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e",
     "{\"reason_id\":99,\"reason_id\":3}",
     {"RFC 8259 section 4: the member \"reason_id\" stands there twice; the last counts"}},
    {"PUT", "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "{\"reason_id\":3}", {NULL}},
    {"PATCH",
     "/v0/orders/0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a/cancel",
     "{\"a\":{\"b\\n\":1,\"b\\n\":2},\"c\":1,\"c\":2}",
     {"RFC 8259 section 4: the member \"c\" stands there twice; the last counts",
      "RFC 8259 section 4: the member \"b\\n\" stands there twice; the last counts"}},
};

static bool has_note(const cJSON *notes, const char *text)
{
    const cJSON *note = NULL;
    cJSON_ArrayForEach (note, notes)
        if (cJSON_IsString(note) && strcmp(note->valuestring, text) == 0)
            return true;
    return false;
}

static void notes_what_stands_twice(void *context)
{
    const struct twice_case *own = context;
    struct mock_server *server = start_server();
    cJSON *headers = json_read_text("{\"Content-Type\":\"application/json\",\"Access-Token\":\"your-access-token\","
                                    "\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\","
                                    "\"x-fngs-secret-key\":\"sec_iKXoGI3+bt24qTHE7Su/hqJ3Jp+DqPmmICDURqWGevQ=\"}");
    struct heard heard = request(mock_server_port(server), own->method, own->target, headers, own->body);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    const cJSON *notes = json_member(entry, "notes");
    int expected = 0;
    for (; own->notes[expected] != NULL; expected++)
        CHECK(has_note(notes, own->notes[expected]));
    CHECK_INTEGER(cJSON_GetArraySize(notes), expected);
    cJSON_Delete(entry);
    cJSON_Delete(headers);
    mock_server_stop(server);
}

/* Our own files and calls stay strict. */
static void a_control_call_refuses_twice(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *answer = steer(server, "PUT", "/_mock/clock", "{\"mode\":\"real\",\n \"mode\":\"frozen\"}", 400);
    CHECK_TEXT(json_string(answer, "error"),
               "the body is not JSON: line 2, column 9: member \"mode\" stands twice in one object");
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* ── HEAD and OPTIONS of the mock's own calls ──────────────────────────────────────────────────────────────────── */

static struct own_call {
    const char *method, *target;
    int status;
    const char *allow; /* NULL: no such header */
    bool has_body;
} own_calls[] = {
    {"GET", "/_mock/health", 200, NULL, true},
    {"HEAD", "/_mock/health", 200, NULL, false},
    {"HEAD", "/_mock/orders/dukkango/nobody", 404, NULL, false},
    {"HEAD", "/_mock/reset", 405, "POST", false},
    {"OPTIONS", "/_mock/health", 405, "GET, HEAD", true},
    {"OPTIONS", "/_mock/clock", 405, "GET, HEAD, PUT", true},
    {"PUT", "/_mock/requests", 405, "GET, HEAD, DELETE", true},
    {"OPTIONS", "/_mock/nowhere", 404, NULL, true},
};

static void answers_methods(void *context)
{
    const struct own_call *own = context;
    struct mock_server *server = start_server();
    char allow[256];
    struct heard heard = request(mock_server_port(server), own->method, own->target, NULL, NULL);
    CHECK_INTEGER(heard.status, own->status);
    CHECK_TEXT(heard_header(&heard, "Allow", allow), own->allow);
    CHECK(own->has_body ? heard.body_length > 0 : heard.body_length == 0);
    heard_release(&heard);
    mock_server_stop(server);
}

/* The head says how long the body of the GET is. */
static void a_head_is_that_of_the_get(void *context)
{
    struct mock_server *server = start_server();
    uint16_t port = mock_server_port(server);
    char of_get[256], of_head[256];
    (void)context;
    cJSON *headers = json_read_text("{\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\"}");
    const char *target = "/v0/orders/0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a";
    struct heard get = request(port, "GET", target, headers, NULL);
    struct heard head = request(port, "HEAD", target, headers, NULL);
    CHECK_INTEGER(head.status, 200);
    CHECK_INTEGER(head.body_length, 0);
    CHECK_TEXT(heard_header(&head, "Content-Length", of_head), heard_header(&get, "Content-Length", of_get));
    CHECK_TEXT(heard_header(&head, "Content-Type", of_head), heard_header(&get, "Content-Type", of_get));
    cJSON *entry = steer(server, "GET", "/_mock/requests/2", NULL, 200);
    CHECK_TEXT(json_string(entry, "operation"), "get_order");
    CHECK_TEXT(json_string(json_member(entry, "request"), "method"), "HEAD");
    cJSON_Delete(entry);
    cJSON_Delete(headers);
    heard_release(&get);
    heard_release(&head);
    mock_server_stop(server);
}

/* ── Links ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct link_case {
    const char *headers; /* after the request line, each with its line end */
    const char *root;
} links[] = {
    {"Host: mock.test:8080\r\n", "http://mock.test:8080"},
    {"Host: mock.test\r\n", "http://mock.test"},
    {"Host: [2001:db8::1]:8080\r\n", "http://[2001:db8::1]:8080"},
    {"Host: 192.0.2.1:1\r\n", "http://192.0.2.1:1"},
    {"Host: mock.test\r\nX-Forwarded-Proto: https\r\n", "https://mock.test"},
    {"Host: mock.test\r\nX-Forwarded-Proto: HTTPS, http\r\n", "https://mock.test"},
    {"Host: mock.test\r\nX-Forwarded-Proto: gopher\r\n", "http://mock.test"},
    {"Host: inner:80\r\nX-Forwarded-Host: outer.test\r\nX-Forwarded-Proto: https\r\n", "https://outer.test"},
    {"Host: inner:80\r\nX-Forwarded-Host: outer.test:444, inner\r\n", "http://outer.test:444"},
    {"Host: inner:80\r\nX-Forwarded-Host: a\"b\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: <x>\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: a/b\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: a@b\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: a:0\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: a:65536\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: a:\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: [::1\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: []\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: one\r\nX-Forwarded-Host: two\r\n", "http://inner:80"},
    {"Host: inner:80\r\nX-Forwarded-Host: \xc3\xbc.test\r\n", "http://inner:80"},
};

static struct heard ask_raw(struct mock_server *server, const char *target, const char *headers)
{
    char *bytes = mem_print("GET %s HTTP/1.1\r\n%sConnection: close\r\n\r\n", target, headers);
    struct heard heard = say(mock_server_port(server), bytes, strlen(bytes));
    free(bytes);
    return heard;
}

#define TOKEN "a-token-of-this-test"

static struct mock_server *server_at(const char *public_url, const char *listen)
{
    char problem[1024] = "", token_file[] = "/tmp/cancelmock-token-XXXXXX";
    struct mock_server *server = NULL;
    int fd = mkstemp(token_file);
    CHECK_INTEGER(write(fd, TOKEN, strlen(TOKEN)), strlen(TOKEN));
    close(fd);
    struct mock_server_options options = {.listen = listen, .public_url = public_url, .control_token_file = token_file};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
    unlink(token_file);
    return server;
}

static void check_roots(struct mock_server *server, const char *headers, const char *root)
{
    char *with_key = mem_print("%sAuthorization: Token f532e8b1c07d4a6f9e3b2d5c8a1f0e7d6b49332d\r\n", headers);
    struct heard page = ask_raw(server, "/api/i1/orders/?limit=1", with_key);
    char *next = mem_print("\"next\":\"%s/api/i1/orders/?", root), *base = mem_print("\"base_url\":\"%s/v0\"", root);
    CHECK_CONTAINS(page.body, next);
    char *with_token =
        mem_print("%sX-Mock-Token: " TOKEN "\r\n", headers); /* of a foreign Host none is taken without */
    struct heard providers = ask_raw(server, "/_mock/providers", with_token);
    CHECK_CONTAINS(providers.body, base);
    heard_release(&page);
    heard_release(&providers);
    free(with_token);
    free(with_key);
    free(next);
    free(base);
}

static void links_go_where_the_request_came(void *context)
{
    const struct link_case *own = context;
    struct mock_server *server = server_at(NULL, "127.0.0.1:0");
    check_roots(server, own->headers, own->root);
    mock_server_stop(server);
}

static void links_in_headers_go_there_too(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    struct heard page = ask_raw(server, "/consumers/api/v1/orders?per_page=1",
                                "Host: mock.test:8443\r\nX-Forwarded-Proto: https\r\n"
                                "Authorization: Bearer zt-musterdruck-4f1d0c7a9e2b86350d1c\r\n");
    CHECK_CONTAINS(page.head, "<https://mock.test:8443/consumers/api/v1/orders?");
    CHECK(strstr(page.head, "<http://") == NULL);
    heard_release(&page);
    mock_server_stop(server);
}

static void a_public_url_wins(void *context)
{
    static const char *const urls[][2] = {{"https://mock.example", "https://mock.example"},
                                          {"http://mock.example:81/", "http://mock.example:81"},
                                          {"https://mock.example/a/b//", "https://mock.example/a/b"}};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(urls); i++) {
        struct mock_server *server = server_at(urls[i][0], "127.0.0.1:0");
        check_roots(server, "Host: inner\r\nX-Forwarded-Host: outer\r\nX-Forwarded-Proto: http\r\n", urls[i][1]);
        cJSON *made = steer(server, "POST", "/_mock/sessions", "{\"id\":\"a\"}", 201);
        char *base = mem_print("%s/_s/a/v0", urls[i][1]);
        CHECK_TEXT(json_string(json_member(made, "base_urls"), "fungies"), base);
        free(base);
        cJSON_Delete(made);
        mock_server_stop(server);
    }
}

static void a_public_url_is_one(void *context)
{
    static const char *const bad[] = {"mock.example", "ftp://mock.example", "https://",
                                      "https://a b",  "https://a\"b",       "https://a:0",
                                      "https://a/?x", "https://u@a",        "https://a:99999/"};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct mock_server *server = NULL;
        char problem[1024] = "";
        struct mock_server_options options = {.unheard = true, .public_url = bad[i]};
        CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_BAD_OPTIONS);
        CHECK_CONTAINS(problem, "give where clients reach this server, such as https://mock.example:8443");
    }
}

/* Nobody can connect to the address that means all of them. */
static void no_link_goes_everywhere(void *context)
{
    struct mock_server *server = server_at(NULL, "0.0.0.0:0");
    (void)context;
    cJSON *made = steer(server, "POST", "/_mock/sessions", "{\"id\":\"a\"}", 201);
    char *base = mem_print("http://127.0.0.1:%u/_s/a/v0", mock_server_port(server));
    CHECK_TEXT(json_string(json_member(made, "base_urls"), "fungies"), base);
    free(base);
    cJSON_Delete(made);
    mock_server_stop(server);
}

/* ── Routes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* By hand from the documents and knobs: a path, what it needs, whether it is served under these knobs. */
static struct listed_case {
    const char *provider, *knobs; /* PATCH; NULL: as they are */
    const char *path, *alias;     /* of the route; NULL: the route itself */
    const char *needs;
    bool served;
} listed[] = {
    {"zaikio", NULL, "/orders/{order_id}", "/orders/{order_id}", NULL, true}, /* as the page writes it */
    {"zaikio", NULL, "/v2/orders/{order_id}/cancel", NULL, "v2=on", false},
    {"zaikio", "{\"v2\":\"on\"}", "/v2/orders/{order_id}/cancel", NULL, "v2=on", true},
    {"akinon", NULL, "/orders/{order_id}/cancel/", NULL, NULL, true},
    {"akinon", NULL, "/orders/{order_id}/cancel/", "/api/v1/orders/{order_id}/cancel/", "path_aliases=on", true},
    {"akinon", "{\"path_aliases\":\"off\"}", "/orders/{order_id}/cancel/", "/api/v1/orders/{order_id}/cancel/",
     "path_aliases=on", false},
    {"akinon", NULL, "/orders/{order_id}/cancel", NULL, "missing_slash=serve", false},
    {"akinon", "{\"missing_slash\":\"serve\"}", "/orders/{order_id}/cancel", NULL, "missing_slash=serve", true},
    {"akinon", "{\"missing_slash\":\"serve\",\"path_aliases\":\"off\"}", "/orders/{order_id}/cancel",
     "/api/v1/orders/{order_id}/cancel", "path_aliases=on, missing_slash=serve", false},
    {"dukkango", NULL, "/orders/cancel/{order_id}", NULL, NULL, true},
};

static const cJSON *entry_of(const cJSON *list, const char *path)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, list)
        if (strcmp(json_string_or(entry, "path", ""), path) == 0)
            return entry;
    return NULL;
}

static void lists_what_is_served(void *context)
{
    const struct listed_case *own = context;
    struct mock_server *server = start_server();
    char *knobs = mem_print("/_mock/knobs/%s", own->provider);
    if (own->knobs != NULL)
        cJSON_Delete(steer(server, "PATCH", knobs, own->knobs, 200));
    cJSON *answer = steer(server, "GET", "/_mock/providers", NULL, 200);
    const cJSON *provider = json_member(json_member(answer, "providers"), own->provider);
    const cJSON *entry = entry_of(json_member(provider, "routes"), own->path);
    if (own->alias != NULL)
        entry = entry_of(json_member(entry, "aliases"), own->alias);
    CHECK(entry != NULL);
    CHECK_TEXT(json_string(entry, "needs"), own->needs);
    CHECK_INTEGER(json_true(entry, "served"), own->served);
    cJSON_Delete(answer);
    free(knobs);
    mock_server_stop(server);
}

void suite_traffic(void)
{
    for (size_t i = 0; i < COUNT_OF(listed); i++) {
        char *name = mem_print("routes are listed as served %zu", i);
        register_test("traffic", name, lists_what_is_served, &listed[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(twices); i++) {
        char *name = mem_print("notes members that stand twice %zu", i);
        register_test("traffic", name, notes_what_stands_twice, &twices[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(own_calls); i++) {
        char *name = mem_print("%s %s", own_calls[i].method, own_calls[i].target);
        register_test("traffic", name, answers_methods, &own_calls[i]);
        free(name);
    }
    register_test("traffic", "a head is that of the get", a_head_is_that_of_the_get, NULL);
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        char *name = mem_print("links go where the request came %zu", i);
        register_test("traffic", name, links_go_where_the_request_came, &links[i]);
        free(name);
    }
    register_test("traffic", "links in headers go there too", links_in_headers_go_there_too, NULL);
    register_test("traffic", "a public URL wins", a_public_url_wins, NULL);
    register_test("traffic", "a public URL is one", a_public_url_is_one, NULL);
    register_test("traffic", "no link goes everywhere", no_link_goes_everywhere, NULL);
    register_test("traffic", "a control call refuses members that stand twice", a_control_call_refuses_twice, NULL);
}
