/* Whole plays: at the built-in mock server, and at servers that lie. Command line, choosing, replacing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/provider.h"
#include "provider/replay.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/fake.h"
#include "tests/test.h"

static cJSON *json(const char *text)
{
    cJSON *tree = doc_parse(text, strlen(text));
    CHECK(tree != NULL);
    return tree;
}

/* -- one exchange ----------------------------------------------------------------------------------------------- */

#define CANCEL                                                                                                         \
    "\"request\":{\"method\":\"PUT\",\"target\":\"/orders/7\",\"headers\":{\"Access-Token\":\"t\"},\"body\":\"{}\"},"  \
    "\"response\":{\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"json\":{\"status\":true}}"

/* Plays the exchange where the address says, without any control API. */
static void play_at(const char *address, const char *exchange_text, int limit_ms, struct replay *replay)
{
    struct url url;
    char *problem = NULL;
    struct desk nobody = {0};
    cJSON *exchange = json(exchange_text);
    CHECK_NUMBER(url_read(address, &url, &problem), 0);
    struct stage stage = {"dukkango", &url, &nobody, COMPARE_EXACT, limit_ms};
    replay_run(replay, &stage, exchange);
    url_release(&url);
    cJSON_Delete(exchange);
}

/* What the first finding says of a server that always answers this; NULL: nothing is found. */
static void check_liar(const char *says, const char *what, const char *actual)
{
    struct fake fake;
    struct replay replay;
    fake_start(&fake, says);
    play_at(fake.url, "{" CANCEL ",\"then\":{\"order\":\"7\",\"state\":\"CANCELED\"}}", says ? 5000 : 100, &replay);
    fake_stop(&fake);
    CHECK_TEXT(replay.findings.count ? replay.findings.list[0].what : NULL, what);
    CHECK_TEXT(replay.findings.count ? replay.findings.list[0].actual : NULL, actual);
    CHECK_NUMBER(cJSON_GetArraySize(replay.wire), 1);
    CHECK(!replay.unreached);
    replay_release(&replay);
}

#define OK_JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static void test_replay__finds_liars_out(void)
{
    check_liar(OK_JSON "Content-Length: 15\r\n\r\n{\"status\":true}", NULL, NULL);
    check_liar("HTTP/1.1 500 No\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":true}",
               "the status", "500");
    check_liar(OK_JSON "Content-Length: 16\r\n\r\n{\"status\":false}", "the body at /status", "false");
    check_liar(OK_JSON "Content-Length: 17\r\n\r\n{\"status\":\"true\"}", "the body at /status", "\"true\"");
    check_liar(OK_JSON "Content-Length: 21\r\n\r\n{\"status\":true,\"a\":1}", "the body at /a", "1");
    check_liar(OK_JSON "Content-Length: 2\r\n\r\n{}", "the body at /status", "(nothing)");
    check_liar("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\":true}", "the header Content-Type",
               "(no such header)");
    check_liar(OK_JSON "Content-Length: 99\r\n\r\n{\"status\":true}", "the answer",
               "the body broke off: the server closed the connection after 86 bytes");
    check_liar(NULL, "the answer", "no answer within 100 ms");
}

static void test_replay__says_that_nobody_was_reached(void)
{
    struct replay replay;
    play_at(fake_closed_url(), "{" CANCEL "}", 5000, &replay);
    CHECK(replay.unreached != NULL);
    CHECK(!replay.answered);
    replay_release(&replay);
}

static void test_replay__ends_where_an_earlier_answer_lacks_what_is_needed(void)
{
    struct fake fake;
    struct replay replay;
    fake_start(&fake, OK_JSON "Content-Length: 2\r\n\r\n{}");
    play_at(
        fake.url,
        "{\"given\":{\"requests\":[{\"method\":\"POST\",\"target\":\"/login\",\"capture\":{\"T\":\"/token\"}}]}," CANCEL
        "}",
        5000, &replay);
    fake_stop(&fake);
    CHECK_NUMBER(fake.talks, 1);
    CHECK_NUMBER(replay.findings.count, 1);
    CHECK_TEXT(replay.findings.list[0].what, "/token of an earlier answer, for {{T}}");
    replay_release(&replay);
}

/* -- at the built-in mock --------------------------------------------------------------------------------------- */

