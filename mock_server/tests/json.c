/* base/json.h: what is JSON and what is not, numbers to the last digit, places of mistakes. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/tests/check.h"
#include "tests/suites.h"

struct text_case {
    const char *text;
    const char *written; /* NULL: refused */
    unsigned line, column;
};

static struct text_case cases[] = {
    {"{}", "{}"},
    {" [1, 2 ,\t3]\n", "[1,2,3]"},
    {"{\"a\":9007199254740993}", "{\"a\":9007199254740993}"},
    {"{\"a\":12345678901234567890123}", "{\"a\":12345678901234567890123}"},
    {"9007199254740991", "9007199254740991"},
    {"-0", "-0"},
    {"3.10", "3.10"},
    {"1e5", "1e5"},
    {"\"\\u0131\\u015f\"", "\"ış\""},
    {"\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\""},
    {"\"a\\nb\\\"\\\\\\/\"", "\"a\\nb\\\"\\\\/\""},
    {"\"\\u0001\"", "\"\\u0001\""},
    {"[true,false,null]", "[true,false,null]"},
    {"{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}"},
    {"", NULL, 1, 1},
    {"{} x", NULL, 1, 4},
    {"{\"a\":1}{}", NULL, 1, 8},
    {"{'a':1}", NULL, 1, 2},
    {"{\"a\":1,}", NULL, 1, 8},
    {"[1,]", NULL, 1, 4},
    {"[1 2]", NULL, 1, 4},
    {"{\"a\" 1}", NULL, 1, 6},
    {"{\n  \"a\": tru\n}", NULL, 2, 8},
    {"01", NULL, 1, 1},
    {"1.", NULL, 1, 3},
    {"1e", NULL, 1, 3},
    {"+1", NULL, 1, 1},
    {".5", NULL, 1, 1},
    {"NaN", NULL, 1, 1},
    {"-Infinity", NULL, 1, 1},
    {"\"a\tb\"", NULL, 1, 3},
    {"\"abc", NULL, 1, 1},
    {"\"\\x\"", NULL, 1, 2},
    {"\"\\u12\"", NULL, 1, 2},
    {"\"\\u0000\"", NULL, 1, 2},
    {"\"\\ud800\"", NULL, 1, 2},
    {"\"\\udc00\"", NULL, 1, 2},
    {"\"\xff\"", NULL, 1, 2},
    {"\"\xc0\x80\"", NULL, 1, 2},
    {"\xef\xbb\xbf{}", NULL, 1, 1},
    {"// c\n{}", NULL, 1, 1},
};

static void reads_strictly(void *context)
{
    const struct text_case *own = context;
    struct json_problem problem = {0};
    cJSON *tree = json_read(own->text, strlen(own->text), JSON_PLAIN, NULL, &problem);
    char *written = tree == NULL ? NULL : json_write(tree);
    CHECK_TEXT(written, own->written);
    if (own->written == NULL) {
        CHECK_INTEGER(problem.line, own->line);
        CHECK_INTEGER(problem.column, own->column);
    }
    free(written);
    cJSON_Delete(tree);
}

static void refuses_depth(void *context)
{
    char text[2 * (JSON_DEPTH_MAX + 1) + 1];
    struct json_problem problem;
    (void)context;
    memset(text, '[', JSON_DEPTH_MAX + 1);
    memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    CHECK(json_read(text, 2 * (JSON_DEPTH_MAX + 1), JSON_PLAIN, NULL, &problem) == NULL);
    cJSON *tree = json_read(text + 1, 2 * JSON_DEPTH_MAX, JSON_PLAIN, NULL, &problem);
    CHECK(tree != NULL);
    cJSON_Delete(tree);
}

static void refuses_a_nul_byte(void *context)
{
    struct json_problem problem;
    (void)context;
    CHECK(json_read("\"a\0b\"", 5, JSON_PLAIN, NULL, &problem) == NULL);
    CHECK(json_read("{}\0", 3, JSON_PLAIN, NULL, &problem) == NULL);
}

