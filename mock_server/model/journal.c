/*
 * A ring of held exchanges. The ring grows up to its size as it fills, so an idle server is small.
 */
#include "model/journal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "model/exchange.h"
#include "model/journal_budget.h"
#include "model/provider.h"

struct place {
    struct exchange *x;
    size_t bytes;
};

/* What was forgotten, by kind: routes are few. */
struct forgotten {
    const struct provider *provider;
    const char *operation; /* of a provider's table, or of the stubs: compared as text */
};

/* More kinds than that are not told apart. */
#define FORGOTTEN_MAX 128

struct journal {
    pthread_mutex_t lock;
    size_t size;        /* most entries to keep */
    struct place *ring; /* `room` places; entry seq stands at seq % room */
    size_t room;
    uint64_t first, next; /* kept are first <= seq < next */
    uint64_t evicted, clearings;
    struct forgotten *forgotten;
    size_t forgotten_count; /* FORGOTTEN_MAX: anything */
    struct journal_budget *budget;
    struct journal_share share;
    pthread_mutex_t listening; /* held while listeners are called */
    struct journal_listener *listeners;
};

static size_t forget_for_budget(void *journal);

struct journal *journal_new(size_t size, struct journal_budget *budget)
{
    struct journal *journal = mem_zero(1, sizeof *journal);
    pthread_mutex_init(&journal->lock, NULL);
    pthread_mutex_init(&journal->listening, NULL);
    journal->size = size;
    journal->first = journal->next = 1;
    journal->budget = budget;
    journal->share.forget = forget_for_budget;
    journal->share.context = journal;
    if (budget != NULL)
        journal_budget_join(budget, &journal->share);
    return journal;
}

void journal_free(struct journal *journal)
{
    if (journal == NULL)
        return;
    if (journal->budget != NULL)
        journal_budget_leave(journal->budget, &journal->share);
    journal->budget = NULL;
    journal_clear(journal);
    free(journal->ring);
    free(journal->forgotten);
    pthread_mutex_destroy(&journal->lock);
    pthread_mutex_destroy(&journal->listening);
    free(journal);
}

/* ── Forgetting; the lock is held ──────────────────────────────────────────────────────────────────────────────── */

static struct place *place_of(struct journal *journal, uint64_t seq)
{
    return &journal->ring[seq % journal->room];
}

static const char *operation_of(const struct exchange *x)
{
    return x->route == NULL ? NULL : x->route->operation;
}

static bool is_same(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

static void note_forgotten(struct journal *journal, const struct exchange *x)
{
    const struct forgotten kind = {x->provider, operation_of(x)};
    journal->evicted++;
    for (size_t i = 0; i < journal->forgotten_count; i++)
        if (journal->forgotten[i].provider == kind.provider && is_same(journal->forgotten[i].operation, kind.operation))
            return;
    if (journal->forgotten == NULL)
        journal->forgotten = mem_zero(FORGOTTEN_MAX, sizeof *journal->forgotten);
    if (journal->forgotten_count < FORGOTTEN_MAX)
        journal->forgotten[journal->forgotten_count++] = kind;
}

static size_t forget_oldest(struct journal *journal, bool is_evicted)
{
    struct place *oldest = place_of(journal, journal->first++);
    if (is_evicted)
        note_forgotten(journal, oldest->x);
    exchange_drop(oldest->x);
    return oldest->bytes;
}

/* The last entry stays: a request is in the journal before its answer leaves. */
static size_t forget_for_budget(void *context)
{
    struct journal *journal = context;
    pthread_mutex_lock(&journal->lock);
    size_t freed = journal->next - journal->first > 1 ? forget_oldest(journal, true) : 0;
    pthread_mutex_unlock(&journal->lock);
    return freed;
}

static void give_back(struct journal *journal, size_t bytes)
{
    if (journal->budget != NULL)
        journal_budget_give(journal->budget, &journal->share, bytes);
}

/* ── Recording ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void make_room(struct journal *journal)
{
    size_t kept = (size_t)(journal->next - journal->first);
    if (kept < journal->room)
        return;
    size_t room = journal->room == 0 ? 16 : journal->room * 2;
    struct place *ring = mem_zero(room, sizeof *ring);
    for (uint64_t seq = journal->first; seq < journal->next; seq++)
        ring[seq % room] = *place_of(journal, seq);
    free(journal->ring);
    journal->ring = ring;
    journal->room = room;
}

void journal_record(struct journal *journal, struct exchange *x)
{
    size_t bytes = arena_size(x->arena), freed = 0;
    if (journal->budget != NULL)
        journal_budget_take(journal->budget, &journal->share, bytes); /* before anybody can forget it */
    pthread_mutex_lock(&journal->lock);
    x->seq = journal->next;
    while (journal->next - journal->first >= journal->size)
        freed += forget_oldest(journal, true);
    make_room(journal);
    *place_of(journal, journal->next++) = (struct place){exchange_hold(x), bytes};
    pthread_mutex_unlock(&journal->lock);
    give_back(journal, freed);
    if (journal->budget != NULL)
        journal_budget_keep(journal->budget);
    if (__atomic_load_n(&journal->listeners, __ATOMIC_ACQUIRE) != NULL)
        journal_wake(journal);
}

