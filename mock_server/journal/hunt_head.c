#include "journal/hunt_head.h"

#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/spelling.h"
#include "journal/hunt_form.h"
#include "journal/hunt_loose.h"
#include "model/secret_names.h"
#include "session/credentials.h"

/* ── Headers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "Basic dXNlcjpwYXNz": the pair and the password are remembered; true when both are test credentials. */
static bool basic_is_known(struct hunt *hunt, const char *value)
{
    static const char scheme[] = "Basic ";
    size_t length = 0;
    if (!ascii_equal_bytes(value, scheme, strlen(scheme)))
        return false;
    struct arena *arena = arena_new();
    const char *pair = base64_read(arena, value + strlen(scheme), &length);
    const char *colon = pair == NULL ? NULL : memchr(pair, ':', length);
    bool known = false;
    if (colon != NULL) {
        struct hunt apart = *hunt; /* the places are none of the value's */
        size_t name = (size_t)(colon - pair);
        apart.spans = (struct spans){0};
        hunt_value(&apart, pair, name + 1, length - name - 1, SPELLING_PLAIN);
        known =
            apart.spans.count == 0 && credential_is_known_anywhere(hunt->session, arena_dup_bytes(arena, pair, name));
        if (!known)
            hunt_value(&apart, pair, 0, length, SPELLING_PLAIN);
        spans_release(&apart.spans);
    }
    arena_free(arena);
    return known;
}

/* Schemes of credentials, in whatever header they stand. */
static bool has_scheme(const char *value)
{
    static const char *const schemes[] = {"Bearer ", "Basic ", "Token ", "Digest ", "ApiKey ", "Negotiate "};
    for (size_t i = 0; i < COUNT_OF(schemes); i++)
        if (ascii_lower(*value) == ascii_lower(*schemes[i]) && ascii_equal_bytes(value, schemes[i], strlen(schemes[i])))
            return true;
    return false;
}

/* Loosely, and a name alone hides nothing: it is an ordinary header. */
static void hunt_parts(struct hunt *hunt, const char *bytes, size_t length)
{
    bool in_doubt = hunt->in_doubt;
    hunt->in_doubt = false;
    hunt_user_information(hunt, bytes, length);
    if (memchr(bytes, '=', length) != NULL || memchr(bytes, ':', length) != NULL)
        hunt_loose(hunt, bytes, length);
    hunt->in_doubt = in_doubt;
}

static void hunt_host(struct hunt *hunt, const char *value)
{
    const char *sign = strrchr(value, '@'), *colon = strchr(value, ':');
    if (sign == NULL)
        return;
    hunt_value(hunt, value, 0, (size_t)(sign - value), SPELLING_URI);
    if (colon != NULL && colon < sign)
        hunt_value(hunt, value, (size_t)(colon - value) + 1, (size_t)(sign - colon) - 1, SPELLING_URI);
}

void hunt_header(struct hunt *hunt, const char *name, const char *value)
{
    size_t length = strlen(value);
    if (ascii_equal(name, "Cookie") || ascii_equal(name, "Set-Cookie"))
        hunt_cookies(hunt, value, length, ascii_equal(name, "Set-Cookie"));
    else if (ascii_equal(name, "Host"))
        hunt_host(hunt, value);
    else if (!has_scheme(value) && !secret_name(hunt->names, name, strlen(name)))
        hunt_parts(hunt, value, length);
    else if (!basic_is_known(hunt, value))
        hunt_value(hunt, value, 0, length, SPELLING_PLAIN);
}

/* ── Targets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

void hunt_target(struct hunt *hunt, const char *target)
{
    enum mask mask = hunt->mask;
    size_t path = strcspn(target, "?#"), length = strlen(target);
    hunt->mask = MASK_TARGET;
    hunt_parts(hunt, target, path);
    if (path < length) {
        struct hunt query = *hunt; /* its places stand in the query alone */
        query.spans = (struct spans){0};
        hunt_form(&query, target + path + 1, length - path - 1, "&;?#");
        for (size_t i = 0; i < query.spans.count; i++)
            spans_add(&hunt->spans, path + 1 + query.spans.list[i].at, query.spans.list[i].length, MASK_TARGET);
        spans_release(&query.spans);
    }
    hunt->mask = mask;
}

