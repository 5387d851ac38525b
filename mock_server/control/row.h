/*
 * A row of the control API: what a call is named, what it takes, and who handles it.
 *
 *     static const struct query_name by_provider[] = {
 *         {"provider", QUERY_PROVIDER, .meaning = "only this provider's"},
 *         {"limit", QUERY_NUMBER, .least = 1, .most = 10000, .meaning = "so many at most"},
 *         QUERY_END,
 *     };
 *
 *     {"GET", "/exchanges", control_exchanges, .query = by_provider, .meaning = "the documented exchanges"},
 *     {"POST", "/clock/advance", control_clock_advance, BODY_NEEDED, control_advance_shape,
 *      .hint = "send how far, for instance {\"days\":14}", .meaning = "lets the clock go forward"},
 *
 * A row says all that a call may carry, so that nothing is dropped in silence: whatever else comes is refused before
 * the handler runs. Every call takes ?session= besides. `query`: NULL takes no other name. `shape`: NULL leaves the
 * members to the handler, where they follow from the provider or from the kind of a fault. `{name}` in a pattern is a
 * parameter.
 */
#ifndef CONTROL_ROW_H
#define CONTROL_ROW_H

#include "control/call.h"

enum query_kind {
    QUERY_TEXT,      /* any text, not empty */
    QUERY_NUMBER,    /* digits, from `least` to `most` */
    QUERY_WORD,      /* one of `words` */
    QUERY_PROVIDER,  /* a provider that is served */
    QUERY_OPERATION, /* of the routes of ?provider=, else of any provider that is served; or "stub" */
    QUERY_SESSION,   /* a session that there is */
};

struct query_name {
    const char *name; /* NULL ends the rows */
    enum query_kind kind;
    const char *const *words; /* of QUERY_WORD, ended by NULL */
    int64_t least, most;      /* of QUERY_NUMBER */
    const char *meaning;      /* one line for people */
};

#define QUERY_END                                                                                                      \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

enum call_body { BODY_NONE, BODY_OPTIONAL, BODY_NEEDED };

/* How a call enters its session (session/session.h), so that no request and no other call sees half of what it does. */
enum call_entry {
    ENTRY_BY_METHOD, /* a GET looks, and whatever else changes: alone */
    ENTRY_TO_LOOK,
    ENTRY_BY_ITSELF, /* not before its handler says so, or not at all */
};

struct call_row {
    const char *method;
    const char *pattern; /* below /_mock */
    call_handler *handle;
    enum call_body body;
    const struct shape *shape; /* of the body */
    const struct query_name *query;
    const char *hint;    /* what to send, told to those who send no object */
    const char *meaning; /* one line for people */
    enum call_entry entry;
};

/* ?session=, which every call takes. */
extern const struct query_name query_session[];

/* Holds the query against the row: every name is known and stands once, every value can be meant. NULL, or a 400. */
cJSON *query_check(struct call *call, const struct query_name *names) WARN_UNUSED;
/* Holds the body against the row. NULL, or a 400. */
cJSON *body_check(struct call *call, const struct call_row *row) WARN_UNUSED;

/* What the values of a name are, in words: "a number from 1 to 10000". Lives as long as the call. */
const char *query_values(const struct call *call, const struct query_name *name);

#endif
