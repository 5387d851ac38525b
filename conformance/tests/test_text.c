/* Splitting commands and lines, filling placeholders. */
#include <stdlib.h>
#include <string.h>

#include "adapter/argv.h"
#include "adapter/lines.h"
#include "support/doc.h"
#include "support/fill.h"
#include "support/string.h"
#include "tests/test.h"

/* -- argv ------------------------------------------------------------------------------------------------------- */

static void check_split(const char *command, const char *joined)
{
    char **argv = NULL;
    const char *problem = NULL;
    struct string out = {0};
    if (argv_split(command, &argv, &problem) == 0)
        for (size_t i = 0; argv[i]; i++)
            string_format(&out, "[%s]", argv[i]);
    else
        string_add(&out, problem);
    CHECK_TEXT(string_text(&out), joined);
    string_release(&out);
    argv_free(argv);
}

static void test_argv__splits_at_blanks(void)
{
    check_split("python3 adapter.py", "[python3][adapter.py]");
    check_split("  a\t b\nc  ", "[a][b][c]");
}

static void test_argv__honours_quotes(void)
{
    check_split("'my client/run' --x \"a b\"", "[my client/run][--x][a b]");
    check_split("a'b'\"c\"d", "[abcd]");
    check_split("a '' b", "[a][][b]");
    check_split("'it \"is\"' \"it's\"", "[it \"is\"][it's]");
    check_split("\"a\\\"b\\\\c\\d\"", "[a\"b\\c\\d]");
    check_split("'a\\b'", "[a\\b]");
    check_split("a\\ b", "[a b]");
}

static void test_argv__leaves_the_shell_out(void)
{
    check_split("echo $HOME `id` ; rm *", "[echo][$HOME][`id`][;][rm][*]");
}

static void test_argv__refuses_what_is_open(void)
{
    check_split("", "no command at all");
    check_split("   ", "no command at all");
    check_split("a 'b", "a quote that is not closed");
    check_split("a \"b", "a quote that is not closed");
    check_split("a\\", "a backslash at the end");
}

static const struct test argv_tests[] = {
    TEST(test_argv__splits_at_blanks),
    TEST(test_argv__honours_quotes),
    TEST(test_argv__leaves_the_shell_out),
    TEST(test_argv__refuses_what_is_open),
};
const struct test_suite argv_suite = SUITE("argv", argv_tests);

/* -- lines ------------------------------------------------------------------------------------------------------ */

/* Takes all whole lines, each in brackets; a given-up one in braces. */
static void take(struct lines *lines, struct string *out)
{
    struct line line;
    while (lines_next(lines, &line)) {
        string_add(out, line.too_long ? "{" : "[");
        string_add_bytes(out, line.bytes, line.length < 20 ? line.length : 20);
        string_add(out, line.too_long ? "}" : "]");
    }
}

static void test_lines__split_and_merged(void)
{
    struct lines lines = {.limit = 100};
    struct string out = {0};
    const char *const pieces[] = {"a", "b", "c\nd", "e\r", "\nf\n\ng"};
    for (size_t i = 0; i < 5; i++) {
        lines_add(&lines, pieces[i], strlen(pieces[i]));
        take(&lines, &out);
    }
    CHECK_TEXT(string_text(&out), "[abc][de][f][]");
    struct line rest;
    CHECK(lines_rest(&lines, &rest));
    CHECK(rest.length == 1 && rest.bytes[0] == 'g');
    CHECK(!lines_rest(&lines, &rest));
    string_release(&out);
    lines_release(&lines);
}

static void test_lines__byte_by_byte(void)
{
    struct lines lines = {.limit = 100};
    struct string out = {0};
    for (const char *at = "one\ntwo\n"; *at; at++) {
        lines_add(&lines, at, 1);
        take(&lines, &out);
    }
    CHECK_TEXT(string_text(&out), "[one][two]");
    string_release(&out);
    lines_release(&lines);
}

