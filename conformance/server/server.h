/*
 * `cancelcheck server`: holds a server against its own documents.
 *
 *     settings ─▶ exchanges (from the mock's documents) ─▶ replay, one by one ─▶ slots ─▶ terminal, reports, exit code
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

/* All of it, from the words behind the program's name to the exit code. `providers` are the names there are, NULL at
 * the end. */
int server_main(const char *program, const char *const *providers, int argc, char **argv);

#endif
