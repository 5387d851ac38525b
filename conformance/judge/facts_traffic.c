/* Facts about all requests of a case together: their order, secrets in them, and the second listener. */
#include "facts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/string.h"

/* -- sequences -------------------------------------------------------------------------------------------------- */

static char *sequence(const struct evidence *evidence, const char *(*word)(const cJSON *entry))
{
    struct string out = {0};
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        string_format(&out, "%s%s", out.length ? " " : "", word(entry));
    return string_take(&out);
}

/* Whether the text is one of those between the bars. */
static bool is_alternative(const char *text, const char *alternatives)
{
    size_t length = strlen(text);
    for (const char *at = alternatives;; at++) {
        size_t span = strcspn(at, "|");
        if (span == length && memcmp(at, text, length) == 0)
            return true;
        at += span;
        if (!*at)
            return false;
    }
}

void fact_methods(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *actual = sequence(evidence, entry_method);
    if (!is_alternative(actual, fact->value))
        findings_broken(findings, "the methods of all requests", fact->value, actual);
    free(actual);
}

void fact_operations(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *actual = sequence(evidence, entry_operation);
    if (!is_alternative(actual, fact->value))
        findings_broken(findings, "the requests, by operation", fact->value, actual);
    free(actual);
}

static int operation_count(const struct evidence *evidence, const char *operation)
{
    int count = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        count += strcmp(entry_operation(entry), operation) == 0;
    return count;
}

static int bound_of(const struct fact *fact)
{
    return (int)strtol(fact->value, NULL, 10);
}

static void count_wrong(const struct fact *fact, const char *bound, int count, struct findings *findings)
{
    char *what = must_format("requests of %s", fact->what);
    char *expected = must_format("at %s %s", bound, fact->value);
    char *actual = must_format("%d", count);
    findings_broken(findings, what, expected, actual);
    free(what);
    free(expected);
    free(actual);
}

void fact_operation_at_most(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    int count = operation_count(evidence, fact->what);
    if (count > bound_of(fact))
        count_wrong(fact, "most", count, findings);
}

void fact_operation_at_least(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    int count = operation_count(evidence, fact->what);
    if (count < bound_of(fact))
        count_wrong(fact, "least", count, findings);
}

/* -- secrets ---------------------------------------------------------------------------------------------------- */

/* The secret that stands in the text; NULL when none does. */
static const char *secret_in(const struct evidence *evidence, const char *text)
{
    const cJSON *secret = NULL;
    cJSON_ArrayForEach (secret, evidence->secrets) {
        const char *bytes = cJSON_GetStringValue(secret);
        if (bytes && text && strstr(text, bytes))
            return bytes;
    }
    return NULL;
}

static void leaked(const char *where, struct findings *findings)
{
    findings_broken(findings, where, "no secret", "a secret of the credentials");
}

void fact_no_secret_in_target(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (secret_in(evidence, entry_target(entry)))
            leaked("the request target", findings);
}

void fact_no_secret_in_headers_but(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const cJSON *entry = NULL;
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        cJSON_ArrayForEach (pair, doc_member(doc_member(entry, "request"), "headers")) {
            const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
            const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
            bool allowed = fact->what && name && strcasecmp(name, fact->what) == 0;
            if (allowed || !secret_in(evidence, value))
                continue;
            char *where = must_format("the header %s", name ? name : "?");
            leaked(where, findings);
            free(where);
        }
    }
}

void fact_no_secret_in_body(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (secret_in(evidence, entry_body(entry)))
            leaked("the request body", findings);
}

void fact_no_secret_reported(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    for (int i = 0; i < evidence->talk_count; i++)
        if (secret_in(evidence, evidence->talks[i].answer_text))
            leaked("the adapter's answer", findings);
    if (secret_in(evidence, evidence->errors))
        leaked("the adapter's standard error", findings);
    if (secret_in(evidence, evidence->noise))
        leaked("what the adapter wrote between its answers", findings);
}

/* -- the second listener ---------------------------------------------------------------------------------------- */

/* Notes when the row has no second listener, which is a mistake of the row. */
static bool has_other(const struct evidence *evidence, struct findings *findings)
{
    if (!evidence->other_requests)
        findings_add(findings, WEIGHT_FAULTY, "this check's second listener", "a row with {other_url}", NULL);
    return evidence->other_requests != NULL;
}

void fact_other_sees_nothing(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    if (!has_other(evidence, findings) || !evidence->other_requests->child)
        return;
    const cJSON *entry = evidence->other_requests->child;
    char *actual = must_format("%s %s", entry_method(entry), entry_target(entry));
    findings_broken(findings, "requests at the host of the redirect", "none", actual);
    free(actual);
}

static bool entry_has_secret(const struct evidence *evidence, const cJSON *entry)
{
    if (secret_in(evidence, entry_target(entry)) || secret_in(evidence, entry_body(entry)))
        return true;
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, doc_member(doc_member(entry, "request"), "headers"))
        if (secret_in(evidence, cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1))))
            return true;
    return false;
}

void fact_other_sees_no_secret(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *entry = NULL;
    if (!has_other(evidence, findings))
        return;
    cJSON_ArrayForEach (entry, evidence->other_requests)
        if (entry_has_secret(evidence, entry))
            leaked("a request to the host of the redirect", findings);
}

void fact_other_sees_no_body(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *entry = NULL;
    if (!has_other(evidence, findings))
        return;
    cJSON_ArrayForEach (entry, evidence->other_requests)
        if (*entry_body(entry))
            findings_broken(findings, "the body of a request to the host of the redirect", "none", entry_body(entry));
}
