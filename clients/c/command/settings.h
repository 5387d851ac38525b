/*
 * What `cancelorder` can be told: the table of its options, and which of them a provider has a use for.
 *
 * An option that stands for an argument of some providers only is refused for the others, and for `get`, when it stands
 * on the command line. In the environment or the configuration file it may be meant for another provider: there it is
 * passed over. What belongs to one order alone (items, accounts, invoice, method) is taken from the command line only,
 * so that nothing that was left over is done to another order.
 */
#ifndef COMMAND_SETTINGS_H
#define COMMAND_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/options.h"
#include "core/provider.h"

#define TIMEOUT_DEFAULT_S 30
#define TIMEOUT_MAX_S     86400

struct settings {
    const char *provider;
    const char *base_url;
    const char *reason_id;
    const char *method;
    const char *credentials_file;
    const char *ca_file;
    const char *state_dir;
    const char *refund_invoice;
    double timeout_s;
    bool json;
    bool no_details;
    bool cargo_refund;
    struct words items;   /* ID=REASON */
    struct words ibans;   /* ID=IBAN */
    struct words holders; /* ID=NAME */
};

#define SETTINGS_INIT ((struct settings){.timeout_s = TIMEOUT_DEFAULT_S})

extern const struct option settings_rows[];
extern const size_t settings_count;

int64_t settings_timeout_ms(const struct settings *settings); /* what is less than a millisecond is dropped */

/* 0, or -1 with one line on `err`: an option is on the command line that this provider, or a read, has no use for. */
int settings_check(int argc, char **argv, const struct client_provider *provider, bool read, FILE *err);

/* A line for each provider with the options that it alone or it among others has a use for. */
void settings_print_owners(FILE *out);

#endif
