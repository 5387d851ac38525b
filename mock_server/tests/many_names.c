/* Many names at once: the hash under which they are found, the index of an object, and the limits of what is kept and
 * told. That the effort grows with their number alone is counted by scripts/tests/growth. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json_index.h"
#include "base/memory.h"
#include "base/name_set.h"
#include "base/shape.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/suites.h"

/* ── The hash ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What hash() of CPython 3.11 says of these bytes with PYTHONHASHSEED=0: SipHash-1-3 under a key of zeros. */
static void the_hash_is_siphash_1_3(void *context)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } rows[] = {
        {"a", UINT64_C(0x407448d2b89b1813)},
        {"abcdefg", UINT64_C(0x6db12aae9070f506)},
        {"abcdefgh", UINT64_C(0x3f7b849c0b8e35ea)},
        {"abcdefghi", UINT64_C(0xf89b34a3d11eb6e5)},
        {"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", UINT64_C(0xf4fc09318bb2274d)},
    };
    const uint64_t zeros[2] = {0, 0};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        CHECK(hash_with(zeros, rows[i].text, strlen(rows[i].text)) == rows[i].hash);
}

static void nobody_knows_the_key(void *context)
{
    const uint64_t zeros[2] = {0, 0};
    (void)context;
    CHECK(hash_bytes("abcdefgh", 8) == hash_bytes("abcdefgh", 8));
    CHECK(hash_bytes("abcdefgh", 8) != hash_with(zeros, "abcdefgh", 8));
}

/* ── The index ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *name_of(int number, char out[16])
{
    snprintf(out, 16, "m%d", number);
    return out;
}

/* {"m0":0,"m1":1,…}, made without an index. */
static cJSON *object_of(int members)
{
    cJSON *object = cJSON_CreateObject();
    char name[16];
    for (int i = 0; i < members; i++)
        cJSON_AddItemToObject(object, name_of(i, name), json_new_integer(i));
    return object;
}

/* Grows an object from nothing, with look-ups of all that is and of what is not there. */
static void grow(int members)
{
    cJSON *object = cJSON_CreateObject(), *expected = object_of(members);
    struct json_index index;
    char name[16];
    json_index_begin(&index, object);
    for (int i = 0; i < members; i++) {
        CHECK(json_index_find(&index, name_of(i, name)) == NULL);
        json_index_set(&index, name, json_new_integer(-1));
        json_index_set(&index, name, json_new_integer(i));
    }
    for (int i = 0; i < members; i++)
        CHECK(json_index_find(&index, name_of(i, name)) == cJSON_GetArrayItem(object, i));
    json_index_end(&index);
    char *actual_text = json_write(object), *expected_text = json_write(expected);
    CHECK_TEXT(actual_text, expected_text);
    free(actual_text);
    free(expected_text);
    cJSON_Delete(object);
    cJSON_Delete(expected);
}

static void an_index_grows_with_its_object(void *context)
{
    static const int sizes[] = {0, 1, JSON_INDEX_FEW, JSON_INDEX_FEW + 1, 100, 1000};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        grow(sizes[i]);
}

/* Of 40 members the even ones go and come back at the end. */
static void what_is_removed_can_come_again(void *context)
{
    cJSON *object = object_of(40);
    struct json_index index;
    char name[16];
    (void)context;
    json_index_begin(&index, object);
    for (int i = 0; i < 40; i += 2) {
        json_index_remove(&index, name_of(i, name));
        CHECK(json_index_find(&index, name) == NULL);
    }
    json_index_remove(&index, "m0");
    CHECK_INTEGER(cJSON_GetArraySize(object), 20);
    json_index_set(&index, "m0", cJSON_CreateNull());
    CHECK(json_index_find(&index, "m0") == cJSON_GetArrayItem(object, 20));
    CHECK(json_index_find(&index, "m39") == cJSON_GetArrayItem(object, 19));
    json_index_end(&index);
    cJSON_Delete(object);
}

static void the_first_of_a_name_is_found(void *context)
{
    cJSON *object = object_of(40);
    struct json_index index;
    (void)context;
    cJSON_AddItemToObject(object, "m7", cJSON_CreateNull());
    json_index_begin_reading(&index, object);
    CHECK(json_index_find(&index, "m7") == cJSON_GetArrayItem(object, 7));
    json_index_end(&index);
    json_index_begin_reading(&index, NULL);
    CHECK(json_index_find(&index, "m7") == NULL);
    json_index_end(&index);
    cJSON_Delete(object);
}

