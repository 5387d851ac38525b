/*
 * One row is one check: one rule on one client, as data.
 *
 * A row says who demands it, how the world is set up, what the client is asked to do, and what must then be seen on the
 * wire and in the client's report. setup/ acts on `given`, the judge on `expect`; a row never knows how the client is
 * driven. cases/README.md teaches how to write one.
 *
 * What always holds
 *   - Rows are static const. Every text is a literal and stays borrowed.
 *   - What is not written down is zero, and zero always means "the usual": one fresh cancellable order, the default
 *     arguments and credentials, one run, the usual deadline; and "not judged" in `expect`.
 *   - Texts marked (P) may hold placeholders: {order_id} {nonce} {base_url} {other_url} {closed_url} {port} {deep} and
 *     paths into {order.…}, {document.…} (the vendor's JSON of the order that was made), {credentials.…} (what the
 *     client was given) and {all_credentials.…} (all that the mock has); array elements by number:
 *     {document.items.0.pk}. In JSON texts the value is escaped for use inside quotes: "{document.number}"; without
 *     quotes it stands as written: {document.pk}.
 *   - {nonce} is drawn anew for every case. What a client must find out on the wire carries it.
 *   - A fault that never fires fails the check: nothing would have been proved. (`faults_may_rest` lifts this.)
 *
 * Example
 *
 *     {RULE("ACM-ERR-2", MUST, DOCUMENTED, REPORT),
 *      .clause = "providers: acme 6; page Cancel Order, Error Responses",
 *      .requirement = "A 404 means that the order was not found, and not that it was cancelled before.",
 *      .given = {.order_id = "7f8d6a52-13c4-4d0e-9a53-0d5c0f7a2b11"},
 *      .expect = {.outcomes = OUT_NOT_FOUND, .cancels = EXACTLY(1)}},
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "check/outcome.h"
#include "check/verb.h"

#define CHECK_FAULTS_MAX 4
#define CHECK_EVENTS_MAX 4
#define CHECK_HOLDS_MAX  12

/* How much a rule weighs. A broken MUST is FAIL, a broken SHOULD is WARN, a broken MAY is INFO. */
enum level { LEVEL_MUST, LEVEL_SHOULD, LEVEL_MAY };

/* Who demands it: a source of docs/providers/NAME.md, or this project ([ours] there). */
enum basis { BASIS_DOCUMENTED, BASIS_OURS };

/* Where it is seen; a set. */
enum witness { WIRE = 1, REPORT = 2, TIMING = 4, PROCESS = 8 };

/* How often the client is asked to do the same. */
enum runs {
    RUN_ONCE,
    RUN_TWICE,           /* a second time in the same adapter process */
    RUN_TWICE_RESTARTED, /* the adapter process is ended and started between the two; state_dir stays */
};

/* What differs in the second run; used with RUN_TWICE and RUN_TWICE_RESTARTED. */
struct again {
    const char *arguments;   /* (P) JSON merged over the first run's arguments */
    const char *credentials; /* (P) JSON merged over the first run's credentials */
    const char *event;       /* raised on the order between the runs */
    const char *patch;       /* (P) JSON: PATCH /_mock/orders/{provider}/{id} between the runs */
    const char *fault;       /* (P) JSON: replaces all faults between the runs; "" only removes them */
};

/* How the world is set up and what the client is asked. */
struct given {
    const char *order;    /* (P) JSON for POST /_mock/orders/{provider}; NULL is {} */
    const char *order_id; /* no order is made; the client is to cancel this id. "" = a row without any order */
    const char *knobs;    /* JSON for PATCH /_mock/knobs/{provider} */
    const char *events[CHECK_EVENTS_MAX]; /* raised on the order before the run */
    const char *faults[CHECK_FAULTS_MAX]; /* (P) JSON for POST /_mock/faults; "match" is filled in: see README */
    bool faults_may_rest;                 /* a fault that nothing reaches is fine */
    unsigned faults_to_meet;              /* how many of the faults must fire; 0 means all: decoys may rest */
    const char *arguments;   /* (P) JSON merged over the provider's default arguments; null removes a member */
    const char *credentials; /* (P) JSON merged over the fixtures' credentials; null removes a member */
    const char *base_url;    /* (P) NULL is "{base_url}" */
    const char *tls;       /* {base_url} is https, on a port of this manner: "good", "expired" … (docs/https.md), and
                            * options.ca_file names the authority; NULL: plain http */
    const char *command;   /* (P) JSON merged over the whole run command, for protocol probes */
    const char *operation; /* (P) NULL is "cancel" */
    const char *needs;     /* an operation that the client must declare and the mock serve, else SKIP */
    enum runs runs;
    struct again again;
    int deadline_ms; /* 0 is 3000; told to the client, stretched by --time-scale */
    int quiet_ms;    /* 0 is 5; watched after the answer; 50 where a repeat is what is looked for */
};

#define BOUNDS_OPEN 1000000 /* `max` of AT_LEAST */

/* How many requests: `{0}` is not judged. */
struct bounds {
    bool judged;
    int min;
    int max;
};

#define EXACTLY(n)                                                                                                     \
    {                                                                                                                  \
        true, n, n                                                                                                     \
    }
#define BETWEEN(low, high)                                                                                             \
    {                                                                                                                  \
        true, low, high                                                                                                \
    }
#define AT_MOST(n)                                                                                                     \
    {                                                                                                                  \
        true, 0, n                                                                                                     \
    }
