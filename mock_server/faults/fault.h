/*
 * A fault: what a test wants to go wrong, for which requests, and when.
 *
 *     {"fault": "CANNED_RESPONSE", "phase": "after_commit",
 *      "match": {"provider": "…", "operation": "cancel", "order": "4711"}, "when": {"first": 2}, "ttl_s": 60,
 *      "status": 503, "headers": [["Retry-After", "1"]]}
 *
 * `fault`, `phase`, `match`, `when`, `ttl_s`, `times` and `window` are the members of every fault; the others are the
 * parameters of its kind (faults/kind.h), and no others are taken. `GET /_mock/faults/kinds` lists all of them.
 *
 *   - phase: `before_commit` (when absent): the provider never handles the request, nothing changes. `after_commit`: it
 *     handles it, the order is cancelled, and then the answer is replaced: the case that costs money.
 *   - match (faults/match.h): the requests that it is meant for.
 *   - when, ttl_s, times, window (faults/when.h): on which of these it fires, and until when.
 *
 * A fault is read once, whole, and checked while it is read; then it never changes and may be used from any thread. It
 * keeps a copy of what it was read from. It is counted: who holds it drops it.
 */
#ifndef FAULTS_FAULT_H
#define FAULTS_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/text.h"
#include "faults/draw.h"
#include "faults/kind.h"
#include "faults/match.h"
#include "faults/when.h"

struct exchange;
struct fault;
struct provider;

/* The members of every fault, as rows with their meaning. */
extern const struct shape fault_members[];

/* Reads a fault as POST /_mock/faults takes it. NULL, and what is wrong with it in `problems`, when it is none.
 * `providers` (ended by NULL) are those that `match` can mean; NULL: `match` is not looked up. */
struct fault *fault_read(const cJSON *spec, const struct provider *const *providers, struct text *problems) WARN_UNUSED;
const struct fault *fault_hold(const struct fault *fault);
void fault_drop(const struct fault *fault); /* NULL is fine */

/* What it was read from, lent. */
const cJSON *fault_spec(const struct fault *fault);
const struct fault_kind *fault_kind_of(const struct fault *fault);
enum fault_phase fault_phase_of(const struct fault *fault);
const struct fault_when *fault_when_of(const struct fault *fault);
/* The quota that it counts in: false when it has none. *name is NULL where it is the fault's own. */
bool fault_quota(const struct fault *fault, const char **name, int64_t *window_us);

/* Whether it is meant for this request. */
bool fault_matches(const struct fault *fault, const struct exchange *x, fault_same_order *same_order);
/* The same of method and header alone, where provider, operation and order are known to fit. */
bool fault_matches_head(const struct fault *fault, const struct exchange *x);

/* What a fault is asked with: whose it is, under which name its draws are made, and when. */
struct fault_moment {
    const struct draw_source *source;
    const char *id;      /* what firings are journaled under */
    const char *draw_id; /* what draws are made from; `id` unless several share one */
    uint64_t round;      /* a number of the request: no other one of the session has it */
    int64_t now_us;
    struct quota *quota; /* NULL: it has none */
};

/* Counts a request that it is meant for, and says whether it fires on it: then the firing is counted, and *firing is
 * what fault_apply() wants. A fault whose window is closed, or that has ended, does not count. */
bool fault_meets(const struct fault *fault, struct fault_state *state, const struct fault_moment *moment,
                 struct firing *firing);
/* Makes the reply that the fault makes, and notes the firing in the exchange. */
void fault_apply(const struct fault *fault, struct exchange *x, const struct firing *firing);

/* What a fault says that is met without a request (faults/kind.h), in microseconds of real time; 0: it does not. */
int64_t fault_accept_delay(const struct fault *fault);
int64_t fault_refusal(const struct fault *fault);
bool fault_needs_no_request(const struct fault *fault);

#endif
