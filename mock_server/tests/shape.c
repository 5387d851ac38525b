/* Shapes with words and ranges, templates, and the equality of JSON. */
#include <stdlib.h>
#include <string.h>

#include "base/shape.h"
#include "base/template.h"
#include "base/tests/check.h"
#include "tests/suites.h"

static const char *const policies[] = {"never", "always", "before_shipment", NULL};

static const struct shape rows[] = {
    {"policy", SHAPE_STRING, .words = policies, .nullable = true},
    {"count", SHAPE_INTEGER, .least = 1, .most = 8},
    {"rate", SHAPE_NUMBER, .least = -1, .most = 1},
    {"free", SHAPE_INTEGER},
    {"names", SHAPE_ARRAY_OF_STRINGS},
    SHAPE_END,
};

static const struct check_case {
    const char *json, *told;
} shapes[] = {
    {"{\"policy\": \"always\", \"count\": 1, \"rate\": -1, \"free\": -9000}", ""},
    {"{\"policy\": null, \"count\": 8, \"rate\": 0.5, \"names\": []}", ""},
    {"{\"policy\": \"allways\"}", "\"policy\" cannot be \"allways\"; did you mean \"always\"?"},
    {"{\"policy\": \"zzz\"}", "\"policy\" cannot be \"zzz\"; it is one of never, always, before_shipment"},
    {"{\"policy\": 1}", "\"policy\" must be a string or null, and this is a number"},
    {"{\"count\": 0}", "\"count\" must lie between 1 and 8, and this is 0"},
    {"{\"count\": 9}", "\"count\" must lie between 1 and 8, and this is 9"},
    {"{\"count\": 1.5}", "\"count\" must be an integer, and this is a number"},
    {"{\"rate\": 1.01}", "\"rate\" must lie between -1 and 1, and this is 1.01"},
    {"{\"names\": [\"a\", 1, {}]}",
     "\"names\" holds strings, and this is a number; \"names\" holds strings, and this is an object"},
};

static void tells_words_and_ranges(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        struct text problems = TEXT_INIT(4096);
        const struct shape_report report = shape_report_into(&problems);
        cJSON *tree = json_read_text(shapes[i].json);
        CHECK_INTEGER(shape_check(tree, rows, SHAPE_CLOSED, &report), *shapes[i].told == '\0');
        CHECK_TEXT(text_cstr(&problems), shapes[i].told);
        cJSON_Delete(tree);
        text_release(&problems);
    }
}

static const struct template_case {
    const char *pattern, *text;
    int64_t n;       /* of the text; -1: it is none of the pattern's */
    bool is_written; /* n makes exactly this text */
} templates[] = {
    {"5{{n}}", "51", 1, true},
    {"5{{n}}", "510000000", 10000000, true},
    {"5{{n}}", "5", -1, false},
    {"5{{n}}", "501", -1, false},
    {"5{{n}}", "61", -1, false},
    {"5{{n}}", "5-1", -1, false},
    {"5{{n}}0", "5100", 10, true},
    {"{{n}}", "7", 7, true},
    {"{{n}}-{{n}}", "12-12", 12, true},
    {"{{n}}-{{n}}", "12-13", -1, false},
    {"{{n}}{{n}}", "1212", 12, true},
    {"{{n}}{{n}}", "121", -1, false},
    {"A{{n:4}}", "A0017", 17, true},
    {"A{{n:4}}", "A12345", 12345, true},
    {"A{{n:4}}", "A017", -1, false},
    {"A{{n:4}}/{{n}}", "A0017/17", 17, true},
    {"x{{n}}y", "x3y", 3, true},
    {"x{{n}}y", "x3z", -1, false},
    {"{{n:0}}{{n}}", "{{n:0}}4", 4, true}, /* no width: text */
    {"{{n:19}}{{n}}", "{{n:19}}4", 4, true},
};

static void fills_templates(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(templates); i++) {
        CHECK_INTEGER(template_match(templates[i].pattern, templates[i].text), templates[i].n);
        char *text = templates[i].is_written ? template_text(templates[i].pattern, templates[i].n) : NULL;
        CHECK_TEXT(text, templates[i].is_written ? templates[i].text : NULL);
        free(text);
    }
    char small[4];
    CHECK_INTEGER(template_write("a{{n}}", 17, small, sizeof small), 3);
    CHECK_TEXT(small, "a17");
    CHECK_INTEGER(template_write("a{{n}}", 170, small, sizeof small), 4);
    CHECK_TEXT(small, "");
    CHECK_INTEGER(template_head("ab{{n}}c{{n}}def"), 2);
    CHECK_INTEGER(template_tail("ab{{n}}c{{n}}def"), 3);
    CHECK(!template_has_place("{{m}}"));
}

static const struct pair {
    const char *a, *b;
    bool equal;
} pairs[] = {
    {"{\"a\": 1, \"b\": [true, null]}", "{\"b\":[true,null],\"a\":1}", true},
    {"[1, 2]", "[2, 1]", false},
    {"[1]", "[1, 1]", false},
    {"[1, 1]", "[1]", false},
    {"{\"a\": 1}", "{\"a\": 1, \"b\": 1}", false},
    {"{\"a\": 1}", "{\"A\": 1}", false},
    {"1", "1.0", true},
    {"1e2", "100", true},
    {"9007199254740992", "9007199254740993", false},
    {"\"1\"", "1", false},
    {"true", "false", false},
    {"\"a\"", "\"A\"", false},
    {"{}", "[]", false},
};

static void compares_json(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        cJSON *a = json_read_text(pairs[i].a), *b = json_read_text(pairs[i].b);
        CHECK_INTEGER(json_equal(a, b), pairs[i].equal);
        CHECK_INTEGER(json_equal(b, a), pairs[i].equal);
        cJSON_Delete(a);
        cJSON_Delete(b);
    }
    CHECK(!json_equal(NULL, NULL));
}

void suite_shape(void)
{
    register_test("shape", "words and ranges", tells_words_and_ranges, NULL);
    register_test("shape", "templates", fills_templates, NULL);
    register_test("shape", "equal JSON", compares_json, NULL);
}
