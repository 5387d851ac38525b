/* Addresses, and answers as they come over the wire. */
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/http_client.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "mock_server/base/url.h"
#include "tests/fake.h"
#include "tests/suites.h"

static void check_url(const char *text, const char *host, int port, const char *path, const char *authority)
{
    struct url url = {0};
    char *problem = NULL;
    CHECK_INTEGER(url_read(text, &url, &problem), 0);
    CHECK_TEXT(url.host, host);
    CHECK_INTEGER(url.port, port);
    CHECK_TEXT(url.path, path);
    CHECK_TEXT(url.authority, authority);
    url_release(&url);
    free(problem);
}

static void test_url__takes_an_address_apart(void *context)
{
    (void)context;
    check_url("http://staging.example", "staging.example", 80, "", "staging.example");
    check_url("http://staging.example:80/", "staging.example", 80, "", "staging.example");
    check_url("http://127.0.0.1:8080/api/i1/", "127.0.0.1", 8080, "/api/i1", "127.0.0.1:8080");
    check_url("http://[::1]:8080/v0", "::1", 8080, "/v0", "[::1]:8080");
}

static void test_url__refuses_what_it_cannot_ask(void *context)
{
    (void)context;
    static const char *const wrong[] = {
        "",           "staging.example", "ftp://x",        "http://",      "http://:80",
        "http://x:",  "http://x:0",      "http://x:65536", "http://x:8o",  "http://[::1",
        "http://u@x", "http://x/?a",     "http://x/#a",    "http://x/a b", "http://[::1]8"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct url url = {0};
        char *problem = NULL;
        int done = url_read(wrong[i], &url, &problem);
        bool fine_without_port = strcmp(wrong[i], "http://x:") == 0; /* RFC 3986: a port may be empty */
        CHECK_INTEGER(done, fine_without_port ? 0 : -1);
        CHECK(done == 0 || problem);
        url_release(&url);
        free(problem);
    }
}

static void test_url__says_that_https_is_not_spoken(void *context)
{
    (void)context;
    struct url url;
    char *problem = NULL;
    CHECK_INTEGER(url_read("https://staging.example", &url, &problem), -1);
    CHECK(problem && strstr(problem, "https") && strstr(problem, "http://"));
    free(problem);
}

/* ── Answers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void ask_at(const char *text, const struct http_request *request, int limit_ms, struct http_answer *answer)
{
    struct url url;
    char *problem = NULL;
    CHECK_INTEGER(url_read(text, &url, &problem), 0);
    http_ask(&url, request, limit_ms, answer);
    url_release(&url);
}

static void ask_fake(const char *says, const char *method, struct http_answer *answer)
{
    struct fake fake;
    fake_start(&fake, says);
    ask_at(fake.url, &(struct http_request){.method = method, .target = "/x"}, says != NULL ? 5000 : 100, answer);
    fake_stop(&fake);
}

static void check_answer(const char *says, int status, const char *body)
{
    struct http_answer answer;
    ask_fake(says, "GET", &answer);
    CHECK_TEXT(answer.problem, NULL);
    CHECK_INTEGER(answer.status, status);
    CHECK_TEXT(text_cstr(&answer.body), body);
    http_answer_release(&answer);
}

static void test_http__reads_every_kind_of_body(void *context)
{
    (void)context;
    check_answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}");
    check_answer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}beyond", 200, "{}");
    check_answer("HTTP/1.0 404 Not Found\r\n\r\nto the end", 404, "to the end");
    check_answer("HTTP/1.1 204 No Content\r\n\r\n", 204, "");
    check_answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx", 201, "x");
    check_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                 200, "abc0123456789");
    check_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nTrailer: x\r\n\r\n", 200, "a");
}

/* However small the pieces are in which it comes. */
static void test_http__reads_an_answer_byte_by_byte(void *context)
{
    (void)context;
    static const char bytes[] = "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
    struct http_answer answer = HTTP_ANSWER_INIT;
    struct http_reading reading = {.answer = &answer, .has_body = true};
    for (size_t i = 0; i + 1 < sizeof bytes; i++)
        CHECK_INTEGER(http_reading_take(&reading, bytes + i, 1), i + 2 == sizeof bytes);
    CHECK_INTEGER(answer.status, 200);
    CHECK_TEXT(text_cstr(&answer.body), "abc0123456789");
    CHECK_TEXT(answer.problem, NULL);
    http_reading_release(&reading);
    http_answer_release(&answer);
}

static void test_http__head_has_no_body(void *context)
{
    (void)context;
    struct http_answer answer;
    ask_fake("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", "HEAD", &answer);
    CHECK_TEXT(answer.problem, NULL);
    CHECK_TEXT(text_cstr(&answer.body), "");
    http_answer_release(&answer);
}

static void check_problem(const char *says, const char *words)
{
    struct http_answer answer;
    ask_fake(says, "GET", &answer);
    CHECK(answer.reached);
    CHECK(answer.problem && strstr(answer.problem, words));
    http_answer_release(&answer);
}

