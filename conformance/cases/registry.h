/*
 * All tables of checks. Adding a provider's is one word in CHECK_TABLES and one room of that name, which exports
 *
 *     const struct check_table NAME_checks = {.profile = {…}, .groups = {&NAME_request_rows, …}};
 *
 * The rows of `common_checks` are asked of every provider, below the provider's own name ("acme/HC-02").
 */
#ifndef CASES_REGISTRY_H
#define CASES_REGISTRY_H

#include "check/check.h"

/* clang-format off */
#define CHECK_TABLES(X) \
    X(dukkango) \
    X(fungies) \
    X(akinon) \
    X(iletimerkezi) \
    X(zaikio)
/* clang-format on */

extern const struct check_group common_checks;

/* Borrowed, in the order in which they are listed and run; the last is NULL. */
const struct check_table *const *check_tables(void);

#endif
