/* The verbs of fungies/verbs.h. */
#include "cases/fungies/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "check/outcome.h"
#include "judge/evidence.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"

/* ── The two keys ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct {
    const char *header;
    const char *credential;
} keys[] = {
    {"x-fngs-public-key", "public_key"},
    {"x-fngs-secret-key", "secret_key"},
};

static void judge_header(const struct evidence *evidence, const char *name, const char *value,
                         struct findings *findings)
{
    const cJSON *credentials = json_member(evidence->names, "credentials");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const char *key = json_string(credentials, keys[i].credential);
        if (key == NULL || *key == '\0' || strstr(value, key) == NULL || ascii_equal(name, keys[i].header))
            continue;
        char *expected = mem_print("the %s in %s alone", keys[i].credential, keys[i].header);
        findings_broken(findings, "where the keys stand", expected, name);
        free(expected);
    }
}

void fungies_keys_in_place(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *entry = NULL;
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        cJSON_ArrayForEach (pair, json_member(json_member(entry, "request"), "headers")) {
            const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
            const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
            if (name != NULL && value != NULL)
                judge_header(evidence, name, value, findings);
        }
    }
}

/* ── Refunds ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Words that turn "refund" into its denial. */
static bool denies(const char *text)
{
    static const char *const words[] = {"no ", "not ", "n't ", "never ", "without ", "separate", "of its own", "none"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (ascii_find(text, words[i]) != NULL)
            return true;
    return false;
}

/* A member named so that is true or more than 0, or a text that says so. */
static bool claims_refund(const cJSON *node)
{
    bool named = node->string != NULL && ascii_find(node->string, "refund") != NULL;
    if (named && (cJSON_IsTrue(node) || (cJSON_IsNumber(node) && node->valuedouble > 0)))
        return true;
    const char *text = cJSON_GetStringValue(node);
    return text != NULL && *text && (named || ascii_find(text, "refund") != NULL) && !denies(text);
}

static const cJSON *find_claim(const cJSON *node)
{
    if (node == NULL || claims_refund(node))
        return node;
    const cJSON *found = NULL;
    for (const cJSON *child = node->child; child != NULL && found == NULL; child = child->next)
        found = find_claim(child);
    return found;
}

void fungies_no_refund_claimed(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *claim = find_claim(evidence_report(evidence));
    if (claim == NULL)
        return;
    char *text = json_shown(claim);
    findings_broken(findings, "what the report says of refunds", "nothing, or that there is none", text);
    free(text);
}

/* ── What success is based on ────────────────────────────────────────────────────────────────────────────────────── */

/* Whether the client was shown the order as CANCELLED. */
static bool shows_cancelled(const cJSON *entry)
{
    const cJSON *response = json_member(entry, "response");
    const char *body = json_string(response, "body");
    return json_int_or(response, "status", 0) == 200 && body != NULL &&
           strstr(body, "\"status\":\"CANCELLED\"") != NULL;
}

void fungies_claim_is_backed(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const char *word = json_string(evidence_report(evidence), "outcome");
    if (word == NULL || !(outcome_from_name(word) & OUT_SUCCESS))
        return;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (shows_cancelled(entry))
            return;
    findings_broken(findings, "what success is based on", "an answer with the order CANCELLED in it", "no such answer");
}
