/*
 * The three sources of options, each of which puts what it has into the values (base/options_values.h), and the text of
 * --help. A file each; options.c calls them from the weakest to the strongest.
 */
#ifndef BASE_OPTIONS_SOURCES_H
#define BASE_OPTIONS_SOURCES_H

#include "base/options_values.h"

struct argument {
    const struct option *row;
    const char *name;  /* as it is written: "--jobs", "-j" */
    const char *value; /* "true" for a switch */
};

struct arguments {
    struct argument *list;
    size_t count;
};

/* Splits argv into options and words, both in the arena, and complains of what is neither. */
struct arguments option_arguments_split(struct option_values *values, int argc, char **argv, struct words *words);
/* Puts those of one row (NULL: of all). */
void option_arguments_put(struct option_values *values, const struct arguments *arguments, const struct option *only);

/* Puts the variable of one row (NULL: of all, with a note for names that are nearly one). */
void option_environment_put(struct option_values *values, const struct option *only);

/* Puts what values->config_file says. */
void option_config_put(struct option_values *values);

/* All of --help. */
void option_help_print(const struct option_table *table, FILE *out);

#endif
