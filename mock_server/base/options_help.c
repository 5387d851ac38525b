/* --help from the table: two columns, wrapped where a terminal of 80 columns ends. */
#include <string.h>

#include "base/options_sources.h"
#include "base/text.h"

enum { WIDTH = 80, HELP_COLUMN = 28, NAME_COLUMN = 6 };

static const struct option own_rows[] = {
    {"--help", 'h', .help = "show this text"},
    {"--version", 'V', .help = "show the version"},
};

/* ── Wrapping ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A character that continues another takes no column. */
static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t columns_of(const char *words, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += continues(words[i]) ? 0 : 1;
    return columns;
}

/* The bytes of `words` that fit into so many columns, at least one character. */
static size_t bytes_within(const char *words, size_t length, size_t columns)
{
    size_t i = 0, used = 0;
    for (; i < length; i++)
        if (!continues(words[i]) && used++ >= columns && i > 0)
            break;
    return i;
}

static void begin_line(FILE *out, size_t indent)
{
    fprintf(out, "\n%*s", (int)indent, "");
}

/* Prints words behind column `at`; further lines begin at `indent`. A word longer than a line is broken. */
static void print_wrapped(FILE *out, const char *words, size_t at, size_t indent)
{
    bool is_first = at <= indent;
    for (words += strspn(words, " \n"); *words != '\0'; words += strspn(words, " \n")) {
        size_t length = strcspn(words, " \n");
        if (!is_first && at + 1 + columns_of(words, length) > WIDTH) {
            begin_line(out, indent);
            at = indent;
            is_first = true;
        }
        length = bytes_within(words, length, WIDTH - indent);
        fprintf(out, "%s%.*s", is_first ? "" : " ", (int)length, words);
        at += columns_of(words, length) + (is_first ? 0 : 1);
        is_first = false;
        words += length;
    }
    fputc('\n', out);
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "  -l, --listen HOST:PORT   where to listen" */
static void print_row(const struct option *row, FILE *out)
{
    struct text left = TEXT_INIT(1024);
    if (row->letter == '\0')
        text_print(&left, "%*s%s", NAME_COLUMN, "", row->name);
    else
        text_print(&left, "  -%c, %s", row->letter, row->name);
    if (row->value != NULL)
        text_print(&left, " %s", row->value);
    size_t columns = columns_of(left.bytes, left.length);
    fputs(left.bytes, out);
    text_release(&left);
    if (columns + 2 > HELP_COLUMN)
        begin_line(out, HELP_COLUMN);
    else
        fprintf(out, "%*s", (int)(HELP_COLUMN - columns), "");
    print_wrapped(out, row->help, HELP_COLUMN, HELP_COLUMN);
}

void options_help(const struct option_table *table, FILE *out)
{
    for (size_t i = 0; i < option_count(table); i++)
        print_row(option_at(table, i), out);
    for (size_t i = 0; i < COUNT_OF(own_rows); i++)
        print_row(&own_rows[i], out);
}

/* ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The rows that are `word_only`, or else those whose member is called otherwise, as " (--provider is "providers")". */
static void add_exceptions(struct text *text, const struct option_table *table)
{
    const char *before = " but ";
    for (size_t i = 0; i < table->count; i++) {
        if (!table->rows[i].is_word_only)
            continue;
        text_print(text, "%s%s", before, table->rows[i].name);
        before = ", ";
    }
}

static void add_other_names(struct text *text, const struct option_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].member != NULL)
            text_print(text, "; %s is \"%s\"", table->rows[i].name, table->rows[i].member);
}

/* The row that shows best what becomes of a name: one of several words. */
static const struct option *example_row(const struct option_table *table)
{
    const struct option *best = NULL;
    for (size_t i = 0; i < table->count; i++) {
        const struct option *row = &table->rows[i];
        bool is_better = best == NULL || (strchr(best->name + 2, '-') == NULL && strchr(row->name + 2, '-') != NULL);
        if (!row->is_word_only && row->member == NULL && is_better)
            best = row;
    }
    return best;
}

static void print_other_sources(const struct option_table *table, FILE *out)
{
    const struct option *example = example_row(table);
    if (example == NULL || (!table->has_config && table->environment == NULL))
        return;
    struct arena *arena = arena_new();
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    text_add(&text, "Each option");
    add_exceptions(&text, table);
    text_print(&text, " can also be given%s", table->has_config ? " in the file of --config, a JSON object" : "");
    if (table->has_config) {
        text_print(&text, " (\"%s\"", option_member(arena, example));
        add_other_names(&text, table);
        text_add_char(&text, ')');
    }
    if (table->environment != NULL)
        text_print(&text, "%s in the environment (%s)", table->has_config ? ", and" : "",
                   option_variable(arena, table, example));
    text_print(&text, ". The command line wins%s.",
               table->has_config && table->environment != NULL ? ", then the environment, then the file" : "");
    fputc('\n', out);
    print_wrapped(out, text_cstr(&text), 0, 0);
    text_release(&text);
    arena_free(arena);
}

static void print_block(const char *block, FILE *out)
{
    size_t length = strlen(block);
    fprintf(out, "%s%s", block, length > 0 && block[length - 1] == '\n' ? "" : "\n");
}

void option_help_print(const struct option_table *table, FILE *out)
{
    if (table->before != NULL) {
        print_block(table->before, out);
        fputc('\n', out);
    }
    fputs("Options:\n", out);
    options_help(table, out);
    print_other_sources(table, out);
    if (table->after != NULL) {
        fputc('\n', out);
        print_block(table->after, out);
    }
}
