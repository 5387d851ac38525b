/*
 * Verbs about the report: the adapter's last answer. Numbers are compared as they were written, since a tree of doubles
 * no longer knows.
 */
#include "judge/verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/lenient.h"
#include "check/scan.h"
#include "judge/evidence.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"

static const char *report_text(const struct evidence *evidence)
{
    return evidence->talk_count ? evidence->talks[evidence->talk_count - 1].answer_text : NULL;
}

/*
 * The member as text: a string's characters, anything else as it was written; to be freed. NULL when the report has no
 * such member or it is null.
 */
static char *member_text(const struct evidence *evidence, const char *pointer)
{
    const char *text = report_text(evidence);
    struct token token = {0};
    if (evidence_report(evidence) == NULL || text == NULL || !scan_token(text, strlen(text), pointer, &token))
        return NULL;
    cJSON *node = lenient_read(token.bytes, token.length);
    char *plain = cJSON_IsNull(node)     ? NULL
                  : cJSON_IsString(node) ? mem_dup(node->valuestring)
                                         : mem_dup_bytes(token.bytes, token.length);
    cJSON_Delete(node);
    return plain;
}

static void wrong(const struct verb *verb, const char *expected, const char *actual, enum weight weight,
                  struct findings *findings)
{
    char *what = mem_print("%s in the report", verb->what);
    findings_add(findings, weight, what, expected, actual);
    free(what);
}

void verb_report_has(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = member_text(evidence, verb->what);
    if (text == NULL)
        wrong(verb, "to be there", NULL, WEIGHT_BROKEN, findings);
    free(text);
}

void verb_report_lacks(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = member_text(evidence, verb->what);
    if (text != NULL)
        wrong(verb, "absent", text, WEIGHT_BROKEN, findings);
    free(text);
}

void verb_report_empty(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = member_text(evidence, verb->what);
    cJSON *node = text != NULL ? lenient_read(text, strlen(text)) : NULL;
    bool empty = text == NULL || ((cJSON_IsArray(node) || cJSON_IsObject(node)) && node->child == NULL);
    if (!empty)
        wrong(verb, "absent or empty", text, WEIGHT_BROKEN, findings);
    cJSON_Delete(node);
    free(text);
}

void verb_report_not_true(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = member_text(evidence, verb->what);
    if (text != NULL && strcmp(text, "true") == 0)
        wrong(verb, "absent or false", text, WEIGHT_BROKEN, findings);
    free(text);
}

/* 200.0 and 2e2 are the HTTP status 200; ids and amounts are compared as they were written. */
static bool is_same(const char *pointer, const char *actual, const char *expected)
{
    double is = 0, should = 0;
    if (strcmp(pointer, "/http_status") == 0 && number_read_decimal(actual, &is))
        return number_read_decimal(expected, &should) && is == should;
    return strcmp(actual, expected) == 0;
}

static void exact(const struct evidence *evidence, const struct verb *verb, enum weight if_missing,
                  struct findings *findings)
{
    char *expected = evidence_fill(evidence, verb->value, findings);
    char *actual = member_text(evidence, verb->what);
    if (expected != NULL && actual == NULL)
        wrong(verb, expected, NULL, if_missing, findings);
    else if (expected != NULL && !is_same(verb->what, actual, expected))
        wrong(verb, expected, actual, WEIGHT_BROKEN, findings);
    free(expected);
    free(actual);
}

void verb_report_exact(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    exact(evidence, verb, WEIGHT_BROKEN, findings);
}

void verb_report_exact_if_given(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    exact(evidence, verb, WEIGHT_GAP, findings);
}

/* Whether some string (or number, where wanted) below the node holds the text; `loose` ignores case of ASCII letters.
 */
static bool mentions(const cJSON *node, const char *text, bool loose)
{
    if (node == NULL)
        return false;
    char *plain = cJSON_IsString(node) || cJSON_IsNumber(node) ? json_plain(node) : NULL;
    bool found = plain != NULL && (loose ? ascii_find(plain, text) : strstr(plain, text)) != NULL;
    free(plain);
    for (const cJSON *child = node->child; child != NULL && !found; child = child->next)
        found = mentions(child, text, loose);
    return found;
}

void verb_report_mentions(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = evidence_fill(evidence, verb->value, findings);
    if (text != NULL && !mentions(evidence_report(evidence), text, false))
        findings_broken(findings, "some text of the report", text, report_text(evidence));
    free(text);
}

void verb_report_mentions_if_given(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = evidence_fill(evidence, verb->value, findings);
    char *member = member_text(evidence, verb->what);
    if (text != NULL && !mentions(evidence_report(evidence), text, false))
        wrong(verb, text, member, member != NULL ? WEIGHT_BROKEN : WEIGHT_GAP, findings);
    free(member);
    free(text);
}

/* What says of something that there is none of it. */
static bool says_none(const cJSON *node)
{
    if (cJSON_IsArray(node) || cJSON_IsObject(node))
        return node->child == NULL;
    if (cJSON_IsString(node))
        return *node->valuestring == '\0';
    return cJSON_IsNull(node) || cJSON_IsFalse(node) || (cJSON_IsNumber(node) && node->valuedouble == 0);
}

