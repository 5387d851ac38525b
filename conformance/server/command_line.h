/*
 * The command line of `cancelcheck server`.
 *
 *     struct server_settings settings;
 *     if (server_command_line_read(&settings, "cancelcheck", providers, argc, argv) == OPTIONS_GO) …
 *     server_command_line_release(&settings);        // in every case
 */
#ifndef SERVER_COMMAND_LINE_H
#define SERVER_COMMAND_LINE_H

#include "server/settings.h"

/* The words are those behind `cancelcheck`, "server" the first. `providers` are the names there are, NULL at the end;
 * borrowed like all else. */
enum options_answer server_command_line_read(struct server_settings *settings, const char *program,
                                             const char *const *providers, int argc, char **argv);
void server_command_line_release(struct server_settings *settings);

#endif