#define LIST                                                                                                           \
    "\"request\":{\"method\":\"PUT\",\"target\":\"/api/integrations/orders/cancel/"                                    \
    "3e9caf87-0000-4000-8000-fc2ec54cf24e\",\"headers\":{\"Access-Token\":"                                            \
    "\"{{T}}\",\"Content-Type\":\"application/json\"},\"body\":\"{\\\"reason_id\\\":3}\"}"
#define NOWHERE "\"request\":{\"method\":\"GET\",\"target\":\"/api/integrations/none\"},\"response\":{\"status\":404}"
#define LOGIN                                                                                                          \
    "\"requests\":[{\"method\":\"POST\",\"target\":\"/api/integrations/auth/login\",\"headers\":{\"Content-Type\":"    \
    "\"application/json\"},\"body\":\"{\\\"app_secret_key\\\":\\\"app-7c1d5b0e\\\",\\\"rest_secret_key\\\":\\\"rest-"  \
    "2f9a6e44\\\"}\",\"capture\":{\"T\":\"/data/access_token\"}}]"

/* What the first finding says of the mock; NULL: nothing is found. */
static void check_mock_of(const char *provider, const char *exchange_text, const char *what)
{
    struct booth booth = {0};
    struct command command = {.limit_ms = 5000};
    struct remote nobody = {0};
    struct replay replay;
    cJSON *exchange = json(exchange_text);
    booth_enter(&booth, provider, &command, &nobody);
    CHECK_TEXT(booth.closed, NULL);
    struct stage stage = {provider, &booth.url, &booth.desk, COMPARE_EXACT, 5000};
    replay_run(&replay, &stage, exchange);
    CHECK_TEXT(replay.findings.count ? replay.findings.list[0].what : NULL, what);
    replay_release(&replay);
    booth_leave(&booth);
    cJSON_Delete(exchange);
}

static void check_mock(const char *exchange_text, const char *what)
{
    check_mock_of("dukkango", exchange_text, what);
}

/* The Date header follows the clock of the session. */
static void check_date(const char *given, const char *date, const char *what)
{
    char *text = must_format("{\"given\":{%s}," LIST ",\"response\":{\"status\":404,\"headers\":{\"Date\":\"%s\"}}}",
                             given, date);
    check_mock(text, what);
    free(text);
}

static void test_replay__carries_out_what_is_given(void)
{
    check_date(LOGIN, "Sun, 01 Nov 2026 09:00:00 GMT", NULL);
    check_date(LOGIN, "Sun, 01 Nov 2026 09:00:01 GMT", "the header Date");
    check_date(LOGIN ",\"clock\":{\"advance\":{\"hours\":2}}", "Sun, 01 Nov 2026 11:00:00 GMT", NULL);
    check_date(
        "\"clock\":{\"set\":{\"mode\":\"frozen\",\"now\":\"2026-11-05T09:00:00Z\"},\"advance\":{\"minutes\":1}}," LOGIN,
        "Thu, 05 Nov 2026 09:01:00 GMT", NULL);
    check_mock(
        "{\"given\":{\"orders\":[{\"id\":\"x1\",\"state\":\"RECEIVED\"}],\"events\":[{\"order\":\"x1\",\"event\":"
        "\"accept\"}],\"tokens\":\"expire\"}," NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":\"CONFIRMED\"}}",
        NULL);
}

static void test_replay__finds_out_what_cannot_be_given(void)
{
    check_mock("{\"given\":{\"knobs\":{\"no_such_knob\":\"on\"}}," CANCEL "}", "PATCH /_mock/knobs/dukkango");
    check_mock("{\"given\":{\"orders\":[{\"state\":\"NOWHERE\"}]}," CANCEL "}", "POST /_mock/orders/dukkango");
    check_mock("{\"given\":{\"events\":[{\"order\":\"a/b?c\",\"event\":\"accept\"}]}," CANCEL "}",
               "POST /_mock/orders/dukkango/a%2Fb%3Fc/events");
    check_mock("{\"given\":{\"clock\":{}}," CANCEL "}", "given.clock");
    check_mock("{\"given\":{\"tokens\":\"renew\"}," CANCEL "}", "given.tokens");
    check_mock_of("fungies", "{\"given\":{\"tokens\":\"expire\"}," CANCEL "}", "POST /_mock/tokens/fungies/expire");
    check_mock("{\"given\":{\"weather\":\"fine\"}," CANCEL "}", "given");
}

