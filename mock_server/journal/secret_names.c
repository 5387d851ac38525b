#include "journal/secret_names.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "model/provider.h"

/* Words that count wherever they stand in a name: vendors' own, and what others have. */
static const char *const words[] = {"auth",   "bearer", "cookie", "credential", "hash",   "hmac",   "jwt",
                                    "passwd", "passwo", "passph", "passco",     "pwd",    "secret", "sessid",
                                    "signat", "token",  "userna", "apikey",     "passkey"};
/* Words that count as a word of their own, or as the end of one: `my_key`, `authkey`, not `keyword`; `pass`, not
 * `passenger`. */
static const char *const ends[] = {"key", "keys", "pass", "sid", "otp", "session_id", "sessionid", "csrf", "pin"};

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
    return size <= length && ascii_equal_bytes(bytes, word, size);
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
            return !begins(name, length, "proxy-authorization");
    for (size_t i = 0; i < COUNT_OF(harmless_ends); i++)
        if (ends_with(name, length, harmless_ends[i]))
            return true;
    for (size_t i = 0; i < COUNT_OF(harmless_names); i++)
        if (strlen(harmless_names[i]) == length && begins(name, length, harmless_names[i]))
            return true;
    return false;
}

/* First letters of all words and ends: most bytes are passed with one look. */
static bool may_begin(char c)
{
    static const char first[] = "abchjkopstu";
    c = ascii_lower(c);
    return c >= 'a' && c <= 'u' && memchr(first, c, sizeof first - 1) != NULL;
}

/* An end counts where no letter of a word follows. */
static size_t end_length(const char *bytes, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        size_t size = strlen(ends[i]);
        bool goes_on = size < length && ascii_is_alnum(bytes[size]) && !ascii_is_upper(bytes[size]);
        if (begins(bytes, length, ends[i]) && !goes_on)
            return size;
    }
    return 0;
}

size_t secret_word_end(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        if (!may_begin(bytes[at]))
            continue;
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (begins(bytes + at, length - at, words[i]))
                return at + strlen(words[i]);
        size_t end = end_length(bytes + at, length - at);
        if (end > 0)
            return at + end;
    }
    return 0;
}

static bool is_listed(const char *const *names, const char *name, size_t length)
{
    for (; names != NULL && *names != NULL; names++)
        if (ascii_lower((*names)[0]) == ascii_lower(name[0]) && strlen(*names) == length &&
            begins(name, length, *names))
            return true;
    return false;
}

bool secret_name(const struct provider *const *providers, const char *name, size_t length)
{
    if (length == 0)
        return false;
    if (secret_word_end(name, length) > 0)
        return !is_harmless(name, length);
    for (; *providers != NULL; providers++)
        if (is_listed((*providers)->secret_headers, name, length) ||
            is_listed((*providers)->secret_members, name, length))
            return true;
    return false;
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

static bool has_listed(const char *const *names, const char *bytes, size_t length)
{
    for (; names != NULL && *names != NULL; names++)
        if (has(bytes, length, *names))
            return true;
    return false;
}

bool secret_name_is_within(const struct provider *const *providers, const char *bytes, size_t length)
{
    static const char escapes[] = "%\\&";
    if (secret_word_end(bytes, length) > 0)
        return true;
    for (size_t i = 0; escapes[i] != '\0'; i++)
        if (length > 0 && memchr(bytes, escapes[i], length) != NULL)
            return true;
    for (; *providers != NULL; providers++)
        if (has_listed((*providers)->secret_headers, bytes, length) ||
            has_listed((*providers)->secret_members, bytes, length))
            return true;
    return false;
}
