/*
 * `cancelmock exec [OPTION…] -- COMMAND…`: a command in a sealed room (room/), with the mock inside.
 *
 * In the room the vendors' names lead to the mock, on ports 80 and 443, its certificates are trusted, and nothing else
 * can be reached; what was tried is told. Streams, terminal, signals, folder and exit status are the command's own.
 */
#ifndef EXEC_H
#define EXEC_H

/* The room could not be had, or something that was asked for could not be written. */
#define EXEC_NO_ROOM 125

/* The exit status: the command's; EXEC_NO_ROOM, 126 (it cannot be run), 127 (there is none), 2 (usage). It is called
 * while the process has one thread, with argv[1] "exec". */
int exec_main(int argc, char **argv);

#endif