void journal_clear(struct journal *journal)
{
    size_t freed = 0;
    pthread_mutex_lock(&journal->lock);
    while (journal->first < journal->next)
        freed += forget_oldest(journal, false);
    journal->evicted = 0;
    journal->forgotten_count = 0;
    journal->first = journal->next = 1;
    journal->clearings++;
    pthread_mutex_unlock(&journal->lock);
    give_back(journal, freed);
    journal_wake(journal);
}

struct journal_totals journal_totals(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    struct journal_totals totals = {journal->next - journal->first, 0, journal->evicted};
    for (uint64_t seq = journal->first; seq < journal->next; seq++)
        totals.bytes += place_of(journal, seq)->bytes;
    pthread_mutex_unlock(&journal->lock);
    return totals;
}

/* ── Questions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_called(const char *name, const char *const *names)
{
    for (; name != NULL && *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* One refused before the store was asked has the name that the request gave. */
static bool names_order(const struct exchange *x, const char *const *names)
{
    return is_called(x->order_id, names) || is_called(x->order_key, names);
}

static bool has_fault(const struct exchange *x, const char *fault)
{
    for (const struct fired *fired = x->fired; fired != NULL; fired = fired->next)
        if (is_same(fired->id, fault) || is_same(fired->fault, fault))
            return true;
    return false;
}

static bool has_status(const struct exchange *x, int status)
{
    return !x->reply.wire.nothing && !x->reply.wire.raw && x->reply.status == status;
}

static bool is_unread(const struct exchange *x, enum journal_unread wanted)
{
    const struct unread *unread = x->request.unread;
    switch (wanted) {
    case JOURNAL_READ:
        return unread == NULL;
    case JOURNAL_UNREAD:
        return unread != NULL;
    case JOURNAL_UNREAD_MALFORMED:
        return unread != NULL && unread->kind == UNREAD_MALFORMED;
    case JOURNAL_UNREAD_INCOMPLETE:
        return unread != NULL && unread->kind == UNREAD_INCOMPLETE;
    case JOURNAL_UNREAD_UNSERVED:
        return unread != NULL && unread->kind == UNREAD_UNSERVED;
    case JOURNAL_UNREAD_ANY:
        break;
    }
    return true;
}

/* What is remembered of those that were forgotten, too. */
static bool is_of_kind(const struct journal_filter *filter, const struct provider *provider, const char *operation)
{
    if (filter->provider != NULL && (provider == NULL || strcmp(provider->name, filter->provider) != 0))
        return false;
    return filter->operation == NULL || is_same(operation, filter->operation);
}

static bool is_wanted(const struct exchange *x, const struct journal_filter *filter)
{
    return is_of_kind(filter, x->provider, operation_of(x)) &&
           (filter->orders == NULL || names_order(x, filter->orders)) &&
           (filter->method == NULL || ascii_equal(x->request.method, filter->method)) &&
           (filter->fault == NULL || has_fault(x, filter->fault)) &&
           (filter->status == 0 || has_status(x, filter->status)) && is_unread(x, filter->unread);
}

/* Whether none of those that were forgotten would be wanted. */
static bool is_certain(const struct journal *journal, const struct journal_filter *filter)
{
    if (journal->evicted == 0 || filter->since >= journal->first)
        return true;
    if (journal->forgotten_count == FORGOTTEN_MAX)
        return false;
    for (size_t i = 0; i < journal->forgotten_count; i++)
        if (is_of_kind(filter, journal->forgotten[i].provider, journal->forgotten[i].operation))
            return false;
    return true;
}

struct journal_page journal_select(struct journal *journal, const struct journal_filter *filter)
{
    pthread_mutex_lock(&journal->lock);
    uint64_t seq = filter->since > journal->first ? filter->since : journal->first;
    uint64_t end = filter->until > 0 && filter->until < journal->next ? filter->until + 1 : journal->next;
    size_t kept = seq < end ? (size_t)(end - seq) : 0;
    size_t room = filter->limit > 0 && filter->limit < kept ? filter->limit : kept;
    struct journal_page page = {mem_zero(room + 1, sizeof(struct exchange *)), 0, journal->evicted,
                                is_certain(journal, filter), journal->next};
    for (; seq < end && page.count < room; seq++) {
        struct exchange *x = place_of(journal, seq)->x;
        if (is_wanted(x, filter))
            page.list[page.count++] = exchange_hold(x);
    }
    if (seq < journal->next)
        page.next = seq;
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
        x = exchange_hold(place_of(journal, seq)->x);
    pthread_mutex_unlock(&journal->lock);
    return x;
}

/* ── Following ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct journal_range journal_range(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    struct journal_range range = {journal->first, journal->next, journal->clearings};
    pthread_mutex_unlock(&journal->lock);
    return range;
}

void journal_listen(struct journal *journal, struct journal_listener *listener)
{
    pthread_mutex_lock(&journal->listening);
    listener->next = journal->listeners;
    __atomic_store_n(&journal->listeners, listener, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&journal->listening);
}

void journal_unlisten(struct journal *journal, struct journal_listener *listener)
{
    pthread_mutex_lock(&journal->listening);
    struct journal_listener **link = &journal->listeners;
    while (*link != NULL && *link != listener)
        link = &(*link)->next;
    if (*link != NULL)
        __atomic_store_n(link, listener->next, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&journal->listening);
}

void journal_wake(struct journal *journal)
{
    pthread_mutex_lock(&journal->listening);
    for (struct journal_listener *listener = journal->listeners; listener != NULL; listener = listener->next)
        listener->wake(listener->context);
    pthread_mutex_unlock(&journal->listening);
}
