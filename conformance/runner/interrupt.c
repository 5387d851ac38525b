/* A signalfd. */
#include "runner/interrupt.h"

#include <stddef.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "mock_server/base/memory.h"

static const struct {
    int number;
    const char *name;
} watched[] = {{SIGINT, "SIGINT"}, {SIGTERM, "SIGTERM"}, {SIGHUP, "SIGHUP"}};

#define WATCHED_COUNT COUNT_OF(watched)

static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void interrupt_open(struct interrupt *interrupt)
{
    *interrupt = (struct interrupt){.open = true};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < WATCHED_COUNT; i++)
        if (!is_ignored(watched[i].number))
            sigaddset(&set, watched[i].number);
    sigprocmask(SIG_BLOCK, &set, &interrupt->before);
    interrupt->handle = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (interrupt->handle < 0)
        sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
}

const char *interrupt_name(struct interrupt *interrupt)
{
    struct signalfd_siginfo info;
    if (!interrupt->open || interrupt->handle < 0 ||
        read(interrupt->handle, &info, sizeof info) != (ssize_t)sizeof info)
        return NULL;
    const char *name = "a signal";
    for (size_t i = 0; i < WATCHED_COUNT; i++)
        if (watched[i].number == (int)info.ssi_signo)
            name = watched[i].name;
    return name;
}

void interrupt_close(struct interrupt *interrupt)
{
    if (!interrupt->open)
        return;
    while (interrupt_name(interrupt) != NULL)
        continue;
    if (interrupt->handle >= 0)
        close(interrupt->handle);
    sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
    *interrupt = (struct interrupt){0};
}
