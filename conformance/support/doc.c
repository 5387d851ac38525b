/*
 * cJSON behind strict doors. The library compares names without case unless told otherwise, ignores trailing bytes
 * unless told otherwise, and keeps numbers as doubles. Here a number that was read keeps its digits in its valuestring,
 * which cJSON itself leaves alone, and is written with them again: 9007199254740991 stays what it is.
 */
#include "support/doc.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/memory.h"

/* The next number in the text, strings skipped; its length, 0 at the end. *at moves behind it. */
static size_t next_number(const char *bytes, size_t length, size_t *at, const char **digits)
{
    bool quoted = false;
    for (size_t i = *at; i < length; i++) {
        if (quoted && bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            quoted = !quoted;
        else if (!quoted && bytes[i] && strchr("-0123456789", bytes[i])) {
            size_t count = 1;
            while (i + count < length && bytes[i + count] && strchr("+-.eE0123456789", bytes[i + count]))
                count++;
            *digits = bytes + i;
            *at = i + count;
            return count;
        }
    }
    return 0;
}

/* Hangs the digits into the tree, which has its numbers in the order of the text. */
static void keep_digits(cJSON *node, const char *bytes, size_t length, size_t *at)
{
    for (; node; node = node->next) {
        const char *digits = NULL;
        size_t count = cJSON_IsNumber(node) ? next_number(bytes, length, at, &digits) : 0;
        if (count)
            node->valuestring = must_copy_bytes(digits, count);
        keep_digits(node->child, bytes, length, at);
    }
}

cJSON *doc_parse(const char *bytes, size_t length)
{
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(bytes, length, &end, false);
    while (root && end < bytes + length && strchr(" \t\r\n", *end) && *end)
        end++;
    if (root && end == bytes + length) {
        size_t at = 0;
        keep_digits(root, bytes, length, &at);
        return root;
    }
    cJSON_Delete(root);
    return NULL;
}

cJSON *doc_member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *doc_string(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(doc_member(object, name));
}

int doc_int(const cJSON *object, const char *name, int otherwise)
{
    const cJSON *node = doc_member(object, name);
    if (!cJSON_IsNumber(node) || node->valuedouble < INT_MIN || node->valuedouble > INT_MAX ||
        node->valuedouble != floor(node->valuedouble))
        return otherwise;
    return (int)node->valuedouble;
}

/* A plain decimal number of at most six digits; -1 when it is none. */
static int index_from(const char *text)
{
    int index = 0;
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 6 || text[length])
        return -1;
    for (; *text; text++)
        index = index * 10 + (*text - '0');
    return index;
}

/* The child that one step of a path names; array elements by their number. */
static cJSON *step(const cJSON *node, const char *name)
{
    if (cJSON_IsObject(node))
        return doc_member(node, name);
    int index = cJSON_IsArray(node) ? index_from(name) : -1;
    return index < 0 ? NULL : cJSON_GetArrayItem(node, index);
}

/* Undoes ~1 and ~0 in place. */
static void unescape(char *name)
{
    char *to = name;
    for (const char *from = name; *from; from++) {
        if (from[0] == '~' && (from[1] == '0' || from[1] == '1'))
            *to++ = *++from == '1' ? '/' : '~';
        else
            *to++ = *from;
    }
    *to = '\0';
}

cJSON *doc_at(cJSON *root, const char *pointer)
{
    cJSON *node = root;
    while (node && *pointer == '/') {
        size_t length = strcspn(pointer + 1, "/");
        char *name = must_copy_bytes(pointer + 1, length);
        unescape(name);
        node = step(node, name);
        free(name);
        pointer += 1 + length;
    }
    return node;
}

const cJSON *doc_at_dots(const cJSON *root, const char *path, size_t length)
{
    const cJSON *node = root;
    while (node && length) {
        const char *dot = memchr(path, '.', length);
        size_t part = dot ? (size_t)(dot - path) : length;
        char *name = must_copy_bytes(path, part);
        node = step(node, name);
        free(name);
        size_t used = part + (dot != NULL);
        path += used;
        length -= used;
    }
    return node;
}

static void merge_member(cJSON *target, const cJSON *change)
{
    cJSON *old = doc_member(target, change->string);
    if (cJSON_IsNull(change)) {
        cJSON_DeleteItemFromObjectCaseSensitive(target, change->string);
    } else if (cJSON_IsObject(change)) {
        if (!cJSON_IsObject(old)) {
            cJSON_DeleteItemFromObjectCaseSensitive(target, change->string);
            old = cJSON_AddObjectToObject(target, change->string);
        }
        doc_merge(old, change);
    } else if (old) {
        cJSON_ReplaceItemInObjectCaseSensitive(target, change->string, cJSON_Duplicate(change, true));
    } else {
        doc_add(target, change->string, cJSON_Duplicate(change, true));
    }
}

void doc_merge(cJSON *target, const cJSON *patch)
{
    const cJSON *change = NULL;
    cJSON_ArrayForEach (change, patch)
        merge_member(target, change);
}

bool doc_covers(const cJSON *actual, const cJSON *expected, char **where)
{
    if (!cJSON_IsObject(expected) || !cJSON_IsObject(actual)) {
        bool same = cJSON_Compare(actual, expected, true);
        if (!same && where)
            *where = must_copy("");
        return same;
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, expected) {
        char *below = NULL;
        if (doc_covers(doc_member(actual, member->string), member, where ? &below : NULL))
            continue;
        if (where)
            *where = must_format("/%s%s", member->string, below ? below : "");
        free(below);
        return false;
    }
    return true;
}

/* cJSON writes a raw node as it is: so the digits. */
static void write_digits_raw(cJSON *node)
{
    for (; node; node = node->next) {
        if (cJSON_IsNumber(node) && node->valuestring)
            node->type = cJSON_Raw;
        write_digits_raw(node->child);
    }
}

char *doc_print(const cJSON *node)
{
    if (!node)
        return must_copy("(nothing)");
    cJSON *raw = cJSON_Duplicate(node, true);
    write_digits_raw(raw);
    char *printed = cJSON_PrintUnformatted(raw);
    char *copy = must_copy(printed ? printed : "(unprintable)");
    cJSON_free(printed);
    cJSON_Delete(raw);
    return copy;
}

char *doc_plain(const cJSON *node)
{
    return cJSON_IsString(node) ? must_copy(node->valuestring) : doc_print(node);
}

void doc_add_string(cJSON *object, const char *name, const char *text)
{
    doc_add(object, name, text ? cJSON_CreateString(text) : NULL);
}

void doc_add(cJSON *object, const char *name, cJSON *node)
{
    cJSON_AddItemToObject(object, name, node ? node : cJSON_CreateNull());
}

void doc_push_string(cJSON *array, const char *text)
{
    cJSON_AddItemToArray(array, cJSON_CreateString(text));
}

void doc_map_strings(cJSON *node, char *(*change)(const char *text, const void *with), const void *with)
{
    if (cJSON_IsString(node)) {
        char *changed = change(node->valuestring, with);
        if (changed)
            cJSON_SetValuestring(node, changed);
        free(changed);
        return;
    }
    for (cJSON *child = node ? node->child : NULL; child; child = child->next)
        doc_map_strings(child, change, with);
}
