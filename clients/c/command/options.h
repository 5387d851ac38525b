/*
 * Options of `cancel` and `get`, from one table that also prints their help and knows which argument of
 * a provider an option stands for.
 *
 * "--name VALUE" and "--name=VALUE" are alike; "--" ends options. Texts are borrowed from argv.
 */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include <stdint.h>
#include <stdio.h>

#include "cancelorder.h"
#include "core/provider.h"

enum { OPTIONS_PAIRS_MAX = 1000 };

/* Of an option that may be repeated: item id and what is said of it. The names are owned. */
struct option_pairs {
    struct cancelorder_pair rows[OPTIONS_PAIRS_MAX];
    size_t count;
};

struct options {
    const char *provider;
    const char *base_url;
    const char *order_id;
    const char *reason_id;
    const char *method;
    const char *credentials_file;
    const char *ca_file;
    const char *state_dir;
    int64_t timeout_ms; /* 0 = not given */
    bool json;
    bool help;
    struct option_pairs items;   /* reason id of each item */
    struct option_pairs ibans;   /* IBAN of each item */
    struct option_pairs holders; /* account holder of each item */
    bool no_details;
    bool cargo_refund;
    const char *refund_invoice;
};

/* 0, or -1 with one line on `err` that names the option. Release in either case. */
int options_read(struct options *options, int argc, char **argv, FILE *err);
void options_release(struct options *options);
void options_print_help(FILE *out);

/* 0, or -1 with one line on `err`: an option was given that this provider, or a read, has no use for. */
int options_check(const struct options *options, const struct client_provider *provider, bool read, FILE *err);

/* "2", "0.8", "1.25" seconds as milliseconds; -1 unless above 0 and at most a day. */
int64_t options_seconds(const char *text);

#endif
