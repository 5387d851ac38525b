/*
 * A table with open places: a name that finds its place taken takes the next one. A member that is removed leaves its
 * place taken, so that the search for others goes on behind it.
 */
#include "base/json_index.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

struct json_index_place {
    cJSON *member; /* NULL where it is free, and where a member was removed */
    uint64_t hash; /* of its name; 0 where it is free */
};

static uint64_t hash_of(const char *name)
{
    return hash_bytes(name, strlen(name)) | 1; /* never that of a free place */
}

/* The place of that name, or the free one where it would be found. */
static struct json_index_place *place_of(const struct json_index *index, const char *name, uint64_t hash)
{
    for (size_t at = (hash >> 1) & (index->room - 1);; at = (at + 1) & (index->room - 1)) {
        struct json_index_place *place = &index->places[at];
        bool same = place->hash == hash && place->member != NULL && strcmp(place->member->string, name) == 0;
        if (same || place->hash == 0)
            return place;
    }
}

/* The first member of a name stays the one that is found. */
static void take_place(struct json_index *index, cJSON *member)
{
    uint64_t hash = hash_of(member->string);
    struct json_index_place *place = place_of(index, member->string, hash);
    if (place->hash != 0)
        return;
    *place = (struct json_index_place){member, hash};
    index->taken++;
}

/* All members into a new table with room for as many again. */
static void make_table(struct json_index *index, size_t members)
{
    free(index->places);
    index->taken = 0;
    for (index->room = 64; index->room < members * 4;)
        index->room *= 2;
    index->places = mem_zero(index->room, sizeof *index->places);
    for (cJSON *member = index->object->child; member != NULL; member = member->next)
        take_place(index, member);
}

void json_index_begin_reading(struct json_index *index, const cJSON *object)
{
    *index = (struct json_index){.object = cJSON_IsObject(object) ? object : NULL};
    if (index->object != NULL)
        index->count = (size_t)cJSON_GetArraySize(object);
    if (index->count > JSON_INDEX_FEW)
        make_table(index, index->count);
}

void json_index_begin(struct json_index *index, cJSON *object)
{
    json_index_begin_reading(index, object);
    index->changed = index->object == NULL ? NULL : object;
}

void json_index_end(struct json_index *index)
{
    free(index->places);
    *index = (struct json_index){0};
}

cJSON *json_index_find(const struct json_index *index, const char *name)
{
    if (index->places == NULL)
        return index->object == NULL ? NULL : cJSON_GetObjectItemCaseSensitive(index->object, name);
    return place_of(index, name, hash_of(name))->member;
}

static void add(struct json_index *index, cJSON *value)
{
    if (index->places == NULL && ++index->count > JSON_INDEX_FEW)
        make_table(index, index->count);
    else if (index->places != NULL && index->taken * 2 > index->room)
        make_table(index, index->taken);
    else if (index->places != NULL)
        take_place(index, value);
}

void json_index_set(struct json_index *index, const char *name, cJSON *value)
{
    cJSON *former = json_index_find(index, name);
    if (former == NULL) {
        cJSON_AddItemToObject(index->changed, name, value);
        add(index, value);
        return;
    }
    struct json_index_place *place = index->places == NULL ? NULL : place_of(index, name, hash_of(name));
    if (place != NULL)
        place->member = value;
    free(value->string);
    value->string = mem_dup(name);
    cJSON_ReplaceItemViaPointer(index->changed, former, value);
}

/* Another member of that name, behind the first, cannot be: whoever removes has read with JSON_UNIQUE, or merges. */
void json_index_remove(struct json_index *index, const char *name)
{
    cJSON *member = json_index_find(index, name);
    if (member == NULL)
        return;
    if (index->places != NULL)
        place_of(index, name, hash_of(name))->member = NULL;
    else
        index->count--;
    cJSON_Delete(cJSON_DetachItemViaPointer(index->changed, member));
}
