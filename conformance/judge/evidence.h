/*
 * Everything that is known of one case once it is over: what went over the wire (the first witness), what the adapter
 * answered (the second), and what the processes left behind. All of it is borrowed from the runner.
 *
 * A request is a journal entry of the control API: {"seq","operation","request":{"method","target","headers","body"},
 * "response":{…}|null,"fault":…}.
 */
#ifndef JUDGE_EVIDENCE_H
#define JUDGE_EVIDENCE_H

#include <stdbool.h>

#include "check/check.h"
#include "check/findings.h"
#include "check/talk.h"

#define EVIDENCE_RUNS_MAX 2

struct evidence {
    const struct check *check;
    const struct profile *profile;
    cJSON *names;          /* what placeholders stand for; the credentials of the last run under "credentials" */
    cJSON *secrets;        /* array of strings: what must stay secret */
    const char *base_url;  /* as the client was given it */
    cJSON *requests;       /* array, oldest first */
    cJSON *other_requests; /* of the second listener; NULL when the row has none */
    const char *state;     /* of the order afterwards; STATE_GONE; NULL when there is none */
    struct talk talks[EVIDENCE_RUNS_MAX];
    int talk_count;
    const char *errors; /* the adapter's standard error */
    const char *noise;  /* what stood between its answers */
};

/* Judges all of `.expect` and notes what does not hold. */
void judge(const struct evidence *evidence, struct findings *findings);

/* ── For verbs ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The last answer; NULL when there is none. */
const cJSON *evidence_report(const struct evidence *evidence);

/* The request after `previous` (NULL: the first) that the row's `.expect.on` selects; NULL when there is none. */
const cJSON *evidence_next(const struct evidence *evidence, const cJSON *previous);

/* Whether the entry is the cancel call, or misses every route of the vendor. */
bool evidence_is_cancel(const struct evidence *evidence, const cJSON *entry);

/* Whether the entry is a call that shows what became of the order (the profile's `read_operations`). */
bool evidence_is_read(const struct evidence *evidence, const cJSON *entry);

/* Placeholders filled, to be freed. One that does not exist is noted as a fault and NULL is returned. */
char *evidence_fill(const struct evidence *evidence, const char *text, struct findings *findings);
char *evidence_fill_json(const struct evidence *evidence, const char *text, struct findings *findings);

/* ── Reading an entry; borrowed ──────────────────────────────────────────────────────────────────────────────────── */

const char *entry_method(const cJSON *entry);
const char *entry_target(const cJSON *entry);
const char *entry_body(const cJSON *entry);
const char *entry_operation(const cJSON *entry); /* "?" when it matched none */

/* The value of the n-th header of this name (names without case); NULL when there are fewer. */
const char *entry_header(const cJSON *entry, const char *name, int n);
int entry_header_count(const cJSON *entry, const char *name);

/* Whether a string below the node, at any depth, contains the text. */
bool evidence_value_has(const cJSON *node, const char *text);

#endif
