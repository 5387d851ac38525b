/*
 * What people see: who is asked, progress suite by suite, each failure in full, and the verdict. Progress and failures
 * go to standard output; colours only where that is a terminal.
 */
#ifndef CONFORMANCE_REPORT_TERMINAL_H
#define CONFORMANCE_REPORT_TERMINAL_H

#include "run.h"
#include "suites.h"

extern const struct progress terminal_progress;

/* Before the first suite. */
void terminal_begin(const struct run *run);

/* After the last: failures in full, warnings and gaps in a line each, counts, verdict. */
void terminal_end(const struct run *run);

#endif
