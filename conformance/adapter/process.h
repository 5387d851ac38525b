/*
 * One child process in a process group of its own, with three pipes.
 *
 * What always holds
 *   - Ending it ends the whole group, so that children of a child go too. The exception: a grandchild in a session or
 *     group of its own (setsid) is not ended; it only finds its pipes closed. Waiting is for the child, never for the
 *     end of its pipes: a grandchild may keep those open for ever.
 *   - The child has no file handles but its pipes, default signal handling, and dies with the process that started it.
 *   - Our ends of the pipes never block.
 */
#ifndef ADAPTER_PROCESS_H
#define ADAPTER_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct process {
    pid_t pid; /* 0: none */
    int in;    /* we write; -1 when closed */
    int out;   /* we read */
    int err;   /* we read */
    bool ended;
    int status; /* of waitpid(), once `ended` */
};

/* Returns 0, or -1 with errno as fork(), pipe() or exec() left it. */
int process_start(struct process *process, char *const argv[]);

/* Looks without waiting; true when the child has ended. */
bool process_has_ended(struct process *process);

/* Waits at most so long for the child to end by itself; true when it has. */
bool process_wait(struct process *process, int timeout_ms);

/* Ends the group at once, reaps the child, closes the pipes. A process that was never started is fine. */
void process_kill(struct process *process);

/* "exited with status 1", "was killed by signal 11 (Segmentation fault)"; to be freed. */
char *process_ending(const struct process *process);

#endif
