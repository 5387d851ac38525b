/*
 * The judge on evidence made by hand: what a right client leaves behind is accepted, and each single fault is found. A
 * fact that cannot fail would be worth nothing, so every verb has a row for both.
 */
#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/test.h"

static const struct profile profile = {.provider = "dukkango", .cancel_operations = "cancel undo"};

/* One case on paper. */
struct paper {
    const char *requests; /* JSON array of journal entries */
    const char *other;    /* the same of the second listener; NULL: none */
    const char *answer;   /* the adapter's line */
    const char *errors;
    const char *state;
};

#define ENTRY(method, target, headers, body)                                                                           \
    "{\"operation\":\"cancel\",\"request\":{\"method\":\"" method "\",\"target\":\"" target "\",\"headers\":[" headers \
    "],\"body\":\"" body "\"},\"response\":{\"status\":200},\"fault\":null}"

#define GOOD_HEADERS                                                                                                   \
    "[\"Host\",\"127.0.0.1:80\"],[\"access-token\",\"secret-token\"],"                                                 \
    "[\"Content-Type\",\"application/json; charset=utf-8\"],[\"Content-Length\",\"15\"]"
#define GOOD_ENTRY ENTRY("PUT", "/orders/cancel/k1", GOOD_HEADERS, "{\\\"reason_id\\\":3}")

static const struct paper good = {
    .requests = "[" GOOD_ENTRY "]",
    .answer = "{\"id\":1,\"outcome\":\"canceled\",\"http_status\":200,\"attempts\":1,\"message\":\"n-1\","
              "\"order\":{\"value\":9007199254740993,\"note\":\"Refunded\"},\"wait\":1500}",
    .errors = "all is well",
    .state = "CANCELED",
};

/* Judges the paper by these expectations; the findings are the caller's. */
static void weigh(const struct profile *of, const struct paper *paper, const struct given *given,
                  const struct expect *expect, struct findings *findings)
{
    static const char names[] = "{\"nonce\":\"n-1\",\"order_id\":\"k1\","
                                "\"credentials\":{\"access_token\":\"secret-token\"}}";
    static const char secrets[] = "[\"secret-token\"]";
    struct check check = {.id = "X-1", .given = *given, .expect = *expect};
    struct evidence evidence = {
        .check = &check,
        .profile = of,
        .names = doc_parse(names, strlen(names)),
        .secrets = doc_parse(secrets, strlen(secrets)),
        .base_url = "http://127.0.0.1:80/api",
        .requests = doc_parse(paper->requests, strlen(paper->requests)),
        .other_requests = paper->other ? doc_parse(paper->other, strlen(paper->other)) : NULL,
        .state = paper->state,
        .errors = paper->errors ? paper->errors : "",
        .noise = "",
    };
    if (paper->answer) {
        evidence.talk_count = 1;
        evidence.talks[0].answer_text = must_copy(paper->answer);
        evidence.talks[0].answer = doc_parse(paper->answer, strlen(paper->answer));
    }
    CHECK(evidence.requests != NULL);
    judge(&evidence, findings);
    cJSON_Delete(evidence.names);
    cJSON_Delete(evidence.secrets);
    cJSON_Delete(evidence.requests);
    cJSON_Delete(evidence.other_requests);
    adapter_talk_release(&evidence.talks[0]);
}

/* "PASS", or what the first finding says. */
static char *ruling_of(const struct profile *of, const struct paper *paper, const struct given *given,
                       const struct expect *expect)
{
    struct findings findings = {0};
    weigh(of, paper, given, expect, &findings);
    const struct finding *first = findings.list;
    char *text = findings.count == 0 ? must_copy("PASS")
                                     : must_format("%s %s/%s", status_name(findings_status(&findings, LEVEL_MUST)),
                                                   first->expected, first->actual);
    findings_release(&findings);
    return text;
}

static char *ruling(const struct paper *paper, const struct given *given, const struct expect *expect)
{
    return ruling_of(&profile, paper, given, expect);
}

static void check_ruling(const struct paper *paper, struct expect expect, const char *expected, int line)
{
    char *text = ruling(paper, &(struct given){0}, &expect);
    test_text(text, expected, "the ruling", __FILE__, line);
    free(text);
}

