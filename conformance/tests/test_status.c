/* From findings to a status, from statuses to verdicts and the exit code: by hand from what the README promises. */
#include <string.h>

#include "check/findings.h"
#include "check/status.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "tests/suites.h"

/* ── One check ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum status status_with(enum level level, const enum weight *weights, size_t count)
{
    struct findings findings = {0};
    for (size_t i = 0; i < count; i++)
        findings_add(&findings, weights[i], "what", "expected", "actual");
    enum status status = findings_status(&findings, level);
    findings_release(&findings);
    return status;
}

#define STATUS_WITH(level, ...)                                                                                        \
    status_name(                                                                                                       \
        status_with(level, (enum weight[]){__VA_ARGS__}, sizeof((enum weight[]){__VA_ARGS__}) / sizeof(enum weight)))

static void test_status__of_findings(void *context)
{
    (void)context;
    CHECK_TEXT(status_name(status_with(LEVEL_MUST, NULL, 0)), "PASS");
    CHECK_TEXT(STATUS_WITH(LEVEL_MUST, WEIGHT_BROKEN), "FAIL");
    CHECK_TEXT(STATUS_WITH(LEVEL_SHOULD, WEIGHT_BROKEN), "WARN");
    CHECK_TEXT(STATUS_WITH(LEVEL_MAY, WEIGHT_BROKEN), "INFO");
    CHECK_TEXT(STATUS_WITH(LEVEL_MUST, WEIGHT_TOLERATED), "WARN");
    CHECK_TEXT(STATUS_WITH(LEVEL_MUST, WEIGHT_GAP), "UNOBSERVABLE");
    CHECK_TEXT(STATUS_WITH(LEVEL_MUST, WEIGHT_GAP, WEIGHT_BROKEN), "FAIL");
    CHECK_TEXT(STATUS_WITH(LEVEL_MUST, WEIGHT_TOLERATED, WEIGHT_GAP), "UNOBSERVABLE");
    CHECK_TEXT(STATUS_WITH(LEVEL_MAY, WEIGHT_BROKEN, WEIGHT_FAULTY), "ERROR");
}

/* ── A run ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A run of one documented MUST that passed and one more check. */
struct row {
    enum status status;
    enum level level;
    enum basis basis;
    const char *documented;
    const char *robust;
    int exit_code;
    int strict_exit_code;
};

/* clang-format off */
static const struct row rows[] = {
    {STATUS_PASS, LEVEL_MUST, BASIS_DOCUMENTED, "conformant", "conformant", 0, 0},
    {STATUS_FAIL, LEVEL_MUST, BASIS_DOCUMENTED, "not conformant", "not conformant", 1, 1},
    {STATUS_FAIL, LEVEL_MUST, BASIS_OURS, "conformant", "not conformant", 1, 1},
    {STATUS_WARN, LEVEL_SHOULD, BASIS_DOCUMENTED, "conformant", "conformant", 0, 1},
    {STATUS_WARN, LEVEL_MUST, BASIS_DOCUMENTED, "conformant", "conformant", 0, 1},
    {STATUS_INFO, LEVEL_MAY, BASIS_OURS, "conformant", "conformant", 0, 0},
    {STATUS_SKIP, LEVEL_MUST, BASIS_DOCUMENTED, "conformant with gaps", "conformant with gaps", 0, 1},
    {STATUS_SKIP, LEVEL_MUST, BASIS_OURS, "conformant", "conformant with gaps", 0, 1},
    {STATUS_SKIP, LEVEL_SHOULD, BASIS_DOCUMENTED, "conformant", "conformant", 0, 1},
    {STATUS_UNOBSERVABLE, LEVEL_MUST, BASIS_DOCUMENTED, "conformant with gaps", "conformant with gaps", 0, 1},
    {STATUS_TIMEOUT, LEVEL_MUST, BASIS_DOCUMENTED, "not conformant", "not conformant", 1, 1},
    {STATUS_TIMEOUT, LEVEL_SHOULD, BASIS_OURS, "conformant", "not conformant", 1, 1},
    {STATUS_CRASH, LEVEL_MUST, BASIS_OURS, "conformant", "not conformant", 1, 1},
    {STATUS_CRASH, LEVEL_MAY, BASIS_OURS, "conformant", "not conformant", 1, 1},
    {STATUS_NOTRUN, LEVEL_MUST, BASIS_DOCUMENTED, "conformant with gaps", "conformant with gaps", 3, 3},
    {STATUS_ERROR, LEVEL_MUST, BASIS_DOCUMENTED, "conformant with gaps", "conformant with gaps", 3, 3},
    {STATUS_ERROR, LEVEL_MAY, BASIS_OURS, "conformant", "conformant", 3, 3},
};
/* clang-format on */

