/*
 * The reports of a run over checks for machines, made from the finished run alone.
 */
#ifndef REPORT_RUN_REPORT_H
#define REPORT_RUN_REPORT_H

#include <stdio.h>

#include "check/run.h"

/* Writes all that the settings ask for. Returns 0, or -1 after a message when a file cannot be written. */
int run_report_write(const struct run *run);

/* One of them; `run` is a struct run. */
void run_report_json(const void *run, FILE *to);
void run_report_junit(const void *run, FILE *to);

#endif
