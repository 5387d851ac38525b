/*
 * What several objects of an order have: rows of texts, an id, stamps, links, references, and those that stand for
 * others: contract, sales group, person, parent order (5).
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "providers/zaikio/contents.h"

void zaikio_set_rows(cJSON *object, const struct member_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        json_set_string(object, rows[i].name, rows[i].text);
}

/* ── Id and stamps ─────────────────────────────────────────────────────────────────────────────────────────────── */

void zaikio_set_id(struct exchange *x, cJSON *part)
{
    char id[UUID_TEXT_MAX];
    exchange_uuid(x, id);
    json_set_string(part, "id", id);
}

void zaikio_set_stamps(struct exchange *x, cJSON *part)
{
    char now[INSTANT_TEXT_MAX];
    instant_write_utc(exchange_now(x), 3, now);
    json_set_string(part, "created_at", now);
    json_set_string(part, "updated_at", now);
}

static void set_now(struct exchange *x, cJSON *object, const char *name)
{
    char now[INSTANT_TEXT_MAX];
    instant_write_utc(exchange_now(x), 3, now);
    json_set_string(object, name, now);
}

void zaikio_touch(struct exchange *x, cJSON *object)
{
    set_now(x, object, "updated_at");
}

/* ── Links and references ──────────────────────────────────────────────────────────────────────────────────────── */

const struct shape zaikio_link_shape[] = {
    {"rel", SHAPE_STRING, .required = true},
    {"href", SHAPE_STRING, .nullable = true},
    SHAPE_END,
};

static void set_links(cJSON *object, const char *base, const char *folder, const char *id)
{
    cJSON *links = cJSON_CreateArray();
    cJSON *link = cJSON_CreateObject();
    char *href = id == NULL ? NULL : mem_print("%s/%s/%s", base, folder, id);
    json_set_string(link, "rel", "self");
    json_set_string(link, "href", href);
    free(href);
    cJSON_AddItemToArray(links, link);
    json_set(object, "links", links);
}

void zaikio_set_links(cJSON *object, const char *folder, const char *id)
{
    set_links(object, "/consumers/api/v1", folder, id);
}

void zaikio_v2_set_links(cJSON *object, const char *folder, const char *id)
{
    set_links(object, ZAIKIO_V2_BASE "/v2", folder, id);
}

void zaikio_set_references(const struct maker *maker, cJSON *object, const char *prefix, const cJSON *others)
{
    char tail[7];
    maker_characters(maker, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 6, tail);
    char *own = mem_print("%s/%s", prefix, tail);
    cJSON *list = cJSON_CreateArray();
    const cJSON *other = NULL;
    cJSON_AddItemToArray(list, cJSON_CreateString(own));
    cJSON_ArrayForEach (other, others) {
        cJSON_AddItemToArray(list, cJSON_Duplicate(other, true));
    }
    json_set(object, "references", list);
    free(own);
}

void zaikio_change_references(cJSON *object, const cJSON *given)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *own = cJSON_GetArrayItem(json_member(object, "references"), 0), *entry = NULL;
    if (own != NULL)
        cJSON_AddItemToArray(list, cJSON_Duplicate(own, true));
    cJSON_ArrayForEach (entry, given) {
        if (own == NULL || strcmp(entry->valuestring, own->valuestring) != 0)
            cJSON_AddItemToArray(list, cJSON_Duplicate(entry, true));
    }
    json_set(object, "references", list);
}

/* ── Who and what an order belongs to ──────────────────────────────────────────────────────────────────────────── */

cJSON *zaikio_contract(const char *id, const char *customer_number, cJSON *references)
{
    cJSON *contract = cJSON_CreateObject();
    json_set_string(contract, "id", id);
    json_set_string(contract, "customer_number", customer_number);
    json_set(contract, "references", references);
    zaikio_set_links(contract, "contracts", id);
    return contract;
}

cJSON *zaikio_contract_of_order(const cJSON *entry)
{
    return zaikio_contract(json_string(entry, "id"), json_string(entry, "customer_number"),
                           cJSON_Duplicate(json_member(entry, "references"), true));
}

cJSON *zaikio_nobody(const char *name_member)
{
    cJSON *object = cJSON_CreateObject();
    json_set_null(object, "id");
    json_set_null(object, name_member);
    zaikio_set_links(object, NULL, NULL);
    return object;
}

cJSON *zaikio_sales_group(const cJSON *entry)
{
    cJSON *group = zaikio_nobody("name");
    if (entry == NULL)
        return group;
    json_set_string(group, "id", json_string(entry, "id"));
    json_set_string(group, "name", json_string(entry, "name"));
    zaikio_set_links(group, "sales_groups", json_string(entry, "id"));
    return group;
}

cJSON *zaikio_pointer_to(const cJSON *object, const char *folder)
{
    cJSON *pointer = cJSON_CreateObject();
    const cJSON *amount = json_member(object, "amount");
    json_set_string(pointer, "id", json_string(object, "id"));
    json_set(pointer, "references", cJSON_Duplicate(json_member(object, "references"), true));
    if (amount != NULL)
        json_set(pointer, "amount", cJSON_Duplicate(amount, true));
    zaikio_set_links(pointer, folder, json_string(object, "id"));
    return pointer;
}

void zaikio_set_parent(cJSON *part, const char *order_id, const cJSON *references)
{
    cJSON *parent = cJSON_CreateObject();
    json_set_string(part, "order_id", order_id);
    json_set_string(parent, "id", order_id);
    json_set(parent, "references", cJSON_Duplicate(references, true));
    zaikio_set_links(parent, "orders", order_id);
    json_set(part, "order", parent);
}
