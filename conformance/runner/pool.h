/*
 * The worker processes. Each has a mock, an adapter and a client of its own, takes one check after the other off a
 * common counter, and sends results as JSON lines:
 *
 *     {"hello":{…}}  {"start":17}  {"result":{…},"check":17}  {"late":["PUT /…"],"after":"acme/ACM-REQ-1"}
 *     {"fatal":"…"}
 *
 * What always holds
 *   - Workers know nothing of each other but the counter and the circuit breaker. The parent has no thread and nothing
 *     unwritten in its buffers when it forks one.
 *   - A result that was sent is never lost, whatever happens to its worker afterwards.
 *   - pool_wait() returns with the slot filled, however badly things go: with ERROR when its worker died or hung in it,
 *     with NOTRUN once nobody is left to run it, which is also how a signal and the limit of the whole run end it.
 *   - A worker that dies or hangs is replaced, some times. With it go its adapter's process group and, at the end, all
 *     temporary files.
 */
#ifndef RUNNER_POOL_H
#define RUNNER_POOL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "adapter/lines.h"
#include "check/run.h"
#include "runner/interrupt.h"

struct shared; /* memory that all workers see; worker.h */

struct crew {
    pid_t pid;
    int from; /* we read; -1 once it ended */
    struct lines lines;
    long busy_with;   /* the check it started last and has not finished; -1: none */
    int64_t deadline; /* when it must have sent its next message (monotonic) */
    bool overdue;     /* it had not, and was killed */
};

struct pool {
    struct run *run;
    struct crew *crew;
    int count;
    struct shared *shared;
    char *folder; /* of all temporary files */
    struct interrupt interrupt;
    int64_t limit; /* when the whole run must be over (monotonic) */
    int replaced;  /* workers that were started in the place of others */
};

/* Returns 0, or -1 with run->problem set. */
int pool_start(struct pool *pool, struct run *run);

/* Waits until the slot is filled. */
void pool_wait(struct pool *pool, size_t index);

/* Waits for all workers to end. */
void pool_finish(struct pool *pool);

#endif
