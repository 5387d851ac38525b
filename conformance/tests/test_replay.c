/* One exchange: at servers that lie, and at the built-in mock server. */
#include <stdlib.h>
#include <string.h>

#include "provider/booth.h"
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

static const struct test replay_tests[] = {
    TEST(test_replay__finds_liars_out),
    TEST(test_replay__says_that_nobody_was_reached),
    TEST(test_replay__ends_where_an_earlier_answer_lacks_what_is_needed),
    TEST(test_replay__carries_out_what_is_given),
    TEST(test_replay__finds_out_what_cannot_be_given),
    TEST(test_replay__looks_at_the_state_afterwards),
};
const struct test_suite replay_suite = SUITE("replay", replay_tests);
