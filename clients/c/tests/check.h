#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

/*
 * Checks that print what was expected and what came, one line each, and tests as rows.
 *
 * A suite is a list of rows. A row is one test: its name, and either a function or, for tables of data,
 * a function that gets the row's data. CUnit runs them; its summary, its exit code and its XML writer
 * are not used.
 */

#include <stdbool.h>
#include <stddef.h>

struct test_row {
    const char *name;
    void (*run)(const void *data);
    const void *data;
};

struct test_suite {
    const char *name;
    const struct test_row *rows;
    size_t count;
    /* For tables: the rows are made by these instead. */
    void (*run)(const void *data);
    const void *table;
    size_t table_count;    /* or as many as come before a row without a name */
    size_t table_row_size; /* the first member of a table's row is its name */
};

#define CHECK_TEXT(expected, actual) check_text(__FILE__, __LINE__, #actual, (expected), (actual))
#define CHECK_NUMBER(expected, actual)                                                                                 \
    check_number(__FILE__, __LINE__, #actual, (long long)(expected), (long long)(actual))
#define CHECK_TRUE(actual)  check_number(__FILE__, __LINE__, #actual, 1, (actual) ? 1 : 0)
#define CHECK_FALSE(actual) check_number(__FILE__, __LINE__, #actual, 0, (actual) ? 1 : 0)

/* Either text may be NULL; NULL equals NULL alone. */
bool check_text(const char *file, int line, const char *what, const char *expected, const char *actual);
bool check_number(const char *file, int line, const char *what, long long expected, long long actual);
/* True if `actual` contains `part`. */
#define CHECK_CONTAINS(part, actual) check_contains(__FILE__, __LINE__, #actual, (part), (actual))
bool check_contains(const char *file, int line, const char *what, const char *part, const char *actual);

extern const struct test_suite json_suite;
extern const struct test_suite uri_suite;
extern const struct test_suite support_suite;
extern const struct test_suite store_suite;
extern const struct test_suite judge_suite;
extern const struct test_suite refusal_suite;
extern const struct test_suite body_suite;
extern const struct test_suite command_suite;
extern const struct test_suite perform_suite;
extern const struct test_suite adapter_suite;

#endif
