#include "session/item_lists.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bounded_map.h"

struct item_lists {
    pthread_mutex_t lock;
    struct bounded_map *items; /* int64_t: since when, by "list\nitem" */
};

struct item_lists *item_lists_new(void)
{
    struct item_lists *lists = mem_zero(1, sizeof *lists);
    pthread_mutex_init(&lists->lock, NULL);
    lists->items = bounded_map_new(ITEM_LISTS_MAX, sizeof(int64_t));
    return lists;
}

void item_lists_clear(struct item_lists *lists)
{
    pthread_mutex_lock(&lists->lock);
    bounded_map_clear(lists->items);
    pthread_mutex_unlock(&lists->lock);
}

void item_lists_free(struct item_lists *lists)
{
    if (lists == NULL)
        return;
    bounded_map_free(lists->items);
    pthread_mutex_destroy(&lists->lock);
    free(lists);
}

bool item_lists_add(struct item_lists *lists, const char *list, const char *item, int64_t now_us)
{
    char *key = mem_print("%s\n%s", list, item);
    pthread_mutex_lock(&lists->lock);
    bool is_new = bounded_map_find(lists->items, key) == NULL;
    if (is_new)
        *(int64_t *)bounded_map_put(lists->items, key) = now_us;
    pthread_mutex_unlock(&lists->lock);
    free(key);
    return is_new;
}

bool item_lists_remove(struct item_lists *lists, const char *list, const char *item)
{
    char *key = mem_print("%s\n%s", list, item);
    pthread_mutex_lock(&lists->lock);
    void *value = bounded_map_find(lists->items, key);
    if (value != NULL)
        bounded_map_forget(lists->items, value);
    pthread_mutex_unlock(&lists->lock);
    free(key);
    return value != NULL;
}

bool item_lists_has(struct item_lists *lists, const char *list, const char *item)
{
    char *key = mem_print("%s\n%s", list, item);
    pthread_mutex_lock(&lists->lock);
    bool has = bounded_map_find(lists->items, key) != NULL;
    pthread_mutex_unlock(&lists->lock);
    free(key);
    return has;
}

/* The item of a key of that list; NULL for one of another. */
static const char *item_of(const char *key, const char *list, size_t list_length)
{
    return strncmp(key, list, list_length) == 0 && key[list_length] == '\n' ? key + list_length + 1 : NULL;
}

/* The lock is held. *count is how many there are; with `out` they are copied there. */
static void visit(const struct item_lists *lists, const char *list, struct arena *arena, struct list_item *out,
                  size_t *count)
{
    size_t length = strlen(list);
    *count = 0;
    for (const int64_t *at = bounded_map_first(lists->items); at != NULL; at = bounded_map_next(at)) {
        const char *item = item_of(bounded_map_key(lists->items, at), list, length);
        if (item == NULL)
            continue;
        if (out != NULL)
            out[*count] = (struct list_item){arena_dup(arena, item), *at};
        ++*count;
    }
}

const struct list_item *item_lists_read(struct item_lists *lists, const char *list, struct arena *arena, size_t *count)
{
    pthread_mutex_lock(&lists->lock);
    visit(lists, list, arena, NULL, count);
    struct list_item *items = arena_alloc(arena, (*count + 1) * sizeof *items);
    visit(lists, list, arena, items, count);
    pthread_mutex_unlock(&lists->lock);
    return items;
}
