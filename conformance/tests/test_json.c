/* JSON as a tree and as bytes. */
#include <stdlib.h>
#include <string.h>

#include "check/scan.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/tests/check.h"
#include "tests/suites.h"

/* ── Doc ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *parsed(const char *text)
{
    return json_read_bytes(text, strlen(text));
}

static void check_merge(const char *target, const char *patch, const char *expected)
{
    cJSON *tree = parsed(target);
    cJSON *change = parsed(patch);
    json_merge(tree, change);
    char *text = json_shown(tree);
    CHECK_TEXT(text, expected);
    free(text);
    cJSON_Delete(tree);
    cJSON_Delete(change);
}

/* The examples of RFC 7386, appendix A, whose target and patch are objects. */
static void test_json__merges_as_the_rfc_says(void *context)
{
    (void)context;
    check_merge("{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}");
    check_merge("{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}");
    check_merge("{\"a\":\"b\"}", "{\"a\":null}", "{}");
    check_merge("{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}");
    check_merge("{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}");
    check_merge("{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}");
    check_merge("{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}");
    check_merge("{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}");
    check_merge("{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}");
    check_merge("{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}");
}

static void test_json__parses_strictly(void *context)
{
    (void)context;
    const char *const bad[] = {"", " ", "{} {}", "{}x", "{\"a\":1", "[1,]", "nul"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(parsed(bad[i]) == NULL);
    CHECK(json_read_bytes("{}\0x", 4) == NULL);
    cJSON *good = parsed(" {\"A\":1} \r\n");
    CHECK(good != NULL);
    CHECK(json_member(good, "a") == NULL);
    CHECK_INTEGER(json_int_or(good, "A", -1), 1);
    cJSON_Delete(good);
}

static void check_covers(const char *actual, const char *expected, const char *difference)
{
    cJSON *a = parsed(actual);
    cJSON *b = parsed(expected);
    char *where = NULL;
    bool covers = json_covers(a, b, &where);
    CHECK_TEXT(covers ? "covers" : where, difference);
    free(where);
    cJSON_Delete(a);
    cJSON_Delete(b);
}

static void test_json__covers_part_of_an_object(void *context)
{
    (void)context;
    check_covers("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", "{\"b\":{\"c\":2}}", "covers");
    check_covers("{\"a\":1,\"b\":{\"c\":2}}", "{\"b\":{\"c\":3}}", "/b/c");
    check_covers("{\"a\":1}", "{\"z\":{\"c\":3}}", "/z");
    check_covers("{\"a\":\"1\"}", "{\"a\":1}", "/a");
    check_covers("{\"a\":[1,2]}", "{\"a\":[1]}", "/a");
}

static void test_json__follows_pointers(void *context)
{
    (void)context;
    cJSON *root = parsed("{\"a/b\":{\"~\":[5,6]},\"\":7}");
    CHECK(json_at(root, "") == root);
    CHECK_INTEGER(cJSON_GetNumberValue(json_at(root, "/a~1b/~0/1")), 6);
    CHECK_INTEGER(cJSON_GetNumberValue(json_at(root, "/")), 7);
    CHECK(json_at(root, "/a~1b/~0/2") == NULL);
    CHECK(json_at(root, "/a~1b/~0/x") == NULL);
    cJSON_Delete(root);
}

void suite_json(void)
{
    register_test("json", "json/merges_as_the_rfc_says", test_json__merges_as_the_rfc_says, NULL);
    register_test("json", "json/parses_strictly", test_json__parses_strictly, NULL);
    register_test("json", "json/covers_part_of_an_object", test_json__covers_part_of_an_object, NULL);
    register_test("json", "json/follows_pointers", test_json__follows_pointers, NULL);
}

/* ── Scan ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void check_token(const char *json, const char *pointer, const char *expected)
{
    struct token token = {0};
    bool found = scan_token(json, strlen(json), pointer, &token);
    char *text = NULL;
    if (found) {
        text = calloc(token.length + 1, 1);
        memcpy(text, token.bytes, token.length);
    }
    CHECK_TEXT(text, expected);
    free(text);
}

static void test_scan__keeps_the_spelling(void *context)
{
    (void)context;
    check_token("{\"reason_id\": 3 }", "/reason_id", "3");
    check_token("{\"reason_id\":3.0}", "/reason_id", "3.0");
    check_token("{\"reason_id\":\"3\"}", "/reason_id", "\"3\"");
    check_token("{\"a\":[{},{\"b\":9007199254740993}]}", "/a/1/b", "9007199254740993");
    check_token("{\"x\":{\"a\":1},\"a\":[ ]}", "/a", "[ ]");
    check_token("{\"\\u0061\":null}", "/a", "null");
    check_token("{\"a\":1}", "/b", NULL);
    check_token("{\"a\":1", "/b", NULL);
    check_token("[1,2]", "/2", NULL);
    check_token("", "/a", NULL);
}

static void check_object(const char *bytes, size_t length, const char *problem)
{
    CHECK_TEXT(scan_object_problem(bytes, length), problem);
}

static void test_scan__finds_what_a_tree_forgets(void *context)
{
    (void)context;
    check_object("{\"a\":1}", 7, NULL);
    check_object(" {} \n", 5, NULL);
    check_object("", 0, "no body at all");
    check_object("{} {}", 5, "bytes after the object");
    check_object("{}\0", 3, "bytes after the object");
    check_object("\xef\xbb\xbf{}", 5, "a byte order mark");
    check_object("[]", 2, "something else than a JSON object");
    check_object("null", 4, "something else than a JSON object");
    check_object("{\"a\":1,\"a\":1}", 13, "a member that stands there twice");
    check_object("{\"a\":1,\"\\u0061\":1}", 18, "a member that stands there twice");
    check_object("{\"a\":{\"b\":1},\"b\":{\"a\":1}}", 25, NULL);
    check_object("{\"a\":\"\xff\"}", 9, "bytes that are not UTF-8");
    check_object("{\"a\":01}", 8, "a number that is none");
    check_object("{\"a\":1.}", 8, "a number that ends with its point");
    check_object("{\"a\":1,}", 8, "a member without a name in quotes");
    check_object("{'a':1}", 7, "a member without a name in quotes");
    check_object("{\"a\":\"\n\"}", 9, "a control character inside a string");
    check_object("{\"a\":\"\\x\"}", 10, "an unknown escape");
    check_object("{\"a\":", 5, "something that is no JSON value");
}

static void test_scan__stands_deep_nesting(void *context)
{
    (void)context;
    static char deep[100000];
    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"a\":", 5);
    check_object(deep, sizeof deep, "more nesting than anybody needs");
}

static void test_scan__knows_utf8(void *context)
{
    (void)context;
    CHECK(scan_is_utf8("sipari\xc5\x9f \xf0\x9f\x98\x80", 13));
    CHECK(!scan_is_utf8("\xc0\xaf", 2));
    CHECK(!scan_is_utf8("\xed\xa0\x80", 3));
    CHECK(!scan_is_utf8("\xf4\x90\x80\x80", 4));
    CHECK(!scan_is_utf8("\xc5", 1));
    CHECK(!scan_is_utf8("\xe2\x82", 2));
}

void suite_scan(void)
{
    register_test("scan", "scan/keeps_the_spelling", test_scan__keeps_the_spelling, NULL);
    register_test("scan", "scan/finds_what_a_tree_forgets", test_scan__finds_what_a_tree_forgets, NULL);
    register_test("scan", "scan/stands_deep_nesting", test_scan__stands_deep_nesting, NULL);
    register_test("scan", "scan/knows_utf8", test_scan__knows_utf8, NULL);
}
