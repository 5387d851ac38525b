/*
 * What a provider is: the one interface between the engine and the vendors' APIs.
 *
 * A provider is a room, providers/NAME/, and every room has the same plan of files, so that reading one is reading all.
 * Each file calls only files above it in this list; what a vendor has besides stands in files beside these.
 *
 *     NAME.h        what the files share, a section a file
 *     knobs.c       what the documents leave open
 *     fixture.c     the vendor's own members of provider.json
 *     order.c       an order's document: shape, a new one, its state, its names
 *     answers.c     the envelope of answers, refusals, and what the engine refuses
 *     request.c     what path, media type, body and fields must be
 *     access.c      who may ask, and the log-in
 *     lifecycle.c   states and events
 *     cancel.c      the cancel: validate, decide, render
 *     reads.c       the calls that only read
 *     NAME.c        essay, routes, and `const struct provider provider_NAME`
 *
 * It includes base/, model/, providers/ask.h and its own room, and nothing else; scripts/check-walls holds the plan and
 * the includes. It keeps no state of its own, and may be called by several threads at once. docs/add-a-provider.md is
 * the way to a new one.
 *
 * The engine walks each request through these slots (pipeline/pipeline.c):
 *
 *   - route: the engine finds the row of `routes`; `refuse` answers where there is none;
 *   - authenticate: who asks? It sets x->account and x->credential, or refuses;
 *   - validate, the route's: is the request well-formed by itself? It may set x->order_key and x->scratch;
 *   - the engine loads the order that x->order_key names;
 *   - decide, the route's: what happens to this order? It refuses, hands back a changed copy, or changes nothing;
 *   - the engine commits; when somebody else was faster, it loads and asks again;
 *   - render, the route's: x->order as the vendor answers it.
 *
 * decide may be called several times for one request: it must have no effect but its result.
 */
#ifndef MODEL_PROVIDER_H
#define MODEL_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/shape.h"
#include "model/exchange.h"
#include "model/knob.h"
#include "model/maker.h"
#include "model/order.h"

/* What the engine itself refuses; the provider says how that looks. */
enum refusal {
    REFUSAL_NO_ROUTE,       /* x->route is NULL, x->inner_path is unknown */
    REFUSAL_WRONG_METHOD,   /* the path is known, the method is not; x->allowed has those that are */
    REFUSAL_BODY_TOO_LARGE, /* answered before authentication */
};

/* The operation of a request that a stub of the fixtures answers; it is that of no route. */
#define OPERATION_STUB "stub"
/* Every provider has routes of this operation: what all of this is about. */
#define OPERATION_CANCEL "cancel"

struct route {
    const char *method;
    const char *pattern;   /* "/orders/cancel/{order_id}": below the base path; a segment is a literal or a parameter.
                            * Literals win over parameters. A pattern ending in "/" wants the slash. */
    const char *operation; /* "cancel", "get_order" …: the name in journal, faults and adapter protocol */
    enum step (*validate)(struct exchange *x);
    /* `order` is NULL when x->order_key names none. *changed stays NULL when nothing changes; a copy in it becomes the
     * engine's; where there was none, an order from order_make() is added to the store. REMOVE_ORDER in *changed
     * deletes the order. NULL decide: the route has no order. */
    enum step (*decide)(struct exchange *x, const struct order *order, struct order **changed);
    void (*render)(struct exchange *x);
    bool is_read;     /* the client looks at orders: counts for a delay of `polls:n` (session/progress.h) */
    const char *base; /* it lives below this base path of the provider's alone; NULL: below each of them */
};

/* For *changed: delete the order. */
extern struct order REMOVE_ORDER[1];

#define DUE_BY_DELAY INT64_MIN /* of an event's `due`: its delay says when */

/*
 * What the other side does to an order: by hand (control API), by time or by polls (session/progress.h).
 *
 * An event happens by itself when its `due` says so, or after the delay of a knob; with neither, only by hand.
 */
