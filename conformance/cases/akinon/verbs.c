/* The verbs of akinon/verbs.h. Numbers of the body are compared as they were written, for ids may exceed a double. */
#include "cases/akinon/verbs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check/scan.h"
#include "judge/evidence.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

#define ITEMS_MAX 16

/* ── One body ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* NULL when the body is as wanted; otherwise what it is instead, to be freed. */
typedef char *body_question(const cJSON *entry, const char *value);

static char *raw_at(const cJSON *entry, const char *pointer)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    return scan_token(body, strlen(body), pointer, &token) ? mem_dup_bytes(token.bytes, token.length) : NULL;
}

/* Asks it of every request that the row is about; that there is one is for the row's `cancels` to say. */
static void ask(const struct evidence *evidence, const char *what, const char *expected, const char *value,
                body_question *question, struct findings *findings)
{
    for (const cJSON *entry = evidence_next(evidence, NULL); entry != NULL; entry = evidence_next(evidence, entry)) {
        char *actual = question(entry, value);
        if (actual != NULL)
            findings_broken(findings, what, expected, actual);
        free(actual);
    }
}

/* ── Which items ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool says_all(const cJSON *entry)
{
    char *raw = raw_at(entry, "/is_all");
    bool all = raw != NULL && strcmp(raw, "true") == 0;
    free(raw);
    return all;
}

/* The raw elements of cancel_items, each to be freed; -1 when it is no array. */
static int read_items(const cJSON *entry, char *items[ITEMS_MAX])
{
    char *array = raw_at(entry, "/cancel_items");
    int count = array != NULL && *array == '[' ? 0 : -1;
    free(array);
    while (count >= 0 && count < ITEMS_MAX) {
        char *pointer = mem_print("/cancel_items/%d", count);
        items[count] = raw_at(entry, pointer);
        free(pointer);
        if (items[count] == NULL)
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
        if (*items[i] == '\0' || items[i][strspn(items[i], "0123456789")] != '\0')
            return "an element of cancel_items is no integer";
        for (int j = 0; j < i; j++)
            if (strcmp(items[i], items[j]) == 0)
                return "an item stands twice in cancel_items";
    }
    return NULL;
}

static char *wrong_choice(const cJSON *entry, const char *value)
{
    (void)value;
    char *items[ITEMS_MAX] = {0};
    int count = read_items(entry, items);
    const char *problem = items_problem(items, count, says_all(entry));
    char *actual = problem != NULL ? mem_print("%s: %.200s", problem, entry_body(entry)) : NULL;
    free_items(items, count);
    return actual;
}

void akinon_right_choice(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    ask(evidence, "the selection in the body", "is_all with [], or the items", NULL, wrong_choice, findings);
}

static bool has_reason(const cJSON *entry, const char *item, size_t length)
{
    char *pointer = mem_print("/reasons/%.*s", (int)length, item);
    char *raw = raw_at(entry, pointer);
    bool has = raw != NULL && strcmp(raw, "null") != 0;
    free(pointer);
    free(raw);
    return has;
}

/* Whether the body gives a reason to all items of a whole order, blank between them. */
static bool whole_is_covered(const cJSON *entry, const char *items)
{
    for (const char *at = items; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (!has_reason(entry, at, length))
            return false;
        at += length;
    }
    return true;
}

static char *uncovered(const cJSON *entry, const char *value)
{
    char *items[ITEMS_MAX] = {0};
    int count = read_items(entry, items);
    bool covered = !says_all(entry) || whole_is_covered(entry, value);
    for (int i = 0; i < count; i++)
        covered = covered && has_reason(entry, items[i], strlen(items[i]));
    free_items(items, count);
    return covered ? NULL : mem_print("an item without a reason: %.200s", entry_body(entry));
}

void akinon_reasons_cover(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *items = evidence_fill(evidence, verb->value, findings);
    if (items != NULL)
        ask(evidence, "a reason of each item in the body", items, items, uncovered, findings);
    free(items);
}

/* ── All requests together ───────────────────────────────────────────────────────────────────────────────────────── */

/* In target, headers and body, and in the strings of the body once their escapes are undone. */
static bool request_has(const cJSON *entry, const char *text)
{
    if (evidence_value_has(json_member(entry, "request"), text))
        return true;
    cJSON *body = json_read_bytes(entry_body(entry), strlen(entry_body(entry)));
    bool has = evidence_value_has(body, text);
    cJSON_Delete(body);
    return has;
}

static void judge_account(const struct evidence *evidence, const char *name, struct findings *findings)
{
    char *secret = evidence_fill(evidence, name, findings);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (secret != NULL && strcmp(entry_operation(entry), "login") != 0 && request_has(entry, secret))
            findings_broken(findings, "a request that is no log-in", "no user name and no password", name);
    }
    free(secret);
}

void akinon_account_only_at_login(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    judge_account(evidence, "{credentials.username}", findings);
    judge_account(evidence, "{credentials.password}", findings);
}

/* ── The report ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool speaks_of_return(const cJSON *node)
{
    const char *text = cJSON_GetStringValue(node);
    if (text != NULL && (ascii_find(text, "return") != NULL || ascii_find(text, "refund") != NULL))
        return true;
    for (const cJSON *child = node != NULL ? node->child : NULL; child != NULL; child = child->next)
        if (speaks_of_return(child))
            return true;
    return false;
}

void akinon_told_as_return(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, evidence_report(evidence)) {
        bool is_document = strcmp(member->string, "order") == 0 || strcmp(member->string, "items") == 0;
        if (!is_document && speaks_of_return(member))
            return;
    }
    findings_add(findings, WEIGHT_GAP, "the report of a shipped order", "a word of return or refund", NULL);
}
