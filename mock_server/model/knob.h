/*
 * Knobs: what a provider's documents leave open, with the value that we chose and the others that could be true.
 *
 * A provider lists its knobs as rows and numbers them with an enum of its own; values are read by that number. A choice
 * is stored as its position in `choices`; its enumerator and its word stand on one line, so they cannot part:
 *
 *     enum { KNOB_SECOND_CANCEL, KNOB_STRICT, KNOB_FOREIGN_ORDER, KNOB_TRANSFER_DELAY, KNOB_COUNT };
 *
 *     #define SECOND_CANCEL(CHOICE) CHOICE(SECOND_AS_FIRST, "as_first") CHOICE(SECOND_CONFLICT, "conflict")
 *     enum { SECOND_CANCEL(KNOB_NUMBER) };
 *
 *     const struct knob shop_knobs[] = {
 *         [KNOB_SECOND_CANCEL] = {"second_cancel", KNOB_WORDS(SECOND_CANCEL), .meaning = "what a second one answers"},
 *         [KNOB_STRICT] = {"strict", KNOB_OFF_ON, .meaning = "…"},
 *         [KNOB_FOREIGN_ORDER] = {"foreign_order", (const char *const[]){"404", "403", NULL}, .meaning = "…"},
 *         [KNOB_TRANSFER_DELAY] = {"transfer_delay", .is_delay = true, .initial = DELAY_AFTER_SECONDS(60), …},
 *     };
 *     static_assert(COUNT_OF(shop_knobs) == KNOB_COUNT, "a row for each number");
 *
 *     if (exchange_knob(x, KNOB_SECOND_CANCEL) == SECOND_CONFLICT) …
 *     if (exchange_knob_on(x, KNOB_STRICT)) …
 *     return refuse(x, exchange_knob_status(x, KNOB_FOREIGN_ORDER));
 *
 * The first choice is the default; a number's and a delay's default is `initial`. A switch is the choice KNOB_OFF_ON or
 * KNOB_ON_OFF. A delay says when something happens by itself (session/progress.h): `never`, `immediate`, `after:90s`
 * (ms, s, m, h or d), `polls:3`.
 */
#ifndef MODEL_KNOB_H
#define MODEL_KNOB_H

#include <stdbool.h>
#include <stdint.h>

struct knob {
    const char *name;           /* the name in section 9 of the provider's file */
    const char *const *choices; /* ended by NULL; NULL makes the knob a number of `least`…`most`, or a delay */
    int64_t initial;
    int64_t least, most;
    const char *meaning; /* one line for people: what is open, and what the values do */
    const char *clause;  /* where the documents leave it open: "9 A14" */
    bool is_delay;
};

#define KNOBS_MAX     64 /* a provider has at most this many */
#define KNOB_TEXT_MAX 32

extern const char *const KNOB_OFF_ON[]; /* off = 0 (default), on = 1 */
extern const char *const KNOB_ON_OFF[]; /* on = 0 (default), off = 1 */

/* The value of a delay: microseconds, or less than zero for a number of polls. */
#define DELAY_NEVER            INT64_MAX
#define DELAY_IMMEDIATE        INT64_C(0)
#define DELAY_AFTER_SECONDS(n) (INT64_C(n) * 1000000)
#define DELAY_POLLS(n)         (-INT64_C(n))

/* One line a choice, as above: the enumerators and the words of a list. */
#define KNOB_NUMBER(number, word) number,
#define KNOB_WORD(number, word)   word,
#define KNOB_WORDS(list)          ((const char *const[]){list(KNOB_WORD) NULL})

/* Whether that value is the choice "on". */
bool knob_is_on(const struct knob *knob, int64_t value);
/* The HTTP status that the choice of that value names: 404 for "404"; 0 when it names none. */
int knob_status(const struct knob *knob, int64_t value);

/* Reads a value as people write it; false when the knob has no such value. */
bool knob_read(const struct knob *knob, const char *text, int64_t *out);
/* The value as people write it. */
const char *knob_write(const struct knob *knob, int64_t value, char out[KNOB_TEXT_MAX]);

#endif
