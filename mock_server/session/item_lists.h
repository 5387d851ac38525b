/*
 * Lists that a provider keeps beside orders: numbers that an account has blocked.
 *
 *     item_lists_add(lists, "shop blocked acme", "+905301234567", now);          // false: it is there already
 *     if (item_lists_has(lists, "shop blocked acme", "+905301234567")) …
 *
 * An item is a text, and stands in a list once, with the session time at which it came. Names of lists hold no line
 * break. Bounded: of more than ITEM_LISTS_MAX items in all lists the oldest is forgotten. Every call may come from any
 * thread.
 */
#ifndef SESSION_ITEM_LISTS_H
#define SESSION_ITEM_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct item_lists;

struct list_item {
    const char *text;
    int64_t at_us;
};

#define ITEM_LISTS_MAX 100000

struct item_lists *item_lists_new(void) WARN_UNUSED;
void item_lists_free(struct item_lists *lists); /* NULL is fine */
void item_lists_clear(struct item_lists *lists);
/* False where nothing changes: it is there already; it is not there. */
bool item_lists_add(struct item_lists *lists, const char *list, const char *item, int64_t now_us);
bool item_lists_remove(struct item_lists *lists, const char *list, const char *item);
bool item_lists_has(struct item_lists *lists, const char *list, const char *item);
/* The items of a list in the order in which they came, copied into the arena. */
const struct list_item *item_lists_read(struct item_lists *lists, const char *list, struct arena *arena, size_t *count);

#endif
