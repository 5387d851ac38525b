/*
 * What a check ends with, and what the whole run is worth.
 *
 *     PASS           ran, the rule held
 *     FAIL           ran, a MUST is broken
 *     WARN           ran, a SHOULD is broken, or an outcome is merely tolerated
 *     INFO           ran, a MAY is broken
 *     SKIP           the client does not offer what the check needs: a gap
 *     UNOBSERVABLE   ran, but what was to be seen could not be seen: a gap
 *     TIMEOUT        the client did not answer in time
 *     CRASH          the client's process ended
 *     NOTRUN         selected and never started: a gap
 *     ERROR          the harness, the adapter or the machine is at fault
 */
#ifndef CHECK_STATUS_H
#define CHECK_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "check/check.h"

#define STATUSES(X)                                                                                                    \
    X(PASS)                                                                                                            \
    X(FAIL)                                                                                                            \
    X(WARN)                                                                                                            \
    X(INFO)                                                                                                            \
    X(SKIP)                                                                                                            \
    X(UNOBSERVABLE)                                                                                                    \
    X(TIMEOUT)                                                                                                         \
    X(CRASH)                                                                                                           \
    X(NOTRUN)                                                                                                          \
    X(ERROR)

enum status {
#define X(name) STATUS_##name,
    STATUSES(X)
#undef X
        STATUS_COUNT
};

enum verdict {
    VERDICT_NONE, /* no MUST of this kind ran */
    VERDICT_CONFORMANT,
    VERDICT_WITH_GAPS,
    VERDICT_NOT_CONFORMANT,
};

/* What one check contributes. */
struct ruling {
    enum level level;
    enum basis basis;
    enum status status;
};

/* How many of each status; and from these the two lines and the exit code. */
struct tally {
    size_t all[STATUS_COUNT];
    size_t documented_must[STATUS_COUNT];
    size_t must[STATUS_COUNT];
};

void tally_add(struct tally *tally, struct ruling ruling);
size_t tally_total(const struct tally *tally);

/* The documented MUSTs alone. */
enum verdict tally_documented(const struct tally *tally);

/* All MUSTs, our own included; a time-out or crash in any check speaks against it. */
enum verdict tally_robust(const struct tally *tally);

/*
 * 0 as expected; 1 not conformant: a MUST is broken, the client crashed or hung, whatever else there was; or with
 * `strict` and no errors anything else than PASS and INFO; 3 nothing failed, but the run says too little: there were
 * errors, nothing ran, or something selected never started.
 */
int tally_exit_code(const struct tally *tally, bool strict);

const char *status_name(enum status status);    /* "PASS" */
enum status status_from_name(const char *name); /* STATUS_COUNT when it is none */
const char *verdict_name(enum verdict verdict); /* "conformant with gaps" */

/* It is in the way of "as expected": FAIL, TIMEOUT, CRASH, ERROR. */
bool status_is_failure(enum status status);

/* It says nothing of the rule: SKIP, UNOBSERVABLE, NOTRUN, ERROR. */
bool status_is_gap(enum status status);

#endif
