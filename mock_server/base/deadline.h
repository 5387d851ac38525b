/* Monotonic time in milliseconds; the only clock that deadlines are measured with. */
#ifndef BASE_DEADLINE_H
#define BASE_DEADLINE_H

#include <stdint.h>

/* Milliseconds since some moment in the past. */
int64_t deadline_now(void);

/* What is left until `deadline`, never below 0, as poll() wants it. */
int deadline_left(int64_t deadline);

#endif
