#include "command/verdict_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/junit.h"
#include "base/memory.h"

#define PROGRAM "cancelmock verify"

/* What a check is called: by its plan, else what it expects. */
static const char *name_of(const cJSON *check)
{
    const char *name = json_string(json_member(check, "expect"), "name");
    return name != NULL ? name : json_string_or(check, "expected", "a check");
}

static bool has_verdict(const cJSON *check, const char *verdict)
{
    return strcmp(json_string_or(check, "verdict", ""), verdict) == 0;
}

static const cJSON *checks_of(const struct verdict_report *report)
{
    return json_member(report->answer, "checks");
}

/* ── For people ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each part of a message on a line of its own; without what its name has said already. */
static void print_message(const cJSON *check, FILE *to)
{
    const char *message = json_string_or(check, "message", "");
    bool is_told = strcmp(name_of(check), json_string_or(check, "expected", "")) == 0;
    for (bool is_first = true; *message != '\0'; is_first = false) {
        const char *end = strstr(message, "; ");
        int length = end != NULL ? (int)(end - message) : (int)strlen(message);
        if (!is_first || !is_told)
            fprintf(to, "           %.*s\n", length, message);
        message += (size_t)length + (end != NULL ? strlen("; ") : 0);
    }
}

static int count_of(const struct verdict_report *report, const char *verdict)
{
    const cJSON *check = NULL;
    int count = 0;
    cJSON_ArrayForEach (check, checks_of(report))
        count += has_verdict(check, verdict);
    return count;
}

void verdict_report_print(const struct verdict_report *report, FILE *to)
{
    const cJSON *check = NULL;
    cJSON_ArrayForEach (check, checks_of(report)) {
        bool passed = has_verdict(check, "passed");
        const char *word = passed ? "ok" : has_verdict(check, "failed") ? "FAILED" : "UNKNOWN";
        fprintf(to, "%-10s %s\n", word, name_of(check));
        if (!passed)
            print_message(check, to);
    }
    fprintf(to, "%d passed, %d failed, %d unknown\n", count_of(report, "passed"), count_of(report, "failed"),
            count_of(report, "unknown"));
}

/* ── For machines ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_json(const void *what, FILE *to)
{
    const struct verdict_report *report = what;
    cJSON *json = report->answer != NULL ? cJSON_Duplicate(report->answer, true) : cJSON_CreateObject();
    if (report->answer == NULL) {
        json_set_string(json, "verdict", "unknown");
        json_set(json, "checks", cJSON_CreateArray());
        json_set_null(json, "evicted");
    }
    json_set_string(json, "plan", report->plan);
    json_set_string(json, "server", report->server);
    json_set_string(json, "problem", report->problem);
    char *text = json_write(json);
    fprintf(to, "%s\n", text);
    free(text);
    cJSON_Delete(json);
}

static struct junit_case case_of(const struct verdict_report *report, const cJSON *check)
{
    const char *message = json_string_or(check, "message", "");
    struct junit_case one = {
        .suite = report->plan, .classname = "cancelmock.verify", .name = name_of(check), .duration_ms = -1};
    if (has_verdict(check, "passed"))
        return one;
    char *shown = json_write(check);
    one.outcome = has_verdict(check, "failed") ? JUNIT_FAILURE : JUNIT_ERROR;
    one.message = mem_dup(message);
    one.details = mem_print("%s\n%s", message, shown);
    free(shown);
    return one;
}

static struct junit_case case_of_problem(const struct verdict_report *report)
{
    return (struct junit_case){.suite = report->plan,
                               .classname = "cancelmock.verify",
                               .name = "the server answers",
                               .duration_ms = -1,
                               .outcome = JUNIT_ERROR,
                               .message = mem_dup(report->problem),
                               .details = mem_dup(report->problem)};
}

static void write_junit(const void *what, FILE *to)
{
    const struct verdict_report *report = what;
    size_t count = 0;
    struct junit_case *cases = mem_zero((size_t)cJSON_GetArraySize(checks_of(report)) + 1, sizeof *cases);
    const cJSON *check = NULL;
    cJSON_ArrayForEach (check, checks_of(report))
        cases[count++] = case_of(report, check);
    if (report->answer == NULL)
        cases[count++] = case_of_problem(report);
    junit_write(PROGRAM, cases, count, to);
    junit_release(cases, count);
}

report_writer *const verdict_report_writers[REPORT_KIND_COUNT] = {
    [REPORT_JSON] = write_json, [REPORT_JUNIT] = write_junit};