#define RULES(paper, expected, ...) check_ruling((paper), (struct expect){__VA_ARGS__}, (expected), __LINE__)
#define FACT(paper, expected, ...)  check_ruling((paper), (struct expect){.facts = {__VA_ARGS__}}, (expected), __LINE__)

/* -- expectations ----------------------------------------------------------------------------------------------- */

static void test_judge__outcomes(void)
{
    RULES(&good, "PASS", .outcomes = OUT_CANCELED | OUT_PENDING);
    RULES(&good, "FAIL not_found or timeout/canceled", .outcomes = OUT_NOT_FOUND | OUT_TIMEOUT);
    RULES(&good, "WARN not_found/canceled", .outcomes = OUT_NOT_FOUND, .tolerated = OUT_CANCELED);
}

static void test_judge__answers_that_are_none(void)
{
    struct paper paper = good;
    paper.answer = "{\"id\":1,\"outcome\":\"cancelled\"}";
    RULES(&paper, "ERROR one of the words of the protocol/cancelled", .outcomes = OUT_CANCELED);
    paper.answer = "{\"id\":1}";
    RULES(&paper, "ERROR one of the words of the protocol/(nothing)", .outcomes = OUT_CANCELED);
    paper.answer = "{\"id\":1,\"outcome\":\"canceled\",\"outcome\":\"canceled\"}";
    RULES(&paper, "ERROR once/it stands there twice", .outcomes = OUT_CANCELED);
    paper.answer = "{\"id\":1,\"errored\":{\"message\":\"x\"}}";
    RULES(&paper, "ERROR a result/{\"message\":\"x\"}", .outcomes = OUT_CANCELED);
    paper.answer = "{\"id\":1,\"skipped\":{}}";
    RULES(&paper, "FAIL a result/{\"id\":1,\"skipped\":{}}", .outcomes = OUT_CANCELED);
    RULES(&paper, "PASS", .skipped = true);
    char *text = ruling(&good, &(struct given){0}, &(struct expect){.skipped = true});
    CHECK(strncmp(text, "FAIL \"skipped\"/", 15) == 0);
    free(text);
}

/* What a 2xx that says nothing may be called is the vendor's matter. */
static void test_judge__unreadable_answers(void)
{
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"pending\"}"};
    RULES(&paper, "FAIL unknown/pending", .outcomes = OUT_UNKNOWN, .unreadable = true);
    struct profile accepting = {.provider = "akinon", .cancel_operations = "cancel", .unreadable = OUT_PENDING};
    char *text = ruling_of(&accepting, &paper, &(struct given){0},
                           &(struct expect){.outcomes = OUT_UNKNOWN, .unreadable = true});
    CHECK_TEXT(text, "PASS");
    free(text);
    text = ruling_of(&accepting, &paper, &(struct given){0}, &(struct expect){.outcomes = OUT_UNKNOWN});
    CHECK_TEXT(text, "FAIL unknown/pending");
    free(text);
}

static void test_judge__counts(void)
{
    struct paper paper = good;
    RULES(&good, "PASS", .cancels = EXACTLY(1), .requests = AT_MOST(1));
    RULES(&good, "FAIL 0/1", .cancels = NONE);
    RULES(&good, "FAIL at least 2/1", .requests = AT_LEAST(2));
    RULES(&good, "FAIL 2 to 3/1", .cancels = BETWEEN(2, 3));
    RULES(&good, "FAIL 0/1", .local = true);
    paper.requests = "[{\"operation\":\"get_order\",\"request\":{\"method\":\"GET\"}},"
                     "{\"operation\":null,\"request\":{\"method\":\"POST\"}}]";
    RULES(&paper, "PASS", .cancels = EXACTLY(1), .requests = EXACTLY(2));
}

static void test_judge__local(void)
{
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"invalid\",\"local\":true}"};
    RULES(&paper, "PASS", .outcomes = OUT_INVALID, .local = true);
    paper.answer = "{\"outcome\":\"invalid\"}";
    RULES(&paper, "FAIL true/(nothing)", .outcomes = OUT_INVALID, .local = true);
}

static void test_judge__state(void)
{
    RULES(&good, "PASS", .state = "CANCELED");
    RULES(&good, "FAIL RECEIVED/CANCELED", .state = "RECEIVED");
}

