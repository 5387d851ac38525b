/* Answers against documented ones, in each mode; names and expressions. */
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "server/captures.h"
#include "server/compare.h"
#include "tests/suites.h"

static cJSON *json(const char *text)
{
    cJSON *tree = json_read_bytes(text, strlen(text));
    CHECK(tree != NULL);
    return tree;
}

/* What is found at an answer of status 200 with this body; NULL: nothing. The first difference, to be freed. */
static char *difference(enum compare mode, const char *documented, const char *headers, const char *body)
{
    struct http_answer answer = HTTP_ANSWER_INIT;
    answer.status = 200;
    struct findings findings = {0};
    cJSON *response = json(documented);
    text_print(&answer.head, "HTTP/1.1 200 OK\r\n%s\r\n", headers);
    text_add(&answer.body, body);
    compare_answer(&answer, response, mode, &findings);
    char *text = findings.count == 0 ? NULL
                                     : mem_print("%s: %s, not %s", findings.list[0].what, findings.list[0].expected,
                                                 findings.list[0].actual);
    findings_release(&findings);
    cJSON_Delete(response);
    http_answer_release(&answer);
    return text;
}

static void check_body(enum compare mode, const char *member, const char *expected, const char *body, const char *found)
{
    char *documented = mem_print("{\"status\":200,\"%s\":%s}", member, expected);
    char *text = difference(mode, documented, "", body);
    CHECK_TEXT(text, found);
    free(text);
    free(documented);
}

static void test_compare__exact_is_byte_for_byte(void *context)
{
    (void)context;
    check_body(COMPARE_EXACT, "body", "\"{\\\"a\\\":1}\"", "{\"a\":1}", NULL);
    check_body(COMPARE_EXACT, "body", "\"{\\\"a\\\":1}\"", "{\"a\": 1}", "the body: {\"a\":1}, not {\"a\": 1}");
    check_body(COMPARE_EXACT, "body", "\"\"", "x", "the body: (empty), not x");
    check_body(COMPARE_EXACT, "body", "\"x\"", "", "the body: x, not (empty)");
}

static void test_compare__exact_json_is_as_written(void *context)
{
    (void)context;
    check_body(COMPARE_EXACT, "json", "{\"a\":[1.0,{\"b\":null}]}", " {\"a\": [1.0, {\"b\": null}]}\n", NULL);
    check_body(COMPARE_EXACT, "json", "{\"a\":1.0}", "{\"a\":1}", "the body at /a: 1.0, not 1");
    check_body(COMPARE_EXACT, "json", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}",
               "the body: a at this place among the members, not b");
    check_body(COMPARE_EXACT, "json", "{\"a\":{\"b\":[1,2]}}", "{\"a\":{\"b\":[1,3]}}", "the body at /a/b/1: 2, not 3");
    check_body(COMPARE_EXACT, "json", "{\"a\":1}", "{\"a\":1,\"b\":2}", "the body at /b: no such member, not 2");
    check_body(COMPARE_EXACT, "json", "{\"a\":1,\"b\":2}", "{\"a\":1}", "the body at /b: 2, not (nothing)");
    check_body(COMPARE_EXACT, "json", "{\"a\":\"1\"}", "{\"a\":1}", "the body at /a: \"1\", not 1");
    check_body(COMPARE_EXACT, "json", "[1]", "[1,1]", "the body: [1], not [1,1]");
    check_body(COMPARE_EXACT, "json", "{\"id\":9007199254740993}", "{\"id\":9007199254740992}",
               "the body at /id: 9007199254740993, not 9007199254740992");
    check_body(COMPARE_EXACT, "json", "true", "false", "the body: true, not false");
}

static void test_compare__a_body_must_be_json(void *context)
{
    (void)context;
    check_body(COMPARE_EXACT, "json", "{}", "", "the body: JSON, not no body at all: ");
    check_body(COMPARE_JSON, "json", "{}", "{}{}", "the body: JSON, not bytes after the value: {}{}");
    check_body(COMPARE_SHAPE, "json", "{\"a\":1}", "{\"a\":1,\"a\":1}",
               "the body: JSON, not a member that stands there twice: {\"a\":1,\"a\":1}");
    check_body(COMPARE_SHAPE, "body", "\"{}\"", "<html>",
               "the body: JSON, not something that is no JSON value: <html>");
}

static void test_compare__json_is_by_value(void *context)
{
    (void)context;
    check_body(COMPARE_JSON, "json", "{\"a\":1.0,\"b\":2}", "{\"b\":2,\"a\":1}", NULL);
    check_body(COMPARE_JSON, "body", "\"{\\\"a\\\":1}\"", "{\"a\": 1}", NULL);
    check_body(COMPARE_JSON, "body", "\"{\\\"a\\\":1}\"", "{\"a\": 2}", "the body at /a: 1, not 2");
    check_body(COMPARE_JSON, "body", "\"gone\"", "Gone", "the body: gone, not Gone");
    check_body(COMPARE_JSON, "json", "{\"a\":\"x\"}", "{\"a\":\"y\"}", "the body at /a: \"x\", not \"y\"");
    check_body(COMPARE_JSON, "json", "{\"id\":9007199254740993}", "{\"id\":9007199254740992}",
               "the body at /id: 9007199254740993, not 9007199254740992");
}

