/* Options from the environment. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "base/options_sources.h"

#define BLANKS " \t\r\n"

static void put_words(struct option_values *values, const struct option *row, const char *list,
                      struct option_place place)
{
    for (const char *word = list + strspn(list, BLANKS); *word != '\0'; word += strspn(word, BLANKS)) {
        size_t length = strcspn(word, BLANKS);
        option_put(values, row, arena_dup_bytes(values->arena, word, length), place);
        word += length;
    }
}

static void put_variable(struct option_values *values, const struct option *row)
{
    const char *name = option_variable(values->arena, values->table, row);
    const char *value = getenv(name);
    struct option_place place = {OPTION_ENVIRONMENT, name};
    if (value == NULL || *value == '\0')
        return;
    if (option_is_list(row))
        put_words(values, row, value, place);
    else
        option_put(values, row, arena_dup(values->arena, value), place);
}

/* A variable with the program's prefix that no row has, and nearly has. */
static void note_near(struct option_values *values, const char *name)
{
    const struct option_table *table = values->table;
    size_t prefix = strlen(table->environment);
    struct nearest nearest;
    nearest_begin(&nearest, name + prefix);
    for (size_t i = 0; i < option_count(table); i++) {
        const char *variable = option_variable(values->arena, table, option_at(table, i));
        if (strcmp(variable, name) == 0)
            return;
        if (!option_at(table, i)->is_word_only)
            nearest_try(&nearest, variable + prefix);
    }
    if (nearest.name != NULL)
        option_note(values, "%s is not read; did you mean %s%s?", name, table->environment, nearest.name);
}

static void note_all_near(struct option_values *values)
{
    const char *prefix = values->table->environment;
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
        if (strncmp(*variable, prefix, strlen(prefix)) == 0)
            note_near(values, arena_dup_bytes(values->arena, *variable, strcspn(*variable, "=")));
}

void option_environment_put(struct option_values *values, const struct option *only)
{
    if (values->table->environment == NULL)
        return;
    for (size_t i = 0; i < option_count(values->table); i++) {
        const struct option *row = option_at(values->table, i);
        if (!row->is_word_only && (only == NULL || row == only))
            put_variable(values, row);
    }
    if (only == NULL)
        note_all_near(values);
}
