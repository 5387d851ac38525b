/*
 * The expectations of a row, one function each. The wire is asked first, the report second; what the row leaves zero is
 * not judged.
 */
#include "judge/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"

/* ── The wire ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void judge_count(struct bounds bounds, int count, const char *what, struct findings *findings)
{
    if (!bounds.judged || (count >= bounds.min && count <= bounds.max))
        return;
    char *actual = mem_print("%d", count);
    char *expected = bounds_text(bounds);
    findings_broken(findings, what, expected, actual);
    free(expected);
    free(actual);
}

static void judge_counts(const struct evidence *evidence, struct findings *findings)
{
    const struct expect *expect = &evidence->check->expect;
    int cancels = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        cancels += evidence_is_cancel(evidence, entry);
    int all = cJSON_GetArraySize(evidence->requests);
    judge_count(expect->cancels, cancels, "requests of the cancel call", findings);
    judge_count(expect->requests, all, "requests of any kind", findings);
    if (expect->local)
        judge_count((struct bounds)NONE, all, "requests, for it is to be refused locally", findings);
}

static void judge_state(const struct evidence *evidence, struct findings *findings)
{
    const char *expected = evidence->check->expect.state;
    if (expected == NULL || (evidence->state != NULL && strcmp(evidence->state, expected) == 0))
        return;
    findings_broken(findings, "the order's state at the provider", expected, evidence->state);
}

/* A fault that was never met leaves the rule unproved. */
static size_t faults_given(const struct given *given)
{
    size_t count = 0;
    while (count < CHECK_FAULTS_MAX && given->faults[count] != NULL)
        count++;
    return count;
}

/* How many different faults fired. */
static size_t faults_met(const cJSON *requests)
{
    size_t count = 0;
    const cJSON *entry = NULL, *earlier = NULL;
    cJSON_ArrayForEach (entry, requests) {
        const char *id = json_string(json_member(entry, "fault"), "id");
        bool again = id == NULL;
        for (earlier = requests->child; earlier != entry && !again; earlier = earlier->next) {
            const char *other = json_string(json_member(earlier, "fault"), "id");
            again = other != NULL && strcmp(id, other) == 0;
        }
        count += !again;
    }
    return count;
}

static void judge_faults(const struct evidence *evidence, struct findings *findings)
{
    const struct given *given = &evidence->check->given;
    if (given->faults[0] == NULL || given->faults_may_rest)
        return;
    if (faults_met(evidence->requests) >= (given->faults_to_meet ? given->faults_to_meet : faults_given(given)))
        return;
    findings_broken(findings, "the prepared answer of the server", "to be met by a request of the cancel call",
                    cJSON_GetArraySize(evidence->requests) ? "other requests only" : "no request at all");
}

/* ── The report ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void judge_outcome(const cJSON *answer, unsigned accepted, unsigned tolerated, const char *what,
                          struct findings *findings)
{
    const char *word = json_string(answer, "outcome");
    unsigned outcome = word != NULL ? outcome_from_name(word) : 0;
    if (answer == NULL || json_member(answer, "skipped") != NULL || accepted == 0 || outcome & accepted)
        return;
    char *expected = outcome_set_text(accepted);
    if (outcome & tolerated)
        findings_add(findings, WEIGHT_TOLERATED, what, expected, word);
    else if (outcome)
        findings_broken(findings, what, expected, word);
    free(expected);
}

/* How often the answer says its outcome: a parser may take the first or the last. */
static int outcomes_in(const cJSON *answer)
{
    int count = 0;
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, answer)
        count += member->string != NULL && strcmp(member->string, "outcome") == 0;
    return count;
}

/* An answer that is no result breaks the protocol, not a rule of the API. */
static void judge_form(const cJSON *answer, struct findings *findings)
{
    if (answer == NULL || json_member(answer, "skipped") != NULL)
        return;
    const cJSON *errored = json_member(answer, "errored");
    const char *word = json_string(answer, "outcome");
    if (errored != NULL) {
        char *text = json_shown(errored);
        findings_add(findings, WEIGHT_FAULTY, "the adapter's answer", "a result", text);
        free(text);
    } else if (outcomes_in(answer) > 1) {
        findings_add(findings, WEIGHT_FAULTY, "\"outcome\" of the adapter's answer", "once", "it stands there twice");
    } else if (word == NULL || !outcome_from_name(word)) {
        findings_add(findings, WEIGHT_FAULTY, "\"outcome\" of the adapter's answer", "one of the words of the protocol",
                     word);
    }
}

