/*
 * The parent's side: forking, reading lines, and knowing when nobody will answer any more.
 *
 * All waiting is in wait_once(), and has three ends besides a message: a signal, the limit of the whole run, and a
 * worker that is overdue. Killing a worker is enough: it is a stranger to its own adapter's children, so the parent
 * ends their process group too, whose number every worker keeps in shared memory.
 */
#include "runner/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check/lenient.h"
#include "check/result.h"
#include "mock_server/base/deadline.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"
#include "runner/case.h"
#include "runner/worker.h"
#include "setup/folder.h"

#define CHUNK            16384 /* bytes that are read at once */
#define LINE_MAX_BYTES   ((size_t)64 << 20)
#define BETWEEN_MS       30000 /* the longest between two checks: starting an adapter again and again, ending a mock */
#define LAST_WORDS_MS    2000  /* for what a killed worker has left in its pipe */
#define OVERSLEPT_MS     1000
#define REPLACEMENTS_MAX 8

/* ── Starting ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct shared *make_shared(void)
{
    void *memory = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory; /* zeroed, which is where all counters start */
}

/* The moment by which a worker must have said something, when it is at no check. */
static int64_t soon(const struct pool *pool)
{
    double scale = pool->run->settings->time_scale;
    return deadline_now() + (int64_t)(BETWEEN_MS * (scale > 1 ? scale : 1));
}

_Noreturn static void become_worker(const struct pool *pool, int index, const int pipe_ends[2])
{
    for (int i = 0; i < pool->count; i++)
        if (pool->crew[i].from >= 0)
            close(pool->crew[i].from);
    close(pipe_ends[0]);
    struct duty duty = {
        .settings = pool->run->settings,
        .plan = pool->run->plan,
        .shared = pool->shared,
        .index = index,
        .folder = pool->folder,
        .to = pipe_ends[1],
    };
    worker_main(&duty);
}

static int start_worker(struct pool *pool, int index)
{
    int pipe_ends[2];
    if (pipe2(pipe_ends, O_CLOEXEC) < 0)
        return -1;
    fflush(NULL); /* what is unwritten would be written twice */
    pid_t pid = fork();
    if (pid == 0)
        become_worker(pool, index, pipe_ends);
    close(pipe_ends[1]);
    if (pid < 0) {
        close(pipe_ends[0]);
        return -1;
    }
    pool->crew[index] = (struct crew){
        .pid = pid, .from = pipe_ends[0], .lines = LINES_INIT(LINE_MAX_BYTES), .busy_with = -1, .deadline = soon(pool)};
    return 0;
}

static int refuse(struct run *run, const char *problem)
{
    run_complain(run, problem);
    return -1;
}

int pool_start(struct pool *pool, struct run *run)
{
    int wanted = (int)run->settings->jobs;
    if ((size_t)wanted > run->plan->runnable)
        wanted = (int)run->plan->runnable;
    *pool = (struct pool){.run = run, .crew = mem_zero((size_t)wanted, sizeof *pool->crew)};
    pool->limit = deadline_now() + (int64_t)(run->settings->limit_s * 1000);
    interrupt_open(&pool->interrupt);
    pool->folder = folder_make(NULL, "cancelcheck");
    if (pool->folder == NULL)
        return refuse(run, "no temporary folder can be made");
    pool->shared = make_shared();
    while (pool->shared != NULL && pool->count < wanted && start_worker(pool, pool->count) == 0)
        pool->count++;
    return pool->count > 0 ? 0 : refuse(run, "no worker process can be started");
}

