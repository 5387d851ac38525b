#include "base/options_values.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/text.h"

/* What is known of the value of one row. */
struct row_state {
    enum option_source source; /* the strongest that said something */
    size_t room;               /* of its list */
};

struct origin {
    const char *text;
    struct option_place place;
};

static const struct option config_row = {"--config", 0, "FILE", OPTION_TEXT,
                                         .help = "read options from this JSON file; paths in it are relative to it"};

struct option_values *option_values_new(const struct option_table *table, void *into, FILE *err)
{
    struct option_values *values = mem_zero(1, sizeof *values);
    *values = (struct option_values){.table = table, .into = into, .err = err, .arena = arena_new()};
    values->states = arena_alloc(values->arena, (table->count + 1) * sizeof *values->states);
    return values;
}

void option_values_free(struct option_values *values)
{
    if (values == NULL)
        return;
    arena_free(values->arena);
    free(values->origins);
    free(values);
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

size_t option_count(const struct option_table *table)
{
    return table->count + (table->has_config ? 1 : 0);
}

const struct option *option_at(const struct option_table *table, size_t i)
{
    return i < table->count ? &table->rows[i] : &config_row;
}

const struct option *option_named(const struct option_table *table, const char *name, size_t length)
{
    for (size_t i = 0; i < option_count(table); i++) {
        const struct option *row = option_at(table, i);
        if (strlen(row->name) == length && memcmp(row->name, name, length) == 0)
            return row;
    }
    return NULL;
}

const struct option *option_lettered(const struct option_table *table, char letter)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].letter == letter)
            return &table->rows[i];
    return NULL;
}

/* The name without its dashes, '_' for the others. */
static char *snake_case(struct arena *arena, const struct option *row)
{
    char *name = arena_dup(arena, row->name + strspn(row->name, "-"));
    for (char *at = name; *at != '\0'; at++)
        if (*at == '-')
            *at = '_';
    return name;
}

const char *option_member(struct arena *arena, const struct option *row)
{
    return row->member != NULL ? row->member : snake_case(arena, row);
}

const char *option_variable(struct arena *arena, const struct option_table *table, const struct option *row)
{
    char *name = snake_case(arena, row);
    for (char *at = name; *at != '\0'; at++)
        *at = ascii_upper(*at);
    return arena_print(arena, "%s%s", table->environment, name);
}

bool option_is_list(const struct option *row)
{
    return row->kind == OPTION_LIST || row->kind == OPTION_SEVERAL;
}

/* ── Messages ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A message is one line, whatever is quoted in it. */
static void say(struct option_values *values, const char *format, va_list arguments)
{
    struct text line = TEXT_INIT(TEXT_UNBOUNDED);
    text_print_list(&line, format, arguments);
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char)line.bytes[i] < ' ' || line.bytes[i] == '\x7f')
            line.bytes[i] = '?';
    fprintf(values->err, "%s: %s\n", values->table->program, text_cstr(&line));
    text_release(&line);
}

void option_complain(struct option_values *values, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(values, format, arguments);
    va_end(arguments);
    values->wrong = true;
}

void option_note(struct option_values *values, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(values, format, arguments);
    va_end(arguments);
}

