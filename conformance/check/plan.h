/*
 * What is to be run: checks in their order, each with its address. selection.h chooses them.
 *
 * The order is that of the tables; the session's own checks, which are judged from all others, come last.
 */
#ifndef CHECK_PLAN_H
#define CHECK_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "check/check.h"

struct item {
    const struct check *check;
    const struct check_table *table;
    char *address; /* "acme/ACM-REQ-1" */
    char *suite;   /* "acme/REQ": provider and group, for CUnit and reports */
    bool at_end;   /* judged by the session from all other results; never given to a worker */
};

struct plan {
    const struct check_table *const *tables; /* of all providers there are, NULL at the end; borrowed */
    struct item *items;
    size_t count;
    size_t runnable; /* items that are not at_end: the first ones */
    size_t known;    /* how many checks there are in all */
    bool partial;    /* checks of the chosen providers were left out */
};

/* Appends all checks of the group. */
void plan_add(struct plan *plan, const struct check_table *table, const struct check_group *group, bool at_end);

/* Takes one out; those behind it move up. */
void plan_drop(struct plan *plan, size_t index);

void plan_release(struct plan *plan);

/* "REQ" of "ACM-REQ-1/case", "RS" of "RS-08"; to be freed. */
char *plan_group(const char *id);

#endif
