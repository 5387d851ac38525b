#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

/*
 * Options of `cancel` and `get`, from one table that also prints their help.
 *
 * "--name VALUE" and "--name=VALUE" are alike; "--" ends options. Texts are borrowed from argv.
 */

#include <stdint.h>
#include <stdio.h>

#include "cancelorder.h"

enum { OPTIONS_ITEMS_MAX = 1000 };

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
    struct cancelorder_pair items[OPTIONS_ITEMS_MAX]; /* item id, reason id; the names are owned */
    size_t item_count;
};

/* 0, or -1 with one line on `err` that names the option. Release in either case. */
int options_read(struct options *options, int argc, char **argv, FILE *err);
void options_release(struct options *options);
void options_print_help(FILE *out);

/* "2", "0.8", "1.25" seconds as milliseconds; -1 unless above 0 and at most a day. */
int64_t options_seconds(const char *text);

#endif
