#include "faults/counts.h"

#include <stdlib.h>

#include "faults/kinds.h"

struct fault_counts {
    bool reads;      /* read and written atomically */
    uint64_t *fired; /* by the place of the kind; read and written atomically */
};

static size_t kind_count(void)
{
    size_t count = 0;
    while (fault_kind_at(count) != NULL)
        count++;
    return count;
}

struct fault_counts *fault_counts_new(void)
{
    struct fault_counts *counts = mem_zero(1, sizeof *counts);
    counts->fired = mem_zero(kind_count(), sizeof *counts->fired);
    return counts;
}

void fault_counts_free(struct fault_counts *counts)
{
    if (counts != NULL)
        free(counts->fired);
    free(counts);
}

void fault_counts_add(struct fault_counts *counts, const struct fault_kind *kind)
{
    size_t index = 0;
    while (fault_kind_at(index) != kind)
        index++;
    if (counts != NULL)
        __atomic_add_fetch(&counts->fired[index], 1, __ATOMIC_RELAXED);
}

void fault_counts_expect_reads(struct fault_counts *counts)
{
    if (counts != NULL)
        __atomic_store_n(&counts->reads, true, __ATOMIC_RELEASE);
}

bool fault_counts_expects_reads(const struct fault_counts *counts)
{
    return __atomic_load_n(&counts->reads, __ATOMIC_ACQUIRE);
}

uint64_t fault_counts_of(const struct fault_counts *counts, size_t index)
{
    return __atomic_load_n(&counts->fired[index], __ATOMIC_RELAXED);
}