static void test_verdict__of_two_checks(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct tally tally = {0};
        tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_PASS});
        tally_add(&tally, (struct ruling){rows[i].level, rows[i].basis, rows[i].status});
        CHECK_INTEGER(tally_total(&tally), 2);
        CHECK_TEXT(verdict_name(tally_documented(&tally)), rows[i].documented);
        CHECK_TEXT(verdict_name(tally_robust(&tally)), rows[i].robust);
        CHECK_INTEGER(tally_exit_code(&tally, false), rows[i].exit_code);
        CHECK_INTEGER(tally_exit_code(&tally, true), rows[i].strict_exit_code);
    }
}

static void test_verdict__nothing_ran(void *context)
{
    (void)context;
    struct tally tally = {0};
    CHECK_INTEGER(tally_exit_code(&tally, false), 3);
    tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_SKIP});
    tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_NOTRUN});
    CHECK_TEXT(verdict_name(tally_documented(&tally)), "no verdict");
    CHECK_INTEGER(tally_exit_code(&tally, false), 3);
}

static void test_verdict__failures_outweigh_what_did_not_run(void *context)
{
    (void)context;
    struct tally tally = {0};
    tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_CRASH});
    tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_NOTRUN});
    CHECK_INTEGER(tally_exit_code(&tally, false), 1);
    tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_ERROR});
    CHECK_INTEGER(tally_exit_code(&tally, false), 1);
    CHECK_INTEGER(tally_exit_code(&tally, true), 1);
}

static void test_verdict__an_error_beside_what_passed(void *context)
{
    (void)context;
    struct tally tally = {0};
    tally_add(&tally, (struct ruling){LEVEL_MUST, BASIS_DOCUMENTED, STATUS_PASS});
    tally_add(&tally, (struct ruling){LEVEL_SHOULD, BASIS_DOCUMENTED, STATUS_WARN});
    tally_add(&tally, (struct ruling){LEVEL_MAY, BASIS_OURS, STATUS_ERROR});
    CHECK_INTEGER(tally_exit_code(&tally, false), 3);
    CHECK_INTEGER(tally_exit_code(&tally, true), 3);
}

static void test_status__names_go_both_ways(void *context)
{
    (void)context;
    for (int i = 0; i < STATUS_COUNT; i++)
        CHECK_INTEGER(status_from_name(status_name((enum status)i)), i);
    CHECK_INTEGER(status_from_name("pass"), STATUS_COUNT);
}

void suite_status(void)
{
    register_test("status", "status/of_findings", test_status__of_findings, NULL);
    register_test("status", "verdict/of_two_checks", test_verdict__of_two_checks, NULL);
    register_test("status", "verdict/nothing_ran", test_verdict__nothing_ran, NULL);
    register_test("status", "verdict/failures_outweigh_what_did_not_run",
                  test_verdict__failures_outweigh_what_did_not_run, NULL);
    register_test("status", "verdict/an_error_beside_what_passed", test_verdict__an_error_beside_what_passed, NULL);
    register_test("status", "status/names_go_both_ways", test_status__names_go_both_ways, NULL);
}
