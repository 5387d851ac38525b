#include "tests/check.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* Texts that are JSON and texts that are not (RFC 8259). */
static const struct row {
    const char *name;
    const char *text;
    bool readable;
} rows[] = {
    {"object", "{\"a\":1}", true},
    {"space", " \t\r\n{ \"a\" : [ 1 , 2 ] } \n", true},
    {"scalar", "true", true},
    {"byte_order_mark", "\xEF\xBB\xBF{}", true},
    {"empty", "", false},
    {"only_space", "  \n", false},
    {"trailing", "{} x", false},
    {"two_values", "{}{}", false},
    {"cut_object", "{\"a\":1", false},
    {"cut_string", "\"abc", false},
    {"single_quotes", "{'a':1}", false},
    {"trailing_comma", "[1,]", false},
    {"leading_zero", "007", false},
    {"plus", "+1", false},
    {"bare_point", "1.", false},
    {"bare_exponent", "1e", false},
    {"not_a_number", "NaN", false},
    {"infinity", "Infinity", false},
    {"minus_zero", "-0", true},
    {"huge", "1e400", true},
    {"control_in_string", "\"a\nb\"", false},
    {"bad_escape", "\"\\x41\"", false},
    {"short_unicode", "\"\\u12\"", false},
    {"name_not_text", "{1:2}", false},
    {"html", "<html></html>", false},
};

static void reads(const void *context)
{
    const struct row *row = context;
    struct json_document document;
    int status = json_read(row->text, strlen(row->text), &document);
    CHECK_INTEGER(status, row->readable ? 0 : -1);
    if (status == 0)
        json_document_release(&document);
}

/* A document that stays for one check. */
static const struct json_value *read_into(struct json_document *document, const char *text)
{
    return json_read(text, strlen(text), document) == 0 ? document->root : NULL;
}

static void check_string(const char *json, const char *expected)
{
    struct json_document document = {.root = NULL};
    CHECK_TEXT(json_text(read_into(&document, json)), expected);
    json_document_release(&document);
}

static void keeps_numbers(const void *context)
{
    struct json_document document;
    const struct json_value *root =
        read_into(&document, "{\"a\":9007199254740993,\"b\":1.0,\"c\":\"5\",\"d\":-5,\"e\":1e3}");
    int64_t number = 0;

    (void)context;
    CHECK_TEXT(json_integer(json_member(root, "a")), "9007199254740993");
    CHECK_TEXT(json_integer(json_member(root, "b")), NULL);
    CHECK_TEXT(json_integer(json_member(root, "c")), NULL);
    CHECK_TEXT(json_integer(json_member(root, "e")), NULL);
    CHECK_INTEGER(json_integer_in(json_member(root, "d"), -5, 0, &number), 0);
    CHECK_INTEGER(number, -5);
    CHECK_INTEGER(json_integer_in(json_member(root, "d"), -4, 0, &number), -1);
    json_document_release(&document);
}

static void refuses_wide_numbers(const void *context)
{
    struct json_document document;
    const struct json_value *root = read_into(&document, "[18446744073709551616]");
    int64_t number = 7;
    (void)context;
    CHECK_INTEGER(json_integer_in(root->first, INT64_MIN, INT64_MAX, &number), -1);
    CHECK_INTEGER(number, 7);
    json_document_release(&document);
}

static void twice_is_absent(const void *context)
{
    struct json_document document;
    const struct json_value *root = read_into(&document, "{\"status\":true,\"Status\":1,\"status\":false,\"x\":2}");
    (void)context;
    CHECK(json_member(root, "status") == NULL);
    CHECK_TEXT(json_integer(json_member(root, "Status")), "1");
    CHECK_TEXT(json_integer(json_member(root, "x")), "2");
    json_document_release(&document);
}

static void escapes(const void *context)
{
    (void)context;
    check_string("\"\\u0130\\u015flem\"", "İşlem");
    check_string("\"İşlem\"", "İşlem");
    check_string("\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80");
    check_string("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    check_string("\"\\u0026\"", "&");
}

static void damaged_text(const void *context)
{
    (void)context;
    check_string("\"a\\u0000b\"", "a\xEF\xBF\xBD"
                                  "b");
    check_string("\"\\ud83dx\"", "\xEF\xBF\xBDx");
    check_string("\"\\ude00\"", "\xEF\xBF\xBD");
    check_string("\"a\xFF\"", "a\xEF\xBF\xBD");
    check_string("\"\xC0\x80\"", "\xEF\xBF\xBD\xEF\xBF\xBD");
    check_string("\"\xED\xA0\x80\"", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void check_depth(size_t depth, int expected)
{
    char *text = malloc(2 * depth);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    struct json_document document;
    int status = json_read(text, 2 * depth, &document);
    CHECK_INTEGER(status, expected);
    if (status == 0)
        json_document_release(&document);
    free(text);
}

static void depth(const void *context)
{
    (void)context;
    check_depth(64, 0);
    check_depth(65, -1);
    check_depth(100000, -1);
}

void register_json_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        register_test("json", rows[i].name, reads, &rows[i]);
    register_test("json", "keeps_numbers", keeps_numbers, NULL);
    register_test("json", "refuses_wide_numbers", refuses_wide_numbers, NULL);
    register_test("json", "twice_is_absent", twice_is_absent, NULL);
    register_test("json", "escapes", escapes, NULL);
    register_test("json", "damaged_text", damaged_text, NULL);
    register_test("json", "depth", depth, NULL);
}
