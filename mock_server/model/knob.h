/*
 * Knobs: what a provider's documents leave open, with the value that we chose and the others that could be true.
 *
 * A provider lists its knobs as rows and numbers them with an enum of its own; values are read by that number. A choice
 * is stored as its position in `choices`, so an enum in the same order reads well:
 *
 *     enum { KNOB_SECOND_CANCEL, KNOB_TRANSFER_PACE };
 *
 *     enum { SECOND_CANCEL_200, SECOND_CANCEL_400 };
 *
 *     static const char *const second_cancel[] = {"200", "400", NULL};
 *
 *     static const struct knob knobs[] = {
 *         [KNOB_SECOND_CANCEL] = {"second_cancel", .choices = second_cancel, .meaning = "what a second one answers"},
 *         [KNOB_TRANSFER_PACE] = {"transfer_pace", .is_pace = true, .initial = PACE_AFTER_SECONDS(60), …},
 *     };
 *
 *     if (exchange_knob(x, KNOB_SECOND_CANCEL) == SECOND_CANCEL_400) …
 *
 * The first choice is the default; a number's and a pace's default is `initial`. A switch is the choice KNOB_OFF_ON or
 * KNOB_ON_OFF. A pace says when something happens by itself (model/progress.h): `never`, `immediate`, `after:90s`
 * (ms, s, m, h or d), `polls:3`.
 */
#ifndef MODEL_KNOB_H
#define MODEL_KNOB_H

#include <stdbool.h>
#include <stdint.h>

struct knob {
    const char *name;           /* the name in section 9 of the provider's file */
    const char *const *choices; /* ended by NULL; NULL makes the knob a number of `least`…`most`, or a pace */
    int64_t initial;
    int64_t least, most;
    const char *meaning; /* one line for people: what is open, and what the values do */
    const char *clause;  /* where the documents leave it open: "9 A14" */
    bool is_pace;
};

#define KNOBS_MAX     64 /* a provider has at most this many */
#define KNOB_TEXT_MAX 32

extern const char *const KNOB_OFF_ON[]; /* off = 0 (default), on = 1 */
extern const char *const KNOB_ON_OFF[]; /* on = 0 (default), off = 1 */

/* The value of a pace: microseconds, or less than zero for a number of polls. */
#define PACE_NEVER            INT64_MAX
#define PACE_IMMEDIATE        INT64_C(0)
#define PACE_AFTER_SECONDS(n) (INT64_C(n) * 1000000)
#define PACE_POLLS(n)         (-INT64_C(n))

/* Reads a value as people write it; false when the knob has no such value. */
bool knob_read(const struct knob *knob, const char *text, int64_t *out);
/* The value as people write it. */
const char *knob_write(const struct knob *knob, int64_t value, char out[KNOB_TEXT_MAX]);

#endif