/* RFC 7386 over fifty members: those that are null go, the others stay where they are, new ones come behind. */
static void many_members_are_merged(void *context)
{
    cJSON *target = object_of(50), *patch = cJSON_CreateObject();
    char name[16];
    (void)context;
    for (int i = 0; i < 50; i++)
        cJSON_AddItemToObject(patch, name_of(i, name), i % 2 == 0 ? cJSON_CreateNull() : cJSON_CreateString("new"));
    cJSON_AddItemToObject(patch, "last", cJSON_CreateTrue());
    json_merge(target, patch);
    CHECK_INTEGER(cJSON_GetArraySize(target), 26);
    CHECK_TEXT(target->child->string, "m1");
    CHECK_TEXT(json_string(target, "m49"), "new");
    CHECK_TEXT(target->child->prev->string, "last");
    CHECK(!json_equal(target, patch));
    cJSON *same = cJSON_Duplicate(patch, true);
    json_merge(patch, same); /* removes its own nulls, and has no other effect */
    cJSON_Delete(same);
    CHECK_INTEGER(cJSON_GetArraySize(patch), 26);
    CHECK(json_equal(target, patch));
    cJSON_Delete(target);
    cJSON_Delete(patch);
}

static void a_set_knows_its_names(void *context)
{
    struct name_set *set = NULL;
    (void)context;
    CHECK(!name_set_has(set, "a"));
    CHECK(name_set_add(&set, "a"));
    CHECK(name_set_has(set, "a"));
    CHECK(!name_set_add(&set, "a"));
    CHECK(!name_set_has(set, "b"));
    name_set_free(set);
}

/* ── What is kept and told is bounded ──────────────────────────────────────────────────────────────────────────── */

static void mistakes_are_told_to_a_limit(void *context)
{
    static const struct shape rows[] = {{"few", SHAPE_ARRAY, .most = 2}, SHAPE_END};
    cJSON *many = object_of(40), *few = json_read_text("{\"few\":[1,2]}"), *more = json_read_text("{\"few\":[1,2,3]}");
    struct text told = TEXT_INIT(4096);
    const struct shape_report report = shape_report_into(&told);
    (void)context;
    CHECK(!shape_check(many, rows, SHAPE_CLOSED, &report));
    CHECK_CONTAINS(text_cstr(&told), "unknown member \"m0\"");
    CHECK_CONTAINS(text_cstr(&told), "unknown member \"m15\"; and 24 mistakes more");
    text_clear(&told);
    CHECK(shape_check(few, rows, SHAPE_CLOSED, &report));
    CHECK(!shape_check(more, rows, SHAPE_CLOSED, &report));
    CHECK_TEXT(text_cstr(&told), "\"few\" has at most 2 elements, and this has 3");
    text_release(&told);
    cJSON_Delete(many);
    cJSON_Delete(few);
    cJSON_Delete(more);
}

/* `before`, so many items with their number, `after`. */
static char *list_of(const char *before, const char *item, const char *after, int count)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    text_add(&out, before);
    for (int i = 0; i < count; i++)
        text_print(&out, "%s%s%d%s", i == 0 ? "" : ",", item, i + 1, item[0] == '"' ? "\"" : "}");
    text_add(&out, after);
    return text_take(&out);
}

static const struct limit {
    const char *name, *path, *before, *item, *after;
    int most;
    const char *says;
} limits[] = {
    {"aliases", "/_mock/orders/dukkango", "{\"aliases\":[", "\"m", "]}", 100, "an order has at most 100 aliases"},
    {"items", "/_mock/orders/akinon", "{\"document\":{\"orderitem_set\":[", "{\"pk\":", "]}}", 1000,
     "\"orderitem_set\" has at most 1000 elements, and this has 1001"},
};

static void an_order_has_limits(void *context)
{
    const struct limit *limit = context;
    struct mock_server *server = start_server();
    char *fits = list_of(limit->before, limit->item, limit->after, limit->most);
    char *more = list_of(limit->before, limit->item, limit->after, limit->most + 1);
    cJSON_Delete(steer(server, "POST", limit->path, fits, 201));
    cJSON *refused = steer(server, "POST", limit->path, more, 400);
    CHECK_TEXT(json_string(refused, "error"), limit->says);
    cJSON_Delete(refused);
    free(fits);
    free(more);
    mock_server_stop(server);
}

void suite_many_names(void)
{
    register_test("many_names", "the hash is SipHash-1-3", the_hash_is_siphash_1_3, NULL);
    register_test("many_names", "nobody knows the key", nobody_knows_the_key, NULL);
    register_test("many_names", "an index grows with its object", an_index_grows_with_its_object, NULL);
    register_test("many_names", "what is removed can come again", what_is_removed_can_come_again, NULL);
    register_test("many_names", "the first of a name is found", the_first_of_a_name_is_found, NULL);
    register_test("many_names", "many members are merged", many_members_are_merged, NULL);
    register_test("many_names", "a set knows its names", a_set_knows_its_names, NULL);
    register_test("many_names", "mistakes are told to a limit", mistakes_are_told_to_a_limit, NULL);
    static struct limit contexts[COUNT_OF(limits)];
    for (size_t i = 0; i < COUNT_OF(limits); i++) {
        contexts[i] = limits[i];
        char *name = mem_print("an order has at most so many %s", limits[i].name);
        register_test("many_names", name, an_order_has_limits, &contexts[i]);
        free(name);
    }
}
