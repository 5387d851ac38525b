/*
 * `cancelcheck provider`: holds a server against its own documents.
 *
 *     command ─▶ catalogue (exchanges, from the mock's documents) ─▶ replay, one by one ─▶ slots ─▶ tell, exit code
 */
#ifndef CONFORMANCE_PROVIDER_PROVIDER_H
#define CONFORMANCE_PROVIDER_PROVIDER_H

#include "provider/booth.h"
#include "provider/command.h"
#include "provider/result.h"

/* All of it, from the words behind the program's name to the exit code. */
int provider_main(const char *program, int argc, char **argv);

/* Plays the catalogue into the slots. */
void provider_play(struct result *result, const struct command *command, const struct remote *remote);

#endif
