/* Filling, capturing, and fitting. */
#include "server/captures.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"

#define OPENING "{{/"
#define CLOSING "/}}"

/* What a text is filled with, and what was missed meanwhile. */
struct filling {
    const cJSON *names;
    struct findings *findings;
};

/* The length of the name in "{{NAME}}" at `text`; 0 where no such thing begins. */
static size_t name_at(const char *text)
{
    size_t length = 0;
    if (strncmp(text, "{{", 2) != 0 || ascii_is_digit(text[2]))
        return 0;
    while (ascii_is_alnum(text[2 + length]) || text[2 + length] == '_')
        length++;
    return strncmp(text + 2 + length, "}}", 2) == 0 ? length : 0;
}

static char *fill(const char *text, const void *with)
{
    const struct filling *filling = with;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    if (strstr(text, "{{") == NULL)
        return NULL;
    for (const char *at = text; *at != '\0';) {
        size_t length = name_at(at);
        if (length == 0) {
            text_add_bytes(&out, at++, 1);
            continue;
        }
        char *name = mem_dup_bytes(at + 2, length);
        const char *value = json_string(filling->names, name);
        if (value == NULL)
            findings_broken(filling->findings, name, "a value that an earlier request captured", "none");
        text_add(&out, value != NULL ? value : "");
        free(name);
        at += length + 4;
    }
    return text_take(&out);
}

cJSON *captures_fill(const cJSON *tree, const cJSON *names, struct findings *findings)
{
    cJSON *copy = cJSON_Duplicate(tree, true);
    json_map_strings(copy, fill, &(struct filling){names, findings});
    return copy;
}

const char *captures_text_of(const cJSON *value)
{
    return cJSON_IsString(value) || cJSON_IsNumber(value) ? value->valuestring : NULL;
}

void captures_take(cJSON *names, cJSON *answer, const cJSON *pointers, struct findings *findings)
{
    const cJSON *pointer = NULL;
    cJSON_ArrayForEach (pointer, pointers) {
        const char *where = cJSON_IsString(pointer) ? pointer->valuestring : "?";
        const char *value = captures_text_of(json_at(answer, where));
        char *what = mem_print("%s of an earlier answer, for {{%s}}", where, pointer->string);
        if (value == NULL)
            findings_broken(findings, what, "a string or a number", "none");
        else {
            cJSON_DeleteItemFromObjectCaseSensitive(names, pointer->string);
            json_set_string(names, pointer->string, value);
        }
        free(what);
    }
}

bool captures_is_expression(const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    return length >= strlen(OPENING CLOSING) && strncmp(text, OPENING, strlen(OPENING)) == 0 &&
           strcmp(text + length - strlen(CLOSING), CLOSING) == 0;
}

bool captures_expression_fits(const char *text, const char *actual)
{
    if (actual == NULL || !captures_is_expression(text))
        return false;
    regex_t expression;
    int length = (int)(strlen(text) - strlen(OPENING CLOSING));
    char *source = mem_print("^(%.*s)$", length, text + strlen(OPENING));
    bool good = regcomp(&expression, source, REG_EXTENDED | REG_NOSUB) == 0;
    bool fits = good && regexec(&expression, actual, 0, NULL, 0) == 0;
    if (good)
        regfree(&expression);
    free(source);
    return fits;
}
