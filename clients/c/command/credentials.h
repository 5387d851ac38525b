/*
 * Credentials for one provider: from a file, or from the environment as CANCEL_ and the name in upper
 * case (CANCEL_ACCESS_TOKEN). Never from the command line, where every user of the machine reads them.
 *
 * The file is one JSON object of texts, {"public_key":"pub_…","secret_key":"sec_…"}; it is refused if
 * anybody but its owner may read it, or if it is no regular file (nothing waits for a FIFO's writer).
 */
#ifndef COMMAND_CREDENTIALS_H
#define COMMAND_CREDENTIALS_H

#include <stdio.h>

#include "base/json.h"
#include "core/provider.h"

#define CREDENTIALS_MAX      8
#define CREDENTIALS_FILE_MAX 65536
#define CREDENTIALS_NAME_MAX 64

struct credentials {
    struct cancelorder_pair rows[CREDENTIALS_MAX];
    size_t count;
    struct json_document document; /* what rows from a file are borrowed from */
};

/*
 * 0, or -1 with one line on `err` that holds no secret. A member that is none of the provider's
 * credentials is an error: it is a misspelt one, or the file is another provider's.
 */
int credentials_from_file(struct credentials *credentials, const struct client_provider *provider, const char *path,
                          FILE *err);
void credentials_from_environment(struct credentials *credentials, const struct client_provider *provider);

/*
 * 0 if there is a set of credentials that the operation can work with, or -1 with one line on `err` that
 * says what is missing and where it can be written.
 */
int credentials_check(const struct credentials *credentials, const struct client_provider *provider, bool read,
                      FILE *err);
void credentials_release(struct credentials *credentials);

/* "access_token" as "CANCEL_ACCESS_TOKEN"; names are at most CREDENTIALS_NAME_MAX - 8 long. */
void credentials_variable(const char *name, char out[CREDENTIALS_NAME_MAX]);

#endif
