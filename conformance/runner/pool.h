/*
 * The worker processes. Each has a mock, an adapter and a client of its own, takes one check after the other off a
 * common counter, and sends results as JSON lines:
 *
 *     {"hello":{…}}  {"start":17}  {"result":{…},"check":17}  {"late":["PUT /…"],"after":"dukkango/DUK-REQ-1"}
 * {"fatal":"…"}
 *
 * What always holds
 *   - Workers are forked before anything else happens in the parent (CUnit, files), and know nothing of each other but
 * the counter and the circuit breaker.
 *   - A result that was sent is never lost, whatever happens to its worker afterwards.
 *   - pool_wait() returns with the slot filled, however badly things go: with NOTRUN once nobody is left to run it.
 */
#ifndef CONFORMANCE_RUNNER_POOL_H
#define CONFORMANCE_RUNNER_POOL_H

#include <stddef.h>
#include <sys/types.h>

#include "adapter/lines.h"
#include "run.h"

struct shared; /* memory that all workers see; worker.h */

struct crew {
    pid_t pid;
    int from; /* we read; -1 once it ended */
    struct lines lines;
    long busy_with; /* the check it started last and has not finished; -1: none */
};

struct pool {
    struct run *run;
    struct crew *crew;
    int count;
    struct shared *shared;
};

/* Returns 0, or -1 with run->problem set. */
int pool_start(struct pool *pool, struct run *run);

/* Waits until the slot is filled. */
void pool_wait(struct pool *pool, size_t index);

/* Waits for all workers to end. */
void pool_finish(struct pool *pool);

#endif
