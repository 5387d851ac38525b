/*
 * The session's own checks: HC-04 requests outside of every case, HC-05 reports against the journal, HC-06 the mock's
 * own answers, HC-07 bytes that are no request. No client is asked; they are judged from what all other cases left
 * behind, once these are done.
 */
#ifndef SESSION_CHECKS_H
#define SESSION_CHECKS_H

#include <cjson/cJSON.h>

#include "check/check.h"
#include "check/run.h"

/* Its profile's provider is "session". */
extern const struct check_table session_checks;

/* The result of one of these checks. */
cJSON *session_checks_judge(const struct run *run, const struct check *check);

#endif
