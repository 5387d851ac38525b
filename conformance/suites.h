/*
 * The checks as CUnit tests: a suite for each provider and group, a test for each check. The body of a test waits for
 * its result and turns each broken expectation into a failed assertion, so that CUnit's handlers and counters mean
 * something.
 *
 * CUnit is neither asked for the exit code nor for a report: its run returns success with failed tests, and its JUnit
 * writer aborts. The slots of the run are what counts; where CUnit's counters differ from them, run->disagreement is
 * set.
 */
#ifndef CONFORMANCE_SUITES_H
#define CONFORMANCE_SUITES_H

#include "run.h"
#include "runner/pool.h"

/* Told what happens, while it happens. `slot` is NULL at the start and end of a suite. */
struct progress {
    void (*suite_began)(const struct run *run, const char *suite);
    void (*check_done)(const struct run *run, const struct slot *slot);
    void (*suite_ended)(const struct run *run, const char *suite);
};

/* Returns 0, or -1 with run->problem set when CUnit will not have it. */
int suites_run(struct run *run, struct pool *pool, const struct progress *progress);

#endif
