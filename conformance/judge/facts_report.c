/*
 * Facts about the report: the adapter's last answer. Numbers are compared as they were written, since a tree of doubles
 * no longer knows.
 */
#include "facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"

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
    if (!evidence_report(evidence) || !text || !scan_token(text, strlen(text), pointer, &token))
        return NULL;
    cJSON *node = doc_parse(token.bytes, token.length);
    char *plain = cJSON_IsNull(node)     ? NULL
                  : cJSON_IsString(node) ? must_copy(node->valuestring)
                                         : must_copy_bytes(token.bytes, token.length);
    cJSON_Delete(node);
    return plain;
}

static void wrong(const struct fact *fact, const char *expected, const char *actual, enum weight weight,
                  struct findings *findings)
{
    char *what = must_format("%s in the report", fact->what);
    findings_add(findings, weight, what, expected, actual);
    free(what);
}

void fact_report_has(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = member_text(evidence, fact->what);
    if (!text)
        wrong(fact, "to be there", NULL, WEIGHT_BROKEN, findings);
    free(text);
}

void fact_report_lacks(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = member_text(evidence, fact->what);
    if (text)
        wrong(fact, "absent", text, WEIGHT_BROKEN, findings);
    free(text);
}

void fact_report_empty(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = member_text(evidence, fact->what);
    cJSON *node = text ? doc_parse(text, strlen(text)) : NULL;
    bool empty = !text || ((cJSON_IsArray(node) || cJSON_IsObject(node)) && !node->child);
    if (!empty)
        wrong(fact, "absent or empty", text, WEIGHT_BROKEN, findings);
    cJSON_Delete(node);
    free(text);
}

void fact_report_not_true(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = member_text(evidence, fact->what);
    if (text && strcmp(text, "true") == 0)
        wrong(fact, "absent or false", text, WEIGHT_BROKEN, findings);
    free(text);
}

/* 200.0 and 2e2 are the HTTP status 200; ids and amounts are compared as they were written. */
static bool is_same(const char *pointer, const char *actual, const char *expected)
{
    char *end = NULL;
    double number = strcmp(pointer, "/http_status") == 0 ? strtod(actual, &end) : 0;
    if (end && end != actual && !*end)
        return number == strtod(expected, NULL);
    return strcmp(actual, expected) == 0;
}

static void exact(const struct evidence *evidence, const struct fact *fact, enum weight if_missing,
                  struct findings *findings)
{
    char *expected = evidence_fill(evidence, fact->value, findings);
    char *actual = member_text(evidence, fact->what);
    if (expected && !actual)
        wrong(fact, expected, NULL, if_missing, findings);
    else if (expected && !is_same(fact->what, actual, expected))
        wrong(fact, expected, actual, WEIGHT_BROKEN, findings);
    free(expected);
    free(actual);
}

void fact_report_exact(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    exact(evidence, fact, WEIGHT_BROKEN, findings);
}

void fact_report_exact_if_given(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    exact(evidence, fact, WEIGHT_GAP, findings);
}

/* Whether some string (or number, where wanted) below the node holds the text; `loose` ignores case of ASCII letters.
 */
static bool mentions(const cJSON *node, const char *text, bool loose)
{
    if (!node)
        return false;
    char *plain = cJSON_IsString(node) || cJSON_IsNumber(node) ? doc_plain(node) : NULL;
    bool found = plain && (loose ? strcasestr(plain, text) : strstr(plain, text));
    free(plain);
    for (const cJSON *child = node->child; child && !found; child = child->next)
        found = mentions(child, text, loose);
    return found;
}

void fact_report_mentions(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = evidence_fill(evidence, fact->value, findings);
    if (text && !mentions(evidence_report(evidence), text, false))
        findings_broken(findings, "some text of the report", text, report_text(evidence));
    free(text);
}

void fact_report_mentions_if_given(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = evidence_fill(evidence, fact->value, findings);
    char *member = member_text(evidence, fact->what);
    if (text && !mentions(evidence_report(evidence), text, false))
        wrong(fact, text, member, member ? WEIGHT_BROKEN : WEIGHT_GAP, findings);
    free(member);
    free(text);
}

/* What says of something that there is none of it. */
static bool says_none(const cJSON *node)
{
    if (cJSON_IsArray(node) || cJSON_IsObject(node))
        return !node->child;
    if (cJSON_IsString(node))
        return !*node->valuestring;
    return cJSON_IsNull(node) || cJSON_IsFalse(node) || (cJSON_IsNumber(node) && node->valuedouble == 0);
}

/* The first member at or below the node that claims something of this word; NULL when none does. */
static const cJSON *claim_of(const cJSON *node, const char *word)
{
    const char *name = node->string ? node->string : "";
    bool is_verdict = !strcmp(name, "outcome") || !strcmp(name, "state") || !strcmp(name, "status");
    if (strcasestr(name, word) && !says_none(node))
        return node;
    if (is_verdict && cJSON_IsString(node) && strcasestr(node->valuestring, word))
        return node;
    const cJSON *claim = NULL;
    for (const cJSON *child = node->child; child && !claim; child = child->next)
        claim = claim_of(child, word);
    return claim;
}

void fact_report_claims_no(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const cJSON *report = evidence_report(evidence);
    const cJSON *claim = report ? claim_of(report, fact->value) : NULL;
    if (!claim)
        return;
    char *what = must_format("\"%s\" in the report", claim->string);
    char *expected = must_format("no %s claimed", fact->value);
    char *actual = doc_plain(claim);
    findings_broken(findings, what, expected, actual);
    free(actual);
    free(expected);
    free(what);
}

void fact_report_never_mentions(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *text = evidence_fill(evidence, fact->value, findings);
    if (text && mentions(evidence_report(evidence), text, true)) {
        char *expected = must_format("nothing of \"%s\"", text);
        findings_broken(findings, "the texts of the report", expected, report_text(evidence));
        free(expected);
    }
    free(text);
}

void fact_report_between(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    long low = 0;
    long high = 0;
    char *rest = NULL;
    low = strtol(fact->value, &rest, 10);
    high = strtol(rest, NULL, 10);
    char *text = member_text(evidence, fact->what);
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : 0;
    if (!text || end == text || *end || value < low || value > high)
        wrong(fact, fact->value, text, WEIGHT_BROKEN, findings);
    free(text);
}