#define AT_LEAST(n)                                                                                                    \
    {                                                                                                                  \
        true, n, BOUNDS_OPEN                                                                                           \
    }
#define NONE                                                                                                           \
    {                                                                                                                  \
        true, 0, 0                                                                                                     \
    }

/* `state` when the order must no longer exist. */
#define STATE_GONE "(gone)"

/* What must be seen. Every member that is set is one expectation and fails by itself. */
struct expect {
    unsigned outcomes;      /* accepted outcomes of the (first) run; 0 is not judged */
    unsigned tolerated;     /* accepted with a warning */
    bool unreadable;        /* the answer is a 2xx that says nothing: what the profile calls such is accepted too */
    unsigned again;         /* accepted outcomes of the second run */
    bool local;             /* nothing at all is sent, and the report says "local":true */
    bool skipped;           /* the adapter says "skipped": protocol probes only */
    struct bounds cancels;  /* requests of the cancel call, those included that miss every route of the vendor */
    struct bounds requests; /* requests of any kind */
    const char *state;      /* the order's state afterwards, by the control API; STATE_GONE */
    const char *report; /* (P) JSON: members that the last answer must have, with these values; others may be there */
    const char *if_reported; /* (P) JSON: as `report`, but an absent member makes the check UNOBSERVABLE, not FAIL */
    const char *on; /* which requests `holds` looks at: NULL the cancel call, "*" all, else an operation's name */
    struct verb holds[CHECK_HOLDS_MAX + 1]; /* what else must be true, in the judge's verbs; the last stays empty */
};

struct check {
    const char *id; /* "ACM-REQ-1", with a case suffix "ACM-RES-2/status-false" where a rule has several cases */
    enum level level;
    enum basis basis;
    unsigned witness;
    const char *clause;      /* "providers: acme 4; page Cancel Order, Body Parameters" */
    const char *requirement; /* one sentence, in our words */
    struct given given;
    struct expect expect;
};

/* The head of a row: RULE("ACM-REQ-1", MUST, DOCUMENTED, WIRE | REPORT). */
#define RULE(id_, level_, basis_, witness_)                                                                            \
    .id = (id_), .level = LEVEL_##level_, .basis = BASIS_##basis_, .witness = (witness_)

/* What is true of all checks of one provider. */
struct profile {
    const char *provider;  /* "acme" */
    const char *title;     /* "Acme Orders" */
    const char *arguments; /* (P) the arguments of a plain cancel */
    /*
     * NULL, or completes the arguments from the order that was made (`order`, as the control API shows it; NULL when
     * the row has no order) and from the provider's entry of GET /_mock/providers. Called after `arguments` was filled
     * and before the row's own arguments are merged over it.
     */
    void (*complete)(cJSON *arguments, const cJSON *order, const cJSON *provider);
    const char *credentials; /* which members of the fixtures' credentials a plain run gets, blank between; NULL: all */
    const char *cancel_operations; /* the journal's names of the cancel call, blank between: "cancel" */
    const char *read_operations; /* its names of a call that shows what became of the order: "get_order list_orders" */
    unsigned unreadable;         /* what a 2xx that says nothing may be called, besides a failure: OUT_PENDING, or 0 */
    const char *envelope;        /* the member that every JSON answer of this vendor has at its top; NULL: none */
};

/* Rows about one thing, one file of them: the request, who may cancel, answers … */
struct check_group {
    const struct check *rows;
    size_t count;
};

/* const struct check_group acme_access = CHECK_GROUP(rows); */
#define CHECK_GROUP(rows_)                                                                                             \
    {                                                                                                                  \
        .rows = (rows_), .count = sizeof(rows_) / sizeof(rows_)[0]                                                     \
    }

#define CHECK_GROUPS_MAX 12

/* All checks of one provider, in the order in which they are listed and run. */
struct check_table {
    struct profile profile;
    const struct check_group *groups[CHECK_GROUPS_MAX + 1]; /* the last stays empty */
};

/* JSON in a row without backslashes: JSON({"reason_id": 9}). Not for texts with \u escapes; write those as literals. */
#define JSON(...) #__VA_ARGS__

/* Faults of the most common kinds, for `.given.faults`. */
#define ANSWER(status_, ...) "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ ",\"json\":" #__VA_ARGS__ "}"
#define ANSWER_TEXT(status_, type_, body_)                                                                             \
    "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ ",\"headers\":[[\"Content-Type\",\"" type_                   \
    "\"]],\"body\":\"" body_ "\"}"
#define REDIRECT(status_, location_)                                                                                   \
    "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ ",\"headers\":[[\"Location\",\"" location_ "\"]]}"
#define DRIFT(...)        "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"patch\":" #__VA_ARGS__ "}"
#define NO_ANSWER         "{\"fault\":\"NO_RESPONSE\"}"
#define EMPTY_ANSWER      "{\"fault\":\"EMPTY_RESPONSE\"}"
#define RESET_BY_PEER     "{\"fault\":\"CONNECTION_RESET_BY_PEER\"}"
#define CUT_AFTER(bytes_) "{\"fault\":\"TRUNCATED_BODY\",\"phase\":\"after_commit\",\"bytes\":" #bytes_ "}"

const char *level_name(enum level level); /* "MUST" */
const char *basis_name(enum basis basis); /* "documented", "ours" */

/* "2", "1 to 3", "at least 1"; to be freed. */
char *bounds_text(struct bounds bounds);

/* "wire, report"; to be freed. */
char *witness_text(unsigned witness);

#endif
