/*
 * The judge on evidence made by hand: what a right client leaves behind is accepted, and each single fault is found. A
 * verb that cannot fail would be worth nothing, so every verb has a row for both.
 */
#include <stdlib.h>
#include <string.h>

#include "check/lenient.h"
#include "judge/evidence.h"
#include "judge/verbs.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "tests/suites.h"

static const struct profile profile = {
    .provider = "dukkango", .cancel_operations = "cancel undo", .read_operations = "get_order list_orders"};

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
        .names = json_read_bytes(names, strlen(names)),
        .secrets = json_read_bytes(secrets, strlen(secrets)),
        .base_url = "http://127.0.0.1:80/api",
        .requests = json_read_bytes(paper->requests, strlen(paper->requests)),
        .other_requests = paper->other != NULL ? json_read_bytes(paper->other, strlen(paper->other)) : NULL,
        .state = paper->state,
        .errors = paper->errors != NULL ? paper->errors : "",
        .noise = "",
    };
    if (paper->answer != NULL) {
        evidence.talk_count = 1;
        evidence.talks[0].answer_text = mem_dup(paper->answer);
        evidence.talks[0].answer = lenient_read(paper->answer, strlen(paper->answer));
    }
    CHECK(evidence.requests != NULL);
    judge(&evidence, findings);
    cJSON_Delete(evidence.names);
    cJSON_Delete(evidence.secrets);
    cJSON_Delete(evidence.requests);
    cJSON_Delete(evidence.other_requests);
    talk_release(&evidence.talks[0]);
}

/* "PASS", or what the first finding says. */
static char *ruling_of(const struct profile *of, const struct paper *paper, const struct given *given,
                       const struct expect *expect)
{
    struct findings findings = {0};
    weigh(of, paper, given, expect, &findings);
    const struct finding *first = findings.list;
    char *text = findings.count == 0 ? mem_dup("PASS")
                                     : mem_print("%s %s/%s", status_name(findings_status(&findings, LEVEL_MUST)),
                                                 first->expected, first->actual);
    findings_release(&findings);
    return text;
}

static char *ruling(const struct paper *paper, const struct given *given, const struct expect *expect)
{
    return ruling_of(&profile, paper, given, expect);
}

static void check_ruling(const struct paper *paper, struct expect expect, const char *expected, unsigned line)
{
    char *text = ruling(paper, &(struct given){0}, &expect);
    check_text(text, expected, "the ruling", __FILE__, line);
    free(text);
}

#define RULES(paper, expected, ...) check_ruling((paper), (struct expect){__VA_ARGS__}, (expected), __LINE__)
#define HOLDS(paper, expected, ...) check_ruling((paper), (struct expect){.holds = {__VA_ARGS__}}, (expected), __LINE__)

/* ── Expectations ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_judge__outcomes(void *context)
{
    (void)context;
    RULES(&good, "PASS", .outcomes = OUT_CANCELED | OUT_PENDING);
    RULES(&good, "FAIL not_found or timeout/canceled", .outcomes = OUT_NOT_FOUND | OUT_TIMEOUT);
    RULES(&good, "WARN not_found/canceled", .outcomes = OUT_NOT_FOUND, .tolerated = OUT_CANCELED);
}

static void test_judge__answers_that_are_none(void *context)
{
    (void)context;
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
static void test_judge__unreadable_answers(void *context)
{
    (void)context;
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

static void test_judge__counts(void *context)
{
    (void)context;
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

static void test_judge__local(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"invalid\",\"local\":true}"};
    RULES(&paper, "PASS", .outcomes = OUT_INVALID, .local = true);
    paper.answer = "{\"outcome\":\"invalid\"}";
    RULES(&paper, "FAIL true/(nothing)", .outcomes = OUT_INVALID, .local = true);
}

static void test_judge__state(void *context)
{
    (void)context;
    RULES(&good, "PASS", .state = "CANCELED");
    RULES(&good, "FAIL RECEIVED/CANCELED", .state = "RECEIVED");
}

static void test_judge__report(void *context)
{
    (void)context;
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

static void test_judge__faults_must_be_met(void *context)
{
    (void)context;
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

static void test_judge__each_fault_must_be_met(void *context)
{
    (void)context;
    const char *one_twice = "[{\"fault\":{\"id\":\"f1\"}},{\"fault\":{\"id\":\"f1\"}}]";
    check_two_faults("[{\"fault\":{\"id\":\"f1\"}},{\"fault\":{\"id\":\"f2\"}}]", 0, "PASS");
    check_two_faults(one_twice, 0, "FAIL to be met by a request of the cancel call/other requests only");
    check_two_faults(one_twice, 1, "PASS");
}

/* ── Verbs about requests ────────────────────────────────────────────────────────────────────────────────────────── */

