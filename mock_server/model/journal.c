/*
 * A ring of held exchanges. The ring grows up to its size as it fills, so an idle server is small.
 */
#include "model/journal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "model/exchange.h"
#include "model/provider.h"

struct journal {
    pthread_mutex_t lock;
    size_t size;            /* most entries to keep */
    struct exchange **ring; /* `room` places; entry seq stands at seq % room */
    size_t room;
    uint64_t first, next; /* kept are first <= seq < next */
    uint64_t evicted;
    size_t bytes;
};

struct journal *journal_new(size_t size)
{
    struct journal *journal = mem_zero(1, sizeof *journal);
    pthread_mutex_init(&journal->lock, NULL);
    journal->size = size;
    journal->first = journal->next = 1;
    return journal;
}

void journal_free(struct journal *journal)
{
    if (journal == NULL)
        return;
    journal_clear(journal);
    free(journal->ring);
    pthread_mutex_destroy(&journal->lock);
    free(journal);
}

static struct exchange **place_of(struct journal *journal, uint64_t seq)
{
    return &journal->ring[seq % journal->room];
}

static void forget_oldest(struct journal *journal)
{
    struct exchange *oldest = *place_of(journal, journal->first++);
    journal->bytes -= arena_size(oldest->arena);
    exchange_drop(oldest);
}

static void make_room(struct journal *journal)
{
    size_t kept = (size_t)(journal->next - journal->first);
    if (kept < journal->room)
        return;
    size_t room = journal->room == 0 ? 64 : journal->room * 2;
    struct exchange **ring = mem_zero(room, sizeof(struct exchange *));
    for (uint64_t seq = journal->first; seq < journal->next; seq++)
        ring[seq % room] = *place_of(journal, seq);
    free(journal->ring);
    journal->ring = ring;
    journal->room = room;
}

void journal_record(struct journal *journal, struct exchange *x)
{
    pthread_mutex_lock(&journal->lock);
    x->seq = journal->next;
    size_t bytes = arena_size(x->arena);
    while (journal->first < journal->next &&
           (journal->next - journal->first >= journal->size || journal->bytes + bytes > JOURNAL_BYTES_MAX)) {
        forget_oldest(journal);
        journal->evicted++;
    }
    make_room(journal);
    *place_of(journal, journal->next++) = exchange_hold(x);
    journal->bytes += bytes;
    pthread_mutex_unlock(&journal->lock);
}

void journal_clear(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    while (journal->first < journal->next)
        forget_oldest(journal);
    journal->evicted = 0;
    journal->first = journal->next = 1;
    pthread_mutex_unlock(&journal->lock);
}

struct journal_totals journal_totals(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    struct journal_totals totals = {journal->next - journal->first, journal->bytes, journal->evicted};
    pthread_mutex_unlock(&journal->lock);
    return totals;
}

static bool is_wanted(const struct exchange *x, const struct journal_filter *filter)
{
    if (filter->provider != NULL && (x->provider == NULL || strcmp(x->provider->name, filter->provider) != 0))
        return false;
    if (filter->operation != NULL && (x->route == NULL || strcmp(x->route->operation, filter->operation) != 0))
        return false;
    const char *order = x->order_id == NULL ? x->order_key : x->order_id; /* refused before the store was asked */
    if (filter->order != NULL && (order == NULL || strcmp(order, filter->order) != 0))
        return false;
    return filter->status == 0 || x->reply.status == filter->status;
}

struct journal_page journal_select(struct journal *journal, const struct journal_filter *filter)
{
    pthread_mutex_lock(&journal->lock);
    uint64_t seq = filter->since > journal->first ? filter->since : journal->first;
    size_t kept = seq < journal->next ? (size_t)(journal->next - seq) : 0;
    size_t room = filter->limit > 0 && filter->limit < kept ? filter->limit : kept;
    struct journal_page page = {mem_zero(room, sizeof(struct exchange *)), 0, journal->evicted, journal->next};
    for (; seq < journal->next && page.count < room; seq++) {
        struct exchange *x = *place_of(journal, seq);
        if (is_wanted(x, filter))
            page.list[page.count++] = exchange_hold(x);
    }
    pthread_mutex_unlock(&journal->lock);
    return page;
}

void journal_page_release(struct journal_page *page)
{
    for (size_t i = 0; i < page->count; i++)
        exchange_drop(page->list[i]);
    free(page->list);
    *page = (struct journal_page){0};
}

struct exchange *journal_find(struct journal *journal, uint64_t seq)
{
    struct exchange *x = NULL;
    pthread_mutex_lock(&journal->lock);
    if (seq >= journal->first && seq < journal->next)
        x = exchange_hold(*place_of(journal, seq));
    pthread_mutex_unlock(&journal->lock);
    return x;
}
