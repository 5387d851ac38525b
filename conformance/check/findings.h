/*
 * What the judge found in one case: a list of sentences with "expected" and "actual", each of one weight. All texts are
 * copied.
 *
 *     findings_broken(&findings, "the method", "PUT", "POST");
 *     enum status status = findings_status(&findings, LEVEL_MUST);      // FAIL
 */
#ifndef CHECK_FINDINGS_H
#define CHECK_FINDINGS_H

#include <stddef.h>

#include "check/status.h"

enum weight {
    WEIGHT_BROKEN,    /* the rule is broken */
    WEIGHT_TOLERATED, /* merely tolerated */
    WEIGHT_GAP,       /* could not be seen */
    WEIGHT_FAULTY,    /* the harness, the adapter or the machine is at fault */
};

struct finding {
    enum weight weight;
    char *what;
    char *expected;
    char *actual;
};

struct findings {
    struct finding *list;
    size_t count;
};

void findings_add(struct findings *findings, enum weight weight, const char *what, const char *expected,
                  const char *actual);
void findings_broken(struct findings *findings, const char *what, const char *expected, const char *actual);

/* The status of a check of this level that ended with an answer. */
enum status findings_status(const struct findings *findings, enum level level);

/* "broken", "tolerated", "gap", "fault" */
const char *weight_name(enum weight weight);

void findings_release(struct findings *findings);

#endif
