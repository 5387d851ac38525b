/*
 * The control API of a mock server, of the built-in one in process or of a running one over HTTP: the same calls, the
 * same JSON, the same statuses.
 *
 *     struct control_client control = {.server = server};
 *     cJSON *answer = NULL;
 *     if (control_client_call(&control, "POST", "/_mock/sessions", body, &answer) != 201) …
 */
#ifndef HTTP_CONTROL_CLIENT_H
#define HTTP_CONTROL_CLIENT_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "mock_server/base/url.h"
#include "mock_server/mock_server.h"

struct control_client {
    struct mock_server *server; /* NULL: ask at `url` */
    const struct url *url;      /* of the server, without /_mock; NULL and no server: there is no control API */
    int limit_ms;               /* of one call over HTTP */
};

bool control_client_exists(const struct control_client *control);

/*
 * Returns the HTTP status, 0 when no answer came. *out (may be NULL) becomes the answer, to be deleted: NULL when it
 * has no body; where no answer came, {"error": why}.
 */
int control_client_call(const struct control_client *control, const char *method, const char *path, const cJSON *body,
                        cJSON **out);

#endif
