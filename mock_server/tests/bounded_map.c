/* base/bounded_map.h: what is found, what is forgotten, in which order it is seen. */
#include "base/bounded_map.h"

#include <stdint.h>

#include "base/tests/check.h"
#include "tests/suites.h"

static void put(struct bounded_map *map, const char *key, int64_t value)
{
    int64_t *at = bounded_map_put(map, key);
    CHECK_INTEGER(*at, 0);
    *at = value;
}

/* 0 where there is none. */
static int64_t value_of(const struct bounded_map *map, const char *key)
{
    const int64_t *at = bounded_map_find(map, key);
    return at == NULL ? 0 : *at;
}

/* The values as digits of one number, oldest first. */
static int64_t in_order(const struct bounded_map *map)
{
    int64_t digits = 0;
    for (const int64_t *at = bounded_map_first(map); at != NULL; at = bounded_map_next(at))
        digits = digits * 10 + *at;
    return digits;
}

static void the_oldest_is_forgotten(void *context)
{
    struct bounded_map *map = bounded_map_new(3, sizeof(int64_t));
    (void)context;
    put(map, "a", 1);
    put(map, "b", 2);
    put(map, "", 3);
    CHECK_INTEGER(in_order(map), 123);
    put(map, "d", 4);
    CHECK_INTEGER(in_order(map), 234);
    CHECK_INTEGER(value_of(map, "a"), 0);
    CHECK_INTEGER(value_of(map, ""), 3);
    bounded_map_free(map);
}

static void a_key_that_comes_again_is_the_newest(void *context)
{
    struct bounded_map *map = bounded_map_new(2, sizeof(int64_t));
    (void)context;
    put(map, "a", 1);
    put(map, "b", 2);
    put(map, "a", 3);
    CHECK_INTEGER(in_order(map), 23);
    put(map, "c", 4);
    CHECK_INTEGER(in_order(map), 34);
    bounded_map_free(map);
}

static void what_is_forgotten_by_hand_makes_room(void *context)
{
    struct bounded_map *map = bounded_map_new(2, sizeof(int64_t));
    (void)context;
    CHECK(bounded_map_first(map) == NULL);
    put(map, "a", 1);
    put(map, "b", 2);
    bounded_map_forget(map, bounded_map_find(map, "b"));
    put(map, "c", 3);
    CHECK_INTEGER(in_order(map), 13);
    bounded_map_clear(map);
    CHECK(bounded_map_first(map) == NULL);
    put(map, "d", 4);
    CHECK_INTEGER(in_order(map), 4);
    bounded_map_free(map);
    bounded_map_free(NULL);
}

static void all_means_all(void *context)
{
    struct bounded_map *map = bounded_map_new(BOUNDED_MAP_ALL, 1);
    char key[] = "00";
    size_t count = 0;
    (void)context;
    for (key[0] = '0'; key[0] <= '9'; key[0]++)
        for (key[1] = '0'; key[1] <= '9'; key[1]++)
            bounded_map_put(map, key);
    for (const void *at = bounded_map_first(map); at != NULL; at = bounded_map_next(at))
        count++;
    CHECK_INTEGER(count, 100);
    bounded_map_free(map);
}

void suite_bounded_map(void)
{
    register_test("bounded_map", "the oldest is forgotten", the_oldest_is_forgotten, NULL);
    register_test("bounded_map", "a key that comes again is the newest", a_key_that_comes_again_is_the_newest, NULL);
    register_test("bounded_map", "what is forgotten by hand makes room", what_is_forgotten_by_hand_makes_room, NULL);
    register_test("bounded_map", "all means all", all_means_all, NULL);
}