static void test_judge__report(void)
{
    RULES(&good, "PASS", .report = JSON({"http_status" : 200, "message" : "{nonce}"}));
    RULES(&good, "FAIL 404/200", .report = JSON({"http_status" : 404}));
    RULES(&good, "FAIL \"x\"/(nothing)", .report = JSON({"provider_code" : "x"}));
    RULES(&good, "UNOBSERVABLE \"x\"/(nothing)", .if_reported = JSON({"provider_code" : "x"}));
    RULES(&good, "FAIL 2/1", .if_reported = JSON({"attempts" : 2}));
    RULES(&good, "ERROR a known name/nonse", .report = JSON({"message" : "{nonse}"}));
}

static void check_faults(const char *requests, bool may_rest, const char *expected)
{
    struct paper paper = good;
    paper.requests = requests;
    struct given given = {.faults = {NO_ANSWER}, .faults_may_rest = may_rest};
    char *text = ruling(&paper, &given, &(struct expect){.outcomes = OUT_CANCELED});
    CHECK_TEXT(text, expected);
    free(text);
}

static void test_judge__faults_must_be_met(void)
{
    check_faults("[{\"fault\":{\"id\":\"f1\",\"fault\":\"NO_RESPONSE\"}}]", false, "PASS");
    check_faults("[]", true, "PASS");
    check_faults("[]", false, "FAIL to be met by a request of the cancel call/no request at all");
    check_faults("[{\"fault\":null}]", false, "FAIL to be met by a request of the cancel call/other requests only");
}

static void check_two_faults(const char *requests, unsigned to_meet, const char *expected)
{
    struct paper paper = good;
    paper.requests = requests;
    struct given given = {.faults = {NO_ANSWER, NO_ANSWER}, .faults_to_meet = to_meet};
    char *text = ruling(&paper, &given, &(struct expect){.outcomes = OUT_CANCELED});
    CHECK_TEXT(text, expected);
    free(text);
}

static void test_judge__each_fault_must_be_met(void)
{
    const char *one_twice = "[{\"fault\":{\"id\":\"f1\"}},{\"fault\":{\"id\":\"f1\"}}]";
    check_two_faults("[{\"fault\":{\"id\":\"f1\"}},{\"fault\":{\"id\":\"f2\"}}]", 0, "PASS");
    check_two_faults(one_twice, 0, "FAIL to be met by a request of the cancel call/other requests only");
    check_two_faults(one_twice, 1, "PASS");
}

/* -- facts about requests --------------------------------------------------------------------------------------- */

static void test_facts__request_line(void)
{
    struct paper none = {.requests = "[]", .answer = good.answer};
    FACT(&good, "PASS", METHOD("PUT"), TARGET("/orders/cancel/{order_id}"), TARGET_LACKS("k2"));
    FACT(&good, "FAIL POST/PUT", METHOD("POST"));
    FACT(&good, "FAIL k1//orders/cancel/k1", TARGET_LACKS("k1"), TARGET("/orders/cancel/k1"));
    FACT(&good, "FAIL /orders///orders/cancel/k1", TARGET("/orders/"));
    FACT(&none, "FAIL PUT/no such request", METHOD("PUT"));
    FACT(&none, "PASS", TARGET_IF_SENT("/x"));
    FACT(&good, "FAIL /x//orders/cancel/k1", TARGET_IF_SENT("/x"));
    struct paper encoded = {.requests = "[" ENTRY("PUT", "/a%2fb", "", "") "]"};
    FACT(&encoded, "PASS", TARGET_IF_SENT("/a%2Fb"));
}

