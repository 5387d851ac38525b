/*
 * The command line is read first, so that a mistake there is told before one elsewhere, and applied last, so that it
 * wins: file, environment, command line.
 */
#include "base/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/option_row.h"
#include "base/options_file.h"

/* One option of the command line and one value of it; a switch has none. */
struct given {
    const struct option *row;
    const char *value;
};

struct line {
    struct option_reading *reading;
    int argc;
    char **argv;
    int at; /* the word under the eye */
    struct given *given;
    size_t count;
};

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* ── The command line ──────────────────────────────────────────────────────────────────────────────────────────── */

static const struct option *row_of(const struct option_table *table, const char *word)
{
    const struct option *row;
    size_t length = strcspn(word, "=");
    for (size_t i = 0; (row = option_at(table, i)) != NULL; i++) {
        bool is_long = strlen(row->name) == length && memcmp(row->name, word, length) == 0;
        if (is_long || (row->letter != 0 && word[0] == '-' && word[1] == row->letter))
            return row;
    }
    return NULL;
}

/* What stands in the word itself: "--name=VALUE", "-xVALUE"; NULL = nothing. */
static const char *value_in(const char *word)
{
    if (word[1] != '-')
        return word[2] == '\0' ? NULL : word + 2;
    const char *equals = strchr(word, '=');
    return equals == NULL ? NULL : equals + 1;
}

/* The value is not repeated: it may be a secret that stands in the wrong place. */
static void complain_unknown(const struct line *line, const char *word)
{
    char *name = mem_dup_bytes(word, word[1] == '-' ? strcspn(word, "=") : 2);
    struct nearest nearest;
    nearest_begin(&nearest, name);
    const struct option *row;
    for (size_t i = 0; (row = option_at(line->reading->table, i)) != NULL; i++)
        nearest_try(&nearest, row->name);
    nearest_try(&nearest, "--help");
    nearest_try(&nearest, "--version");
    char hint[HINT_MAX];
    if (nearest.name == NULL)
        option_complain(line->reading, "no option is called %s; see %s --help", name, line->reading->table->program);
    else
        option_complain(line->reading, "no option is called %s%s", name, nearest_tell(&nearest, hint));
    free(name);
}

static void give(struct line *line, const struct option *row, const char *value)
{
    line->given = mem_resize(line->given, (line->count + 1) * sizeof *line->given);
    line->given[line->count++] = (struct given){row, value};
}

/* Takes the option under the eye and its values; the eye stays at the last word taken. */
static bool take_option(struct line *line)
{
    const char *word = line->argv[line->at];
    const struct option *row = row_of(line->reading->table, word);
    if (row == NULL) {
        complain_unknown(line, word);
        return false;
    }
    const char *value = value_in(word);
    if (row->kind == OPTION_SWITCH && value != NULL) {
        option_complain(line->reading, "%s takes no value", row->name);
        return false;
    }
    if (row->kind != OPTION_SWITCH && value == NULL) {
        if (line->at + 1 == line->argc) {
            option_complain(line->reading, "%s takes %s, and nothing follows it", row->name, row->value);
            return false;
        }
        const char *next = line->argv[line->at + 1];
        if (strncmp(next, "--", 2) == 0 && row_of(line->reading->table, next) != NULL) {
            option_complain(line->reading, "%s takes %s, and %s follows it", row->name, row->value, next);
            return false;
        }
        value = line->argv[++line->at];
    }
    give(line, row, value);
    while (row->kind == OPTION_SEVERAL && line->at + 1 < line->argc && !is_option(line->argv[line->at + 1]))
        give(line, row, line->argv[++line->at]);
    return true;
}

static bool read_line(struct line *line, struct words *words)
{
    const char **list = mem_zero((size_t)line->argc + 1, sizeof *list);
    bool only_words = false;
    bool fits = true;
    *words = (struct words){.list = list};
    for (line->at = 1; fits && line->at < line->argc; line->at++) {
        const char *word = line->argv[line->at];
        if (only_words || !is_option(word))
            list[words->count++] = word;
        else if (strcmp(word, "--") == 0)
            only_words = true;
        else
            fits = take_option(line);
    }
    return fits;
}

