/*
 * One object over another. What is laid over comes from outside, so its names may be many: they are found by an index.
 */
#include "base/json.h"
#include "base/json_index.h"

static void merge_member(struct json_index *target, const cJSON *item)
{
    if (cJSON_IsNull(item)) {
        json_index_remove(target, item->string);
    } else if (cJSON_IsObject(item)) {
        if (!cJSON_IsObject(json_index_find(target, item->string)))
            json_index_set(target, item->string, cJSON_CreateObject());
        json_merge(json_index_find(target, item->string), item);
    } else {
        json_index_set(target, item->string, cJSON_Duplicate(item, true));
    }
}

void json_merge(cJSON *target, const cJSON *patch)
{
    struct json_index index;
    json_index_begin(&index, target);
    for (const cJSON *item = patch->child; item != NULL; item = item->next)
        merge_member(&index, item);
    json_index_end(&index);
}

void json_overlay(cJSON *target, const cJSON *over)
{
    if (over == NULL || over->child == NULL)
        return;
    struct json_index index;
    json_index_begin(&index, target);
    for (const cJSON *item = over->child; item != NULL; item = item->next)
        json_index_set(&index, item->string, cJSON_Duplicate(item, true));
    json_index_end(&index);
}
