/*
 * Time windows that a request opens and a later one meets: cooldowns, rate limits, repeats within ten minutes.
 *
 *     int64_t left = windows_enter(windows, "dukkango get-current rest-1", now, 30 * INSTANT_SECOND_US);
 *     if (left > 0)
 *         return refuse_too_early(x, left);
 *
 * Bounded: of more than WINDOWS_MAX open windows the oldest is forgotten. Every call may come from any thread.
 */
#ifndef MODEL_WINDOWS_H
#define MODEL_WINDOWS_H

#include <stdint.h>

#include "base/memory.h"

struct windows;

#define WINDOWS_MAX 10000

struct windows *windows_new(void) WARN_UNUSED;
void windows_free(struct windows *windows);
/* How many microseconds the window of `key` stays closed to others; 0: it was free, and now it is this caller's for
 * `length_us` from `now_us` on. A request that comes too early does not make the window longer. */
int64_t windows_enter(struct windows *windows, const char *key, int64_t now_us, int64_t length_us);
/* The same without entering: 0 where windows_enter() would be free. */
int64_t windows_left(struct windows *windows, const char *key, int64_t now_us, int64_t length_us);
/* Ends the window before its time; nothing happens where there is none. */
void windows_leave(struct windows *windows, const char *key);
void windows_clear(struct windows *windows);

#endif
