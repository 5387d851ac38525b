/*
 * The command line of cancelmock: one row an option; parsing and --help come from the same rows. The configuration file
 * that it names (config.h) is read first, so that an argument replaces what the file says.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "mock_server.h"

enum command { COMMAND_SERVE, COMMAND_CHECK, COMMAND_ROUTES, COMMAND_HELP, COMMAND_VERSION };

#define LIST_OPTIONS_MAX 256

struct config;

struct options {
    enum command command;
    struct mock_server_options server; /* points into the arguments, the configuration and the lists below */
    const char *config_file;           /* its values are in here already, where no argument wins */
    struct config *config;             /* what they live in */
    const char *ready_file;
    const char *check_folder;
    bool quiet;
    bool providers_are_from_file; /* until the first --provider replaces them */
    const char *providers[LIST_OPTIONS_MAX];
    const char *knobs[LIST_OPTIONS_MAX];
};

/* 0, or -1 after telling on standard error which argument is wrong and what would be right. */
int options_read(int argc, char **argv, struct options *out);
void options_release(struct options *options);
void options_help(void);

#endif
