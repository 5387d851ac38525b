/*
 * Rate limits that a request takes and a later one runs into: cooldowns, requests a minute, repeats within ten minutes.
 *
 *     int64_t left = rate_limits_enter(limits, "shop get-current rest-1", now, 30 * INSTANT_SECOND_US);
 *     if (left > 0)
 *         return refuse_too_early(x, left);
 *
 * Bounded: of more than RATE_LIMITS_MAX that were taken the oldest is forgotten. Every call may come from any thread.
 */
#ifndef SESSION_RATE_LIMITS_H
#define SESSION_RATE_LIMITS_H

#include <stdint.h>

#include "base/memory.h"

struct rate_limits;

#define RATE_LIMITS_MAX 10000

struct rate_limits *rate_limits_new(void) WARN_UNUSED;
void rate_limits_free(struct rate_limits *limits);
/* How many microseconds the rate limit of `key` stays closed to others; 0: it was free, and now it is this caller's for
 * `length_us` from `now_us` on. A request that comes too early does not make it longer. */
int64_t rate_limits_enter(struct rate_limits *limits, const char *key, int64_t now_us, int64_t length_us);
/* The same without entering: 0 where rate_limits_enter() would be free. */
int64_t rate_limits_left(struct rate_limits *limits, const char *key, int64_t now_us, int64_t length_us);
/* Ends it before its time; nothing happens where there is none. */
void rate_limits_leave(struct rate_limits *limits, const char *key);
void rate_limits_clear(struct rate_limits *limits);

#endif
