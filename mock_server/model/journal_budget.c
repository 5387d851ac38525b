#include "model/journal_budget.h"

#include <pthread.h>
#include <stdlib.h>

struct journal_budget {
    pthread_mutex_t lock; /* of the list; taken before the lock of a journal */
    struct journal_share *first;
    size_t most;
    size_t used; /* atomic */
};

struct journal_budget *journal_budget_new(size_t bytes)
{
    struct journal_budget *budget = mem_zero(1, sizeof *budget);
    pthread_mutex_init(&budget->lock, NULL);
    budget->most = bytes;
    return budget;
}

void journal_budget_free(struct journal_budget *budget)
{
    if (budget == NULL)
        return;
    pthread_mutex_destroy(&budget->lock);
    free(budget);
}

void journal_budget_join(struct journal_budget *budget, struct journal_share *share)
{
    pthread_mutex_lock(&budget->lock);
    share->next = budget->first;
    share->before = NULL;
    if (budget->first != NULL)
        budget->first->before = share;
    budget->first = share;
    pthread_mutex_unlock(&budget->lock);
}

void journal_budget_leave(struct journal_budget *budget, struct journal_share *share)
{
    pthread_mutex_lock(&budget->lock);
    if (share->next != NULL)
        share->next->before = share->before;
    if (share->before != NULL)
        share->before->next = share->next;
    else
        budget->first = share->next;
    pthread_mutex_unlock(&budget->lock);
    journal_budget_give(budget, share, __atomic_load_n(&share->bytes, __ATOMIC_RELAXED));
}

void journal_budget_give(struct journal_budget *budget, struct journal_share *share, size_t bytes)
{
    __atomic_sub_fetch(&share->bytes, bytes, __ATOMIC_RELAXED);
    __atomic_sub_fetch(&budget->used, bytes, __ATOMIC_RELAXED);
}

static struct journal_share *largest(const struct journal_budget *budget)
{
    struct journal_share *most = budget->first;
    size_t bytes = 0;
    for (struct journal_share *share = budget->first; share != NULL; share = share->next) {
        size_t own = __atomic_load_n(&share->bytes, __ATOMIC_RELAXED);
        if (own > bytes) {
            bytes = own;
            most = share;
        }
    }
    return most;
}

void journal_budget_take(struct journal_budget *budget, struct journal_share *share, size_t bytes)
{
    __atomic_add_fetch(&share->bytes, bytes, __ATOMIC_RELAXED);
    __atomic_add_fetch(&budget->used, bytes, __ATOMIC_RELAXED);
}

void journal_budget_keep(struct journal_budget *budget)
{
    if (journal_budget_used(budget) <= budget->most)
        return;
    pthread_mutex_lock(&budget->lock);
    while (journal_budget_used(budget) > budget->most) {
        struct journal_share *victim = largest(budget);
        size_t freed = victim == NULL ? 0 : victim->forget(victim->context);
        if (freed == 0)
            break; /* the one entry that is left is larger than all that is allowed: it stays */
        journal_budget_give(budget, victim, freed);
    }
    pthread_mutex_unlock(&budget->lock);
}

size_t journal_budget_used(const struct journal_budget *budget)
{
    return __atomic_load_n(&budget->used, __ATOMIC_RELAXED);
}