static void test_verbs__request_line(void *context)
{
    (void)context;
    struct paper none = {.requests = "[]", .answer = good.answer};
    HOLDS(&good, "PASS", METHOD("PUT"), TARGET("/orders/cancel/{order_id}"), TARGET_LACKS("k2"));
    HOLDS(&good, "FAIL POST/PUT", METHOD("POST"));
    HOLDS(&good, "FAIL k1//orders/cancel/k1", TARGET_LACKS("k1"), TARGET("/orders/cancel/k1"));
    HOLDS(&good, "FAIL /orders///orders/cancel/k1", TARGET("/orders/"));
    HOLDS(&none, "FAIL PUT/no such request", METHOD("PUT"));
    HOLDS(&none, "PASS", TARGET_IF_SENT("/x"));
    HOLDS(&good, "FAIL /x//orders/cancel/k1", TARGET_IF_SENT("/x"));
    struct paper encoded = {.requests = "[" ENTRY("PUT", "/a%2fb", "", "") "]"};
    HOLDS(&encoded, "PASS", TARGET_IF_SENT("/a%2Fb"));
}

static void test_verbs__headers(void *context)
{
    (void)context;
    HOLDS(&good, "PASS", HEADER("Access-Token", "{credentials.access_token}"), NO_HEADER("Cookie"),
          MEDIA_TYPE("application/json"), HOST_IS_AUTHORITY, HEADER_HAS("content-type", "UTF-8"));
    HOLDS(&good, "FAIL other/secret-token", HEADER("Access-Token", "other"));
    HOLDS(&good, "FAIL x/no such header", HEADER("Authorization", "x"));
    HOLDS(&good, "FAIL absent/secret-token", NO_HEADER("ACCESS-TOKEN"));
    HOLDS(&good, "FAIL json/no such header", HEADER_HAS("Accept", "json"));
    HOLDS(&good, "FAIL text/xml/application/json; charset=utf-8", MEDIA_TYPE("text/xml"));
    struct paper twice = {.requests = "[" ENTRY("PUT", "/",
                                                "[\"A\",\"1\"],[\"a\",\"2\"],[\"E\",\"\"],"
                                                "[\"Host\",\"127.0.0.1\"]",
                                                "") "]"};
    HOLDS(&twice, "FAIL 1/2 such headers", HEADER("A", "1"));
    HOLDS(&twice, "FAIL 127.0.0.1:80/127.0.0.1", HOST_IS_AUTHORITY);
}

static void test_verbs__framing(void *context)
{
    (void)context;
    HOLDS(&good, "PASS", RIGHT_FRAMING);
    struct paper shorter = {.requests =
                                "[" ENTRY("PUT", "/", "[\"Content-Length\",\"5\"]", "{\\\"reason_id\\\":3}") "]"};
    HOLDS(&shorter, "FAIL a right Content-Length, or chunks/Content-Length: 5 with 15 bytes", RIGHT_FRAMING);
    struct paper both = {.requests = "[" ENTRY("PUT", "/",
                                               "[\"Content-Length\",\"0\"],"
                                               "[\"Transfer-Encoding\",\"chunked\"]",
                                               "") "]"};
    HOLDS(&both, "FAIL a right Content-Length, or chunks/both Content-Length and Transfer-Encoding", RIGHT_FRAMING);
    struct paper neither = {.requests = "[" ENTRY("PUT", "/", "", "") "]"};
    HOLDS(&neither, "FAIL a right Content-Length, or chunks/0 Content-Length headers and no chunks", RIGHT_FRAMING);
}

