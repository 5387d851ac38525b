/*
 * What one check of a plan found, with its words for people.
 */
#ifndef VERIFY_FINDING_H
#define VERIFY_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/text.h"

enum verdict { VERDICT_PASSED, VERDICT_UNKNOWN, VERDICT_FAILED }; /* a later one outweighs an earlier one */

const char *verdict_name(enum verdict verdict);

/* Begin with finding_init(), end with finding_to_json(). */
struct finding {
    enum verdict verdict;
    struct text expected, actual;
    struct text why;          /* what follows the two in its message; empty: nothing */
    cJSON *matched, *closest; /* numbers of requests */
};

void finding_init(struct finding *finding);
/* Ends it; `expect` is copied. */
cJSON *finding_to_json(struct finding *finding, const cJSON *expect) WARN_UNUSED;

/* "no request", "1 request", "3 requests" */
void finding_add_requests(struct text *text, uint64_t count);

#endif
