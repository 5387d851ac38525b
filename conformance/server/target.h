/*
 * Where the exchanges of one provider are played: the server that is asked, and the control API that prepares it.
 *
 * What always holds
 *   - The built-in mock server is started for one provider at a time: a session costs the orders of all providers that
 *     its server has, and each exchange has a session.
 *   - A target that is closed says why; nothing more is asked there.
 *
 *     struct target target = {0};
 *     target_enter(&target, "acme", &settings, &remote);
 *     if (!target.closed) … target.url, target.control
 *     target_leave(&target);
 */
#ifndef SERVER_TARGET_H
#define SERVER_TARGET_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "http/control_client.h"
#include "mock_server/base/url.h"
#include "server/settings.h"

/* The running mock server of --control. */
struct remote {
    struct control_client control; /* does not exist when there is none */
    const cJSON *providers;        /* {"NAME": {"base_url": …}}: where it serves each */
};

struct target {
    const char *provider; /* NULL: none was entered */
    struct url url;
    struct control_client control;
    char *closed; /* what is missing; NULL: it is open */
    int silent;   /* exchanges without any answer, in a row */
    struct mock_server *own;
    bool journal_lost; /* of one that was left: lines of its journal file are missing */
};

/* Whether the built-in mock server is what is asked. */
bool target_is_built_in(const struct server_settings *settings);

/* Leaves the one before. `provider` and the strings of the settings are borrowed. */
void target_enter(struct target *target, const char *provider, const struct server_settings *settings,
                  const struct remote *remote);
void target_leave(struct target *target);

/* Starts the built-in mock server: for `provider`, or unheard for all where it is NULL. NULL after a message. */
struct mock_server *target_start_mock(const char *provider, const char *journal_file);

#endif
