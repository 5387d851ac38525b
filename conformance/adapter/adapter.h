/*
 * The client under test, seen through its adapter: a child process that reads commands and writes answers, one JSON
 * object a line (DESIGN 10).
 *
 * What always holds
 *   - Nothing the child does makes these calls hang, crash or grow: all waiting has a deadline, lines are capped at
 *     1 MiB, what is kept of standard error and of noise is capped.
 *   - An answer counts only for the command whose id it echoes. Late answers, second answers and lines that are no
 *     answer are noted and otherwise ignored.
 *   - After anything but TALK_ANSWERED the child is gone; adapter_open() starts the next one.
 *
 * Example
 *
 *     struct adapter adapter = {.argv = argv, .scale = 1.0};
 *     if (adapter_open(&adapter) < 0)
 *         return fail(adapter.problem);
 *     struct talk talk = {0};
 *     adapter_ask(&adapter, command, 3500, &talk);
 *     ...
 *     talk_release(&talk);
 *     adapter_close(&adapter);
 */
#ifndef ADAPTER_ADAPTER_H
#define ADAPTER_ADAPTER_H

#include <stdatomic.h>
#include <stdbool.h>

#include <cjson/cJSON.h>

#include "adapter/lines.h"
#include "adapter/process.h"
#include "check/talk.h"
#include "mock_server/base/text.h"

#define ADAPTER_PROTOCOL   1
#define ADAPTER_HELLO_MS   5000 /* how long its answer to hello may take */
#define ADAPTER_BYE_MS     1000 /* and how long it may take to end */
#define ADAPTER_LINE_MAX   ((size_t)1 << 20)
#define ADAPTER_STDERR_MAX ((size_t)16 << 10)
#define ADAPTER_NOISE_MAX  ((size_t)4 << 10)

struct adapter {
    char *const *argv;            /* borrowed */
    const char *const *providers; /* whose names hello says, NULL at the end; borrowed; NULL: none */
    double scale;                 /* stretches all waiting */
    atomic_int *group; /* NULL, or where the child's process group stands while it lives (0: none), for another process
                          that may have to end it; borrowed */
    /* below: the adapter's own */
    struct process process;
    struct lines lines;
    bool out_open;
    bool err_open;
    int last_id;        /* of a command; hello has 0 */
    int answered;       /* commands that this child has answered, hello not counted */
    cJSON *hello;       /* the child's answer to hello; NULL before */
    char *problem;      /* why the last adapter_open() or adapter_ask() failed; NULL: it did not */
    struct text errors; /* standard error since the last adapter_forget() */
    struct text noise;  /* what was written between answers, since then */
    cJSON *notes;       /* oddities since then: an array of texts */
};

/* Starts the child, unless one lives, and says hello (5 s). Returns 0, or -1 with `problem` set and no child. */
int adapter_open(struct adapter *adapter);

bool adapter_lives(const struct adapter *adapter);

/* Sends a command, whose "id" is set here, and waits for its answer. *talk must be empty; release it in any case. */
void adapter_ask(struct adapter *adapter, cJSON *command, int timeout_ms, struct talk *talk);

/* Listens for so long, so that what is written meanwhile is noted. */
void adapter_listen(struct adapter *adapter, int duration_ms);

/* Forgets what was kept of standard error, noise and notes: a new case begins. */
void adapter_forget(struct adapter *adapter);

/* Says bye, waits a moment for the child to end by itself, then ends it. */
void adapter_close(struct adapter *adapter);

/* Ends the child and frees everything. */
void adapter_release(struct adapter *adapter);

/* Whether the client said in its hello that it has this operation or feature for the provider; NULL: the provider
 * itself. */
bool adapter_offers(const struct adapter *adapter, const char *provider, const char *what);

#endif
