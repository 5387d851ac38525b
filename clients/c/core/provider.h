/*
 * The contract: what the library and the command line know of a provider, and all that they know.
 *
 * A provider is a constant `client_provider_NAME` in a room of its own, providers/NAME/, every room of the same plan:
 *
 *     NAME.c       essay, what it is called with (credentials, arguments, operations), the constant
 *     NAME.h       what the files of the room share
 *     request.c    what goes out: shapes, bodies, and what is refused before anything is sent
 *     answer.c     what comes back: status tables and the reading of every answer, without network or state
 *     cancel.c     the way of a cancel: what is sent when, what is looked up after it, what is remembered
 *
 * and beside them, where it has such a thing: read.c (reading an order), login.c (getting a token), status.c (a
 * table of the vendor's states). Adding one: make the room, add its name to providers/registry.h.
 */
#ifndef CORE_PROVIDER_H
#define CORE_PROVIDER_H

#include <stdbool.h>

#include "cancelorder.h"

struct call;
struct http_answer;

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
     * Reads one answer to the cancel request. Pure: no network, no clock, no state. `request` is the one that was asked
     * for; where there are several methods, its `method` is the one that was used.
     */
    void (*judge_cancel)(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result);
};

#endif
