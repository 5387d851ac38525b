/*
 * The members of an object by name, in the same time however many there are and whatever they are called.
 *
 * cJSON looks through all members for each name. That is the quickest way for ten, and for 100,000 that a client or a
 * test has sent it takes ten seconds to look up each once. An index is a table under the hash of base/hash.h. A small
 * object gets none and is looked through.
 *
 *     struct json_index index;
 *     json_index_begin(&index, object);
 *     cJSON *member = json_index_find(&index, "id");
 *     json_index_set(&index, "state", cJSON_CreateString("sent"));
 *     json_index_end(&index);
 *
 * While it is there, the object gains and loses members through it alone. The object is lent. Of members of one name
 * the first is found, as json_member() has it. What is no object has no members.
 */
#ifndef BASE_JSON_INDEX_H
#define BASE_JSON_INDEX_H

#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/memory.h"

#define JSON_INDEX_FEW 16 /* up to so many members need no table */

struct json_index_place;

struct json_index {
    const cJSON *object;
    cJSON *changed;                  /* the same; NULL while it is only read */
    struct json_index_place *places; /* NULL: the object is looked through */
    size_t room, taken;              /* places, and those that hold a member or held one; room is a power of 2 */
    size_t count;                    /* members, while there is no table */
};

void json_index_begin(struct json_index *index, cJSON *object);
void json_index_begin_reading(struct json_index *index, const cJSON *object); /* to find only */
void json_index_end(struct json_index *index);

/* NULL when there is none. */
cJSON *json_index_find(const struct json_index *index, const char *name);
/* Replaces the member of that name, or becomes the last. `value` becomes the object's. */
void json_index_set(struct json_index *index, const char *name, cJSON *value);
/* Nothing where there is none. */
void json_index_remove(struct json_index *index, const char *name);

#endif