/* Who declares an operation and then skips it has declared too much. */
static void judge_skipped(const struct evidence *evidence, const cJSON *answer, struct findings *findings)
{
    const cJSON *skipped = json_member(answer, "skipped");
    bool expected = evidence->check->expect.skipped;
    if (answer == NULL || (skipped != NULL) == expected)
        return;
    char *text = json_shown(answer);
    if (expected)
        findings_broken(findings, "the answer to what does not exist", "\"skipped\"", text);
    else
        findings_broken(findings, "an operation that the client declared", "a result", text);
    free(text);
}

static void judge_local(const struct evidence *evidence, struct findings *findings)
{
    const cJSON *answer = evidence_report(evidence);
    if (!evidence->check->expect.local || answer == NULL || cJSON_IsTrue(json_member(answer, "local")))
        return;
    char *text = json_shown(json_member(answer, "local"));
    findings_broken(findings, "\"local\" in the report, for nothing may be sent", "true", text);
    free(text);
}

/* Compares the members that are expected; a missing one weighs what the caller says. */
static void judge_member(const cJSON *answer, const cJSON *expected, enum weight if_missing, struct findings *findings)
{
    const cJSON *actual = json_member(answer, expected->string);
    char *where = NULL;
    if (actual != NULL && json_covers(actual, expected, &where))
        return;
    bool missing = actual == NULL || cJSON_IsNull(actual);
    char *what = mem_print("\"%s%s\" in the report", expected->string, where != NULL ? where : "");
    char *wanted = json_shown(expected);
    char *got = json_shown(actual);
    findings_add(findings, missing ? if_missing : WEIGHT_BROKEN, what, wanted, got);
    free(what);
    free(wanted);
    free(got);
    free(where);
}

static void judge_report(const struct evidence *evidence, const char *text, enum weight if_missing,
                         struct findings *findings)
{
    const cJSON *answer = evidence_report(evidence);
    char *json = text != NULL && answer != NULL ? evidence_fill_json(evidence, text, findings) : NULL;
    if (json == NULL)
        return;
    cJSON *expected = json_read_bytes(json, strlen(json));
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, expected)
        judge_member(answer, member, if_missing, findings);
    if (!cJSON_IsObject(expected))
        findings_add(findings, WEIGHT_FAULTY, "this check's expected report", "a JSON object", json);
    cJSON_Delete(expected);
    free(json);
}

/* ── All ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void judge_answers(const struct evidence *evidence, struct findings *findings)
{
    const struct expect *expect = &evidence->check->expect;
    const cJSON *first = evidence->talk_count > 0 ? evidence->talks[0].answer : NULL;
    const cJSON *second = evidence->talk_count > 1 ? evidence->talks[1].answer : NULL;
    judge_form(first, findings);
    judge_form(second, findings);
    judge_skipped(evidence, first, findings);
    unsigned unreadable = expect->unreadable ? evidence->profile->unreadable : 0;
    judge_outcome(first, expect->outcomes | unreadable, expect->tolerated, "the outcome", findings);
    judge_outcome(second, expect->again, 0, "the outcome of the second call", findings);
    judge_local(evidence, findings);
    judge_report(evidence, expect->report, WEIGHT_BROKEN, findings);
    judge_report(evidence, expect->if_reported, WEIGHT_GAP, findings);
}

void judge(const struct evidence *evidence, struct findings *findings)
{
    judge_counts(evidence, findings);
    judge_faults(evidence, findings);
    judge_state(evidence, findings);
    judge_answers(evidence, findings);
    for (const struct verb *verb = evidence->check->expect.holds; verb->judge != NULL; verb++)
        verb->judge(evidence, verb, findings);
}
