/*
 * Memory that is born and released together: everything that one request needs.
 *
 * An arena only grows; arena_free() gives everything back at once, including what was handed over with arena_defer()
 * (JSON trees, for instance). It has one owner and is not shared between threads while it grows.
 *
 *     struct arena *arena = arena_new();
 *     char *name = arena_dup(arena, "Şükrü");
 *     arena_defer(arena, release_tree, tree);     // release_tree(tree) runs in arena_free()
 *     arena_free(arena);
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/memory.h"

struct arena;

struct arena *arena_new(void) WARN_UNUSED;
void arena_free(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size) WARN_UNUSED;    /* zeroed, aligned for any type */
char *arena_dup(struct arena *arena, const char *text) WARN_UNUSED; /* NULL stays NULL */
char *arena_dup_bytes(struct arena *arena, const char *bytes, size_t length) WARN_UNUSED; /* a NUL is added */
char *arena_print(struct arena *arena, const char *format, ...) PRINTF(2, 3) WARN_UNUSED;
void arena_defer(struct arena *arena, void (*release)(void *), void *what);

/* Takes bytes from malloc(): they are freed and counted with the rest. */
void arena_adopt(struct arena *arena, char *bytes, size_t size);

/* Bytes held, for the journal's limit. */
size_t arena_size(const struct arena *arena);

#endif
