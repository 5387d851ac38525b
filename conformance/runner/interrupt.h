/*
 * SIGINT, SIGTERM and SIGHUP as something to poll for, so that a run that is told to end can still say what it found.
 *
 * From interrupt_open() on they are held back, in workers that are forked meanwhile too: a Ctrl-C at the terminal
 * reaches all of them, and it is for the parent to end them. A signal that was ignored before (nohup) stays ignored.
 */
#ifndef RUNNER_INTERRUPT_H
#define RUNNER_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

struct interrupt {
    bool open;
    int handle; /* readable once a signal came; -1 when there is no way to know */
    sigset_t before;
};

void interrupt_open(struct interrupt *interrupt);

/* "SIGINT" of the signal that came, once; NULL when none has. */
const char *interrupt_name(struct interrupt *interrupt);

/* What came meanwhile is forgotten; the next signal has its usual effect. */
void interrupt_close(struct interrupt *interrupt);

#endif
