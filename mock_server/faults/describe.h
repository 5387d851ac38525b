/*
 * What faults there are, as JSON: the answer of GET /_mock/faults/kinds, from the rows alone.
 *
 *     {"phases": [{"name": "before_commit", "meaning": "…"}, …],
 *      "members": [PARAMETER…],                               those of every fault
 *      "kinds": [{"name": "TRUNCATED_BODY", "phases": ["after_commit"], "parameters": [PARAMETER…],
 *                 "either": ["bytes", "bytes_base64"], "needs_either": true, "meaning": "…"}, …]}
 *
 * PARAMETER is {"name", "type", "required", "meaning"} with "values" where it is one of some words, "least" and "most"
 * where it is a number between two, "members" where it is an object or an array of objects. `either` stands where at
 * most one of some parameters is given, `needs_either` says that one must be.
 */
#ifndef FAULTS_DESCRIBE_H
#define FAULTS_DESCRIBE_H

#include "base/json.h"

cJSON *faults_describe(void) WARN_UNUSED;

#endif
