/*
 * The documented exchanges that are to be sent: chosen by the command line, with the texts that the user has replaced,
 * and with targets for the server that is asked.
 *
 *     struct catalogue catalogue;
 *     if (catalogue_make(&catalogue, &command, documents, prepares) < 0)
 *         return 3;                                       // a message was printed
 */
#ifndef CONFORMANCE_PROVIDER_CATALOGUE_H
#define CONFORMANCE_PROVIDER_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "provider/command.h"
#include "provider/desk.h"

struct documented {
    const char *provider;
    const char *clause;
    cJSON *exchange;
    char *address; /* "akinon/rules/a second cancel": provider, file, name */
    char *file;    /* "akinon/rules" */
    char *needs;   /* why it is not sent; NULL: it is */
};

struct catalogue {
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
int catalogue_make(struct catalogue *catalogue, const struct command *command, const struct desk *documents,
                   bool can_prepare);
void catalogue_release(struct catalogue *catalogue);

/* Writes the address and clause of each on standard output. */
void catalogue_list(const struct catalogue *catalogue);

/* A copy of the text in which each OLD of "OLD=NEW" is replaced by its NEW, all at once; NULL when there is none. */
char *catalogue_replace(const char *text, const struct words *replacements);

#endif
