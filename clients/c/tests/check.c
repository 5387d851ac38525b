#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

struct test {
    CU_pTest handle; /* NULL: not chosen */
    const char *suite;
    const char *name;
    test_function *function;
    const void *context;
};

/* CUnit gives a test no context, so the running test is looked up here. The runner is the only user. */
static struct {
    struct test *list;
    size_t count;
} tests;

void register_test(const char *suite, const char *name, test_function *function, const void *context)
{
    tests.list = mem_resize(tests.list, (tests.count + 1) * sizeof *tests.list);
    tests.list[tests.count++] = (struct test){NULL, suite, name, function, context};
}

static void run_current(void)
{
    CU_pTest current = CU_get_current_test();
    for (size_t i = 0; i < tests.count; i++)
        if (tests.list[i].handle == current)
            tests.list[i].function(tests.list[i].context);
}

bool check_true(bool condition, const char *what, const char *file, unsigned line)
{
    CU_assertImplementation(condition ? CU_TRUE : CU_FALSE, line, what, file, "", CU_FALSE);
    return condition;
}

bool check_integer(int64_t actual, int64_t expected, const char *what, const char *file, unsigned line)
{
    char *text = mem_print("%s: expected %lld, was %lld", what, (long long)expected, (long long)actual);
    bool holds = check_true(actual == expected, text, file, line);
    free(text);
    return holds;
}

static const char *shown(const char *text)
{
    return text == NULL ? "(none)" : text;
}

bool check_text(const char *actual, const char *expected, const char *what, const char *file, unsigned line)
{
    bool equal = actual == expected || (actual != NULL && expected != NULL && strcmp(actual, expected) == 0);
    char *text = mem_print("%s:\n      expected %s\n      was      %s", what, shown(expected), shown(actual));
    check_true(equal, text, file, line);
    free(text);
    return equal;
}

bool check_contains(const char *actual, const char *part, const char *what, const char *file, unsigned line)
{
    bool contains = actual != NULL && strstr(actual, part) != NULL;
    char *text =
        mem_print("%s:\n      expected to contain %s\n      was                 %s", what, part, shown(actual));
    check_true(contains, text, file, line);
    free(text);
    return contains;
}

size_t widest_line(const char *text)
{
    size_t widest = 0;
    size_t width = 0;
    for (; *text != '\0'; text++) {
        width = *text == '\n' ? 0 : width + (((unsigned char)*text & 0xC0) != 0x80);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static bool is_chosen(const struct test *test, int argc, char **argv)
{
    char *address = mem_print("%s/%s", test->suite, test->name);
    bool chosen = argc < 2;
    for (int i = 1; i < argc; i++)
        chosen = chosen || strstr(address, argv[i]) != NULL;
    free(address);
    return chosen;
}

static size_t add_chosen(int argc, char **argv)
{
    size_t count = 0;
    for (size_t i = 0; i < tests.count; i++) {
        struct test *test = &tests.list[i];
        if (!is_chosen(test, argc, argv))
            continue;
        CU_pSuite suite = CU_get_suite(test->suite);
        if (suite == NULL)
            suite = CU_add_suite(test->suite, NULL, NULL);
        test->handle = CU_add_test(suite, test->name, run_current);
        if (CU_get_error() != CUE_SUCCESS) /* a name that stands twice, for one */
            printf("FAIL %s/%s: %s\n", test->suite, test->name, CU_get_error_msg());
        count++;
    }
    return count;
}

static void tell_failures(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord first)
{
    for (const CU_FailureRecord *record = first; record != NULL; record = record->pNext)
        printf("FAIL %s/%s (%s:%u)\n      %s\n", suite->pName, test->pName, record->strFileName, record->uiLineNumber,
               record->strCondition);
}

int tests_run(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    size_t chosen = add_chosen(argc, argv);
    CU_set_test_complete_handler(tell_failures);
    CU_run_all_tests(); /* its result says nothing about failures */
    unsigned ran = CU_get_number_of_tests_run();
    unsigned failed = CU_get_number_of_tests_failed();
    CU_cleanup_registry();
    free(tests.list);
    size_t missing = chosen > ran ? chosen - ran : 0;
    printf("%u passed, %zu failed\n", ran - failed, failed + missing);
    return chosen > 0 && missing == 0 && failed == 0 ? 0 : 1;
}