static void test_replay__looks_at_the_state_afterwards(void)
{
#define MADE "\"given\":{\"orders\":[{\"id\":\"x1\",\"state\":\"RECEIVED\"}]},"
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":\"RECEIVED\"}}", NULL);
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":\"CANCELED\"}}",
               "the state of the order afterwards");
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":null}}", "GET /_mock/orders/dukkango/x1");
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x2\",\"state\":null}}", NULL);
}

/* -- whole runs ------------------------------------------------------------------------------------------------- */

/* Runs `cancelcheck provider` with these words; its exit code. What it prints goes to a file that is handed back. */
static int run(const char *const words[], char **printed)
{
    int argc = 1;
    char *argv[24] = {must_copy("provider")};
    for (; words[argc - 1]; argc++)
        argv[argc] = must_copy(words[argc - 1]);
    char name[] = "/tmp/cancelcheck-test-XXXXXX";
    int file = mkstemp(name), before = dup(STDOUT_FILENO), errors = dup(STDERR_FILENO);
    fflush(NULL);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    int exit_code = provider_main("cancelcheck", argc, argv);
    fflush(NULL);
    dup2(before, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    off_t length = lseek(file, 0, SEEK_END);
    *printed = must_alloc((size_t)length + 1, 1);
    CHECK(pread(file, *printed, (size_t)length, 0) == length);
    close(before);
    close(errors);
    close(file);
    unlink(name);
    while (argc)
        free(argv[--argc]);
    return exit_code;
}

static void check_run(const char *const words[], int exit_code, const char *says, const char *also)
{
    char *printed = NULL;
    CHECK_NUMBER(run(words, &printed), exit_code);
    if (!strstr(printed, says) || !strstr(printed, also))
        CHECK_TEXT(printed, says);
    free(printed);
}

#define WORDS(...) ((const char *[]){__VA_ARGS__, NULL})

static void test_provider__passes_at_the_built_in_mock(void)
{
    check_run(WORDS("--provider", "dukkango", "--run", "dukkango/login/*"), 0, "dukkango/login", " passed, 0 failed\n");
    check_run(WORDS("--list", "--run", "dukkango/login/*"), 0, "dukkango/login/a token for twenty-four hours",
              " exchanges\n");
}

static void test_provider__tells_all_of_a_failure(void)
{
    struct fake fake;
    fake_start(&fake, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\x1b[31mred");
    char *base_url = must_format("dukkango=%s/other", fake.url);
    char *repeat =
        must_format("cancelcheck provider --base-url '%s' --compare 'json' --run 'dukkango/login/keys of two "
                    "accounts'",
                    base_url);
    const char **words = WORDS("--base-url", base_url, "--compare", "json", "--run", "*keys of two accounts");
    check_run(words, 1,
              "FAIL dukkango/login/keys of two accounts\n  clause      2\n  - the status\n      expected  401\n"
              "      actual    200\n",
              repeat);
    check_run(words, 1, "> POST /other/auth/login HTTP/1.1\n", "< \\x1b[31mred\n");
    check_run(words, 1, "dukkango              0        1          0\n", "\n0 passed, 1 failed\n");
    fake_stop(&fake);
    free(base_url);
    free(repeat);
}

static void test_provider__counts_what_it_cannot_ask(void)
{
    struct fake fake;
    fake_start(&fake, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    char *base_url = must_format("%s/api", fake.url);
    check_run(WORDS("--base-url", base_url, "--provider", "akinon", "--run", "akinon/access/a key at its end"), 3,
              "not asked: 1, needs knobs\n", "\n0 passed, 0 failed\n");
    fake_stop(&fake);
    CHECK_NUMBER(fake.talks, 0);
    free(base_url);
}

static void test_provider__gives_up_where_nobody_answers(void)
{
    struct fake fake;
    char *closed = must_format("dukkango=%s", fake_closed_url());
    check_run(WORDS("--base-url", closed, "--run", "dukkango/login/*"), 3, "cannot be reached: Connection refused\n",
              "0 passed, 0 failed\n");
    free(closed);
    fake_start(&fake, NULL);
    char *silent = must_format("dukkango=%s", fake.url);
    check_run(WORDS("--base-url", silent, "--run", "dukkango/*", "--timeout", "0.02"), 1,
              "needs a server that answers\n", "0 passed, 3 failed\n");
    fake_stop(&fake);
    CHECK_NUMBER(fake.talks, 3);
    free(silent);
}

static void test_provider__refuses_a_command_that_makes_no_sense(void)
{
    char *closed = must_copy(fake_closed_url());
    check_run(WORDS("--base-url", "https://staging.example", "--provider", "akinon"), 2, "https", "http://");
    check_run(WORDS("--base-url", "http://staging.example"), 2, "PROVIDER=URL", "--provider");
    check_run(WORDS("--base-url", "http://a", "--base-url", "akinon=http://b", "--provider", "akinon"), 2, "whose is",
              "http://a");
    check_run(WORDS("--base-url", "akinn=http://staging.example"), 2, "akinn", "did you mean 'akinon'?");
    check_run(WORDS("--base-url", "akinon=http://a", "--provider", "zaikio"), 2, "zaikio", "has no --base-url");
    check_run(WORDS("--compare", "roughly"), 2, "exact, json or shape", "roughly");
    check_run(WORDS("--replace", "=x"), 2, "OLD=NEW", "=x");
    check_run(WORDS("--timeout", "0"), 2, "--timeout", "seconds");
    check_run(WORDS("--client", "x"), 2, "unknown option", "--client");
    check_run(WORDS("--run", "no such exchange"), 3, "no exchange matches", "--list");
    check_run(WORDS("--control", closed), 3, "no control API", "cannot be reached");
    free(closed);
}

/* -- replacing -------------------------------------------------------------------------------------------------- */

static void check_replaced(const char *text, const char *expected)
{
    static const char *list[] = {"abc=x", "b=abc", "18=19=20"};
    struct words words = {list, 3};
    char *result = catalogue_replace(text, &words);
    CHECK_TEXT(result, expected);
    free(result);
}

static void test_catalogue__replaces_all_at_once(void)
{
    check_replaced("abc b abc", "x abc x");
    check_replaced("/orders/18", "/orders/19=20");
    check_replaced("nothing of it is so", NULL);
    check_replaced("", NULL);
}

static void test_provider__sends_what_replaces(void)
{
    struct fake fake;
    fake_start(&fake,
               "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"token\":\"new\"}");
    char *base_url = must_format("dukkango=%s/api/integrations", fake.url), *printed = NULL;
    run(WORDS("--base-url", base_url, "--run", "dukkango/login/a token*", "--replace", "app-7c1d5b0e=my-own-key"),
        &printed);
    fake_stop(&fake);
    CHECK(strstr(fake.heard, "POST /api/integrations/auth/login") == fake.heard);
    CHECK(strstr(fake.heard, "\"my-own-key\"") != NULL);
    CHECK(strstr(fake.heard, "app-7c1d5b0e") == NULL);
    free(base_url);
    free(printed);
}

static void test_provider__keeps_a_journal_file(void)
{
    char name[] = "/tmp/cancelcheck-test-XXXXXX", line[4096] = "";
    close(mkstemp(name));
    check_run(WORDS("--journal-file", name, "--run", "dukkango/login/a token*"), 0, "1 passed", "0 failed");
    FILE *file = fopen(name, "r");
    size_t length = fread(line, 1, sizeof line - 1, file);
    cJSON *entry = doc_parse(line, length);
    CHECK_TEXT(doc_string(doc_member(entry, "request"), "target"), "/api/integrations/auth/login");
    cJSON_Delete(entry);
    fclose(file);
    unlink(name);
}

static const struct test provider_tests[] = {
    TEST(test_replay__finds_liars_out),
    TEST(test_replay__says_that_nobody_was_reached),
    TEST(test_replay__ends_where_an_earlier_answer_lacks_what_is_needed),
    TEST(test_replay__carries_out_what_is_given),
    TEST(test_replay__finds_out_what_cannot_be_given),
    TEST(test_replay__looks_at_the_state_afterwards),
    TEST(test_provider__passes_at_the_built_in_mock),
    TEST(test_provider__tells_all_of_a_failure),
    TEST(test_provider__counts_what_it_cannot_ask),
    TEST(test_provider__gives_up_where_nobody_answers),
    TEST(test_provider__refuses_a_command_that_makes_no_sense),
    TEST(test_catalogue__replaces_all_at_once),
    TEST(test_provider__sends_what_replaces),
    TEST(test_provider__keeps_a_journal_file),
};
const struct test_suite provider_suite = SUITE("provider", provider_tests);
