#include "base/json_twice.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define SMALL_OBJECT 8 /* up to so many members are compared one with another */

struct named {
    cJSON *member;
    size_t position;
};

static int by_name_and_position(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = strcmp(a->member->string, b->member->string);
    return order != 0 ? order : a->position < b->position ? -1 : 1;
}

static bool same_name(const struct named *a, const struct named *b)
{
    return strcmp(a->member->string, b->member->string) == 0;
}

/* The members, those of one name beside each other: sorting is as fast for names that somebody chose with care as for
 * others. To free(). */
static struct named *sorted_members(const cJSON *object, size_t count)
{
    struct named *list = mem_alloc(count * sizeof *list);
    size_t used = 0;
    for (cJSON *member = object->child; member != NULL; member = member->next, used++)
        list[used] = (struct named){member, used};
    qsort(list, count, sizeof *list, by_name_and_position);
    return list;
}

static const cJSON *twice_among_many(const cJSON *object, size_t count)
{
    struct named *list = sorted_members(object, count);
    const struct named *first = NULL;
    for (size_t i = 1; i < count; i++)
        if (same_name(&list[i - 1], &list[i]) && (first == NULL || list[i].position < first->position))
            first = &list[i];
    const cJSON *twice = first == NULL ? NULL : first->member;
    free(list);
    return twice;
}

static const cJSON *twice_among_few(const cJSON *object)
{
    for (const cJSON *member = object->child; member != NULL; member = member->next)
        for (const cJSON *earlier = object->child; earlier != member; earlier = earlier->next)
            if (strcmp(earlier->string, member->string) == 0)
                return member;
    return NULL;
}

const cJSON *json_first_twice(const cJSON *object)
{
    size_t count = (size_t)cJSON_GetArraySize(object);
    return count <= SMALL_OBJECT ? twice_among_few(object) : twice_among_many(object, count);
}

/* `list` holds members of one name: the last takes the place of the first. */
static cJSON *keep_last_of(cJSON *object, struct named *list, size_t count)
{
    cJSON *last = cJSON_DetachItemViaPointer(object, list[count - 1].member);
    for (size_t i = 1; i + 1 < count; i++)
        cJSON_Delete(cJSON_DetachItemViaPointer(object, list[i].member));
    cJSON_ReplaceItemViaPointer(object, list[0].member, last);
    return last;
}

static void keep_last_members(cJSON *object, json_twice_report *report, void *context)
{
    size_t count = (size_t)cJSON_GetArraySize(object);
    struct named *list = sorted_members(object, count);
    for (size_t i = 0, many = 1; i < count; i += many) {
        for (many = 1; i + many < count && same_name(&list[i], &list[i + many]);)
            many++;
        if (many > 1)
            report(context, keep_last_of(object, &list[i], many));
    }
    free(list);
}

/* From the outside in: what does not count is not looked into. */
void json_keep_last(cJSON *tree, json_twice_report *report, void *context)
{
    if (cJSON_IsObject(tree) && json_first_twice(tree) != NULL)
        keep_last_members(tree, report, context);
    for (cJSON *child = tree->child; child != NULL; child = child->next)
        json_keep_last(child, report, context);
}
