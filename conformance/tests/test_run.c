/* What a run is worth that ended early or had no answers, and the checks that are judged from all others. */
#include <string.h>

#include "run.h"
#include "runner/case.h"
#include "session.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/test.h"

/* A run in which the first check ended as told, and all others of the first `count` were not run. */
struct staged {
    struct options options;
    struct plan plan;
    struct run run;
};

static cJSON *result_of(const char *status, int answered)
{
    cJSON *result = cJSON_CreateObject();
    doc_add_string(result, "status", status);
    doc_add(result, "answered", cJSON_CreateNumber(answered));
    doc_add(result, "untruths", cJSON_CreateArray());
    doc_add(result, "mock_faults", cJSON_CreateArray());
    return result;
}

static void stage_run(struct staged *staged)
{
    *staged = (struct staged){.options = {.program = "cancelcheck", .client = "x", .time_scale = 1}};
    plan_everything(&staged->plan);
    run_init(&staged->run, &staged->options, &staged->plan);
}

static void leave_run(struct staged *staged)
{
    run_release(&staged->run);
    plan_release(&staged->plan);
}

static void test_run__crashes_without_any_answer(void)
{
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 0, result_of("CRASH", 0));
    CHECK_NUMBER(run_exit_code(&staged.run), 1);
    run_complain(&staged.run, "three deaths");
    CHECK_NUMBER(run_exit_code(&staged.run), 3);
    run_settle(&staged.run, 1, result_of("PASS", 1));
    CHECK_NUMBER(run_exit_code(&staged.run), 1);
    leave_run(&staged);
}

static void test_run__cut_short_says_nothing(void)
{
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 0, result_of("FAIL", 1));
    CHECK_NUMBER(run_exit_code(&staged.run), 1);
    run_complain(&staged.run, "something before");
    run_cut_short(&staged.run, "interrupted");
    CHECK_TEXT(staged.run.problem, "interrupted");
    CHECK_NUMBER(run_exit_code(&staged.run), 3);
    for (size_t i = 1; i < staged.plan.count; i++)
        run_settle(&staged.run, i, result_of("PASS", 1));
    CHECK_NUMBER(run_exit_code(&staged.run), 1);
    leave_run(&staged);
}

/* The status of a session's check. */
static void check_session(const struct staged *staged, const char *id, const char *status)
{
    for (size_t i = 0; i < session_checks.count; i++) {
        if (strcmp(session_checks.checks[i].id, id) != 0)
            continue;
        cJSON *result = session_judge(&staged->run, &session_checks.checks[i]);
        CHECK_TEXT(doc_string(result, "status"), status);
        cJSON_Delete(result);
    }
}

static void test_session__passes_on_evidence_only(void)
{
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 0, result_of("TIMEOUT", 0));
    check_session(&staged, "HC-04", "NOTRUN");
    check_session(&staged, "HC-05", "NOTRUN");
    check_session(&staged, "HC-06", "NOTRUN");
    run_settle(&staged.run, 1, result_of("PASS", 1));
    check_session(&staged, "HC-04", "PASS");
    check_session(&staged, "HC-05", "UNOBSERVABLE");
    check_session(&staged, "HC-06", "UNOBSERVABLE");
    cJSON *result = result_of("PASS", 1);
    doc_add(result, "compared", cJSON_CreateTrue());
    doc_add(result, "mock_answers", cJSON_CreateNumber(2));
    run_settle(&staged.run, 2, result);
    check_session(&staged, "HC-05", "PASS");
    check_session(&staged, "HC-06", "PASS");
    leave_run(&staged);
}

static void test_session__late_requests_count_without_answers(void)
{
    struct staged staged;
    stage_run(&staged);
    doc_push_string(staged.run.late, "PUT /orders, after x");
    check_session(&staged, "HC-04", "FAIL");
    leave_run(&staged);
}

static const struct test run_tests[] = {
    TEST(test_run__crashes_without_any_answer),
    TEST(test_run__cut_short_says_nothing),
    TEST(test_session__passes_on_evidence_only),
    TEST(test_session__late_requests_count_without_answers),
};
const struct test_suite run_suite = SUITE("run", run_tests);
