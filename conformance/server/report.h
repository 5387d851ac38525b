/*
 * Reports of `cancelcheck server` for machines: json has everything, junit is what CI servers read.
 */
#ifndef SERVER_REPORT_H
#define SERVER_REPORT_H

#include "server/result.h"

/* Writes all that the settings ask for. Returns 0, or -1 after a message when a file cannot be written. */
int server_report_write(const struct result *result);

#endif
