/* The words of outcomes. */
#include "check/outcome.h"

#include <stddef.h>
#include <string.h>

#include "mock_server/base/text.h"

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
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        if (set & 1U << i)
            text_print(&out, "%s%s", out.length ? " or " : "", words[i]);
    return text_take(&out);
}