static void test_facts__headers(void)
{
    FACT(&good, "PASS", HEADER("Access-Token", "{credentials.access_token}"), HEADER_ONCE("host"), NO_HEADER("Cookie"),
         MEDIA_TYPE("application/json"), HOST_IS_AUTHORITY, HEADER_HAS("content-type", "UTF-8"));
    FACT(&good, "FAIL other/secret-token", HEADER("Access-Token", "other"));
    FACT(&good, "FAIL x/no such header", HEADER("Authorization", "x"));
    FACT(&good, "FAIL absent/secret-token", NO_HEADER("ACCESS-TOKEN"));
    FACT(&good, "FAIL exactly once, not empty/no such header", HEADER_ONCE("Accept"));
    FACT(&good, "FAIL json/no such header", HEADER_HAS("Accept", "json"));
    FACT(&good, "FAIL text/xml/application/json; charset=utf-8", MEDIA_TYPE("text/xml"));
    struct paper twice = {.requests = "[" ENTRY("PUT", "/",
                                                "[\"A\",\"1\"],[\"a\",\"2\"],[\"E\",\"\"],"
                                                "[\"Host\",\"127.0.0.1\"]",
                                                "") "]"};
    FACT(&twice, "FAIL 1/2 such headers", HEADER("A", "1"));
    FACT(&twice, "FAIL exactly once, not empty/an empty value", HEADER_ONCE("E"));
    FACT(&twice, "FAIL 127.0.0.1:80/127.0.0.1", HOST_IS_AUTHORITY);
}

static void test_facts__framing(void)
{
    FACT(&good, "PASS", RIGHT_FRAMING);
    struct paper shorter = {.requests =
                                "[" ENTRY("PUT", "/", "[\"Content-Length\",\"5\"]", "{\\\"reason_id\\\":3}") "]"};
    FACT(&shorter, "FAIL a right Content-Length, or chunks/Content-Length: 5 with 15 bytes", RIGHT_FRAMING);
    struct paper both = {.requests = "[" ENTRY("PUT", "/",
                                               "[\"Content-Length\",\"0\"],"
                                               "[\"Transfer-Encoding\",\"chunked\"]",
                                               "") "]"};
    FACT(&both, "FAIL a right Content-Length, or chunks/both Content-Length and Transfer-Encoding", RIGHT_FRAMING);
    struct paper neither = {.requests = "[" ENTRY("PUT", "/", "", "") "]"};
    FACT(&neither, "FAIL a right Content-Length, or chunks/0 Content-Length headers and no chunks", RIGHT_FRAMING);
}

static void test_facts__bodies(void)
{
    FACT(&good, "PASS", ONE_JSON_OBJECT, BODY("{\"reason_id\": 3}"), TOKEN("/reason_id", "3"), BODY_HAS("/reason_id"),
         BODY_LACKS("/note"), BODY_ONLY("", "reason_id note"));
    FACT(&good, "FAIL {\"reason_id\":4}/{\"reason_id\":3}", BODY("{\"reason_id\":4}"));
    FACT(&good, "FAIL 3.0/3", TOKEN("/reason_id", "3.0"));
    FACT(&good, "FAIL a member/a body without it: {\"reason_id\":3}", BODY_HAS("/note"));
    FACT(&good, "FAIL absent/3", BODY_LACKS("/reason_id"));
    FACT(&good, "FAIL reason/also \"reason_id\"", BODY_ONLY("", "reason"));
    FACT(&good, "FAIL no bytes/{\"reason_id\":3}", NO_BODY);
    struct paper text = {.requests = "[" ENTRY("PUT", "/", "", "{\\\"reason_id\\\":\\\"3\\\"}x") "]"};
    FACT(&text, "FAIL 3/\"3\"", TOKEN("/reason_id", "3"));
    FACT(&text, "FAIL one JSON object and nothing else/bytes after the object: {\"reason_id\":\"3\"}x",
         ONE_JSON_OBJECT);
    struct paper empty = {.requests = "[" ENTRY("DELETE", "/", "", "") "]"};
    FACT(&empty, "PASS", NO_BODY);
}

static void test_facts__choose_their_requests(void)
{
    struct paper paper = {.requests = "[{\"operation\":\"get_order\",\"request\":{\"method\":\"GET\"}},"
                                      "{\"operation\":\"undo\",\"request\":{\"method\":\"PUT\"}}]"};
    FACT(&paper, "PASS", METHOD("PUT"));
    RULES(&paper, "PASS", .on = "get_order", .facts = {METHOD("GET")});
    RULES(&paper, "FAIL PUT/GET", .on = "*", .facts = {METHOD("PUT")});
    RULES(&paper, "FAIL POST/no such request", .on = "login", .facts = {METHOD("POST")});
}

