/* The result of a case as JSON (see case.h), with secrets masked and long texts shortened. */
#ifndef RUNNER_RECORD_H
#define RUNNER_RECORD_H

#include <cjson/cJSON.h>

#include "judge/evidence.h"

/* With the exchanges and answers, unless it is a PASS. */
cJSON *record_of_case(enum status status, const struct findings *findings, const struct evidence *evidence);

/*
 * Adds "answered", "notes", "compared", "untruths", "mock_answers" and "mock_faults": what the session's own checks and
 * the circuit breaker are judged from.
 */
void record_add_witnesses(cJSON *record, const struct evidence *evidence, const cJSON *notes);

#endif
