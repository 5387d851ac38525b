/* base/json_path.h: places in a tree, differences between trees; and the builders of base/json.h. */
#include <stdlib.h>
#include <string.h>

#include "base/json_path.h"
#include "base/tests/check.h"
#include "tests/suites.h"

struct place {
    const char *path, *plain;
};

static const char place_text[] =
    "{\"a/b\":{\"~\":[5,{\"c.d\":6}]},\"\":7,\"0\":\"zero\",\"~1\":8,\"s\":\"a\\\"ş\",\"n\":null}";

static struct place pointers[] = {
    {"/a~1b/~0/0", "5"},
    {"/a~1b/~0/1/c.d", "6"},
    {"/", "7"},
    {"/0", "zero"},
    {"/~01", "8"},
    {"/s", "a\"ş"},
    {"/n", "null"},
    {"/a~1b/~0", "[5,{\"c.d\":6}]"},
    {"/a~1b/~0/2", "(nothing)"},
    {"/a~1b/~0/00", "(nothing)"},
    {"/a~1b/~0/-1", "(nothing)"},
    {"/a~1b/~0/", "(nothing)"},
    {"/a~1b/~0/x", "(nothing)"},
    {"/a~1b/~0/99999999999", "(nothing)"},
    {"/A~1B", "(nothing)"},
    {"/s/0", "(nothing)"},
    {"/n/x", "(nothing)"},
    {"a~1b", "(nothing)"},
};

static void pointers_lead_to_places(void *context)
{
    const struct place *place = context;
    cJSON *root = json_read_text(place_text);
    char *plain = json_plain(json_at(root, place->path));
    CHECK_TEXT(plain, place->plain);
    CHECK(json_at(root, "") == root);
    CHECK(json_at(NULL, place->path) == NULL);
    free(plain);
    cJSON_Delete(root);
}

/* The way back: from a place to its pointer. */
static void places_lead_to_pointers(void *context)
{
    cJSON *root = json_read_text(place_text), *other = json_read_text("7");
    (void)context;
    for (size_t i = 0; i < 8; i++) {
        char *pointer = json_pointer_to(root, json_at(root, pointers[i].path));
        CHECK_TEXT(pointer, pointers[i].path);
        free(pointer);
    }
    char *of_root = json_pointer_to(root, root);
    CHECK_TEXT(of_root, "");
    CHECK(json_pointer_to(root, other) == NULL);
    CHECK(json_pointer_to(root, NULL) == NULL);
    CHECK(json_pointer_to(NULL, NULL) == NULL);
    free(of_root);
    cJSON_Delete(other);
    cJSON_Delete(root);
}

static struct place dots[] = {
    {"s", "a\"ş"},        {"0", "zero"}, {"a/b.~.0", "5"}, {"a/b.~.1", "{\"c.d\":6}"}, {"a/b.~.2", "(nothing)"},
    {"x.y", "(nothing)"},
};

static void dots_lead_to_places(void *context)
{
    const struct place *place = context;
    cJSON *root = json_read_text(place_text);
    char *longer = mem_print("%s.more", place->path); /* the length alone says where the path ends */
    char *plain = json_plain(json_at_dots(root, longer, strlen(place->path)));
    CHECK_TEXT(plain, place->plain);
    CHECK(json_at_dots(root, longer, 0) == root);
    free(plain);
    free(longer);
    cJSON_Delete(root);
}

struct pair {
    const char *actual, *expected;
    const char *where; /* NULL: covered */
};

static struct pair pairs[] = {
    {"{\"a\":1,\"b\":2}", "{\"a\":1}", NULL},
    {"{\"a\":{\"b\":[1,{\"c\":2}],\"d\":3}}", "{\"a\":{\"b\":[1,{\"c\":2}]}}", NULL},
    {"{\"a\":1.0}", "{\"a\":1}", NULL},
    {"{\"a\":1.50}", "{\"a\":1.5}", NULL},
    {"{\"a\":9007199254740993}", "{\"a\":9007199254740992}", "/a"},
    {"{\"a\":{\"b\":2}}", "{\"a\":{\"b\":3}}", "/a/b"},
    {"{\"a\":{\"b/~\":2}}", "{\"a\":{\"b/~\":3}}", "/a/b~1~0"},
    {"{\"A\":1}", "{\"a\":1}", "/a"},
    {"{\"a\":null}", "{\"b\":null}", "/b"},
    {"{\"a\":null}", "{\"a\":null}", NULL},
    {"{\"a\":[1,2]}", "{\"a\":[1]}", "/a"},
    {"{\"a\":[{\"x\":1,\"y\":2}]}", "{\"a\":[{\"x\":1}]}", "/a"},
    {"{\"a\":{}}", "{\"a\":[]}", "/a"},
    {"[1]", "{}", ""},
    {"\"x\"", "\"x\"", NULL},
};

