/* What a run is worth that ended early or had no answers, and the checks that are judged from all others. */
#include <string.h>

#include "check/run.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "selection.h"
#include "session_checks.h"
#include "tests/suites.h"

/* A run in which the first check ended as told, and all others of the first `count` were not run. */
struct staged {
    struct settings settings;
    struct plan plan;
    struct run run;
};

static cJSON *result_of(const char *status, int answered)
{
    cJSON *result = cJSON_CreateObject();
    json_set_string(result, "status", status);
    json_set(result, "answered", cJSON_CreateNumber(answered));
    json_set(result, "untruths", cJSON_CreateArray());
    json_set(result, "mock_faults", cJSON_CreateArray());
    return result;
}

static void stage_run(struct staged *staged)
{
    *staged = (struct staged){.settings = {.program = "cancelcheck", .client = "x", .time_scale = 1}};
    selection_everything(&staged->plan);
    run_init(&staged->run, &staged->settings, &staged->plan);
}

static void leave_run(struct staged *staged)
{
    run_release(&staged->run);
    plan_release(&staged->plan);
}

static void test_run__crashes_without_any_answer(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 0, result_of("CRASH", 0));
    CHECK_INTEGER(run_exit_code(&staged.run), 1);
    run_complain(&staged.run, "three deaths");
    CHECK_INTEGER(run_exit_code(&staged.run), 3);
    run_settle(&staged.run, 1, result_of("PASS", 1));
    CHECK_INTEGER(run_exit_code(&staged.run), 1);
    leave_run(&staged);
}

static void test_run__cut_short_says_nothing(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 0, result_of("FAIL", 1));
    CHECK_INTEGER(run_exit_code(&staged.run), 1);
    run_complain(&staged.run, "something before");
    run_cut_short(&staged.run, "interrupted");
    CHECK_TEXT(staged.run.problem, "interrupted");
    CHECK_INTEGER(run_exit_code(&staged.run), 3);
    for (size_t i = 1; i < staged.plan.count; i++)
        run_settle(&staged.run, i, result_of("PASS", 1));
    CHECK_INTEGER(run_exit_code(&staged.run), 1);
    leave_run(&staged);
}

/* The status of a session's check. */
static void check_session(const struct staged *staged, const char *id, const char *status)
{
    const struct check_group *group = session_checks.groups[0];
    for (size_t i = 0; i < group->count; i++) {
        if (strcmp(group->rows[i].id, id) != 0)
            continue;
        cJSON *result = session_checks_judge(&staged->run, &group->rows[i]);
        CHECK_TEXT(json_string(result, "status"), status);
        cJSON_Delete(result);
    }
}

static void test_session__passes_on_evidence_only(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 0, result_of("TIMEOUT", 0));
    check_session(&staged, "HC-04", "NOTRUN");
    check_session(&staged, "HC-05", "NOTRUN");
    check_session(&staged, "HC-06", "NOTRUN");
    check_session(&staged, "HC-07", "NOTRUN");
    run_settle(&staged.run, 1, result_of("PASS", 1));
    check_session(&staged, "HC-04", "PASS");
    check_session(&staged, "HC-05", "UNOBSERVABLE");
    check_session(&staged, "HC-06", "UNOBSERVABLE");
    check_session(&staged, "HC-07", "UNOBSERVABLE");
    cJSON *result = result_of("PASS", 1);
    json_set(result, "compared", cJSON_CreateTrue());
    json_set(result, "mock_answers", cJSON_CreateNumber(2));
    json_set(result, "seen", cJSON_CreateNumber(2));
    run_settle(&staged.run, 2, result);
    check_session(&staged, "HC-05", "PASS");
    check_session(&staged, "HC-06", "PASS");
    check_session(&staged, "HC-07", "PASS");
    leave_run(&staged);
}

static void test_session__late_requests_count_without_answers(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    json_push_string(staged.run.late, "PUT /orders, after x");
    check_session(&staged, "HC-04", "FAIL");
    leave_run(&staged);
}

void suite_run(void)
{
    register_test("run", "run/crashes_without_any_answer", test_run__crashes_without_any_answer, NULL);
    register_test("run", "run/cut_short_says_nothing", test_run__cut_short_says_nothing, NULL);
    register_test("run", "session/passes_on_evidence_only", test_session__passes_on_evidence_only, NULL);
    register_test("run", "session/late_requests_count_without_answers",
                  test_session__late_requests_count_without_answers, NULL);
}
