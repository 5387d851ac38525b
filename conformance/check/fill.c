/* Finding and replacing placeholders. */
#include "check/fill.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"

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
    const cJSON *node = json_at_dots(names, name, length);
    if (node == NULL)
        return NULL;
    if (!cJSON_IsString(node) || !escaped)
        return json_plain(node);
    char *quoted = json_shown(node);
    char *bare = mem_dup_bytes(quoted + 1, strlen(quoted) - 2);
    free(quoted);
    return bare;
}

static char *fill(const char *text, const cJSON *names, char **missing, bool escaped)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    while (*text != '\0') {
        size_t plain = strcspn(text, "{");
        text_add_bytes(&out, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        size_t length = name_length(text);
        if (length == 0) {
            text_add_bytes(&out, text++, 1);
            continue;
        }
        char *value = value_text(names, text + 1, length, escaped);
        if (value == NULL) {
            if (missing != NULL)
                *missing = mem_dup_bytes(text + 1, length);
            text_release(&out);
            return NULL;
        }
        text_add(&out, value);
        free(value);
        text += length + 2;
    }
    return text_take(&out);
}

char *fill_text(const char *text, const cJSON *names, char **missing)
{
    return fill(text, names, missing, false);
}

char *fill_json(const char *text, const cJSON *names, char **missing)
{
    return fill(text, names, missing, true);
}
