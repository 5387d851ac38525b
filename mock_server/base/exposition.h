/*
 * Prometheus' text format, version 0.0.4: what a metrics server reads.
 *
 *     exposition_begin(&out, "cancelmock_requests_total", "counter", "Requests that were answered.");
 *     exposition_count(&out, "cancelmock_requests_total",
 *                      &(struct exposition_labels){{{"operation", "cancel"}, {"status", "2xx"}}}, 3);
 *
 *     # HELP cancelmock_requests_total Requests that were answered.
 *     # TYPE cancelmock_requests_total counter
 *     cancelmock_requests_total{operation="cancel",status="2xx"} 3
 *
 * Names are written as they are; labels are pairs of a name and a text, which is escaped.
 */
#ifndef BASE_EXPOSITION_H
#define BASE_EXPOSITION_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

struct exposition_label {
    const char *name, *value;
};

#define EXPOSITION_LABELS_MAX 4

/* What is to be said of one sample; labels end with one without a name. */
struct exposition_labels {
    struct exposition_label list[EXPOSITION_LABELS_MAX + 1];
};

/* `type` is counter, gauge or histogram. */
void exposition_begin(struct text *out, const char *name, const char *type, const char *help);
/* `labels` NULL: none. */
void exposition_count(struct text *out, const char *name, const struct exposition_labels *labels, uint64_t value);

/* One histogram without labels: `bounds_us` are its upper bounds in microseconds, `counts` (one more than there are
 * bounds, the last for all above) how many lie in each, `sum_us` what they are together. It is told in seconds. */
struct exposition_histogram {
    const int64_t *bounds_us;
    const uint64_t *counts;
    size_t bounds;
    int64_t sum_us;
};

void exposition_histogram(struct text *out, const char *name, const struct exposition_histogram *histogram);

#endif
