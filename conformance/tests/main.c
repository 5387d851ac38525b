/*
 * Runs all suites and says in the last line how many tests passed and failed. CUnit's own exit code and counters of
 * suites are not asked: a test failed when one of its assertions did, and a run without any test is a failure.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include "support/memory.h"
#include "tests/test.h"

static const struct test_suite *const suites[] = {
    &argv_suite, &lines_suite,   &doc_suite,    &scan_suite,      &fill_suite,     &status_suite, &plan_suite,
    &rows_suite, &judge_suite,   &report_suite, &options_suite,   &adapter_suite,  &past_suite,   &run_suite,
    &wire_suite, &compare_suite, &replay_suite, &catalogue_suite, &provider_suite,
};

void test_check(bool good, const char *what, const char *file, int line)
{
    CU_assertImplementation(good, (unsigned)line, what, file, "", CU_FALSE);
}

void test_text(const char *actual, const char *expected, const char *what, const char *file, int line)
{
    bool same = actual && expected ? strcmp(actual, expected) == 0 : actual == expected;
    char *text = must_format("%s: expected \"%s\", got \"%s\"", what, expected ? expected : "(null)",
                             actual ? actual : "(null)");
    test_check(same, text, file, line);
    free(text);
}

void test_number(long actual, long expected, const char *what, const char *file, int line)
{
    char *text = must_format("%s: expected %ld, got %ld", what, expected, actual);
    test_check(actual == expected, text, file, line);
    free(text);
}

static unsigned failed;

static void on_complete(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord first)
{
    failed += first != NULL;
    for (const CU_FailureRecord *record = first; record; record = record->pNext)
        printf("%s:%u: %s.%s: %s\n", record->strFileName, record->uiLineNumber, suite->pName, test->pName,
               record->strCondition);
}

static void add_suite(const struct test_suite *suite)
{
    CU_pSuite added = CU_add_suite(suite->name, NULL, NULL);
    for (size_t i = 0; i < suite->count; i++)
        if (!added || !CU_add_test(added, suite->tests[i].name, suite->tests[i].body))
            failed++;
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN); /* children that die are part of the tests */
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++)
        add_suite(suites[i]);
    CU_set_test_complete_handler(on_complete);
    CU_run_all_tests();
    unsigned run = CU_get_number_of_tests_run();
    CU_cleanup_registry();
    printf("%u passed, %u failed\n", run > failed ? run - failed : 0, failed);
    return failed || run == 0 ? 1 : 0;
}
