#include "base/bounded_map.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"

/* The value, and behind it the key. */
struct entry {
    UT_hash_handle hh; /* iterated in the order in which they came */
    alignas(max_align_t) char value[];
};

struct bounded_map {
    struct entry *all;
    size_t most, value_size;
};

struct bounded_map *bounded_map_new(size_t most, size_t value_size)
{
    struct bounded_map *map = mem_zero(1, sizeof *map);
    map->most = most;
    map->value_size = value_size;
    return map;
}

void bounded_map_free(struct bounded_map *map)
{
    if (map == NULL)
        return;
    bounded_map_clear(map);
    free(map);
}

static struct entry *entry_of(const void *value)
{
    return (struct entry *)((uintptr_t)value - offsetof(struct entry, value));
}

static void *value_of(struct entry *entry)
{
    return entry == NULL ? NULL : entry->value;
}

void *bounded_map_find(const struct bounded_map *map, const char *key)
{
    struct entry *entry = NULL;
    HASH_FIND_STR(map->all, key, entry);
    return value_of(entry);
}

void bounded_map_forget(struct bounded_map *map, void *value)
{
    struct entry *entry = entry_of(value);
    HASH_DEL(map->all, entry);
    free(entry);
}

void *bounded_map_put(struct bounded_map *map, const char *key)
{
    size_t length = strlen(key);
    void *same = bounded_map_find(map, key);
    struct entry *entry = mem_zero(1, sizeof *entry + map->value_size + length + 1);
    memcpy(entry->value + map->value_size, key, length + 1);
    if (same != NULL)
        bounded_map_forget(map, same);
    while (HASH_COUNT(map->all) >= map->most)
        bounded_map_forget(map, map->all->value);
    HASH_ADD_KEYPTR(hh, map->all, entry->value + map->value_size, length, entry);
    return entry->value;
}

void bounded_map_clear(struct bounded_map *map)
{
    struct entry *entry, *next;
    HASH_ITER (hh, map->all, entry, next) {
        HASH_DEL(map->all, entry);
        free(entry);
    }
}

void *bounded_map_first(const struct bounded_map *map)
{
    return value_of(map->all);
}

void *bounded_map_next(const void *value)
{
    return value_of(entry_of(value)->hh.next);
}

const char *bounded_map_key(const struct bounded_map *map, const void *value)
{
    return (const char *)value + map->value_size;
}
