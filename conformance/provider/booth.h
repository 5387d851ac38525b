/*
 * Where the exchanges of one provider are played: the server that is asked, and the control API that prepares it.
 *
 * What always holds
 *   - The built-in mock server is started for one provider at a time: a session costs the orders of all providers that
 *     its server has, and each exchange has a session.
 *   - A booth that is closed says why; nothing more is asked there.
 *
 *     struct booth booth = {0};
 *     booth_enter(&booth, "akinon", &command, &remote);
 *     if (!booth.closed) … booth.url, booth.desk
 *     booth_leave(&booth);
 */
#ifndef CONFORMANCE_PROVIDER_BOOTH_H
#define CONFORMANCE_PROVIDER_BOOTH_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "provider/command.h"
#include "provider/desk.h"
#include "provider/url.h"

/* The running mock server of --control. */
struct remote {
    struct desk desk;       /* does not exist when there is none */
    const cJSON *providers; /* {"NAME": {"base_url": …}}: where it serves each */
};

struct booth {
    const char *provider; /* NULL: none was entered */
    struct url url;
    struct desk desk;
    char *closed; /* what is missing; NULL: it is open */
    int silent;   /* exchanges without any answer, in a row */
    struct mock_server *own;
};

/* Whether the built-in mock server is what is asked. */
bool booth_is_built_in(const struct command *command);

/* Leaves the one before. `provider` and the strings of `command` are borrowed. */
void booth_enter(struct booth *booth, const char *provider, const struct command *command, const struct remote *remote);
void booth_leave(struct booth *booth);

/* Starts the built-in mock server: for `provider`, or unheard for all where it is NULL. NULL after a message. */
struct mock_server *booth_start_mock(const char *provider, const char *journal_file);

#endif
