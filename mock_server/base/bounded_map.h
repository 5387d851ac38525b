/*
 * Values by text key, of which the oldest is forgotten when there are too many.
 *
 * A value has the size that the map was made with, begins zeroed and lives in the map until it is forgotten, replaced
 * or the map is freed: the pointer to it is good until then. The map copies keys. It takes no lock.
 *
 *     struct bounded_map *seen = bounded_map_new(10000, sizeof(int64_t));
 *     int64_t *at = bounded_map_find(seen, "key");       // NULL: unknown, or forgotten
 *     at = bounded_map_put(seen, "key");                 // zeroed, and the newest of all
 *     for (at = bounded_map_first(seen); at != NULL; at = bounded_map_next(at)) …   // oldest first
 *     bounded_map_free(seen);
 */
#ifndef BASE_BOUNDED_MAP_H
#define BASE_BOUNDED_MAP_H

#include <stddef.h>

#include "base/memory.h"

struct bounded_map;

#define BOUNDED_MAP_ALL ((size_t)-1) /* for `most`: forget nothing */

/* At most `most` (1 or more) values of `value_size` bytes. */
struct bounded_map *bounded_map_new(size_t most, size_t value_size) WARN_UNUSED;
void bounded_map_free(struct bounded_map *map); /* NULL is fine */

/* The value of that key, or NULL. */
void *bounded_map_find(const struct bounded_map *map, const char *key);
/* A new value for the key; an earlier one of that key is forgotten, and so is the oldest of too many. */
void *bounded_map_put(struct bounded_map *map, const char *key);
/* Forgets a value of this map. */
void bounded_map_forget(struct bounded_map *map, void *value);
void bounded_map_clear(struct bounded_map *map);

/* The oldest; and the next newer one, asked before `value` is forgotten. NULL at the end. */
void *bounded_map_first(const struct bounded_map *map);
void *bounded_map_next(const void *value);
/* The key of a value of this map. */
const char *bounded_map_key(const struct bounded_map *map, const void *value);

#endif
