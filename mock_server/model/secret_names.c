#include "model/secret_names.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "model/provider.h"

/* Words that count wherever they stand in a name: vendors' own, and what others have; and those that count as a word of
 * their own, or as the end of one: `my_key`, `authkey`, not `keyword`; `pass`, not `passenger`. */
static const struct word {
    const char *text;
    unsigned char length;
    bool ends;
} words[] = {
    {"auth", 4},
    {"apikey", 6},
    {"bearer", 6},
    {"cookie", 6},
    {"credential", 10},
    {"hash", 4},
    {"hmac", 4},
    {"jwt", 3},
    {"passwd", 6},
    {"passwo", 6},
    {"passph", 6},
    {"passco", 6},
    {"passkey", 7},
    {"pwd", 3},
    {"secret", 6},
    {"sessid", 6},
    {"signat", 6},
    {"token", 5},
    {"userna", 6},
    {"key", 3, true},
    {"keys", 4, true},
    {"pass", 4, true},
    {"sid", 3, true},
    {"otp", 3, true},
    {"session_id", 10, true},
    {"session-id", 10, true},
    {"session.id", 10, true},
    {"sessionid", 9, true},
    {"csrf", 4, true},
    {"pin", 3, true},
};

/* The second letters of all words, by their first: nearly every byte of a text is passed with one look at it and one at
 * the next. Every request is looked through so. */
static const char *const second_letters[26] = {
    ['a' - 'a'] = "up", ['b' - 'a'] = "e", ['c' - 'a'] = "ors", ['h' - 'a'] = "am",
    ['j' - 'a'] = "w",  ['k' - 'a'] = "e", ['o' - 'a'] = "t",   ['p' - 'a'] = "awi",
    ['s' - 'a'] = "ei", ['t' - 'a'] = "o", ['u' - 'a'] = "s",
};

/* What makes a name harmless: its beginning, or its end. */
static const char *const harmless_beginnings[] = {"author_",     "authors",    "idempotency", "x-idempotency",
                                                  "order_key",   "orderkey",   "order-key",   "payment_key",
                                                  "payment-key", "paymentkey", "www-authent", "proxy-authent"};
static const char *const harmless_ends[] = {"_type",  "tokentype", "_ttl",    "_expires", "_expires_in",
                                            "_scope", "_style",    "_status", "_url",     "_uri"};
static const char *const harmless_names[] = {"author", "authority", ":authority"};

static bool begins(const char *bytes, size_t length, const char *word)
{
    size_t size = strlen(word);
    return size <= length && ascii_lower(*bytes) == ascii_lower(*word) && ascii_equal_bytes(bytes, word, size);
}

static bool ends_with(const char *bytes, size_t length, const char *word)
{
    size_t size = strlen(word);
    return size <= length && ascii_equal_bytes(bytes + length - size, word, size);
}

static bool is_harmless(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(harmless_beginnings); i++)
        if (begins(name, length, harmless_beginnings[i]))
            return true;
    for (size_t i = 0; i < COUNT_OF(harmless_ends); i++)
        if (ends_with(name, length, harmless_ends[i]))
            return true;
    for (size_t i = 0; i < COUNT_OF(harmless_names); i++)
        if (strlen(harmless_names[i]) == length && begins(name, length, harmless_names[i]))
            return true;
    return false;
}

static bool may_begin(const char *bytes, size_t length)
{
    unsigned char first = (unsigned char)(bytes[0] | 0x20), second = length > 1 ? (unsigned char)(bytes[1] | 0x20) : 0;
    if (first < 'a' || first > 'z')
        return false;
    for (const char *letter = second_letters[first - 'a']; letter != NULL && *letter != '\0'; letter++)
        if ((unsigned char)*letter == second)
            return true;
    return false;
}

/* An end counts where no letter of a word follows. */
static bool stands(const struct word *word, const char *bytes, size_t length)
{
    if (word->length > length || (bytes[0] | 0x20) != word->text[0] ||
        !ascii_equal_bytes(bytes, word->text, word->length))
        return false;
    bool goes_on = word->length < length && ascii_is_alnum(bytes[word->length]) && !ascii_is_upper(bytes[word->length]);
    return !word->ends || !goes_on;
}

size_t secret_word_end(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        if (!may_begin(bytes + at, length - at))
            continue;
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (stands(&words[i], bytes + at, length - at))
                return at + words[i].length;
    }
    return 0;
}

static bool is_listed(const char *const *names, const char *name, size_t length)
{
    for (; *names != NULL; names++)
        if (ascii_lower((*names)[0]) == ascii_lower(name[0]) && strlen(*names) == length &&
            begins(name, length, *names))
            return true;
    return false;
}

bool secret_name(const char *const *others, const char *name, size_t length)
{
    if (length == 0)
        return false;
    if (secret_word_end(name, length) > 0)
        return !is_harmless(name, length);
    return is_listed(others, name, length);
}

static bool has(const char *bytes, size_t length, const char *name)
{
    const char first[] = {ascii_lower(*name), ascii_upper(*name)};
    for (size_t i = 0; i < sizeof first; i++)
        for (size_t at = 0; at < length; at++) {
            const char *found = memchr(bytes + at, first[i], length - at);
            if (found == NULL)
                break;
            at = (size_t)(found - bytes);
            if (begins(found, length - at, name))
                return true;
        }
    return false;
}

bool secret_name_is_within(const char *const *others, const char *bytes, size_t length)
{
    static const char escapes[] = "%\\&";
    if (secret_word_end(bytes, length) > 0)
        return true;
    for (size_t i = 0; escapes[i] != '\0'; i++)
        if (length > 0 && memchr(bytes, escapes[i], length) != NULL)
            return true;
    for (; *others != NULL; others++)
        if (has(bytes, length, *others))
            return true;
    return false;
}

/* Writes those of a list that are to be kept behind the others, where there is a place for them; how many they are. */
static size_t keep_others(const char *const *names, const char **kept)
{
    size_t count = 0;
    for (; names != NULL && *names != NULL; names++)
        if (secret_word_end(*names, strlen(*names)) == 0) {
            if (kept != NULL)
                kept[count] = *names;
            count++;
        }
    return count;
}

static size_t keep_all(const struct provider *const *providers, const char **kept)
{
    size_t count = 0;
    for (; *providers != NULL; providers++) {
        count += keep_others((*providers)->secret_headers, kept == NULL ? NULL : kept + count);
        count += keep_others((*providers)->secret_members, kept == NULL ? NULL : kept + count);
    }
    return count;
}

const char **secret_names_of(const struct provider *const *providers)
{
    const char **names = mem_zero(keep_all(providers, NULL) + 1, sizeof *names);
    (void)keep_all(providers, names);
    return names;
}
