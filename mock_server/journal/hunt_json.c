#include "journal/hunt_json.h"

#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"

struct walk {
    struct hunt *hunt;
    const char *bytes;
    size_t length, at;
    unsigned depth;
};

struct word {
    size_t at, length; /* of a string, without its quotes */
};

static void skip_space(struct walk *walk)
{
    while (walk->at < walk->length && ascii_is_space(walk->bytes[walk->at]))
        walk->at++;
}

static char next(struct walk *walk)
{
    skip_space(walk);
    return walk->at < walk->length ? walk->bytes[walk->at] : '\0';
}

static bool accept(struct walk *walk, char c)
{
    if (next(walk) != c)
        return false;
    walk->at++;
    return true;
}

static bool read_string(struct walk *walk, struct word *word)
{
    if (!accept(walk, '"'))
        return false;
    word->at = walk->at;
    while (walk->at < walk->length && walk->bytes[walk->at] != '"' && (unsigned char)walk->bytes[walk->at] >= ' ')
        walk->at += walk->bytes[walk->at] == '\\' ? 2 : 1;
    if (walk->at >= walk->length || walk->bytes[walk->at] != '"')
        return false;
    word->length = walk->at - word->at;
    walk->at++;
    return true;
}

static bool is_word(const struct walk *walk, struct word word, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strlen(*names) == word.length && ascii_equal_bytes(walk->bytes + word.at, *names, word.length))
            return true;
    return false;
}

/* A number, true, false, null. */
static bool read_scalar(struct walk *walk, bool is_secret)
{
    static const char *const no_secrets[] = {"true", "false", "null", NULL};
    struct word word = {.at = walk->at};
    while (walk->at < walk->length && (ascii_is_alnum(walk->bytes[walk->at]) || strchr("+-.", walk->bytes[walk->at])) &&
           walk->bytes[walk->at] != '\0')
        walk->at++;
    word.length = walk->at - word.at;
    bool is_plain = is_word(walk, word, no_secrets);
    if (word.length == 0 || (!is_plain && !ascii_is_digit(walk->bytes[word.at]) && walk->bytes[word.at] != '-'))
        return false;
    if (is_secret && !is_plain)
        hunt_number(walk->hunt, walk->bytes, word.at, word.length);
    return true;
}

static bool read_value(struct walk *walk, bool is_secret);

/* {"name":"password","value":"…"}: the two of one object, in any order. */
struct pair {
    bool names_secret;
    size_t value, value_end;
};

static void note_pair(struct walk *walk, struct pair *pair, struct word name, size_t at)
{
    static const char *const names[] = {"name", "key", "field", "param", "header", NULL}, *const values[] = {"value",
                                                                                                             NULL};
    size_t end = walk->at;
    bool is_string = walk->bytes[at] == '"';
    if (is_word(walk, name, values)) {
        pair->value = at;
        pair->value_end = end;
    } else if (is_string && is_word(walk, name, names) &&
               hunt_is_name(walk->hunt, walk->bytes + at + 1, end - at - 2, SPELLING_JSON)) {
        pair->names_secret = true;
    }
}

static void hunt_pair(struct walk *walk, const struct pair *pair)
{
    struct walk again = *walk;
    again.at = pair->value;
    if (pair->names_secret && pair->value_end > 0)
        (void)read_value(&again, true);
}

/* "key":"password": it names a secret, and is none. */
static bool names_a_secret(const struct walk *walk, struct word name, bool is_secret)
{
    static const char *const names[] = {"key", NULL};
    size_t at = walk->at, end = at + 1;
    if (!is_secret || !is_word(walk, name, names) || at >= walk->length || walk->bytes[at] != '"')
        return false;
    while (end < walk->length && walk->bytes[end] != '"')
        end++;
    return hunt_is_name(walk->hunt, walk->bytes + at + 1, end - at - 1, SPELLING_JSON);
}

static bool read_member(struct walk *walk, bool is_secret, struct pair *pair)
{
    struct word name = {0};
    if (!read_string(walk, &name) || !accept(walk, ':'))
        return false;
    skip_space(walk);
    size_t at = walk->at;
    is_secret = is_secret || hunt_is_name(walk->hunt, walk->bytes + name.at, name.length, SPELLING_JSON);
    if (!read_value(walk, is_secret && !names_a_secret(walk, name, is_secret)))
        return false;
    note_pair(walk, pair, name, at);
    return true;
}

static bool read_object(struct walk *walk, bool is_secret)
{
    struct pair pair = {0};
    walk->at++;
    if (accept(walk, '}'))
        return true;
    do {
        if (!read_member(walk, is_secret, &pair))
            return false;
    } while (accept(walk, ','));
    hunt_pair(walk, &pair);
    return accept(walk, '}');
}

static bool read_array(struct walk *walk, bool is_secret)
{
    walk->at++;
    if (accept(walk, ']'))
        return true;
    do {
        if (!read_value(walk, is_secret))
            return false;
    } while (accept(walk, ','));
    return accept(walk, ']');
}

static bool read_text(struct walk *walk, bool is_secret)
{
    struct word word = {0};
    if (!read_string(walk, &word))
        return false;
    if (is_secret)
        hunt_value(walk->hunt, walk->bytes, word.at, word.length, SPELLING_JSON);
    else if (memchr(walk->bytes + word.at, '=', word.length) != NULL ||
             memchr(walk->bytes + word.at, ':', word.length) != NULL ||
             memchr(walk->bytes + word.at, '<', word.length) != NULL)
        hunt_inside(walk->hunt, walk->bytes, word.at, word.length, SPELLING_JSON);
    return true;
}

static bool read_value(struct walk *walk, bool is_secret)
{
    char c = next(walk);
    if (c == '"')
        return read_text(walk, is_secret);
    if (c != '{' && c != '[')
        return read_scalar(walk, is_secret);
    if (walk->depth == JSON_DEPTH_MAX)
        return false;
    walk->depth++;
    bool good = c == '{' ? read_object(walk, is_secret) : read_array(walk, is_secret);
    walk->depth--;
    return good;
}

bool hunt_json(struct hunt *hunt, const char *bytes, size_t length)
{
    bool has_mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    struct walk walk = {.hunt = hunt, .bytes = bytes, .length = length, .at = has_mark ? 3 : 0};
    return read_value(&walk, false) && next(&walk) == '\0' && walk.at >= length;
}
