/*
 * The deliveries of an order, and what of its lines each of them holds (8.2): made, changed, taken away. An order does
 * not show them (3): they are facts. What comes here has been checked (contents.c).
 */
#include <string.h>

#include "providers/zaikio/contents.h"

/* ── The address ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whose it is, told by the Hub. */
static cJSON *owner_of(const char *consumer_id)
{
    cJSON *owner = cJSON_CreateObject(), *link = cJSON_CreateObject();
    json_set_string(owner, "id", consumer_id);
    json_set_string(owner, "type", "Consumer");
    json_set_string(link, "rel", "self");
    json_set_string(link, "href", "https://hub.sandbox.zaikio.com/api/v1/person/organizations");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(owner, "links"), link);
    return owner;
}

cJSON *zaikio_address_of_site(struct exchange *x, const cJSON *site)
{
    static const char *const members[] = {"id",   "addition", "addressee", "country_code", "county",
                                          "kind", "location", "number",    "state",        "street",
                                          "text", "town",     "types",     "zip_code",     NULL};
    cJSON *address = cJSON_CreateObject();
    for (const char *const *name = members; *name != NULL; name++) {
        const cJSON *value = json_member(site, *name);
        json_set(address, *name, value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
    }
    json_set_string(address, "kind", "shipping");
    if (site == NULL)
        json_set(address, "types", cJSON_CreateArray());
    json_set(address, "addressable", owner_of(json_string_or(site, "consumer_id", zaikio_organisation(x))));
    json_set_string(address, "created_at", json_string(site, "created_at"));
    json_set_string(address, "updated_at", json_string(site, "updated_at"));
    return address;
}

/* Nobody looks the address up on a map, so what a map would tell is null, unless it is one of the consumer's sites. */
static cJSON *address_of(struct exchange *x, const cJSON *delivery)
{
    cJSON *address = zaikio_address_of_site(x, zaikio_own_site(x, json_string(delivery, "site_id")));
    zaikio_set_id(x, address);
    zaikio_set_stamps(x, address);
    return address;
}

static void change_address(struct exchange *x, cJSON *delivery, const cJSON *change)
{
    static const char *const given[][2] = {{"address_addressee", "addressee"}, {"address_text", "text"}};
    if (json_string(change, "site_id") != NULL)
        json_set(delivery, "address", address_of(x, change));
    for (size_t i = 0; i < COUNT_OF(given); i++)
        if (json_member(change, given[i][0]) != NULL)
            json_set_string(json_member_mut(delivery, "address"), given[i][1], json_string(change, given[i][0]));
}

/* ── What it holds ─────────────────────────────────────────────────────────────────────────────────────────────── */

cJSON *zaikio_with_id(cJSON *list, const char *id)
{
    cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, list) {
        if (id != NULL && strcmp(json_string_or(entry, "id", ""), id) == 0)
            return entry;
    }
    return NULL;
}

void zaikio_change_held(struct exchange *x, cJSON *document, cJSON *held, const cJSON *change)
{
    int64_t amount = 0;
    cJSON *items = json_member_mut(document, "order_line_items");
    const cJSON *item = zaikio_with_id(items, json_string(change, "order_line_item_id"));
    if (json_integral(json_member(change, "amount"), &amount))
        json_set_integer(held, "amount", amount);
    if (json_member(change, "references") != NULL)
        zaikio_change_references(held, json_member(change, "references"));
    if (item != NULL)
        json_set(held, "order_line_item", zaikio_pointer_to(item, "order_line_items"));
    zaikio_touch(x, held);
}

cJSON *zaikio_add_held(struct exchange *x, cJSON *document, cJSON *delivery, const cJSON *wanted)
{
    const struct maker maker = exchange_maker(x);
    cJSON *held = cJSON_CreateObject(), *list = json_member_mut(delivery, "delivery_line_items");
    zaikio_set_id(x, held);
    zaikio_set_references(&maker, held, "DE", json_member(wanted, "references"));
    json_set_integer(held, "amount", 0);
    zaikio_set_stamps(x, held);
    json_set(held, "delivery", zaikio_pointer_to(delivery, "deliveries"));
    json_set_null(held, "order_line_item");
    cJSON *rest = cJSON_Duplicate(wanted, true);
    cJSON_DeleteItemFromObjectCaseSensitive(rest, "references");
    zaikio_change_held(x, document, held, rest);
    cJSON_Delete(rest);
    if (list == NULL)
        list = cJSON_AddArrayToObject(delivery, "delivery_line_items");
    cJSON_AddItemToArray(list, held);
    return held;
}

