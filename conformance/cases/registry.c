/* The list of CHECK_TABLES as an array. */
#include "cases/registry.h"

#include <stddef.h>

#define X(name) extern const struct check_table name##_checks;
CHECK_TABLES(X)
#undef X

const struct check_table *const *check_tables(void)
{
    static const struct check_table *const tables[] = {
#define X(name) &name##_checks,
        CHECK_TABLES(X)
#undef X
            NULL,
    };
    return tables;
}
