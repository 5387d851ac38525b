/*
 * Ctrl-C (SIGINT) and SIGTERM while a request is under way: the first one aborts the request, so that
 * its result can still be told; a second one ends the program at once.
 *
 * Between begin and end both signals are blocked and a thread of its own waits for them: nothing is done
 * inside a signal handler. A signal that the program was started to ignore stays ignored.
 *
 *     struct interrupt interrupt;
 *     interrupt_begin(&interrupt, client);
 *     ... cancelorder_client_run(client, ...), print the result ...
 *     interrupt_end(&interrupt);
 */
#ifndef COMMAND_INTERRUPT_H
#define COMMAND_INTERRUPT_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

#include "cancelorder.h"

struct interrupt {
    struct cancelorder_client *client;
    sigset_t signals;
    sigset_t before; /* the mask to go back to */
    pthread_t waiter;
    bool waiting;
};

/* Without a thread to be had the signals keep their usual effect. */
void interrupt_begin(struct interrupt *interrupt, struct cancelorder_client *client);
void interrupt_end(struct interrupt *interrupt);

#endif
