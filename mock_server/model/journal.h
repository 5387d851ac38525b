/*
 * The journal: the last N exchanges of a session, as they went over the wire.
 *
 * It keeps the exchanges themselves. It is bounded by number and by bytes, forgets the oldest first and counts what it
 * forgot, so that a question about the past can be answered with "unknown" instead of wrongly. Calls may come from any
 * thread; exchanges in it no longer change.
 */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

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

struct journal_filter {
    const char *provider, *operation, *order; /* NULL: any */
    int status;                               /* 0: any */
    uint64_t since;                           /* entries of this number and later */
    size_t limit;                             /* 0: all */
};

/* {"requests":[…],"evicted":n,"next":seq}, oldest first. `next` is what the next request will
 * get; a list that `limit` cut goes on after the last "seq" in it. */
cJSON *journal_to_json(struct journal *journal, const struct journal_filter *filter) WARN_UNUSED;
/* How an exchange that is settled is shown; its session is alive. */
cJSON *journal_entry_of(const struct exchange *x) WARN_UNUSED;
/* One entry, or NULL when it never was or was forgotten. */
cJSON *journal_entry(struct journal *journal, uint64_t seq) WARN_UNUSED;

#endif
