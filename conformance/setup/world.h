/*
 * The world of one case: an embedded mock server set up as the row says, the names that placeholders stand for, and a
 * folder for what the client wants to remember.
 *
 * A worker has one world and uses it for one case after the other; setup_prepare() puts everything back first. The mock
 * is used through mock_server.h alone.
 */
#ifndef SETUP_WORLD_H
#define SETUP_WORLD_H

#include <cjson/cJSON.h>

#include "check/check.h"
#include "mock_server/mock_server.h"
#include "setup/earlier.h"

struct world {
    struct mock_server *server;
    struct mock_server *other; /* the second listener; started by the first row that needs it */
    const char *journal_file;  /* NULL: none */
    char *ca_dir;              /* of the authority behind the server's TLS */
    cJSON *providers;          /* by name, from GET /_mock/providers */
    int closed_socket;         /* holds the port of {closed_url}: bound, never listening */
    int closed_port;
    int settling;           /* the harness's own connection (setup/settle.h) */
    char *folder;           /* for state_dir */
    cJSON *id_forms;        /* by provider: an order id as the mock draws it */
    struct earlier earlier; /* the orders of earlier cases */
    cJSON *late;            /* array of "METHOD target": requests about an order of an earlier case */
    /* of the case at hand */
    const struct check_table *table;
    const struct check *check;
    bool wants_other; /* the row has a second listener */
    cJSON *names;
    cJSON *order;   /* as it was made; NULL when the row has none */
    cJSON *command; /* of the run, without its id */
    char *base_url; /* as the client is given it */
    char *state_dir;
    int since; /* first journal number of the case */
    int other_since;
    char *problem; /* why setting up failed; NULL: it did not */
};

/*
 * Returns 0, or -1 with a text for people in *problem, to be freed. A folder is made in `folder`, which whoever owns it
 * removes with all that is in it. The mocks append every request to `journal_file` (NULL: none), which is borrowed.
 */
int world_start(struct world *world, const char *folder, const char *journal_file, char **problem);
/* -1 when the journal file could not be written whole, else 0. */
int world_stop(struct world *world);

/* One call of the control API; *out (may be NULL) becomes the answer as JSON, or NULL. Returns the status. */
int world_call(struct mock_server *server, const char *method, const char *path, const cJSON *body, cJSON **out);

/* The same at the world's own server, which must answer 2xx; -1 with world->problem set when it does not. */
int world_steer(struct world *world, const char *method, const char *path, const cJSON *body, cJSON **out);

/* Notes why the world could not be set up, and takes the text; always -1. */
int world_fail(struct world *world, char *problem);

/* The text with its placeholders filled, as JSON; NULL with world->problem set. */
cJSON *world_filled(struct world *world, const char *text);

/* Of the case at hand. */
const char *world_provider(const struct world *world);

/* Starts the second listener unless it runs. Returns 0, or -1 with world->problem set. */
int world_start_other(struct world *world);

/* Returns when the mock has read what was sent until now. */
void world_settle(struct world *world);

/* The number that the next journal entry will have. */
int world_next_request(struct mock_server *server);

/*
 * The requests of the case so far, as an array to be deleted; NULL when the control API fails. A request that is about
 * an order of an earlier case is not among them; world_late_requests() has it.
 */
cJSON *world_requests(struct world *world);

/* The same of the second listener; NULL when the row has none. */
cJSON *world_other_requests(struct world *world);

/* Every string of the client's credentials that is long enough to be a secret, in every spelling: as it is, as in a
 * URL, as in JSON with escaped slashes. */
cJSON *world_secrets(const struct world *world);

/* Forgets the case. Requests that arrive from now on belong to no case. */
void world_clear(struct world *world);

/*
 * Requests that belong to no case: those that came since the last one was judged, and those about orders of earlier
 * cases. An array of "METHOD target", deleted by the caller; each is told once.
 */
cJSON *world_late_requests(struct world *world);

#endif
