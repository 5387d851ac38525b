/*
 * The clock of a session: real, frozen, or running at a rate; it can be set and advanced.
 *
 * Everything in a session that depends on time asks this clock: schedules, transfers, tokens, cooldowns, stamps in
 * bodies, the Date header, the journal. So a wait of fourteen days is one call:
 *
 *     clock_advance(clock, 14 * CLOCK_DAY_US);
 *
 * Times are microseconds since 1970 (base/instant.h), kept within the years 1970 to 9999. Every call is atomic and
 * may come from any thread.
 */
#ifndef MODEL_CLOCK_H
#define MODEL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"

#define CLOCK_DAY_US   (INT64_C(86400) * 1000000)
#define CLOCK_MAX_US   INT64_C(253402300799999999) /* 9999-12-31T23:59:59.999999Z */
#define CLOCK_RATE_MAX 1000000.0

struct clock;

struct clock_setting {
    bool follows_real; /* the machine's clock; the other members do not count */
    int64_t now_us;    /* where it stands */
    double rate;       /* session seconds a real second, 0 (frozen) to CLOCK_RATE_MAX */
};

struct clock *clock_new(const struct clock_setting *setting) WARN_UNUSED;
void clock_free(struct clock *clock);

int64_t clock_now(struct clock *clock);
void clock_set(struct clock *clock, const struct clock_setting *setting);
/* Moves it forward; false, and nothing moves, when that would pass CLOCK_MAX_US or `by_us` is negative. A real clock
 * that is advanced runs on beside the machine's, ahead of it. */
bool clock_advance(struct clock *clock, int64_t by_us);
/* As it is now. */
struct clock_setting clock_read(struct clock *clock);

#endif
