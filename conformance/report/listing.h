/* The checks themselves, without a run: --list and --explain. */
#ifndef REPORT_LISTING_H
#define REPORT_LISTING_H

#include <cjson/cJSON.h>

#include "check/plan.h"

/* One check as JSON: id, provider, level, basis, clause, requirement, how it is observed. */
cJSON *listing_check(const struct item *item);

void listing_text(const struct plan *plan);
void listing_json(const struct plan *plan);

/* Prints all checks of a rule ("ACM-ERR-2", "acme/ACM-ERR-2/…"). Returns 0, or -1 after a message when there is none.
 */
int listing_explain(const struct plan *plan, const char *rule);

#endif
