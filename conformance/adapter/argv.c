/* Splitting a command, one character at a time: outside of a word, in a word, in one of two kinds of quotes. */
#include "adapter/argv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/memory.h"
#include "support/string.h"

struct splitter {
    char **argv;
    size_t count;
    struct string word;
    bool in_word; /* '' is a word too, so an empty text does not tell */
    char quote;
};

static void end_word(struct splitter *splitter)
{
    if (!splitter->in_word)
        return;
    splitter->argv = must_grow(splitter->argv, splitter->count + 2, sizeof *splitter->argv);
    splitter->argv[splitter->count++] = string_take(&splitter->word);
    splitter->argv[splitter->count] = NULL;
    splitter->in_word = false;
}

static bool keeps_next(const struct splitter *splitter, const char *at)
{
    if (*at != '\\' || splitter->quote == '\'')
        return false;
    return splitter->quote == 0 || at[1] == '"' || at[1] == '\\';
}

static const char *take_all(struct splitter *splitter, const char *at)
{
    for (; *at; at++) {
        if (keeps_next(splitter, at)) {
            if (!*++at)
                return "a backslash at the end";
        } else if (splitter->quote ? *at == splitter->quote : *at == '\'' || *at == '"') {
            splitter->quote = splitter->quote ? 0 : *at;
            splitter->in_word = true;
            continue;
        } else if (!splitter->quote && strchr(" \t\n", *at)) {
            end_word(splitter);
            continue;
        }
        string_add_bytes(&splitter->word, at, 1);
        splitter->in_word = true;
    }
    if (splitter->quote)
        return "a quote that is not closed";
    end_word(splitter);
    return splitter->count ? NULL : "no command at all";
}

int argv_split(const char *command, char ***out, const char **problem)
{
    struct splitter splitter = {0};
    const char *wrong = take_all(&splitter, command);
    string_release(&splitter.word);
    if (!wrong) {
        *out = splitter.argv;
        return 0;
    }
    argv_free(splitter.argv);
    *problem = wrong;
    return -1;
}

void argv_free(char **argv)
{
    for (size_t i = 0; argv && argv[i]; i++)
        free(argv[i]);
    free(argv);
}
