/*
 * fork() and exec() with care. The process that forks has threads (a server runs in it), so between fork() and exec()
 * only plain system calls are made. A pipe that closes by itself on exec() carries errno back when exec() fails.
 */
#include "adapter/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/close_range.h>
#include <sys/prctl.h>
#endif

#include "mock_server/base/deadline.h"
#include "mock_server/base/memory.h"

#define PIPES        4 /* in, out, err, and the one for errno */
#define HANDLE_FIRST 3
#define HANDLES_MAX  65536 /* looked at where the limit is higher, or none */

static void close_all(int pipes[PIPES][2])
{
    for (int i = 0; i < PIPES; i++)
        for (int end = 0; end < 2; end++)
            if (pipes[i][end] >= 0)
                close(pipes[i][end]);
}

static int open_all(int pipes[PIPES][2])
{
    for (int i = 0; i < PIPES; i++)
        pipes[i][0] = pipes[i][1] = -1;
    for (int i = 0; i < PIPES; i++) {
        if (pipe2(pipes[i], O_CLOEXEC) == 0)
            continue;
        close_all(pipes);
        return -1;
    }
    return 0;
}

static void plain_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
}

/* Kernels before 5.11 and some sandboxes do not know close_range(); then every handle is marked by itself. */
static void close_rest_on_exec(void)
{
#ifdef __linux__
    if (close_range(HANDLE_FIRST, ~0U, CLOSE_RANGE_CLOEXEC) == 0)
        return;
#endif
    struct rlimit limit = {0};
    bool known = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < HANDLES_MAX;
    for (int handle = HANDLE_FIRST; handle < (known ? (int)limit.rlim_cur : HANDLES_MAX); handle++)
        fcntl(handle, F_SETFD, FD_CLOEXEC);
}

static void become(char *const argv[], int pipes[PIPES][2], pid_t parent)
{
    setpgid(0, 0);
    plain_signals();
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    close_rest_on_exec();
    if (getppid() == parent && dup2(pipes[0][0], 0) >= 0 && dup2(pipes[1][1], 1) >= 0 && dup2(pipes[2][1], 2) >= 0)
        execvp(argv[0], argv);
    int why = errno;
    ssize_t told = write(pipes[3][1], &why, sizeof why);
    _exit(told == (ssize_t)sizeof why ? 127 : 126);
}

/* What exec() said: 0 when the pipe closed without a word. */
static int read_errno(int handle)
{
    int why = 0;
    ssize_t got = 0;
    do {
        got = read(handle, &why, sizeof why);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof why ? why : 0;
}

static void keep(int *to, int *end)
{
    *to = *end;
    *end = -1;
    fcntl(*to, F_SETFL, fcntl(*to, F_GETFL) | O_NONBLOCK);
}

int process_start(struct process *process, char *const argv[])
{
    int pipes[PIPES][2];
    if (open_all(pipes) < 0)
        return -1;
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0)
        become(argv, pipes, parent);
    int why = child < 0 ? errno : 0;
    if (child > 0) {
        setpgid(child, child); /* whoever of the two is first */
        close(pipes[3][1]);
        pipes[3][1] = -1;
        why = read_errno(pipes[3][0]);
    }
    *process = (struct process){.pid = child > 0 ? child : 0, .in = -1, .out = -1, .err = -1};
    if (why == 0) {
        keep(&process->in, &pipes[0][1]);
        keep(&process->out, &pipes[1][0]);
        keep(&process->err, &pipes[2][0]);
    }
    close_all(pipes);
    if (why == 0)
        return 0;
    process_kill(process);
    errno = why;
    return -1;
}

bool process_has_ended(struct process *process)
{
    if (process->pid == 0 || process->ended)
        return true;
    process->ended = waitpid(process->pid, &process->status, WNOHANG) == process->pid;
    return process->ended;
}

bool process_wait(struct process *process, int timeout_ms)
{
    int64_t deadline = deadline_now() + timeout_ms;
    while (!process_has_ended(process)) {
        int left = deadline_left(deadline);
        if (left == 0)
            return false;
        poll(NULL, 0, left < 2 ? left : 2);
    }
    return true;
}

static void shut(int *handle)
{
    if (*handle >= 0)
        close(*handle);
    *handle = -1;
}

void process_kill(struct process *process)
{
    if (process->pid == 0)
        return;
    kill(-process->pid, SIGKILL);
    if (!process->ended) {
        kill(process->pid, SIGKILL); /* should it have left its group */
        while (waitpid(process->pid, &process->status, 0) < 0 && errno == EINTR)
            continue;
        process->ended = true;
    }
    shut(&process->in);
    shut(&process->out);
    shut(&process->err);
    process->pid = 0;
}

char *process_ending(const struct process *process)
{
    if (!process->ended)
        return mem_dup("still runs");
    if (WIFSIGNALED(process->status))
        return mem_print("was killed by signal %d (%s)", WTERMSIG(process->status),
                         strsignal(WTERMSIG(process->status)));
    return mem_print("exited with status %d", WEXITSTATUS(process->status));
}