struct event {
    const char *name;        /* "supplier_accepts" */
    const char *by;          /* "supplier" */
    const char *const *from; /* states in which it can happen, ended by NULL */
    const char *to;          /* the state after it; NULL when `apply` enters one itself, or the state stays */
    /* After entering `to`, at the time maker->now_us; NULL when there is no more to do. */
    void (*apply)(const struct maker *maker, struct order *copy);
    const char *meaning; /* one line for people */
    bool has_delay;      /* it happens by itself, after the delay of the knob `delay` (a knob with is_delay) … */
    unsigned delay;      /* … counted from the order's `since_us` and `polls` */
    /* The session time from which on it happens by itself, or DELAY_NEVER, or DUE_BY_DELAY where the knob `delay` is to
     * say it. It may be in the past. */
    int64_t (*due)(const struct maker *maker, const struct order *order);
    /* Whether it can happen to this order, which is in one of `from`; NULL when every such order will do. */
    bool (*possible)(const struct order *order);
};

/* Where a provider lives. `below`, when set, limits the base to paths that begin with it: "/orders" alone. */
struct base_path {
    const char *base;
    const char *below;
};

/* The words that a vendor's server writes after a status code that it made up, or where its words are not the usual. */
struct reason_phrase {
    int status;
    const char *phrase; /* at most REPLY_PHRASE_MAX bytes, no line break */
};

struct provider {
    const char *name;              /* "shop": folder of its fixtures, word on the command line */
    const char *title;             /* "Shop Integration API" */
    const struct base_path *bases; /* the first is the canonical one; ended by .base == NULL */
    const char *content_type;      /* of JSON answers */
    const struct route *routes;    /* ended by .method == NULL */
    const struct event *events;    /* ended by .name == NULL */
    const char *const *states;     /* ended by NULL; the first is that of a new, cancellable order */
    const struct knob *knobs;
    size_t knob_count;
    const char *id_member; /* the member of `document` that holds the id */
    bool id_is_integer;    /* it is a JSON integer there; else a string */

    /* The words after the status of an answer that has none of its own; ended by .phrase == NULL, or NULL. */
    const struct reason_phrase *phrases;

    /* Where a request carries credentials: headers, and string members of JSON bodies; each list ended by NULL, or
     * NULL. What stands there and is not the fixtures' own is masked in the journal. */
    const char *const *secret_headers;
    const char *const *secret_members;

    /* The member of a credential's `values` that a log-in issues ("access_token"); NULL when there is no log-in. */
    const char *token_member;

    /* Shapes of the parts of the fixtures that only this provider has; SHAPE_END alone when there are none. */
    const struct shape *document_shape;   /* an order's document */
    const struct shape *facts_shape;      /* an order's facts */
    const struct shape *credential_shape; /* the `values` of a credential: docs/test-a-client.md */
    const struct shape *fixture_shape;    /* members of provider.json beside the common ones */

    /* Answers what the engine refuses; sets status, body and reason. */
    void (*refuse)(struct exchange *x, enum refusal what);
    /* The vendor's own answer of an error status (400 to 599), as its documents have it, or else as its kind of server
     * would: for faults, and for requests that nobody could read. It sets exactly that status, headers and body, and no
     * reason; the route may be unknown. NULL: the status alone. */
    void (*answer_status)(struct exchange *x, int status);
    /* How its answers leave: sets reply.chunked and reply.gzip, and headers that go with them. It is called once, when
     * status, headers and body stand, whoever made them. NULL: with a Content-Length, as they are. */
    void (*finish)(struct exchange *x);
    enum step (*authenticate)(struct exchange *x);
    /* The credential that the request shows, unchecked: the token, key or user name by which a session can be told
     * (a string in the `values` of a credential); NULL or "" when there is none. Called before the route is known. */
    const char *(*credential_shown)(struct exchange *x);
    /* The order that a request names outside of its path, before anything has been checked; "" when none. NULL: the
     * first parameter of the path names it. */
    const char *(*order_named)(struct exchange *x);

    /* How a knob must be set so that the route is served below that base, "v2=on"; NULL: it always is. Several are
     * separated by ", ". For lists of routes alone: the provider itself refuses. NULL slot: every route is served below
     * every base of its own. */
    const char *(*needs)(const struct base_path *base, const struct route *route);

    /* The path below the base as routes are looked up by it: for servers that forgive odd slashes. NULL: as it came. */
    const char *(*routed_path)(struct exchange *x);

    /* A new document in the first state, with ids from maker_uuid() and its like. */
    cJSON *(*new_document)(const struct maker *maker);
    /* Makes order->document agree with order->state: status words and stamps. Called when a state is entered. */
    void (*write_state)(struct order *order, int64_t now_us);
    /* Sets id and aliases from the document (order_set_id(), order_add_alias()). */
    void (*read_names)(struct order *order);
};

#endif
