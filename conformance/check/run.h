/*
 * A whole run: what was planned, what the client said of itself, and a slot for the result of each check. The reports
 * and the exit code are made from the slots alone.
 */
#ifndef CHECK_RUN_H
#define CHECK_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "check/plan.h"
#include "check/settings.h"
#include "check/status.h"

struct run;

struct slot {
    const struct item *item;
    enum status status;
    cJSON *result; /* NULL: not done */
};

/* Told what happens, while it happens. */
struct progress {
    void (*suite_began)(const struct run *run, const char *suite);
    void (*check_done)(const struct run *run, const struct slot *slot);
    void (*suite_ended)(const struct run *run, const char *suite);
};

struct run {
    const struct settings *settings;
    const struct plan *plan;
    struct slot *slots;      /* as many as the plan has items, in its order */
    cJSON *hello;            /* the client's; NULL when no adapter ever answered */
    cJSON *late;             /* array of texts: requests outside of every case */
    char *problem;           /* why the run ended early; NULL: it did not */
    bool cut_short;          /* by a signal or the limit of the whole run */
    bool output_lost;        /* lines of the journal file are missing */
    bool disagreement;       /* CUnit counted otherwise than the slots */
    bool worker_ended_badly; /* apart from a check, or without another in its place */
    time_t started;
    int64_t duration_ms;
};

void run_init(struct run *run, const struct settings *settings, const struct plan *plan);
void run_release(struct run *run);

/* Puts a result into its slot, which owns it from now on. A slot is filled once; what comes later is dropped. */
void run_settle(struct run *run, size_t index, cJSON *result);

/* Notes why the run ended early; the first reason counts. */
void run_complain(struct run *run, const char *problem);

/* The same of a run that is cut short, whose reason counts above all others. */
void run_cut_short(struct run *run, const char *why);

/* Whether the client answered any command of any check. */
bool run_has_answers(const struct run *run);

/* All slots, or those of one provider. */
struct tally run_tally(const struct run *run, const char *provider);

/*
 * That of the tally (check/status.h); but 3 when nothing ran, when lines of the journal file are missing, when the run
 * ended early and the client had answered nothing at all, when it was cut short and something was not run, or when a
 * worker of the harness ended badly, be it by what a sanitizer found at its end: then it says nothing, whatever was
 * found.
 */
int run_exit_code(const struct run *run);

/* The command that repeats one check, ready for a shell; to be freed. */
char *run_repeat_command(const struct run *run, const struct item *item);

#endif
