/*
 * What a server has done since it started, in numbers: for GET /_mock/metrics.
 *
 * The numbers only grow; no reset and no end of a session takes any back. Each has a fixed set of labels: providers,
 * their operations, classes of status, never a session or an order, so that a metrics server can keep them. Counting
 * is one addition without a lock for each number, and may be done by any thread.
 *
 *     metrics_count_request(metrics, x);            // the pipeline has answered x
 *     metrics_count_delivery(metrics, x);           // its answer is over
 *     metrics_count_call(metrics, 201);             // a call of the control API
 *     metrics_write(metrics, &out);                 // Prometheus' text form (base/exposition.h)
 */
#ifndef MODEL_METRICS_H
#define MODEL_METRICS_H

#include "base/memory.h"
#include "base/text.h"

struct exchange;
struct metrics;
struct provider;

/* `providers` (ended by NULL) outlive it. */
struct metrics *metrics_new(const struct provider *const *providers) WARN_UNUSED;
void metrics_free(struct metrics *metrics); /* NULL is fine */

void metrics_count_request(struct metrics *metrics, const struct exchange *x);
void metrics_count_delivery(struct metrics *metrics, const struct exchange *x);
void metrics_count_call(struct metrics *metrics, int status);

void metrics_write(const struct metrics *metrics, struct text *out);

#endif
