#include "base/json_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

#define INDEX_MAX 999999

/* The child that one step of a path names. */
static const cJSON *step(const cJSON *node, const char *name)
{
    int64_t index = 0;
    if (!cJSON_IsArray(node))
        return json_member(node, name);
    bool is_index = number_is_digits(name) && (name[0] != '0' || name[1] == '\0');
    return is_index && number_read(name, 0, INDEX_MAX, &index) ? cJSON_GetArrayItem(node, (int)index) : NULL;
}

/* Undoes ~1 and ~0 in place. */
static void unescape(char *name)
{
    char *to = name;
    for (const char *from = name; *from != '\0'; from++) {
        bool escaped = from[0] == '~' && (from[1] == '0' || from[1] == '1');
        *to++ = !escaped ? *from : *++from == '1' ? '/' : '~';
    }
    *to = '\0';
}

const cJSON *json_at(const cJSON *root, const char *pointer)
{
    const cJSON *node = root;
    while (node != NULL && *pointer == '/') {
        size_t length = strcspn(pointer + 1, "/");
        char *name = mem_dup_bytes(pointer + 1, length);
        unescape(name);
        node = step(node, name);
        free(name);
        pointer += 1 + length;
    }
    return *pointer == '\0' ? node : NULL;
}

const cJSON *json_at_dots(const cJSON *root, const char *path, size_t length)
{
    const cJSON *node = root;
    const char *end = path + length;
    while (node != NULL && path < end) {
        const char *dot = memchr(path, '.', (size_t)(end - path));
        const char *stop = dot == NULL ? end : dot;
        char *name = mem_dup_bytes(path, (size_t)(stop - path));
        node = step(node, name);
        free(name);
        path = dot == NULL ? end : dot + 1;
    }
    return node;
}

/* "/name" with its escapes, and what is below it. */
static char *pointer_to(const char *name, const char *below)
{
    struct text pointer = TEXT_INIT(TEXT_UNBOUNDED);
    text_add_char(&pointer, '/');
    for (; *name != '\0'; name++) {
        if (*name == '~' || *name == '/')
            text_add(&pointer, *name == '~' ? "~0" : "~1");
        else
            text_add_char(&pointer, *name);
    }
    text_add(&pointer, below);
    return text_take(&pointer);
}

char *json_pointer_to(const cJSON *root, const cJSON *node)
{
    size_t index = 0;
    if (root == node)
        return root == NULL ? NULL : mem_dup("");
    for (const cJSON *child = root == NULL ? NULL : root->child; child != NULL; child = child->next, index++) {
        char *below = json_pointer_to(child, node);
        if (below == NULL)
            continue;
        char *number = mem_print("%zu", index);
        char *where = pointer_to(cJSON_IsArray(root) ? number : child->string, below);
        free(number);
        free(below);
        return where;
    }
    return NULL;
}

/* The pointer to the first difference, or NULL. */
static char *difference(const cJSON *actual, const cJSON *expected)
{
    if (!cJSON_IsObject(expected) || !cJSON_IsObject(actual))
        return json_equal(actual, expected) ? NULL : mem_dup("");
    for (const cJSON *member = expected->child; member != NULL; member = member->next) {
        char *below = difference(json_member(actual, member->string), member);
        if (below == NULL)
            continue;
        char *where = pointer_to(member->string, below);
        free(below);
        return where;
    }
    return NULL;
}

bool json_covers(const cJSON *actual, const cJSON *expected, char **where)
{
    char *first = difference(actual, expected);
    bool covers = first == NULL;
    if (!covers && where != NULL)
        *where = first;
    else
        free(first);
    return covers;
}

char *json_shown(const cJSON *node)
{
    return node == NULL ? mem_dup("(nothing)") : json_write(node);
}

char *json_plain(const cJSON *node)
{
    return cJSON_IsString(node) ? mem_dup(node->valuestring) : json_shown(node);
}

void json_map_strings(cJSON *node, char *(*change)(const char *text, const void *with), const void *with)
{
    if (cJSON_IsString(node)) {
        char *changed = change(node->valuestring, with);
        if (changed != NULL)
            cJSON_SetValuestring(node, changed);
        free(changed);
        return;
    }
    for (cJSON *child = node == NULL ? NULL : node->child; child != NULL; child = child->next)
        json_map_strings(child, change, with);
}
