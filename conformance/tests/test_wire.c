/* Addresses, and answers as they come over the wire. */
#include <stdlib.h>
#include <string.h>

#include "provider/url.h"
#include "provider/wire.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/fake.h"
#include "tests/test.h"

static void check_url(const char *text, const char *host, int port, const char *path, const char *authority)
{
    struct url url = {0};
    char *problem = NULL;
    CHECK_NUMBER(url_read(text, &url, &problem), 0);
    CHECK_TEXT(url.host, host);
    CHECK_NUMBER(url.port, port);
    CHECK_TEXT(url.path, path);
    CHECK_TEXT(url.authority, authority);
    url_release(&url);
    free(problem);
}

static void test_url__takes_an_address_apart(void)
{
    check_url("http://staging.example", "staging.example", 80, "", "staging.example");
    check_url("http://staging.example:80/", "staging.example", 80, "", "staging.example");
    check_url("http://127.0.0.1:8080/api/i1/", "127.0.0.1", 8080, "/api/i1", "127.0.0.1:8080");
    check_url("http://[::1]:8080/v0", "::1", 8080, "/v0", "[::1]:8080");
}

static void test_url__refuses_what_it_cannot_ask(void)
{
    static const char *const wrong[] = {
        "",           "staging.example", "ftp://x",        "http://",      "http://:80",
        "http://x:",  "http://x:0",      "http://x:65536", "http://x:8o",  "http://[::1",
        "http://u@x", "http://x/?a",     "http://x/#a",    "http://x/a b", "http://[::1]8"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct url url = {0};
        char *problem = NULL;
        int done = url_read(wrong[i], &url, &problem);
        bool fine_without_port = strcmp(wrong[i], "http://x:") == 0; /* RFC 3986: a port may be empty */
        CHECK_NUMBER(done, fine_without_port ? 0 : -1);
        CHECK(done == 0 || problem);
        url_release(&url);
        free(problem);
    }
}

static void test_url__says_that_https_is_not_spoken(void)
{
    struct url url;
    char *problem = NULL;
    CHECK_NUMBER(url_read("https://staging.example", &url, &problem), -1);
    CHECK(problem && strstr(problem, "https") && strstr(problem, "http://"));
    free(problem);
}

/* -- answers ---------------------------------------------------------------------------------------------------- */

static void ask_at(const char *text, const struct wire_request *request, int limit_ms, struct wire_answer *answer)
{
    struct url url;
    char *problem = NULL;
    CHECK_NUMBER(url_read(text, &url, &problem), 0);
    wire_ask(&url, request, limit_ms, answer);
    url_release(&url);
}

static void ask_fake(const char *says, const char *method, struct wire_answer *answer)
{
    struct fake fake;
    fake_start(&fake, says);
    ask_at(fake.url, &(struct wire_request){.method = method, .target = "/x"}, says ? 5000 : 100, answer);
    fake_stop(&fake);
}

static void check_answer(const char *says, int status, const char *body)
{
    struct wire_answer answer;
    ask_fake(says, "GET", &answer);
    CHECK_TEXT(answer.problem, NULL);
    CHECK_NUMBER(answer.status, status);
    CHECK_TEXT(string_text(&answer.body), body);
    wire_answer_release(&answer);
}

static void test_wire__reads_every_kind_of_body(void)
{
    check_answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}");
    check_answer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}beyond", 200, "{}");
    check_answer("HTTP/1.0 404 Not Found\r\n\r\nto the end", 404, "to the end");
    check_answer("HTTP/1.1 204 No Content\r\n\r\n", 204, "");
    check_answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx", 201, "x");
    check_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                 200, "abc0123456789");
    check_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nTrailer: x\r\n\r\n", 200, "a");
}

static void test_wire__head_has_no_body(void)
{
    struct wire_answer answer;
    ask_fake("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", "HEAD", &answer);
    CHECK_TEXT(answer.problem, NULL);
    CHECK_TEXT(string_text(&answer.body), "");
    wire_answer_release(&answer);
}

static void check_problem(const char *says, const char *words)
{
    struct wire_answer answer;
    ask_fake(says, "GET", &answer);
    CHECK(answer.reached);
    CHECK(answer.problem && strstr(answer.problem, words));
    wire_answer_release(&answer);
}

static void test_wire__half_an_answer_is_a_problem(void)
{
    check_problem("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}", "the body broke off");
    check_problem("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", "the body broke off");
    check_problem("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n", "no length");
    check_problem("HTTP/1.1 200 OK\r\nConten", "the head broke off");
    check_problem("", "no answer");
    check_problem("SSH-2.0-OpenSSH\r\n\r\n", "not HTTP");
    check_problem(NULL, "no answer within 100 ms");
}

static void test_wire__says_that_nobody_listens(void)
{
    struct wire_answer answer;
    ask_at(fake_closed_url(), &(struct wire_request){.method = "GET", .target = "/"}, 5000, &answer);
    CHECK(!answer.reached);
    CHECK(answer.problem && strstr(answer.problem, "cannot be reached"));
    wire_answer_release(&answer);
}

static void test_wire__sends_what_it_is_told(void)
{
    struct fake fake;
    struct wire_answer answer;
    static const char text[] = "{\"Host\":\"api.example\",\"X-Key\":\"ü\"}";
    cJSON *headers = doc_parse(text, strlen(text));
    struct wire_request request = {"PUT", "/a?b", headers, "s1", "{\"ü\":1}"};
    fake_start(&fake, "HTTP/1.1 204 No Content\r\n\r\n");
    ask_at(fake.url, &request, 5000, &answer);
    fake_stop(&fake);
    CHECK_TEXT(fake.heard, "PUT /a?b HTTP/1.1\r\nConnection: close\r\nHost: api.example\r\nX-Key: ü\r\n"
                           "X-Mock-Session: s1\r\nContent-Length: 8\r\n\r\n{\"ü\":1}");
    wire_answer_release(&answer);
    cJSON_Delete(headers);
}

static void test_wire__finds_headers(void)
{
    struct wire_answer answer;
    ask_fake("HTTP/1.1 204 No\r\nAllow:PUT\r\nallow:  GET \r\nEmpty:\r\n\r\n", "GET", &answer);
    char *allow = wire_header(&answer, "ALLOW"), *empty = wire_header(&answer, "Empty"),
         *none = wire_header(&answer, "Allo");
    CHECK_TEXT(allow, "PUT, GET");
    CHECK_TEXT(empty, "");
    CHECK_TEXT(none, NULL);
    free(allow);
    free(empty);
    free(none);
    wire_answer_release(&answer);
}

static const struct test wire_tests[] = {
    TEST(test_url__takes_an_address_apart),
    TEST(test_url__refuses_what_it_cannot_ask),
    TEST(test_url__says_that_https_is_not_spoken),
    TEST(test_wire__reads_every_kind_of_body),
    TEST(test_wire__head_has_no_body),
    TEST(test_wire__half_an_answer_is_a_problem),
    TEST(test_wire__says_that_nobody_listens),
    TEST(test_wire__sends_what_it_is_told),
    TEST(test_wire__finds_headers),
};
const struct test_suite wire_suite = SUITE("wire", wire_tests);
