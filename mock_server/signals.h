/*
 * The signals of a server, from its first moment to its last.
 *
 * SIGTERM and SIGINT stop it: while it still starts, at once and with exit status 0, as nobody has been promised
 * anything; once it serves, by signals_next(), so that it can answer what is under way. The second one ends it at once,
 * with 128 and the number of the signal, whatever it is waiting for. SIGHUP asks for a reload. SIGPIPE and SIGXFSZ are
 * ignored: a write that fails says so itself.
 *
 * A thread of its own waits for them, so nothing is done inside of a signal handler, and nothing that blocks the
 * program makes it deaf. They are blocked before there is any other thread, which is also what makes them reach process
 * 1 of a container, where the system drops what is neither blocked nor handled. While it is not yet known whether this
 * is a server, a signal waits a moment; a command that serves nobody is ended by signals as any program is.
 *
 *     struct signals signals;
 *     signals_begin(&signals);               // the first line of main()
 *     … read the options; a command that serves nobody calls signals_release() …
 *     signals_start(&signals);
 *     … start …
 *     signals_serve(&signals);
 *     while (signals_next(&signals) == SIGNALS_RELOAD)
 *         reload();
 *     … stop …
 *     signals_end(&signals);
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include <pthread.h>
#include <stdbool.h>

enum signals_call { SIGNALS_STOP, SIGNALS_RELOAD };

struct signals {
    pthread_t thread;
    bool has_thread;      /* without one to be had, signals are what they are for any program */
    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    enum signals_phase { SIGNALS_READING, SIGNALS_STARTING, SIGNALS_SERVING, SIGNALS_OVER } phase;
    bool stop, reload;
};

void signals_begin(struct signals *signals);
/* This is a server. */
void signals_start(struct signals *signals);
/* From here on the first signal does not end the program by itself. */
void signals_serve(struct signals *signals);
/* Waits for the next one. Several SIGHUP may be one; after a stop there is only stop. */
enum signals_call signals_next(struct signals *signals);
/* This is no server: from here on signals do what they do to any program. In the place of signals_end(). */
void signals_release(struct signals *signals);
/* The program ends by itself now, and what comes no longer changes its exit status. */
void signals_end(struct signals *signals);

#endif
