#include "journal/log_line.h"

#include <stdlib.h>
#include <string.h>

#include "journal/entry.h"

/* ── Without control characters ────────────────────────────────────────────────────────────────────────────────── */

/* Those of ASCII and those of Latin-1 (two bytes of UTF-8): a terminal obeys both. In JSON they stand in strings. */
static void add_disarmed(struct text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i], after = i + 1 < length ? (unsigned char)bytes[i + 1] : 0;
        if (c < 0x20 || c == 0x7f) {
            text_print(out, "\\u%04x", c);
        } else if (c == 0xc2 && after >= 0x80 && after < 0xa0) {
            text_print(out, "\\u%04x", after);
            i++;
        } else {
            text_add_char(out, (char)c);
        }
    }
}

/* ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void copy(cJSON *line, const char *name, const cJSON *from, const char *member)
{
    const cJSON *value = json_member(from, member);
    json_set(line, name, value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
}

static void add_json(const cJSON *entry, struct text *out)
{
    const cJSON *request = json_member(entry, "request"), *unread = json_member(entry, "unread");
    cJSON *line = cJSON_CreateObject();
    copy(line, "at", entry, "at");
    copy(line, "session", entry, "session");
    copy(line, "seq", entry, "seq");
    copy(line, "method", request, "method");
    copy(line, "target", request, "target");
    copy(line, "unread", unread, "kind");
    copy(line, "status", json_member(entry, "response"), "status");
    copy(line, "happened", entry, "happened");
    copy(line, "provider", entry, "provider");
    copy(line, "operation", entry, "operation");
    copy(line, "order", entry, "order");
    copy(line, "fault", entry, "fault");
    copy(line, "reason", entry, "reason");
    copy(line, "connection", entry, "connection");
    copy(line, "duration_us", entry, "duration_us");
    char *text = json_write(line);
    add_disarmed(out, text, strlen(text));
    free(text);
    cJSON_Delete(line);
}

/* ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define PLAIN  "\x1b[0m"
#define GREEN  "\x1b[32m"
#define YELLOW "\x1b[33m"
#define RED    "\x1b[31m"
#define DIM    "\x1b[2m"

struct line {
    struct text *out;
    bool colours;
};

static void paint(const struct line *line, const char *colour)
{
    if (line->colours)
        text_add(line->out, colour);
}

static void add_word(const struct line *line, const char *before, const char *word)
{
    if (word == NULL || *word == '\0')
        return;
    text_add(line->out, before);
    add_disarmed(line->out, word, strlen(word));
}

static const char *colour_of(int64_t status)
{
    return status >= 500 ? RED : status >= 400 ? YELLOW : GREEN;
}

/* The status, and what happened to it or in its place. */
static void add_answer(const struct line *line, const cJSON *entry)
{
    int64_t status = 0;
    const char *happened = json_string(entry, "happened");
    bool has_status = json_integer(json_member(json_member(entry, "response"), "status"), &status);
    paint(line, happened != NULL || !has_status ? RED : colour_of(status));
    if (has_status)
        text_print(line->out, " %d", (int)status);
    else if (happened == NULL)
        text_add(line->out, " no answer");
    add_word(line, has_status ? ", " : " ", happened);
    paint(line, PLAIN);
}

static void add_order(const struct line *line, const cJSON *order)
{
    const char *before = json_string(order, "before"), *after = json_string(order, "after");
    add_word(line, " ", json_string(order, "id"));
    add_word(line, " ", before == NULL ? after : before);
    if (before != NULL && after != NULL && strcmp(before, after) != 0)
        add_word(line, " -> ", after);
    if (before != NULL && after == NULL)
        text_add(line->out, " -> gone");
}

static void add_fault(const struct line *line, const cJSON *fault)
{
    add_word(line, " | fault ", json_string(fault, "fault"));
    add_word(line, " ", json_string(fault, "id"));
    add_word(line, " ", json_string(fault, "phase"));
}

static void add_reason(const struct line *line, const cJSON *reason)
{
    add_word(line, " | ", json_string(reason, "rule"));
    add_word(line, "; ", json_string(reason, "field"));
    add_word(line, "; expected ", json_string(reason, "expected"));
    add_word(line, "; actual ", json_string(reason, "actual"));
}

/* "09:00:00.000" of "2026-11-01T09:00:00.000000Z" */
static void add_time(const struct line *line, const char *at)
{
    paint(line, DIM);
    text_print(line->out, "%.12s", strlen(at) > 11 ? at + 11 : at);
}

static void add_text(const cJSON *entry, bool colours, struct text *out)
{
    const struct line line = {out, colours};
    const cJSON *request = json_member(entry, "request");
    int64_t us = 0;
    add_time(&line, json_string_or(entry, "at", ""));
    paint(&line, PLAIN);
    add_answer(&line, entry);
    add_word(&line, " ", json_string(json_member(entry, "unread"), "kind"));
    add_word(&line, " ", json_string(request, "method"));
    add_word(&line, " ", json_string(request, "target"));
    add_word(&line, " ", json_string(entry, "session"));
    add_word(&line, " ", json_string(entry, "provider"));
    add_word(&line, " ", json_string(entry, "operation"));
    add_order(&line, json_member(entry, "order"));
    if (json_integer(json_member(entry, "duration_us"), &us) && us > 0)
        text_print(out, " %lldus", (long long)us);
    add_fault(&line, json_member(entry, "fault"));
    add_reason(&line, json_member(entry, "reason"));
}

void log_line_add(const cJSON *entry, enum log_form form, bool colours, struct text *out)
{
    if (form == LOG_JSON)
        add_json(entry, out);
    else
        add_text(entry, colours, out);
    text_add_char(out, '\n');
}

void log_line_write(const struct exchange *x, enum log_form form, bool colours, struct text *out)
{
    cJSON *outline = entry_outline(x);
    log_line_add(outline, form, colours, out);
    cJSON_Delete(outline);
}
