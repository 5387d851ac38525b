/*
 * A reader that walks over JSON without building anything. Each skip_* function expects the cursor at the start of its
 * thing and leaves it behind the thing, or notes a problem, after which nothing moves any more.
 */
#include "check/scan.h"

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "mock_server/base/memory.h"

struct cursor {
    const char *at;
    const char *end;
    const char *problem;
    int depth;
};

static void skip_value(struct cursor *cursor);

static void fail(struct cursor *cursor, const char *problem)
{
    if (cursor->problem == NULL)
        cursor->problem = problem;
    cursor->at = cursor->end;
}

static char peek(const struct cursor *cursor)
{
    return cursor->at < cursor->end ? *cursor->at : '\0';
}

static void skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->end && memchr(" \t\r\n", *cursor->at, 4) != NULL)
        cursor->at++;
}

static size_t skip_digits(struct cursor *cursor)
{
    const char *start = cursor->at;
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9')
        cursor->at++;
    return (size_t)(cursor->at - start);
}

static void skip_number(struct cursor *cursor)
{
    if (peek(cursor) == '-')
        cursor->at++;
    bool zero = peek(cursor) == '0';
    size_t digits = skip_digits(cursor);
    if (digits == 0 || (zero && digits > 1))
        fail(cursor, "a number that is none");
    if (peek(cursor) == '.') {
        cursor->at++;
        if (skip_digits(cursor) == 0)
            fail(cursor, "a number that ends with its point");
    }
    if (peek(cursor) != 'e' && peek(cursor) != 'E')
        return;
    cursor->at++;
    if (peek(cursor) == '+' || peek(cursor) == '-')
        cursor->at++;
    if (skip_digits(cursor) == 0)
        fail(cursor, "a number without digits in its exponent");
}

static void skip_escape(struct cursor *cursor)
{
    cursor->at++;
    if (peek(cursor) == 'u') {
        for (int i = 0; i < 4; i++) {
            cursor->at++;
            if (peek(cursor) == '\0' || strchr("0123456789abcdefABCDEF", peek(cursor)) == NULL)
                fail(cursor, "a broken \\u escape");
        }
    } else if (peek(cursor) == '\0' || strchr("\"\\/bfnrt", peek(cursor)) == NULL) {
        fail(cursor, "an unknown escape");
    }
    if (cursor->at < cursor->end)
        cursor->at++;
}

static void skip_string(struct cursor *cursor)
{
    cursor->at++;
    while (cursor->at < cursor->end && *cursor->at != '"') {
        if ((unsigned char)*cursor->at < 0x20)
            fail(cursor, "a control character inside a string");
        else if (*cursor->at == '\\')
            skip_escape(cursor);
        else
            cursor->at++;
    }
    if (peek(cursor) == '"')
        cursor->at++;
    else
        fail(cursor, "a string without end");
}

static void skip_word(struct cursor *cursor)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(cursor->end - cursor->at) >= length && !memcmp(cursor->at, words[i], length)) {
            cursor->at += length;
            return;
        }
    }
    fail(cursor, "something that is no JSON value");
}

/* Reads `"name" :`; the token is the name with its quotes. */
static struct token skip_name(struct cursor *cursor)
{
    skip_blanks(cursor);
    struct token name = {.bytes = cursor->at};
    if (peek(cursor) != '"') {
        fail(cursor, "a member without a name in quotes");
        return name;
    }
    skip_string(cursor);
    name.length = (size_t)(cursor->at - name.bytes);
    skip_blanks(cursor);
    if (peek(cursor) == ':')
        cursor->at++;
    else
        fail(cursor, "a member name without a colon");
    return name;
}

/* After an element: true when a comma says that another follows. */
static bool another(struct cursor *cursor, char closing)
{
    skip_blanks(cursor);
    char next = peek(cursor);
    if (next == ',' || next == closing)
        cursor->at++;
    else
        fail(cursor, closing == '}' ? "an object without end" : "an array without end");
    return next == ',' && cursor->problem == NULL;
}

/* Names as a parser would understand them: "a" and "\u0061" are the same. */
static char *decoded(struct token name)
{
    cJSON *node = cJSON_ParseWithLength(name.bytes, name.length);
    char *text = mem_dup(cJSON_IsString(node) ? node->valuestring : "");
    cJSON_Delete(node);
    return text;
}

static bool remember(struct cursor *cursor, char ***names, size_t *count, struct token name)
{
    char *text = decoded(name);
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*names)[i], text) == 0)
            fail(cursor, "a member that stands there twice");
    *names = mem_resize(*names, (*count + 1) * sizeof **names);
    (*names)[(*count)++] = text;
    return cursor->problem == NULL;
}

