/*
 * The inside of base/options.h: the rows by their names, and the one way by which a value gets into its place, from
 * whatever source. What argv does not own lives in the values' arena.
 */
#ifndef BASE_OPTIONS_VALUES_H
#define BASE_OPTIONS_VALUES_H

#include "base/arena.h"
#include "base/memory.h"
#include "base/options.h"

struct option_place {
    enum option_source source;
    const char *name; /* "--seed", "CANCELMOCK_SEED", "mock.json:2:14"; lives as long as the values */
};

struct option_values {
    const struct option_table *table;
    void *into;
    FILE *err;
    struct arena *arena;
    const char *config_file; /* NULL: none is named */
    struct row_state *states;
    struct origin *origins;
    size_t origin_count, origin_room;
    bool wrong; /* something was complained about */
};

struct option_values *option_values_new(const struct option_table *table, void *into, FILE *err) WARN_UNUSED;
void option_values_free(struct option_values *values);

/* The table's rows, and --config behind them where it is one. */
size_t option_count(const struct option_table *table);
const struct option *option_at(const struct option_table *table, size_t i);
/* By the first `length` bytes of "--listen=…", or by a letter; NULL: none. */
const struct option *option_named(const struct option_table *table, const char *name, size_t length);
const struct option *option_lettered(const struct option_table *table, char letter);
/* "journal_size", "CANCELMOCK_JOURNAL_SIZE"; in the arena. */
const char *option_member(struct arena *arena, const struct option *row);
const char *option_variable(struct arena *arena, const struct option_table *table, const struct option *row);
bool option_is_list(const struct option *row);

/* Puts one value into its place, or complains. */
void option_put(struct option_values *values, const struct option *row, const char *value, struct option_place place);
/* One line on `err` behind the program's name; the answer will be OPTIONS_WRONG. */
void option_complain(struct option_values *values, const char *format, ...) PRINTF(2, 3);
/* The same for what is only said. */
void option_note(struct option_values *values, const char *format, ...) PRINTF(2, 3);

#endif
