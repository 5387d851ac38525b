/* Monotonic time; the only clock that deadlines are measured with. */
#ifndef CONFORMANCE_SUPPORT_CLOCK_H
#define CONFORMANCE_SUPPORT_CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment in the past. */
int64_t monotonic_ms(void);

/* What is left until `deadline`, never below 0, as poll() wants it. */
int monotonic_left(int64_t deadline);

#endif
