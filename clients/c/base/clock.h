/*
 * Two clocks: the monotonic one bounds work, the wall clock reads dates. Milliseconds throughout.
 *
 * A deadline is a point on the monotonic clock. It lies a little before the one the caller gave, so
 * that the answer is out before the caller's own runs down.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct deadline {
    int64_t at_ms;
};

int64_t clock_monotonic_ms(void);
int64_t clock_wall_ms(void);

struct deadline deadline_in(int64_t ms);
int64_t deadline_left_ms(struct deadline deadline); /* 0 when over, never negative */

#endif
