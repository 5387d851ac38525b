/*
 * What cancelmock is asked to do: its commands and its options (base/options.h), put into one struct.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "base/options.h"
#include "mock_server.h"

enum command { COMMAND_SERVE, COMMAND_CHECK, COMMAND_ROUTES, COMMAND_EXEC };

struct settings {
    enum command command;
    const char *check_folder; /* of COMMAND_CHECK */
    char **argv;              /* of COMMAND_EXEC: the command, ended by NULL */
    const char *summary;      /* of COMMAND_EXEC: a file; NULL: none */
    bool no_room;             /* of COMMAND_EXEC */
    const char *ready_file;
    bool quiet;
    const char *log;                   /* "text", "json"; NULL: no line for a request */
    struct mock_server_options server; /* points into the lists below and into `values` */

    int64_t seed, journal_size; /* as the table reads them */
    double reload_every_s;
    struct words providers, knobs, hosts;
    struct option_values *values;
};

/* OPTIONS_WRONG after a message on standard error, OPTIONS_DONE after help or the version on standard output. Released
 * with settings_release() in every case. */
enum options_answer settings_read(struct settings *settings, int argc, char **argv);
void settings_release(struct settings *settings);

#endif
