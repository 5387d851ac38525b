/* Failures in words. Everything that came from a client or over the wire goes through add_safe(). */
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"
#include "mock_server/base/utf8.h"

#define INDENT      "      "
#define REPEATS_MAX 10 /* commands below one failure of the session */

/* ── Safe text ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The number of the letter, which is of `length` bytes. */
static unsigned code_point(const char *at, size_t length)
{
    static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    unsigned code = (unsigned char)*at & first_bits[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)at[i] & 0x3f);
    return code;
}

/* Control characters (C0, DEL, C1), and those that turn the direction of the text around. */
static bool is_trick(unsigned code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* One letter, or one byte that begins none; how many bytes that were. */
static size_t add_safe_letter(struct text *out, const char *at, size_t left)
{
    size_t length = utf8_character(at, left);
    unsigned code = code_point(at, length);
    if (length == 0 || (length == 1 && is_trick(code)))
        text_print(out, "\\x%02x", (unsigned char)*at);
    else if (is_trick(code))
        text_print(out, "\\u%04x", code);
    else
        text_add_bytes(out, at, length);
    return length ? length : 1;
}

/* Lines are kept, each indented; tricks become \xNN or \uNNNN, bytes that are no UTF-8 \xNN. */
static void add_safe(struct text *out, const char *text, const char *indent)
{
    size_t left = strlen(text);
    while (left) {
        size_t used = 1;
        if (*text == '\n' && left > 1)
            text_print(out, "\n%s", indent);
        else if (*text != '\n' && !(text[0] == '\r' && text[1] == '\n'))
            used = add_safe_letter(out, text, left);
        text += used;
        left -= used;
    }
}

char *text_safe(const char *text)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    add_safe(&out, text, "  ");
    return text_take(&out);
}

static void add_line(struct text *out, const char *label, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    text_print(out, "  %-12s", label);
    add_safe(out, text, "              ");
    text_add(out, "\n");
}

/* ── Findings ────────────────────────────────────────────────────────────────────────────────────────────────────── */

char *text_of_first_finding(const struct slot *slot)
{
    const cJSON *list = json_member(slot->result, "findings");
    const cJSON *finding = list != NULL ? list->child : NULL;
    if (finding == NULL)
        return mem_dup("");
    const char *weight = json_string(finding, "weight");
    const char *what = json_string(finding, "what");
    const char *expected = json_string(finding, "expected");
    const char *actual = json_string(finding, "actual");
    if (weight != NULL && strcmp(weight, "gap") == 0 && what != NULL && strcmp(what, "not run") == 0)
        return text_safe(actual);
    char *plain = mem_print("%s: expected %s, got %.300s", what, expected, actual);
    char *safe = text_safe(plain);
    free(plain);
    return safe;
}

static void add_findings(struct text *out, const cJSON *findings)
{
    const cJSON *finding = NULL;
    cJSON_ArrayForEach (finding, findings) {
        text_add(out, "  - ");
        add_safe(out, json_string(finding, "what"), "    ");
        text_add(out, "\n      expected  ");
        add_safe(out, json_string(finding, "expected"), "                ");
        text_add(out, "\n      actual    ");
        add_safe(out, json_string(finding, "actual"), "                ");
        text_add(out, "\n");
    }
}

/* ── The wire ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_headers(struct text *out, const cJSON *headers, const char *mark)
{
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, headers) {
        const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
        const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
        text_add(out, mark);
        add_safe(out, name != NULL ? name : "?", mark);
        text_add(out, ": ");
        add_safe(out, value != NULL ? value : "?", mark);
        text_add(out, "\n");
    }
}

static void add_body(struct text *out, const cJSON *message, const char *mark)
{
    const char *body = json_string(message, "body");
    const char *base64 = json_string(message, "body_base64");
    if (base64 != NULL)
        text_print(out, "%s(base64) ", mark);
    else if (body != NULL && *body)
        text_add(out, mark);
    else
        return;
    add_safe(out, base64 != NULL ? base64 : body, mark);
    text_add(out, "\n");
}

static void add_request(struct text *out, const cJSON *entry)
{
    const cJSON *request = json_member(entry, "request");
    text_add(out, INDENT "> ");
    for (int i = 0; i < 3; i++) {
        static const char *const parts[] = {"method", "target", "version"};
        const char *part = json_string(request, parts[i]);
        add_safe(out, part != NULL ? part : "", "");
        text_add(out, i < 2 ? " " : "\n");
    }
    add_headers(out, json_member(request, "headers"), INDENT "> ");
    add_body(out, request, INDENT "> ");
}

static void add_response(struct text *out, const cJSON *entry)
{
    const cJSON *response = json_member(entry, "response");
    const char *fault = json_string(json_member(entry, "fault"), "fault");
    if (fault != NULL)
        text_print(out, INDENT "< (prepared: %s)\n", fault);
    if (!cJSON_IsObject(response)) {
        text_add(out, INDENT "< (no answer)\n");
        return;
    }
    text_print(out, INDENT "< %d\n", json_int_or(response, "status", 0));
    add_headers(out, json_member(response, "headers"), INDENT "< ");
    add_body(out, response, INDENT "< ");
}

static void add_reason(struct text *out, const cJSON *entry)
{
    const cJSON *reason = json_member(entry, "reason");
    if (!cJSON_IsObject(reason))
        return;
    char *text = json_shown(reason);
    text_add(out, INDENT "  the mock's reason: ");
    add_safe(out, text, INDENT);
    text_add(out, "\n");
    free(text);
}

static void add_exchanges(struct text *out, const cJSON *requests, const char *title)
{
    if (!cJSON_IsArray(requests))
        return;
    text_print(out, "  %s%s\n", title, requests->child != NULL ? "" : ": nothing was sent");
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, requests) {
        add_request(out, entry);
        add_response(out, entry);
        add_reason(out, entry);
    }
}

/* ── All ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_texts(struct text *out, const char *label, const cJSON *texts)
{
    const cJSON *text = NULL;
    cJSON_ArrayForEach (text, texts)
        add_line(out, label, cJSON_GetStringValue(text));
}

/* The last lines of a text. */
static const char *tail(const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    int lines = 0;
    while (length > 0 && lines < 9)
        lines += text[--length] == '\n';
    return text != NULL ? text + length + (lines == 9) : NULL;
}

