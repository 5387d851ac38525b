/*
 * CUnit with what it lacks: checks that print both values, tests with a context, and an exit status to trust.
 *
 * A test is a function with a context; register_test() gives it a name, which with its suite is its address.
 * tests_run() runs what was registered (all, or those whose address holds a word of the command line), prints every
 * failure and `N passed, N failed`, and returns the exit status: 0 only if something ran, all of it, and nothing
 * failed.
 *
 * A check takes what came first and what was expected second, and returns whether it holds.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

typedef void test_function(const void *context);

/* Names and `context` are lent until tests_run() returns. */
void register_test(const char *suite, const char *name, test_function *function, const void *context);
int tests_run(int argc, char **argv);

bool check_true(bool condition, const char *what, const char *file, unsigned line);
bool check_integer(int64_t actual, int64_t expected, const char *what, const char *file, unsigned line);
/* Either text may be NULL; NULL equals NULL alone. */
bool check_text(const char *actual, const char *expected, const char *what, const char *file, unsigned line);
/* `actual` is not NULL and contains `part`. */
bool check_contains(const char *actual, const char *part, const char *what, const char *file, unsigned line);

/* Columns that the widest line takes on a terminal: bytes that continue a character of UTF-8 take none. */
size_t widest_line(const char *text);

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INTEGER(actual, expected)                                                                                \
    check_integer((int64_t)(actual), (int64_t)(expected), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), #actual, __FILE__, __LINE__)
#define CHECK_CONTAINS(actual, part) check_contains((actual), (part), #actual, __FILE__, __LINE__)

#endif
