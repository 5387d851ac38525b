/*
 * What people see of `cancelcheck provider`: a sign for each exchange as it is done (. passed, F failed, - not asked),
 * each failure in full, what was not asked and why, a table, and the last line "N passed, N failed".
 */
#ifndef CONFORMANCE_PROVIDER_TELL_H
#define CONFORMANCE_PROVIDER_TELL_H

#include "provider/command.h"
#include "provider/result.h"

/* After the slot `index` is filled. */
void tell_progress(const struct command *command, const struct result *result, size_t index);

/* Once all are. */
void tell_end(const struct command *command, const struct result *result);

#endif
