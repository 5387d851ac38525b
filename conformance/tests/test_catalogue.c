/* Which exchanges are sent, with which texts and targets; what the results are worth. */
#include <stdlib.h>
#include <string.h>

#include "provider/catalogue.h"
#include "provider/result.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/fake.h"
#include "tests/test.h"

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

/* -- choosing --------------------------------------------------------------------------------------------------- */

#define ONE(members) "{\"provider\":\"dukkango\",\"file\":\"a.json\",\"clause\":\"2\"," members "}"
#define GET(path)    "\"request\":{\"method\":\"GET\",\"target\":\"" path "\"}"

/* The catalogue of a mock whose documents are these exchanges. */
static int make_catalogue(struct catalogue *catalogue, const struct command *command, const char *exchanges)
{
    struct fake fake;
    struct url url;
    char *problem = NULL;
    char *body =
        must_format("{\"exchanges\":[%s],\"providers\":{\"dukkango\":{\"base_url\":\"http://x:1/api\"}}}", exchanges);
    char *says = must_format("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    fake_start(&fake, says);
    CHECK_NUMBER(url_read(fake.url, &url, &problem), 0);
    int done = catalogue_make(catalogue, command, &(struct desk){.url = &url, .limit_ms = 5000}, command->control);
    fake_stop(&fake);
    url_release(&url);
    free(says);
    free(body);
    return done;
}

static void test_catalogue__says_what_cannot_be_asked(void)
{
    static const char exchanges[] = ONE("\"name\":\"plain\"," GET("/api/x")) "," ONE(
        "\"name\":\"earlier\",\"given\":{\"requests\":[]"
        "}," GET("/api/x")) "," ONE("\"name\":\"prepared\",\"given\":{\"knobs\":{},\"requests\":[],"
                                    "\"clock\":{}}," GET("/api/x"));
    struct catalogue catalogue;
    struct command command = {0};
    CHECK_NUMBER(make_catalogue(&catalogue, &command, exchanges), 0);
    CHECK_NUMBER(catalogue.count, 3);
    CHECK_TEXT(catalogue.list[0].needs, NULL);
    CHECK_TEXT(catalogue.list[1].needs, NULL);
    CHECK_TEXT(catalogue.list[2].needs, "knobs, clock");
    catalogue_release(&catalogue);
    command.control = "a mock can prepare";
    CHECK_NUMBER(make_catalogue(&catalogue, &command, exchanges), 0);
    CHECK_TEXT(catalogue.list[2].needs, NULL);
    catalogue_release(&catalogue);
}

static void check_moved(const char *base_url, const char *target, const char *moved, const char *needs)
{
    struct catalogue catalogue;
    struct command command = {.base_urls = {&base_url, 1}};
    char *exchange = must_format(ONE("\"name\":\"x\",\"request\":{\"target\":\"%s\"}"), target);
    CHECK_NUMBER(make_catalogue(&catalogue, &command, exchange), 0);
    CHECK_TEXT(doc_string(doc_member(catalogue.list[0].exchange, "request"), "target"), moved);
    CHECK_TEXT(catalogue.list[0].needs, needs);
    catalogue_release(&catalogue);
    free(exchange);
}

static void test_catalogue__moves_targets_below_another_path(void)
{
    check_moved("dukkango=http://a/v2", "/api/orders?x=/api", "/v2/orders?x=/api", NULL);
    check_moved("dukkango=http://a/", "/api/orders", "/orders", NULL);
    check_moved("dukkango=http://a/v2", "/api?x", "/v2?x", NULL);
    check_moved("dukkango=http://a/api/", "/elsewhere", "/elsewhere", NULL);
    check_moved("dukkango=http://a/v2", "/elsewhere", "/elsewhere", "a path outside of /api");
    check_moved("dukkango=http://a/v2", "/apis", "/apis", "a path outside of /api");
}

static void test_catalogue__replaces_in_all_that_is_compared(void)
{
    static const char *replacements[] = {"18=70", "key=secret"};
    struct catalogue catalogue;
    struct command command = {.replace = {replacements, 2}};
    CHECK_NUMBER(
        make_catalogue(
            &catalogue, &command,
            ONE("\"name\":\"the key\",\"request\":{\"target\":\"/o/18\",\"headers\":{\"A\":\"Token key\"},"
                "\"body\":\"{18}\"},\"response\":{\"status\":18,\"json\":{\"id\":18,\"no\":1883,\"l\":[18]}}")),
        0);
    char *request = doc_print(doc_member(catalogue.list[0].exchange, "request"));
    char *response = doc_print(doc_member(catalogue.list[0].exchange, "response"));
    CHECK_TEXT(request, "{\"target\":\"/o/70\",\"headers\":{\"A\":\"Token secret\"},\"body\":\"{70}\"}");
    CHECK_TEXT(response, "{\"status\":18,\"json\":{\"id\":70,\"no\":1883,\"l\":[70]}}");
    CHECK_TEXT(catalogue.list[0].address, "dukkango/a/the key");
    free(request);
    free(response);
    catalogue_release(&catalogue);
}

static void test_catalogue__chooses(void)
{
    static const char exchanges[] =
        ONE("\"name\":\"a/b [c]\"") "," ONE("\"name\":\"canned\",\"stub\":true") "," ONE("\"name\":\"other\"");
    static const char *by_address = "dukkango/a/a/b \\[c]", *by_name = "o*", *zaikio = "zaikio";
    struct catalogue catalogue;
    struct command command = {.run = {&by_address, 1}};
    CHECK_NUMBER(make_catalogue(&catalogue, &command, exchanges), 0);
    CHECK_NUMBER(catalogue.count, 1);
    CHECK_NUMBER(catalogue.known, 2);
    catalogue_release(&catalogue);
    command.run.list = &by_name;
    CHECK_NUMBER(make_catalogue(&catalogue, &command, exchanges), 0);
    CHECK_NUMBER(catalogue.count, 1);
    CHECK_TEXT(catalogue.list[0].address, "dukkango/a/other");
    catalogue_release(&catalogue);
    command = (struct command){.providers = {&zaikio, 1}};
    CHECK_NUMBER(make_catalogue(&catalogue, &command, exchanges), -1);
}

static void check_exit(enum outcome_of_replay first, enum outcome_of_replay second, char *unreached, int exit_code)
{
    struct replay_slot slots[2] = {{.outcome = first}, {.outcome = second}};
    struct catalogue catalogue = {.count = 2};
    struct result result = {&catalogue, slots, unreached};
    CHECK_NUMBER(result_exit_code(&result), exit_code);
}

static void test_result__counts_only_what_was_asked(void)
{
    char why[] = "refused";
    check_exit(REPLAY_PASSED, REPLAY_PASSED, NULL, 0);
    check_exit(REPLAY_PASSED, REPLAY_NOT_ASKED, NULL, 0);
    check_exit(REPLAY_NOT_ASKED, REPLAY_NOT_ASKED, NULL, 3);
    check_exit(REPLAY_PASSED, REPLAY_NOT_ASKED, why, 3);
    check_exit(REPLAY_PASSED, REPLAY_FAILED, why, 1);
    check_exit(REPLAY_NOT_ASKED, REPLAY_FAILED, NULL, 1);
}

static const struct test catalogue_tests[] = {
    TEST(test_catalogue__says_what_cannot_be_asked),        TEST(test_catalogue__moves_targets_below_another_path),
    TEST(test_catalogue__replaces_in_all_that_is_compared), TEST(test_catalogue__chooses),
    TEST(test_result__counts_only_what_was_asked),          TEST(test_catalogue__replaces_all_at_once),
};
const struct test_suite catalogue_suite = SUITE("catalogue", catalogue_tests);
