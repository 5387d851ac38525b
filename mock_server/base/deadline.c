#include "base/deadline.h"

#include <limits.h>

#include "base/instant.h"

#define US_PER_MS 1000

int64_t deadline_now(void)
{
    return instant_monotonic() / US_PER_MS;
}

int deadline_left(int64_t deadline)
{
    int64_t left = deadline - deadline_now();
    if (left < 0)
        return 0;
    return left > INT_MAX ? INT_MAX : (int)left;
}
