/* The life of one worker process; see pool.h for what it sends. */
#ifndef RUNNER_WORKER_H
#define RUNNER_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "check/plan.h"
#include "check/settings.h"

#define WORKER_DEATHS_MAX 3
#define WORKERS_MAX       64

/* Seen by all workers. */
struct shared {
    atomic_size_t next;             /* the check that is to be taken next */
    atomic_int deaths;              /* of adapters in a row, in all workers, without one answered case between */
    atomic_bool stopped;            /* the circuit breaker */
    atomic_int groups[WORKERS_MAX]; /* by worker: the process group of its adapter, 0: none */
};

/* What a worker is given. */
struct duty {
    const struct settings *settings;
    const struct plan *plan;
    struct shared *shared;
    int index;          /* which worker it is */
    const char *folder; /* for temporary files; the parent removes it */
    int to;             /* messages go there */
};

/* Never returns. */
_Noreturn void worker_main(const struct duty *duty);

#endif