/* With an id it is changed, or with "_destroy" taken away; without one it is new (8.2). */
static void change_all_held(struct exchange *x, cJSON *document, cJSON *delivery, const cJSON *wanted)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, wanted) {
        cJSON *list = json_member_mut(delivery, "delivery_line_items");
        cJSON *held = zaikio_with_id(list, json_string(entry, "id"));
        bool destroy = strcmp(json_string_or(entry, "_destroy", ""), "true") == 0 || json_true(entry, "_destroy");
        if (held != NULL && destroy)
            cJSON_Delete(cJSON_DetachItemViaPointer(list, held));
        else if (held != NULL)
            zaikio_change_held(x, document, held, entry);
        else if (!destroy)
            zaikio_add_held(x, document, delivery, entry);
    }
}

/* ── Deliveries ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_date(struct exchange *x, cJSON *delivery, const char *date)
{
    json_set_string(delivery, "desired_delivery_date", date == NULL ? NULL : arena_dup_bytes(x->arena, date, 10));
}

void zaikio_add_delivery(struct exchange *x, cJSON *document, cJSON *facts, const cJSON *wanted)
{
    cJSON *delivery = cJSON_CreateObject(), *list = json_member_mut(facts, "deliveries");
    const struct maker maker = exchange_maker(x);
    zaikio_set_id(x, delivery);
    json_set_null(delivery, "confirmed_delivery_date");
    set_date(x, delivery, json_string(wanted, "desired_delivery_date"));
    zaikio_set_references(&maker, delivery, "CD", json_member(wanted, "references"));
    json_set(delivery, "address", address_of(x, wanted));
    change_address(x, delivery, wanted);
    zaikio_set_parent(delivery, json_string(document, "id"), json_member(document, "references"));
    zaikio_set_stamps(x, delivery);
    cJSON_AddArrayToObject(delivery, "delivery_line_items");
    change_all_held(x, document, delivery, json_member(wanted, "delivery_line_items_attributes"));
    if (list == NULL)
        list = cJSON_AddArrayToObject(facts, "deliveries");
    cJSON_AddItemToArray(list, delivery);
}

void zaikio_change_delivery(struct exchange *x, cJSON *document, cJSON *delivery, const cJSON *change)
{
    cJSON *held = NULL;
    if (json_member(change, "desired_delivery_date") != NULL)
        set_date(x, delivery, json_string(change, "desired_delivery_date"));
    if (json_member(change, "references") != NULL)
        zaikio_change_references(delivery, json_member(change, "references"));
    change_address(x, delivery, change);
    change_all_held(x, document, delivery, json_member(change, "delivery_line_items_attributes"));
    cJSON_ArrayForEach (held, json_member_mut(delivery, "delivery_line_items")) {
        json_set(held, "delivery", zaikio_pointer_to(delivery, "deliveries"));
    }
    zaikio_touch(x, delivery);
}

/* ── A line that changes, or goes ──────────────────────────────────────────────────────────────────────────────── */

void zaikio_update_held(cJSON *facts, const char *line_item_id, const cJSON *item)
{
    cJSON *delivery = NULL;
    cJSON_ArrayForEach (delivery, json_member_mut(facts, "deliveries")) {
        cJSON *list = json_member_mut(delivery, "delivery_line_items"), *held = list == NULL ? NULL : list->child;
        while (held != NULL) {
            cJSON *next = held->next;
            bool is_of = strcmp(json_string_or(json_member(held, "order_line_item"), "id", ""), line_item_id) == 0;
            if (is_of && item != NULL)
                json_set(held, "order_line_item", zaikio_pointer_to(item, "order_line_items"));
            else if (is_of)
                cJSON_Delete(cJSON_DetachItemViaPointer(list, held));
            held = next;
        }
    }
}
