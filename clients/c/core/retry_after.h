/*
 * How long the provider asks to wait, in milliseconds, or -1 if it does not say so understandably.
 *
 * `retry_after` is Retry-After: seconds or an HTTP date of any of the three forms (RFC 9110, 5.6.7 and
 * 10.2.3). `rate_limit_reset` is RateLimit-Reset, which is sent as Unix seconds by some;
 * a small number is taken as seconds to wait. Dates count from the answer's own `date` where it has
 * one, so a wrong local clock does no harm; else from `now_ms`. Any of the texts may be NULL. Negative,
 * huge and unreadable values are as good as absent; a date in the past is 0.
 */
#ifndef CORE_RETRY_AFTER_H
#define CORE_RETRY_AFTER_H

#include <stdint.h>

int64_t retry_after_ms(const char *retry_after, const char *rate_limit_reset, const char *date, int64_t now_ms);

#endif
