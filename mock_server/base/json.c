/*
 * Reading is two steps: json_scan() checks the text and notes each number's spelling, cJSON builds the tree, and the
 * spelling is hung into the tree: a cJSON number has a `valuestring` that cJSON itself never uses, copies with the node
 * and frees with it. json_write() prints that spelling, so no digit is ever changed on the way through.
 */
#include "base/json.h"

#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/json_scan.h"
#include "base/number.h"

void json_line_column(const char *text, size_t offset, unsigned *line, unsigned *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            (*line)++;
            *column = 1;
        } else {
            (*column)++;
        }
    }
}

/* Walks the tree in document order, in step with the marks: gives numbers their spelling, values their place. */
static void attach(cJSON *node, const char *text, const struct json_marks *marks, size_t *next,
                   struct json_places *places)
{
    const struct json_mark *mark = &marks->list[*next];
    if (cJSON_IsNumber(node))
        node->valuestring = mem_dup_bytes(text + mark->offset, mark->length);
    if (places != NULL) {
        places->nodes[*next] = node;
        places->offsets[*next] = mark->offset;
    }
    (*next)++;
    for (cJSON *child = node->child; child != NULL; child = child->next)
        attach(child, text, marks, next, places);
}

struct member_name {
    const char *name; /* borrowed from the tree */
    UT_hash_handle hh;
};

/* The first member of an object whose name an earlier one has. */
static const cJSON *duplicate_among(const cJSON *object)
{
    struct member_name *seen = NULL, *one, *next;
    const cJSON *twice = NULL;
    for (const cJSON *child = object->child; child != NULL && twice == NULL; child = child->next) {
        HASH_FIND_STR(seen, child->string, one);
        if (one != NULL) {
            twice = child;
            continue;
        }
        one = mem_zero(1, sizeof *one);
        one->name = child->string;
        HASH_ADD_KEYPTR(hh, seen, one->name, strlen(one->name), one);
    }
    HASH_ITER (hh, seen, one, next) {
        HASH_DEL(seen, one);
        free(one);
    }
    return twice;
}

static const cJSON *duplicate_in(const cJSON *node)
{
    const cJSON *twice = cJSON_IsObject(node) ? duplicate_among(node) : NULL;
    for (const cJSON *child = node->child; child != NULL && twice == NULL; child = child->next)
        twice = duplicate_in(child);
    return twice;
}

static bool refuse_duplicates(const cJSON *tree, const char *text, const struct json_places *places,
                              struct json_problem *problem)
{
    const cJSON *twice = duplicate_in(tree);
    if (twice == NULL)
        return false;
    problem->offset = json_offset_of(places, twice);
    json_line_column(text, problem->offset, &problem->line, &problem->column);
    snprintf(problem->text, sizeof problem->text, "member \"%.60s\" stands twice in one object", twice->string);
    return true;
}

/* cJSON notes where its last parse failed in a static variable, so two threads must not parse at once. */
static cJSON *build_tree(const char *text, size_t length)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&one_at_a_time);
    cJSON *tree = cJSON_ParseWithLength(text, length);
    pthread_mutex_unlock(&one_at_a_time);
    return tree;
}

cJSON *json_read(const char *text, size_t length, enum json_rule rule, struct json_places *places,
                 struct json_problem *problem)
{
    struct json_marks marks = {0};
    if (json_scan(text, length, &marks, problem) < 0)
        return NULL;
    cJSON *tree = build_tree(text, length);
    if (tree == NULL) {
        *problem = (struct json_problem){.line = 1, .column = 1, .text = "not JSON"};
        free(marks.list);
        return NULL;
    }
    bool placed = places != NULL || rule == JSON_UNIQUE;
    struct json_places own = {0};
    if (placed)
        own = (struct json_places){.nodes = mem_zero(marks.count, sizeof(cJSON *)),
                                   .offsets = mem_zero(marks.count, sizeof(size_t)),
                                   .count = marks.count};
    size_t next = 0;
    attach(tree, text, &marks, &next, placed ? &own : NULL);
    free(marks.list);
    if (rule == JSON_UNIQUE && refuse_duplicates(tree, text, &own, problem)) {
        cJSON_Delete(tree);
        tree = NULL;
    }
    if (tree != NULL && places != NULL)
        *places = own;
    else
        json_places_release(&own);
    return tree;
}

cJSON *json_read_bytes(const char *bytes, size_t length)
{
    struct json_problem problem;
    return json_read(bytes, length, JSON_PLAIN, NULL, &problem);
}

cJSON *json_read_text(const char *text)
{
    return json_read_bytes(text, strlen(text));
}

size_t json_offset_of(const struct json_places *places, const cJSON *node)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->nodes[i] == node)
            return places->offsets[i];
    return 0;
}

