/* One exchange: at servers that lie, and at the built-in mock server. */
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "server/replay.h"
#include "server/target.h"
#include "tests/fake.h"
#include "tests/suites.h"

static cJSON *json(const char *text)
{
    cJSON *tree = json_read_bytes(text, strlen(text));
    CHECK(tree != NULL);
    return tree;
}

/* ── One exchange ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define CANCEL                                                                                                         \
    "\"request\":{\"method\":\"PUT\",\"target\":\"/orders/7\",\"headers\":{\"Access-Token\":\"t\"},\"body\":\"{}\"},"  \
    "\"response\":{\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"json\":{\"status\":true}}"

/* Plays the exchange where the address says, without any control API. */
static void play_at(const char *address, const char *exchange_text, int limit_ms, struct replay *replay)
{
    struct url url;
    char *problem = NULL;
    struct control_client nobody = {0};
    cJSON *exchange = json(exchange_text);
    CHECK_INTEGER(url_read(address, &url, &problem), 0);
    struct replay_target target = {"dukkango", &url, &nobody, COMPARE_EXACT, limit_ms};
    replay_run(replay, &target, exchange);
    url_release(&url);
    cJSON_Delete(exchange);
}

/* What the first finding says of a server that always answers this; NULL: nothing is found. */
static void check_liar(const char *says, const char *what, const char *actual)
{
    struct fake fake;
    struct replay replay;
    fake_start(&fake, says);
    play_at(fake.url, "{" CANCEL ",\"then\":{\"order\":\"7\",\"state\":\"CANCELED\"}}", says != NULL ? 5000 : 100,
            &replay);
    fake_stop(&fake);
    CHECK_TEXT(replay.findings.count ? replay.findings.list[0].what : NULL, what);
    CHECK_TEXT(replay.findings.count ? replay.findings.list[0].actual : NULL, actual);
    CHECK_INTEGER(cJSON_GetArraySize(replay.wire), 1);
    CHECK(!replay.unreached);
    replay_release(&replay);
}

