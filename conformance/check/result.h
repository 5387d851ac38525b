/*
 * The result of a check as JSON, as it goes from a worker to the parent and into reports:
 *
 *     {"status":"FAIL","findings":[{"weight":"broken","what":…,"expected":…,"actual":…}], …}
 *
 * runner/case.h has the members that a case which ran adds.
 */
#ifndef CHECK_RESULT_H
#define CHECK_RESULT_H

#include <cjson/cJSON.h>

#include "check/findings.h"

/* The list alone, as results and reports have it. */
cJSON *result_findings(const struct findings *findings);

cJSON *result_of_findings(enum status status, const struct findings *findings);

/* A result without a run: SKIP, NOTRUN, ERROR with one sentence. */
cJSON *result_without_run(enum status status, const char *why);

#endif