static void add_repeat(struct text *out, const struct run *run, const struct item *item)
{
    char *repeat = run_repeat_command(run, item);
    add_line(out, "repeat", repeat);
    free(repeat);
}

/* Whether the text has the address as a word: "PUT /x, after acme/ACM-REQ-1". */
static bool names(const char *text, const char *address)
{
    size_t length = strlen(address);
    for (const char *at = text != NULL ? strstr(text, address) : NULL; at != NULL; at = strstr(at + 1, address))
        if ((at == text || at[-1] == ' ') && (at[length] == '\0' || strchr(" ,;:", at[length]) != NULL))
            return true;
    return false;
}

static bool some_finding_names(const struct slot *slot, const char *address)
{
    const cJSON *finding = NULL;
    cJSON_ArrayForEach (finding, json_member(slot->result, "findings")) {
        if (names(json_string(finding, "what"), address) || names(json_string(finding, "actual"), address))
            return true;
    }
    return false;
}

/* The session's own checks are judged from others: those that their findings name are what can be repeated. */
static void add_repeats(struct text *out, const struct run *run, const struct slot *slot)
{
    int count = 0;
    if (!slot->item->at_end)
        add_repeat(out, run, slot->item);
    for (size_t i = 0; slot->item->at_end && i < run->plan->runnable && count < REPEATS_MAX; i++) {
        if (!some_finding_names(slot, run->plan->items[i].address))
            continue;
        add_repeat(out, run, &run->plan->items[i]);
        count++;
    }
}

char *text_of_failure(const struct run *run, const struct slot *slot)
{
    const struct check *check = slot->item->check;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    char *first = mem_print("%s, %s", level_name(check->level), basis_name(check->basis));
    add_line(&out, "level", first);
    add_line(&out, "clause", check->clause);
    add_line(&out, "requirement", check->requirement);
    add_findings(&out, json_member(slot->result, "findings"));
    add_exchanges(&out, json_member(slot->result, "requests"), "on the wire");
    add_exchanges(&out, json_member(slot->result, "other_requests"), "at the second listener");
    add_texts(&out, "command", json_member(slot->result, "commands"));
    add_texts(&out, "answer", json_member(slot->result, "answers"));
    add_texts(&out, "note", json_member(slot->result, "notes"));
    add_line(&out, "stderr", tail(json_string(slot->result, "stderr")));
    add_line(&out, "stdout", tail(json_string(slot->result, "noise")));
    add_repeats(&out, run, slot);
    free(first);
    return text_take(&out);
}

char *text_of_findings(const cJSON *findings)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    add_findings(&out, findings);
    return text_take(&out);
}

char *text_of_exchanges(const cJSON *requests, const char *title)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    add_exchanges(&out, requests, title);
    return text_take(&out);
}

char *text_of_line(const char *label, const char *text)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    add_line(&out, label, text);
    return text_take(&out);
}

char *text_of_counts(const struct tally *tally)
{
    static const char *const words[STATUS_COUNT] = {"passed",       "failed",    "warnings", "notes",   "skipped",
                                                    "unobservable", "timed out", "crashed",  "not run", "errors"};
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (int i = 0; i < STATUS_COUNT; i++)
        if (tally->all[i])
            text_print(&out, "%s%zu %s", out.length ? ", " : "", tally->all[i], words[i]);
    return text_take(&out);
}
