/*
 * The option table of `cancelorder` with its help: usage and commands above the options, below them what belongs to one
 * provider (from the providers' own tables), exit codes and examples.
 *
 *     struct help help;
 *     help_init(&help);
 *     options_read(&help.table, …);
 *     help_release(&help);
 */
#ifndef COMMAND_HELP_H
#define COMMAND_HELP_H

#include "base/options.h"

struct help {
    struct option_table table;
    char *after;
};

void help_init(struct help *help);
void help_release(struct help *help);

#endif
