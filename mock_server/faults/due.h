/*
 * What one request meets: the faults that are due, gathered from all who hold some, then applied.
 *
 * They are gathered under the locks of those who hold them, and applied without any: what a fault does to an answer
 * keeps nobody waiting. There is at most one of a class, and at most one of those that take the place of the answer;
 * whoever offers first wins, and what cannot win any more is not asked (so it does not count the request).
 *
 *     struct due due;
 *     due_begin(&due, x, CLASS_BIT(CLASS_ANSWER));
 *     fault_list_due(list, x, FAULT_BEFORE_COMMIT, &due);
 *     due_apply(&due, x, counts);
 */
#ifndef FAULTS_DUE_H
#define FAULTS_DUE_H

#include "faults/counts.h"
#include "faults/fault.h"

#define FAULT_ID_MAX 24

struct due {
    unsigned open; /* the classes that may still fire, as bits */
    struct due_fault {
        const struct fault *fault; /* held; NULL: none of this class */
        struct firing firing;
        char id[FAULT_ID_MAX];
    } of[FAULT_CLASSES];
};

/* Of `classes` those are open that have not fired on the exchange, and that its answer leaves something to do. */
void due_begin(struct due *due, const struct exchange *x, unsigned classes);
/* Whether a fault of that kind could still fire. */
bool due_is_open(const struct due *due, const struct fault *fault);
void due_take(struct due *due, const struct fault *fault, const struct firing *firing);
/* Applies what was taken, class by class, and counts it by kind. */
void due_apply(struct due *due, struct exchange *x, struct fault_counts *counts);

#endif
