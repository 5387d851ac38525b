/*
 * The fixtures of one provider, as they are read and checked. Private to the files named fixture*.c.
 *
 *   - fixtures.c loads the sets of all providers, and is what everybody else sees (model/fixtures.h);
 *   - fixture_rules.c knows provider.json, orders.json and states.json: their shapes, and what shapes cannot say;
 *   - fixture_exchanges.c reads exchanges/ and openapi.json, fixture_exchange_rules.c knows what they must be.
 */
#ifndef MODEL_FIXTURE_SET_H
#define MODEL_FIXTURE_SET_H

#include "model/fixture_file.h"
#include "model/provider.h"

struct name_set;

enum fixture_name { FIXTURE_PROVIDER, FIXTURE_ORDERS, FIXTURE_STATES, FIXTURE_FILES };

struct fixture_set {
    const struct provider *provider;
    struct fixture_file files[FIXTURE_FILES];
    cJSON *exchanges;    /* each with "provider", "file" and, where it is one, "stub"; NULL until it is read */
    cJSON *magic_faults; /* the entries of magic_ids that have a fault, as references */
    cJSON *openapi;      /* NULL when there is none, or until it is read */
};

/* Checks the three files; those that could not be read are passed over. */
void fixture_rules_check(struct fixture_set *set);
/* Reads and checks exchanges/ and openapi.json of the folder, or of what is embedded when folder is NULL. Both may be
 * missing. The three files have been read. */
void fixture_exchanges_read(struct fixture_set *set, const char *folder, struct text *problems);

/* Checks one file of exchanges; `names` are those of the provider's files so far. */
void fixture_exchanges_check(struct fixture_set *set, struct fixture_file *file, struct name_set **names);

/* Complains unless the string `node` is a state of the provider, or an account of provider.json. Other nodes are the
 * shape's to complain about. */
void fixture_check_state(struct fixture_file *file, const struct provider *provider, const cJSON *node);
void fixture_check_account(struct fixture_file *file, const struct fixture_set *set, const cJSON *node);

#endif
