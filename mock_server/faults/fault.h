/*
 * A fault: what a test wants to go wrong, for which requests, and when.
 *
 *     {"fault": "CANNED_RESPONSE", "phase": "after_commit",
 *      "match": {"provider": "…", "operation": "cancel", "order": "4711"}, "when": {"first": 2},
 *      "status": 503, "headers": [["Retry-After", "1"]]}
 *
 * `fault`, `phase`, `match` and `when` are the members of every fault; the others are the parameters of its kind
 * (faults/kind.h), and no others are taken. `GET /_mock/faults/kinds` lists all of them.
 *
 *   - phase: `before_commit` (when absent): the provider never handles the request, nothing changes. `after_commit`: it
 *     handles it, the order is cancelled, and then the answer is replaced: the case that costs money.
 *   - match: the request is for that provider, of that operation, for that order by any of its names.
 *   - when: of the requests that match, the `first` n, all `after` the first n, or `every` n-th. Always when absent.
 *
 * A fault is read once, whole, and checked while it is read; then it never changes and may be used from any thread. It
 * keeps a copy of what it was read from.
 */
#ifndef FAULTS_FAULT_H
#define FAULTS_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/text.h"
#include "faults/kind.h"

struct exchange;
struct fault;
struct provider;

/* The members of every fault, as rows with their meaning. */
extern const struct shape fault_members[];

/* Reads a fault as POST /_mock/faults takes it. NULL, and what is wrong with it in `problems`, when it is none.
 * `providers` (ended by NULL) are those that `match` can mean; NULL: `match` is not looked at. */
struct fault *fault_read(const cJSON *spec, const struct provider *const *providers, struct text *problems) WARN_UNUSED;
void fault_free(struct fault *fault); /* NULL is fine */

/* What it was read from, lent. */
const cJSON *fault_spec(const struct fault *fault);
enum fault_phase fault_phase_of(const struct fault *fault);

/* Whether two names of the exchange's provider mean one order in its session: a fault may name it by an alias. */
typedef bool fault_same_order(const struct exchange *x, const char *one, const char *other);

/* Whether it is meant for this request. */
bool fault_matches(const struct fault *fault, const struct exchange *x, fault_same_order *same_order);
/* Whether it fires on the `seen`-th request that matches; the first is 1. */
bool fault_is_due(const struct fault *fault, uint64_t seen);
/* Makes the reply that the fault makes, and notes it in the exchange under that id. */
void fault_apply(const struct fault *fault, struct exchange *x, const char *id);

#endif
