/*
 * The checks as CUnit tests: a suite for each provider and group, a test for each check. The body of a test waits for
 * its result and turns each broken expectation into a failed assertion, so that CUnit's handlers and counters mean
 * something.
 *
 * CUnit is neither asked for the exit code nor for a report: its run returns success with failed tests, and its JUnit
 * writer aborts. The slots of the run are what counts; where CUnit's counters differ from them, run->disagreement is
 * set.
 */
#ifndef SUITES_H
#define SUITES_H

#include "check/run.h"
#include "runner/pool.h"

/* Returns 0, or -1 with run->problem set when CUnit will not have it. */
int suites_run(struct run *run, struct pool *pool, const struct progress *progress);

#endif