static void test_facts__sequences(void)
{
    struct paper paper = {.requests = "[{\"operation\":\"get_order\",\"request\":{\"method\":\"GET\"}},"
                                      "{\"operation\":null,\"request\":{\"method\":\"PUT\"}}]"};
    FACT(&paper, "PASS", METHODS("PUT|GET PUT"), OPERATIONS("get_order ?"), OPERATION_AT_MOST("get_order", "1"),
         OPERATION_AT_LEAST("get_order", "1"));
    FACT(&paper, "FAIL PUT|GET/GET PUT", METHODS("PUT|GET"));
    FACT(&paper, "FAIL cancel/get_order ?", OPERATIONS("cancel"));
    FACT(&paper, "FAIL at most 0/1", OPERATION_AT_MOST("get_order", "0"));
    FACT(&paper, "FAIL at least 2/1", OPERATION_AT_LEAST("get_order", "2"));
}

/* -- secrets and the second listener ---------------------------------------------------------------------------- */

static void test_facts__secrets(void)
{
    FACT(&good, "PASS", NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT("Access-Token"), NO_SECRET_IN_BODY,
         NO_SECRET_REPORTED);
    FACT(&good, "FAIL no secret/a secret of the credentials", NO_SECRET_IN_HEADERS_BUT(NULL));
    struct paper leaky = {
        .requests = "[" ENTRY("PUT", "/?t=secret-token", "", "secret-token") "]",
        .answer = "{\"outcome\":\"canceled\"}",
        .errors = "token secret-token is bad",
    };
    FACT(&leaky, "FAIL no secret/a secret of the credentials", NO_SECRET_IN_TARGET);
    FACT(&leaky, "FAIL no secret/a secret of the credentials", NO_SECRET_IN_BODY);
    FACT(&leaky, "FAIL no secret/a secret of the credentials", NO_SECRET_REPORTED);
}

static void test_facts__second_listener(void)
{
    struct paper paper = {.requests = "[]", .other = "[]"};
    FACT(&paper, "PASS", OTHER_SEES_NOTHING, OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY);
    paper.other = "[" ENTRY("GET", "/x", "", "") "]";
    FACT(&paper, "PASS", OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY);
    FACT(&paper, "FAIL none/GET /x", OTHER_SEES_NOTHING);
    paper.other = "[" GOOD_ENTRY "]";
    FACT(&paper, "FAIL no secret/a secret of the credentials", OTHER_SEES_NO_SECRET);
    FACT(&paper, "FAIL none/{\"reason_id\":3}", OTHER_SEES_NO_BODY);
    FACT(&good, "ERROR a row with {other_url}/(nothing)", OTHER_SEES_NOTHING);
}

/* -- facts about the report ------------------------------------------------------------------------------------- */

static void test_facts__report(void)
{
    FACT(&good, "PASS", REPORT_HAS("/order"), REPORT_LACKS("/items"), REPORT_EXACT("/order/value", "9007199254740993"),
         REPORT_EXACT("/message", "{nonce}"), REPORT_MENTIONS("{nonce}"), REPORT_NEVER_MENTIONS("rückzahlung"),
         REPORT_BETWEEN("/wait", "1000 2000"), REPORT_EXACT_IF_GIVEN("/attempts", "1"));
    FACT(&good, "FAIL to be there/(nothing)", REPORT_HAS("/items"));
    FACT(&good, "FAIL absent/200", REPORT_LACKS("/http_status"));
    FACT(&good, "FAIL 9007199254740992/9007199254740993", REPORT_EXACT("/order/value", "9007199254740992"));
    FACT(&good, "FAIL 1501 2000/1500", REPORT_BETWEEN("/wait", "1501 2000"));
    FACT(&good, "FAIL 1 2/n-1", REPORT_BETWEEN("/message", "1 2"));
    FACT(&good, "UNOBSERVABLE 1/(nothing)", REPORT_EXACT_IF_GIVEN("/items", "1"));
    FACT(&good, "FAIL 2/1", REPORT_EXACT_IF_GIVEN("/attempts", "2"));
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"note\":\"a REFUND\"}"};
    FACT(&paper, "FAIL n-1/{\"outcome\":\"canceled\",\"note\":\"a REFUND\"}", REPORT_MENTIONS("{nonce}"));
    FACT(&paper, "FAIL nothing of \"refund\"/{\"outcome\":\"canceled\",\"note\":\"a REFUND\"}",
         REPORT_NEVER_MENTIONS("refund"));
}