static void test_compare__shape_is_members_and_types(void *context)
{
    (void)context;
    check_body(COMPARE_SHAPE, "json", "{\"a\":1,\"b\":\"x\",\"c\":true}", "{\"c\":false,\"b\":\"\",\"a\":2.5}", NULL);
    check_body(COMPARE_SHAPE, "json", "{\"a\":1}", "{\"a\":\"1\"}", "the body at /a: a number, not \"1\"");
    check_body(COMPARE_SHAPE, "json", "{\"a\":null}", "{\"a\":1}", "the body at /a: null, not 1");
    check_body(COMPARE_SHAPE, "json", "{\"a\":1}", "{}", "the body at /a: a number, not (nothing)");
    check_body(COMPARE_SHAPE, "json", "{\"a\":1}", "{\"a\":1,\"b\":1}", "the body at /b: no such member, not 1");
    check_body(COMPARE_SHAPE, "json", "{\"l\":[{\"a\":1},{\"b\":1}]}", "{\"l\":[{\"b\":9},{\"b\":8},{\"a\":7}]}", NULL);
    check_body(COMPARE_SHAPE, "json", "{\"l\":[{\"a\":1}]}", "{\"l\":[{\"a\":1},{\"a\":\"x\"}]}",
               "the body at /l/1/a: a number, not \"x\"");
    check_body(COMPARE_SHAPE, "json", "{\"l\":[1]}", "{\"l\":[]}", NULL);
}

static void test_compare__the_status_counts_in_every_mode(void *context)
{
    (void)context;
    for (int mode = COMPARE_EXACT; mode <= COMPARE_SHAPE; mode++) {
        char *text = difference((enum compare)mode, "{\"status\":404}", "", "");
        CHECK_TEXT(text, "the status: 404, not 200");
        free(text);
    }
}

static void check_header(enum compare mode, const char *documented, const char *came, const char *found)
{
    char *response = mem_print("{\"status\":200,\"headers\":{%s}}", documented);
    char *text = difference(mode, response, came, "");
    CHECK_TEXT(text, found);
    free(text);
    free(response);
}

static void test_compare__looks_at_documented_headers(void *context)
{
    (void)context;
    check_header(COMPARE_EXACT, "\"Allow\":\"PUT\"", "allow: PUT\r\nX: y\r\n", NULL);
    check_header(COMPARE_EXACT, "\"Allow\":\"PUT\"", "Allow: GET\r\n", "the header Allow: PUT, not GET");
    check_header(COMPARE_JSON, "\"Allow\":\"PUT\"", "Allow: GET\r\n", "the header Allow: PUT, not GET");
    check_header(COMPARE_SHAPE, "\"Allow\":\"PUT\"", "Allow: GET\r\n", NULL);
    check_header(COMPARE_SHAPE, "\"Allow\":\"PUT\"", "", "the header Allow: PUT, not (no such header)");
    check_header(COMPARE_EXACT, "\"Allow\":null", "Allow: x\r\n", "the header Allow: (no such header), not x");
    check_header(COMPARE_EXACT, "\"Allow\":null", "", NULL);
    check_header(COMPARE_SHAPE, "\"Content-Type\":\"application/json\"",
                 "Content-Type: application/json;charset=utf-8\r\n", NULL);
    check_header(COMPARE_SHAPE, "\"Content-Type\":\"application/json\"", "Content-Type: text/html\r\n",
                 "the header Content-Type: application/json, not text/html");
    check_header(COMPARE_EXACT, "\"ETag\":\"{{/\\\"[0-9a-f]+\\\"/}}\"", "ETag: \"0af\"\r\n", NULL);
    check_header(COMPARE_SHAPE, "\"ETag\":\"{{/[0-9a-f]+/}}\"", "ETag: xyz\r\n",
                 "the header ETag: {{/[0-9a-f]+/}}, not xyz");
}

static void test_compare__looks_at_a_documented_phrase(void *context)
{
    (void)context;
    static const char *const found[] = {"the words on the status line: Gone, not OK", NULL, NULL};
    for (int mode = COMPARE_EXACT; mode <= COMPARE_SHAPE; mode++) {
        char *wrong = difference((enum compare)mode, "{\"status\":200,\"phrase\":\"Gone\"}", "", "");
        char *right = difference((enum compare)mode, "{\"status\":200,\"phrase\":\"OK\"}", "", "");
        CHECK_TEXT(wrong, found[mode]);
        CHECK_TEXT(right, NULL);
        free(wrong);
        free(right);
    }
}

static void test_compare__refuses_what_it_would_not_compare(void *context)
{
    (void)context;
    char *text = difference(COMPARE_EXACT, "{\"status\":200,\"trailers\":{}}", "", "");
    CHECK_TEXT(text, "the documented response: status, phrase, headers, body, json, not trailers");
    free(text);
}

