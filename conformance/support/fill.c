/* Finding and replacing placeholders. */
#include "support/fill.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/doc.h"
#include "support/memory.h"
#include "support/string.h"

/* The length of the name in the placeholder that starts at this brace; 0 when none does. */
static size_t name_length(const char *brace)
{
    const char *name = brace + 1;
    if (*name < 'a' || *name > 'z')
        return 0;
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
    return name[length] == '}' ? length : 0;
}

/* The value as text; strings escaped for JSON when wanted. NULL when the names have no such value. */
static char *value_text(const cJSON *names, const char *name, size_t length, bool escaped)
{
    const cJSON *node = doc_at_dots(names, name, length);
    if (!node)
        return NULL;
    if (!cJSON_IsString(node) || !escaped)
        return doc_plain(node);
    char *quoted = doc_print(node);
    char *bare = must_copy_bytes(quoted + 1, strlen(quoted) - 2);
    free(quoted);
    return bare;
}

static char *fill(const char *text, const cJSON *names, char **missing, bool escaped)
{
    struct string out = {0};
    while (*text) {
        size_t plain = strcspn(text, "{");
        string_add_bytes(&out, text, plain);
        text += plain;
        if (!*text)
            break;
        size_t length = name_length(text);
        if (length == 0) {
            string_add_bytes(&out, text++, 1);
            continue;
        }
        char *value = value_text(names, text + 1, length, escaped);
        if (!value) {
            if (missing)
                *missing = must_copy_bytes(text + 1, length);
            string_release(&out);
            return NULL;
        }
        string_add(&out, value);
        free(value);
        text += length + 2;
    }
    return string_take(&out);
}

char *fill_text(const char *text, const cJSON *names, char **missing)
{
    return fill(text, names, missing, false);
}

char *fill_json(const char *text, const cJSON *names, char **missing)
{
    return fill(text, names, missing, true);
}
