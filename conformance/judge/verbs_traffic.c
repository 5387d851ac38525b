/* Verbs about all requests of a case together: their order, secrets in them, and the second listener. */
#include "judge/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"
#include "mock_server/base/text.h"

/* ── Sequences ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The operations of all requests, blank between. */
static char *sequence(const struct evidence *evidence)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        text_print(&out, "%s%s", out.length ? " " : "", entry_operation(entry));
    return text_take(&out);
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
        if (*at == '\0')
            return false;
    }
}

void verb_operations(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *actual = sequence(evidence);
    if (!is_alternative(actual, verb->value))
        findings_broken(findings, "the requests, by operation", verb->value, actual);
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

static int bound_of(const struct verb *verb)
{
    int64_t bound = 0;
    number_read(verb->value, 0, BOUNDS_OPEN, &bound);
    return (int)bound;
}

static void count_wrong(const struct verb *verb, const char *bound, int count, struct findings *findings)
{
    char *what = mem_print("requests of %s", verb->what);
    char *expected = mem_print("at %s %s", bound, verb->value);
    char *actual = mem_print("%d", count);
    findings_broken(findings, what, expected, actual);
    free(what);
    free(expected);
    free(actual);
}

void verb_operation_at_most(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    int count = operation_count(evidence, verb->what);
    if (count > bound_of(verb))
        count_wrong(verb, "most", count, findings);
}

void verb_operation_at_least(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    int count = operation_count(evidence, verb->what);
    if (count < bound_of(verb))
        count_wrong(verb, "least", count, findings);
}

/* ── Texts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

void verb_bodies_lack(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (strstr(entry_body(entry), verb->value) == NULL)
            continue;
        char *expected = mem_print("nothing of \"%s\"", verb->value);
        findings_broken(findings, "the body of a request", expected, entry_body(entry));
        free(expected);
    }
}

void verb_no_get_of(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *text = evidence_fill(evidence, verb->value, findings);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (text != NULL && strcmp(entry_method(entry), "GET") == 0 && strstr(entry_target(entry), text) != NULL)
            findings_broken(findings, "the cancel call turned into a GET", "never", entry_target(entry));
    free(text);
}

/* ── Secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The secret that stands in the text; NULL when none does. */
static const char *secret_in(const struct evidence *evidence, const char *text)
{
    const cJSON *secret = NULL;
    cJSON_ArrayForEach (secret, evidence->secrets) {
        const char *bytes = cJSON_GetStringValue(secret);
        if (bytes != NULL && text != NULL && strstr(text, bytes) != NULL)
            return bytes;
    }
    return NULL;
}

static void leaked(const char *where, struct findings *findings)
{
    findings_broken(findings, where, "no secret", "a secret of the credentials");
}

void verb_no_secret_in_target(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (secret_in(evidence, entry_target(entry)) != NULL)
            leaked("the request target", findings);
}

void verb_no_secret_in_headers_but(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    const cJSON *entry = NULL;
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        cJSON_ArrayForEach (pair, json_member(json_member(entry, "request"), "headers")) {
            const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
            const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
            bool allowed = verb->what != NULL && name != NULL && ascii_equal(name, verb->what);
            if (allowed || secret_in(evidence, value) == NULL)
                continue;
            char *where = mem_print("the header %s", name != NULL ? name : "?");
            leaked(where, findings);
            free(where);
        }
    }
}

void verb_no_secret_in_body(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (secret_in(evidence, entry_body(entry)) != NULL)
            leaked("the request body", findings);
}

void verb_no_secret_reported(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    for (int i = 0; i < evidence->talk_count; i++)
        if (secret_in(evidence, evidence->talks[i].answer_text) != NULL)
            leaked("the adapter's answer", findings);
    if (secret_in(evidence, evidence->errors) != NULL)
        leaked("the adapter's standard error", findings);
    if (secret_in(evidence, evidence->noise) != NULL)
        leaked("what the adapter wrote between its answers", findings);
}

/* ── The second listener ─────────────────────────────────────────────────────────────────────────────────────────── */

/* Notes when the row has no second listener, which is a mistake of the row. */
static bool has_other(const struct evidence *evidence, struct findings *findings)
{
    if (evidence->other_requests == NULL)
        findings_add(findings, WEIGHT_FAULTY, "this check's second listener", "a row with {other_url}", NULL);
    return evidence->other_requests != NULL;
}

void verb_other_sees_nothing(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    if (!has_other(evidence, findings) || evidence->other_requests->child == NULL)
        return;
    const cJSON *entry = evidence->other_requests->child;
    char *actual = mem_print("%s %s", entry_method(entry), entry_target(entry));
    findings_broken(findings, "requests at the host of the redirect", "none", actual);
    free(actual);
}

static bool entry_has_secret(const struct evidence *evidence, const cJSON *entry)
{
    if (secret_in(evidence, entry_target(entry)) != NULL || secret_in(evidence, entry_body(entry)) != NULL)
        return true;
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, json_member(json_member(entry, "request"), "headers"))
        if (secret_in(evidence, cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1))) != NULL)
            return true;
    return false;
}

void verb_other_sees_no_secret(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *entry = NULL;
    if (!has_other(evidence, findings))
        return;
    cJSON_ArrayForEach (entry, evidence->other_requests)
        if (entry_has_secret(evidence, entry))
            leaked("a request to the host of the redirect", findings);
}

void verb_other_sees_no_body(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *entry = NULL;
    if (!has_other(evidence, findings))
        return;
    cJSON_ArrayForEach (entry, evidence->other_requests)
        if (*entry_body(entry) != '\0')
            findings_broken(findings, "the body of a request to the host of the redirect", "none", entry_body(entry));
}
