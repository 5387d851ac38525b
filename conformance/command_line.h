/*
 * The command line of cancelcheck, where it judges a client.
 *
 *     struct settings settings;
 *     enum options_answer answer = command_line_read(&settings, argc, argv);
 *     if (answer == OPTIONS_GO) …
 *     command_line_release(&settings);        // in every case
 */
#ifndef COMMAND_LINE_H
#define COMMAND_LINE_H

#include "check/settings.h"
#include "mock_server/base/options.h"

enum options_answer command_line_read(struct settings *settings, int argc, char **argv);
void command_line_release(struct settings *settings);

#endif
