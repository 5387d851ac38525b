/* Looking into trees, comparing them, and changing them. Reading is json_read.c, writing json_write.c, laying one
 * object over another json_merge.c. */
#include "base/json.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json_index.h"
#include "base/number.h"

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
    struct json_index theirs;
    json_index_begin_reading(&theirs, b);
    bool equal = true;
    for (const cJSON *mine = a->child; mine != NULL && equal; mine = mine->next)
        equal = json_equal(mine, json_index_find(&theirs, mine->string));
    json_index_end(&theirs);
    return equal;
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
    cJSON *number = cJSON_CreateNumber(number_value(digits));
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