static void test_lines__too_long_is_given_up_once(void)
{
    struct lines lines = {.limit = 1000};
    struct string out = {0};
    char block[700];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 10; i++) {
        lines_add(&lines, block, sizeof block);
        take(&lines, &out);
        CHECK(lines.buffer.length <= 1400);
    }
    lines_add(&lines, "end\nnext\n", 9);
    take(&lines, &out);
    CHECK_TEXT(string_text(&out), "{xxxxxxxxxxxxxxxxxxxx}[next]");
    string_release(&out);
    lines_release(&lines);
}

static void test_lines__too_long_in_one_piece(void)
{
    struct lines lines = {.limit = 300};
    struct string out = {0};
    char block[501];
    memset(block, 'y', 500);
    block[500] = '\n';
    lines_add(&lines, block, sizeof block);
    lines_add(&lines, "ok\n", 3);
    take(&lines, &out);
    CHECK_TEXT(string_text(&out), "{yyyyyyyyyyyyyyyyyyyy}[ok]");
    string_release(&out);
    lines_release(&lines);
}

static void test_lines__keeps_nul(void)
{
    struct lines lines = {.limit = 100};
    struct line line;
    lines_add(&lines, "a\0b\n", 4);
    CHECK(lines_next(&lines, &line));
    CHECK(line.length == 3 && memcmp(line.bytes, "a\0b", 3) == 0);
    lines_release(&lines);
}

static const struct test lines_tests[] = {
    TEST(test_lines__split_and_merged),
    TEST(test_lines__byte_by_byte),
    TEST(test_lines__too_long_is_given_up_once),
    TEST(test_lines__too_long_in_one_piece),
    TEST(test_lines__keeps_nul),
};
const struct test_suite lines_suite = SUITE("lines", lines_tests);

/* -- fill ------------------------------------------------------------------------------------------------------- */

static const char names_json[] =
    "{\"nonce\":\"n-1\",\"order_id\":\"a\\\"b\\\\c\\n\",\"port\":8080,"
    "\"document\":{\"pk\":9007199254740993,\"items\":[{\"pk\":70193},{\"pk\":70194}],\"x\":null}}";

static void check_fill(char *(*fill)(const char *, const cJSON *, char **), const char *text, const char *expected)
{
    cJSON *names = doc_parse(names_json, strlen(names_json));
    char *missing = NULL;
    char *filled = fill(text, names, &missing);
    CHECK_TEXT(filled ? filled : missing, expected);
    free(filled);
    free(missing);
    cJSON_Delete(names);
}

static void test_fill__escapes_inside_json(void)
{
    check_fill(fill_json, "{\"id\":\"{order_id}\"}", "{\"id\":\"a\\\"b\\\\c\\n\"}");
    check_fill(fill_text, "/{order_id}/", "/a\"b\\c\n/");
}

static void test_fill__follows_paths(void)
{
    check_fill(fill_json, "[{document.items.1.pk},{port},{document.x}]", "[70194,8080,null]");
    check_fill(fill_text, "{document.items.0}", "{\"pk\":70193}");
}

static void test_fill__leaves_json_braces_alone(void)
{
    check_fill(fill_json, "{} {\"a\":{}} {A} {1} { nonce } {", "{} {\"a\":{}} {A} {1} { nonce } {");
    check_fill(fill_json, "{{nonce}}", "{n-1}");
}

static void test_fill__names_what_is_missing(void)
{
    check_fill(fill_json, "{\"a\":\"{document.items.2.pk}\"}", "document.items.2.pk");
    check_fill(fill_text, "{nonse}", "nonse");
}

static const struct test fill_tests[] = {
    TEST(test_fill__escapes_inside_json),
    TEST(test_fill__follows_paths),
    TEST(test_fill__leaves_json_braces_alone),
    TEST(test_fill__names_what_is_missing),
};
const struct test_suite fill_suite = SUITE("fill", fill_tests);
