/*
 * What a run over checks was asked for. The command line fills it in (command_line.h); the rooms read it.
 */
#ifndef CHECK_SETTINGS_H
#define CHECK_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "check/check.h"
#include "mock_server/base/options.h"

struct settings {
    const char *program;
    const char *client; /* the command as it was written */
    char **client_argv;
    struct words providers;
    struct words run;
    struct words skip;
    struct words reports;   /* KIND=FILE */
    const char *level_name; /* as it was written */
    enum level level;       /* the weakest level that is asked for */
    bool list;
    const char *format; /* of the list */
    bool list_json;
    const char *explain;
    const char *journal_file; /* NULL: none */
    int64_t jobs;
    double time_scale;
    double limit_s; /* of the whole run */
    bool strict;
    bool reveal;
    bool quiet;
    bool no_color;
    struct option_values *values; /* what the texts live in */
};

#endif
