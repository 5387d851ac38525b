/*
 * All tables of checks. Adding a provider's is one word in CHECK_TABLES and one file of that name, which exports
 *
 *     const struct check_table NAME_checks = {.profile = {...}, .checks = checks, .count = CHECK_COUNT(checks)};
 *
 * The rows of `common_rows` are asked of every provider, below the provider's own name ("dukkango/HC-02").
 */
#ifndef CONFORMANCE_CASES_REGISTRY_H
#define CONFORMANCE_CASES_REGISTRY_H

#include "check.h"

/* clang-format off */
#define CHECK_TABLES(X) \
    X(dukkango) \
    X(fungies) \
    X(akinon) \
    X(iletimerkezi) \
    X(zaikio)
/* clang-format on */

#define X(name) extern const struct check_table name##_checks;
CHECK_TABLES(X)
#undef X

extern const struct check common_rows[];
extern const size_t common_row_count;

size_t check_table_count(void);

/* Borrowed; `index` is below check_table_count(). */
const struct check_table *check_table_at(size_t index);

/* Borrowed; NULL when no table is of this provider. */
const struct check_table *check_table_of(const char *provider);

#endif
