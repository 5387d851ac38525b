#include "base/json_scan.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

bool json_scan_fail(struct json_scan *scan, size_t offset, const char *problem)
{
    *scan->problem = (struct json_problem){.offset = offset};
    json_line_column(scan->text, offset, &scan->problem->line, &scan->problem->column);
    snprintf(scan->problem->text, sizeof scan->problem->text, "%s", problem);
    return false;
}

char json_scan_peek(const struct json_scan *scan)
{
    return scan->at < scan->length ? scan->text[scan->at] : '\0';
}

bool json_scan_accept(struct json_scan *scan, char c)
{
    if (scan->at >= scan->length || scan->text[scan->at] != c)
        return false;
    scan->at++;
    return true;
}

void json_scan_space(struct json_scan *scan)
{
    while (scan->at < scan->length && ascii_is_space(scan->text[scan->at]))
        scan->at++;
}

/* ── Numbers and words ─────────────────────────────────────────────────────────────────────────────────────────── */

static bool scan_digits(struct json_scan *scan)
{
    size_t start = scan->at;
    while (ascii_is_digit(json_scan_peek(scan)))
        scan->at++;
    return scan->at > start;
}

static bool scan_exponent(struct json_scan *scan)
{
    if (!json_scan_accept(scan, 'e') && !json_scan_accept(scan, 'E'))
        return true;
    if (!json_scan_accept(scan, '+'))
        (void)json_scan_accept(scan, '-');
    return scan_digits(scan) || json_scan_fail(scan, scan->at, "digits are expected in the exponent");
}

char *json_scan_number(struct json_scan *scan)
{
    size_t start = scan->at;
    const char *wrong = NULL;
    (void)json_scan_accept(scan, '-');
    bool zero = json_scan_accept(scan, '0');
    if (!zero && !scan_digits(scan))
        wrong = "a value is expected here";
    else if (zero && ascii_is_digit(json_scan_peek(scan)))
        wrong = "a number must not begin with 0";
    if (wrong != NULL)
        (void)json_scan_fail(scan, start, wrong);
    else if (json_scan_accept(scan, '.') && !scan_digits(scan))
        (void)json_scan_fail(scan, scan->at, "digits are expected after the point");
    else if (scan_exponent(scan))
        return mem_dup_bytes(scan->text + start, scan->at - start);
    return NULL;
}

bool json_scan_word(struct json_scan *scan, const char *word)
{
    size_t length = strlen(word);
    if (scan->length - scan->at < length || memcmp(scan->text + scan->at, word, length) != 0)
        return json_scan_fail(scan, scan->at, "a value is expected here");
    scan->at += length;
    return true;
}

/* ── Strings ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool scan_unit(struct json_scan *scan, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, scan->at++) {
        char c = json_scan_peek(scan);
        if (!ascii_is_hex(c))
            return false;
        *unit = *unit << 4 | (unsigned)(ascii_is_digit(c) ? c - '0' : ascii_lower(c) - 'a' + 10);
    }
    return true;
}

/* What follows "\u". UTF-16 surrogates must come in pairs, and \u0000 would cut a C string short. */
static bool scan_unicode(struct json_scan *scan)
{
    size_t start = scan->at - 2;
    unsigned unit = 0, low = 0;
    char bytes[UTF8_CHARACTER_MAX];
    if (!scan_unit(scan, &unit))
        return json_scan_fail(scan, start, "four hex digits are expected after \\u");
    if (unit == 0)
        return json_scan_fail(scan, start, "\\u0000 is not accepted");
    if (unit >= 0xdc00 && unit <= 0xdfff)
        return json_scan_fail(scan, start, "a low surrogate without its high half");
    if (unit >= 0xd800 && unit <= 0xdbff) {
        if (!json_scan_accept(scan, '\\') || !json_scan_accept(scan, 'u') || !scan_unit(scan, &low) || low < 0xdc00 ||
            low > 0xdfff)
            return json_scan_fail(scan, start, "a high surrogate without its low half");
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    text_add_bytes(&scan->scratch, bytes, utf8_write(unit, bytes));
    return true;
}

/* From the backslash on. */
static bool scan_escape(struct json_scan *scan)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    size_t start = scan->at++;
    char escape = json_scan_peek(scan);
    const char *name = escape == '\0' ? NULL : strchr(names, escape);
    if (name == NULL && escape != 'u')
        return json_scan_fail(scan, start, "an escape that JSON does not have");
    scan->at++;
    if (escape == 'u')
        return scan_unicode(scan);
    text_add_char(&scan->scratch, meanings[name - names]);
    return true;
}

/* Steps over characters that mean themselves, up to a quote, a backslash or the end. */
static bool scan_run(struct json_scan *scan)
{
    while (scan->at < scan->length) {
        unsigned char c = (unsigned char)scan->text[scan->at];
        if (c == '"' || c == '\\')
            break;
        if (c < 0x20)
            return json_scan_fail(scan, scan->at, "a control character in a string must be escaped");
        size_t width = c < 0x80 ? 1 : utf8_character(scan->text + scan->at, scan->length - scan->at);
        if (width == 0)
            return json_scan_fail(scan, scan->at, "bytes that are not UTF-8");
        scan->at += width;
    }
    return true;
}

char *json_scan_string(struct json_scan *scan)
{
    size_t start = scan->at++;
    text_clear(&scan->scratch);
    while (scan->at < scan->length) {
        size_t run = scan->at;
        if (!scan_run(scan))
            return NULL;
        const char *bytes = scan->text + run;
        size_t length = scan->at - run;
        bool ends = json_scan_accept(scan, '"');
        if (ends && scan->scratch.length == 0)
            return mem_dup_bytes(bytes, length); /* there was no escape, as nearly always */
        text_add_bytes(&scan->scratch, bytes, length);
        if (ends)
            return mem_dup_bytes(scan->scratch.bytes, scan->scratch.length);
        if (scan->at < scan->length && !scan_escape(scan))
            return NULL;
    }
    (void)json_scan_fail(scan, start, "a string that does not end");
    return NULL;
}
