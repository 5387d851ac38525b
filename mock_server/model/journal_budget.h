/*
 * How many bytes the journals of one server hold together.
 *
 * Sessions come and go, and each has a journal. A bound for each would be no bound for the server, and a bound for each
 * that is small enough for all would be too small for the one that is used. So they share one. When it is passed, the
 * journal that holds most forgets its oldest entries, so a session that records little keeps what it has.
 *
 * What a journal holds costs; an empty one costs nothing. Calls may come from any thread.
 *
 *     struct journal_budget *budget = journal_budget_new(JOURNAL_BYTES_MAX);
 *     struct journal *journal = journal_new(10000, budget);
 *     …
 *     journal_free(journal);             // before the budget
 *     journal_budget_free(budget);
 */
#ifndef MODEL_JOURNAL_BUDGET_H
#define MODEL_JOURNAL_BUDGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

struct journal_budget;

/* One journal's part; in the journal. */
struct journal_share {
    size_t bytes;                    /* atomic */
    size_t (*forget)(void *context); /* forgets the oldest entry; the bytes of it, 0 when there is none to forget */
    void *context;
    struct journal_share *next, *before; /* the budget's */
};

struct journal_budget *journal_budget_new(size_t bytes) WARN_UNUSED;
void journal_budget_free(struct journal_budget *budget); /* NULL is fine */

void journal_budget_join(struct journal_budget *budget, struct journal_share *share);
/* Behind it nobody calls `forget` any more. What the share holds is given back. */
void journal_budget_leave(struct journal_budget *budget, struct journal_share *share);
/* Counts bytes that the journal is about to hold, and those that it holds no more. */
void journal_budget_take(struct journal_budget *budget, struct journal_share *share, size_t bytes);
void journal_budget_give(struct journal_budget *budget, struct journal_share *share, size_t bytes);
/* Lets entries be forgotten until the bound holds. No lock is held that `forget` takes. */
void journal_budget_keep(struct journal_budget *budget);
/* What all of them hold. */
size_t journal_budget_used(const struct journal_budget *budget);

#endif
