/*
 * The command in the room: started, heard out, and ended as a shell would have it.
 *
 * What always holds
 *   - Standard input, output and error, working folder, terminal and process group are the command's own: they are
 * those of this program, which reads and writes none of them meanwhile. So Ctrl-C and Ctrl-Z of a terminal reach it
 * directly.
 *   - SIGTERM, SIGHUP, SIGUSR1, SIGUSR2 and the like that are sent to this program are passed on; what the command
 * makes of them is its own affair. SIGINT and SIGQUIT come from a terminal to both, so they are passed on only when
 *     somebody else sent them.
 *   - Whatever it leaves behind is this program's to wait for, also where this is process 1: the dead are reaped while
 *     the command runs, and what still runs after it is told and ended, since the room ends: SIGTERM, two seconds,
 * SIGKILL.
 *
 *     child_prepare(&child);                          // before there is any other thread
 *     if (child_start(&child, argv, environment))
 *         status = child_wait(&child);               // 0…255, as a shell has it: 128 and the number of a signal
 *     child_end_rest(&child, told, context);
 *
 * Exit statuses of a command that cannot be started: 127 there is none of that name, 126 it cannot be run.
 */
#ifndef ROOM_CHILD_H
#define ROOM_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct child {
    pid_t pid;
    int status;                 /* of the command, once it has ended */
    void (*pipe_was)(int);      /* what this program was given for SIGPIPE */
    void (*file_size_was)(int); /* and for SIGXFSZ */
};

enum { CHILD_NOT_RUNNABLE = 126, CHILD_NOT_FOUND = 127 };

/* From here on signals wait for child_wait(), and orphans of the command come to this process. */
void child_prepare(struct child *child);
/* `argv` and `environment` end with NULL. False: errno says why, and child->status is 126 or 127. */
bool child_start(struct child *child, char *const *argv, char *const *environment);
int child_wait(struct child *child);
/* Ends what still runs; calls back with the number and the name of each first. */
void child_end_rest(struct child *child, void (*tell)(void *context, pid_t pid, const char *name), void *context);

#endif
