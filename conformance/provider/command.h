/*
 * The command line of `cancelcheck provider`.
 *
 *     struct command command;
 *     if (command_read(&command, argc, argv) == OPTIONS_GO) …
 */
#ifndef CONFORMANCE_PROVIDER_COMMAND_H
#define CONFORMANCE_PROVIDER_COMMAND_H

#include <stdbool.h>

#include "options.h"
#include "provider/compare.h"
#include "support/flags.h"

struct command {
    const char *program;
    struct words base_urls; /* URL or PROVIDER=URL, all of them addresses */
    struct words providers;
    struct words run;
    struct words replace; /* OLD=NEW */
    struct words reports; /* KIND=FILE */
    const char *control;  /* NULL: no running mock server */
    enum compare compare;
    int limit_ms; /* of one request */
    const char *journal_file;
    bool list;
    bool quiet;
    bool no_color;
};

/* The words are those behind `cancelcheck`, "provider" the first. */
enum options_answer command_read(struct command *command, const char *program, int argc, char **argv);
void command_release(struct command *command);

/* The address that --base-url gives for a provider, borrowed; NULL when it gives none. */
const char *command_base_url(const struct command *command, const char *provider);

/* Whether the provider is asked for: named by --provider, or else by a --base-url, or else nothing is named. */
bool command_wants(const struct command *command, const char *provider);

/* The command that repeats one exchange, ready for a shell; to be freed. */
char *command_repeat(const struct command *command, const char *address);

#endif