static void test_verbs__bodies(void *context)
{
    (void)context;
    HOLDS(&good, "PASS", ONE_JSON_OBJECT, BODY("{\"reason_id\": 3}"), TOKEN("/reason_id", "3"), BODY_HAS("/reason_id"),
          BODY_LACKS("/note"), BODY_ONLY("", "reason_id note"));
    HOLDS(&good, "FAIL {\"reason_id\":4}/{\"reason_id\":3}", BODY("{\"reason_id\":4}"));
    HOLDS(&good, "FAIL 3.0/3", TOKEN("/reason_id", "3.0"));
    HOLDS(&good, "FAIL a member/a body without it: {\"reason_id\":3}", BODY_HAS("/note"));
    HOLDS(&good, "FAIL absent/3", BODY_LACKS("/reason_id"));
    HOLDS(&good, "FAIL reason/also \"reason_id\"", BODY_ONLY("", "reason"));
    HOLDS(&good, "FAIL no bytes/{\"reason_id\":3}", NO_BODY);
    struct paper text = {.requests = "[" ENTRY("PUT", "/", "", "{\\\"reason_id\\\":\\\"3\\\"}x") "]"};
    HOLDS(&text, "FAIL 3/\"3\"", TOKEN("/reason_id", "3"));
    HOLDS(&text, "FAIL one JSON object and nothing else/bytes after the object: {\"reason_id\":\"3\"}x",
          ONE_JSON_OBJECT);
    struct paper empty = {.requests = "[" ENTRY("DELETE", "/", "", "") "]"};
    HOLDS(&empty, "PASS", NO_BODY);
}

