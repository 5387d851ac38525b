/*
 * The command line of cancelcheck.
 *
 *     struct options options;
 *     switch (options_read(&options, argc, argv)) { … }
 */
#ifndef CONFORMANCE_OPTIONS_H
#define CONFORMANCE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "check.h"
#include "support/flags.h"

struct options {
    const char *program;
    const char *client; /* the command as it was written */
    char **client_argv;
    struct words providers;
    struct words run;
    struct words skip;
    struct words reports;  /* KIND=FILE */
    bool report_to_stdout; /* one of them is KIND=- */
    enum level level;      /* the weakest level that is asked for */
    bool list;
    bool list_json;
    const char *explain;
    const char *journal_file; /* NULL: none */
    int jobs;
    double time_scale;
    double limit_s; /* of the whole run */
    bool strict;
    bool reveal;
    bool quiet;
    bool no_color;
};

enum options_answer {
    OPTIONS_GO,    /* do what they say */
    OPTIONS_DONE,  /* --help or --version was printed: exit 0 */
    OPTIONS_WRONG, /* a message was printed: exit 2 */
};

enum options_answer options_read(struct options *options, int argc, char **argv);
void options_release(struct options *options);

#endif
