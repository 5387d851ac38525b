/*
 * One row of an option table at work: what it is called in each place, and how a value gets into its place. For
 * options.c, options_file.c and options_help.c alone; everybody else reads options.h.
 *
 * A place is the command line, the environment or the configuration file. A complaint is one line; it names the option
 * as it is called in its place.
 */
#ifndef BASE_OPTION_ROW_H
#define BASE_OPTION_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/options.h"

#define OPTION_NAME_MAX 64

struct option_values {
    const char ***lists; /* of each row that takes several; NULL = none yet */
    size_t row_count;
    const char **words; /* of the command line, that are no options */
    char **texts;
    size_t text_count;
};

/* One call of options_read(). */
struct option_reading {
    const struct option_table *table;
    void *into;
    struct option_values *values;
    FILE *err;
};

/* The option --config of a table that has one: it stands in no row. */
extern const struct option option_config;

/* The index-th row, and --config after the last; NULL behind. */
const struct option *option_at(const struct option_table *table, size_t index);

/* "journal_size" and "CANCELORDER_JOURNAL_SIZE" for "--journal-size". */
const char *option_member(const struct option *row, char out[OPTION_NAME_MAX]);
const char *option_variable(const struct option_table *table, const struct option *row, char out[OPTION_NAME_MAX]);

bool option_takes_several(const struct option *row);

/* A place begins to say what is in the list; what a weaker one said is forgotten. */
void option_begin_list(struct option_reading *reading, const struct option *row);

/* False after a complaint. `called` is the option's name in its place. The value is lent: see option_keep(). */
bool option_put(struct option_reading *reading, const struct option *row, const char *value, const char *called);

/* Gives the text to the values, which live as long as the program's settings. */
const char *option_keep(struct option_reading *reading, char *text);

void option_complain(const struct option_reading *reading, const char *format, ...) PRINTF(2, 3);

#endif
