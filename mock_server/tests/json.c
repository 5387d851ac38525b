/* base/json.h: what is JSON and what is not, numbers to the last digit, places of mistakes. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_twice.h"
#include "base/tests/check.h"
#include "base/text.h"
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
    {"1e400", "1e400"},
    {"-1.5E+3", "-1.5E+3"},
    {"1234567890123456789012345678901234567890123456789012345678901234567890.5",
     "1234567890123456789012345678901234567890123456789012345678901234567890.5"},
    {"\"\\u0131\\u015f\"", "\"ış\""},
    {"\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\""},
    {"\"a\\nb\\\"\\\\\\/\"", "\"a\\nb\\\"\\\\/\""},
    {"\"\\u0001\"", "\"\\u0001\""},
    {"\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"", "\"\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\""},
    {"\"\\ud800\\udc00 \\uDBFF\\uDFFF\"", "\"\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf\""},
    {"\"a\\tb\\n\\fc\\r\\b\"", "\"a\\tb\\n\\fc\\r\\b\""},
    {"{\"a\\u0062\":{\"\":[]}}", "{\"ab\":{\"\":[]}}"},
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
    {"\"abc\\", NULL, 1, 5},
    {"{\"a", NULL, 1, 2},
    {"{\"a\":", NULL, 1, 6},
    {"[1", NULL, 1, 3},
    {"-", NULL, 1, 1},
    {"nul", NULL, 1, 1},
    {"1e+", NULL, 1, 4},
    {"-01", NULL, 1, 1},
    {"\"\\ud800\\u0041\"", NULL, 1, 2},
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

/* An object of `count` members "k0", "k1" …, and two more, each at the beginning of a line. */
static char *object_with(size_t count, size_t second_line, size_t third_line)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    text_add_char(&text, '{');
    for (size_t i = 0; i < count; i++)
        text_print(&text, "%s\"k%zu\":{\"k0\":0}", i == 0 ? "" : ",", i);
    text_print(&text, ",\n\"k%zu\":1,\n\"k%zu\":2}", second_line, third_line);
    return text_take(&text);
}

static void tells_the_first_of_many_duplicates(void *context)
{
    static const size_t counts[] = {2, 7, 8, 9, 1000};
    struct json_problem problem;
    (void)context;
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        char *text = object_with(counts[i], counts[i] - 1, 0);
        CHECK(json_read(text, strlen(text), JSON_UNIQUE, NULL, &problem) == NULL);
        CHECK_INTEGER(problem.line, 2);
        char *said = mem_print("member \"k%zu\" stands twice in one object", counts[i] - 1);
        CHECK_TEXT(problem.text, said);
        free(said);
        free(text);
        text = object_with(counts[i], counts[i], counts[i] + 1);
        cJSON *tree = json_read(text, strlen(text), JSON_UNIQUE, NULL, &problem);
        CHECK(tree != NULL);
        cJSON_Delete(tree);
        free(text);
    }
}

struct twice_case {
    const char *text, *said; /* the line is 2 where one is told */
};

static struct twice_case twices[] = {
    {"{\"a\":{\"b\":1,\"b\":2},\n\"a\":3}", "member \"a\" stands twice in one object"},
    {"[{\"a\":1,\n\"a\":2},{\"b\":1,\"b\":2}]", "member \"a\" stands twice in one object"},
    {"[{\"a\":1,\n\"a\":2},{\"b\":{\"c\":1,\"c\":2},\"b\":2}]", "member \"a\" stands twice in one object"},
    {"{\"a\":1,\n\"\\u0061\":2}", "member \"a\" stands twice in one object"},
    {"{\"a\":1,\"a\":2,\n}", "a member name in quotes is expected here"},
};

static void tells_which_duplicate(void *context)
{
    const struct twice_case *own = context;
    struct json_problem problem;
    CHECK(json_read(own->text, strlen(own->text), JSON_UNIQUE, NULL, &problem) == NULL);
    CHECK_INTEGER(problem.line, 2);
    CHECK_TEXT(problem.text, own->said);
}

/* ── Of members of one name the last counts ────────────────────────────────────────────────────────────────────── */

static struct last_case {
    const char *text, *kept;
    int told; /* names, object by object */
} lasts[] = {
    {"{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}", 1}, /* in the place of the first */
    {"{\"a\":1,\"a\":2,\"a\":3,\"b\":4,\"b\":5}", "{\"a\":3,\"b\":5}", 2},
    {"{\"a\":{\"x\":1,\"x\":2},\"b\":[{\"y\":1,\"y\":2}]}", "{\"a\":{\"x\":2},\"b\":[{\"y\":2}]}", 2},
    {"{\"a\":{\"x\":1,\"x\":2},\"a\":{\"x\":3}}", "{\"a\":{\"x\":3}}", 1}, /* what does not count is not told */
    {"{\"a\":1,\"\\u0061\":2}", "{\"a\":2}", 1},
    {"{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}", 0},
    {"[1,1]", "[1,1]", 0},
    {"{\"b\":1,\"a\":null,\"b\":{}}", "{\"b\":{},\"a\":null}", 1},
};

static void count_told(void *context, const cJSON *member)
{
    CHECK(member->string != NULL);
    ++*(int *)context;
}

