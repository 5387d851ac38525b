/*
 * JUnit's XML, as CI servers read it: testsuites, testsuite, testcase, and inside of it failure, error, skipped or
 * system-out.
 *
 * XML 1.0 has no way to write most control characters, nor bytes that are no UTF-8, so they are replaced.
 */
#ifndef BASE_JUNIT_H
#define BASE_JUNIT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum junit_outcome { JUNIT_PASSED, JUNIT_FAILURE, JUNIT_ERROR, JUNIT_SKIPPED, JUNIT_NOTED };

struct junit_case {
    const char *suite; /* cases of one suite need not stand together */
    const char *classname;
    const char *name;
    int64_t duration_ms; /* -1: nobody measured it */
    enum junit_outcome outcome;
    char *message; /* of failure, error and skipped; the case's own */
    char *details; /* of all but passed; the case's own; NULL: none */
};

/* The suites of one program in the order of their first cases. */
void junit_write(const char *program, const struct junit_case *cases, size_t count, FILE *to);

void junit_release(struct junit_case *cases, size_t count);

#endif
