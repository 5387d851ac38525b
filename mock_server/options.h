/*
 * The command line of cancelmock: one row an option; parsing and --help come from the same rows.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "mock_server.h"

enum command { COMMAND_SERVE, COMMAND_CHECK, COMMAND_ROUTES, COMMAND_HELP, COMMAND_VERSION };

#define LIST_OPTIONS_MAX 64

struct options {
    enum command command;
    struct mock_server_options server; /* points into the arguments and the lists below */
    const char *ready_file;
    const char *check_folder;
    bool quiet;
    const char *providers[LIST_OPTIONS_MAX];
    const char *knobs[LIST_OPTIONS_MAX];
};

/* 0, or -1 after telling on standard error which argument is wrong and what would be right. */
int options_read(int argc, char **argv, struct options *out);
void options_help(void);

#endif
