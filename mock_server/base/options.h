/*
 * The command line of a program as one table: each row is an option, and parsing, the configuration file, the
 * environment and --help are all made from it.
 *
 * What always holds
 *   - "--name VALUE" and "--name=VALUE" are alike, "-x VALUE" and "-xVALUE" too; "--" ends the options; a word that is
 *     no option goes to `words`, "-" too. A value that looks like an option of the table is written "--name=--value".
 *   - The command line wins over the environment, and that over the configuration file. A list that is given in one of
 *     them replaces what the weaker ones said (unless it `accumulates`); within one of them it grows.
 *   - An option "--journal-size" is the member "journal_size" of the configuration file and the variable
 *     CANCELMOCK_JOURNAL_SIZE, where CANCELMOCK_ is the table's `environment`. A list is an array in the file and words
 *     separated by blanks in the environment. What is empty in the environment counts as not given.
 *   - A list of NAME=VALUE can be an object in the file: {"shop": {"cancel_when": 409}} is "shop.cancel_when=409";
 *     numbers, true and false stand as they are written.
 *   - -h, --help, -V and --version count wherever they stand (before "--"), print to `out`, and the answer is
 *     OPTIONS_DONE. No table names them.
 *   - Each mistake is one line on `err` that begins with the program's name and names the option and the place it came
 *     from, with the nearest name where one is near. All mistakes are told in one run.
 *   - Help never has a line of more than 80 columns.
 *
 *     static const struct option rows[] = {
 *         {"--listen", 'l', "HOST:PORT", OPTION_TEXT, OPTION_AT(struct settings, listen), .help = "where to listen"},
 *         {"--jobs", 'j', "N", OPTION_INTEGER, OPTION_AT(struct settings, jobs), .least = 1, .most = 64, .help = "…"},
 *         {"--quiet", 0, NULL, OPTION_SWITCH, OPTION_AT(struct settings, quiet), .help = "no banner"},
 *     };
 */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct text;

struct words {
    const char **list; /* the texts are borrowed, from argv or from the options that were read */
    size_t count;
};

enum option_kind {
    OPTION_SWITCH,  /* bool; takes no value. In the file true or false; in the environment also 1, 0, yes, no */
    OPTION_TEXT,    /* const char * */
    OPTION_INTEGER, /* int64_t within least…most */
    OPTION_DECIMAL, /* double within least…most, written 2, 0.8, .5 or 1e1, whatever the locale */
    OPTION_LIST,    /* struct words; may be repeated */
    OPTION_SEVERAL, /* struct words; takes every word up to the next option */
};

/* Called once a value has been put in its place, to look closer; false with what is wrong in `problem`: "takes …", or
 * a sentence of its own. The value of a switch is "true" or "false". */
typedef bool option_check(void *into, const char *value, struct text *problem);

struct option {
    const char *name;  /* "--listen" */
    char letter;       /* 'l' for -l; 0: none */
    const char *value; /* what it takes, for people: "HOST:PORT"; NULL for a switch */
    enum option_kind kind;
    size_t at;           /* where its value goes: OPTION_AT(struct settings, listen) */
    int64_t least, most; /* of OPTION_INTEGER and OPTION_DECIMAL; both 0: any */
    option_check *check; /* NULL: nothing to look at */
    const char *member;  /* of the configuration file, when it is not the name in snake_case ("providers") */
    bool is_path;        /* in the file it is relative to the file's folder */
    bool is_word_only;   /* neither in the file nor in the environment */
    bool accumulates;    /* a list: what stronger sources say stands behind what the weaker ones said */
    const char *help;    /* one sentence; it is wrapped */
};

#define OPTION_AT(type, name) offsetof(type, name)

struct option_table {
    const char *program;     /* "cancelmock": before every message; its first word stands before the version */
    const char *environment; /* "CANCELMOCK_"; NULL: the environment is not asked */
    bool has_config;         /* --config FILE is an option; no row names it */
    const char *before;      /* help above the options: what it is, usage; lines of at most 80 columns */
    const char *after;       /* help below them: examples, exit codes */
    const struct option *rows;
    size_t count;
    /* Whether these words ask for something that looks at no configuration file ("check DIR"); NULL: nothing does. */
    bool (*takes_words_alone)(const struct words *words);
};

enum options_answer {
    OPTIONS_GO,    /* do what they say */
    OPTIONS_DONE,  /* help or the version was printed: exit 0 */
    OPTIONS_WRONG, /* a message was printed: exit 2 */
};

struct option_values; /* what the values live in that argv does not own */

/* Reads into `into`, a struct of the program's own that holds its defaults. `argv[0]` is read over. *values is released
 * with options_release() in every case, after the last use of `into` and `words`. */
enum options_answer options_read(const struct option_table *table, void *into, int argc, char **argv,
                                 struct words *words, struct option_values **values, FILE *out, FILE *err);
void options_release(struct option_values *values); /* NULL is fine */

/* Where a value came from; a later one is stronger. */
enum option_source { OPTION_DEFAULT, OPTION_FILE, OPTION_ENVIRONMENT, OPTION_ARGUMENT };

/* Where this text of `into` (the same pointer) came from, for checks across options. *place (may be NULL) becomes what
 * messages call it: "mock.json:2:14", "CANCELMOCK_KNOB", "--knob"; "" for a default. */
enum option_source options_source(const struct option_values *values, const char *text, const char **place);

/* The rows alone, as help shows them. */
void options_help(const struct option_table *table, FILE *out);

#endif
