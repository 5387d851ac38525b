/* Turning a row's `given` into a world; the inner side of world.h, shared by world.c, given.c and order.c alone. */
#ifndef CONFORMANCE_RUNNER_GIVEN_H
#define CONFORMANCE_RUNNER_GIVEN_H

#include <stdbool.h>

#include "runner/world.h"

/* One call of the control API; *out (may be NULL) becomes the answer as JSON, or NULL. Returns the status. */
int world_call(struct mock_server *server, const char *method, const char *path, const char *json, cJSON **out);

/* Starts the second listener unless it runs. Returns 0, or -1 with world->problem set. */
int world_start_other(struct world *world);

/* The number that the next journal entry will have. */
int world_next_request(struct mock_server *server);

/* "/_mock/orders/{provider}/{id}" of the case's order; to be freed. */
char *world_order_path(const struct world *world);

/* Notes why the world could not be set up, and takes the text; always -1. */
int given_fail(struct world *world, char *problem);

const char *given_provider_of(const struct world *world);

/* The text with its placeholders filled, as JSON; NULL with world->problem set. */
cJSON *given_filled(struct world *world, const char *text);

/* A control call that must answer 2xx; -1 with world->problem set when it does not. *out (may be NULL) is the answer.
 */
int given_steer(struct world *world, const char *method, const char *path, const cJSON *body, cJSON **out);

/* Makes the row's order, if it has one, names it, and raises its events. Returns 0, or -1 with world->problem set. */
int given_make_order(struct world *world);

int given_raise_event(struct world *world, const char *event);

/* Whether some text of the row mentions {other_url}. */
bool given_wants_other(const struct check *check);

#endif
