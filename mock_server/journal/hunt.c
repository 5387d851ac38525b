#include "journal/hunt.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"
#include "model/secret_names.h"
#include "session/credentials.h"
#include "session/secret_values.h"
#include "session/session.h"

bool hunt_is_name(const struct hunt *hunt, const char *bytes, size_t length, unsigned spellings)
{
    if (memchr(bytes, '%', length) == NULL && memchr(bytes, '\\', length) == NULL && memchr(bytes, '&', length) == NULL)
        return secret_name(hunt->names, bytes, length);
    struct text name = TEXT_INIT(TEXT_UNBOUNDED);
    spelling_decode(bytes, length, spellings, &name);
    bool is = secret_name(hunt->names, text_cstr(&name), name.length);
    text_release(&name);
    return is;
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_known(const struct hunt *hunt, const char *value)
{
    return (hunt->credential != NULL && credential_shows(hunt->credential, value)) ||
           credential_is_known_anywhere(hunt->session, value);
}

/* "Bearer xyz": where the credential begins behind its scheme; 0: there is none. */
static size_t scheme_length(const struct text *value)
{
    size_t at = 0;
    while (at < value->length && (ascii_is_alpha(value->bytes[at]) || value->bytes[at] == '-'))
        at++;
    size_t end = at;
    while (end < value->length && value->bytes[end] == ' ')
        end++;
    return at > 0 && end > at && end < value->length ? end : 0;
}

/* Without blanks and quotes around it: a value of JSON may come as it is written. */
static void trim(struct text *value)
{
    size_t blanks = 0;
    while (blanks < value->length && ascii_is_space(value->bytes[blanks]))
        blanks++;
    text_drop(value, blanks);
    while (value->length > 0 && ascii_is_space(value->bytes[value->length - 1]))
        value->bytes[--value->length] = '\0';
    if (value->length > 1 && value->bytes[0] == '"' && value->bytes[value->length - 1] == '"') {
        value->bytes[--value->length] = '\0';
        text_drop(value, 1);
    }
}

/* "password" as a password: everywhere else it is the name of a member. */
static bool is_a_name(const struct hunt *hunt, const struct text *value)
{
    size_t letters = 0;
    while (letters < value->length && ascii_is_alpha(value->bytes[letters]))
        letters++;
    return letters == value->length && letters <= 16 && secret_name(hunt->names, value->bytes, value->length);
}

/* Whether it is to be hidden; then the session remembers it. */
static bool take(const struct hunt *hunt, struct text *value)
{
    struct secret_values *secrets = session_secrets(hunt->session);
    trim(value);
    if (value->length == 0)
        return false;
    size_t scheme = scheme_length(value);
    const char *word = strrchr(text_cstr(value), ' ');
    bool is_whole = strlen(text_cstr(value)) == value->length;
    if (is_whole && (is_known(hunt, text_cstr(value)) || (word != NULL && is_known(hunt, word + 1))))
        return false;
    if (scheme > 0)
        secret_values_add(secrets, value->bytes + scheme, value->length - scheme);
    else if (!is_a_name(hunt, value))
        secret_values_add(secrets, value->bytes, value->length);
    return true;
}

static void found(struct hunt *hunt, const char *bytes, struct span span, unsigned spellings)
{
    struct text value = TEXT_INIT(TEXT_UNBOUNDED);
    spelling_decode(bytes + span.at, span.length, spellings, &value);
    if (take(hunt, &value))
        spans_add(&hunt->spans, span.at, span.length, span.mask);
    text_release(&value);
}

void hunt_value(struct hunt *hunt, const char *bytes, size_t at, size_t length, unsigned spellings)
{
    found(hunt, bytes, (struct span){at, length, hunt->mask}, spellings);
}

void hunt_number(struct hunt *hunt, const char *bytes, size_t at, size_t length)
{
    found(hunt, bytes, (struct span){at, length, hunt->mask == MASK_TEXT ? MASK_QUOTED : hunt->mask}, SPELLING_PLAIN);
}

/* ── Texts in texts ────────────────────────────────────────────────────────────────────────────────────────────── */

/* A text, and where each of its bytes stood in the outer one; one more for its end. */
struct view {
    struct text text;
    uint32_t *from;
};

static void view_read(struct view *view, const char *bytes, size_t length, unsigned spellings)
{
    struct spelled spelled;
    view->from = mem_alloc((length + 1) * sizeof *view->from); /* no text is longer than its spelling */
    for (size_t at = 0; at < length;) {
        if (!spelling_read(bytes + at, length - at, spellings, &spelled))
            spelled = (struct spelled){.width = 1, .length = 1, .bytes = {bytes[at]}};
        for (size_t i = 0; i < spelled.length; i++)
            view->from[view->text.length + i] = (uint32_t)at;
        text_add_bytes(&view->text, spelled.bytes, spelled.length);
        at += spelled.width;
    }
    view->from[view->text.length] = (uint32_t)length;
}

static void hunt_view(struct hunt *hunt, const struct view *view, size_t at)
{
    struct hunt inner = *hunt;
    inner.spans = (struct spans){0};
    inner.depth++;
    inner.mask = hunt->mask == MASK_QUOTED ? MASK_TEXT : hunt->mask;
    hunt->text(&inner, text_cstr(&view->text), view->text.length);
    for (size_t i = 0; i < inner.spans.count; i++) {
        const struct span *span = &inner.spans.list[i];
        size_t from = view->from[span->at], end = view->from[span->at + span->length];
        spans_add(&hunt->spans, at + from, end - from, hunt->mask);
    }
    spans_release(&inner.spans);
}

void hunt_inside(struct hunt *hunt, const char *bytes, size_t at, size_t length, unsigned spellings)
{
    if (length == 0 || !secret_name_is_within(hunt->names, bytes + at, length))
        return;
    if (hunt->depth >= HUNT_DEPTH_MAX || length > HUNT_INSIDE_MAX) {
        hunt_value(hunt, bytes, at, length, spellings);
        return;
    }
    struct view view = {.text = TEXT_INIT(TEXT_UNBOUNDED)};
    view_read(&view, bytes + at, length, spellings);
    hunt_view(hunt, &view, at);
    text_release(&view.text);
    free(view.from);
}
