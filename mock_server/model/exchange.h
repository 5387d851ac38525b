/*
 * One request and everything that is born from it.
 *
 * The exchange is the single owner: bytes as received, parsed body, the order it met, the answer, the reasons. All of
 * it lives in the exchange's arena or is released with it. It is made by the transport, walked through the pipeline by
 * one thread, then kept by the journal, unchanged from that moment on.
 *
 * What a provider does with it: read `request`, `params`, exchange_body(), and ask what the session knows
 * (providers/ask.h); answer with reply_json() or exchange_refuse(). Strings that it hands over are copied.
 */
#ifndef MODEL_EXCHANGE_H
#define MODEL_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "model/fired.h"
#include "model/order.h"
#include "model/wire.h"

struct session;
struct text;
struct base_path;
struct diagnosis;
struct provider;
struct route;
struct stub;

struct header {
    const char *name;
    const char *value;
};

/* Why a request was refused: for the journal and X-Mock-Reason. The wire has only the provider's own body. */
struct reason {
    const char *rule;          /* "6: reason_id is 1-8" */
    const char *field;         /* "reason_id", NULL when no field is at fault */
    const char *expected;      /* "an integer from 1 to 8" */
    const char *actual;        /* "\"3\"" */
    const char *knob;          /* "coerce_numeric_string=on", which lets it pass; NULL: none does, or none is known */
    const struct reason *more; /* other fields that are at fault, told with it; NULL: none */
};

enum unread_kind {
    UNREAD_MALFORMED,  /* its bytes break HTTP */
    UNREAD_INCOMPLETE, /* they broke off */
    UNREAD_UNSERVED,   /* a whole request, and its turn never came */
};

/* What arrived and was not served as a request. */
struct unread {
    enum unread_kind kind;
    bool in_body; /* `bytes` are of its body; else they begin with its head */
    int status;   /* of the answer: 400, 414, 431, 501, 505; 0 when nobody is left who could be answered */
    struct reason why;
    const char *bytes; /* the first UNREAD_BYTES_MAX of it, as they came */
    size_t length;
};

#define UNREAD_BYTES_MAX 4096

/* What a port is for. */
enum listener_kind {
    LISTENER_API,
    LISTENER_CONTROL,  /* the control API alone */
    LISTENER_RECORDER, /* whatever comes is recorded: nobody should send anything there */
};

/* As it came over the wire: nothing decoded, nothing reordered. White space around a header's value is no part of it
 * (RFC 9110 section 5.5). Of what could not be read, method, target and headers are as far as they were understood. */
struct request {
    const char *method;
    const char *target;    /* "/v0/orders/%2312/cancel?x=1" */
    const char *version;   /* "HTTP/1.1" */
    const char *path;      /* the target up to the question mark */
    const char *query;     /* after it; NULL when there is none */
    const char *authority; /* "host:port" of a target that names one: a proxy's, or a CONNECT's; NULL: it does not */
    bool is_tls;           /* it came over TLS */
    bool names_https;      /* its target does */
    struct header *headers;
    size_t header_count;
    const char *body; /* never NULL; NUL-terminated, may hold NUL bytes */
    size_t body_length;
    bool body_too_large; /* the body was longer than the limit and is not here */
    uint64_t connection;
    enum listener_kind listener;  /* the port by which it came; */
    const char *listener_id;      /* NULL: the server's own */
    const char *listener_session; /* the session of what comes there and names none; NULL: `default` */
    bool closes;                  /* no request follows this one on its connection */
    uint64_t bytes;               /* of head and body as they came, the framing of chunks included */
    const char *session_before;   /* of what is no request: the session that the connection named before; NULL: none */
    const struct unread *unread;  /* NULL: it is a whole request */
};

/* How the end of a body is told. Faults that count its bytes choose: then it is not compressed. */
enum reply_framing {
    REPLY_AS_PROVIDER, /* as `chunked` and `gzip` say */
    REPLY_COUNTED,     /* by a Content-Length */
    REPLY_CHUNKED,     /* by chunks, where the client knows them */
};

/* A body that goes on: whoever sends the answer reads it, and closes it in the end. */
struct reply_stream {
    bool (*read)(void *context,
                 struct text *out); /* adds what is new, perhaps nothing; false: nothing comes any more */
    void (*idle)(void *context, struct text *out);                     /* adds what keeps a connection alive */
    void (*on_news)(void *context, void (*wake)(void *), void *waker); /* wake(waker) whenever there is something new */
    void (*close)(void *context);
    void *context;
};