static void test_compare__expressions_fit_whole_values(void *context)
{
    (void)context;
    check_body(COMPARE_EXACT, "json", "{\"a\":\"{{/[0-9]{3}/}}\"}", "{\"a\":\"123\"}", NULL);
    check_body(COMPARE_EXACT, "json", "{\"a\":\"{{/[0-9]{3}/}}\"}", "{\"a\":123}", NULL);
    check_body(COMPARE_SHAPE, "json", "{\"a\":\"{{/[0-9]{3}/}}\"}", "{\"a\":\"1234\"}",
               "the body at /a: \"{{/[0-9]{3}/}}\", not \"1234\"");
    check_body(COMPARE_EXACT, "json", "{\"a\":\"{{/a|b/}}\"}", "{\"a\":\"ab\"}",
               "the body at /a: \"{{/a|b/}}\", not \"ab\"");
    check_body(COMPARE_EXACT, "json", "{\"a\":\"{{/.*/}}\"}", "{\"a\":null}", "the body at /a: \"{{/.*/}}\", not null");
    check_body(COMPARE_EXACT, "body", "\"{{/[a-z]+: [0-9]+/}}\"", "id: 17", NULL);
    for (int mode = COMPARE_EXACT; mode <= COMPARE_SHAPE; mode++)
        check_body((enum compare)mode, "body", "\"{{/[0-9]+/}}\"", "id: 17", "the body: {{/[0-9]+/}}, not id: 17");
    CHECK(!captures_expression_fits("{{/[/}}", "["));
    CHECK(!captures_is_expression("{{/}}"));
    CHECK(!captures_is_expression("{{NAME}}"));
}

/* ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_captures__are_captured_and_filled_in(void *context)
{
    (void)context;
    struct findings findings = {0};
    cJSON *captures = cJSON_CreateObject(), *answer = json("{\"d\":[{\"t/x\":\"abc\"}],\"n\":9007199254740993}");
    cJSON *pointers = json("{\"TOKEN\":\"/d/0/t~1x\",\"ID\":\"/n\"}");
    cJSON *written = json(
        "{\"target\":\"/o/{{ID}}?{{n-}}\",\"headers\":{\"A\":\"Bearer {{TOKEN}}{{TOKEN}}\"},\"n\":{\"b\":\"{{\"}}");
    captures_take(captures, answer, pointers, &findings);
    cJSON *filled = captures_fill(written, captures, &findings);
    char *text = json_shown(filled);
    CHECK_TEXT(
        text, "{\"target\":\"/o/9007199254740993?{{n-}}\",\"headers\":{\"A\":\"Bearer abcabc\"},\"n\":{\"b\":\"{{\"}}");
    CHECK_INTEGER(findings.count, 0);
    free(text);
    cJSON_Delete(filled);
    cJSON_Delete(written);
    cJSON_Delete(pointers);
    cJSON_Delete(answer);
    cJSON_Delete(captures);
    findings_release(&findings);
}

static void test_captures__that_are_missing_are_findings(void *context)
{
    (void)context;
    struct findings findings = {0};
    cJSON *captures = cJSON_CreateObject(), *answer = json("{\"a\":{}}"), *written = json("{\"a\":\"x{{ID}}\"}");
    cJSON *pointers = json("{\"ID\":\"/a\",\"TOKEN\":\"/b\"}");
    captures_take(captures, answer, pointers, &findings);
    CHECK_INTEGER(findings.count, 2);
    cJSON *filled = captures_fill(written, captures, &findings);
    CHECK_INTEGER(findings.count, 3);
    CHECK_TEXT(json_string(filled, "a"), "x");
    cJSON_Delete(filled);
    cJSON_Delete(written);
    cJSON_Delete(pointers);
    cJSON_Delete(answer);
    cJSON_Delete(captures);
    findings_release(&findings);
}

void suite_compare(void)
{
    register_test("compare", "compare/exact_is_byte_for_byte", test_compare__exact_is_byte_for_byte, NULL);
    register_test("compare", "compare/exact_json_is_as_written", test_compare__exact_json_is_as_written, NULL);
    register_test("compare", "compare/a_body_must_be_json", test_compare__a_body_must_be_json, NULL);
    register_test("compare", "compare/json_is_by_value", test_compare__json_is_by_value, NULL);
    register_test("compare", "compare/shape_is_members_and_types", test_compare__shape_is_members_and_types, NULL);
    register_test("compare", "compare/the_status_counts_in_every_mode", test_compare__the_status_counts_in_every_mode,
                  NULL);
    register_test("compare", "compare/looks_at_documented_headers", test_compare__looks_at_documented_headers, NULL);
    register_test("compare", "compare/looks_at_a_documented_phrase", test_compare__looks_at_a_documented_phrase, NULL);
    register_test("compare", "compare/refuses_what_it_would_not_compare",
                  test_compare__refuses_what_it_would_not_compare, NULL);
    register_test("compare", "compare/expressions_fit_whole_values", test_compare__expressions_fit_whole_values, NULL);
    register_test("compare", "captures/are_captured_and_filled_in", test_captures__are_captured_and_filled_in, NULL);
    register_test("compare", "captures/that_are_missing_are_findings", test_captures__that_are_missing_are_findings,
                  NULL);
}