#define OK_JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static void test_replay__finds_liars_out(void *context)
{
    (void)context;
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

static void test_replay__says_that_nobody_was_reached(void *context)
{
    (void)context;
    struct replay replay;
    play_at(fake_closed_url(), "{" CANCEL "}", 5000, &replay);
    CHECK(replay.unreached != NULL);
    CHECK(!replay.answered);
    replay_release(&replay);
}

static void test_replay__ends_where_an_earlier_answer_lacks_what_is_needed(void *context)
{
    (void)context;
    struct fake fake;
    struct replay replay;
    fake_start(&fake, OK_JSON "Content-Length: 2\r\n\r\n{}");
    play_at(
        fake.url,
        "{\"given\":{\"requests\":[{\"method\":\"POST\",\"target\":\"/login\",\"capture\":{\"T\":\"/token\"}}]}," CANCEL
        "}",
        5000, &replay);
    fake_stop(&fake);
    CHECK_INTEGER(fake.talks, 1);
    CHECK_INTEGER(replay.findings.count, 1);
    CHECK_TEXT(replay.findings.list[0].what, "/token of an earlier answer, for {{T}}");
    replay_release(&replay);
}

/* ── At the built-in mock ────────────────────────────────────────────────────────────────────────────────────────── */

#define LIST                                                                                                           \
    "\"request\":{\"method\":\"PUT\",\"target\":\"/api/integrations/orders/cancel/"                                    \
    "3e9caf87-0000-4000-8000-fc2ec54cf24e\",\"headers\":{\"Access-Token\":"                                            \
    "\"{{T}}\",\"Content-Type\":\"application/json\"},\"body\":\"{\\\"reason_id\\\":3}\"}"
#define NOWHERE "\"request\":{\"method\":\"GET\",\"target\":\"/api/integrations/none\"},\"response\":{\"status\":404}"
#define LOGIN                                                                                                          \
    "\"requests\":[{\"method\":\"POST\",\"target\":\"/api/integrations/auth/login\",\"headers\":{\"Content-Type\":"    \
    "\"application/json\"},\"body\":\"{\\\"app_secret_key\\\":\\\"app-7c1d5b0e94f24a6db3e85c10f7a29d6b\\\","           \
    "\\\"rest_secret_key\\\":\\\"rest-2f9a6e44d17b4c0a8e52b6903fd1c78a\\\"}\",\"capture\":{\"T\":\"/data/"             \
    "access_token\"}}]"

/* What the first finding says of the mock; NULL: nothing is found. */
static void check_mock_of(const char *provider, const char *exchange_text, const char *what)
{
    struct target target = {0};
    struct server_settings settings = {.limit_ms = 5000};
    struct remote nobody = {0};
    struct replay replay;
    cJSON *exchange = json(exchange_text);
    target_enter(&target, provider, &settings, &nobody);
    CHECK_TEXT(target.closed, NULL);
    struct replay_target at = {provider, &target.url, &target.control, COMPARE_EXACT, 5000};
    replay_run(&replay, &at, exchange);
    CHECK_TEXT(replay.findings.count ? replay.findings.list[0].what : NULL, what);
    replay_release(&replay);
    target_leave(&target);
    cJSON_Delete(exchange);
}

static void check_mock(const char *exchange_text, const char *what)
{
    check_mock_of("dukkango", exchange_text, what);
}

/* The Date header follows the clock of the session. */
static void check_date(const char *given, const char *date, const char *what)
{
    char *text =
        mem_print("{\"given\":{%s}," LIST ",\"response\":{\"status\":404,\"headers\":{\"Date\":\"%s\"}}}", given, date);
    check_mock(text, what);
    free(text);
}

static void test_replay__carries_out_what_is_given(void *context)
{
    (void)context;
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

static void test_replay__finds_out_what_cannot_be_given(void *context)
{
    (void)context;
    check_mock("{\"given\":{\"knobs\":{\"no_such_knob\":\"on\"}}," CANCEL "}", "PATCH /_mock/knobs/dukkango");
    check_mock("{\"given\":{\"orders\":[{\"state\":\"NOWHERE\"}]}," CANCEL "}", "POST /_mock/orders/dukkango");
    check_mock("{\"given\":{\"events\":[{\"order\":\"a/b?c\",\"event\":\"accept\"}]}," CANCEL "}",
               "POST /_mock/orders/dukkango/a%2Fb%3Fc/events");
    check_mock("{\"given\":{\"clock\":{}}," CANCEL "}", "given.clock");
    check_mock("{\"given\":{\"tokens\":\"renew\"}," CANCEL "}", "given.tokens");
    check_mock_of("fungies", "{\"given\":{\"tokens\":\"expire\"}," CANCEL "}", "POST /_mock/tokens/fungies/expire");
    check_mock("{\"given\":{\"weather\":\"fine\"}," CANCEL "}", "given");
}

static void test_replay__looks_at_the_state_afterwards(void *context)
{
    (void)context;
#define MADE "\"given\":{\"orders\":[{\"id\":\"x1\",\"state\":\"RECEIVED\"}]},"
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":\"RECEIVED\"}}", NULL);
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":\"CANCELED\"}}",
               "the state of the order afterwards");
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x1\",\"state\":null}}", "GET /_mock/orders/dukkango/x1");
    check_mock("{" MADE NOWHERE ",\"then\":{\"order\":\"x2\",\"state\":null}}", NULL);
}

void suite_replay(void)
{
    register_test("replay", "replay/finds_liars_out", test_replay__finds_liars_out, NULL);
    register_test("replay", "replay/says_that_nobody_was_reached", test_replay__says_that_nobody_was_reached, NULL);
    register_test("replay", "replay/ends_where_an_earlier_answer_lacks_what_is_needed",
                  test_replay__ends_where_an_earlier_answer_lacks_what_is_needed, NULL);
    register_test("replay", "replay/carries_out_what_is_given", test_replay__carries_out_what_is_given, NULL);
    register_test("replay", "replay/finds_out_what_cannot_be_given", test_replay__finds_out_what_cannot_be_given, NULL);
    register_test("replay", "replay/looks_at_the_state_afterwards", test_replay__looks_at_the_state_afterwards, NULL);
}