struct reply {
    int status; /* 0 until somebody answered */
    struct header *headers;
    size_t header_count;
    const char *body;
    size_t body_length;
    const char *phrase; /* after the status code; NULL: the provider's, else the usual one. Set after the body, static
                         * or in the arena, at most REPLY_PHRASE_MAX bytes, no line break. "" for none */
    bool tunnel;        /* what follows on the connection is the client's and the named host's (RFC 9110 9.3.6) */
    struct wire wire;   /* how it leaves; reply_text() and its like leave it alone, reply_clear() ends it */
    bool chunked;       /* wishes, until it is framed (model/framing.h): the body leaves in chunks, */
    bool gzip;          /* and compressed */
    bool in_chunks;     /* what became of them */
    enum reply_framing framing;        /* what a fault wants in the provider's stead */
    int64_t length_off;                /* what Content-Length says is so far off the truth */
    bool has_second_length;            /* there is another one, */
    int64_t second_length_off;         /* so far off */
    const struct reply_stream *stream; /* in the arena; the body is empty then; NULL: the body is all of it */
    const char *coded;                 /* the body as it leaves, in the arena; NULL: as it is */
    size_t coded_length;
};

/* What became of the answer. The one part of an exchange that changes after the journal has it. */
enum delivery {
    DELIVERY_NONE,    /* no byte left */
    DELIVERY_PENDING, /* it is on its way */
    DELIVERY_WHOLE,   /* its last byte left */
    DELIVERY_CUT,     /* the connection ended before that, or the answer was meant to be short */
};

/* Set by the transport alone; read by any thread. */
struct sending {
    int state;      /* enum delivery */
    uint64_t bytes; /* of the answer that have left */
};

#define REPLY_PHRASE_MAX 200

/* How a stage ends: go on with the next, or the answer is made. */
enum step { STEP_NEXT, STEP_REPLY };

enum body_kind {
    BODY_EMPTY,  /* no bytes, or white space only */
    BODY_BROKEN, /* not JSON; exchange_body_problem() tells the place */
    BODY_JSON,   /* or XML, where that was asked for: there is a tree */
};

struct param {
    const char *name;  /* "order_id", from the route's pattern */
    const char *value; /* percent-decoded once */
};

#define PARAMS_MAX 4
#define NOTES_MAX  8 /* more are not kept: the first ones name the kind */

struct exchange {
    struct arena *arena;
    struct session *session; /* lives while the pipeline runs, and for as long as its journal keeps the exchange */
    uint64_t session_number;
    const char *session_named;       /* as the request named it, by path, header or credential; NULL: it did not */
    const struct provider *provider; /* NULL: no provider lives under this path */
    const struct route *route;       /* NULL: the provider has no such route */
    const struct stub *stub; /* answers in the emulator's place; NULL: none does. Once the exchange is settled it
                              * says only whether one did: it lies in fixtures */
    const char *operation;   /* of the provider's route, where a stub answers in its place, too; NULL: none */
    struct request request;
    const char *path;             /* of the request, raw, without the prefix that names a session */
    const struct base_path *base; /* the one of its base paths that the request uses */
    const char *inner_path;       /* below the provider's base path, raw: "/orders/4711/cancel"; "": not below one */
    bool elsewhere;               /* it is for a host that is none of ours: sent as to a proxy */
    struct param params[PARAMS_MAX];
    size_t param_count;

    const char *public_url;  /* where clients are told to reach this server (model/root.h); NULL: where they did */
    const char *allowed;     /* for Allow: "GET, PUT", the methods of the path when the method is wrong */
    const char *account;     /* who asks, set by the provider's authenticate */
    const cJSON *credential; /* the entry of provider.json that matched; until the exchange is settled */
    const char *order_key;   /* what the order is looked up by; what the request names (provider->order_named, else the
                              * path's first parameter) unless validate sets it */
    const struct order *order; /* the order as it is now; held */
    const char *order_id;      /* for the journal: id, state before and after; NULL when no order was met */
    const char *state_before;
    const char *state_after;
    bool changed;  /* it made, changed or removed an order */
    void *scratch; /* the provider's own, from validate to render; lives in the arena */

