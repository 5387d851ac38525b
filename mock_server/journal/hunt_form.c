#include "journal/hunt_form.h"

#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"
#include "journal/hunt_loose.h"

/* ── name=value ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct field {
    size_t name, name_length, value, value_length;
};

static size_t field_length(const char *bytes, size_t length, const char *between)
{
    size_t size = 0;
    while (size < length && (bytes[size] == '\0' || strchr(between, bytes[size]) == NULL))
        size++;
    return size;
}

static struct field field_read(const char *bytes, size_t at, size_t length)
{
    const char *equals = memchr(bytes + at, '=', length);
    size_t name = equals == NULL ? length : (size_t)(equals - (bytes + at));
    size_t value = equals == NULL ? length : name + 1;
    return (struct field){at, name, at + value, length - value};
}

void hunt_form(struct hunt *hunt, const char *bytes, size_t length, const char *between)
{
    for (size_t at = 0; at < length;) {
        size_t size = field_length(bytes + at, length - at, between);
        struct field field = field_read(bytes, at, size);
        if (hunt_is_name(hunt, bytes + field.name, field.name_length, SPELLING_URI))
            hunt_value(hunt, bytes, field.value, field.value_length, SPELLING_URI | SPELLING_PLUS);
        else
            hunt_inside(hunt, bytes, field.value, field.value_length, SPELLING_URI | SPELLING_PLUS);
        if (field.value_length == 0 && field.name_length > 0) /* a text alone in the place of a field */
            hunt_inside(hunt, bytes, field.name, field.name_length, SPELLING_URI | SPELLING_PLUS);
        at += size + 1;
    }
}

/* A value that could be an ordinary word is hidden where it stands, and not looked for elsewhere. */
#define COOKIE_REMEMBERED_MIN 16

static void take_cookie(struct hunt *hunt, const char *bytes, struct field field)
{
    if (field.value_length == 0) {
        field.value = field.name;
        field.value_length = field.name_length;
    }
    if (field.value_length >= COOKIE_REMEMBERED_MIN ||
        hunt_is_name(hunt, bytes + field.name, field.name_length, SPELLING_URI))
        hunt_value(hunt, bytes, field.value, field.value_length, SPELLING_URI);
    else
        spans_add(&hunt->spans, field.value, field.value_length, hunt->mask);
}

void hunt_cookies(struct hunt *hunt, const char *bytes, size_t length, bool attributes_follow)
{
    for (size_t at = 0; at < length;) {
        while (at < length && ascii_is_space(bytes[at]))
            at++;
        size_t size = field_length(bytes + at, length - at, ";");
        take_cookie(hunt, bytes, field_read(bytes, at, size));
        if (attributes_follow)
            return;
        at += size + 1;
    }
}

/* ── Parts ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct parts {
    struct hunt *hunt;
    const char *bytes;
    size_t length;
    const char *boundary; /* "--" and what follows, in the first line */
    size_t boundary_length;
};

static size_t line_length(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    return end == NULL ? length : (size_t)(end - bytes);
}

static size_t next_boundary(const struct parts *parts, size_t at)
{
    const char *found = memmem(parts->bytes + at, parts->length - at, parts->boundary, parts->boundary_length);
    return found == NULL ? parts->length : (size_t)(found - parts->bytes);
}

/* Where name="…" stands in the head of a part. */
static bool find_name(const char *head, size_t length, const char **name, size_t *name_length)
{
    static const char label[] = "name=";
    for (size_t at = 1; at + sizeof label <= length; at++) {
        if (!ascii_equal_bytes(head + at, label, strlen(label)) || ascii_is_alnum(head[at - 1]) || head[at - 1] == '-')
            continue;
        *name = head + at + strlen(label);
        size_t rest = length - (size_t)(*name - head);
        bool is_quoted = **name == '"';
        *name += is_quoted;
        *name_length = field_length(*name, rest - is_quoted, is_quoted ? "\"\r\n" : "; \r\n");
        return true;
    }
    return false;
}

static void take_part(const struct parts *parts, size_t at, size_t end)
{
    const char *bytes = parts->bytes, *name = NULL;
    size_t head = at, name_length = 0;
    while (head < end && line_length(bytes + head, end - head) > (bytes[head] == '\r'))
        head += line_length(bytes + head, end - head) + 1;
    size_t body = head + line_length(bytes + (head < end ? head : end), head < end ? end - head : 0) + 1;
    size_t body_end = end >= 2 && bytes[end - 2] == '\r' ? end - 2 : end > 0 && bytes[end - 1] == '\n' ? end - 1 : end;
    bool is_named = find_name(bytes + at, (head < end ? head : end) - at, &name, &name_length);
    if (body >= body_end)
        return;
    if (is_named && hunt_is_name(parts->hunt, name, name_length, SPELLING_URI))
        hunt_value(parts->hunt, bytes, body, body_end - body, SPELLING_PLAIN);
    else
        hunt_inside(parts->hunt, bytes, body, body_end - body, SPELLING_PLAIN);
}

bool hunt_multipart(struct hunt *hunt, const char *bytes, size_t length)
{
    size_t line = line_length(bytes, length);
    struct parts parts = {hunt, bytes, length, bytes, line};
    while (parts.boundary_length > 0 && ascii_is_space(bytes[parts.boundary_length - 1]))
        parts.boundary_length--;
    if (parts.boundary_length < 3 || memcmp(bytes, "--", 2) != 0)
        return false;
    for (size_t at = 0; at < length;) {
        size_t begin = at + line_length(bytes + at, length - at) + 1;
        if (begin >= length)
            break;
        size_t end = next_boundary(&parts, begin);
        take_part(&parts, begin, end);
        at = end;
    }
    return true;
}
