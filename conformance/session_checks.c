/* The probes that need no run of their own (catalogue HC-04 to HC-06, and HC-07 of our own). */
#include "session_checks.h"

#include <stdlib.h>
#include <string.h>

#include "check/findings.h"
#include "check/result.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

/* clang-format off */

static const struct check rows[] = {
    {RULE("HC-04", MUST, OURS, WIRE),
     .clause = "catalogue HC-04",
     .requirement = "Between two cases the client sends nothing: no late repeats, no traffic in the background."},

    {RULE("HC-05", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue HC-05",
     .requirement = "What the client reports of attempts, HTTP statuses and local refusals is what the journal shows."},

    {RULE("HC-06", MUST, OURS, WIRE),
     .clause = "catalogue HC-06",
     .requirement = "The mock's own answers are JSON in the vendor's envelope; if not, the fault is ours."},

    {RULE("HC-07", MUST, OURS, WIRE),
     .clause = "RFC 9112 section 2; RFC 9110 section 5",
     .requirement = "Every byte that the client sends belongs to a request that HTTP allows, and that is sent to its end."},
};

/* clang-format on */

static const struct check_group group = CHECK_GROUP(rows);

const struct check_table session_checks = {
    .profile = {.provider = "session", .title = "the session itself", .cancel_operations = ""},
    .groups = {&group},
};

static void add_all(struct findings *findings, enum weight weight, const cJSON *texts, const char *what,
                    const char *expected)
{
    const cJSON *text = NULL;
    cJSON_ArrayForEach (text, texts)
        findings_add(findings, weight, what, expected, cJSON_GetStringValue(text));
}

static void collect(const struct run *run, const char *member, enum weight weight, const char *expected,
                    struct findings *findings)
{
    for (size_t i = 0; i < run->plan->count; i++)
        add_all(findings, weight, json_member(run->slots[i].result, member), run->slots[i].item->address, expected);
}

/* Whether any case left something to judge from: a member of its result that is a number above 0, or true. */
static bool any_case_has(const struct run *run, const char *member)
{
    for (size_t i = 0; i < run->plan->count; i++)
        if (json_int_or(run->slots[i].result, member, 0) > 0 || cJSON_IsTrue(json_member(run->slots[i].result, member)))
            return true;
    return false;
}

/* Without anything to judge from, finding nothing wrong proves nothing. */
static void look_for_evidence(const struct run *run, const struct check *check, struct findings *findings)
{
    bool reports = strcmp(check->id, "HC-05") == 0;
    bool bytes = strcmp(check->id, "HC-07") == 0;
    bool answers = strcmp(check->id, "HC-06") == 0;
    if (reports && !any_case_has(run, "compared"))
        findings_add(findings, WEIGHT_GAP, "reports to compare with the journal", "at least one", "none");
    if (bytes && !any_case_has(run, "seen"))
        findings_add(findings, WEIGHT_GAP, "requests of the client", "at least one", "none");
    if (answers && !any_case_has(run, "mock_answers"))
        findings_add(findings, WEIGHT_GAP, "answers of the mock's own", "at least one", "none");
}

cJSON *session_checks_judge(const struct run *run, const struct check *check)
{
    struct findings findings = {0};
    if (strcmp(check->id, "HC-04") == 0)
        add_all(&findings, WEIGHT_BROKEN, run->late, "a request outside of every case", "none");
    else if (strcmp(check->id, "HC-05") == 0)
        collect(run, "untruths", WEIGHT_BROKEN, "a report that agrees with the journal", &findings);
    else if (strcmp(check->id, "HC-07") == 0)
        collect(run, "unread", WEIGHT_BROKEN, "whole requests, as HTTP has them", &findings);
    else
        collect(run, "mock_faults", WEIGHT_FAULTY, "JSON in the vendor's envelope", &findings);
    if (!run_has_answers(run) && findings.count == 0)
        return result_without_run(STATUS_NOTRUN, "the client answered nothing");
    look_for_evidence(run, check, &findings);
    enum status status = findings_status(&findings, check->level);
    cJSON *result = result_of_findings(status, &findings);
    json_set_integer(result, "duration_ms", 0);
    findings_release(&findings);
    return result;
}