/* What is not claimed may be said in any way. */
static void test_facts__report__silence_in_many_words(void)
{
    struct paper paper = {.requests = "[]"};
    paper.answer = "{\"outcome\":\"canceled\",\"local\":false,\"items\":[],\"note\":\"no refund is confirmed\","
                   "\"refund\":false,\"order\":{\"refunds\":[],\"refund_amount\":0,\"refunded_at\":null}}";
    FACT(&paper, "PASS", REPORT_NOT_TRUE("/local"), REPORT_NOT_TRUE("/sent"), REPORT_EMPTY("/items"),
         REPORT_EMPTY("/lines"), REPORT_CLAIMS_NO("refund"));
    paper.answer = "{\"outcome\":\"canceled\",\"local\":true,\"items\":[1],\"order\":{\"Refund\":\"paid back\"}}";
    FACT(&paper, "FAIL absent or false/true", REPORT_NOT_TRUE("/local"));
    FACT(&paper, "FAIL absent or empty/[1]", REPORT_EMPTY("/items"));
    FACT(&paper, "FAIL no refund claimed/paid back", REPORT_CLAIMS_NO("refund"));
    paper.answer = "{\"outcome\":\"canceled\",\"order\":{\"state\":\"REFUNDED\"}}";
    FACT(&paper, "FAIL no refund claimed/REFUNDED", REPORT_CLAIMS_NO("refund"));
}

static void test_facts__report__optional_members(void)
{
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"message\":\"n-1\"}"};
    FACT(&paper, "PASS", REPORT_MENTIONS_IF_GIVEN("/items", "{nonce}"));
    FACT(&paper, "UNOBSERVABLE k1/(nothing)", REPORT_MENTIONS_IF_GIVEN("/items", "{order_id}"));
    FACT(&paper, "FAIL k1/n-1", REPORT_MENTIONS_IF_GIVEN("/message", "{order_id}"));
}

static void test_facts__report__statuses_are_numbers(void)
{
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"http_status\":200.0,\"pk\":7.0}"};
    RULES(&paper, "PASS", .report = JSON({"http_status" : 200}), .facts = {REPORT_EXACT("/http_status", "200")});
    FACT(&paper, "FAIL 201/200.0", REPORT_EXACT("/http_status", "201"));
    FACT(&paper, "FAIL 7/7.0", REPORT_EXACT("/pk", "7"));
}

static void test_facts__have_words(void)
{
    struct fact facts[] = {METHOD("PUT"), OPERATION_AT_MOST("login", "2"), NO_SECRET_IN_HEADERS_BUT(NULL)};
    const char *const texts[] = {"the method is PUT", "requests of login: at most 2",
                                 "no secret in any header but (none)"};
    for (size_t i = 0; i < 3; i++) {
        char *text = fact_text(&facts[i]);
        CHECK_TEXT(text, texts[i]);
        free(text);
    }
}

static const struct test judge_tests[] = {
    TEST(test_judge__outcomes),
    TEST(test_judge__answers_that_are_none),
    TEST(test_judge__unreadable_answers),
    TEST(test_judge__counts),
    TEST(test_judge__local),
    TEST(test_judge__state),
    TEST(test_judge__report),
    TEST(test_judge__faults_must_be_met),
    TEST(test_judge__each_fault_must_be_met),
    TEST(test_facts__request_line),
    TEST(test_facts__headers),
    TEST(test_facts__framing),
    TEST(test_facts__bodies),
    TEST(test_facts__choose_their_requests),
    TEST(test_facts__sequences),
    TEST(test_facts__secrets),
    TEST(test_facts__second_listener),
    TEST(test_facts__report),
    TEST(test_facts__report__silence_in_many_words),
    TEST(test_facts__report__optional_members),
    TEST(test_facts__report__statuses_are_numbers),
    TEST(test_facts__have_words),
};
const struct test_suite judge_suite = SUITE("judge", judge_tests);
