/*
 * One hash table for all names of all orders (uthash), and a list of the orders as they were made, under one lock.
 *
 * A name in the table is "provider/id": ids of different providers never meet. Orders of lazy seeds
 * (session/lazy_seed.h) come into the table when somebody asks for them.
 */
#include "session/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include <utlist.h>

#include "model/provider.h"
#include "session/lazy_seed.h"

/* The place of one order; what is in it is replaced at each commit. */
struct slot {
    const struct order *order;
    uint64_t ordinal;
    struct slot *prev, *next;
};

struct name {
    struct slot *slot;
    UT_hash_handle hh;
    char key[];
};

/* A lazy seed in its place. */
struct lazy_place {
    struct lazy_seed *lazy;
    struct lazy_place *prev, *next;
};

struct store {
    pthread_mutex_t lock;
    struct name *names;
    struct slot *slots;
    struct lazy_place *lazy_seeds;
    uint64_t next_ordinal;
    uint64_t version;
};

struct store *store_new(void)
{
    struct store *store = mem_zero(1, sizeof *store);
    pthread_mutex_init(&store->lock, NULL);
    return store;
}

static void clear(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    struct name *name, *next_name;
    HASH_ITER (hh, store->names, name, next_name) {
        HASH_DEL(store->names, name);
        free(name);
    }
    struct slot *slot, *next_slot;
    DL_FOREACH_SAFE (store->slots, slot, next_slot) {
        DL_DELETE(store->slots, slot);
        order_drop(slot->order);
        free(slot);
    }
    struct lazy_place *place, *next_place;
    DL_FOREACH_SAFE (store->lazy_seeds, place, next_place) {
        DL_DELETE(store->lazy_seeds, place);
        lazy_seed_free(place->lazy);
        free(place);
    }
    store->next_ordinal = 0;
    pthread_mutex_unlock(&store->lock);
}

