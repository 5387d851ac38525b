#ifndef PROVIDER_H
#define PROVIDER_H

/*
 * The shape that every provider has. One provider = one file in providers/, read in one order: essay,
 * wire tables, refusals made here, bodies, reading of answers, operations, the exported constant.
 *
 * Adding one: write the file, add its name to CLIENT_PROVIDERS.
 *
 * Everything a provider puts on the wire is said by a `struct wire_shape`, and which status means what
 * by a table of `struct status_rule`, so that a reader finds each decision on a line of its own.
 */

#include "cancelorder.h"
#include "support/http.h"

#define CLIENT_PROVIDERS(X)                                                                                            \
    X(dukkango)                                                                                                        \
    X(fungies)                                                                                                         \
    X(akinon)                                                                                                          \
    X(iletimerkezi)                                                                                                    \
    X(zaikio)

struct call;

/* A header made of a fixed prefix and a credential. */
struct wire_header {
    const char *name;
    const char *prefix;
    const char *credential;
};

/* One kind of request. `path` is below the base URL; "{order}" in it is the order's id, encoded. */
struct wire_shape {
    const char *method;
    const char *path;
    const char *accept;
    const char *content_type; /* sent only with a body */
    struct wire_header headers[2];
    bool cancels; /* the request that changes the order; counted in `attempts` */
    bool writes;  /* any other request that must not go out twice by itself, such as a log-in */
};

/* First row that holds the status decides. A status in no row is a protocol error. */
struct status_rule {
    int low;
    int high;
    enum cancelorder_outcome outcome;
};

/* A credential or an argument, for `cancelorder providers` and for reading the environment. */
struct client_word {
    const char *name;
    const char *meaning;
    int set;          /* of a credential: all of one set are needed, and any one set will do; sets count from 0 */
    bool cancel_only; /* of a credential: reads do without it */
};

struct client_operation {
    const char *name;
    /* Refuses what must not be sent: 0, or -1 with the refusal in `result`. Sends nothing. */
    int (*check)(const struct cancelorder_request *request, struct cancelorder_result *result);
    void (*run)(struct call *call);
};

struct client_provider {
    const char *name;
    const char *title;
    const char *example_base_url;
    const struct client_word *credentials; /* ends with a NULL name, as all lists here */
    const struct client_word *arguments;
    const struct client_operation *operations; /* the first one is cancel */
    bool remembers;                            /* in `state_dir`, what a repeated cancel must know */

    /*
     * Reads one answer to the cancel request. Pure: no network, no clock, no state. `request` is the
     * one that was asked for; for Zaikio `request->method` is the method that was used.
     */
    void (*judge_cancel)(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result);
};

#define CLIENT_PROVIDER_DECLARE(name) extern const struct client_provider client_provider_##name;
CLIENT_PROVIDERS(CLIENT_PROVIDER_DECLARE)
#undef CLIENT_PROVIDER_DECLARE

/* The index-th provider, or NULL after the last. */
const struct client_provider *client_provider_at(size_t index);
const struct client_provider *client_provider_find(const char *name);
const struct client_operation *client_operation_find(const struct client_provider *provider, const char *name);

#endif
