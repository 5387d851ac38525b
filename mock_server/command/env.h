/*
 * `cancelmock env`: writes the files by which programs trust the mock's authority, and prints the variables that name
 * them, for a shell to read. Behind them, as comments, stand the options of known clients for the server's address.
 */
#ifndef COMMAND_ENV_H
#define COMMAND_ENV_H

/* `argv[0]` is "env". Returns the exit status. */
int command_env(int argc, char **argv);

#endif
