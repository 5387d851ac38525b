/*
 * A kind of fault: one row, in the file of its family (kinds.h lists them).
 *
 * A row says everything about its kind: its class, the phases in which it can fire, the parameters that it has beside
 * the members of every fault (fault.h), what it makes of them, and what it does to the reply. `GET
 * /_mock/faults/kinds`, the hints of refusals and the test of the JSON Schema come from the rows, so a new kind is one
 * row, its `read` and its `apply`: docs/add-a-fault.md.
 *
 *     static const struct shape cut_parameters[] = {
 *         {"bytes", SHAPE_INTEGER, .required = true, .least = 0, .most = INT32_MAX, .meaning = "how many are sent"},
 *         SHAPE_END,
 *     };
 *
 *     {"CUT", CLASS_FRAMING, FAULT_AFTER_COMMIT, cut_parameters, .read = read_cut, .apply = apply_cut, .meaning = "…"},
 *
 * Rows never change. `apply` may be called from any thread, without any lock, and keeps nothing of the fault: what it
 * puts into the exchange is copied, since the fault may be removed while the journal still shows the exchange.
 */
#ifndef FAULTS_KIND_H
#define FAULTS_KIND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

struct exchange;
struct quota;

enum fault_phase {
    FAULT_BEFORE_COMMIT = 1, /* in the provider's place: it never handles the request, nothing changes */
    FAULT_AFTER_COMMIT = 2,  /* the provider has handled it and the order has changed; then the answer is replaced */
};

#define FAULT_ANY_PHASE (FAULT_BEFORE_COMMIT | FAULT_AFTER_COMMIT)

/*
 * What a kind changes, in the order in which faults of one request are applied. A request meets at most one fault of a
 * class, and at most one of those that take the place of the answer.
 */
enum fault_class {
    CLASS_QUOTA,    /* the answer: there is no room for this request, or the server is down */
    CLASS_DECAY,    /* the answer, or how late it is */
    CLASS_ANSWER,   /* the answer: another one */
    CLASS_LOSS,     /* the answer: none */
    CLASS_BODY,     /* what the answer says */
    CLASS_FRAMING,  /* the bytes that say where it begins and ends */
    CLASS_DELAY,    /* when it begins */
    CLASS_PACE,     /* how fast it comes */
    CLASS_CLOSE,    /* how the connection ends behind it */
    CLASS_READ,     /* how fast the request is read: asked before there is an answer */
    CLASS_LISTENER, /* a connection before its first request */
    FAULT_CLASSES,
};

#define CLASS_BIT(class_) (1U << (class_))
/* Of these at most one fires. */
#define CLASSES_REPLACING (CLASS_BIT(CLASS_QUOTA) | CLASS_BIT(CLASS_ANSWER) | CLASS_BIT(CLASS_LOSS))

/* One firing of an armed fault. */
struct firing {
    const char *id;      /* of the fault: "f3" */
    const char *session; /* whose fault it is; lives as long as the session */
    uint64_t ordinal;    /* of the request among those that the fault is meant for, in its session; the first is 1 */
    uint64_t round;      /* a number of the request: no other one of the session has it */
    uint64_t draw;    /* grown from seed, session, fault and ordinal: the seed of whatever is drawn (faults/draw.h) */
    int64_t now_us;   /* the session's time, */
    int64_t armed_us; /* when the fault was armed, */
    int64_t left_us;  /* and how long its window, its time to live or its quota's window still lasts; 0: for ever */
};

struct fault_kind {
    const char *name; /* NULL ends the rows */
    enum fault_class class;
    unsigned phases;                /* those in which it can fire, added up */
    const struct shape *parameters; /* its own, each with its meaning; NULL: it has none */
    const char *const *either;      /* the parameters of which one may be given, ended by NULL; NULL: no such rule */
    bool needs_either;              /* … of which one must be given */
    bool of_connections;            /* it is met before there is a request: nothing can match */
    /* What `apply` is called with, in the arena. `spec` fits the rows and lives as long as the arena, so the result may
     * point into it. A mistake that rows cannot say goes to `problems`. NULL read: `apply` gets NULL. */
    const void *(*read)(struct arena *arena, const cJSON *spec, struct text *problems);
    /* Whether it fires, asked when all that every fault has says so. NULL: it does. Called under the lock of the
     * session's faults; `quota` is the one that its parameters name, NULL for kinds without `quota`. */
    bool (*is_due)(const void *parameters, struct firing *firing, struct quota *quota);
    /* The quota that it counts in; its own where `name` is NULL. NULL: it has none. */
    void (*quota)(const void *parameters, const char **name, int64_t *window_us);
    /* NULL for a kind that needs no request. */
    void (*apply)(struct exchange *x, const void *parameters, const struct firing *firing);
    /* What needs no request, in microseconds of real time: how long a new connection waits, and for how long the port
     * refuses from the arming on; 0: not at all. NULL: it is none of these. */
    int64_t (*accept_delay)(const void *parameters);
    int64_t (*refusal)(const void *parameters);
    const char *meaning; /* for people: what a client sees */
};

#endif
