/*
 * What is to be run: the checks of all tables, chosen by the options, each with its address. The order is that of the
 * tables; the session's own checks, which are judged from all others, come last.
 */
#ifndef CONFORMANCE_PLAN_H
#define CONFORMANCE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "check.h"
#include "options.h"

struct item {
    const struct check *check;
    const struct check_table *table;
    char *address; /* "dukkango/DUK-REQ-1" */
    char *suite;   /* "dukkango/REQ": provider and group, for CUnit and reports */
    bool at_end;   /* judged by the session from all other results; never given to a worker */
};

struct plan {
    struct item *items;
    size_t count;
    size_t runnable; /* items that are not at_end: the first ones */
    size_t known;    /* how many checks there are in all */
    bool partial;    /* checks of the chosen providers were left out */
};

/*
 * Returns 0, or -1 after a message when nothing is left, or when a glob of --run or --skip matches nothing. An empty
 * plan of a session is one without any runnable check.
 */
int plan_make(const struct options *options, struct plan *out);
void plan_release(struct plan *plan);

/* All checks there are, whatever the options say. */
void plan_everything(struct plan *out);

/* "REQ" of "DUK-REQ-1/case", "RS" of "RS-08"; to be freed. */
char *plan_group(const char *id);

#endif