static void test_verbs__choose_their_requests(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[{\"operation\":\"get_order\",\"request\":{\"method\":\"GET\"}},"
                                      "{\"operation\":\"undo\",\"request\":{\"method\":\"PUT\"}}]"};
    HOLDS(&paper, "PASS", METHOD("PUT"));
    RULES(&paper, "PASS", .on = "get_order", .holds = {METHOD("GET")});
    RULES(&paper, "FAIL PUT/GET", .on = "*", .holds = {METHOD("PUT")});
    RULES(&paper, "FAIL POST/no such request", .on = "login", .holds = {METHOD("POST")});
}

static void test_verbs__sequences(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[{\"operation\":\"get_order\",\"request\":{\"method\":\"GET\"}},"
                                      "{\"operation\":null,\"request\":{\"method\":\"PUT\"}}]"};
    HOLDS(&paper, "PASS", OPERATIONS("get_order ?"), OPERATION_AT_MOST("get_order", "1"),
          OPERATION_AT_LEAST("get_order", "1"));
    HOLDS(&paper, "FAIL cancel/get_order ?", OPERATIONS("cancel"));
    HOLDS(&paper, "FAIL at most 0/1", OPERATION_AT_MOST("get_order", "0"));
    HOLDS(&paper, "FAIL at least 2/1", OPERATION_AT_LEAST("get_order", "2"));
}

/* ── Secrets and the second listener ─────────────────────────────────────────────────────────────────────────────── */

static void test_verbs__secrets(void *context)
{
    (void)context;
    HOLDS(&good, "PASS", NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT("Access-Token"), NO_SECRET_IN_BODY,
          NO_SECRET_REPORTED);
    HOLDS(&good, "FAIL no secret/a secret of the credentials", NO_SECRET_IN_HEADERS_BUT(NULL));
    struct paper leaky = {
        .requests = "[" ENTRY("PUT", "/?t=secret-token", "", "secret-token") "]",
        .answer = "{\"outcome\":\"canceled\"}",
        .errors = "token secret-token is bad",
    };
    HOLDS(&leaky, "FAIL no secret/a secret of the credentials", NO_SECRET_IN_TARGET);
    HOLDS(&leaky, "FAIL no secret/a secret of the credentials", NO_SECRET_IN_BODY);
    HOLDS(&leaky, "FAIL no secret/a secret of the credentials", NO_SECRET_REPORTED);
}

static void test_verbs__second_listener(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[]", .other = "[]"};
    HOLDS(&paper, "PASS", OTHER_SEES_NOTHING, OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY);
    paper.other = "[" ENTRY("GET", "/x", "", "") "]";
    HOLDS(&paper, "PASS", OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY);
    HOLDS(&paper, "FAIL none/GET /x", OTHER_SEES_NOTHING);
    paper.other = "[" GOOD_ENTRY "]";
    HOLDS(&paper, "FAIL no secret/a secret of the credentials", OTHER_SEES_NO_SECRET);
    HOLDS(&paper, "FAIL none/{\"reason_id\":3}", OTHER_SEES_NO_BODY);
    HOLDS(&good, "ERROR a row with {other_url}/(nothing)", OTHER_SEES_NOTHING);
}

/* ── Verbs about the report ──────────────────────────────────────────────────────────────────────────────────────── */

static void test_verbs__report(void *context)
{
    (void)context;
    HOLDS(&good, "PASS", REPORT_HAS("/order"), REPORT_LACKS("/items"), REPORT_EXACT("/order/value", "9007199254740993"),
          REPORT_EXACT("/message", "{nonce}"), REPORT_MENTIONS("{nonce}"), REPORT_NEVER_MENTIONS("rückzahlung"),
          REPORT_BETWEEN_IF_GIVEN("/wait", "1000 2000"), REPORT_EXACT_IF_GIVEN("/attempts", "1"));
    HOLDS(&good, "FAIL to be there/(nothing)", REPORT_HAS("/items"));
    HOLDS(&good, "FAIL absent/200", REPORT_LACKS("/http_status"));
    HOLDS(&good, "FAIL 9007199254740992/9007199254740993", REPORT_EXACT("/order/value", "9007199254740992"));
    HOLDS(&good, "FAIL 1501 2000/1500", REPORT_BETWEEN_IF_GIVEN("/wait", "1501 2000"));
    HOLDS(&good, "FAIL 1 2/n-1", REPORT_BETWEEN_IF_GIVEN("/message", "1 2"));
    HOLDS(&good, "UNOBSERVABLE 1/(nothing)", REPORT_EXACT_IF_GIVEN("/items", "1"));
    HOLDS(&good, "FAIL 2/1", REPORT_EXACT_IF_GIVEN("/attempts", "2"));
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"note\":\"a REFUND\"}"};
    HOLDS(&paper, "FAIL n-1/{\"outcome\":\"canceled\",\"note\":\"a REFUND\"}", REPORT_MENTIONS("{nonce}"));
    HOLDS(&paper, "FAIL nothing of \"refund\"/{\"outcome\":\"canceled\",\"note\":\"a REFUND\"}",
          REPORT_NEVER_MENTIONS("refund"));
}

/* What is not claimed may be said in any way. */
static void test_verbs__report__silence_in_many_words(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[]"};
    paper.answer = "{\"outcome\":\"canceled\",\"local\":false,\"items\":[],\"note\":\"no refund is confirmed\","
                   "\"refund\":false,\"order\":{\"refunds\":[],\"refund_amount\":0,\"refunded_at\":null}}";
    HOLDS(&paper, "PASS", REPORT_NOT_TRUE("/local"), REPORT_NOT_TRUE("/sent"), REPORT_EMPTY("/items"),
          REPORT_EMPTY("/lines"), REPORT_CLAIMS_NO("refund"));
    paper.answer = "{\"outcome\":\"canceled\",\"local\":true,\"items\":[1],\"order\":{\"Refund\":\"paid back\"}}";
    HOLDS(&paper, "FAIL absent or false/true", REPORT_NOT_TRUE("/local"));
    HOLDS(&paper, "FAIL absent or empty/[1]", REPORT_EMPTY("/items"));
    HOLDS(&paper, "FAIL no refund claimed/paid back", REPORT_CLAIMS_NO("refund"));
    paper.answer = "{\"outcome\":\"canceled\",\"order\":{\"state\":\"REFUNDED\"}}";
    HOLDS(&paper, "FAIL no refund claimed/REFUNDED", REPORT_CLAIMS_NO("refund"));
}

static void test_verbs__report__optional_members(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"message\":\"n-1\"}"};
    HOLDS(&paper, "PASS", REPORT_MENTIONS_IF_GIVEN("/items", "{nonce}"));
    HOLDS(&paper, "UNOBSERVABLE k1/(nothing)", REPORT_MENTIONS_IF_GIVEN("/items", "{order_id}"));
    HOLDS(&paper, "FAIL k1/n-1", REPORT_MENTIONS_IF_GIVEN("/message", "{order_id}"));
}

