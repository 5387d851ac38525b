/*
 * Reports of `cancelcheck provider` for machines: json has everything, junit is what CI servers read.
 *
 *     if (write_check(&command) < 0)
 *         return 3;                       // before anything is sent: a misspelt folder loses no run
 *     …
 *     write_all(&command, &result);
 */
#ifndef CONFORMANCE_PROVIDER_WRITE_H
#define CONFORMANCE_PROVIDER_WRITE_H

#include <stdbool.h>

#include "provider/command.h"
#include "provider/result.h"

/* Whether "KIND=FILE" names a kind that there is, and a file. */
bool write_knows(const char *kind_and_file);

/* Whether all files can be written; one that does not exist is made. 0, or -1 after a message. */
int write_check(const struct command *command);

/* 0, or -1 after a message when a file cannot be written. */
int write_all(const struct command *command, const struct result *result);

#endif
