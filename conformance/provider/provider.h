/*
 * `cancelcheck provider`: holds a server against its own documents.
 *
 *     command ─▶ catalogue (exchanges, from the mock's documents) ─▶ replay, one by one ─▶ slots ─▶ tell, exit code
 */
#ifndef CONFORMANCE_PROVIDER_PROVIDER_H
#define CONFORMANCE_PROVIDER_PROVIDER_H

#include "provider/command.h"
#include "provider/result.h"

/* All of it, from the words behind the program's name to the exit code. */
int provider_main(const char *program, int argc, char **argv);

/*
 * Plays the catalogue. `control` is that of the server that is asked, or one that does not exist; `providers` says
 * {"NAME": {"base_url": …}} where it serves each, for those without a --base-url.
 */
void provider_play(struct result *result, const struct command *command, const struct desk *control,
                   const cJSON *providers);

#endif
