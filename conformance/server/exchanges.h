/*
 * The documented exchanges that are to be sent: chosen by the command line, with the texts that the user has replaced,
 * and with targets for the server that is asked.
 *
 *     struct exchanges exchanges;
 *     if (exchanges_make(&exchanges, &settings, documents, prepares) < 0)
 *         return 3;                                       // a message was printed
 */
#ifndef SERVER_EXCHANGES_H
#define SERVER_EXCHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "http/control_client.h"
#include "server/settings.h"

struct documented {
    const char *provider;
    const char *clause;
    cJSON *exchange;
    cJSON *original; /* as it is documented, where nothing prepares the server that is asked; NULL: something does */
    char *address;   /* "acme/rules/a second cancel": provider, file, name */
    char *file;      /* "acme/rules" */
    char *needs;     /* why it is not sent; NULL: it is */
};

/* Puts other texts in the place of documented ones ("OLD=NEW"), wherever the exchange has them. */
void exchanges_replace_in(cJSON *exchange, const struct words *replacements);

struct exchanges {
    cJSON *documents;
    struct documented *list; /* points into the documents */
    size_t count;
    size_t known; /* how many there are in all */
};

/*
 * `documents` is a mock server's control API, which names the exchanges and where each provider lives. `can_prepare`
 * says whether the server that is asked is a mock server too; if not, what needs preparing gets a reason in `needs`.
 * Returns 0, or -1 after a message when there are no documents, or when a glob matches nothing.
 */
int exchanges_make(struct exchanges *exchanges, const struct server_settings *settings,
                   const struct control_client *documents, bool can_prepare);
void exchanges_release(struct exchanges *exchanges);

/* Writes the address and clause of each on standard output. */
void exchanges_list(const struct exchanges *exchanges);

/* A copy of the text in which each OLD of "OLD=NEW" is replaced by its NEW, all at once; NULL when there is none. Of
 * several "=" in a row the last one parts them. */
char *exchanges_replace(const char *text, const struct words *replacements);

#endif
