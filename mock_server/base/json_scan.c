/*
 * A recursive-descent check of JSON. It builds nothing: cJSON builds the tree afterwards, from a text that is known to
 * be good. Depth is limited, so the recursion is too.
 */
#include "base/json_scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct scan {
    const char *text;
    size_t length;
    size_t at;
    unsigned depth;
    struct json_marks *marks;
    struct json_problem *problem;
};

static bool scan_value(struct scan *scan);

static bool fail(struct scan *scan, size_t offset, const char *text)
{
    *scan->problem = (struct json_problem){.offset = offset};
    json_line_column(scan->text, offset, &scan->problem->line, &scan->problem->column);
    snprintf(scan->problem->text, sizeof scan->problem->text, "%s", text);
    return false;
}

static char peek(const struct scan *scan)
{
    return scan->at < scan->length ? scan->text[scan->at] : '\0';
}

static bool accept(struct scan *scan, char c)
{
    if (scan->at >= scan->length || scan->text[scan->at] != c)
        return false;
    scan->at++;
    return true;
}

static void skip_space(struct scan *scan)
{
    while (scan->at < scan->length && strchr(" \t\r\n", scan->text[scan->at]) != NULL && scan->text[scan->at] != '\0')
        scan->at++;
}

static void mark(struct scan *scan, size_t offset, size_t length)
{
    struct json_marks *marks = scan->marks;
    if (marks->count == marks->room) {
        marks->room = marks->room == 0 ? 16 : marks->room * 2;
        marks->list = mem_resize(marks->list, marks->room * sizeof *marks->list);
    }
    marks->list[marks->count++] = (struct json_mark){offset, length};
}

static bool scan_digits(struct scan *scan)
{
    size_t start = scan->at;
    while (peek(scan) >= '0' && peek(scan) <= '9')
        scan->at++;
    return scan->at > start;
}

static bool scan_number(struct scan *scan)
{
    size_t start = scan->at;
    (void)accept(scan, '-');
    if (!accept(scan, '0') && !scan_digits(scan))
        return fail(scan, start, "a value is expected here");
    if (peek(scan) >= '0' && peek(scan) <= '9')
        return fail(scan, start, "a number must not begin with 0");
    if (accept(scan, '.') && !scan_digits(scan))
        return fail(scan, scan->at, "digits are expected after the point");
    if (accept(scan, 'e') || accept(scan, 'E')) {
        if (!accept(scan, '+'))
            (void)accept(scan, '-');
        if (!scan_digits(scan))
            return fail(scan, scan->at, "digits are expected in the exponent");
    }
    scan->marks->list[scan->marks->count - 1].length = scan->at - start;
    return true;
}

/* The four digits after \u; UTF-16 surrogates must come in pairs, and \u0000 would cut a C string short. */
static bool scan_unit(struct scan *scan, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, scan->at++) {
        char c = peek(scan);
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return false;
        *unit = *unit << 4 | digit;
    }
    return true;
}

static bool scan_unicode(struct scan *scan)
{
    size_t start = scan->at - 2;
    unsigned unit = 0, low = 0;
    if (!scan_unit(scan, &unit))
        return fail(scan, start, "four hex digits are expected after \\u");
    if (unit == 0)
        return fail(scan, start, "\\u0000 is not accepted");
    if (unit >= 0xdc00 && unit <= 0xdfff)
        return fail(scan, start, "a low surrogate without its high half");
    if (unit < 0xd800 || unit > 0xdbff)
        return true;
    if (!accept(scan, '\\') || !accept(scan, 'u') || !scan_unit(scan, &low) || low < 0xdc00 || low > 0xdfff)
        return fail(scan, start, "a high surrogate without its low half");
    return true;
}

static bool scan_string(struct scan *scan)
{
    size_t start = scan->at;
    if (!accept(scan, '"'))
        return fail(scan, start, "a string is expected here");
    while (scan->at < scan->length) {
        unsigned char c = (unsigned char)scan->text[scan->at];
        if (c < 0x20)
            return fail(scan, scan->at, "a control character in a string must be escaped");
        size_t width = utf8_character(scan->text + scan->at, scan->length - scan->at);
        if (width == 0)
            return fail(scan, scan->at, "bytes that are not UTF-8");
        scan->at += width;
        if (c == '"')
            return true;
        if (c != '\\')
            continue;
        char escape = peek(scan);
        if (escape == '\0' || strchr("\"\\/bfnrtu", escape) == NULL)
            return fail(scan, scan->at - 1, "an escape that JSON does not have");
        scan->at++;
        if (escape == 'u' && !scan_unicode(scan))
            return false;
    }
    return fail(scan, start, "a string that does not end");
}

static bool scan_member(struct scan *scan)
{
    skip_space(scan);
    if (peek(scan) != '"')
        return fail(scan, scan->at, "a member name in quotes is expected here");
    if (!scan_string(scan))
        return false;
    skip_space(scan);
    if (!accept(scan, ':'))
        return fail(scan, scan->at, "a colon is expected here");
    return scan_value(scan);
}

/* An array or an object: items between brackets, separated by commas. */
static bool scan_list(struct scan *scan, char close, bool (*item)(struct scan *))
{
    size_t start = scan->at++;
    if (++scan->depth > JSON_DEPTH_MAX)
        return fail(scan, start, "nested too deeply");
    skip_space(scan);
    bool closed = accept(scan, close);
    while (!closed) {
        if (!item(scan))
            return false;
        skip_space(scan);
        closed = accept(scan, close);
        if (!closed && !accept(scan, ','))
            return fail(scan, scan->at,
                        close == '}' ? "a comma or } is expected here" : "a comma or ] is expected here");
    }
    scan->depth--;
    return true;
}

static bool scan_word(struct scan *scan, const char *word)
{
    size_t length = strlen(word);
    if (scan->length - scan->at < length || memcmp(scan->text + scan->at, word, length) != 0)
        return fail(scan, scan->at, "a value is expected here");
    scan->at += length;
    return true;
}

static bool scan_value(struct scan *scan)
{
    skip_space(scan);
    mark(scan, scan->at, 0);
    switch (peek(scan)) {
    case '{':
        return scan_list(scan, '}', scan_member);
    case '[':
        return scan_list(scan, ']', scan_value);
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, "true");
    case 'f':
        return scan_word(scan, "false");
    case 'n':
        return scan_word(scan, "null");
    default:
        return scan_number(scan);
    }
}

int json_scan(const char *text, size_t length, struct json_marks *marks, struct json_problem *problem)
{
    struct scan scan = {.text = text, .length = length, .marks = marks, .problem = problem};
    bool good = scan_value(&scan);
    if (good) {
        skip_space(&scan);
        if (scan.at < length)
            good = fail(&scan, scan.at, "nothing may follow the value");
    }
    if (good)
        return 0;
    free(marks->list);
    *marks = (struct json_marks){0};
    return -1;
}
