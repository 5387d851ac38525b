/* The words of levels, bases, bounds and witnesses. */
#include "check/check.h"

#include "mock_server/base/text.h"

const char *level_name(enum level level)
{
    static const char *const names[] = {"MUST", "SHOULD", "MAY"};
    return names[level];
}

const char *basis_name(enum basis basis)
{
    return basis == BASIS_DOCUMENTED ? "documented" : "ours";
}

char *bounds_text(struct bounds bounds)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    if (bounds.min == bounds.max)
        text_print(&out, "%d", bounds.min);
    else if (bounds.max >= BOUNDS_OPEN)
        text_print(&out, "at least %d", bounds.min);
    else
        text_print(&out, "%d to %d", bounds.min, bounds.max);
    return text_take(&out);
}

char *witness_text(unsigned witness)
{
    static const char *const names[] = {"wire", "report", "timing", "process"};
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (unsigned i = 0; i < 4; i++)
        if (witness & 1U << i)
            text_print(&out, "%s%s", out.length ? ", " : "", names[i]);
    return text_take(&out);
}