void json_places_release(struct json_places *places)
{
    free(places->nodes);
    free(places->offsets);
    *places = (struct json_places){0};
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

cJSON *json_member_mut(cJSON *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

const char *json_string(const cJSON *object, const char *name)
{
    const cJSON *member = json_member(object, name);
    return cJSON_IsString(member) ? member->valuestring : NULL;
}

const char *json_string_or(const cJSON *object, const char *name, const char *otherwise)
{
    const char *value = json_string(object, name);
    return value == NULL ? otherwise : value;
}

bool json_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(json_member(object, name));
}

int json_int_or(const cJSON *object, const char *name, int otherwise)
{
    int64_t value = 0;
    bool fits = json_integral(json_member(object, name), &value) && value >= INT_MIN && value <= INT_MAX;
    return fits ? (int)value : otherwise;
}

const char *json_kind(const cJSON *node)
{
    return cJSON_IsString(node)   ? "a string"
           : cJSON_IsNumber(node) ? "a number"
           : cJSON_IsBool(node)   ? "true or false"
           : cJSON_IsArray(node)  ? "an array"
           : cJSON_IsObject(node) ? "an object"
                                  : "null";
}

const char *json_number_text(const cJSON *node)
{
    return cJSON_IsNumber(node) ? node->valuestring : NULL;
}

bool json_integer(const cJSON *node, int64_t *out)
{
    const char *digits = json_number_text(node);
    return digits != NULL && number_read(digits, INT64_MIN, INT64_MAX, out);
}

bool json_integral(const cJSON *node, int64_t *out)
{
    if (!cJSON_IsNumber(node))
        return false;
    double value = node->valuedouble;
    if (!(fabs(value) <= (double)JSON_INTEGER_MAX) || floor(value) != value)
        return false;
    *out = (int64_t)value;
    return true;
}

static bool numbers_equal(const cJSON *a, const cJSON *b)
{
    int64_t integer = 0;
    const char *mine = json_number_text(a), *theirs = json_number_text(b);
    if (mine != NULL && theirs != NULL && strcmp(mine, theirs) == 0)
        return true;
    bool both_integers = json_integer(a, &integer) && json_integer(b, &integer);
    return !both_integers && a->valuedouble == b->valuedouble;
}

static bool items_equal(const cJSON *a, const cJSON *b)
{
    const cJSON *mine = a->child, *theirs = b->child;
    while (mine != NULL && theirs != NULL && json_equal(mine, theirs)) {
        mine = mine->next;
        theirs = theirs->next;
    }
    return mine == NULL && theirs == NULL;
}

static bool members_equal(const cJSON *a, const cJSON *b)
{
    if (cJSON_GetArraySize(a) != cJSON_GetArraySize(b))
        return false;
    for (const cJSON *mine = a->child; mine != NULL; mine = mine->next)
        if (!json_equal(mine, json_member(b, mine->string)))
            return false;
    return true;
}

bool json_equal(const cJSON *a, const cJSON *b)
{
    if (a == NULL || b == NULL || (a->type & 0xff) != (b->type & 0xff))
        return false;
    if (cJSON_IsString(a))
        return strcmp(a->valuestring, b->valuestring) == 0;
    if (cJSON_IsNumber(a))
        return numbers_equal(a, b);
    return cJSON_IsObject(a) ? members_equal(a, b) : items_equal(a, b);
}

cJSON *json_new_number_text(const char *digits)
{
    double value = 0;
    number_read_decimal(digits, &value);
    cJSON *number = cJSON_CreateNumber(value);
    number->valuestring = mem_dup(digits);
    return number;
}

cJSON *json_new_integer(int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)value);
    return json_new_number_text(digits);
}

void json_set(cJSON *object, const char *name, cJSON *value)
{
    if (value == NULL)
        value = cJSON_CreateNull();
    if (cJSON_GetObjectItemCaseSensitive(object, name) != NULL)
        cJSON_ReplaceItemInObjectCaseSensitive(object, name, value);
    else
        cJSON_AddItemToObject(object, name, value);
}

void json_set_string(cJSON *object, const char *name, const char *value)
{
    json_set(object, name, value == NULL ? NULL : cJSON_CreateString(value));
}

void json_set_integer(cJSON *object, const char *name, int64_t value)
{
    json_set(object, name, json_new_integer(value));
}

void json_set_bool(cJSON *object, const char *name, bool value)
{
    json_set(object, name, cJSON_CreateBool(value));
}

void json_set_null(cJSON *object, const char *name)
{
    json_set(object, name, NULL);
}

void json_push_string(cJSON *array, const char *value)
{
    cJSON_AddItemToArray(array, value == NULL ? cJSON_CreateNull() : cJSON_CreateString(value));
}

void json_merge(cJSON *target, const cJSON *patch)
{
    for (const cJSON *item = patch->child; item != NULL; item = item->next) {
        if (cJSON_IsObject(item) && !cJSON_IsObject(json_member(target, item->string)))
            json_set(target, item->string, cJSON_CreateObject());
        if (cJSON_IsNull(item))
            cJSON_DeleteItemFromObjectCaseSensitive(target, item->string);
        else if (cJSON_IsObject(item))
            json_merge(json_member_mut(target, item->string), item);
        else
            json_set(target, item->string, cJSON_Duplicate(item, true));
    }
}

void json_overlay(cJSON *target, const cJSON *over)
{
    for (const cJSON *item = over == NULL ? NULL : over->child; item != NULL; item = item->next)
        json_set(target, item->string, cJSON_Duplicate(item, true));
}
