/* Reading a command line by a table. */
#include "support/flags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/memory.h"
#include "support/nearest.h"

void words_add(struct words *words, const char *word)
{
    words->list = must_grow(words->list, words->count + 1, sizeof *words->list);
    words->list[words->count++] = word;
}

bool flags_complain(const char *before, const char *word, const char *after, const char *hint)
{
    fprintf(stderr, "cancelcheck: %s%s%s", before, word, after);
    if (hint)
        fprintf(stderr, "; did you mean '%s'?", hint);
    fputc('\n', stderr);
    return false;
}

bool flags_ask_for(int argc, char **argv, const char *name)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return false;
}

void flags_help(const struct flag *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *left = must_format("%s %s", table[i].name, table[i].value ? table[i].value : "");
        int bytes = 0; /* '…' is three bytes and one column */
        for (const char *at = left; *at; at++)
            bytes += (*at & 0xc0) == 0x80;
        printf("  %-*s %s\n", 24 + bytes, left, table[i].help);
        free(left);
    }
}

static const struct flag *find(const struct flag *table, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0)
            return &table[i];
    return NULL;
}

static bool unknown(const struct flag *table, size_t count, const char *word)
{
    if (word[0] != '-')
        return flags_complain("'", word, "' is no option; what is to be run is named with --run", NULL);
    const char **names = must_alloc(count + 2, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = table[i].name;
    names[count] = "--help";
    names[count + 1] = "--version";
    flags_complain("unknown option '", word, "'", similar_name(word, names, count + 2));
    free(names);
    return false;
}

/* The option that `word` begins, and what stands in the same word as its value (NULL: nothing). */
static const struct flag *split(const struct flag *table, size_t count, const char *word, const char **value)
{
    bool is_short = word[0] == '-' && word[1] && word[1] != '-';
    size_t length = is_short ? 2 : strncmp(word, "--", 2) == 0 ? strcspn(word, "=") : strlen(word);
    *value = !word[length] ? NULL : is_short ? word + length : word + length + 1;
    return find(table, count, word, length);
}

bool flags_read(const struct flag *table, size_t count, void *into, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        const char *value = NULL;
        const struct flag *flag = split(table, count, argv[i], &value);
        if (!flag)
            return unknown(table, count, argv[i]);
        if (flag->takes == FLAG_SWITCH && value)
            return flags_complain("", flag->name, " takes no value", NULL);
        if (flag->takes != FLAG_SWITCH && !value && ++i >= argc)
            return flags_complain("", flag->name, " wants a value", NULL);
        if (flag->takes != FLAG_SWITCH && !value)
            value = argv[i];
        if (!flag->read(into, value))
            return false;
        while (flag->takes == FLAG_SEVERAL && i + 1 < argc && argv[i + 1][0] != '-')
            if (!flag->read(into, argv[++i]))
                return false;
    }
    return true;
}
