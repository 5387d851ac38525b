/*
 * When a fault fires: the members `when`, `ttl_s`, `times` and `window`.
 *
 * Of the requests that a fault is meant for it counts those that come while its window is open and its time to live is
 * not over. `when` says on which of these it fires: on the `first` n, on all `after` the first n, on `every` n-th, with
 * a `probability`; on all when absent. It ends after it has fired `times` times, when `ttl_s` is over, or when its
 * window has closed; then it fires and counts no more.
 *
 * All of it follows the session's clock from the moment in which the fault was armed. A clock that is set to a time
 * before that moment finds the window closed; a fault that has ended does not begin again.
 *
 * A struct fault_when never changes; a struct fault_state is one fault's in one session, guarded by its owner.
 */
#ifndef FAULTS_WHEN_H
#define FAULTS_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

struct selector;

struct fault_when {
    const struct selector *selector; /* NULL: always */
    uint64_t count;                  /* of `first`, `after`, `every` */
    double probability;              /* of `probability` */
    int64_t ttl_us;                  /* 0: for ever */
    uint64_t times;                  /* 0: without end */
    bool has_window;
    int64_t after_us, for_us; /* of `window`; for_us 0: it does not close */
};

struct fault_state {
    int64_t armed_us;  /* session time */
    uint64_t seen;     /* requests that were counted */
    uint64_t fired;    /* how often it did */
    const char *ended; /* the member that ended it: "ttl_s", "times" or "window"; NULL: it has not */
};

/* The rows of `when` and of `window`. */
extern const struct shape when_shape[];
extern const struct shape window_shape[];

#define FAULT_TIME_MAX_S (INT64_C(3660) * 86400)

/* `spec` fits the rows. */
void fault_when_read(struct fault_when *when, const cJSON *spec, struct text *problems);

/* Whether requests are counted now. Notes in *state when it has ended. */
bool fault_when_is_open(const struct fault_when *when, struct fault_state *state, int64_t now_us);
/* Whether it fires on the request that was counted last, as state->seen says; `chance` is its draw. */
bool fault_when_is_due(const struct fault_when *when, const struct fault_state *state, uint64_t chance);
/* Notes a firing. */
void fault_when_note(const struct fault_when *when, struct fault_state *state);
/* How long it lasts still: the rest of the window or of the time to live, whichever is over first; 0: without end. */
int64_t fault_when_left(const struct fault_when *when, const struct fault_state *state, int64_t now_us);

#endif