/* A problem is "takes …" and needs its subject, or a sentence. The place in a file says enough for the latter. */
static void complain_of_value(struct option_values *values, const struct option *row, const char *value,
                              struct option_place place, const char *problem)
{
    bool is_predicate = strncmp(problem, "takes ", 6) == 0;
    if (place.source != OPTION_FILE && is_predicate)
        option_complain(values, "%s %s", place.name, problem);
    else if (place.source != OPTION_FILE)
        option_complain(values, "%s %s: %s", place.name, value, problem);
    else if (is_predicate)
        option_complain(values, "%s: \"%s\" %s", place.name, option_member(values->arena, row), problem);
    else
        option_complain(values, "%s: %s", place.name, problem);
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void remember(struct option_values *values, const char *text, struct option_place place)
{
    if (values->origin_count == values->origin_room) {
        values->origin_room = values->origin_room == 0 ? 16 : values->origin_room * 2;
        values->origins = mem_resize(values->origins, values->origin_room * sizeof *values->origins);
    }
    values->origins[values->origin_count++] = (struct origin){text, place};
}

enum option_source options_source(const struct option_values *values, const char *text, const char **place)
{
    struct option_place found = {OPTION_DEFAULT, ""};
    for (size_t i = 0; i < values->origin_count; i++)
        if (values->origins[i].text == text)
            found = values->origins[i].place;
    if (place != NULL)
        *place = found.name;
    return found.source;
}

/* Appends to a list. The lists that a stronger source replaces stay in the arena, defaults where they are. */
static void add_word(struct option_values *values, const struct option *row, struct words *words, const char *word,
                     enum option_source source)
{
    struct row_state *state = &values->states[row - values->table->rows];
    if (state->source < source && !row->accumulates)
        *words = (struct words){0};
    if (state->source < source)
        state->room = words->count;
    state->source = source;
    if (words->count >= state->room) {
        state->room = words->count * 2 + 4;
        const char **list = arena_alloc(values->arena, state->room * sizeof *list);
        if (words->count > 0)
            memcpy(list, words->list, words->count * sizeof *list);
        words->list = list;
    }
    words->list[words->count++] = word;
}

static bool read_switch(const char *value, bool *out)
{
    static const char *const on[] = {"true", "1", "yes"}, *const off[] = {"false", "0", "no"};
    for (size_t i = 0; i < COUNT_OF(on); i++) {
        bool is_on = ascii_equal(value, on[i]);
        if (!is_on && !ascii_equal(value, off[i]))
            continue;
        *out = is_on;
        return true;
    }
    return false;
}

static bool read_integer(const struct option *row, const char *value, int64_t *out)
{
    bool any = row->least == 0 && row->most == 0;
    return number_read(value, any ? INT64_MIN : row->least, any ? INT64_MAX : row->most, out);
}

static bool read_decimal(const struct option *row, const char *value, double *out)
{
    double number = 0;
    bool any = row->least == 0 && row->most == 0;
    char *whole = mem_print("%s%s", *value == '.' ? "0" : "", value); /* people write .5 */
    bool fits = number_read_decimal(whole, &number);
    free(whole);
    if (!fits)
        return false;
    if (!any && (number < (double)row->least || number > (double)row->most))
        return false;
    *out = number;
    return true;
}

static void print_range(const struct option *row, struct text *problem)
{
    if (row->least == 0 && row->most == 0)
        return;
    if (row->most == INT64_MAX)
        text_print(problem, ", %lld or more", (long long)row->least);
    else
        text_print(problem, " from %lld to %lld", (long long)row->least, (long long)row->most);
}

/* False with what the option takes in `problem`. */
static bool read_value(struct option_values *values, const struct option *row, const char *value,
                       struct option_place place, struct text *problem)
{
    void *at = row == &config_row ? (void *)&values->config_file : (char *)values->into + row->at;
    switch (row->kind) {
    case OPTION_TEXT:
        *(const char **)at = value;
        remember(values, value, place);
        return true;
    case OPTION_LIST:
    case OPTION_SEVERAL:
        add_word(values, row, at, value, place.source);
        remember(values, value, place);
        return true;
    case OPTION_SWITCH:
        if (read_switch(value, at))
            return true;
        text_print(problem, "takes true or false, not \"%s\"", value);
        return false;
    case OPTION_INTEGER:
        if (read_integer(row, value, at))
            return true;
        text_add(problem, "takes a whole number");
        break;
    case OPTION_DECIMAL:
        if (read_decimal(row, value, at))
            return true;
        text_add(problem, "takes a number such as 2 or 0.8");
        break;
    }
    print_range(row, problem);
    text_print(problem, ", not \"%s\"", value);
    return false;
}

void option_put(struct option_values *values, const struct option *row, const char *value, struct option_place place)
{
    struct text problem = TEXT_INIT(4096);
    bool good = read_value(values, row, value, place, &problem);
    if (good && row->check != NULL)
        good = row->check(values->into, value, &problem);
    if (!good)
        complain_of_value(values, row, value, place, text_cstr(&problem));
    text_release(&problem);
}
