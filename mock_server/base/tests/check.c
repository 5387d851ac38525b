#include "base/tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include "base/memory.h"

struct test {
    CU_pTest handle;
    char *suite, *name;
    test_function *function;
    void *context;
};

/* CUnit gives a test no context, so the running test is looked up here. The runner is the only user. */
static struct {
    struct test *list;
    size_t count, room;
} tests;

void register_test(const char *suite, const char *name, test_function *function, void *context)
{
    if (tests.count == tests.room) {
        tests.room = tests.room == 0 ? 64 : tests.room * 2;
        tests.list = mem_resize(tests.list, tests.room * sizeof *tests.list);
    }
    tests.list[tests.count++] = (struct test){NULL, mem_dup(suite), mem_dup(name), function, context};
}

static void run_current(void)
{
    CU_pTest current = CU_get_current_test();
    for (size_t i = 0; i < tests.count; i++)
        if (tests.list[i].handle == current)
            tests.list[i].function(tests.list[i].context);
}

static void fail(const char *text, const char *file, unsigned line)
{
    CU_assertImplementation(CU_FALSE, line, text, file, "", CU_FALSE);
}

void check_true(bool condition, const char *what, const char *file, unsigned line)
{
    if (condition)
        CU_assertImplementation(CU_TRUE, line, what, file, "", CU_FALSE);
    else
        fail(what, file, line);
}

void check_integer(int64_t actual, int64_t expected, const char *what, const char *file, unsigned line)
{
    char text[256];
    snprintf(text, sizeof text, "%s: expected %lld, was %lld", what, (long long)expected, (long long)actual);
    check_true(actual == expected, text, file, line);
}

void check_text(const char *actual, const char *expected, const char *what, const char *file, unsigned line)
{
    bool equal = actual == expected || (actual != NULL && expected != NULL && strcmp(actual, expected) == 0);
    char *text = mem_print("%s:\n      expected %s\n      was      %s", what, expected == NULL ? "(none)" : expected,
                           actual == NULL ? "(none)" : actual);
    check_true(equal, text, file, line);
    free(text);
}

void check_contains(const char *actual, const char *part, const char *what, const char *file, unsigned line)
{
    char *text = mem_print("%s:\n      expected to contain %s\n      was                 %s", what, part,
                           actual == NULL ? "(none)" : actual);
    check_true(actual != NULL && strstr(actual, part) != NULL, text, file, line);
    free(text);
}

static bool is_selected(const struct test *test, int argc, char **argv)
{
    char *address = mem_print("%s/%s", test->suite, test->name);
    bool selected = argc < 2;
    for (int i = 1; i < argc; i++)
        selected = selected || strstr(address, argv[i]) != NULL;
    free(address);
    return selected;
}

static size_t add_selected(int argc, char **argv)
{
    size_t count = 0;
    for (size_t i = 0; i < tests.count; i++) {
        struct test *test = &tests.list[i];
        if (!is_selected(test, argc, argv))
            continue;
        CU_pSuite suite = CU_get_suite(test->suite);
        if (suite == NULL)
            suite = CU_add_suite(test->suite, NULL, NULL);
        test->handle = CU_add_test(suite, test->name, run_current);
        if (CU_get_error() != CUE_SUCCESS)
            fprintf(stderr, "%s/%s: %s\n", test->suite, test->name, CU_get_error_msg());
        else
            count++;
    }
    return count;
}

static void tell_failures(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord first)
{
    for (const CU_FailureRecord *record = first; record != NULL; record = record->pNext)
        fprintf(stderr, "FAIL %s/%s (%s:%u)\n      %s\n", suite->pName, test->pName, record->strFileName,
                record->uiLineNumber, record->strCondition);
}

static void release(void)
{
    for (size_t i = 0; i < tests.count; i++) {
        free(tests.list[i].suite);
        free(tests.list[i].name);
    }
    free(tests.list);
}

int tests_run(int argc, char **argv)
{
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    size_t selected = add_selected(argc, argv);
    CU_set_test_complete_handler(tell_failures);
    CU_run_all_tests(); /* its result says nothing about failures */
    unsigned ran = CU_get_number_of_tests_run(), failed = CU_get_number_of_tests_failed();
    unsigned records = CU_get_number_of_failure_records();
    CU_cleanup_registry();
    release();
    size_t missing = selected > ran ? selected - ran : 0;
    printf("%u passed, %zu failed\n", ran - failed, failed + missing);
    return selected > 0 && missing == 0 && records == 0 && failed == 0 ? 0 : 1;
}