static void skip_object(struct cursor *cursor)
{
    cursor->at++;
    skip_blanks(cursor);
    if (peek(cursor) == '}') {
        cursor->at++;
        return;
    }
    char **names = NULL;
    size_t count = 0;
    do {
        struct token name = skip_name(cursor);
        if (cursor->problem != NULL || !remember(cursor, &names, &count, name))
            break;
        skip_value(cursor);
    } while (cursor->problem == NULL && another(cursor, '}'));
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

static void skip_array(struct cursor *cursor)
{
    cursor->at++;
    skip_blanks(cursor);
    if (peek(cursor) == ']') {
        cursor->at++;
        return;
    }
    do {
        skip_value(cursor);
    } while (cursor->problem == NULL && another(cursor, ']'));
}

static void skip_value(struct cursor *cursor)
{
    skip_blanks(cursor);
    char first = peek(cursor);
    if (++cursor->depth > SCAN_DEPTH_MAX)
        fail(cursor, "more nesting than anybody needs");
    else if (first == '{')
        skip_object(cursor);
    else if (first == '[')
        skip_array(cursor);
    else if (first == '"')
        skip_string(cursor);
    else if (first == '-' || (first >= '0' && first <= '9'))
        skip_number(cursor);
    else
        skip_word(cursor);
    cursor->depth--;
}

/* `first` is what the value must begin with; '\0': anything. */
static const char *problem_of(const char *bytes, size_t length, char first)
{
    struct cursor cursor = {.at = bytes, .end = bytes + length};
    if (length == 0)
        return "no body at all";
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        return "a byte order mark";
    if (!scan_is_utf8(bytes, length))
        return "bytes that are not UTF-8";
    skip_blanks(&cursor);
    if (first && peek(&cursor) != first)
        return "something else than a JSON object";
    skip_value(&cursor);
    skip_blanks(&cursor);
    if (cursor.problem == NULL && cursor.at != cursor.end)
        return first ? "bytes after the object" : "bytes after the value";
    return cursor.problem;
}

const char *scan_value_problem(const char *bytes, size_t length)
{
    return problem_of(bytes, length, '\0');
}

const char *scan_object_problem(const char *bytes, size_t length)
{
    return problem_of(bytes, length, '{');
}

/* Moves into the member or element that the step names; false when there is none. */
static bool enter(struct cursor *cursor, const char *name)
{
    skip_blanks(cursor);
    char open = peek(cursor);
    if (open != '{' && open != '[')
        return false;
    char closing = open == '{' ? '}' : ']';
    cursor->at++;
    skip_blanks(cursor);
    if (peek(cursor) == closing)
        return false;
    size_t index = 0;
    do {
        char *here = open == '{' ? decoded(skip_name(cursor)) : mem_print("%zu", index++);
        bool found = cursor->problem == NULL && strcmp(here, name) == 0;
        free(here);
        if (found)
            return true;
        skip_value(cursor);
    } while (cursor->problem == NULL && another(cursor, closing));
    return false;
}

bool scan_token(const char *bytes, size_t length, const char *pointer, struct token *out)
{
    struct cursor cursor = {.at = bytes, .end = bytes + length};
    while (*pointer == '/') {
        size_t part = strcspn(pointer + 1, "/");
        char *name = mem_dup_bytes(pointer + 1, part);
        bool entered = enter(&cursor, name);
        free(name);
        if (!entered)
            return false;
        pointer += 1 + part;
    }
    skip_blanks(&cursor);
    const char *start = cursor.at;
    skip_value(&cursor);
    if (cursor.problem != NULL)
        return false;
    *out = (struct token){.bytes = start, .length = (size_t)(cursor.at - start)};
    return true;
}

/* Bytes of the sequence that starts here, 0 when it is none. The ranges are those of Unicode's table 3-7. */
static size_t utf8_sequence(const unsigned char *at, size_t left)
{
    static const struct {
        unsigned char first, last, second_low, second_high;
        size_t length;
    } forms[] = {
        {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    if (at[0] < 0x80)
        return 1;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        if (at[0] < forms[i].first || at[0] > forms[i].last)
            continue;
        if (left < forms[i].length || at[1] < forms[i].second_low || at[1] > forms[i].second_high)
            return 0;
        for (size_t k = 2; k < forms[i].length; k++)
            if ((at[k] & 0xc0) != 0x80)
                return 0;
        return forms[i].length;
    }
    return 0;
}

static size_t scan_letter(const char *bytes, size_t left)
{
    return utf8_sequence((const unsigned char *)bytes, left);
}

bool scan_is_utf8(const char *bytes, size_t length)
{
    while (length) {
        size_t used = scan_letter(bytes, length);
        if (used == 0)
            return false;
        bytes += used;
        length -= used;
    }
    return true;
}
