/*
 * How checked contents get into a draft. Line items the order shows too; deliveries it does not (3): those are facts.
 */
#include <string.h>

#include "providers/zaikio/contents.h"

/* ── Deliveries (5) ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Nobody looks the address up on a map, so what a map would tell is null. */
static cJSON *address_of(struct exchange *x, const cJSON *delivery)
{
    static const char *const unknown[] = {"country_code", "county", "location", "number", "state", "street", NULL};
    cJSON *address = cJSON_CreateObject();
    zaikio_set_id(x, address);
    json_set_null(address, "addition");
    json_set_string(address, "addressee", json_string(delivery, "address_addressee"));
    json_set_string(address, "kind", "shipping");
    for (const char *const *name = unknown; *name != NULL; name++)
        json_set_null(address, *name);
    json_set_string(address, "text", json_string(delivery, "address_text"));
    json_set_null(address, "town");
    cJSON_AddArrayToObject(address, "types");
    json_set_null(address, "zip_code");
    zaikio_set_stamps(x, address);
    return address;
}

void zaikio_add_delivery(struct exchange *x, const cJSON *document, cJSON *facts, const cJSON *wanted)
{
    const char *date = json_string(wanted, "desired_delivery_date");
    cJSON *delivery = cJSON_CreateObject(), *list = json_member_mut(facts, "deliveries");
    zaikio_set_id(x, delivery);
    json_set_null(delivery, "confirmed_delivery_date");
    json_set_string(delivery, "desired_delivery_date", date == NULL ? NULL : arena_dup_bytes(x->arena, date, 10));
    const struct maker maker = exchange_maker(x);
    zaikio_set_references(&maker, delivery, "CD", json_member(wanted, "references"));
    json_set(delivery, "address", address_of(x, wanted));
    zaikio_set_parent(delivery, json_string(document, "id"), json_member(document, "references"));
    zaikio_set_stamps(x, delivery);
    cJSON_AddArrayToObject(delivery, "delivery_line_items");
    if (list == NULL)
        list = cJSON_AddArrayToObject(facts, "deliveries");
    cJSON_AddItemToArray(list, delivery);
}

/* ── All of a change ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The first reference is Zaikio's own and stays (5); those that were given follow it. */
static void set_references(cJSON *document, const cJSON *given)
{
    cJSON *list = cJSON_CreateArray(), *item = NULL;
    const cJSON *own = cJSON_GetArrayItem(json_member(document, "references"), 0), *entry = NULL;
    if (own != NULL)
        cJSON_AddItemToArray(list, cJSON_Duplicate(own, true));
    cJSON_ArrayForEach (entry, given) {
        if (own == NULL || strcmp(entry->valuestring, own->valuestring) != 0)
            cJSON_AddItemToArray(list, cJSON_Duplicate(entry, true));
    }
    json_set(document, "references", list);
    cJSON_ArrayForEach (item, json_member_mut(document, "order_line_items")) {
        zaikio_set_parent(item, json_string(document, "id"), list);
    }
}

void zaikio_apply_contents(struct exchange *x, cJSON *document, cJSON *facts, const cJSON *change)
{
    const cJSON *group = json_member(change, "exclusive_sales_group_id"), *part = NULL;
    if (json_member(change, "delivery_mode") != NULL)
        json_set_string(document, "delivery_mode", json_string(change, "delivery_mode"));
    if (json_member(change, "references") != NULL)
        set_references(document, json_member(change, "references"));
    if (group != NULL) {
        json_set_string(document, "exclusive_sales_group_id", group->valuestring);
        json_set(document, "exclusive_sales_group", zaikio_sales_group(group->valuestring));
    }
    cJSON_ArrayForEach (part, json_member(change, "order_line_items_attributes")) {
        zaikio_add_line_item(x, document, part);
    }
    if (cJSON_GetArraySize(json_member(change, "order_line_items_attributes")) > 0)
        zaikio_set_totals(document);
    cJSON_ArrayForEach (part, json_member(change, "deliveries_attributes")) {
        zaikio_add_delivery(x, document, facts, part);
    }
}
