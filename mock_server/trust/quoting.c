#include "trust/quoting.h"

#include <string.h>

#include "base/ascii.h"
#include "base/text.h"

static bool is_plain(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (!ascii_is_alnum(*at) && strchr("/.-_", *at) == NULL)
            return false;
    return *value != '\0';
}

/* Within single quotes, with `quote` in the place of each of its own and `backslash` of each backslash. */
static void add_single(struct text *out, const char *value, const char *quote, const char *backslash)
{
    text_add_char(out, '\'');
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\'')
            text_add(out, quote);
        else if (*at == '\\')
            text_add(out, backslash);
        else
            text_add_char(out, *at);
    }
    text_add_char(out, '\'');
}

/* Some readers take quotes off and expand, and others take all that stands there. */
static bool add_dotenv(struct text *out, const char *value)
{
    size_t length = strlen(value);
    if (length == 0 || value[0] == ' ' || value[length - 1] == ' ' || strpbrk(value, "'\"$\\`#\t\r\n") != NULL)
        return false;
    text_add(out, value);
    return true;
}

bool quoting_add(struct text *out, enum quoting quoting, const char *value)
{
    switch (quoting) {
    case QUOTE_SEGMENTS:
        if (is_plain(value))
            text_add(out, value);
        else
            add_single(out, value, "'\"'\"'", "\\");
        return true;
    case QUOTE_SH:
        add_single(out, value, "'\"'\"'", "\\");
        return true;
    case QUOTE_FISH:
        add_single(out, value, "\\'", "\\\\");
        return true;
    case QUOTE_POWERSHELL:
        add_single(out, value, "''", "\\");
        return true;
    case QUOTE_DOTENV:
        return add_dotenv(out, value);
    }
    return false;
}
