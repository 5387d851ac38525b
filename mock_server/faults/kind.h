/*
 * A kind of fault: one row, in the file of its family (answers.c, connection.c, bytes.c).
 *
 * A row says everything about its kind: the phases in which it can fire, the parameters that it has beside the members
 * of every fault (fault.h), what it makes of them, and what it does to the reply. `GET /_mock/faults/kinds`, the hints
 * of refusals and the test of the JSON Schema come from the rows, so a new kind is one row, its `read` and its `apply`:
 * docs/add-a-fault.md.
 *
 *     static const struct shape cut_parameters[] = {
 *         {"bytes", SHAPE_INTEGER, .required = true, .least = 0, .most = INT32_MAX, .meaning = "how many are sent"},
 *         SHAPE_END,
 *     };
 *
 *     {"CUT", FAULT_AFTER_COMMIT, cut_parameters, .read = read_cut, .apply = apply_cut, .meaning = "…"},
 *
 * Rows never change. `apply` may be called from any thread, and keeps nothing of the fault: what it puts into the
 * exchange is copied, since the fault may be removed while the journal still shows the exchange.
 */
#ifndef FAULTS_KIND_H
#define FAULTS_KIND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

struct exchange;

enum fault_phase {
    FAULT_BEFORE_COMMIT = 1, /* in the provider's place: it never handles the request, nothing changes */
    FAULT_AFTER_COMMIT = 2,  /* the provider has handled it and the order has changed; then the answer is replaced */
};

#define FAULT_ANY_PHASE (FAULT_BEFORE_COMMIT | FAULT_AFTER_COMMIT)

struct fault_kind {
    const char *name;               /* NULL ends the rows */
    unsigned phases;                /* those in which it can fire, added up */
    const struct shape *parameters; /* its own, each with its meaning; NULL: it has none */
    const char *const *either;      /* the parameters of which one may be given, ended by NULL; NULL: no such rule */
    bool needs_either;              /* … of which one must be given */
    /* What `apply` is called with, in the arena. `spec` fits the rows and lives as long as the arena, so the result may
     * point into it. A mistake that rows cannot say goes to `problems`. NULL read: `apply` gets NULL. */
    const void *(*read)(struct arena *arena, const cJSON *spec, struct text *problems);
    void (*apply)(struct exchange *x, const void *parameters);
    const char *meaning; /* for people: what a client sees */
};

#endif
