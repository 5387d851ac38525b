#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

/* How long a signal waits for what the options say; what takes longer hangs. */
#define READING_SECONDS 1

static sigset_t watched(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

/* ── The thread ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* As it ends any program; process 1 of a container is not ended that way. */
static void die_by(int number)
{
    sigset_t set = watched();
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(128 + number);
}

static void wait_for_options(struct signals *signals)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += READING_SECONDS;
    while (signals->phase == SIGNALS_READING &&
           pthread_cond_timedwait(&signals->changed, &signals->lock, &until) != ETIMEDOUT)
        continue;
}

static void take_stop(struct signals *signals, int number)
{
    switch (signals->phase) {
    case SIGNALS_READING:
    case SIGNALS_OVER:
        die_by(number);
        break;
    case SIGNALS_STARTING:
        _exit(0);
    case SIGNALS_SERVING:
        if (signals->stop)
            _exit(128 + number);
        signals->stop = true;
    }
}

static void take(struct signals *signals, int number)
{
    wait_for_options(signals);
    if (number != SIGHUP || signals->phase == SIGNALS_READING || signals->phase == SIGNALS_OVER)
        take_stop(signals, number);
    else
        signals->reload = signals->phase == SIGNALS_SERVING;
    pthread_cond_broadcast(&signals->changed);
}

static void *wait_for_signals(void *context)
{
    struct signals *signals = context;
    sigset_t set = watched();
    for (bool over = false; !over;) {
        int number = 0;
        sigwait(&set, &number);
        pthread_mutex_lock(&signals->lock);
        over = signals->phase == SIGNALS_OVER;
        if (!over)
            take(signals, number);
        pthread_mutex_unlock(&signals->lock);
    }
    return NULL;
}

/* ── The calls ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void unblock(void)
{
    sigset_t set = watched();
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void block(void)
{
    sigset_t set = watched();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

/*
 * Even before the constructors of the libraries, which take longer than the rest of the start. What comes before, while
 * the system still loads the libraries, ends the process as it ends any program. A sanitizer wants to be first itself.
 */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
__attribute__((section(".preinit_array"), used)) static void (*const block_early)(void) = block;
#endif

void signals_begin(struct signals *signals)
{
    block();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    *signals = (struct signals){.phase = SIGNALS_READING};
    pthread_mutex_init(&signals->lock, NULL);
    pthread_cond_init(&signals->changed, NULL);
    signals->has_thread = pthread_create(&signals->thread, NULL, wait_for_signals, signals) == 0;
    if (!signals->has_thread)
        unblock();
}

static void enter(struct signals *signals, enum signals_phase phase)
{
    pthread_mutex_lock(&signals->lock);
    signals->phase = phase;
    pthread_cond_broadcast(&signals->changed);
    pthread_mutex_unlock(&signals->lock);
}

void signals_start(struct signals *signals)
{
    enter(signals, SIGNALS_STARTING);
}

void signals_serve(struct signals *signals)
{
    enter(signals, SIGNALS_SERVING);
}

enum signals_call signals_next(struct signals *signals)
{
    pthread_mutex_lock(&signals->lock);
    while (!signals->stop && !signals->reload)
        pthread_cond_wait(&signals->changed, &signals->lock);
    enum signals_call call = signals->stop ? SIGNALS_STOP : SIGNALS_RELOAD;
    signals->reload = false;
    pthread_mutex_unlock(&signals->lock);
    return call;
}

/* The thread is woken by a signal of its own. */
void signals_end(struct signals *signals)
{
    enter(signals, SIGNALS_OVER);
    if (signals->has_thread) {
        pthread_kill(signals->thread, SIGTERM);
        pthread_join(signals->thread, NULL);
    }
    pthread_cond_destroy(&signals->changed);
    pthread_mutex_destroy(&signals->lock);
}

void signals_release(struct signals *signals)
{
    signals_end(signals);
    signal(SIGPIPE, SIG_DFL);
    unblock();
}
