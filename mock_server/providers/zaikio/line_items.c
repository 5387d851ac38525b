/*
 * The line items of an order: their shape, the one of a new order, and those that a client adds to a draft (5). What
 * they look like is what the vendor's recordings show.
 */
#include "base/ids.h"
#include "providers/zaikio/contents.h"

/* ── The shape (5) ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape parent_shape[] = {
    {"id", SHAPE_STRING},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"links", SHAPE_ARRAY, zaikio_link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape sku_shape[] = {
    {"id", SHAPE_STRING},
    {"order_number", SHAPE_STRING},
    {"links", SHAPE_ARRAY, zaikio_link_shape, .nullable = true},
    SHAPE_END,
};

const struct shape zaikio_line_item_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"order_id", SHAPE_STRING},
    {"sku_id", SHAPE_STRING},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"amount", SHAPE_INTEGER},
    {"amount_in_base_unit", SHAPE_INTEGER},
    {"base_unit", SHAPE_STRING},
    {"description", SHAPE_STRING},
    {"order_number", SHAPE_STRING},
    {"tax_rate", SHAPE_STRING, .nullable = true},
    {"taxes", SHAPE_STRING, .nullable = true},
    {"total_gross_price", SHAPE_STRING, .nullable = true},
    {"total_net_price", SHAPE_STRING},
    {"unit", SHAPE_STRING},
    {"confirmed_delivery_at", SHAPE_STRING, .nullable = true},
    {"created_at", SHAPE_STRING},
    {"updated_at", SHAPE_STRING},
    {"catalog_price", SHAPE_STRING},
    {"confirmed_price", SHAPE_STRING, .nullable = true},
    {"order", SHAPE_OBJECT, parent_shape},
    {"sku", SHAPE_OBJECT, sku_shape},
    SHAPE_END,
};

/* ── Of a new order ────────────────────────────────────────────────────────────────────────────────────────────── */

static const char SKU[] = "4b7e1d90-2c3f-4a58-8d6e-9f0a1b2c3d4e";

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

cJSON *zaikio_new_line_item(const struct maker *maker, const cJSON *order, const char *now)
{
    char id[UUID_TEXT_MAX];
    maker_uuid(maker, id);

    cJSON *item = cJSON_CreateObject();
    json_set_string(item, "id", id);
    zaikio_set_parent(item, json_string(order, "id"), json_member(order, "references"));
    zaikio_set_rows(item, line_item_rows, COUNT_OF(line_item_rows));
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

/* ── Of a draft ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_sku(cJSON *item, const cJSON *sku)
{
    const char *id = json_string(sku, "id");
    cJSON *inner = cJSON_AddObjectToObject(item, "sku");
    json_set_string(inner, "id", id);
    json_set_string(inner, "order_number", json_string(sku, "order_number"));
    zaikio_set_links(inner, "skus", id);
}

/* What the supplier has to say is still null. */
static void set_prices(cJSON *item, const cJSON *sku, int64_t amount)
{
    char net[DECIMAL_MAX];
    zaikio_multiply(json_string(sku, "catalog_price"), amount, net);
    json_set_null(item, "tax_rate");
    json_set_null(item, "taxes");
    json_set_null(item, "total_gross_price");
    json_set_string(item, "total_net_price", net);
    json_set_string(item, "unit", json_string(sku, "unit"));
}

void zaikio_set_totals(cJSON *document)
{
    char net[DECIMAL_MAX];
    zaikio_sum(json_member(document, "order_line_items"), "total_net_price", net);
    json_set_string(document, "net_total", net);
    json_set_string(document, "gross_total", "0.0"); /* until the supplier has reckoned, as recorded */
    json_set_string(document, "taxes", "0.0");
}

/* How much of the base unit one of it is; of an article that is not sold any more, what it was. */
static int64_t base_units_of(const cJSON *sku, const cJSON *item)
{
    int64_t each = 1, amount = 1, all = 1;
    if (sku != NULL)
        json_integral(json_member(sku, "amount_in_base_unit"), &each);
    else if (json_integral(json_member(item, "amount"), &amount) && amount > 0 &&
             json_integral(json_member(item, "amount_in_base_unit"), &all))
        each = all / amount;
    return each;
}

int64_t zaikio_in_base_unit(int64_t amount, int64_t each)
{
    int64_t product = 0;
    return __builtin_mul_overflow(amount, each, &product) ? INT64_MAX : product; /* a fixture may say anything */
}

void zaikio_change_amount(struct exchange *x, cJSON *item, int64_t amount)
{
    char net[DECIMAL_MAX];
    const cJSON *sku = zaikio_find(x, "skus", "id", json_string(item, "sku_id"));
    zaikio_multiply(json_string(item, "catalog_price"), amount, net);
    json_set_integer(item, "amount_in_base_unit", zaikio_in_base_unit(amount, base_units_of(sku, item)));
    json_set_integer(item, "amount", amount);
    json_set_string(item, "total_net_price", net);
}

void zaikio_add_line_item(struct exchange *x, cJSON *document, const cJSON *wanted)
{
    const cJSON *sku = zaikio_find(x, "skus", "id", json_string(wanted, "sku_id"));
    int64_t amount = 0;
    json_integral(json_member(wanted, "amount"), &amount);

    cJSON *item = cJSON_CreateObject();
    zaikio_set_id(x, item);
    json_set_string(item, "order_id", json_string(document, "id"));
    json_set_string(item, "sku_id", json_string(sku, "id"));
    const struct maker maker = exchange_maker(x);
    zaikio_set_references(&maker, item, "COL", json_member(wanted, "references"));
    json_set_integer(item, "amount", amount);
    json_set_integer(item, "amount_in_base_unit", zaikio_in_base_unit(amount, base_units_of(sku, NULL)));
    json_set_string(item, "base_unit", json_string(sku, "base_unit"));
    json_set_string(item, "description", json_string(sku, "description"));
    json_set_string(item, "order_number", json_string(sku, "order_number"));
    set_prices(item, sku, amount);
    zaikio_set_stamps(x, item);
    json_set_string(item, "catalog_price", json_string(sku, "catalog_price"));
    json_set_null(item, "confirmed_price");
    zaikio_set_parent(item, json_string(document, "id"), json_member(document, "references"));
    set_sku(item, sku);
    cJSON *items = json_member_mut(document, "order_line_items");
    if (items == NULL)
        items = cJSON_AddArrayToObject(document, "order_line_items");
    cJSON_AddItemToArray(items, item);
}
