/*
 * Help in two columns, and the sentences about the other places that an option can come from.
 */
#include <string.h>

#include "base/option_row.h"
#include "base/options.h"
#include "base/text.h"

#define LINE_COLUMNS 80
#define HELP_COLUMN  28

/* Columns of a terminal: continuation bytes of UTF-8 take none. */
static size_t columns(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

/* Prints the words of `text` from column `at` on; further lines begin at `indent`. Ends the line. */
static void print_wrapped(const char *text, size_t at, size_t indent, FILE *out)
{
    bool first = true;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        size_t width = columns(text, length);
        if (!first && at + 1 + width > LINE_COLUMNS) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
            first = true;
        }
        if (!first)
            fputc(' ', out);
        fwrite(text, 1, length, out);
        at += width + (first ? 0 : 1);
        text += length + strspn(text + length, " ");
        first = false;
    }
    fputc('\n', out);
}

static void print_row(const struct option *row, FILE *out)
{
    struct text left = TEXT_INIT(TEXT_UNBOUNDED);
    if (row->letter != 0)
        text_print(&left, "  -%c, ", row->letter);
    else
        text_add(&left, "      ");
    text_print(&left, "%s%s%s", row->name, row->value == NULL ? "" : " ", row->value == NULL ? "" : row->value);
    fputs(text_cstr(&left), out);
    size_t at = columns(left.bytes, left.length);
    if (at + 2 > HELP_COLUMN) {
        fputc('\n', out);
        at = 0;
    }
    fprintf(out, "%*s", (int)(HELP_COLUMN - at), "");
    print_wrapped(row->help, HELP_COLUMN, HELP_COLUMN, out);
    text_release(&left);
}

/* The first row that the other places know, to be their example. */
static const struct option *example_of(const struct option_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (!table->rows[i].is_word_only)
            return &table->rows[i];
    return NULL;
}

static void print_places(const struct option_table *table, FILE *out)
{
    const struct option *example = example_of(table);
    if (example == NULL || (!table->has_config && table->environment == NULL))
        return;
    char name[OPTION_NAME_MAX];
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    text_print(&text, "%s can also stand", example->name);
    if (table->has_config)
        text_print(&text, " in the file of --config, as \"%s\"", option_member(example, name));
    if (table->environment != NULL)
        text_print(&text, "%s in the environment, as %s", table->has_config ? ", or" : "",
                   option_variable(table, example, name));
    text_add(&text, "; so can each option");
    const char *separator = " but ";
    for (size_t i = 0; i < table->count; i++) {
        if (!table->rows[i].is_word_only)
            continue;
        text_print(&text, "%s%s", separator, table->rows[i].name);
        separator = ", ";
    }
    text_add(&text, ". The command line wins over the environment, and that over the file.");
    fputc('\n', out);
    print_wrapped(text_cstr(&text), 0, 0, out);
    text_release(&text);
}

void options_help(const struct option_table *table, FILE *out)
{
    static const struct option always[] = {
        {.name = "--help", .letter = 'h', .help = "print this text"},
        {.name = "--version", .letter = 'V', .help = "print the version"},
    };
    const struct option *row;
    for (size_t i = 0; (row = option_at(table, i)) != NULL; i++)
        print_row(row, out);
    for (size_t i = 0; i < COUNT_OF(always); i++)
        print_row(&always[i], out);
    print_places(table, out);
}
