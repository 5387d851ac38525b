/* session/item_lists.h: what stands in a list, in which order, and what other lists see of it. */
#include "session/item_lists.h"

#include <stdlib.h>

#include "base/tests/check.h"
#include "tests/suites.h"

/* "a@1 b@2": the items of a list with their times. */
static const char *shown(struct item_lists *lists, const char *list, struct arena *arena)
{
    size_t count = 0;
    const struct list_item *items = item_lists_read(lists, list, arena, &count);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = arena_print(arena, "%s%s%s@%lld", text, i == 0 ? "" : " ", items[i].text, (long long)items[i].at_us);
    return text;
}

static void an_item_stands_there_once(void *context)
{
    struct item_lists *lists = item_lists_new();
    struct arena *arena = arena_new();
    (void)context;
    CHECK(item_lists_add(lists, "one", "b", 1));
    CHECK(item_lists_add(lists, "one", "a", 2));
    CHECK(!item_lists_add(lists, "one", "b", 3));
    CHECK_TEXT(shown(lists, "one", arena), "b@1 a@2");
    CHECK(item_lists_remove(lists, "one", "b"));
    CHECK(!item_lists_remove(lists, "one", "b"));
    CHECK(!item_lists_has(lists, "one", "b"));
    CHECK(item_lists_add(lists, "one", "b", 4));
    CHECK_TEXT(shown(lists, "one", arena), "a@2 b@4");
    item_lists_clear(lists);
    CHECK_TEXT(shown(lists, "one", arena), "");
    arena_free(arena);
    item_lists_free(lists);
}

static void lists_know_nothing_of_each_other(void *context)
{
    struct item_lists *lists = item_lists_new();
    struct arena *arena = arena_new();
    (void)context;
    CHECK(item_lists_add(lists, "one", "a", 1));
    CHECK(item_lists_add(lists, "on", "e\na", 2));
    CHECK(item_lists_add(lists, "one two", "a", 3));
    CHECK_TEXT(shown(lists, "one", arena), "a@1");
    CHECK_TEXT(shown(lists, "one two", arena), "a@3");
    CHECK(!item_lists_has(lists, "two", "a"));
    arena_free(arena);
    item_lists_free(lists);
}

static void the_oldest_of_too_many_is_forgotten(void *context)
{
    struct item_lists *lists = item_lists_new();
    (void)context;
    for (int i = 0; i <= ITEM_LISTS_MAX; i++) {
        char *item = mem_print("%d", i);
        CHECK(item_lists_add(lists, "one", item, i));
        free(item);
    }
    CHECK(!item_lists_has(lists, "one", "0"));
    CHECK(item_lists_has(lists, "one", "1"));
    item_lists_free(lists);
}

void suite_item_lists(void)
{
    register_test("item_lists", "an item stands there once", an_item_stands_there_once, NULL);
    register_test("item_lists", "lists know nothing of each other", lists_know_nothing_of_each_other, NULL);
    register_test("item_lists", "the oldest of too many is forgotten", the_oldest_of_too_many_is_forgotten, NULL);
}