/* ── Messages ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void take_late(struct run *run, const cJSON *message)
{
    const cJSON *text = NULL;
    const char *after = json_string(message, "after");
    cJSON_ArrayForEach (text, json_member(message, "late")) {
        const char *request = cJSON_GetStringValue(text);
        char *line = mem_print("%s, after %s", request != NULL ? request : "?", after != NULL ? after : "?");
        json_push_string(run->late, line);
        free(line);
    }
}

static void take_start(const struct run *run, struct crew *crew, int check)
{
    if (check < 0 || (size_t)check >= run->plan->count)
        return;
    crew->busy_with = check;
    crew->deadline = deadline_now() + case_time_limit(run->plan->items[check].check, run->settings->time_scale);
}

static void take_message(struct pool *pool, struct crew *crew, cJSON *message)
{
    struct run *run = pool->run;
    int check = json_int_or(message, "check", -1);
    if (crew->busy_with < 0)
        crew->deadline = soon(pool);
    if (json_member(message, "result") != NULL && check >= 0) {
        run_settle(run, (size_t)check, cJSON_DetachItemFromObjectCaseSensitive(message, "result"));
        crew->busy_with = -1;
        crew->deadline = soon(pool);
    } else if (json_member(message, "hello") != NULL && run->hello == NULL) {
        run->hello = cJSON_DetachItemFromObjectCaseSensitive(message, "hello");
    } else if (json_member(message, "fatal") != NULL) {
        run_complain(run, json_string(message, "fatal"));
    } else if (json_member(message, "lost") != NULL) {
        run_complain(run, json_string(message, "lost"));
        run->output_lost = true;
    } else if (json_member(message, "late") != NULL) {
        take_late(run, message);
    } else {
        take_start(run, crew, json_int_or(message, "start", -1));
    }
    cJSON_Delete(message);
}

static void take_lines(struct pool *pool, struct crew *crew)
{
    struct line line;
    while (lines_next(&crew->lines, &line)) {
        cJSON *message = lenient_read(line.bytes, line.length);
        if (message != NULL)
            take_message(pool, crew, message);
    }
}

static bool ended_well(int status)
{
    return WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 3);
}

/* Another worker takes its place, if there is anything left to do. */
static bool replace(struct pool *pool, struct crew *crew)
{
    bool wanted = !pool->run->cut_short && !atomic_load(&pool->shared->stopped) &&
                  atomic_load(&pool->shared->next) < pool->run->plan->runnable && pool->replaced < REPLACEMENTS_MAX;
    if (!wanted || start_worker(pool, (int)(crew - pool->crew)) < 0)
        return false;
    pool->replaced++;
    return true;
}

/* The check that the worker was at, if any, is lost, and that is our own failure; unless the whole run is cut short. */
static void settle_lost(struct pool *pool, const struct crew *crew)
{
    if (crew->busy_with >= 0 && !pool->run->cut_short)
        run_settle(pool->run, (size_t)crew->busy_with,
                   result_without_run(STATUS_ERROR, crew->overdue ? "the harness's own worker hung in this check"
                                                                  : "the harness's own worker died in this check"));
}

/* In a check it has cost that check, and another worker goes on. Else nobody knows what it costs: a sanitizer that
 * finds something at the end of a worker speaks of all that the worker did. */
static void take_bad_end(struct pool *pool, struct crew *crew, int status)
{
    struct run *run = pool->run;
    bool in_check = crew->busy_with >= 0;
    if (replace(pool, crew) && in_check)
        return;
    char *how = WIFSIGNALED(status) ? mem_print("signal %d", WTERMSIG(status))
                                    : mem_print("exit status %d", WEXITSTATUS(status));
    char *problem = mem_print("a worker of the harness died or hung (%s); no result of this run counts", how);
    run->worker_ended_badly = true;
    run_complain(run, problem);
    free(problem);
    free(how);
}

