/*
 * CUnit with what it lacks: checks that print both values, tests with a context, and an exit status to trust.
 *
 * A test is a function with a context; register_test() gives it a name, which is its address. tests_run() runs what was
 * registered (all, or those whose name holds a word of the command line), prints every failure and `N passed, N
 * failed`, and returns the exit status: 0 only if something ran and nothing failed.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void test_function(void *context);

/* Suites and tests are created in the order of the calls. `context` is lent until tests_run() returns. */
void register_test(const char *suite, const char *name, test_function *function, void *context);
int tests_run(int argc, char **argv);

void check_true(bool condition, const char *what, const char *file, unsigned line);
void check_integer(int64_t actual, int64_t expected, const char *what, const char *file, unsigned line);
void check_text(const char *actual, const char *expected, const char *what, const char *file, unsigned line);

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INTEGER(actual, expected)                                                                                \
    check_integer((int64_t)(actual), (int64_t)(expected), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), #actual, __FILE__, __LINE__)

/* The suites: each registers its tests. */
void suite_json(void), suite_text(void), suite_store(void), suite_fixtures(void), suite_states(void),
    suite_parallel(void), suite_faults(void), suite_control(void), suite_http(void), suite_providers(void),
    suite_time(void), suite_sessions(void), suite_knobs(void), suite_magic(void), suite_repeat(void), suite_stubs(void),
    suite_shape(void), suite_xml(void), suite_large(void), suite_isolation(void);

#endif
