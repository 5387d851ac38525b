/*
 * What people see: who is asked, progress suite by suite, each failure in full, and the verdict. All of it goes to
 * standard output, or to standard error when a report goes there; colours only where that is a terminal. With --strict,
 * the warnings and gaps that make the run fail are shown in full as well.
 */
#ifndef REPORT_TERMINAL_H
#define REPORT_TERMINAL_H

#include "check/run.h"

extern const struct progress terminal_progress;

/* Before the first suite. */
void terminal_begin(const struct run *run);

/* After the last: failures in full, warnings and gaps in a line each, counts, verdict; where no adapter ever answered,
 * why not, and the verdict. */
void terminal_end(const struct run *run);

#endif