void store_free(struct store *store)
{
    if (store == NULL)
        return;
    clear(store);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

#define KEY_MAX (ORDER_NAME_MAX + 64)

/* "provider/id" in `out`; 0 when it is too long to be anybody's name. Names of orders are checked before they come
 * here. */
static size_t write_key(const struct provider *provider, const char *id, char out[KEY_MAX])
{
    size_t head = strlen(provider->name), tail = strlen(id);
    if (head + tail + 2 > KEY_MAX)
        return 0;
    memcpy(out, provider->name, head);
    out[head] = '/';
    memcpy(out + head + 1, id, tail + 1);
    return head + 1 + tail;
}

static struct name *find(struct store *store, const struct provider *provider, const char *id)
{
    char key[KEY_MAX];
    size_t length = write_key(provider, id, key);
    struct name *name = NULL;
    if (length > 0)
        HASH_FIND(hh, store->names, key, length, name);
    return name;
}

static void add_name(struct store *store, const struct order *order, const char *id, struct slot *slot)
{
    char key[KEY_MAX];
    size_t length = write_key(order->provider, id, key);
    if (length == 0)
        return;
    struct name *name = mem_alloc(sizeof *name + length + 1);
    name->slot = slot;
    memcpy(name->key, key, length + 1);
    HASH_ADD_KEYPTR(hh, store->names, name->key, length, name);
}

static void add_names(struct store *store, const struct order *order, struct slot *slot)
{
    add_name(store, order, order->id, slot);
    for (size_t i = 0; i < order->alias_count; i++)
        add_name(store, order, order->aliases[i], slot);
}

static void add_slot(struct store *store, struct order *order, uint64_t ordinal)
{
    struct slot *slot = mem_zero(1, sizeof *slot);
    order->version = ++store->version;
    slot->order = order;
    slot->ordinal = ordinal;
    DL_APPEND(store->slots, slot);
    add_names(store, order, slot);
}

static void make_one(struct store *store, struct lazy_seed *lazy, int64_t n)
{
    struct order *order = lazy_seed_has_made(lazy, n) ? NULL : lazy_seed_make(lazy, n);
    if (order != NULL)
        add_slot(store, order, lazy_seed_first(lazy) + (uint64_t)n - 1);
}

static struct name *find_or_make(struct store *store, const struct provider *provider, const char *id)
{
    struct name *name = find(store, provider, id);
    struct lazy_place *at;
    if (name != NULL || store->lazy_seeds == NULL)
        return name;
    DL_FOREACH (store->lazy_seeds, at) {
        int64_t n = lazy_seed_provider(at->lazy) == provider ? lazy_seed_number_of(at->lazy, id) : 0;
        if (n > 0) {
            make_one(store, at->lazy, n);
            return find(store, provider, id);
        }
    }
    return NULL;
}

const struct order *store_load(struct store *store, const struct provider *provider, const char *key)
{
    pthread_mutex_lock(&store->lock);
    struct name *name = find_or_make(store, provider, key);
    const struct order *order = name == NULL ? NULL : order_hold(name->slot->order);
    pthread_mutex_unlock(&store->lock);
    return order;
}

static void remove_name(struct store *store, const struct order *order, const char *id)
{
    struct name *name = find(store, order->provider, id);
    if (name != NULL) {
        HASH_DEL(store->names, name);
        free(name);
    }
}

static void remove_names(struct store *store, const struct order *order)
{
    remove_name(store, order, order->id);
    for (size_t i = 0; i < order->alias_count; i++)
        remove_name(store, order, order->aliases[i]);
}

/* Whether a name of `order` belongs to an order in another slot. */
static bool is_taken(struct store *store, const struct order *order, const struct slot *own)
{
    struct name *name = find_or_make(store, order->provider, order->id);
    bool taken = name != NULL && name->slot != own;
    for (size_t i = 0; i < order->alias_count && !taken; i++) {
        name = find_or_make(store, order->provider, order->aliases[i]);
        taken = name != NULL && name->slot != own;
    }
    return taken;
}

enum store_result store_add(struct store *store, struct order *order)
{
    pthread_mutex_lock(&store->lock);
    enum store_result result = is_taken(store, order, NULL) ? STORE_DUPLICATE : STORE_OK;
    if (result == STORE_OK)
        add_slot(store, order, store->next_ordinal++);
    pthread_mutex_unlock(&store->lock);
    if (result != STORE_OK)
        order_drop(order);
    return result;
}

uint64_t store_next_ordinal(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    uint64_t ordinal = store->next_ordinal;
    pthread_mutex_unlock(&store->lock);
    return ordinal;
}

/* Whether an order that is there, in a lazy seed or not, has a name of this lazy seed. */
static bool is_lazy_seed_taken(struct store *store, const struct lazy_seed *lazy)
{
    const char *provider = lazy_seed_provider(lazy)->name;
    size_t head = strlen(provider);
    struct lazy_place *at;
    DL_FOREACH (store->lazy_seeds, at)
        if (lazy_seeds_collide(at->lazy, lazy))
            return true;
    for (const struct name *name = store->names; name != NULL; name = name->hh.next)
        if (strncmp(name->key, provider, head) == 0 && name->key[head] == '/' &&
            lazy_seed_number_of(lazy, name->key + head + 1) > 0)
            return true;
    return false;
}

enum store_result store_add_lazy_seed(struct store *store, struct lazy_seed *lazy)
{
    pthread_mutex_lock(&store->lock);
    enum store_result result = is_lazy_seed_taken(store, lazy) ? STORE_DUPLICATE : STORE_OK;
    if (result == STORE_OK) {
        struct lazy_place *place = mem_zero(1, sizeof *place);
        place->lazy = lazy;
        DL_APPEND(store->lazy_seeds, place);
        store->next_ordinal = lazy_seed_first(lazy) + (uint64_t)lazy_seed_count(lazy);
    }
    pthread_mutex_unlock(&store->lock);
    if (result != STORE_OK)
        lazy_seed_free(lazy);
    return result;
}

/* The slot that still holds exactly the order that was loaded. */
static struct slot *slot_of(struct store *store, const struct order *old)
{
    struct name *name = find(store, old->provider, old->id);
    return name != NULL && name->slot->order == old ? name->slot : NULL;
}

static bool same_names(const struct order *a, const struct order *b)
{
    if (strcmp(a->id, b->id) != 0 || a->alias_count != b->alias_count)
        return false;
    for (size_t i = 0; i < a->alias_count; i++)
        if (strcmp(a->aliases[i], b->aliases[i]) != 0)
            return false;
    return true;
}

enum store_result store_commit(struct store *store, const struct order *old, struct order *changed)
{
    pthread_mutex_lock(&store->lock);
    struct slot *slot = slot_of(store, old);
    enum store_result result = slot == NULL                     ? STORE_CHANGED
                               : is_taken(store, changed, slot) ? STORE_DUPLICATE
                                                                : STORE_OK;
    if (result == STORE_OK) {
        changed->version = ++store->version;
        if (!same_names(old, changed)) {
            remove_names(store, old);
            add_names(store, changed, slot);
        }
        slot->order = changed;
    }
    pthread_mutex_unlock(&store->lock);
    order_drop(result == STORE_OK ? old : changed); /* the store's own reference to the old one */
    return result;
}

enum store_result store_remove(struct store *store, const struct order *old)
{
    pthread_mutex_lock(&store->lock);
    struct slot *slot = slot_of(store, old);
    if (slot != NULL) {
        remove_names(store, old);
        DL_DELETE(store->slots, slot);
    }
    pthread_mutex_unlock(&store->lock);
    if (slot == NULL)
        return STORE_CHANGED;
    free(slot);
    order_drop(old);
    return STORE_OK;
}

void store_swap(struct store *store, struct store *fresh)
{
    pthread_mutex_lock(&store->lock);
    const struct store old = *store;
    store->names = fresh->names;
    store->slots = fresh->slots;
    store->lazy_seeds = fresh->lazy_seeds;
    store->next_ordinal = fresh->next_ordinal;
    fresh->names = old.names;
    fresh->slots = old.slots;
    fresh->lazy_seeds = old.lazy_seeds;
    store->version += fresh->version;
    pthread_mutex_unlock(&store->lock);
}

/* ── Listing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Makes at most `limit` of a lazy seed's orders from the ordinal `since` on; the first ordinal that it left out. */
static uint64_t make_part(struct store *store, struct lazy_seed *lazy, uint64_t since, size_t limit)
{
    uint64_t first = lazy_seed_first(lazy), end = first + (uint64_t)lazy_seed_count(lazy);
    uint64_t from = since > first ? since : first;
    uint64_t to = from >= end ? end : limit < end - from ? from + limit : end;
    for (uint64_t ordinal = from; ordinal < to; ordinal++)
        make_one(store, lazy, (int64_t)(ordinal - first) + 1);
    return to < end ? to : STORE_END;
}

/* The ordinal up to which every order of the page has been made. */
static uint64_t make_page(struct store *store, const struct provider *provider, const struct store_page *page)
{
    uint64_t horizon = STORE_END;
    struct lazy_place *at;
    DL_FOREACH (store->lazy_seeds, at) {
        if (provider != NULL && lazy_seed_provider(at->lazy) != provider)
            continue;
        uint64_t left_out = make_part(store, at->lazy, page->since, page->limit);
        horizon = left_out < horizon ? left_out : horizon;
    }
    return horizon;
}

static int by_ordinal(const void *a, const void *b)
{
    const struct slot *const *x = a, *const *y = b;
    return ((*x)->ordinal > (*y)->ordinal) - ((*x)->ordinal < (*y)->ordinal);
}

/* Those from the ordinal `since` up to `horizon`, in their order. */
static size_t slots_of(struct store *store, const struct provider *provider, uint64_t since, uint64_t horizon,
                       const struct slot ***out)
{
    size_t room = 0, used = 0;
    struct slot *slot;
    DL_FOREACH (store->slots, slot)
        room++;
    *out = mem_zero(room + 1, sizeof **out);
    DL_FOREACH (store->slots, slot)
        if ((provider == NULL || slot->order->provider == provider) && slot->ordinal >= since &&
            slot->ordinal < horizon)
            (*out)[used++] = slot;
    if (store->lazy_seeds != NULL) /* else they stand there as they came */
        qsort(*out, used, sizeof **out, by_ordinal);
    return used;
}

static const struct order **hold_all(const struct slot **slots, size_t count)
{
    const struct order **list = mem_zero(count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = order_hold(slots[i]->order);
    return list;
}

const struct order **store_list_made(struct store *store, size_t *count)
{
    const struct slot **slots = NULL;
    pthread_mutex_lock(&store->lock);
    *count = slots_of(store, NULL, 0, STORE_END, &slots);
    const struct order **list = hold_all(slots, *count);
    pthread_mutex_unlock(&store->lock);
    free(slots);
    return list;
}

const struct order **store_list_page(struct store *store, const struct provider *provider, struct store_page *page,
                                     size_t *count)
{
    const struct slot **slots = NULL;
    pthread_mutex_lock(&store->lock);
    uint64_t horizon = make_page(store, provider, page);
    size_t total = slots_of(store, provider, page->since, horizon, &slots);
    *count = total < page->limit ? total : page->limit;
    page->next = total > *count ? slots[*count]->ordinal : horizon;
    const struct order **list = hold_all(slots, *count);
    pthread_mutex_unlock(&store->lock);
    free(slots);
    return list;
}

const struct order **store_list(struct store *store, const struct provider *provider, size_t *count)
{
    struct store_page all = {.limit = SIZE_MAX};
    return store_list_page(store, provider, &all, count);
}
