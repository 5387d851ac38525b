#include "check/shell.h"

void shell_add_word(struct text *out, const char *word)
{
    text_add(out, "'");
    for (const char *at = word; *at != '\0'; at++)
        if (*at == '\'')
            text_add(out, "'\\''");
        else
            text_add_bytes(out, at, 1);
    text_add(out, "'");
}
