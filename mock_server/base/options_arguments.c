/* Options from the command line. */
#include <string.h>

#include "base/nearest.h"
#include "base/options_sources.h"

struct walk {
    struct option_values *values;
    int argc, at; /* argv[at] is read now */
    char **argv;
    struct arguments *arguments;
};

static bool is_option_word(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* The row of "--name", "--name=VALUE", "-x" or "-xVALUE", the length of its name, and the value in the same word. */
static const struct option *row_of(const struct option_table *table, const char *word, size_t *length,
                                   const char **value)
{
    bool is_long = word[1] == '-';
    *length = is_long ? strcspn(word, "=") : 2;
    *value = word[*length] == '\0' ? NULL : word + *length + (is_long ? 1 : 0);
    return is_long ? option_named(table, word, *length) : option_lettered(table, word[1]);
}

static void add(struct walk *walk, const struct option *row, const char *name, const char *value)
{
    walk->arguments->list[walk->arguments->count++] = (struct argument){row, name, value};
}

/* The next word, unless it is an option of the table itself: then the value has been forgotten. */
static const char *next_value(struct walk *walk)
{
    size_t length = 0;
    const char *value = NULL;
    const char *word = walk->at + 1 < walk->argc ? walk->argv[walk->at + 1] : NULL;
    if (word == NULL || strcmp(word, "--") == 0)
        return NULL;
    if (strncmp(word, "--", 2) == 0 && row_of(walk->values->table, word, &length, &value) != NULL)
        return NULL;
    walk->at++;
    return word;
}

static void complain_unknown(struct walk *walk, const char *word, size_t length)
{
    const struct option_table *table = walk->values->table;
    struct nearest nearest;
    const char *name = arena_dup_bytes(walk->values->arena, word, word[1] == '-' ? length : strcspn(word, "="));
    nearest_begin(&nearest, name);
    for (size_t i = 0; i < option_count(table); i++)
        nearest_try(&nearest, option_at(table, i)->name);
    nearest_try(&nearest, "--help");
    nearest_try(&nearest, "--version");
    if (nearest.name != NULL)
        option_complain(walk->values, "unknown option %s; did you mean %s?", name, nearest.name);
    else
        option_complain(walk->values, "unknown option %s; %s --help lists the options", name, table->program);
}

static void split_option(struct walk *walk)
{
    size_t length = 0;
    const char *word = walk->argv[walk->at], *value = NULL;
    const struct option *row = row_of(walk->values->table, word, &length, &value);
    if (row == NULL) {
        complain_unknown(walk, word, length);
        return;
    }
    const char *name = arena_dup_bytes(walk->values->arena, word, length);
    if (row->kind == OPTION_SWITCH) {
        if (value != NULL)
            option_complain(walk->values, "%s takes no value", name);
        add(walk, row, name, "true");
        return;
    }
    if (value == NULL)
        value = next_value(walk);
    if (value == NULL) {
        option_complain(walk->values, "%s needs a value: %s %s", name, name, row->value);
        return;
    }
    add(walk, row, name, value);
    while (row->kind == OPTION_SEVERAL && walk->at + 1 < walk->argc && !is_option_word(walk->argv[walk->at + 1]))
        add(walk, row, name, walk->argv[++walk->at]);
}

struct arguments option_arguments_split(struct option_values *values, int argc, char **argv, struct words *words)
{
    struct arguments arguments = {.list = arena_alloc(values->arena, (size_t)argc * sizeof *arguments.list)};
    struct walk walk = {.values = values, .argc = argc, .at = 1, .argv = argv, .arguments = &arguments};
    bool only_words = false;
    *words = (struct words){.list = arena_alloc(values->arena, (size_t)argc * sizeof *words->list)};
    for (; walk.at < argc; walk.at++) {
        if (!only_words && strcmp(argv[walk.at], "--") == 0)
            only_words = true;
        else if (!only_words && is_option_word(argv[walk.at]))
            split_option(&walk);
        else
            words->list[words->count++] = argv[walk.at];
    }
    return arguments;
}

void option_arguments_put(struct option_values *values, const struct arguments *arguments, const struct option *only)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];
        if (only == NULL || argument->row == only)
            option_put(values, argument->row, argument->value, (struct option_place){OPTION_ARGUMENT, argument->name});
    }
}
