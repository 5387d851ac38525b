/*
 * Unit tests on CUnit, with assertions that print values. A file of tests exports one suite; tests/main.c runs them
 * all.
 *
 *     static void test_argv__keeps_quoted_blanks(void)
 *     {
 *         CHECK_TEXT(word, "a b");
 *     }
 */
#ifndef CONFORMANCE_TESTS_TEST_H
#define CONFORMANCE_TESTS_TEST_H

#include <stdbool.h>
#include <stddef.h>

struct test {
    const char *name;
    void (*body)(void);
};

struct test_suite {
    const char *name;
    const struct test *tests;
    size_t count;
};

#define TEST(function)                                                                                                 \
    {                                                                                                                  \
#function, function                                                                                            \
    }
#define SUITE(name_, tests_)                                                                                           \
    {                                                                                                                  \
        (name_), (tests_), sizeof(tests_) / sizeof(tests_)[0]                                                          \
    }

#define CHECK(condition)               test_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected)   test_text((actual), (expected), #actual, __FILE__, __LINE__)
#define CHECK_NUMBER(actual, expected) test_number((long)(actual), (long)(expected), #actual, __FILE__, __LINE__)

void test_check(bool good, const char *what, const char *file, int line);
void test_text(const char *actual, const char *expected, const char *what, const char *file, int line);
void test_number(long actual, long expected, const char *what, const char *file, int line);

extern const struct test_suite argv_suite, lines_suite, doc_suite, scan_suite, fill_suite, status_suite, plan_suite,
    rows_suite, judge_suite, report_suite, options_suite, adapter_suite, past_suite, run_suite, wire_suite,
    compare_suite, replay_suite, catalogue_suite, provider_suite;

#endif
