/*
 * A fresh order as the control API makes it, and the parts that every order is made of: links, contract, references.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "providers/zaikio/zaikio.h"

/* ── A fresh order ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The contract of fresh orders in provider.json; its supplier has the policy of all recorded ones (7). */
static const char FRESH_CONTRACT[] = "0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701";
static const char FRESH_CONTRACT_REFERENCE[] = "C/7KM2QD";
static const char SKU[] = "4b7e1d90-2c3f-4a58-8d6e-9f0a1b2c3d4e";

struct member_row {
    const char *name;
    const char *text; /* NULL: null */
};

/* In the order of the recorded answers; the totals have the eight digits that the API allows (5). */
static const struct member_row order_rows[] = {
    {"canceled_by_consumer_at", NULL},
    {"canceled_by_supplier_at", NULL},
    {"cancelation_requested_at", NULL},
    {"confirmed_at", NULL},
    {"currency", "EUR"},
    {"delivery_mode", "complete"},
    {"gross_total", "30617748.0"},
    {"net_handling_fee", NULL},
    {"net_shipping_fee", NULL},
    {"net_total", "25729200.0"},
    {"partially_shipped_at", NULL},
    {"partially_shipped_remainder_canceled_at", NULL},
    {"placed_at", NULL},
    {"producing_at", NULL},
    {"references", NULL},
    {"shipped_at", NULL},
    {"state", "draft"},
    {"state_reason", NULL},
    {"taxes", "4888548.0"},
    {"taxes_on_fees", NULL},
    {"transfer_failed_at", NULL},
    {"transferred_at", NULL},
    {"contract_id", FRESH_CONTRACT},
    {"contract", NULL},
    {"exclusive_sales_group_id", NULL},
    {"exclusive_sales_group", NULL},
    {"person_id", NULL},
    {"person", NULL},
};

static const struct member_row line_item_rows[] = {
    {"sku_id", SKU},
    {"references", NULL},
    {"amount", NULL},
    {"amount_in_base_unit", NULL},
    {"base_unit", "sheet"},
    {"description", "Bogenoffset weiß – 920 × 650 mm, 100 g/㎡, PEFC & FSC, 25600 pallets"},
    {"order_number", "BOW|100|92.0|65.0|010000|PEFC|PL"},
    {"tax_rate", NULL},
    {"taxes", NULL},
    {"total_gross_price", NULL},
    {"total_net_price", "25729200.0"},
    {"unit", "pallet"},
    {"created_at", NULL},
    {"updated_at", NULL},
    {"catalog_price", "1005.046875"},
    {"confirmed_price", NULL},
};

static void set_rows(cJSON *object, const struct member_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        json_set_string(object, rows[i].name, rows[i].text);
}

static cJSON *list_of_one(const char *text)
{
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
    return list;
}

void zaikio_set_links(cJSON *object, const char *folder, const char *id)
{
    cJSON *links = cJSON_CreateArray();
    cJSON *link = cJSON_CreateObject();
    char *href = id == NULL ? NULL : mem_print("/consumers/api/v1/%s/%s", folder, id);
    json_set_string(link, "rel", "self");
    json_set_string(link, "href", href);
    free(href);
    cJSON_AddItemToArray(links, link);
    json_set(object, "links", links);
}

static cJSON *contract_of(const char *id, const char *customer_number, cJSON *references)
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
    return contract_of(json_string(entry, "id"), json_string(entry, "customer_number"),
                       cJSON_Duplicate(json_member(entry, "references"), true));
}

/* An object whose members are null, since nobody is set; the object itself stays (5). */
static cJSON *nobody(const char *name_member)
{
    cJSON *object = cJSON_CreateObject();
    json_set_null(object, "id");
    json_set_null(object, name_member);
    zaikio_set_links(object, NULL, NULL);
    return object;
}

cJSON *zaikio_sales_group(const char *id)
{
    cJSON *group = nobody("name");
    if (id == NULL)
        return group;
    json_set_string(group, "id", id);
    zaikio_set_links(group, "sales_groups", id);
    return group;
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

static cJSON *new_line_item(const struct maker *maker, const cJSON *order, const char *now)
{
    char id[UUID_TEXT_MAX];
    maker_uuid(maker, id);

    cJSON *item = cJSON_CreateObject();
    json_set_string(item, "id", id);
    zaikio_set_parent(item, json_string(order, "id"), json_member(order, "references"));
    set_rows(item, line_item_rows, COUNT_OF(line_item_rows));
    zaikio_set_references(maker, item, "OR", NULL);
    json_set_integer(item, "amount", 25600);
    json_set_integer(item, "amount_in_base_unit", 256000000); /* as large as any that was seen (5) */
    json_set_string(item, "created_at", now);
    json_set_string(item, "updated_at", now);
    cJSON *sku = cJSON_AddObjectToObject(item, "sku");
    json_set_string(sku, "id", SKU);
    json_set_string(sku, "order_number", "BOW|100|92.0|65.0|010000|PEFC|PL");
    json_set_null(sku, "links"); /* may be null (5) */
    return item;
}

cJSON *zaikio_new_document(const struct maker *maker)
{
    char id[UUID_TEXT_MAX], now[INSTANT_TEXT_MAX];
    maker_uuid(maker, id);
    instant_write_utc(maker->now_us, 3, now);

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", id);
    set_rows(order, order_rows, COUNT_OF(order_rows));
    zaikio_set_references(maker, order, "CO", NULL);
    json_set(order, "contract", contract_of(FRESH_CONTRACT, NULL, list_of_one(FRESH_CONTRACT_REFERENCE)));
    json_set(order, "exclusive_sales_group", zaikio_sales_group(NULL));
    json_set(order, "person", nobody("display_name"));
    json_set_string(order, "created_at", now);
    json_set_string(order, "updated_at", now);
    cJSON *items = cJSON_AddArrayToObject(order, "order_line_items");
    cJSON_AddItemToArray(items, new_line_item(maker, order, now));
    return order;
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool zaikio_is_uuid(const char *text)
{
    return uuid_is_valid(text) && strpbrk(text, "ABCDEF") == NULL;
}

/* Whoever makes an order and names its contract in one of two places gets it in both. */
static void join_contract(cJSON *document)
{
    const char *id = json_string_or(document, "contract_id", FRESH_CONTRACT);
    const char *inner = json_string_or(json_member(document, "contract"), "id", FRESH_CONTRACT);
    if (strcmp(id, inner) == 0)
        return;
    if (strcmp(id, FRESH_CONTRACT) == 0)
        json_set_string(document, "contract_id", inner);
    else
        json_set(document, "contract", contract_of(id, NULL, cJSON_CreateArray()));
}

/* The same for line items that name another order: those of a fresh document whose id was then given. */
static void join_line_items(cJSON *document)
{
    const char *id = json_string_or(document, "id", "");
    cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member_mut(document, "order_line_items")) {
        if (cJSON_IsObject(item) && strcmp(json_string_or(item, "order_id", id), id) != 0)
            zaikio_set_parent(item, id, json_member(document, "references"));
    }
}

void zaikio_read_names(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "id", ""));
    join_contract(order->document);
    join_line_items(order->document);
}
