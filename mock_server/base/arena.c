/*
 * A list of blocks that double in size, and a list of things to release. An ordinary request fits into the first block.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK ((size_t)3 * 1024)
#define ALIGNMENT   _Alignof(max_align_t)

struct block {
    struct block *next;
    size_t room;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*release)(void *);
    void *what;
};

struct arena {
    struct block *blocks; /* the newest first; allocation goes there */
    struct deferred *deferred;
    size_t size;
};

static struct block *block_new(struct arena *arena, size_t room)
{
    struct block *block = mem_alloc(sizeof *block + room);
    *block = (struct block){.next = arena->blocks, .room = room};
    arena->blocks = block;
    arena->size += sizeof *block + room;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = mem_zero(1, sizeof *arena);
    (void)block_new(arena, FIRST_BLOCK);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct deferred *entry = arena->deferred; entry != NULL; entry = entry->next)
        entry->release(entry->what);
    for (struct block *block = arena->blocks; block != NULL;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4)
        abort(); /* sizes are capped long before */
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->blocks;
    if (block->room - block->used < rounded) {
        size_t room = block->room * 2;
        block = block_new(arena, rounded > room ? rounded : room);
    }
    void *memory = block->bytes + block->used;
    block->used += rounded;
    return memset(memory, 0, rounded);
}

char *arena_dup(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_dup_bytes(arena, text, strlen(text));
}

char *arena_dup_bytes(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    if (length > 0)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *what)
{
    struct deferred *entry = arena_alloc(arena, sizeof *entry);
    *entry = (struct deferred){.next = arena->deferred, .release = release, .what = what};
    arena->deferred = entry;
}

void arena_adopt(struct arena *arena, char *bytes, size_t size)
{
    arena_defer(arena, free, bytes);
    arena->size += size;
}

size_t arena_size(const struct arena *arena)
{
    return arena->size;
}