/* ── What is no request ────────────────────────────────────────────────────────────────────────────────────────── */

/* Up to the value of the first name that sounds like a secret: "Access-Token:", "\"hash\":", "key=". */
static size_t open_part(const char *bytes, size_t length)
{
    size_t end = secret_word_end(bytes, length);
    const char *sign = memchr(bytes, '@', length); /* "Host: user:password@host" */
    if (end == 0 && sign == NULL)
        return length;
    if (end == 0 || (sign != NULL && (size_t)(sign - bytes) < end))
        return memchr(bytes, ':', length) == NULL ? 0 : (size_t)((const char *)memchr(bytes, ':', length) - bytes) + 1;
    while (end < length && (ascii_is_alnum(bytes[end]) || strchr("-_\"'", bytes[end]) != NULL) && bytes[end] != '\0')
        end++;
    return end < length && (bytes[end] == ':' || bytes[end] == '=') ? end + 1 : end;
}

static size_t word_length(const char *bytes, size_t length)
{
    const char *blank = memchr(bytes, ' ', length);
    return blank == NULL ? length : (size_t)(blank - bytes);
}

/* "PUT /path" is shown whatever words it has; then comes a query, a version, or what should not be there. */
static size_t open_part_of_first(const char *line, size_t length)
{
    size_t method = word_length(line, length);
    if (method + 1 >= length || line[method + 1] != '/')
        return open_part(line, length);
    size_t end = method + 1 + word_length(line + method + 1, length - method - 1);
    const char *query = memchr(line, '?', end);
    return query != NULL ? (size_t)(query - line) + 1 : end + open_part(line + end, length - end);
}

/* The rest of a line is hidden; what in it is the value is remembered. */
static void take_rest(struct hunt *hunt, const char *bytes, size_t at, size_t length)
{
    struct hunt apart = *hunt;
    size_t first = 0;
    apart.spans = (struct spans){0};
    while (first < length && strchr(":= \t\"'", bytes[at + first]) != NULL && bytes[at + first] != '\0')
        first++;
    hunt_value(&apart, bytes, at + first, length - first, SPELLING_ANY);
    hunt_parts(&apart, bytes + at, length);
    spans_release(&apart.spans);
    spans_add(&hunt->spans, at, length, MASK_TEXT);
}

static void take_line(struct hunt *hunt, const char *bytes, size_t at, size_t length, bool is_first)
{
    const char *line = bytes + at;
    bool goes_on = !is_first && length > 0 && (*line == ' ' || *line == '\t'); /* a folded line's value */
    size_t shown = goes_on ? 0 : is_first ? open_part_of_first(line, length) : open_part(line, length);
    if (shown < length)
        take_rest(hunt, bytes, at + shown, length - shown);
}

static size_t line_length(const char *bytes, size_t length)
{
    size_t line = 0;
    while (line < length && bytes[line] != '\r' && bytes[line] != '\n')
        line++;
    return line;
}

static size_t line_end_length(const char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    return length > 1 && bytes[0] == '\r' && bytes[1] == '\n' ? 2 : 1;
}

static void take_body(struct hunt *hunt, const char *bytes, size_t at, size_t length)
{
    struct hunt apart = *hunt;
    apart.spans = (struct spans){0};
    if (length > 0)
        hunt->text(&apart, bytes + at, length); /* what is in it is remembered */
    spans_release(&apart.spans);
    spans_add(&hunt->spans, at, length, MASK_TEXT);
}

void hunt_unread(struct hunt *hunt, const struct unread *unread)
{
    const char *bytes = unread->bytes;
    size_t at = 0;
    bool is_first = true;
    while (at < unread->length && !unread->in_body) {
        size_t line = line_length(bytes + at, unread->length - at);
        take_line(hunt, bytes, at, line, is_first);
        at += line + line_end_length(bytes + at + line, unread->length - at - line);
        if (line == 0 && !is_first)
            break;
        is_first = false;
    }
    take_body(hunt, bytes, at, unread->length - at);
}
