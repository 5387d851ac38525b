/*
 * Points in time: microseconds since 1970-01-01T00:00:00Z as int64_t, and the ways they are written.
 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#define INSTANT_TEXT_MAX  40
#define INSTANT_SECOND_US INT64_C(1000000)

/* "2026-11-01T09:00:00.000000Z"; `fraction` is the number of digits after the point: 0, 3 or 6. */
void instant_write_utc(int64_t us, int fraction, char out[INSTANT_TEXT_MAX]);
/* "2026-11-01 12:00:00" in a zone that is `offset_minutes` east of UTC (Europe/Istanbul: 180). */
void instant_write_local(int64_t us, int offset_minutes, char out[INSTANT_TEXT_MAX]);
/* "Sun, 01 Nov 2026 09:00:00 GMT", the form of the HTTP Date header. */
void instant_write_http(int64_t us, char out[INSTANT_TEXT_MAX]);
/* RFC 3339 with Z or an offset, years 1970-9999; false for anything else. */
bool instant_read(const char *text, int64_t *out);
/* The real clock. */
int64_t instant_now(void);
/* A clock that nobody sets: for durations only. */
int64_t instant_monotonic(void);

#endif
