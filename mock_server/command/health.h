/*
 * `cancelmock health URL`: is that server alive? For the health checks of containers, without a shell and without curl.
 */
#ifndef COMMAND_HEALTH_H
#define COMMAND_HEALTH_H

/* `argv[0]` is "health". Returns the exit status. */
int command_health(int argc, char **argv);

#endif
