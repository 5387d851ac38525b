#include "journal/request_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "journal/entry.h"

/* ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void move(cJSON *to, cJSON *from, const char *name)
{
    cJSON *member = cJSON_DetachItemFromObjectCaseSensitive(from, name);
    json_set(to, name, member != NULL ? member : cJSON_CreateNull());
}

static void add_json(cJSON *entry, struct text *line)
{
    static const char *const of_entry[] = {"reason", "fault", "duration_us"};
    cJSON *short_entry = cJSON_CreateObject();
    cJSON *request = cJSON_GetObjectItemCaseSensitive(entry, "request");
    move(short_entry, entry, "at");
    move(short_entry, entry, "session");
    move(short_entry, entry, "provider");
    move(short_entry, entry, "operation");
    move(short_entry, entry, "order");
    move(short_entry, request, "method");
    move(short_entry, request, "target");
    move(short_entry, cJSON_GetObjectItemCaseSensitive(entry, "response"), "status");
    for (size_t i = 0; i < COUNT_OF(of_entry); i++)
        move(short_entry, entry, of_entry[i]);
    char *text = json_write(short_entry);
    text_add(line, text);
    free(text);
    cJSON_Delete(short_entry);
}

/* ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "09:00:00.000" of "2026-11-01T09:00:00.000000Z" */
static void add_time(struct text *line, const char *at)
{
    text_print(line, "%.12s ", strlen(at) > 11 ? at + 11 : at);
}

static void add_part(struct text *line, const cJSON *reason, const char *name, const char *before)
{
    const char *part = json_string(reason, name);
    if (part != NULL)
        text_print(line, "%s%s", before, part);
}

static void add_reason(struct text *line, const cJSON *reason)
{
    if (!cJSON_IsObject(reason))
        return;
    add_part(line, reason, "rule", " ");
    add_part(line, reason, "field", ": ");
    add_part(line, reason, "expected", "; expected ");
    add_part(line, reason, "actual", ", got ");
}

static void add_text(const cJSON *entry, struct text *line)
{
    const cJSON *request = json_member(entry, "request"), *fault = json_member(entry, "fault");
    int64_t status = 0, us = 0;
    add_time(line, json_string_or(entry, "at", ""));
    if (json_integer(json_member(json_member(entry, "response"), "status"), &status))
        text_print(line, "%d ", (int)status);
    else
        text_add(line, "--- ");
    (void)json_integer(json_member(entry, "duration_us"), &us);
    text_print(line, "%s %s (%s, %lld us)", json_string_or(request, "method", "-"),
               json_string_or(request, "target", "-"), json_string_or(entry, "session", "-"), (long long)us);
    add_reason(line, json_member(entry, "reason"));
    if (cJSON_IsObject(fault))
        text_print(line, " [fault %s]", json_string_or(fault, "fault", "-"));
}

/* A terminal obeys control characters, also those that a client has chosen. */
static void disarm(struct text *line)
{
    for (size_t i = 0; i < line->length; i++)
        if ((unsigned char)line->bytes[i] < 0x20 || line->bytes[i] == 0x7f)
            line->bytes[i] = '?';
}

void request_log_add(const struct request_log *log, const struct exchange *x)
{
    if (log->put == NULL)
        return;
    struct text line = TEXT_INIT(TEXT_UNBOUNDED);
    cJSON *entry = entry_to_json(x);
    if (log->json)
        add_json(entry, &line);
    else
        add_text(entry, &line);
    disarm(&line);
    text_add_char(&line, '\n');
    log->put(log->context, line.bytes, line.length);
    cJSON_Delete(entry);
    text_release(&line);
}
