/*
 * Material requirements (8.3): which there are, what has become of one, and what is ordered for it.
 *
 * An article of provider.json is one size of a variant; a requirement names the variant, and perhaps the sizes that it
 * would have. Its price is that of the first article that fits.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/zaikio/requirements.h"

/* ── Which there are ───────────────────────────────────────────────────────────────────────────────────────────── */

#define RECORD "requirement "

static bool is_seen(struct exchange *x, const cJSON *entry)
{
    return strcmp(json_string_or(entry, "consumer_id", ""), zaikio_organisation(x)) == 0 &&
           !json_true(entry, "is_deleted");
}

cJSON *zaikio_requirement(struct exchange *x, const char *id)
{
    cJSON *entry = exchange_record(x, arena_print(x->arena, RECORD "%s", id));
    if (entry == NULL)
        entry = cJSON_Duplicate(zaikio_find(x, "material_requirements", "id", id), true);
    if (entry != NULL && is_seen(x, entry))
        return entry;
    cJSON_Delete(entry);
    return NULL;
}

void zaikio_keep_requirement(struct exchange *x, const cJSON *entry)
{
    exchange_keep_record(x, arena_print(x->arena, RECORD "%s", json_string_or(entry, "id", "")), entry);
}

/* Those of provider.json, each as a client left it, then those that clients made. */
static cJSON *all_seen(struct exchange *x)
{
    cJSON *kept = exchange_records(x, RECORD), *all = cJSON_CreateArray();
    const cJSON *first = NULL;
    cJSON_ArrayForEach (first, json_member(exchange_fixture(x), "material_requirements")) {
        cJSON *changed = cJSON_DetachItemFromObjectCaseSensitive(kept, json_string_or(first, "id", ""));
        cJSON_AddItemToArray(all, changed != NULL ? changed : cJSON_Duplicate(first, true));
    }
    while (kept->child != NULL)
        cJSON_AddItemToArray(all, cJSON_DetachItemViaPointer(kept, kept->child));
    cJSON_Delete(kept);
    return all;
}

struct aged {
    cJSON *entry;
    int at;
};

/* The newest first, as recorded. */
static int by_age(const void *left, const void *right)
{
    const struct aged *a = left, *b = right;
    int difference = strcmp(json_string_or(b->entry, "created_at", ""), json_string_or(a->entry, "created_at", ""));
    return difference != 0 ? difference : b->at - a->at;
}

cJSON *zaikio_requirements(struct exchange *x)
{
    cJSON *all = all_seen(x), *shown = cJSON_CreateArray(), *entry = all->child;
    struct aged *list = mem_zero((size_t)cJSON_GetArraySize(all) + 1, sizeof *list);
    int count = 0;
    for (; entry != NULL; entry = entry->next)
        if (is_seen(x, entry) && !json_true(entry, "is_archived")) {
            list[count] = (struct aged){entry, count};
            count++;
        }
    qsort(list, (size_t)count, sizeof *list, by_age);
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(shown, cJSON_DetachItemViaPointer(all, list[i].entry));
    free(list);
    cJSON_Delete(all);
    return shown;
}

/* ── Which order was made for it ───────────────────────────────────────────────────────────────────────────────── */

/* Held, or NULL; the youngest. */
const struct order *zaikio_order_for(struct exchange *x, const char *id)
{
    size_t count = 0;
    const struct order **orders = zaikio_orders_by_age(x, &count), *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const cJSON *entry = NULL;
        cJSON_ArrayForEach (entry, json_member(orders[i]->facts, "material_requirements")) {
            if (cJSON_IsString(entry) && strcmp(entry->valuestring, id) == 0)
                found = orders[i];
        }
    }
    for (size_t i = 0; i < count; i++)
        if (orders[i] != found)
            order_drop(orders[i]);
    zaikio_drop_orders(orders, 0);
    return found;
}

/* It is ordered when its order is placed; until then the order is there, and it is a draft like that (8.3). */
const char *zaikio_requirement_state(const struct order *order)
{
    static const char *const states[][2] = {
        {"draft", "draft"},
        {"canceled_by_consumer", "canceled"},
        {"canceled_by_supplier", "canceled"},
        {"confirmed", "confirmed"},
        {"producing", "confirmed"},
        {"partially_shipped", "confirmed"},
        {"shipped", "fulfilled"},
        {"partially_shipped_remainder_canceled", "fulfilled"},
    };
    for (size_t i = 0; order != NULL && i < COUNT_OF(states); i++)
        if (strcmp(states[i][0], order->state) == 0)
            return states[i][1];
    return order == NULL ? "draft" : "ordered";
}

/* ── What is ordered for it ────────────────────────────────────────────────────────────────────────────────────── */

static bool is_preferred(const cJSON *entry, const cJSON *sku)
{
    const cJSON *ids = json_member(entry, "sku_preference_ids"), *id = NULL;
    cJSON_ArrayForEach (id, ids) {
        if (strcmp(id->valuestring, json_string_or(sku, "id", "")) == 0)
            return true;
    }
    return cJSON_GetArraySize(ids) == 0;
}

const cJSON *zaikio_requirement_sku(struct exchange *x, const cJSON *entry)
{
    const char *variant = json_string_or(entry, "variant_id", ""), *unit = json_string(entry, "unit");
    const cJSON *sku = NULL;
    cJSON_ArrayForEach (sku, json_member(exchange_fixture(x), "skus")) {
        if (strcmp(json_string_or(sku, "variant_id", "-"), variant) == 0 && is_preferred(entry, sku) &&
            (unit == NULL || strcmp(json_string_or(sku, "unit", ""), unit) == 0))
            return sku;
    }
    return NULL;
}

const cJSON *zaikio_requirement_contract(struct exchange *x, const cJSON *entry)
{
    return zaikio_contract_with(x, json_string(entry, "supplier_id"));
}

bool zaikio_has_price(struct exchange *x, const cJSON *entry)
{
    return zaikio_requirement_sku(x, entry) != NULL && zaikio_requirement_contract(x, entry) != NULL &&
           cJSON_IsNumber(json_member(entry, "amount")) && json_string(entry, "site_id") != NULL;
}
