/*
 * CUnit with what it lacks: checks that print both values, tests with a context, and an exit status to trust.
 *
 * A test is a function with a context; register_test() gives it a name, which is its address. tests_run() runs what was
 * registered (all, or those whose name holds a word of the command line), prints every failure and `N passed, N
 * failed`, and returns the exit status: 0 only if something ran and nothing failed.
 */
#ifndef BASE_TESTS_CHECK_H
#define BASE_TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void test_function(void *context);

/* Suites and tests are created in the order of the calls. `context` is lent until tests_run() returns. */
void register_test(const char *suite, const char *name, test_function *function, void *context);
int tests_run(int argc, char **argv);

void check_true(bool condition, const char *what, const char *file, unsigned line);
void check_integer(int64_t actual, int64_t expected, const char *what, const char *file, unsigned line);
/* `actual` is not NULL and contains `part`. */
void check_contains(const char *actual, const char *part, const char *what, const char *file, unsigned line);
void check_text(const char *actual, const char *expected, const char *what, const char *file, unsigned line);

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INTEGER(actual, expected)                                                                                \
    check_integer((int64_t)(actual), (int64_t)(expected), #actual, __FILE__, __LINE__)
#define CHECK_CONTAINS(actual, part) check_contains((actual), (part), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), #actual, __FILE__, __LINE__)

#endif
