/*
 * The faults that fired on an exchange, as the journal tells of them.
 *
 * An exchange holds a list, in the order in which they were applied: what ended a delay, what became of a draw. The
 * list lives in the exchange's arena; kinds are those of faults/kinds.h, which this room does not know.
 *
 *     exchange_fired(x, "f3", "DELAY_UNIFORM", "after_commit");
 *     exchange_drew(x, "ms", 312);         // "drawn": {"ms": 312}
 */
#ifndef MODEL_FIRED_H
#define MODEL_FIRED_H

#include <stdint.h>

struct exchange;

/* A number that was drawn, or worked out, when the fault fired. */
struct drawn {
    const char *name;
    int64_t value;
    struct drawn *next;
};

struct fired {
    const char *id;    /* "f3"; "magic" for that of a magic id, "stub" and "order" for those of other fixtures */
    const char *fault; /* the kind; lives as long as the program, as `phase` does */
    const char *phase;
    struct drawn *drawn; /* in the order in which they were drawn; NULL: nothing was */
    struct fired *next;
};

/* Adds one at the end of x->fired. `id` is copied. */
void exchange_fired(struct exchange *x, const char *id, const char *fault, const char *phase);
/* Adds a number to the one that fired last. `name` lives as long as the program. */
void exchange_drew(struct exchange *x, const char *name, int64_t value);

#endif