static void covers_a_part(void *context)
{
    const struct pair *pair = context;
    cJSON *actual = json_read_text(pair->actual), *expected = json_read_text(pair->expected);
    char *where = NULL;
    CHECK_INTEGER(json_covers(actual, expected, &where), pair->where == NULL);
    CHECK_TEXT(where, pair->where);
    CHECK_INTEGER(json_covers(actual, expected, NULL), pair->where == NULL);
    CHECK(!json_covers(NULL, expected, NULL));
    free(where);
    cJSON_Delete(actual);
    cJSON_Delete(expected);
}

static char *twice(const char *text, const void *with)
{
    return strcmp(text, with) == 0 ? NULL : mem_print("%s%s", text, text);
}

static void strings_are_mapped(void *context)
{
    cJSON *tree = json_read_text("{\"a\":\"x\",\"b\":[\"keep\",\"yz\",1,{\"c\":\"w\"}]}");
    (void)context;
    json_map_strings(tree, twice, "keep");
    json_map_strings(NULL, twice, "keep");
    char *text = json_write(tree);
    CHECK_TEXT(text, "{\"a\":\"xx\",\"b\":[\"keep\",\"yzyz\",1,{\"c\":\"ww\"}]}");
    free(text);
    cJSON_Delete(tree);
}

static void trees_are_built(void *context)
{
    cJSON *tree = cJSON_CreateObject(), *list = cJSON_CreateArray();
    (void)context;
    json_push_string(list, "a");
    json_push_string(list, NULL);
    json_set(tree, "list", list);
    json_set(tree, "none", NULL);
    json_set_string(tree, "text", NULL);
    json_set_integer(tree, "seven", 7);
    json_set(tree, "half", cJSON_CreateNumber(0.5));
    json_set_string(tree, "text", "t");
    char *text = json_shown(tree);
    CHECK_TEXT(text, "{\"list\":[\"a\",null],\"none\":null,\"text\":\"t\",\"seven\":7,\"half\":0.5}");
    CHECK_INTEGER(json_int_or(tree, "seven", -1), 7);
    CHECK_INTEGER(json_int_or(tree, "half", -1), -1);
    CHECK_INTEGER(json_int_or(tree, "text", -1), -1);
    CHECK_INTEGER(json_int_or(tree, "absent", -1), -1);
    cJSON *same = json_read_bytes(text, strlen(text));
    CHECK(json_equal(tree, same)); /* also the number that has no digits of its own */
    CHECK(json_read_bytes("{}\0", 3) == NULL);
    free(text);
    text = json_shown(NULL);
    CHECK_TEXT(text, "(nothing)");
    free(text);
    cJSON_Delete(same);
    cJSON_Delete(tree);
}

static void ints_have_a_range(void *context)
{
    cJSON *tree =
        json_read_text("{\"most\":2147483647,\"more\":2147483648,\"least\":-2147483648,\"point\":3.0,\"huge\":1e99}");
    (void)context;
    CHECK_INTEGER(json_int_or(tree, "most", 0), 2147483647);
    CHECK_INTEGER(json_int_or(tree, "more", 0), 0);
    CHECK_INTEGER(json_int_or(tree, "least", 0), INT64_C(-2147483648));
    CHECK_INTEGER(json_int_or(tree, "point", 0), 3);
    CHECK_INTEGER(json_int_or(tree, "huge", 0), 0);
    cJSON_Delete(tree);
}

static void kinds_have_names(void *context)
{
    static const char *const texts[][2] = {{"\"\"", "a string"}, {"1", "a number"},   {"true", "true or false"},
                                           {"[]", "an array"},   {"{}", "an object"}, {"null", "null"}};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        cJSON *node = json_read_text(texts[i][0]);
        CHECK_TEXT(json_kind(node), texts[i][1]);
        cJSON_Delete(node);
    }
}

void suite_json_path(void)
{
    register_test("json path", "places lead to their pointers", places_lead_to_pointers, NULL);
    for (size_t i = 0; i < COUNT_OF(pointers); i++) {
        char *name = mem_print("pointers lead to places: %s", pointers[i].path);
        register_test("json path", name, pointers_lead_to_places, &pointers[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(dots); i++) {
        char *name = mem_print("dots lead to places: %s", dots[i].path);
        register_test("json path", name, dots_lead_to_places, &dots[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        char *name = mem_print("covers a part %zu: %s", i, pairs[i].expected);
        register_test("json path", name, covers_a_part, &pairs[i]);
        free(name);
    }
    register_test("json path", "strings are mapped", strings_are_mapped, NULL);
    register_test("json path", "trees are built", trees_are_built, NULL);
    register_test("json path", "ints have a range", ints_have_a_range, NULL);
    register_test("json path", "kinds have names", kinds_have_names, NULL);
}
