/*
 * The journal: the last N exchanges of a session, as they went over the wire.
 *
 * It keeps the exchanges themselves. It is bounded by number and by bytes, forgets the oldest first and counts what it
 * forgot, so that a question about the past can be answered with "unknown" instead of wrongly. Calls may come from any
 * thread; exchanges in it no longer change. How an exchange is shown is journal/entry.h.
 */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct exchange;
struct journal;

#define JOURNAL_SIZE_DEFAULT 10000
#define JOURNAL_BYTES_MAX    ((size_t)64 * 1024 * 1024)

/* `size` is at least 1. */
struct journal *journal_new(size_t size) WARN_UNUSED;
void journal_free(struct journal *journal);

/* Holds the exchange and gives it the next number. */
void journal_record(struct journal *journal, struct exchange *x);
void journal_clear(struct journal *journal);

struct journal_totals {
    uint64_t entries, bytes; /* that it keeps */
    uint64_t evicted;        /* that it has forgotten since it was cleared */
};

struct journal_totals journal_totals(struct journal *journal);

struct journal_filter {
    const char *provider, *operation, *order; /* NULL: any */
    int status;                               /* 0: any */
    uint64_t since;                           /* entries of this number and later */
    size_t limit;                             /* 0: all */
};

/* Exchanges that a filter wants, oldest first, each held. */
struct journal_page {
    struct exchange **list;
    size_t count;
    uint64_t evicted; /* how many the journal has forgotten since it was cleared */
    uint64_t next;    /* what the next request will get; a list that `limit` cut goes on after the last one in it */
};

struct journal_page journal_select(struct journal *journal, const struct journal_filter *filter) WARN_UNUSED;
void journal_page_release(struct journal_page *page);
/* One exchange, held, or NULL when it never was or was forgotten. */
struct exchange *journal_find(struct journal *journal, uint64_t seq) WARN_UNUSED;

#endif
