/* Splitting commands and lines, filling placeholders. */
#include <stdlib.h>
#include <string.h>

#include "adapter/argv.h"
#include "adapter/lines.h"
#include "check/fill.h"
#include "mock_server/base/json.h"
#include "mock_server/base/tests/check.h"
#include "mock_server/base/text.h"
#include "tests/suites.h"

/* ── Argv ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void check_split(const char *command, const char *joined)
{
    char **argv = NULL;
    const char *problem = NULL;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    if (argv_split(command, &argv, &problem) == 0)
        for (size_t i = 0; argv[i] != NULL; i++)
            text_print(&out, "[%s]", argv[i]);
    else
        text_add(&out, problem);
    CHECK_TEXT(text_cstr(&out), joined);
    text_release(&out);
    argv_free(argv);
}

static void test_argv__splits_at_blanks(void *context)
{
    (void)context;
    check_split("python3 adapter.py", "[python3][adapter.py]");
    check_split("  a\t b\nc  ", "[a][b][c]");
}

static void test_argv__honours_quotes(void *context)
{
    (void)context;
    check_split("'my client/run' --x \"a b\"", "[my client/run][--x][a b]");
    check_split("a'b'\"c\"d", "[abcd]");
    check_split("a '' b", "[a][][b]");
    check_split("'it \"is\"' \"it's\"", "[it \"is\"][it's]");
    check_split("\"a\\\"b\\\\c\\d\"", "[a\"b\\c\\d]");
    check_split("'a\\b'", "[a\\b]");
    check_split("a\\ b", "[a b]");
}

static void test_argv__leaves_the_shell_out(void *context)
{
    (void)context;
    check_split("echo $HOME `id` ; rm *", "[echo][$HOME][`id`][;][rm][*]");
}

static void test_argv__refuses_what_is_open(void *context)
{
    (void)context;
    check_split("", "no command at all");
    check_split("   ", "no command at all");
    check_split("a 'b", "a quote that is not closed");
    check_split("a \"b", "a quote that is not closed");
    check_split("a\\", "a backslash at the end");
}

void suite_argv(void)
{
    register_test("argv", "argv/splits_at_blanks", test_argv__splits_at_blanks, NULL);
    register_test("argv", "argv/honours_quotes", test_argv__honours_quotes, NULL);
    register_test("argv", "argv/leaves_the_shell_out", test_argv__leaves_the_shell_out, NULL);
    register_test("argv", "argv/refuses_what_is_open", test_argv__refuses_what_is_open, NULL);
}

/* ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Takes all whole lines, each in brackets; a given-up one in braces. */
static void take(struct lines *lines, struct text *out)
{
    struct line line;
    while (lines_next(lines, &line)) {
        text_add(out, line.too_long ? "{" : "[");
        text_add_bytes(out, line.bytes, line.length < 20 ? line.length : 20);
        text_add(out, line.too_long ? "}" : "]");
    }
}

static void test_lines__split_and_merged(void *context)
{
    (void)context;
    struct lines lines = LINES_INIT(100);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    const char *const pieces[] = {"a", "b", "c\nd", "e\r", "\nf\n\ng"};
    for (size_t i = 0; i < 5; i++) {
        lines_add(&lines, pieces[i], strlen(pieces[i]));
        take(&lines, &out);
    }
    CHECK_TEXT(text_cstr(&out), "[abc][de][f][]");
    struct line rest;
    CHECK(lines_rest(&lines, &rest));
    CHECK(rest.length == 1 && rest.bytes[0] == 'g');
    CHECK(!lines_rest(&lines, &rest));
    text_release(&out);
    lines_release(&lines);
}

static void test_lines__byte_by_byte(void *context)
{
    (void)context;
    struct lines lines = LINES_INIT(100);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (const char *at = "one\ntwo\n"; *at != '\0'; at++) {
        lines_add(&lines, at, 1);
        take(&lines, &out);
    }
    CHECK_TEXT(text_cstr(&out), "[one][two]");
    text_release(&out);
    lines_release(&lines);
}

