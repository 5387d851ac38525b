#include "base/clock.h"

#include <time.h>

#define MARGIN_MAX_MS 100
#define MARGIN_PART   10

static int64_t clock_ms(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

int64_t clock_wall_ms(void)
{
    return clock_ms(CLOCK_REALTIME);
}

struct deadline deadline_in(int64_t ms)
{
    int64_t margin = ms / MARGIN_PART < MARGIN_MAX_MS ? ms / MARGIN_PART : MARGIN_MAX_MS;
    return (struct deadline){.at_ms = clock_monotonic_ms() + ms - margin};
}

int64_t deadline_left_ms(struct deadline deadline)
{
    int64_t left = deadline.at_ms - clock_monotonic_ms();
    return left > 0 ? left : 0;
}
