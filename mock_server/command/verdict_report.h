/*
 * A server's verdict on a plan, for people and as files.
 *
 * What is reported is the server's answer ({"verdict","checks","evicted"}), or why none came. A report of a file has
 * one case a check: failed is a failure, unknown an error. Where no answer came there is one case, and it is an error:
 * so nobody reads an empty file as good news.
 */
#ifndef COMMAND_VERDICT_REPORT_H
#define COMMAND_VERDICT_REPORT_H

#include <stdio.h>

#include "base/json.h"
#include "base/report_files.h"

struct verdict_report {
    const char *plan; /* as people call it: its file */
    const char *server;
    const cJSON *answer; /* NULL: none came */
    const char *problem; /* why none came */
};

/* One line a check, what is wrong below it, and the numbers. */
void verdict_report_print(const struct verdict_report *report, FILE *to);
/* `what` is a struct verdict_report. */
extern report_writer *const verdict_report_writers[REPORT_KIND_COUNT];

#endif
