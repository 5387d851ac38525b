/* Which exchanges are sent, with which texts and targets; what the results are worth. */
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "server/exchanges.h"
#include "server/result.h"
#include "tests/fake.h"
#include "tests/suites.h"

/* ── Replacing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void check_replaced(const char *text, const char *expected)
{
    static const char *list[] = {"abc=x", "b=abc", "18=19=20", "sec_Q===pub_W=="};
    struct words words = {list, 4};
    char *result = exchanges_replace(text, &words);
    CHECK_TEXT(result, expected);
    free(result);
}

static void test_exchanges__replaces_all_at_once(void *context)
{
    (void)context;
    check_replaced("abc b abc", "x abc x");
    check_replaced("/orders/18", "/orders/19=20");
    check_replaced("sec_Q==;", "pub_W==;"); /* of several '=' in a row the last one parts */
    check_replaced("sec_Q;", NULL);
    check_replaced("nothing of it is so", NULL);
    check_replaced("", NULL);
}

/* ── Choosing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ONE(members) "{\"provider\":\"dukkango\",\"file\":\"a.json\",\"clause\":\"2\"," members "}"
#define GET(path)    "\"request\":{\"method\":\"GET\",\"target\":\"" path "\"}"

/* The exchanges of a mock whose documents are these exchanges. */
static int make_exchanges(struct exchanges *exchanges, const struct server_settings *settings, const char *list)
{
    struct fake fake;
    struct url url;
    char *problem = NULL;
    char *body = mem_print("{\"exchanges\":[%s],\"providers\":{\"dukkango\":{\"base_url\":\"http://x:1/api\"}}}", list);
    char *says = mem_print("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    fake_start(&fake, says);
    CHECK_INTEGER(url_read(fake.url, &url, &problem), 0);
    int done = exchanges_make(exchanges, settings, &(struct control_client){.url = &url, .limit_ms = 5000},
                              settings->control != NULL);
    fake_stop(&fake);
    url_release(&url);
    free(says);
    free(body);
    return done;
}

static void test_exchanges__says_what_cannot_be_asked(void *context)
{
    (void)context;
    static const char list[] = ONE("\"name\":\"plain\"," GET("/api/x")) "," ONE(
        "\"name\":\"earlier\",\"given\":{\"requests\":[]"
        "}," GET("/api/x")) "," ONE("\"name\":\"prepared\",\"given\":{\"knobs\":{},\"requests\":[],"
                                    "\"clock\":{}}," GET("/api/x"));
    struct exchanges exchanges;
    struct server_settings settings = {0};
    CHECK_INTEGER(make_exchanges(&exchanges, &settings, list), 0);
    CHECK_INTEGER(exchanges.count, 3);
    CHECK_TEXT(exchanges.list[0].needs, NULL);
    CHECK_TEXT(exchanges.list[1].needs, NULL);
    CHECK_TEXT(exchanges.list[2].needs, "knobs, clock");
    exchanges_release(&exchanges);
    settings.control = "a mock can prepare";
    CHECK_INTEGER(make_exchanges(&exchanges, &settings, list), 0);
    CHECK_TEXT(exchanges.list[2].needs, NULL);
    exchanges_release(&exchanges);
}

static void check_moved(const char *base_url, const char *target, const char *moved, const char *needs)
{
    struct exchanges exchanges;
    struct server_settings settings = {.base_urls = {&base_url, 1}};
    char *exchange = mem_print(ONE("\"name\":\"x\",\"request\":{\"target\":\"%s\"}"), target);
    CHECK_INTEGER(make_exchanges(&exchanges, &settings, exchange), 0);
    CHECK_TEXT(json_string(json_member(exchanges.list[0].exchange, "request"), "target"), moved);
    CHECK_TEXT(exchanges.list[0].needs, needs);
    exchanges_release(&exchanges);
    free(exchange);
}

static void test_exchanges__moves_targets_below_another_path(void *context)
{
    (void)context;
    check_moved("dukkango=http://a/v2", "/api/orders?x=/api", "/v2/orders?x=/api", NULL);
    check_moved("dukkango=http://a/", "/api/orders", "/orders", NULL);
    check_moved("dukkango=http://a/v2", "/api?x", "/v2?x", NULL);
    check_moved("dukkango=http://a/api/", "/elsewhere", "/elsewhere", NULL);
    check_moved("dukkango=http://a/v2", "/elsewhere", "/elsewhere", "a path outside of /api");
    check_moved("dukkango=http://a/v2", "/apis", "/apis", "a path outside of /api");
}

static void test_exchanges__replaces_in_all_that_is_compared(void *context)
{
    (void)context;
    static const char *replacements[] = {"18=70", "key=secret"};
    struct exchanges exchanges;
    struct server_settings settings = {.replace = {replacements, 2}};
    CHECK_INTEGER(
        make_exchanges(
            &exchanges, &settings,
            ONE("\"name\":\"the key\",\"request\":{\"target\":\"/o/18\",\"headers\":{\"A\":\"Token key\"},"
                "\"body\":\"{18}\"},\"response\":{\"status\":18,\"json\":{\"id\":18,\"no\":1883,\"l\":[18]}}")),
        0);
    char *request = json_shown(json_member(exchanges.list[0].exchange, "request"));
    char *response = json_shown(json_member(exchanges.list[0].exchange, "response"));
    CHECK_TEXT(request, "{\"target\":\"/o/70\",\"headers\":{\"A\":\"Token secret\"},\"body\":\"{70}\"}");
    CHECK_TEXT(response, "{\"status\":18,\"json\":{\"id\":70,\"no\":1883,\"l\":[70]}}");
    CHECK_TEXT(exchanges.list[0].address, "dukkango/a/the key");
    free(request);
    free(response);
    exchanges_release(&exchanges);
}

static void test_exchanges__chooses(void *context)
{
    (void)context;
    static const char list[] =
        ONE("\"name\":\"a/b [c]\"") "," ONE("\"name\":\"canned\",\"stub\":true") "," ONE("\"name\":\"other\"");
    static const char *by_address = "dukkango/a/a/b \\[c]", *by_name = "o*", *zaikio = "zaikio";
    struct exchanges exchanges;
    struct server_settings settings = {.run = {&by_address, 1}};
    CHECK_INTEGER(make_exchanges(&exchanges, &settings, list), 0);
    CHECK_INTEGER(exchanges.count, 1);
    CHECK_INTEGER(exchanges.known, 2);
    exchanges_release(&exchanges);
    settings.run.list = &by_name;
    CHECK_INTEGER(make_exchanges(&exchanges, &settings, list), 0);
    CHECK_INTEGER(exchanges.count, 1);
    CHECK_TEXT(exchanges.list[0].address, "dukkango/a/other");
    exchanges_release(&exchanges);
    settings = (struct server_settings){.providers = {&zaikio, 1}};
    CHECK_INTEGER(make_exchanges(&exchanges, &settings, list), -1);
}

static void check_exit(enum outcome_of_replay first, enum outcome_of_replay second, char *unreached, int exit_code)
{
    struct replay_slot slots[2] = {{.outcome = first}, {.outcome = second}};
    struct exchanges exchanges = {.count = 2};
    struct result result = {.exchanges = &exchanges, .slots = slots, .unreached = unreached};
    CHECK_INTEGER(result_exit_code(&result), exit_code);
}

static void test_result__counts_only_what_was_asked(void *context)
{
    (void)context;
    char why[] = "refused";
    check_exit(REPLAY_PASSED, REPLAY_PASSED, NULL, 0);
    check_exit(REPLAY_PASSED, REPLAY_NOT_ASKED, NULL, 0);
    check_exit(REPLAY_NOT_ASKED, REPLAY_NOT_ASKED, NULL, 3);
    check_exit(REPLAY_PASSED, REPLAY_NOT_ASKED, why, 3);
    check_exit(REPLAY_PASSED, REPLAY_FAILED, why, 1);
    check_exit(REPLAY_NOT_ASKED, REPLAY_FAILED, NULL, 1);
}

void suite_exchanges(void)
{
    register_test("exchanges", "exchanges/says_what_cannot_be_asked", test_exchanges__says_what_cannot_be_asked, NULL);
    register_test("exchanges", "exchanges/moves_targets_below_another_path",
                  test_exchanges__moves_targets_below_another_path, NULL);
    register_test("exchanges", "exchanges/replaces_in_all_that_is_compared",
                  test_exchanges__replaces_in_all_that_is_compared, NULL);
    register_test("exchanges", "exchanges/chooses", test_exchanges__chooses, NULL);
    register_test("exchanges", "result/counts_only_what_was_asked", test_result__counts_only_what_was_asked, NULL);
    register_test("exchanges", "exchanges/replaces_all_at_once", test_exchanges__replaces_all_at_once, NULL);
}
