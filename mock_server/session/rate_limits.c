#include "session/rate_limits.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/bounded_map.h"

struct rate_limits {
    pthread_mutex_t lock;
    struct bounded_map *taken; /* int64_t: when, by key */
};

struct rate_limits *rate_limits_new(void)
{
    struct rate_limits *limits = mem_zero(1, sizeof *limits);
    pthread_mutex_init(&limits->lock, NULL);
    limits->taken = bounded_map_new(RATE_LIMITS_MAX, sizeof(int64_t));
    return limits;
}

void rate_limits_clear(struct rate_limits *limits)
{
    pthread_mutex_lock(&limits->lock);
    bounded_map_clear(limits->taken);
    pthread_mutex_unlock(&limits->lock);
}

void rate_limits_free(struct rate_limits *limits)
{
    if (limits == NULL)
        return;
    bounded_map_free(limits->taken);
    pthread_mutex_destroy(&limits->lock);
    free(limits);
}

/* The lock is held. */
static int64_t left_of(const struct rate_limits *limits, const char *key, int64_t now_us, int64_t length_us)
{
    const int64_t *taken_us = bounded_map_find(limits->taken, key);
    /* A clock that was set back has not seen it taken yet. */
    if (taken_us == NULL || now_us < *taken_us || now_us - *taken_us >= length_us)
        return 0;
    return length_us - (now_us - *taken_us);
}

int64_t rate_limits_enter(struct rate_limits *limits, const char *key, int64_t now_us, int64_t length_us)
{
    if (length_us <= 0)
        return 0;
    pthread_mutex_lock(&limits->lock);
    int64_t left = left_of(limits, key, now_us, length_us);
    if (left == 0)
        *(int64_t *)bounded_map_put(limits->taken, key) = now_us;
    pthread_mutex_unlock(&limits->lock);
    return left;
}

int64_t rate_limits_left(struct rate_limits *limits, const char *key, int64_t now_us, int64_t length_us)
{
    if (length_us <= 0)
        return 0;
    pthread_mutex_lock(&limits->lock);
    int64_t left = left_of(limits, key, now_us, length_us);
    pthread_mutex_unlock(&limits->lock);
    return left;
}

void rate_limits_leave(struct rate_limits *limits, const char *key)
{
    pthread_mutex_lock(&limits->lock);
    int64_t *taken_us = bounded_map_find(limits->taken, key);
    if (taken_us != NULL)
        bounded_map_forget(limits->taken, taken_us);
    pthread_mutex_unlock(&limits->lock);
}
