/* The words of outcomes, levels, witnesses and bounds. */
#include "outcome.h"

#include <stddef.h>
#include <string.h>

#include "check.h"
#include "support/string.h"

static const char *const words[OUTCOME_COUNT] = {
#define X(name, word) [OUTCOME_INDEX_##name] = word,
    OUTCOMES(X)
#undef X
};

unsigned outcome_from_name(const char *word)
{
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        if (strcmp(words[i], word) == 0)
            return 1U << i;
    return 0;
}

const char *outcome_name(unsigned outcome)
{
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        if (outcome == 1U << i)
            return words[i];
    return "?";
}

char *outcome_set_text(unsigned set)
{
    struct string out = {0};
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        if (set & 1U << i)
            string_format(&out, "%s%s", out.length ? " or " : "", words[i]);
    return string_take(&out);
}

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
    struct string out = {0};
    if (bounds.min == bounds.max)
        string_format(&out, "%d", bounds.min);
    else if (bounds.max >= BOUNDS_OPEN)
        string_format(&out, "at least %d", bounds.min);
    else
        string_format(&out, "%d to %d", bounds.min, bounds.max);
    return string_take(&out);
}

char *witness_text(unsigned witness)
{
    static const char *const names[] = {"wire", "report", "timing", "process"};
    struct string out = {0};
    for (unsigned i = 0; i < 4; i++)
        if (witness & 1U << i)
            string_format(&out, "%s%s", out.length ? ", " : "", names[i]);
    return string_take(&out);
}
