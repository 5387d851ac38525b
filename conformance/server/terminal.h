/*
 * What people see of `cancelcheck server`: a sign for each exchange as it is done (. passed, F failed, - not asked),
 * each failure in full, what was not asked and why, a table, and the last line "N passed, N failed". It goes to
 * standard output, or to standard error when a report goes there.
 */
#ifndef SERVER_TERMINAL_H
#define SERVER_TERMINAL_H

#include "server/result.h"

/* After the slot `index` is filled. */
void server_terminal_progress(const struct result *result, size_t index);

/* Once all are. */
void server_terminal_end(const struct result *result);

#endif
