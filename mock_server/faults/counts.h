/*
 * How often faults of each kind have fired since the server started, in all its sessions: for GET /_mock/metrics.
 *
 *     const struct fault_kind *kind = NULL;
 *     for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
 *         … kind->name, fault_counts_of(counts, i) …
 *
 * One belongs to a server, outlives its sessions, and may be used from any thread. It never counts down: not by a reset
 * and not when a session ends.
 */
#ifndef FAULTS_COUNTS_H
#define FAULTS_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct fault_counts;
struct fault_kind;

struct fault_counts *fault_counts_new(void) WARN_UNUSED;
void fault_counts_free(struct fault_counts *counts); /* NULL is fine */
/* A firing; NULL counts: nobody wants to know. */
void fault_counts_add(struct fault_counts *counts, const struct fault_kind *kind);
/* Whether some list has ever held a fault that slows the reading of a body; read by the transport for each request. */
void fault_counts_expect_reads(struct fault_counts *counts);
bool fault_counts_expects_reads(const struct fault_counts *counts);
/* Of the kind at that place of the table (faults/kinds.h). */
uint64_t fault_counts_of(const struct fault_counts *counts, size_t index);

#endif
