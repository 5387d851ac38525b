#include "room/child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"

#define GRACE_STEPS 100
#define STEP_NS     20000000L /* so two seconds in all */

/* ── Signals ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Stops and continues reach this program and its command together, by their process group. */
static const int passed_on[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGWINCH, SIGCONT};

static sigset_t waited_for(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    for (size_t i = 0; i < COUNT_OF(passed_on); i++)
        sigaddset(&set, passed_on[i]);
    return set;
}

void child_prepare(struct child *child)
{
    sigset_t set = waited_for();
    *child = (struct child){.pid = -1, .pipe_was = signal(SIGPIPE, SIG_IGN), .file_size_was = signal(SIGXFSZ, SIG_IGN)};
    sigprocmask(SIG_BLOCK, &set, NULL);
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* process 1 needs none */
}

/* Whether the command has it already: a terminal sends to the whole group. */
static bool came_to_both(const siginfo_t *signal)
{
    bool is_of_terminals = signal->si_signo == SIGINT || signal->si_signo == SIGQUIT || signal->si_signo == SIGWINCH ||
                           signal->si_signo == SIGCONT;
    return is_of_terminals && signal->si_code == SI_KERNEL;
}

/* ── Starting ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What was set for this program is not the command's: blocked signals, and those that are ignored here. */
static void be_the_command(const struct child *child, char *const *argv, char *const *environment, int told)
{
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, child->pipe_was);
    signal(SIGXFSZ, child->file_size_was);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(argv[0], argv, environment);
    int error = errno;
    ssize_t wrote = write(told, &error, sizeof error);
    _exit(wrote < 0 ? 1 : error == ENOENT ? CHILD_NOT_FOUND : CHILD_NOT_RUNNABLE);
}

bool child_start(struct child *child, char *const *argv, char *const *environment)
{
    int pipes[2], error = 0;
    child->status = CHILD_NOT_RUNNABLE;
    if (pipe2(pipes, O_CLOEXEC) < 0)
        return false;
    child->pid = fork();
    if (child->pid == 0)
        be_the_command(child, argv, environment, pipes[1]);
    close(pipes[1]);
    bool failed = child->pid < 0 || read(pipes[0], &error, sizeof error) > 0;
    close(pipes[0]);
    if (!failed)
        return true;
    child->status = error == ENOENT ? CHILD_NOT_FOUND : CHILD_NOT_RUNNABLE;
    if (child->pid > 0)
        (void)waitpid(child->pid, NULL, 0);
    child->pid = -1;
    errno = error != 0 ? error : errno;
    return false;
}

/* ── Waiting ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Reaps all that are dead; true when the command is among them. */
static bool reap(struct child *child)
{
    int status = 0;
    bool ended = false;
    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG))
        if (pid == child->pid) {
            child->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            ended = true;
        }
    return ended;
}

int child_wait(struct child *child)
{
    sigset_t set = waited_for();
    siginfo_t came;
    while (!reap(child))
        if (sigwaitinfo(&set, &came) > 0 && came.si_signo != SIGCHLD && !came_to_both(&came))
            (void)kill(child->pid, came.si_signo);
    return child->status;
}

/* ── What is left ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_number(const char *digits, pid_t *number)
{
    int64_t value = 0;
    bool is_one = number_is_digits(digits) && number_read(digits, 0, INT32_MAX, &value);
    *number = (pid_t)value;
    return is_one;
}

/* "4711 (name with ) in it) S 1 …": its parent and its name. False: it is gone. */
static bool read_process(const char *number, pid_t *parent, char *name, size_t name_size)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%.20s/stat", number);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[length < 0 ? 0 : length] = '\0';
    char *open_at = strchr(text, '('), *close_at = strrchr(text, ')');
    if (open_at == NULL || close_at == NULL || strlen(close_at) < 4 || close_at[2] == 'Z')
        return false;
    *close_at = '\0';
    snprintf(name, name_size, "%s", open_at + 1);
    close_at[4 + strcspn(close_at + 4, " ")] = '\0';
    return read_number(close_at + 4, parent);
}

typedef void visitor(void *context, pid_t pid, const char *name);

/* Calls back with each process whose parent is this one; how many there are. Where this is process 1 of its own, all
 * others come here in time, too. */
static size_t each_left(visitor *visit, void *context)
{
    size_t count = 0;
    char name[64];
    DIR *processes = opendir("/proc");
    for (const struct dirent *entry = NULL; processes != NULL && (entry = readdir(processes)) != NULL;) {
        pid_t parent = 0, pid = 0;
        if (!read_number(entry->d_name, &pid) || !read_process(entry->d_name, &parent, name, sizeof name) ||
            parent != getpid())
            continue;
        count++;
        if (visit != NULL)
            visit(context, pid, name);
    }
    if (processes != NULL)
        closedir(processes);
    return count;
}

static void send_to(void *context, pid_t pid, const char *name)
{
    const int *number = context;
    (void)name;
    (void)kill(pid, *number);
}

void child_end_rest(struct child *child, visitor *tell, void *context)
{
    const struct timespec step = {.tv_nsec = STEP_NS};
    int number = SIGTERM;
    (void)reap(child);
    if (each_left(tell, context) == 0)
        return;
    (void)each_left(send_to, &number);
    for (int i = 0; i < GRACE_STEPS && (reap(child), each_left(NULL, NULL) > 0); i++)
        nanosleep(&step, NULL);
    number = SIGKILL;
    while (each_left(send_to, &number) > 0) { /* the children of one that is killed come here */
        nanosleep(&step, NULL);
        (void)reap(child);
    }
    (void)reap(child); /* who died since the last look */
}
