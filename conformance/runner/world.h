/*
 * The world of one case: an embedded mock server set up as the row says, the names that placeholders stand for, and a
 * folder for what the client wants to remember.
 *
 * A worker has one world and uses it for one case after the other; world_prepare() puts everything back first. The mock
 * is used through mock_server.h alone.
 */
#ifndef CONFORMANCE_RUNNER_WORLD_H
#define CONFORMANCE_RUNNER_WORLD_H

#include <cjson/cJSON.h>

#include "check.h"
#include "mock_server/mock_server.h"
#include "runner/past.h"

struct world {
    struct mock_server *server;
    struct mock_server *other; /* the second listener; started by the first row that needs it */
    const char *journal_file;  /* NULL: none */
    cJSON *providers;          /* by name, from GET /_mock/providers */
    int closed_socket;         /* holds the port of {closed_url}: bound, never listening */
    int closed_port;
    char *folder;     /* for state_dir */
    cJSON *id_forms;  /* by provider: an order id as the mock draws it */
    struct past past; /* the orders of earlier cases */
    cJSON *late;      /* array of "METHOD target": requests about an order of an earlier case */
    /* of the case at hand */
    const struct check_table *table;
    const struct check *check;
    cJSON *names;
    cJSON *order;   /* as it was made; NULL when the row has none */
    cJSON *command; /* of the run, without its id */
    char *base_url; /* as the client is given it */
    char *state_dir;
    int since; /* first journal number of the case */
    int other_since;
    char *problem; /* why world_prepare() failed; NULL: it did not */
};

/*
 * Returns 0, or -1 with a text for people in *problem, to be freed. A folder is made in `folder`, which whoever owns it
 * removes with all that is in it. The mocks append every request to `journal_file` (NULL: none), which is borrowed.
 */
int world_start(struct world *world, const char *folder, const char *journal_file, char **problem);
void world_stop(struct world *world);

/* Sets everything up for the check. Returns 0, or -1 with world->problem set. */
int world_prepare(struct world *world, const struct check_table *table, const struct check *check);

/* What changes before the second run. Returns 0, or -1 with world->problem set. */
int world_prepare_again(struct world *world);

/*
 * The requests of the case so far, as an array to be deleted; NULL when the control API fails. A request that is about
 * an order of an earlier case is not among them; world_stragglers() has it.
 */
cJSON *world_requests(struct world *world);

/* The same of the second listener; NULL when the row has none. */
cJSON *world_other_requests(struct world *world);

/* The order's state now, to be freed; STATE_GONE; NULL when the row made no order. */
char *world_order_state(struct world *world);

/* Every string of the client's credentials that is long enough to be a secret. */
cJSON *world_secrets(const struct world *world);

/* Forgets the case. Requests that arrive from now on belong to no case. */
void world_clear(struct world *world);

/*
 * Requests that belong to no case: those that came since the last one was judged, and those about orders of earlier
 * cases. An array of "METHOD target", deleted by the caller; each is told once.
 */
cJSON *world_stragglers(struct world *world);

#endif
