#include "journal/hunt_loose.h"

#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"

struct loose {
    struct hunt *hunt;
    const char *bytes;
    size_t length;
};

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static size_t skip(const struct loose *loose, size_t at, const char *set)
{
    while (at < loose->length && is_one_of(loose->bytes[at], set))
        at++;
    return at;
}

static size_t until(const struct loose *loose, size_t at, const char *set)
{
    while (at < loose->length && !is_one_of(loose->bytes[at], set))
        at++;
    return at;
}

/* Behind the quote that closes; with `escaped`, the one that has a backslash as the opening one had. */
static size_t quoted_end(const struct loose *loose, size_t at, char quote, bool escaped)
{
    for (; at < loose->length; at++)
        if (loose->bytes[at] == quote && (at > 0 && loose->bytes[at - 1] == '\\') == escaped)
            return escaped ? at - 1 : at;
    return loose->length;
}

static size_t bracketed_end(const struct loose *loose, size_t at)
{
    char open = loose->bytes[at], close = open == '{' ? '}' : ']';
    for (size_t depth = 0; at < loose->length; at++) {
        depth += loose->bytes[at] == open;
        if (loose->bytes[at] == close && --depth == 0)
            return at + 1;
    }
    return loose->length;
}

/* <password>…</password> */
static size_t element_end(const struct loose *loose, size_t at)
{
    for (; at + 1 < loose->length; at++)
        if (loose->bytes[at] == '<' && loose->bytes[at + 1] == '/')
            return at;
    return loose->length;
}

static void take(const struct loose *loose, size_t at, size_t end)
{
    while (end > at && ascii_is_space(loose->bytes[end - 1]))
        end--;
    hunt_value(loose->hunt, loose->bytes, at, end - at, SPELLING_ANY);
}

/* The value that begins at `at`; returns where it ends. */
static size_t take_value(const struct loose *loose, size_t at)
{
    at = skip(loose, at, " \t\r\n");
    bool escaped = at + 1 < loose->length && loose->bytes[at] == '\\' && is_one_of(loose->bytes[at + 1], "\"'");
    size_t first = escaped ? at + 1 : at, end;
    if (first >= loose->length)
        return loose->length;
    char c = loose->bytes[first];
    if (is_one_of(c, "\"'`"))
        end = quoted_end(loose, ++first, c, escaped);
    else if (is_one_of(c, "{["))
        end = bracketed_end(loose, first);
    else
        end = until(loose, first, ",;&}])<\"\r\n");
    take(loose, first, end);
    return end;
}

/* What follows a secret's name that ends at `at`; returns where to go on. */
static size_t take_behind(const struct loose *loose, size_t at)
{
    size_t behind = skip(loose, at, "\"'`]\\ \t"), value = skip(loose, behind, ":=>");
    if (value == behind + 1 && loose->bytes[behind] == '>') {
        size_t end = element_end(loose, value);
        take(loose, value, end);
        return end;
    }
    if (value > behind)
        return take_value(loose, value);
    if (!loose->hunt->in_doubt)
        return at;
    behind = skip(loose, behind, " \t\r\n");
    value = until(loose, behind, "\r\n");
    take(loose, behind, value);
    return value;
}

static bool is_of_name(char c)
{
    return ascii_is_alnum(c) || is_one_of(c, "_-.$%");
}

/* Names, one after another. That of a closing tag is none. */
static void walk(const struct loose *loose)
{
    for (size_t at = 0; at < loose->length;) {
        size_t end = at;
        while (end < loose->length && is_of_name(loose->bytes[end]))
            end++;
        bool closes = at >= 2 && loose->bytes[at - 1] == '/' && loose->bytes[at - 2] == '<';
        if (end > at && !closes && hunt_is_name(loose->hunt, loose->bytes + at, end - at, SPELLING_URI))
            end = take_behind(loose, end);
        at = end > at ? end : at + 1;
    }
}

void hunt_loose(struct hunt *hunt, const char *bytes, size_t length)
{
    const struct loose loose = {hunt, bytes, length};
    walk(&loose);
}

/* ── User information ──────────────────────────────────────────────────────────────────────────────────────────── */

static void take_user(struct hunt *hunt, const char *bytes, size_t at, size_t end)
{
    const char *sign = NULL;
    for (size_t i = at; i < end; i++)
        if (bytes[i] == '@')
            sign = bytes + i;
    if (sign == NULL)
        return;
    size_t length = (size_t)(sign - (bytes + at));
    const char *colon = memchr(bytes + at, ':', length);
    size_t word = colon == NULL ? at : (size_t)(colon - bytes) + 1;
    hunt_value(hunt, bytes, at, length, SPELLING_ANY);
    if (word > at) /* the password by itself is remembered, too */
        hunt_value(hunt, bytes, word, at + length - word, SPELLING_ANY);
}

/* "://" as it stands in a query. */
#define ESCAPED(colon, slash) "%" colon "%" slash "%" slash

void hunt_user_information(struct hunt *hunt, const char *bytes, size_t length)
{
    static const char *const starts[] = {"://", ":\\/\\/", ESCAPED("3A", "2F"), ESCAPED("3a", "2f")};
    const struct loose loose = {hunt, bytes, length};
    if (length == 0 || (memchr(bytes, '@', length) == NULL && memmem(bytes, length, "%40", 3) == NULL))
        return;
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        for (size_t at = 0, size = strlen(starts[i]); at + size <= length; at++)
            if (memcmp(bytes + at, starts[i], size) == 0)
                take_user(hunt, bytes, at + size, until(&loose, at + size, "/?#\"'<> \t\r\n,"));
}