/* The worker ended: reaps it, ends what it left behind, and replaces it when it did not end as it should. */
static void reap(struct pool *pool, struct crew *crew)
{
    int status = 0;
    close(crew->from);
    crew->from = -1;
    lines_release(&crew->lines);
    while (waitpid(crew->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    int group = atomic_exchange(&pool->shared->groups[crew - pool->crew], 0);
    if (group > 0)
        kill(-group, SIGKILL);
    settle_lost(pool, crew);
    if (!ended_well(status) && !pool->run->cut_short)
        take_bad_end(pool, crew, status);
}

static void receive(struct pool *pool, struct crew *crew)
{
    char bytes[CHUNK];
    ssize_t got = read(crew->from, bytes, sizeof bytes);
    if (got > 0) {
        lines_add(&crew->lines, bytes, (size_t)got);
        take_lines(pool, crew);
    } else if (got == 0 || errno != EINTR) {
        reap(pool, crew);
    }
}

/* Ends the worker; what it has sent still counts. */
static void kill_worker(struct pool *pool, struct crew *crew)
{
    pid_t pid = crew->pid;
    kill(pid, SIGKILL);
    int64_t deadline = deadline_now() + LAST_WORDS_MS;
    while (crew->pid == pid && crew->from >= 0) {
        struct pollfd polled = {.fd = crew->from, .events = POLLIN};
        if (poll(&polled, 1, deadline_left(deadline)) > 0)
            receive(pool, crew);
        else if (deadline_left(deadline) == 0)
            reap(pool, crew);
    }
}

/* ── Waiting ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void cut_short(struct pool *pool, char *why)
{
    run_cut_short(pool->run, why);
    free(why);
    for (int i = 0; i < pool->count; i++)
        if (pool->crew[i].from >= 0)
            kill_worker(pool, &pool->crew[i]);
}

/* What ends the run, or one worker, before its time. */
static void look_at_clock_and_signals(struct pool *pool)
{
    char limit[NUMBER_TEXT_MAX];
    const char *name = interrupt_name(&pool->interrupt);
    if (name != NULL)
        cut_short(pool, mem_print("interrupted by %s; the rest is not run", name));
    else if (deadline_left(pool->limit) == 0)
        cut_short(pool, mem_print("the whole run's limit of %s s is over (--limit); the rest is not run",
                                  number_write_decimal(pool->run->settings->limit_s, limit)));
    for (int i = 0; i < pool->count; i++) {
        struct crew *crew = &pool->crew[i];
        if (crew->from < 0 || deadline_left(crew->deadline) > 0)
            continue;
        crew->overdue = true;
        kill_worker(pool, crew);
    }
}

/* Time in which the parent itself was stopped (Ctrl-Z) counts against nobody: all that is due is due later. */
static void postpone(struct pool *pool, int64_t by)
{
    pool->limit += by;
    for (int i = 0; i < pool->count; i++)
        pool->crew[i].deadline += by;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Waits for one message of any worker, or for something to end it; false when no worker is left. */
static bool wait_once(struct pool *pool)
{
    struct pollfd *polled = mem_zero((size_t)pool->count + 1, sizeof *polled);
    int64_t deadline = pool->limit;
    int alive = 0;
    for (int i = 0; i < pool->count; i++) {
        polled[i] = (struct pollfd){.fd = pool->crew[i].from, .events = POLLIN};
        if (pool->crew[i].from < 0)
            continue;
        deadline = earlier(deadline, pool->crew[i].deadline);
        alive++;
    }
    polled[pool->count] = (struct pollfd){.fd = pool->interrupt.handle, .events = POLLIN};
    int64_t begin = deadline_now();
    int ready = alive > 0 ? poll(polled, (nfds_t)pool->count + 1, deadline_left(deadline)) : 0;
    int64_t end = deadline_now();
    if (alive > 0 && end - deadline > OVERSLEPT_MS)
        postpone(pool, end - begin);
    for (int i = 0; ready > 0 && i < pool->count; i++)
        if (polled[i].revents)
            receive(pool, &pool->crew[i]);
    free(polled);
    if (alive > 0)
        look_at_clock_and_signals(pool);
    return alive > 0;
}

void pool_wait(struct pool *pool, size_t index)
{
    struct run *run = pool->run;
    while (run->slots[index].result == NULL && wait_once(pool))
        continue;
    if (run->slots[index].result == NULL)
        run_settle(run, index,
                   result_without_run(STATUS_NOTRUN, run->problem != NULL ? run->problem : "the run ended early"));
}

void pool_finish(struct pool *pool)
{
    while (wait_once(pool))
        continue;
    interrupt_close(&pool->interrupt);
    folder_remove(pool->folder);
    free(pool->folder);
    free(pool->crew);
    if (pool->shared != NULL)
        munmap(pool->shared, sizeof *pool->shared);
    *pool = (struct pool){.run = pool->run};
}
