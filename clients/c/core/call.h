/*
 * One operation under way, and how its requests go out.
 *
 * Everything that a provider puts on the wire is said by a `struct wire_shape`, so that a reader finds each decision on
 * a line of its own.
 *
 * Time: every exchange gets a share of what is left until the deadline. A cancel that can be looked up afterwards takes
 * CALL_SHARE_CANCEL of it, so that a silent server leaves time for the look-up; a read before the cancel takes
 * CALL_SHARE_BEFORE. Shares are percent.
 */
#ifndef CORE_CALL_H
#define CORE_CALL_H

#include <stdbool.h>

#include "base/clock.h"
#include "cancelorder.h"
#include "core/http.h"
#include "core/provider.h"
#include "core/secrets.h"
#include "core/tokens.h"

#define CALL_SHARE_BEFORE 40
#define CALL_SHARE_CANCEL 70
#define CALL_SHARE_ALL    100

#define WIRE_HEADERS_MAX  2

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
    struct wire_header headers[WIRE_HEADERS_MAX];
    bool cancels; /* the request that changes the order; counted in `attempts` */
    bool writes;  /* any other request that must not go out twice by itself, such as a log-in */
};

struct cancelorder_client {
    struct http *http;
    struct tokens tokens;
};

struct call {
    struct cancelorder_client *client;
    const struct client_provider *provider;
    const struct cancelorder_request *request;
    struct cancelorder_result *result;
    struct deadline deadline;
    struct secrets secrets;
    const char *token_name; /* the credential that a log-in replaces; NULL = none did */
    char *token;
    bool renewed; /* a 401 was answered by logging in; it is done once */
};

/* Sends `shape` with `body` (NULL = none) and fills `answer`, which the caller releases. */
void call_send(struct call *call, const struct wire_shape *shape, const char *body, int share_percent,
               struct http_answer *answer);

#endif
