/*
 * Quotas: how many requests one window of a rate limit has had. Faults that give the same name share one.
 *
 * A window begins with the first request after the one before it has ended, and lasts as long as its faults say, on the
 * session's clock. A clock that was set back begins a new one. The owner guards the list.
 */
#ifndef FAULTS_QUOTA_H
#define FAULTS_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

struct quota {
    char *name;
    int64_t window_us;
    int64_t began_us;
    int64_t count;  /* of requests since then; 0: no window has begun */
    uint64_t round; /* the request that was counted last */
    struct quota *next;
};

/* Counts a request, and says how many the window has had with it; *left_us is how long it lasts still. A request is
 * counted once, however many of its faults ask: `round` (above 0) is its number. */
int64_t quota_count(struct quota *quota, uint64_t round, int64_t now_us, int64_t *left_us);

/* The quota of that name, with that window; made where there is none. */
struct quota *quota_named(struct quota **list, const char *name, int64_t window_us);
void quotas_free(struct quota **list);

#endif
