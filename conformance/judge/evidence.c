/* Reading journal entries, and choosing those that a row is about. */
#include "judge/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "check/fill.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"

const cJSON *evidence_report(const struct evidence *evidence)
{
    return evidence->talk_count ? evidence->talks[evidence->talk_count - 1].answer : NULL;
}

static bool is_word_of(const char *word, const char *words)
{
    size_t length = strlen(word);
    for (const char *at = words; *at != '\0'; at += strspn(at, " ")) {
        size_t span = strcspn(at, " ");
        if (span == length && memcmp(at, word, length) == 0)
            return true;
        at += span;
    }
    return false;
}

bool evidence_is_cancel(const struct evidence *evidence, const cJSON *entry)
{
    const char *operation = json_string(entry, "operation");
    return operation == NULL || is_word_of(operation, evidence->profile->cancel_operations);
}

bool evidence_is_read(const struct evidence *evidence, const cJSON *entry)
{
    const char *reads = evidence->profile->read_operations;
    return reads != NULL && is_word_of(entry_operation(entry), reads);
}

static bool is_selected(const struct evidence *evidence, const cJSON *entry)
{
    const char *on = evidence->check->expect.on;
    if (on == NULL)
        return evidence_is_cancel(evidence, entry);
    return strcmp(on, "*") == 0 || is_word_of(entry_operation(entry), on);
}

const cJSON *evidence_next(const struct evidence *evidence, const cJSON *previous)
{
    const cJSON *entry = previous != NULL ? previous->next : evidence->requests->child;
    while (entry != NULL && !is_selected(evidence, entry))
        entry = entry->next;
    return entry;
}

static char *filled(char *(*fill)(const char *, const cJSON *, char **), const char *text, const cJSON *names,
                    struct findings *findings)
{
    char *missing = NULL;
    char *result = fill(text, names, &missing);
    if (result == NULL)
        findings_add(findings, WEIGHT_FAULTY, "a placeholder of this check", "a known name", missing);
    free(missing);
    return result;
}

char *evidence_fill(const struct evidence *evidence, const char *text, struct findings *findings)
{
    return filled(fill_text, text, evidence->names, findings);
}

char *evidence_fill_json(const struct evidence *evidence, const char *text, struct findings *findings)
{
    return filled(fill_json, text, evidence->names, findings);
}

static const char *text_of(const cJSON *entry, const char *member)
{
    const char *text = json_string(json_member(entry, "request"), member);
    return text != NULL ? text : "";
}

const char *entry_method(const cJSON *entry)
{
    return text_of(entry, "method");
}

const char *entry_target(const cJSON *entry)
{
    return text_of(entry, "target");
}

const char *entry_body(const cJSON *entry)
{
    return text_of(entry, "body");
}

const char *entry_operation(const cJSON *entry)
{
    const char *operation = json_string(entry, "operation");
    return operation != NULL ? operation : "?";
}

const char *entry_header(const cJSON *entry, const char *name, int n)
{
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, json_member(json_member(entry, "request"), "headers")) {
        const char *here = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
        if (here == NULL || !ascii_equal(here, name) || n-- > 0)
            continue;
        const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
        return value != NULL ? value : "";
    }
    return NULL;
}

int entry_header_count(const cJSON *entry, const char *name)
{
    int count = 0;
    while (entry_header(entry, name, count) != NULL)
        count++;
    return count;
}

bool evidence_value_has(const cJSON *node, const char *text)
{
    const char *here = cJSON_GetStringValue(node);
    if (here != NULL && strstr(here, text) != NULL)
        return true;
    for (const cJSON *child = node != NULL ? node->child : NULL; child != NULL; child = child->next)
        if (evidence_value_has(child, text))
            return true;
    return false;
}