static bool apply_line(const struct line *line)
{
    struct option_reading *reading = line->reading;
    for (size_t i = 0; i < line->count; i++)
        if (option_takes_several(line->given[i].row))
            option_begin_list(reading, line->given[i].row);
    for (size_t i = 0; i < line->count; i++) {
        const struct given *given = &line->given[i];
        if (given->row == &option_config)
            continue;
        if (!option_put(reading, given->row, given->value == NULL ? "true" : given->value, given->row->name))
            return false;
    }
    return true;
}

/* ── The environment ───────────────────────────────────────────────────────────────────────────────────────────── */

/* NULL if it is not asked, not there or empty. */
static const char *variable_value(const struct option_table *table, const struct option *row)
{
    char name[OPTION_NAME_MAX];
    const char *value = table->environment == NULL ? NULL : getenv(option_variable(table, row, name));
    return value == NULL || value[0] == '\0' ? NULL : value;
}

/* The words of `value`, separated by blanks. */
static bool put_words(struct option_reading *reading, const struct option *row, const char *value, const char *called)
{
    option_begin_list(reading, row);
    for (const char *at = value + strspn(value, " \t"); *at != '\0'; at += strspn(at, " \t")) {
        size_t length = strcspn(at, " \t");
        if (!option_put(reading, row, option_keep(reading, mem_dup_bytes(at, length)), called))
            return false;
        at += length;
    }
    return true;
}

static bool apply_environment(struct option_reading *reading)
{
    const struct option_table *table = reading->table;
    for (size_t i = 0; i < table->count; i++) {
        const struct option *row = &table->rows[i];
        const char *value = row->is_word_only ? NULL : variable_value(table, row);
        if (value == NULL)
            continue;
        char variable[OPTION_NAME_MAX];
        char *called = mem_print("%s in the environment (%s)", option_variable(table, row, variable), row->name);
        bool fits = option_takes_several(row) ? put_words(reading, row, value, called)
                                              : option_put(reading, row, option_keep(reading, mem_dup(value)), called);
        free(called);
        if (!fits)
            return false;
    }
    return true;
}

/* ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool apply_file(const struct line *line)
{
    const struct option_table *table = line->reading->table;
    const char *path = table->has_config ? variable_value(table, &option_config) : NULL;
    for (size_t i = 0; i < line->count; i++)
        if (line->given[i].row == &option_config)
            path = line->given[i].value;
    return path == NULL || options_file_read(line->reading, path);
}

static bool is_asked_for(int argc, char **argv, const char *letter, const char *name)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], letter) == 0 || strcmp(argv[i], name) == 0)
            return true;
    return false;
}

static void print_help(const struct option_table *table, FILE *out)
{
    fputs(table->before == NULL ? "" : table->before, out);
    options_help(table, out);
    fputs(table->after == NULL ? "" : table->after, out);
}

enum options_answer options_read(const struct option_table *table, void *into, int argc, char **argv,
                                 struct words *words, struct option_values **values, FILE *out, FILE *err)
{
    *words = (struct words){.list = NULL};
    *values = mem_zero(1, sizeof **values);
    if (is_asked_for(argc, argv, "-h", "--help")) {
        print_help(table, out);
        return OPTIONS_DONE;
    }
    if (is_asked_for(argc, argv, "-V", "--version")) {
        fprintf(out, "%s %s\n", table->program, PROJECT_VERSION);
        return OPTIONS_DONE;
    }
    (*values)->row_count = table->count;
    (*values)->lists = mem_zero(table->count, sizeof *(*values)->lists);
    struct option_reading reading = {.table = table, .into = into, .values = *values, .err = err};
    struct line line = {.reading = &reading, .argc = argc, .argv = argv};
    bool fits = read_line(&line, words);
    (*values)->words = words->list;
    if (table->takes_words_alone == NULL || !table->takes_words_alone(words))
        fits = fits && apply_file(&line) && apply_environment(&reading);
    fits = fits && apply_line(&line);
    free(line.given);
    return fits ? OPTIONS_GO : OPTIONS_WRONG;
}

void options_release(struct option_values *values)
{
    if (values == NULL)
        return;
    for (size_t i = 0; i < values->row_count; i++)
        free(values->lists[i]);
    for (size_t i = 0; i < values->text_count; i++)
        free(values->texts[i]);
    free(values->lists);
    free(values->texts);
    free(values->words);
    free(values);
}