static void the_last_member_counts(void *context)
{
    const struct last_case *own = context;
    int told = 0;
    cJSON *tree = json_read_text(own->text);
    json_keep_last(tree, count_told, &told);
    char *kept = json_write(tree);
    CHECK_TEXT(kept, own->kept);
    CHECK_INTEGER(told, own->told);
    free(kept);
    cJSON_Delete(tree);
}

/* The tree is still one of cJSON's: its links let members be added and taken out. */
static void the_last_of_very_many_counts(void *context)
{
    int told = 0;
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    (void)context;
    for (int i = 0; i < 30000; i++)
        text_print(&text, "%s\"k%d\":%d", i == 0 ? "{" : ",", i % 3, i);
    text_add(&text, "}");
    cJSON *tree = json_read_text(text_cstr(&text));
    json_keep_last(tree, count_told, &told);
    json_set_integer(tree, "more", 1);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "k1");
    char *kept = json_write(tree);
    CHECK_TEXT(kept, "{\"k0\":29997,\"k2\":29999,\"more\":1}");
    CHECK_INTEGER(told, 3);
    free(kept);
    cJSON_Delete(tree);
    text_release(&text);
}

static void knows_where_values_stand(void *context)
{
    const char *text = " {\"a\": [1,\t\"x\\n\", {}],\n\"b\" :true}";
    static const size_t offsets[] = {1, 7, 8, 11, 18, 28};
    struct json_places places;
    struct json_problem problem;
    (void)context;
    cJSON *tree = json_read(text, strlen(text), JSON_PLAIN, &places, &problem);
    CHECK_INTEGER(places.count, COUNT_OF(offsets));
    for (size_t i = 0; i < COUNT_OF(offsets) && i < places.count; i++)
        CHECK_INTEGER(places.offsets[i], offsets[i]);
    CHECK_INTEGER(json_offset_of(&places, json_member(tree, "b")), 28);
    CHECK_INTEGER(json_offset_of(&places, tree), 1);
    json_places_release(&places);
    cJSON_Delete(tree);
}

/* What was read is a tree of cJSON's own: its links let cJSON append, detach and copy. */
static void trees_are_those_of_cjson(void *context)
{
    cJSON *tree = json_read_text("{\"a\":[1,2,3],\"b\":{}}"), *list = json_member_mut(tree, "a");
    (void)context;
    cJSON_AddItemToArray(list, cJSON_CreateNumber(4));
    cJSON_DeleteItemFromArray(list, 0);
    cJSON_AddItemToObject(json_member_mut(tree, "b"), "c", cJSON_DetachItemFromArray(list, 1));
    cJSON *copy = cJSON_Duplicate(tree, true);
    char *text = json_write(copy);
    CHECK_TEXT(text, "{\"a\":[2,4],\"b\":{\"c\":3}}");
    free(text);
    cJSON_Delete(copy);
    cJSON_Delete(tree);
}

struct value_case {
    const char *text;
    double value;
    int integer;
};

static struct value_case values[] = {
    {"0", 0, 0},
    {"123456789012345", 123456789012345.0, INT_MAX},
    {"-999999999999999", -999999999999999.0, INT_MIN},
    {"1234567890123456", 1234567890123456.0, INT_MAX},
    {"9007199254740993", 9007199254740992.0, INT_MAX},
    {"0.1", 0.1, 0},
    {"1.5e3", 1500, 1500},
    {"1e400", HUGE_VAL, INT_MAX},
    {"-1e400", -HUGE_VAL, INT_MIN},
    {"1e-400", 0, 0},
    {"2147483647", 2147483647.0, INT_MAX},
    {"-2147483648", -2147483648.0, INT_MIN},
};

static void numbers_have_a_value(void *context)
{
    const struct value_case *own = context;
    cJSON *node = json_read_text(own->text), *made = json_new_number_text(own->text);
    CHECK(node->valuedouble == own->value);
    CHECK(made->valuedouble == own->value);
    CHECK_INTEGER(node->valueint, own->integer);
    cJSON_Delete(node);
    cJSON_Delete(made);
}

static void minus_zero_is_kept(void *context)
{
    cJSON *node = json_read_text("-0");
    (void)context;
    CHECK(signbit(node->valuedouble));
    cJSON_Delete(node);
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
    register_test("json", "tells the first of many duplicates", tells_the_first_of_many_duplicates, NULL);
    for (size_t i = 0; i < COUNT_OF(lasts); i++) {
        char *name = mem_print("keeps the last member %zu", i);
        register_test("json", name, the_last_member_counts, &lasts[i]);
        free(name);
    }
    register_test("json", "keeps the last of very many members", the_last_of_very_many_counts, NULL);
    for (size_t i = 0; i < COUNT_OF(twices); i++) {
        char *name = mem_print("tells which duplicate %zu", i);
        register_test("json", name, tells_which_duplicate, &twices[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        char *name = mem_print("numbers have a value: %s", values[i].text);
        register_test("json", name, numbers_have_a_value, &values[i]);
        free(name);
    }
    register_test("json", "minus zero is kept", minus_zero_is_kept, NULL);
    register_test("json", "knows where values stand", knows_where_values_stand, NULL);
    register_test("json", "trees are those of cJSON", trees_are_those_of_cjson, NULL);
    register_test("json", "merges as RFC 7386 says", merges, NULL);
    register_test("json", "members have a case", members_have_a_case, NULL);
    register_test("json", "writes ASCII when asked", writes_ascii, NULL);
}
