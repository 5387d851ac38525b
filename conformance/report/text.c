/* Failures in words. Everything that came from a client or over the wire goes through add_safe(). */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"
#include "support/string.h"

#define INDENT "      "

/* -- safe text -------------------------------------------------------------------------------------------------- */

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != 0x7f;
}

/* Lines are kept, each indented; control characters (C1 too) and broken UTF-8 become \xNN. */
static void add_safe(struct string *out, const char *text, const char *indent)
{
    bool utf8 = scan_is_utf8(text, strlen(text));
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '\n' && at[1])
            string_format(out, "\n%s", indent);
        else if (c == '\r' && at[1] == '\n')
            continue;
        else if (c == 0xc2 && ((unsigned char)at[1] & 0xe0) == 0x80)
            string_format(out, "\\u00%02x", (unsigned char)*++at);
        else if (is_plain(c) && (c < 0x80 || utf8))
            string_add_bytes(out, at, 1);
        else if (c != '\n')
            string_format(out, "\\x%02x", c);
    }
}

char *text_safe(const char *text)
{
    struct string out = {0};
    add_safe(&out, text, "  ");
    return string_take(&out);
}

static void add_line(struct string *out, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    string_format(out, "  %-12s", label);
    add_safe(out, text, "              ");
    string_add(out, "\n");
}

/* -- findings --------------------------------------------------------------------------------------------------- */

char *text_of_first_finding(const struct slot *slot)
{
    const cJSON *list = doc_member(slot->result, "findings");
    const cJSON *finding = list ? list->child : NULL;
    if (!finding)
        return must_copy("");
    const char *weight = doc_string(finding, "weight");
    const char *what = doc_string(finding, "what");
    const char *expected = doc_string(finding, "expected");
    const char *actual = doc_string(finding, "actual");
    if (weight && strcmp(weight, "gap") == 0 && what && strcmp(what, "not run") == 0)
        return must_copy(actual);
    return must_format("%s: expected %s, got %.300s", what, expected, actual);
}

static void add_findings(struct string *out, const struct slot *slot)
{
    const cJSON *finding = NULL;
    cJSON_ArrayForEach(finding, doc_member(slot->result, "findings"))
    {
        string_add(out, "  - ");
        add_safe(out, doc_string(finding, "what"), "    ");
        string_add(out, "\n      expected  ");
        add_safe(out, doc_string(finding, "expected"), "                ");
        string_add(out, "\n      actual    ");
        add_safe(out, doc_string(finding, "actual"), "                ");
        string_add(out, "\n");
    }
}

/* -- the wire --------------------------------------------------------------------------------------------------- */

static void add_headers(struct string *out, const cJSON *headers, const char *mark)
{
    const cJSON *pair = NULL;
    cJSON_ArrayForEach(pair, headers)
    {
        const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
        const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
        string_add(out, mark);
        add_safe(out, name ? name : "?", mark);
        string_add(out, ": ");
        add_safe(out, value ? value : "?", mark);
        string_add(out, "\n");
    }
}

static void add_body(struct string *out, const cJSON *message, const char *mark)
{
    const char *body = doc_string(message, "body");
    const char *base64 = doc_string(message, "body_base64");
    if (base64)
        string_format(out, "%s(base64) ", mark);
    else if (body && *body)
        string_add(out, mark);
    else
        return;
    add_safe(out, base64 ? base64 : body, mark);
    string_add(out, "\n");
}

static void add_request(struct string *out, const cJSON *entry)
{
    const cJSON *request = doc_member(entry, "request");
    string_add(out, INDENT "> ");
    for (int i = 0; i < 3; i++) {
        static const char *const parts[] = {"method", "target", "version"};
        const char *part = doc_string(request, parts[i]);
        add_safe(out, part ? part : "", "");
        string_add(out, i < 2 ? " " : "\n");
    }
    add_headers(out, doc_member(request, "headers"), INDENT "> ");
    add_body(out, request, INDENT "> ");
}

static void add_response(struct string *out, const cJSON *entry)
{
    const cJSON *response = doc_member(entry, "response");
    const char *fault = doc_string(doc_member(entry, "fault"), "fault");
    if (fault)
        string_format(out, INDENT "< (prepared: %s)\n", fault);
    if (!cJSON_IsObject(response)) {
        string_add(out, INDENT "< (no answer)\n");
        return;
    }
    string_format(out, INDENT "< %d\n", doc_int(response, "status", 0));
    add_headers(out, doc_member(response, "headers"), INDENT "< ");
    add_body(out, response, INDENT "< ");
}

static void add_reason(struct string *out, const cJSON *entry)
{
    const cJSON *reason = doc_member(entry, "reason");
    if (!cJSON_IsObject(reason))
        return;
    char *text = doc_print(reason);
    string_add(out, INDENT "  the mock's reason: ");
    add_safe(out, text, INDENT);
    string_add(out, "\n");
    free(text);
}

static void add_exchanges(struct string *out, const cJSON *requests, const char *title)
{
    if (!cJSON_IsArray(requests))
        return;
    string_format(out, "  %s%s\n", title, requests->child ? "" : ": nothing was sent");
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, requests)
    {
        add_request(out, entry);
        add_response(out, entry);
        add_reason(out, entry);
    }
}

/* -- all -------------------------------------------------------------------------------------------------------- */

static void add_texts(struct string *out, const char *label, const cJSON *texts)
{
    const cJSON *text = NULL;
    cJSON_ArrayForEach(text, texts) add_line(out, label, cJSON_GetStringValue(text));
}

/* The last lines of a text. */
static const char *tail(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    int lines = 0;
    while (length > 0 && lines < 9)
        lines += text[--length] == '\n';
    return text ? text + length + (lines == 9) : NULL;
}

char *text_of_failure(const struct run *run, const struct slot *slot)
{
    const struct check *check = slot->item->check;
    struct string out = {0};
    char *first = must_format("%s, %s", level_name(check->level), basis_name(check->basis));
    add_line(&out, "level", first);
    add_line(&out, "clause", check->clause);
    add_line(&out, "requirement", check->requirement);
    add_findings(&out, slot);
    add_exchanges(&out, doc_member(slot->result, "requests"), "on the wire");
    add_exchanges(&out, doc_member(slot->result, "other_requests"), "at the second listener");
    add_texts(&out, "command", doc_member(slot->result, "commands"));
    add_texts(&out, "answer", doc_member(slot->result, "answers"));
    add_texts(&out, "note", doc_member(slot->result, "notes"));
    add_line(&out, "stderr", tail(doc_string(slot->result, "stderr")));
    add_line(&out, "stdout", tail(doc_string(slot->result, "noise")));
    char *repeat = slot->item->at_end ? NULL : run_repeat_command(run, slot->item);
    add_line(&out, "repeat", repeat);
    free(repeat);
    free(first);
    return string_take(&out);
}

char *text_of_counts(const struct tally *tally)
{
    static const char *const words[STATUS_COUNT] = {"passed",       "failed",    "warnings", "notes",   "skipped",
                                                    "unobservable", "timed out", "crashed",  "not run", "errors"};
    struct string out = {0};
    for (int i = 0; i < STATUS_COUNT; i++)
        if (tally->all[i])
            string_format(&out, "%s%zu %s", out.length ? ", " : "", tally->all[i], words[i]);
    return string_take(&out);
}
