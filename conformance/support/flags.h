/*
 * A command line as one table: what each option is called, what it takes, what help says of it, and the function that
 * reads it. Options take no word, one, or every word up to the next option; one word can also stand as --name=WORD, and
 * that of a one-letter option right behind it.
 *
 *     static const struct flag table[] = {{"--run", FLAG_SEVERAL, "GLOB…", "only these", read_run}};
 *     if (!flags_read(table, 1, &options, argc - 1, argv + 1))
 *         return 2;                                       // a message was printed
 */
#ifndef CONFORMANCE_SUPPORT_FLAGS_H
#define CONFORMANCE_SUPPORT_FLAGS_H

#include <stdbool.h>
#include <stddef.h>

struct words {
    const char **list; /* the texts are borrowed from argv */
    size_t count;
};

void words_add(struct words *words, const char *word);

/* Reads one value (NULL for a switch) into what flags_read() was given; false when a message was printed. */
typedef bool flag_reader(void *into, const char *value);

enum flag_takes { FLAG_SWITCH, FLAG_ONE, FLAG_SEVERAL };

struct flag {
    const char *name;
    enum flag_takes takes;
    const char *value; /* for help */
    const char *help;
    flag_reader *read;
};

/* Reads the words; false after a message on standard error. */
bool flags_read(const struct flag *table, size_t count, void *into, int argc, char **argv);

/* Whether one of the words is the name: for --help and --version, which count wherever they stand. */
bool flags_ask_for(int argc, char **argv, const char *name);

/* One line an option on standard output. */
void flags_help(const struct flag *table, size_t count);

/* "cancelcheck: BEFORE WORD AFTER; did you mean 'HINT'?" on standard error; `hint` may be NULL. Returns false. */
bool flags_complain(const char *before, const char *word, const char *after, const char *hint);

#endif
