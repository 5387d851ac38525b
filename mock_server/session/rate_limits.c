#include "session/rate_limits.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

struct window {
    char *key;
    int64_t opened_us;
    UT_hash_handle hh;
};

struct rate_limits {
    pthread_mutex_t lock;
    struct window *all; /* iterated oldest first */
};

struct rate_limits *rate_limits_new(void)
{
    struct rate_limits *windows = mem_zero(1, sizeof *windows);
    pthread_mutex_init(&windows->lock, NULL);
    return windows;
}

static void forget(struct rate_limits *windows, struct window *window)
{
    HASH_DEL(windows->all, window);
    free(window->key);
    free(window);
}

void rate_limits_clear(struct rate_limits *windows)
{
    struct window *window, *next;
    pthread_mutex_lock(&windows->lock);
    HASH_ITER (hh, windows->all, window, next)
        forget(windows, window);
    pthread_mutex_unlock(&windows->lock);
}

void rate_limits_free(struct rate_limits *windows)
{
    if (windows == NULL)
        return;
    rate_limits_clear(windows);
    pthread_mutex_destroy(&windows->lock);
    free(windows);
}

/* The lock is held. */
static void open_window(struct rate_limits *windows, const char *key, int64_t now_us)
{
    struct window *window = mem_zero(1, sizeof *window);
    window->key = mem_dup(key);
    window->opened_us = now_us;
    while (HASH_COUNT(windows->all) >= RATE_LIMITS_MAX)
        forget(windows, windows->all);
    HASH_ADD_KEYPTR(hh, windows->all, window->key, strlen(window->key), window);
}

/* The lock is held. */
static struct window *find(struct rate_limits *windows, const char *key)
{
    struct window *window = NULL;
    HASH_FIND_STR(windows->all, key, window);
    return window;
}

static int64_t left_of(const struct window *window, int64_t now_us, int64_t length_us)
{
    /* A clock that was set back has not seen the window open yet. */
    if (window == NULL || now_us < window->opened_us || now_us - window->opened_us >= length_us)
        return 0;
    return length_us - (now_us - window->opened_us);
}

int64_t rate_limits_enter(struct rate_limits *windows, const char *key, int64_t now_us, int64_t length_us)
{
    if (length_us <= 0)
        return 0;
    pthread_mutex_lock(&windows->lock);
    struct window *window = find(windows, key);
    int64_t left = left_of(window, now_us, length_us);
    if (left == 0) {
        if (window != NULL)
            forget(windows, window);
        open_window(windows, key, now_us);
    }
    pthread_mutex_unlock(&windows->lock);
    return left;
}

int64_t rate_limits_left(struct rate_limits *windows, const char *key, int64_t now_us, int64_t length_us)
{
    if (length_us <= 0)
        return 0;
    pthread_mutex_lock(&windows->lock);
    int64_t left = left_of(find(windows, key), now_us, length_us);
    pthread_mutex_unlock(&windows->lock);
    return left;
}

void rate_limits_leave(struct rate_limits *windows, const char *key)
{
    pthread_mutex_lock(&windows->lock);
    struct window *window = find(windows, key);
    if (window != NULL)
        forget(windows, window);
    pthread_mutex_unlock(&windows->lock);
}
