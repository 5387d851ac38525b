#ifndef COMMAND_CREDENTIALS_H
#define COMMAND_CREDENTIALS_H

/*
 * Credentials for one provider: from a file, or from the environment as CANCEL_ and the name in upper
 * case (CANCEL_ACCESS_TOKEN). Never from the command line, where every user of the machine reads them.
 *
 * The file is one JSON object of texts, {"public_key":"pub_…","secret_key":"sec_…"}; it is refused if
 * anybody but its owner may read it.
 */

#include <stdio.h>

#include "provider.h"
#include "support/json.h"

enum { CREDENTIALS_MAX = 8, CREDENTIALS_FILE_MAX = 65536, CREDENTIALS_NAME_MAX = 64 };

struct credentials {
    struct cancelorder_pair rows[CREDENTIALS_MAX];
    size_t count;
    struct json_document document; /* what rows from a file are borrowed from */
};

/* 0, or -1 with one line on `err` that holds no secret. */
int credentials_from_file(struct credentials *credentials, const struct client_provider *provider, const char *path,
                          FILE *err);
void credentials_from_environment(struct credentials *credentials, const struct client_provider *provider);
void credentials_release(struct credentials *credentials);

/* "access_token" as "CANCEL_ACCESS_TOKEN"; names are at most CREDENTIALS_NAME_MAX - 8 long. */
void credentials_variable(const char *name, char out[CREDENTIALS_NAME_MAX]);

#endif
