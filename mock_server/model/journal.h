/*
 * The journal: the last N exchanges of a session, as they went over the wire.
 *
 * It keeps the exchanges themselves. It is bounded by number, and all journals of a server together by bytes
 * (model/journal_budget.h). It forgets the oldest first and remembers of what kind they were, so that a question about
 * the past can be answered with "unknown" instead of wrongly, and only where what was forgotten could matter. Calls may
 * come from any thread; exchanges in it no longer change. How an exchange is shown is journal/entry.h.
 *
 *     struct journal_page page = journal_select(journal, &(struct journal_filter){.operation = "cancel"});
 *     for (size_t i = 0; i < page.count; i++) …
 *     if (!page.is_certain) …                      // there may have been more of them
 *     journal_page_release(&page);
 *
 * Who follows it listens: journal_listen() is called back after each entry.
 */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct exchange;
struct journal;
struct journal_budget;

#define JOURNAL_SIZE_DEFAULT 10000
#define JOURNAL_BYTES_MAX    ((size_t)64 * 1024 * 1024) /* of all journals of a server */

/* `size` is at least 1. `budget` NULL: bounded by number alone. */
struct journal *journal_new(size_t size, struct journal_budget *budget) WARN_UNUSED;
void journal_free(struct journal *journal);

/* Holds the exchange and gives it the next number. */
void journal_record(struct journal *journal, struct exchange *x);
void journal_clear(struct journal *journal);

struct journal_totals {
    uint64_t entries, bytes; /* that it keeps */
    uint64_t evicted;        /* that it has forgotten since it was cleared */
};

struct journal_totals journal_totals(struct journal *journal);

/* ── Questions ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum journal_unread {
    JOURNAL_UNREAD_ANY,
    JOURNAL_READ,             /* what could be read */
    JOURNAL_UNREAD,           /* what could not: of any kind, or … */
    JOURNAL_UNREAD_MALFORMED, /* … of this one */
    JOURNAL_UNREAD_INCOMPLETE,
    JOURNAL_UNREAD_UNSERVED,
};

/* All zero: everything. */
struct journal_filter {
    const char *provider, *operation, *method; /* NULL: any */
    const char *const *orders;                 /* names of one order, ended by NULL; NULL: any */
    const char *fault;                         /* the id or the kind of a fault that fired; NULL: any */
    int status;                                /* of the answer that left; 0: any */
    enum journal_unread unread;
    uint64_t since; /* entries of this number and later */
    uint64_t until; /* and up to this number; 0: to the last */
    size_t limit;   /* 0: all */
};

/* Exchanges that a filter wants, oldest first, each held. */
struct journal_page {
    struct exchange **list;
    size_t count;
    uint64_t evicted; /* how many the journal has forgotten since it was cleared */
    bool is_certain;  /* none of those would be wanted */
    uint64_t next;    /* `since` of the page behind this one */
};

struct journal_page journal_select(struct journal *journal, const struct journal_filter *filter) WARN_UNUSED;
void journal_page_release(struct journal_page *page);
/* One exchange, held, or NULL when it never was or was forgotten. */
struct exchange *journal_find(struct journal *journal, uint64_t seq) WARN_UNUSED;

/* ── Following ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Kept are first <= seq < next. */
struct journal_range {
    uint64_t first, next;
    uint64_t clearings; /* how often it was cleared: numbers began again */
};

struct journal_range journal_range(struct journal *journal);

struct journal_listener {
    void (*wake)(void *context); /* from any thread; it may not call the journal */
    void *context;
    struct journal_listener *next; /* the journal's */
};

/* `listener` stays the caller's, until journal_unlisten(); behind that it is not called any more. */
void journal_listen(struct journal *journal, struct journal_listener *listener);
void journal_unlisten(struct journal *journal, struct journal_listener *listener);
/* Calls every listener: something else than an entry has changed. */
void journal_wake(struct journal *journal);

#endif
