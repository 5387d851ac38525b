/* The verbs of akinon_facts.h. Numbers of the body are compared as they were written, for ids may exceed a double. */
#include "cases/akinon_facts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"

#define ITEMS_MAX 16

/* -- one body --------------------------------------------------------------------------------------------------------
 */

/* NULL when the body is as wanted; otherwise what it is instead, to be freed. */
typedef char *body_question(const cJSON *entry, const char *pointer, const char *value);

static char *raw_at(const cJSON *entry, const char *pointer)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    return scan_token(body, strlen(body), pointer, &token) ? must_copy_bytes(token.bytes, token.length) : NULL;
}

/* `needed`: it is wrong when there is no cancel call at all. */
static void ask(const struct evidence *evidence, const struct fact *fact, const char *expected, bool needed,
                body_question *question, struct findings *findings)
{
    char *what = must_format("%s in the body", fact->what ? fact->what : "the selection");
    const cJSON *entry = evidence_next(evidence, NULL);
    if (!entry && needed)
        findings_broken(findings, what, expected, "no such request");
    for (; entry; entry = evidence_next(evidence, entry)) {
        char *actual = question(entry, fact->what, expected);
        if (actual)
            findings_broken(findings, what, expected, actual);
        free(actual);
    }
    free(what);
}

static char *other_value(const cJSON *entry, const char *pointer, const char *value)
{
    char *raw = raw_at(entry, pointer);
    if (!raw)
        return must_copy("no such member");
    cJSON *actual = doc_parse(raw, strlen(raw));
    cJSON *expected = doc_parse(value, strlen(value));
    bool same = cJSON_Compare(actual, expected, true);
    cJSON_Delete(actual);
    cJSON_Delete(expected);
    if (same)
        free(raw);
    return same ? NULL : raw;
}

void akinon_value_is(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *json = evidence_fill_json(evidence, fact->value, findings);
    if (json)
        ask(evidence, fact, json, true, other_value, findings);
    free(json);
}

static char *other_token(const cJSON *entry, const char *pointer, const char *value)
{
    char *raw = raw_at(entry, pointer);
    bool fine = !raw || strcmp(raw, value) == 0;
    if (fine)
        free(raw);
    return fine ? NULL : raw;
}

void akinon_token_if_given(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask(evidence, fact, fact->value, true, other_token, findings);
}

static char *other_reason(const cJSON *entry, const char *pointer, const char *value)
{
    char *raw = raw_at(entry, pointer);
    char *quoted = must_format("\"%s\"", value);
    bool fine = raw && (strcmp(raw, value) == 0 || strcmp(raw, quoted) == 0);
    free(quoted);
    if (fine)
        free(raw);
    return fine ? NULL : raw ? raw : must_copy("no such member");
}

void akinon_reason_is(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask(evidence, fact, fact->value, true, other_reason, findings);
}

/* -- which items -----------------------------------------------------------------------------------------------------
 */

static bool says_all(const cJSON *entry)
{
    char *raw = raw_at(entry, "/is_all");
    bool all = raw && strcmp(raw, "true") == 0;
    free(raw);
    return all;
}

/* The raw elements of cancel_items, each to be freed; -1 when it is no array. */
static int read_items(const cJSON *entry, char *items[ITEMS_MAX])
{
    char *array = raw_at(entry, "/cancel_items");
    int count = array && *array == '[' ? 0 : -1;
    free(array);
    while (count >= 0 && count < ITEMS_MAX) {
        char *pointer = must_format("/cancel_items/%d", count);
        items[count] = raw_at(entry, pointer);
        free(pointer);
        if (!items[count])
            break;
        count++;
    }
    return count;
}

static void free_items(char *items[ITEMS_MAX], int count)
{
    for (int i = 0; i < count; i++)
        free(items[i]);
}

static const char *items_problem(char *items[ITEMS_MAX], int count, bool all)
{
    if (count < 0)
        return "cancel_items is no array";
    if (all)
        return count > 0 ? "is_all is true and cancel_items is not empty" : NULL;
    if (count == 0)
        return "cancel_items is empty though is_all is not true";
    for (int i = 0; i < count; i++) {
        if (!*items[i] || items[i][strspn(items[i], "0123456789")] != '\0')
            return "an element of cancel_items is no integer";
        for (int j = 0; j < i; j++)
            if (strcmp(items[i], items[j]) == 0)
                return "an item stands twice in cancel_items";
    }
    return NULL;
}

static char *wrong_choice(const cJSON *entry, const char *pointer, const char *value)
{
    (void)pointer;
    (void)value;
    char *items[ITEMS_MAX] = {0};
    int count = read_items(entry, items);
    const char *problem = items_problem(items, count, says_all(entry));
    char *actual = problem ? must_format("%s: %.200s", problem, entry_body(entry)) : NULL;
    free_items(items, count);
    return actual;
}

void akinon_right_choice(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask(evidence, fact, "is_all with [], or the items", false, wrong_choice, findings);
}

static bool has_reason(const cJSON *entry, const char *item, size_t length)
{
    char *pointer = must_format("/reasons/%.*s", (int)length, item);
    char *raw = raw_at(entry, pointer);
    bool has = raw && strcmp(raw, "null") != 0;
    free(pointer);
    free(raw);
    return has;
}

