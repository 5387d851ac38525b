/*
 * What `cancelcheck server` was asked for, and what follows from it. The command line fills it in
 * (server/command_line.h).
 */
#ifndef SERVER_SETTINGS_H
#define SERVER_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "mock_server/base/options.h"
#include "server/compare.h"

struct server_settings {
    const char *program;
    struct words base_urls; /* URL or PROVIDER=URL, all of them addresses */
    struct words providers;
    struct words run;
    struct words replace;     /* OLD=NEW */
    struct words reports;     /* KIND=FILE */
    struct words headers;     /* "Name: value", sent with every request */
    const char *ca_file;      /* authorities to trust instead of the system's; NULL: those */
    const char *orders;       /* a file of fresh orders (server/supply.h); NULL: none */
    const char *prepare;      /* a command that makes one; NULL: none */
    const char *control;      /* NULL: no running mock server */
    const char *compare_name; /* as it was written */
    enum compare compare;
    double timeout_s;
    int limit_ms;             /* of one request */
    const char *journal_file; /* NULL: none */
    bool list;
    bool quiet;
    bool no_color;
    const char *const *known;     /* names of all providers, NULL at the end */
    struct option_values *values; /* what the texts live in */
};

/* The length of PROVIDER in "PROVIDER=URL"; 0 for a URL alone. */
size_t server_settings_provider_length(const char *base_url);

/* The address that --base-url gives for a provider, borrowed; NULL when it gives none. */
const char *server_settings_base_url(const struct server_settings *settings, const char *provider);

/* Whether the provider is asked for: named by --provider, or else by a --base-url, or else nothing is named. */
bool server_settings_wants(const struct server_settings *settings, const char *provider);

/* The command that repeats one exchange, ready for a shell; to be freed. */
char *server_settings_repeat(const struct server_settings *settings, const char *address);

#endif
