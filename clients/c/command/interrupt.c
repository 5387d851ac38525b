#include "command/interrupt.h"

#include "base/memory.h"

static const int heard[] = {SIGINT, SIGTERM};

/* Dies of the signal, as a program that does not know it: the shell sees why. */
static void end_by(int number, const sigset_t *signals)
{
    signal(number, SIG_DFL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, signals, NULL);
}

static void *wait_for_signals(void *context)
{
    struct interrupt *interrupt = context;
    int number;
    if (sigwait(&interrupt->signals, &number) != 0)
        return NULL;
    cancelorder_client_abort(interrupt->client);
    if (sigwait(&interrupt->signals, &number) == 0)
        end_by(number, &interrupt->signals);
    return NULL;
}

static void signals_fill(sigset_t *signals)
{
    sigemptyset(signals);
    for (size_t i = 0; i < COUNT_OF(heard); i++) {
        struct sigaction action;
        /* A blocked signal is queued even if it is ignored: nohup's wish is kept by leaving it out. */
        if (sigaction(heard[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(signals, heard[i]);
    }
}

void interrupt_begin(struct interrupt *interrupt, struct cancelorder_client *client)
{
    interrupt->client = client;
    signals_fill(&interrupt->signals);
    pthread_sigmask(SIG_BLOCK, &interrupt->signals, &interrupt->before);
    interrupt->waiting = pthread_create(&interrupt->waiter, NULL, wait_for_signals, interrupt) == 0;
    if (!interrupt->waiting)
        pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
}

void interrupt_end(struct interrupt *interrupt)
{
    if (!interrupt->waiting)
        return;
    pthread_cancel(interrupt->waiter);
    pthread_join(interrupt->waiter, NULL);
    pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
}
