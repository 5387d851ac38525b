/* The list of CHECK_TABLES as an array. */
#include "cases/registry.h"

#include <string.h>

static const struct check_table *const tables[] = {
#define X(name) &name##_checks,
    CHECK_TABLES(X)
#undef X
};

size_t check_table_count(void)
{
    return CHECK_COUNT(tables);
}

const struct check_table *check_table_at(size_t index)
{
    return tables[index];
}

const struct check_table *check_table_of(const char *provider)
{
    for (size_t i = 0; i < CHECK_COUNT(tables); i++)
        if (strcmp(tables[i]->profile.provider, provider) == 0)
            return tables[i];
    return NULL;
}
