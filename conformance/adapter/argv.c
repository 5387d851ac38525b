/* Splitting a command, one character at a time: outside of a word, in a word, in one of two kinds of quotes. */
#include "adapter/argv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"

struct splitter {
    char **argv;
    size_t count;
    struct text word;
    bool in_word; /* '' is a word too, so an empty text does not tell */
    char quote;
};

static void end_word(struct splitter *splitter)
{
    if (!splitter->in_word)
        return;
    splitter->argv = mem_resize(splitter->argv, (splitter->count + 2) * sizeof *splitter->argv);
    splitter->argv[splitter->count++] = text_take(&splitter->word);
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
    for (; *at != '\0'; at++) {
        if (keeps_next(splitter, at)) {
            if (*++at == '\0')
                return "a backslash at the end";
        } else if (splitter->quote ? *at == splitter->quote : *at == '\'' || *at == '"') {
            splitter->quote = splitter->quote ? 0 : *at;
            splitter->in_word = true;
            continue;
        } else if (splitter->quote == '\0' && strchr(" \t\n", *at) != NULL) {
            end_word(splitter);
            continue;
        }
        text_add_bytes(&splitter->word, at, 1);
        splitter->in_word = true;
    }
    if (splitter->quote != '\0')
        return "a quote that is not closed";
    end_word(splitter);
    return splitter->count ? NULL : "no command at all";
}

int argv_split(const char *command, char ***out, const char **problem)
{
    struct splitter splitter = {.word = TEXT_INIT(TEXT_UNBOUNDED)};
    const char *wrong = take_all(&splitter, command);
    text_release(&splitter.word);
    if (wrong == NULL) {
        *out = splitter.argv;
        return 0;
    }
    argv_free(splitter.argv);
    *problem = wrong;
    return -1;
}

void argv_free(char **argv)
{
    for (size_t i = 0; argv != NULL && argv[i] != NULL; i++)
        free(argv[i]);
    free(argv);
}