static void test_verbs__report__statuses_are_numbers(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"http_status\":200.0,\"pk\":7.0}"};
    RULES(&paper, "PASS", .report = JSON({"http_status" : 200}), .holds = {REPORT_EXACT("/http_status", "200")});
    HOLDS(&paper, "FAIL 201/200.0", REPORT_EXACT("/http_status", "201"));
    HOLDS(&paper, "FAIL 7/7.0", REPORT_EXACT("/pk", "7"));
}

/* ── What was known of the order ─────────────────────────────────────────────────────────────────────────────────── */

/* A request of an operation, with the status of its answer and the time of day. */
#define CALL(operation, status, time)                                                                                  \
    "{\"operation\":\"" operation "\",\"at\":\"2026-01-02T" time "Z\",\"request\":{\"method\":\"PUT\",\"headers\":["   \
    "[\"Secret\",\"x\"]]},\"response\":{\"status\":" #status "}}"
#define READ   CALL("get_order", 200, "00:00:00.000000")
#define CANCEL CALL("cancel", 200, "00:00:00.000000")

static void test_verbs__reads_around_cancels(void *context)
{
    (void)context;
    struct paper careful = {.requests = "[" READ "," CANCEL "," READ "," CANCEL "," READ "]"};
    HOLDS(&careful, "PASS", READ_BEFORE_CANCEL, READ_BETWEEN_CANCELS, READ_AFTER_CANCEL, READ_AFTER_FIRST_CANCEL,
          READS_LACK_HEADER("Cookie"));
    HOLDS(&careful, "FAIL absent/sent", READS_LACK_HEADER("secret"));
    struct paper blind = {.requests = "[" CANCEL "," CANCEL "]"};
    HOLDS(&blind, "FAIL a read of the order/PUT", READ_BEFORE_CANCEL);
    HOLDS(&blind, "FAIL a read of the order/none", READ_BETWEEN_CANCELS);
    HOLDS(&blind, "FAIL a read of the order/none", READ_AFTER_CANCEL);
    HOLDS(&blind, "FAIL a read of the order/none", READ_AFTER_FIRST_CANCEL);
    HOLDS(&blind, "UNOBSERVABLE a request to look at/no such request", READS_LACK_HEADER("Secret"));
    struct paper early = {.requests = "[" CANCEL "," READ "," CANCEL "]"};
    HOLDS(&early, "PASS", READ_BETWEEN_CANCELS, READ_AFTER_FIRST_CANCEL);
    HOLDS(&early, "FAIL a read of the order/none", READ_AFTER_CANCEL);
    struct paper idle = {.requests = "[" READ "]"};
    HOLDS(&idle, "FAIL a read of the order/no cancel call", READ_AFTER_CANCEL);
    HOLDS(&idle, "FAIL a read of the order/no cancel call", READ_AFTER_FIRST_CANCEL);
}

static void test_verbs__refused_repeats(void *context)
{
    (void)context;
#define REFUSED CALL("cancel", 409, "00:00:00.000000")
#define BUSY    CALL("cancel", 429, "00:00:00.000000")
    struct paper paper = {.requests = "[" CANCEL "," REFUSED "]"};
    HOLDS(&paper, "FAIL a read of the order/none", READ_AFTER_REFUSED_REPEAT);
    paper.requests = "[" CANCEL "," REFUSED "," READ "]";
    HOLDS(&paper, "PASS", READ_AFTER_REFUSED_REPEAT);
    paper.requests = "[" CANCEL "," BUSY "]";
    HOLDS(&paper, "PASS", READ_AFTER_REFUSED_REPEAT);
    paper.requests = "[" REFUSED "]";
    HOLDS(&paper, "PASS", READ_AFTER_REFUSED_REPEAT);
}

