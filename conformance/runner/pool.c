/* The parent's side: forking, reading lines, and knowing when nobody will answer any more. */
#include "runner/pool.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner/case.h"
#include "runner/worker.h"
#include "support/doc.h"
#include "support/memory.h"

#define LINE_MAX_BYTES ((size_t)64 << 20)

/* -- starting --------------------------------------------------------------------------------------------------- */

static struct shared *make_shared(void)
{
    void *memory = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory; /* zeroed, which is where all counters start */
}

static int start_worker(struct pool *pool, int index)
{
    int pipe_ends[2];
    if (pipe(pipe_ends) < 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        for (int i = 0; i < index; i++)
            close(pool->crew[i].from);
        close(pipe_ends[0]);
        worker_main(pool->run->options, pool->run->plan, pool->shared, pipe_ends[1]);
    }
    close(pipe_ends[1]);
    if (pid < 0) {
        close(pipe_ends[0]);
        return -1;
    }
    pool->crew[index] =
        (struct crew){.pid = pid, .from = pipe_ends[0], .lines = {.limit = LINE_MAX_BYTES}, .busy_with = -1};
    return 0;
}

int pool_start(struct pool *pool, struct run *run)
{
    int wanted = run->options->jobs;
    if ((size_t)wanted > run->plan->runnable)
        wanted = (int)run->plan->runnable;
    *pool = (struct pool){.run = run, .crew = must_alloc((size_t)wanted, sizeof *pool->crew)};
    pool->shared = make_shared();
    while (pool->shared && pool->count < wanted && start_worker(pool, pool->count) == 0)
        pool->count++;
    if (pool->count > 0)
        return 0;
    run_complain(run, "no worker process can be started");
    return -1;
}

/* -- messages --------------------------------------------------------------------------------------------------- */

static void take_late(struct run *run, const cJSON *message)
{
    const cJSON *text = NULL;
    const char *after = doc_string(message, "after");
    cJSON_ArrayForEach(text, doc_member(message, "late"))
    {
        const char *request = cJSON_GetStringValue(text);
        char *line = must_format("%s, after %s", request ? request : "?", after ? after : "?");
        doc_push_string(run->late, line);
        free(line);
    }
}

static void take_message(struct run *run, struct crew *crew, cJSON *message)
{
    int check = doc_int(message, "check", -1);
    if (doc_member(message, "result") && check >= 0) {
        run_settle(run, (size_t)check, cJSON_DetachItemFromObjectCaseSensitive(message, "result"));
        crew->busy_with = -1;
    } else if (doc_member(message, "hello") && !run->hello) {
        run->hello = cJSON_DetachItemFromObjectCaseSensitive(message, "hello");
    } else if (doc_member(message, "fatal")) {
        run_complain(run, doc_string(message, "fatal"));
    } else if (doc_member(message, "late")) {
        take_late(run, message);
    } else {
        crew->busy_with = doc_int(message, "start", (int)crew->busy_with);
    }
    cJSON_Delete(message);
}

static void take_lines(struct run *run, struct crew *crew)
{
    struct line line;
    while (lines_next(&crew->lines, &line)) {
        cJSON *message = doc_parse(line.bytes, line.length);
        if (message)
            take_message(run, crew, message);
    }
}

/* The worker ended. What it was at is our own failure. */
static void bury(struct pool *pool, struct crew *crew)
{
    int status = 0;
    close(crew->from);
    crew->from = -1;
    lines_release(&crew->lines);
    while (waitpid(crew->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (crew->busy_with >= 0)
        run_settle(pool->run, (size_t)crew->busy_with,
                   case_without_run(STATUS_ERROR, "the harness's own worker died in this check"));
    if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 3))
        run_complain(pool->run, "a worker of the harness died");
}

static void receive(struct pool *pool, struct crew *crew)
{
    char bytes[65536];
    ssize_t got = read(crew->from, bytes, sizeof bytes);
    if (got > 0) {
        lines_add(&crew->lines, bytes, (size_t)got);
        take_lines(pool->run, crew);
    } else if (got == 0 || errno != EINTR) {
        bury(pool, crew);
    }
}

/* Waits for one message of any worker; false when none is left. */
static bool turn(struct pool *pool)
{
    struct pollfd *polled = must_alloc((size_t)pool->count, sizeof *polled);
    int alive = 0;
    for (int i = 0; i < pool->count; i++) {
        polled[i] = (struct pollfd){.fd = pool->crew[i].from, .events = POLLIN};
        alive += pool->crew[i].from >= 0;
    }
    if (alive > 0 && poll(polled, (nfds_t)pool->count, -1) > 0)
        for (int i = 0; i < pool->count; i++)
            if (polled[i].revents)
                receive(pool, &pool->crew[i]);
    free(polled);
    return alive > 0;
}

void pool_wait(struct pool *pool, size_t index)
{
    struct run *run = pool->run;
    while (!run->slots[index].result && turn(pool))
        continue;
    if (!run->slots[index].result)
        run_settle(run, index, case_without_run(STATUS_NOTRUN, run->problem ? run->problem : "the run ended early"));
}

void pool_finish(struct pool *pool)
{
    while (turn(pool))
        continue;
    free(pool->crew);
    if (pool->shared)
        munmap(pool->shared, sizeof *pool->shared);
    *pool = (struct pool){.run = pool->run};
}
