/*
 * The client under test, seen through its adapter: a child process that reads commands and writes answers, one JSON
 * object a line (DESIGN 10).
 *
 * What always holds
 *   - Nothing the child does makes these calls hang, crash or grow: all waiting has a deadline, lines are capped at
 *     1 MiB, what is kept of standard error and of noise is capped.
 *   - An answer counts only for the command whose id it echoes. Late answers, second answers and lines that are no
 * answer are noted and otherwise ignored.
 *   - After anything but ADAPTER_ANSWERED the child is gone; adapter_open() starts the next one.
 *
 * Example
 *
 *     struct adapter adapter = {.argv = argv, .scale = 1.0};
 *     if (adapter_open(&adapter) < 0)
 *         return fail(adapter.problem);
 *     struct adapter_talk talk = {0};
 *     adapter_ask(&adapter, command, 3500, &talk);
 *     ...
 *     adapter_talk_release(&talk);
 *     adapter_close(&adapter);
 */
#ifndef CONFORMANCE_ADAPTER_ADAPTER_H
#define CONFORMANCE_ADAPTER_ADAPTER_H

#include <stdatomic.h>
#include <stdbool.h>

#include <cjson/cJSON.h>

#include "adapter/lines.h"
#include "adapter/process.h"
#include "support/string.h"

#define ADAPTER_PROTOCOL   1
#define ADAPTER_HELLO_MS   5000 /* how long its answer to hello may take */
#define ADAPTER_BYE_MS     1000 /* and how long it may take to end */
#define ADAPTER_LINE_MAX   ((size_t)1 << 20)
#define ADAPTER_STDERR_MAX ((size_t)16 << 10)
#define ADAPTER_NOISE_MAX  ((size_t)4 << 10)

/* How asking ended. */
enum adapter_end {
    ADAPTER_ANSWERED,
    ADAPTER_TIMED_OUT, /* no answer by the deadline; the child was ended */
    ADAPTER_DIED,      /* the child ended, or closed its standard output */
    ADAPTER_GARBLED,   /* an answer that cannot be read; the child was ended */
};

struct adapter {
    char *const *argv; /* borrowed */
    double scale;      /* stretches all waiting */
    atomic_int *group; /* NULL, or where the child's process group stands while it lives (0: none), for another process
                          that may have to end it; borrowed */
    /* below: the adapter's own */
    struct process process;
    struct lines lines;
    bool out_open;
    bool err_open;
    int last_id;          /* of a command; hello has 0 */
    int answered;         /* commands that this child has answered, hello not counted */
    cJSON *hello;         /* the child's answer to hello; NULL before */
    char *problem;        /* why the last adapter_open() or adapter_ask() failed; NULL: it did not */
    struct string errors; /* standard error since the last adapter_forget() */
    struct string noise;  /* what was written between answers, since then */
    cJSON *notes;         /* oddities since then: an array of texts */
};

/* One command and what came of it. */
struct adapter_talk {
    enum adapter_end end;
    cJSON *answer;     /* NULL unless ADAPTER_ANSWERED */
    char *answer_text; /* the line, as it came; of a garbled one what is wrong with it, and its start; NULL: none */
    char *command;     /* the line, as it went */
    bool unread;       /* the child ended without having read any of it: what ended it lies before */
    int elapsed_ms;
};

/* Starts the child, unless one lives, and says hello (5 s). Returns 0, or -1 with `problem` set and no child. */
int adapter_open(struct adapter *adapter);

bool adapter_lives(const struct adapter *adapter);

/* Sends a command, whose "id" is set here, and waits for its answer. *talk must be empty; release it in any case. */
void adapter_ask(struct adapter *adapter, cJSON *command, int timeout_ms, struct adapter_talk *talk);

/* Listens for so long, so that what is written meanwhile is noted. */
void adapter_listen(struct adapter *adapter, int duration_ms);

/* Forgets what was kept of standard error, noise and notes: a new case begins. */
void adapter_forget(struct adapter *adapter);

/* Says bye, waits a moment for the child to end by itself, then ends it. */
void adapter_close(struct adapter *adapter);

/* Ends the child and frees everything. */
void adapter_release(struct adapter *adapter);

void adapter_talk_release(struct adapter_talk *talk);

/* Whether the client said in its hello that it has this operation or feature for the provider; NULL: the provider
 * itself. */
bool adapter_offers(const struct adapter *adapter, const char *provider, const char *what);

#endif