static void test_verbs__claims(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[" CANCEL "]", .answer = "{\"outcome\":\"pending\"}", .state = "placed"};
    HOLDS(&paper, "FAIL no claim/pending", CLAIM_AFTER_READING);
    HOLDS(&paper, "PASS", CLAIM_NEEDS_STATE("canceled"));
    paper.answer = "{\"outcome\":\"canceled\"}";
    HOLDS(&paper, "FAIL canceled/placed", CLAIM_NEEDS_STATE("canceled"));
    HOLDS(&paper, "PASS", CLAIM_NEEDS_STATE("placed"));
    paper.requests = "[" CANCEL "," READ "]";
    HOLDS(&paper, "PASS", CLAIM_AFTER_READING);
    paper.answer = "{\"outcome\":\"timeout\"}";
    paper.requests = "[" CANCEL "]";
    HOLDS(&paper, "PASS", CLAIM_AFTER_READING, CLAIM_NEEDS_STATE("canceled"));
}

static void test_verbs__time_between_cancels(void *context)
{
    (void)context;
    struct paper paper = {.requests =
                              "[" CALL("cancel", 503, "10:00:00.5") "," CALL("cancel", 503, "10:00:00.519999") "]"};
    HOLDS(&paper, "PASS", CANCELS_APART("19"));
    HOLDS(&paper, "FAIL 20/19", CANCELS_APART("20"));
    paper.requests = "[" CALL("cancel", 503, "23:59:59.990000") "," CALL("cancel", 503, "00:00:00.010000") "]";
    HOLDS(&paper, "PASS", CANCELS_APART("20"));
    HOLDS(&paper, "FAIL 21/20", CANCELS_APART("21"));
}

static void test_verbs__more_of_bodies(void *context)
{
    (void)context;
    struct paper paper = {.requests = "[" ENTRY("PUT", "/o/7/cancel", "[\"Content-Type\",\"a/b; charset=UTF-8\"]",
                                                "{\\\"n\\\":[1.0],\\\"id\\\":\\\"012\\\",\\\"none\\\":null}") "]"};
    HOLDS(&paper, "PASS", VALUE("/n", "[1]"), TOKEN_IF_GIVEN("/n/0", "1.0"), TOKEN_IF_GIVEN("/missing", "1"),
          DIGITS("/id", "012"), SOME_DIGITS("/id"), NULL_ONLY("none"), UTF8_OR_NO_CHARSET, BODIES_LACK("absent"),
          NO_GET_OF("/o/7"));
    HOLDS(&paper, "FAIL [2]/[1.0]", VALUE("/n", "[2]"));
    HOLDS(&paper, "FAIL 1/no such member", VALUE("/missing", "1"));
    HOLDS(&paper, "FAIL 1/1.0", TOKEN_IF_GIVEN("/n/0", "1"));
    HOLDS(&paper, "FAIL 12/\"012\"", DIGITS("/id", "12"));
    HOLDS(&paper, "FAIL as required/[1.0]", SOME_DIGITS("/n"));
    HOLDS(&paper, "FAIL other/also \"none\"", NULL_ONLY("other"));
    HOLDS(&paper, "FAIL nothing of \"012\"/{\"n\":[1.0],\"id\":\"012\",\"none\":null}", BODIES_LACK("012"));
    struct paper other = {.requests = "[" ENTRY("GET", "/o/k1", "[\"Content-Type\",\"a/b; charset=latin1\"]", "7") "]"};
    HOLDS(&other, "FAIL utf-8, or none/a/b; charset=latin1", UTF8_OR_NO_CHARSET);
    HOLDS(&other, "FAIL never//o/k1", NO_GET_OF("/o/{order_id}"));
    HOLDS(&other, "PASS", DIGITS("", "7"));
}