/* Whether the body gives a reason to all items of a whole order, blank between them. */
static bool whole_is_covered(const cJSON *entry, const char *items)
{
    for (const char *at = items; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (!has_reason(entry, at, length))
            return false;
        at += length;
    }
    return true;
}

static char *uncovered(const cJSON *entry, const char *pointer, const char *value)
{
    (void)pointer;
    char *items[ITEMS_MAX] = {0};
    int count = read_items(entry, items);
    bool covered = !says_all(entry) || whole_is_covered(entry, value);
    for (int i = 0; i < count; i++)
        covered = covered && has_reason(entry, items[i], strlen(items[i]));
    free_items(items, count);
    return covered ? NULL : must_format("an item without a reason: %.200s", entry_body(entry));
}

void akinon_reasons_cover(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const struct fact about = {.judge = fact->judge, .what = "a reason of each item"};
    char *items = evidence_fill(evidence, fact->value, findings);
    if (items)
        ask(evidence, &about, items, false, uncovered, findings);
    free(items);
}

static char *other_nulls(const cJSON *entry, const char *pointer, const char *value)
{
    (void)pointer;
    cJSON *body = doc_parse(entry_body(entry), strlen(entry_body(entry)));
    char *actual = cJSON_IsObject(body) ? NULL : must_copy("no JSON object");
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, body) {
        if (!actual && member->string && cJSON_IsNull(member) && strcmp(member->string, value) != 0)
            actual = must_format("also \"%.100s\"", member->string);
    }
    cJSON_Delete(body);
    return actual;
}

void akinon_null_only(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const struct fact about = {.judge = fact->judge, .what = "members that are null"};
    ask(evidence, &about, fact->value, true, other_nulls, findings);
}

/* -- all requests together -------------------------------------------------------------------------------------------
 */

void akinon_no_get_of(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = evidence_fill(evidence, fact->value, findings);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (text && strcmp(entry_method(entry), "GET") == 0 && strstr(entry_target(entry), text))
            findings_broken(findings, "the cancel call turned into a GET", "never", entry_target(entry));
    }
    free(text);
}

static bool is_read(const cJSON *entry)
{
    return strcmp(entry_operation(entry), "get_order") == 0 || strcmp(entry_operation(entry), "list_orders") == 0;
}

void akinon_reads_after(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    bool called = false;
    bool read = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        bool call = evidence_is_cancel(evidence, entry);
        called = called || call;
        read = !call && called && (read || is_read(entry));
    }
    if (!read)
        findings_broken(findings, "after the cancel call", "a read of the order", called ? "none" : "no cancel call");
}

void akinon_no_blind_repeat(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    bool blind = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        bool call = evidence_is_cancel(evidence, entry);
        if (call && blind)
            findings_broken(findings, "between two cancel calls", "a read of the order", "none");
        blind = call || (blind && !is_read(entry));
    }
}

static bool value_has(const cJSON *node, const char *text)
{
    const char *here = cJSON_GetStringValue(node);
    if (here && strstr(here, text))
        return true;
    for (const cJSON *child = node ? node->child : NULL; child; child = child->next)
        if (value_has(child, text))
            return true;
    return false;
}

/* In target, headers and body, and in the strings of the body once their escapes are undone. */
static bool request_has(const cJSON *entry, const char *text)
{
    if (value_has(doc_member(entry, "request"), text))
        return true;
    cJSON *body = doc_parse(entry_body(entry), strlen(entry_body(entry)));
    bool has = value_has(body, text);
    cJSON_Delete(body);
    return has;
}

static void judge_account(const struct evidence *evidence, const char *name, struct findings *findings)
{
    char *secret = evidence_fill(evidence, name, findings);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (secret && strcmp(entry_operation(entry), "login") != 0 && request_has(entry, secret))
            findings_broken(findings, "a request that is no log-in", "no user name and no password", name);
    }
    free(secret);
}

void akinon_account_only_at_login(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    judge_account(evidence, "{credentials.username}", findings);
    judge_account(evidence, "{credentials.password}", findings);
}

/* -- the report ------------------------------------------------------------------------------------------------------
 */

void akinon_never_written(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = evidence_fill(evidence, fact->value, findings);
    for (int i = 0; text && i < evidence->talk_count; i++)
        if (value_has(evidence->talks[i].answer, text))
            findings_broken(findings, "the adapter's answer", "without it", text);
    if (text && evidence->errors && strstr(evidence->errors, text))
        findings_broken(findings, "the adapter's standard error", "without it", text);
    if (text && evidence->noise && strstr(evidence->noise, text))
        findings_broken(findings, "what the adapter wrote between its answers", "without it", text);
    free(text);
}

static bool speaks_of_return(const cJSON *node)
{
    const char *text = cJSON_GetStringValue(node);
    if (text && (strcasestr(text, "return") || strcasestr(text, "refund")))
        return true;
    for (const cJSON *child = node ? node->child : NULL; child; child = child->next)
        if (speaks_of_return(child))
            return true;
    return false;
}

void akinon_told_as_return(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, evidence_report(evidence)) {
        bool is_document = strcmp(member->string, "order") == 0 || strcmp(member->string, "items") == 0;
        if (!is_document && speaks_of_return(member))
            return;
    }
    findings_add(findings, WEIGHT_GAP, "the report of a shipped order", "a word of return or refund", NULL);
}
