/*
 * Take a check, run it, send the result, again and again. An adapter that died is started anew; three deaths in a row
 * without one answered case between stop all workers, for then the rest of the run would only repeat the same sentence.
 */
#include "runner/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "check/lenient.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "runner/case.h"

struct worker {
    struct bench bench;
    const struct plan *plan;
    struct shared *shared;
    int to;
    const char *previous; /* address of the case before; NULL: none */
    bool greeted;         /* an adapter answered hello once */
};

/* ── Sending ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void send_all(int to, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = write(to, bytes, length);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            _exit(3); /* the parent is gone */
        bytes += sent;
        length -= (size_t)sent;
    }
}

/* Takes the message. */
static void send(const struct worker *worker, cJSON *message)
{
    char *line = lenient_write(message);
    send_all(worker->to, line, strlen(line));
    send_all(worker->to, "\n", 1);
    free(line);
    cJSON_Delete(message);
}

static void send_text(const struct worker *worker, const char *kind, const char *text)
{
    cJSON *message = cJSON_CreateObject();
    json_set_string(message, kind, text);
    send(worker, message);
}

static void send_start(const struct worker *worker, size_t index)
{
    cJSON *message = cJSON_CreateObject();
    json_set(message, "start", json_new_integer((int64_t)index));
    send(worker, message);
}

static void send_result(const struct worker *worker, size_t index, cJSON *result)
{
    cJSON *message = cJSON_CreateObject();
    json_set(message, "result", result);
    json_set(message, "check", json_new_integer((int64_t)index));
    send(worker, message);
}

/* Requests that came after their case was over. */
static void send_late(struct worker *worker)
{
    if (worker->previous == NULL)
        return;
    cJSON *late = world_late_requests(&worker->bench.world);
    if (late->child != NULL) {
        cJSON *message = cJSON_CreateObject();
        json_set(message, "late", late);
        json_set_string(message, "after", worker->previous);
        send(worker, message);
    } else {
        cJSON_Delete(late);
    }
}

/* ── The adapter ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void count_death(struct worker *worker)
{
    if (atomic_fetch_add(&worker->shared->deaths, 1) + 1 >= WORKER_DEATHS_MAX)
        atomic_store(&worker->shared->stopped, true);
}

/* True when an adapter lives. One that never greeted is not tried again: its fault lies before any case. */
static bool have_adapter(struct worker *worker)
{
    struct adapter *adapter = &worker->bench.adapter;
    while (!atomic_load(&worker->shared->stopped)) {
        if (adapter_open(adapter) == 0) {
            if (!worker->greeted) {
                cJSON *message = cJSON_CreateObject();
                json_set(message, "hello", cJSON_Duplicate(adapter->hello, true));
                send(worker, message);
            }
            worker->greeted = true;
            return true;
        }
        send_text(worker, "fatal", adapter->problem);
        if (!worker->greeted)
            return false;
        count_death(worker);
    }
    return false;
}

static void look_at_death(struct worker *worker, const cJSON *result)
{
    const char *status = json_string(result, "status");
    bool died = status != NULL && (strcmp(status, "CRASH") == 0 || strcmp(status, "TIMEOUT") == 0);
    if (!died && json_int_or(result, "answered", 0) > 0)
        atomic_store(&worker->shared->deaths, 0);
    if (!died)
        return;
    count_death(worker);
    if (atomic_load(&worker->shared->stopped))
        send_text(worker, "fatal", "the adapter died or hung three times in a row; the rest is not run");
}

/* ── Work ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void work(struct worker *worker)
{
    while (have_adapter(worker)) {
        size_t index = atomic_fetch_add(&worker->shared->next, 1);
        if (index >= worker->plan->runnable)
            return;
        const struct item *item = &worker->plan->items[index];
        send_start(worker, index);
        send_late(worker);
        cJSON *result = case_run(&worker->bench, item);
        worker->previous = item->address;
        look_at_death(worker, result);
        send_result(worker, index, result);
    }
}

static void prepare_process(void)
{
    signal(SIGPIPE, SIG_IGN);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

/* All that there are, chosen or not, NULL at the end; to be freed. */
static const char **names_of_providers(const struct plan *plan)
{
    size_t count = 0;
    while (plan->tables[count] != NULL)
        count++;
    const char **names = mem_zero(count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = plan->tables[i]->profile.provider;
    return names;
}

_Noreturn void worker_main(const struct duty *duty)
{
    prepare_process();
    struct worker worker = {
        .bench = {.settings = duty->settings,
                  .adapter = {.argv = duty->settings->client_argv,
                              .scale = duty->settings->time_scale,
                              .group = &duty->shared->groups[duty->index]}},
        .plan = duty->plan,
        .shared = duty->shared,
        .to = duty->to,
    };
    const char **providers = names_of_providers(duty->plan);
    worker.bench.adapter.providers = providers;
    char *problem = NULL;
    if (world_start(&worker.bench.world, duty->folder, duty->settings->journal_file, &problem) < 0) {
        send_text(&worker, "fatal", problem);
        _exit(3);
    }
    work(&worker);
    adapter_close(&worker.bench.adapter);
    send_late(&worker);
    adapter_release(&worker.bench.adapter);
    if (world_stop(&worker.bench.world) < 0)
        send_text(&worker, "lost", "lines of the journal file are missing");
    free(providers);
    close(duty->to);
    exit(0); /* not _exit(), so that a sanitizer can look for leaks; nothing was buffered at the fork */
}