/* The first member at or below the node that claims something of this word; NULL when none does. */
static const cJSON *claim_of(const cJSON *node, const char *word)
{
    const char *name = node->string != NULL ? node->string : "";
    bool is_verdict = !strcmp(name, "outcome") || !strcmp(name, "state") || !strcmp(name, "status");
    if (ascii_find(name, word) != NULL && !says_none(node))
        return node;
    if (is_verdict && cJSON_IsString(node) && ascii_find(node->valuestring, word) != NULL)
        return node;
    const cJSON *claim = NULL;
    for (const cJSON *child = node->child; child != NULL && claim == NULL; child = child->next)
        claim = claim_of(child, word);
    return claim;
}

void verb_report_claims_no(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    const cJSON *report = evidence_report(evidence);
    const cJSON *claim = report != NULL ? claim_of(report, verb->value) : NULL;
    if (claim == NULL)
        return;
    char *what = mem_print("\"%s\" in the report", claim->string);
    char *expected = mem_print("no %s claimed", verb->value);
    char *actual = json_plain(claim);
    findings_broken(findings, what, expected, actual);
    free(actual);
    free(expected);
    free(what);
}

void verb_report_never_mentions(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = evidence_fill(evidence, verb->value, findings);
    if (text != NULL && mentions(evidence_report(evidence), text, true)) {
        char *expected = mem_print("nothing of \"%s\"", text);
        findings_broken(findings, "the texts of the report", expected, report_text(evidence));
        free(expected);
    }
    free(text);
}

static void judge_between(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    int64_t low = 0, high = 0, value = 0;
    char *least = mem_dup_bytes(verb->value, strcspn(verb->value, " "));
    const char *most = verb->value + strlen(least) + strspn(verb->value + strlen(least), " ");
    char *text = member_text(evidence, verb->what);
    bool bounded = number_read(least, INT64_MIN, INT64_MAX, &low) && number_read(most, INT64_MIN, INT64_MAX, &high);
    if (!bounded || text == NULL || !number_read(text, low, high, &value))
        wrong(verb, verb->value, text, WEIGHT_BROKEN, findings);
    free(text);
    free(least);
}

void verb_report_between_if_given(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    const cJSON *member = json_member(evidence_report(evidence), verb->what + 1);
    if (member != NULL && !cJSON_IsNull(member))
        judge_between(evidence, verb, findings);
}

/* ── As it was written ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The member as it was written, quotes included, to be freed; NULL when the report has none. */
static char *raw_member(const struct evidence *evidence, const char *pointer)
{
    const char *text = report_text(evidence);
    struct token token = {0};
    if (evidence_report(evidence) == NULL || text == NULL || !scan_token(text, strlen(text), pointer, &token))
        return NULL;
    return mem_dup_bytes(token.bytes, token.length);
}

/* Whether the raw member is one of those between the bars; quotes around it do not count. */
static bool is_one_of(const char *raw, const char *alternatives)
{
    size_t length = strlen(raw);
    if (length >= 2 && *raw == '"') {
        raw++;
        length -= 2;
    }
    for (const char *at = alternatives;; at++) {
        size_t span = strcspn(at, "|");
        if (span == length && memcmp(at, raw, length) == 0)
            return true;
        at += span;
        if (*at == '\0')
            return false;
    }
}

void verb_report_one_of_if_given(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *raw = raw_member(evidence, verb->what);
    if (raw == NULL || !is_one_of(raw, verb->value))
        wrong(verb, verb->value, raw, raw != NULL ? WEIGHT_BROKEN : WEIGHT_GAP, findings);
    free(raw);
}

void verb_report_null_if_given(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *raw = raw_member(evidence, verb->what);
    if (raw == NULL || strcmp(raw, "null") != 0)
        wrong(verb, "null", raw, raw != NULL ? WEIGHT_BROKEN : WEIGHT_GAP, findings);
    free(raw);
}

void verb_report_tells(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    const char *answer = report_text(evidence);
    char *text = evidence_fill(evidence, verb->value, findings);
    const cJSON *member = verb->what != NULL ? json_member(evidence_report(evidence), verb->what + 1) : NULL;
    bool gap = verb->what != NULL && (member == NULL || cJSON_IsNull(member));
    if (text != NULL && (answer == NULL || strstr(answer, text) == NULL))
        findings_add(findings, gap ? WEIGHT_GAP : WEIGHT_BROKEN, "the report, names of members included", text, answer);
    free(text);
}

/* ── Nowhere ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

void verb_never_written(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = evidence_fill(evidence, verb->value, findings);
    for (int i = 0; text != NULL && i < evidence->talk_count; i++)
        if (evidence_value_has(evidence->talks[i].answer, text))
            findings_broken(findings, "the adapter's answer", "without it", text);
    if (text != NULL && evidence->errors != NULL && strstr(evidence->errors, text) != NULL)
        findings_broken(findings, "the adapter's standard error", "without it", text);
    if (text != NULL && evidence->noise != NULL && strstr(evidence->noise, text) != NULL)
        findings_broken(findings, "what the adapter wrote between its answers", "without it", text);
    free(text);
}