static void tells_duplicates(void *context)
{
    struct json_problem problem;
    const char *text = "{\"a\":{\n\"b\":1,\n \"b\":2}}";
    (void)context;
    CHECK(json_read(text, strlen(text), JSON_UNIQUE, NULL, &problem) == NULL);
    CHECK_INTEGER(problem.line, 3);
    CHECK_INTEGER(problem.column, 6);
    cJSON *tree = json_read(text, strlen(text), JSON_PLAIN, NULL, &problem);
    CHECK(tree != NULL);
    cJSON_Delete(tree);
}

struct integer_case {
    const char *text;
    bool integer, integral;
    int64_t value;
};

static struct integer_case integers[] = {
    {"3", true, true, 3},
    {"-3", true, true, -3},
    {"3.0", false, true, 3},
    {"3e0", false, true, 3},
    {"3.5", false, false, 0},
    {"\"3\"", false, false, 0},
    {"true", false, false, 0},
    {"9007199254740991", true, true, INT64_C(9007199254740991)},
    {"9007199254740993", true, false, INT64_C(9007199254740993)},
    {"9223372036854775807", true, false, INT64_MAX},
    {"9223372036854775808", false, false, 0},
    {"1e400", false, false, 0},
};

static void knows_integers(void *context)
{
    const struct integer_case *own = context;
    cJSON *node = json_read_text(own->text);
    int64_t value = 0;
    CHECK_INTEGER(json_integer(node, &value), own->integer);
    CHECK_INTEGER(own->integer ? value : 0, own->integer ? own->value : 0);
    value = 0;
    CHECK_INTEGER(json_integral(node, &value), own->integral);
    CHECK_INTEGER(own->integral ? value : 0, own->integral ? own->value : 0);
    cJSON_Delete(node);
}

static void merges(void *context)
{
    cJSON *target = json_read_text("{\"a\":{\"b\":1,\"c\":2},\"d\":3}");
    cJSON *patch = json_read_text("{\"a\":{\"b\":null,\"e\":9007199254740993},\"d\":[1]}");
    (void)context;
    json_merge(target, patch);
    char *text = json_write(target);
    CHECK_TEXT(text, "{\"a\":{\"c\":2,\"e\":9007199254740993},\"d\":[1]}");
    free(text);
    cJSON_Delete(target);
    cJSON_Delete(patch);
}

static void members_have_a_case(void *context)
{
    cJSON *tree = json_read_text("{\"Amount\":\"no\",\"amount\":\"yes\"}");
    (void)context;
    CHECK_TEXT(json_string(tree, "amount"), "yes");
    CHECK_TEXT(json_string(tree, "AMOUNT"), NULL);
    cJSON_Delete(tree);
}

static void writes_ascii(void *context)
{
    cJSON *tree = json_read_text("\"ış\xf0\x9f\x98\x80\"");
    char *text = json_write_ascii(tree);
    (void)context;
    CHECK_TEXT(text, "\"\\u0131\\u015f\\ud83d\\ude00\"");
    free(text);
    cJSON_Delete(tree);
}

void suite_json(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *name = mem_print("reads strictly %zu: %.20s", i, cases[i].text);
        register_test("json", name, reads_strictly, &cases[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        char *name = mem_print("knows integers: %s", integers[i].text);
        register_test("json", name, knows_integers, &integers[i]);
        free(name);
    }
    register_test("json", "refuses 65 levels and takes 64", refuses_depth, NULL);
    register_test("json", "refuses a NUL byte", refuses_a_nul_byte, NULL);
    register_test("json", "tells where a member stands twice", tells_duplicates, NULL);
    register_test("json", "merges as RFC 7386 says", merges, NULL);
    register_test("json", "members have a case", members_have_a_case, NULL);
    register_test("json", "writes ASCII when asked", writes_ascii, NULL);
}