static void test_lines__too_long_is_given_up_once(void *context)
{
    (void)context;
    struct lines lines = LINES_INIT(1000);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    char block[700];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 10; i++) {
        lines_add(&lines, block, sizeof block);
        take(&lines, &out);
        CHECK(lines.buffer.length <= 1400);
    }
    lines_add(&lines, "end\nnext\n", 9);
    take(&lines, &out);
    CHECK_TEXT(text_cstr(&out), "{xxxxxxxxxxxxxxxxxxxx}[next]");
    text_release(&out);
    lines_release(&lines);
}

static void test_lines__too_long_in_one_piece(void *context)
{
    (void)context;
    struct lines lines = LINES_INIT(300);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    char block[501];
    memset(block, 'y', 500);
    block[500] = '\n';
    lines_add(&lines, block, sizeof block);
    lines_add(&lines, "ok\n", 3);
    take(&lines, &out);
    CHECK_TEXT(text_cstr(&out), "{yyyyyyyyyyyyyyyyyyyy}[ok]");
    text_release(&out);
    lines_release(&lines);
}

static void test_lines__keeps_nul(void *context)
{
    (void)context;
    struct lines lines = LINES_INIT(100);
    struct line line;
    lines_add(&lines, "a\0b\n", 4);
    CHECK(lines_next(&lines, &line));
    CHECK(line.length == 3 && memcmp(line.bytes, "a\0b", 3) == 0);
    lines_release(&lines);
}

void suite_lines(void)
{
    register_test("lines", "lines/split_and_merged", test_lines__split_and_merged, NULL);
    register_test("lines", "lines/byte_by_byte", test_lines__byte_by_byte, NULL);
    register_test("lines", "lines/too_long_is_given_up_once", test_lines__too_long_is_given_up_once, NULL);
    register_test("lines", "lines/too_long_in_one_piece", test_lines__too_long_in_one_piece, NULL);
    register_test("lines", "lines/keeps_nul", test_lines__keeps_nul, NULL);
}

/* ── Fill ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char names_json[] =
    "{\"nonce\":\"n-1\",\"order_id\":\"a\\\"b\\\\c\\n\",\"port\":8080,"
    "\"document\":{\"pk\":9007199254740993,\"items\":[{\"pk\":70193},{\"pk\":70194}],\"x\":null}}";

static void check_fill(char *(*fill)(const char *, const cJSON *, char **), const char *text, const char *expected)
{
    cJSON *names = json_read_bytes(names_json, strlen(names_json));
    char *missing = NULL;
    char *filled = fill(text, names, &missing);
    CHECK_TEXT(filled ? filled : missing, expected);
    free(filled);
    free(missing);
    cJSON_Delete(names);
}

static void test_fill__escapes_inside_json(void *context)
{
    (void)context;
    check_fill(fill_json, "{\"id\":\"{order_id}\"}", "{\"id\":\"a\\\"b\\\\c\\n\"}");
    check_fill(fill_text, "/{order_id}/", "/a\"b\\c\n/");
}

static void test_fill__follows_paths(void *context)
{
    (void)context;
    check_fill(fill_json, "[{document.items.1.pk},{port},{document.x}]", "[70194,8080,null]");
    check_fill(fill_text, "{document.items.0}", "{\"pk\":70193}");
}

static void test_fill__leaves_json_braces_alone(void *context)
{
    (void)context;
    check_fill(fill_json, "{} {\"a\":{}} {A} {1} { nonce } {", "{} {\"a\":{}} {A} {1} { nonce } {");
    check_fill(fill_json, "{{nonce}}", "{n-1}");
}

static void test_fill__names_what_is_missing(void *context)
{
    (void)context;
    check_fill(fill_json, "{\"a\":\"{document.items.2.pk}\"}", "document.items.2.pk");
    check_fill(fill_text, "{nonse}", "nonse");
}

void suite_fill(void)
{
    register_test("fill", "fill/escapes_inside_json", test_fill__escapes_inside_json, NULL);
    register_test("fill", "fill/follows_paths", test_fill__follows_paths, NULL);
    register_test("fill", "fill/leaves_json_braces_alone", test_fill__leaves_json_braces_alone, NULL);
    register_test("fill", "fill/names_what_is_missing", test_fill__names_what_is_missing, NULL);
}