static void test_http__half_an_answer_is_a_problem(void *context)
{
    (void)context;
    check_problem("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}", "the body broke off");
    check_problem("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", "the body broke off");
    check_problem("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n", "no length");
    check_problem("HTTP/1.1 200 OK\r\nConten", "the head broke off");
    check_problem("", "no answer");
    check_problem("SSH-2.0-OpenSSH\r\n\r\n", "not HTTP");
    check_problem(NULL, "no answer within 100 ms");
}

/* A server that never pauses gets no more time than one that is silent. */
static void test_http__the_deadline_ends_an_answer_without_end(void *context)
{
    (void)context;
    static const char *const starts[] = {"HTTP/1.1 200 OK\r\n\r\n", "X: y\r\n"};
    static const char *const told[] = {"the body broke off within 200 ms", "the head broke off within 200 ms"};
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        struct fake fake;
        struct http_answer answer;
        fake_start_dripping(&fake, starts[i]);
        ask_at(fake.url, &(struct http_request){.method = "GET", .target = "/x"}, 200, &answer);
        CHECK_TEXT(answer.problem, told[i]);
        http_answer_release(&answer);
        fake_stop(&fake);
    }
}

static void test_http__a_host_without_an_address_is_told(void *context)
{
    (void)context;
    struct http_answer answer;
    ask_at("http://no-such-host.invalid:1", &(struct http_request){.method = "GET", .target = "/"}, 20000, &answer);
    CHECK(!answer.reached);
    CHECK_CONTAINS(answer.problem, "no-such-host.invalid:1 cannot be reached: ");
    http_answer_release(&answer);
}

static void test_http__says_that_nobody_listens(void *context)
{
    (void)context;
    struct http_answer answer;
    ask_at(fake_closed_url(), &(struct http_request){.method = "GET", .target = "/"}, 5000, &answer);
    CHECK(!answer.reached);
    CHECK(answer.problem && strstr(answer.problem, "cannot be reached"));
    http_answer_release(&answer);
}

static void test_http__sends_what_it_is_told(void *context)
{
    (void)context;
    struct fake fake;
    struct http_answer answer;
    static const char text[] = "{\"Host\":\"api.example\",\"X-Key\":\"ü\"}";
    cJSON *headers = json_read_bytes(text, strlen(text));
    struct http_request request = {"PUT", "/a?b", headers, "s1", "{\"ü\":1}"};
    fake_start(&fake, "HTTP/1.1 204 No Content\r\n\r\n");
    ask_at(fake.url, &request, 5000, &answer);
    fake_stop(&fake);
    CHECK_TEXT(fake.heard, "PUT /a?b HTTP/1.1\r\nConnection: close\r\nHost: api.example\r\nX-Key: ü\r\n"
                           "X-Mock-Session: s1\r\nContent-Length: 8\r\n\r\n{\"ü\":1}");
    http_answer_release(&answer);
    cJSON_Delete(headers);
}

static void test_http__finds_headers(void *context)
{
    (void)context;
    struct http_answer answer;
    ask_fake("HTTP/1.1 204 No\r\nAllow:PUT\r\nallow:  GET \r\nEmpty:\r\n\r\n", "GET", &answer);
    char *allow = http_header(&answer, "ALLOW"), *empty = http_header(&answer, "Empty"),
         *none = http_header(&answer, "Allo");
    CHECK_TEXT(allow, "PUT, GET");
    CHECK_TEXT(empty, "");
    CHECK_TEXT(none, NULL);
    free(allow);
    free(empty);
    free(none);
    http_answer_release(&answer);
}

void suite_http(void)
{
    register_test("http", "url/takes_an_address_apart", test_url__takes_an_address_apart, NULL);
    register_test("http", "url/refuses_what_it_cannot_ask", test_url__refuses_what_it_cannot_ask, NULL);
    register_test("http", "url/says_that_https_is_not_spoken", test_url__says_that_https_is_not_spoken, NULL);
    register_test("http", "http/reads_every_kind_of_body", test_http__reads_every_kind_of_body, NULL);
    register_test("http", "http/reads_an_answer_byte_by_byte", test_http__reads_an_answer_byte_by_byte, NULL);
    register_test("http", "http/head_has_no_body", test_http__head_has_no_body, NULL);
    register_test("http", "http/half_an_answer_is_a_problem", test_http__half_an_answer_is_a_problem, NULL);
    register_test("http", "http/the_deadline_ends_an_answer_without_end",
                  test_http__the_deadline_ends_an_answer_without_end, NULL);
    register_test("http", "http/a_host_without_an_address_is_told", test_http__a_host_without_an_address_is_told, NULL);
    register_test("http", "http/says_that_nobody_listens", test_http__says_that_nobody_listens, NULL);
    register_test("http", "http/sends_what_it_is_told", test_http__sends_what_it_is_told, NULL);
    register_test("http", "http/finds_headers", test_http__finds_headers, NULL);
}