static void test_verbs__report__as_it_was_written(void *context)
{
    (void)context;
    HOLDS(&good, "PASS", REPORT_ONE_OF_IF_GIVEN("/order/value", "1|9007199254740993"),
          REPORT_ONE_OF_IF_GIVEN("/message", "n-1"), REPORT_TELLS("\"attempts\""),
          REPORT_TELLS_IF_GIVEN("/order", "{nonce}"), NEVER_WRITTEN("{order_id}"),
          REPORT_BETWEEN_IF_GIVEN("/none", "1 2"));
    HOLDS(&good, "FAIL 1|2/9007199254740993", REPORT_ONE_OF_IF_GIVEN("/order/value", "1|2"));
    HOLDS(&good, "UNOBSERVABLE 1|2/(nothing)", REPORT_ONE_OF_IF_GIVEN("/items", "1|2"));
    HOLDS(&good, "FAIL null/200", REPORT_NULL_IF_GIVEN("/http_status"));
    HOLDS(&good, "UNOBSERVABLE null/(nothing)", REPORT_NULL_IF_GIVEN("/items"));
    HOLDS(&good, "FAIL without it/n-1", NEVER_WRITTEN("{nonce}"));
    HOLDS(&good, "FAIL without it/all is well", NEVER_WRITTEN("all is well"));
    struct paper paper = {.requests = "[]", .answer = "{\"outcome\":\"canceled\",\"order\":null}"};
    HOLDS(&paper, "PASS", REPORT_NULL_IF_GIVEN("/order"));
    HOLDS(&paper, "FAIL n-1/{\"outcome\":\"canceled\",\"order\":null}", REPORT_TELLS("{nonce}"));
    HOLDS(&paper, "UNOBSERVABLE n-1/{\"outcome\":\"canceled\",\"order\":null}",
          REPORT_TELLS_IF_GIVEN("/order", "{nonce}"));
}

static void test_verbs__have_words(void *context)
{
    (void)context;
    struct verb verbs[] = {METHOD("PUT"), OPERATION_AT_MOST("login", "2"), NO_SECRET_IN_HEADERS_BUT(NULL)};
    const char *const texts[] = {"the method is PUT", "requests of login: at most 2",
                                 "no secret in any header but (none)"};
    for (size_t i = 0; i < 3; i++) {
        char *text = verb_text(&verbs[i]);
        CHECK_TEXT(text, texts[i]);
        free(text);
    }
}

void suite_judge(void)
{
    register_test("judge", "judge/outcomes", test_judge__outcomes, NULL);
    register_test("judge", "judge/answers_that_are_none", test_judge__answers_that_are_none, NULL);
    register_test("judge", "judge/unreadable_answers", test_judge__unreadable_answers, NULL);
    register_test("judge", "judge/counts", test_judge__counts, NULL);
    register_test("judge", "judge/local", test_judge__local, NULL);
    register_test("judge", "judge/state", test_judge__state, NULL);
    register_test("judge", "judge/report", test_judge__report, NULL);
    register_test("judge", "judge/faults_must_be_met", test_judge__faults_must_be_met, NULL);
    register_test("judge", "judge/each_fault_must_be_met", test_judge__each_fault_must_be_met, NULL);
    register_test("judge", "verbs/request_line", test_verbs__request_line, NULL);
    register_test("judge", "verbs/headers", test_verbs__headers, NULL);
    register_test("judge", "verbs/framing", test_verbs__framing, NULL);
    register_test("judge", "verbs/bodies", test_verbs__bodies, NULL);
    register_test("judge", "verbs/choose_their_requests", test_verbs__choose_their_requests, NULL);
    register_test("judge", "verbs/sequences", test_verbs__sequences, NULL);
    register_test("judge", "verbs/secrets", test_verbs__secrets, NULL);
    register_test("judge", "verbs/second_listener", test_verbs__second_listener, NULL);
    register_test("judge", "verbs/report", test_verbs__report, NULL);
    register_test("judge", "verbs/report/silence_in_many_words", test_verbs__report__silence_in_many_words, NULL);
    register_test("judge", "verbs/report/optional_members", test_verbs__report__optional_members, NULL);
    register_test("judge", "verbs/report/statuses_are_numbers", test_verbs__report__statuses_are_numbers, NULL);
    register_test("judge", "verbs/have_words", test_verbs__have_words, NULL);
    register_test("judge", "verbs/reads_around_cancels", test_verbs__reads_around_cancels, NULL);
    register_test("judge", "verbs/refused_repeats", test_verbs__refused_repeats, NULL);
    register_test("judge", "verbs/claims", test_verbs__claims, NULL);
    register_test("judge", "verbs/time_between_cancels", test_verbs__time_between_cancels, NULL);
    register_test("judge", "verbs/more_of_bodies", test_verbs__more_of_bodies, NULL);
    register_test("judge", "verbs/report/as_it_was_written", test_verbs__report__as_it_was_written, NULL);
}
