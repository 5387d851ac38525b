/*
 * The command line `cancelorder`: a table of subcommands over the library.
 *
 * Exit codes: 0 final and wanted (canceled, already_canceled, deleted; ok for reads), 3 accepted but not
 * final (pending, partial), 1 any other outcome or a result that could not be written (`err` then names
 * the outcome), 2 usage. Results go to `out`, complaints to `err`.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdio.h>

#define EXIT_NOT_TOLD  1
#define EXIT_USAGE     2
#define EXIT_NOT_FINAL 3

int command_run(int argc, char **argv, FILE *out, FILE *err);

#endif