    struct reply reply;
    struct reason *reason;             /* why it was refused, or what was odd about it; NULL: nothing */
    const struct diagnosis *diagnosis; /* of a request that was refused (diagnosis/); NULL: it was not */
    bool refused;                      /* answered before the route could render; a stub's and a fault's answers too */
    const char *notes[NOTES_MAX];      /* what was odd about it and did no harm, each one sentence */
    size_t note_count;
    struct fired *fired;    /* the faults that fired, the first one first; NULL: none did */
    unsigned fired_classes; /* enum fault_class of each, as bits (faults/kind.h) */
    bool is_aside;          /* no provider's and in no journal: a control call, a tunnel */
    bool replaced;          /* a fault made the answer, or took it away */

    struct sending sending;

    uint64_t seq;        /* set by the journal */
    int64_t at_us;       /* session time of arrival */
    int64_t started_us;  /* monotonic, for the duration */
    int64_t duration_us; /* monotonic; 0 where the session's clock stands */

    /* Private to exchange.c */
    const char *content; /* NULL: the body */
    size_t content_length;
    cJSON *parsed;
    struct json_problem *parse_problem;
    enum body_kind body_kind;
    bool body_read;
    int references;
};

struct exchange *exchange_new(void) WARN_UNUSED;
struct exchange *exchange_hold(struct exchange *x);
void exchange_drop(struct exchange *x);
/* Releases what only the handling needed (parsed trees); what the journal shows stays. */
void exchange_settle(struct exchange *x);

/* First header of that name (no regard to case), or NULL; and how many there are. */
const char *exchange_header(const struct exchange *x, const char *name);
size_t exchange_header_count(const struct exchange *x, const char *name);
/* Whether it asks for the head of an answer alone: it is handled as a GET, and changes nothing (RFC 9110 9.2.1). */
bool exchange_is_head(const struct exchange *x);
/* True when Content-Type names `type`, parameters aside: "application/json; charset=utf-8" names "application/json". */
bool exchange_content_is(const struct exchange *x, const char *type);

/* Percent-decoded path parameter; never NULL for a name of the route's pattern. */
const char *exchange_param(const struct exchange *x, const char *name);

/* Parses the body when first asked. *tree (may be NULL) is borrowed and NULL unless BODY_JSON. */
enum body_kind exchange_body(struct exchange *x, const cJSON **tree);
/* The same for a body that is XML (base/xml.h). A body is read once: whoever asks first decides which it is. */
enum body_kind exchange_body_xml(struct exchange *x, const cJSON **tree);
/* From now on these bytes, which live as long as the exchange, are read in the body's stead: the field of a form. */
void exchange_unwrap(struct exchange *x, const char *bytes, size_t length);
/* What is read: the body, or what was unwrapped of it. */
const char *exchange_content(const struct exchange *x, size_t *length);
bool exchange_is_unwrapped(const struct exchange *x);
const struct json_problem *exchange_body_problem(const struct exchange *x);

/* Answers. The body becomes the exchange's; the content type is the provider's. Earlier headers stay. */
void reply_json(struct exchange *x, int status, cJSON *body);
void reply_empty(struct exchange *x, int status);
void reply_text(struct exchange *x, int status, const char *content_type, const char *body);
/* No answer, as if nobody had made one. */
void reply_clear(struct exchange *x);
/* Adds a header; an earlier one of that name is replaced. */
void reply_header(struct exchange *x, const char *name, const char *value);
/* Adds a header beside earlier ones of that name. */
void reply_header_again(struct exchange *x, const char *name, const char *value);
/* Whether the answer has one. */
bool reply_has_header(const struct exchange *x, const char *name);

/* Answers with a refusal: reply_json() and the reason. Returns STEP_REPLY. */
enum step exchange_refuse(struct exchange *x, int status, cJSON *body, const struct reason *why);
void exchange_give_reason(struct exchange *x, const struct reason *why);
/* For the journal alone: "4: XML under the type of a form (body_by_content)". A clause, the oddity, and
 * the knob that makes the mock strict where there is one. The same note twice is one. */
void exchange_note(struct exchange *x, const char *note);
/* A JSON value as short text for `actual`, at most 80 bytes: `"3"`, `3.5`, `absent`. Lives in the arena. */
const char *exchange_describe(struct exchange *x, const cJSON *value);

#endif
