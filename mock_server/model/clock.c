/* One anchor says it all: at the real time `anchor_real_us` the clock showed `anchor_us`, and runs at `rate` since. */
#include "model/clock.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/instant.h"

struct clock {
    pthread_mutex_t lock;
    bool follows_real;
    int64_t anchor_us, anchor_real_us;
    double rate;
};

struct clock *clock_new(const struct clock_setting *setting)
{
    struct clock *clock = mem_zero(1, sizeof *clock);
    pthread_mutex_init(&clock->lock, NULL);
    clock_set(clock, setting);
    return clock;
}

void clock_free(struct clock *clock)
{
    if (clock == NULL)
        return;
    pthread_mutex_destroy(&clock->lock);
    free(clock);
}

static int64_t within_years(int64_t us)
{
    return us < 0 ? 0 : us > CLOCK_MAX_US ? CLOCK_MAX_US : us;
}

/* The lock is held. */
static int64_t shown(const struct clock *clock)
{
    if (clock->follows_real)
        return instant_now();
    int64_t real = instant_now() - clock->anchor_real_us;
    if (clock->rate <= 0 || real <= 0)
        return clock->anchor_us;
    double ahead = (double)real * clock->rate; /* whole microseconds up to 285 years */
    if (ahead >= (double)(CLOCK_MAX_US - clock->anchor_us))
        return CLOCK_MAX_US;
    return clock->anchor_us + (int64_t)ahead;
}

static void anchor(struct clock *clock, int64_t now_us, double rate)
{
    clock->follows_real = false;
    clock->anchor_real_us = instant_now();
    clock->anchor_us = within_years(now_us);
    clock->rate = rate;
}

int64_t clock_now(struct clock *clock)
{
    pthread_mutex_lock(&clock->lock);
    int64_t now = shown(clock);
    pthread_mutex_unlock(&clock->lock);
    return now;
}

void clock_set(struct clock *clock, const struct clock_setting *setting)
{
    pthread_mutex_lock(&clock->lock);
    if (setting->follows_real)
        clock->follows_real = true;
    else
        anchor(clock, setting->now_us, setting->rate);
    pthread_mutex_unlock(&clock->lock);
}

bool clock_advance(struct clock *clock, int64_t by_us)
{
    pthread_mutex_lock(&clock->lock);
    int64_t now = shown(clock);
    bool possible = by_us >= 0 && by_us <= CLOCK_MAX_US - now;
    if (possible)
        anchor(clock, now + by_us, clock->follows_real ? 1.0 : clock->rate);
    pthread_mutex_unlock(&clock->lock);
    return possible;
}

struct clock_setting clock_read(struct clock *clock)
{
    pthread_mutex_lock(&clock->lock);
    struct clock_setting setting = {clock->follows_real, shown(clock), clock->follows_real ? 1.0 : clock->rate};
    pthread_mutex_unlock(&clock->lock);
    return setting;
}
