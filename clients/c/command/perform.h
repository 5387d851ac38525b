/*
 * Does what `cancel` and `get` ask for, once everything about the command line is known to be right, and
 * tells the result on `out`: also when a signal ends the wait. Warnings go to `err`, and so does the
 * outcome if `out` cannot take it. Returns the exit code.
 */
#ifndef COMMAND_PERFORM_H
#define COMMAND_PERFORM_H

#include <stdio.h>

#include "command/credentials.h"
#include "command/settings.h"
#include "core/provider.h"

int perform(const struct settings *settings, const char *order_id, const struct client_provider *provider,
            const char *operation, const struct credentials *credentials, FILE *out, FILE *err);

#endif
