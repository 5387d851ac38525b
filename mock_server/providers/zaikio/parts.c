/*
 * The parts of an order that have paths of their own: line items, which the order shows too, and deliveries, which it
 * does not (3). Both can be added to a draft; what they look like is what the vendor's recordings show.
 */
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "providers/zaikio/zaikio.h"

/* ── Line items (5) ────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_stamps(struct exchange *x, cJSON *part)
{
    char now[INSTANT_TEXT_MAX];
    instant_write_utc(exchange_now(x), 3, now);
    json_set_string(part, "created_at", now);
    json_set_string(part, "updated_at", now);
}

static void set_id(struct exchange *x, cJSON *part)
{
    char id[UUID_TEXT_MAX];
    exchange_uuid(x, id);
    json_set_string(part, "id", id);
}

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

void zaikio_add_line_item(struct exchange *x, cJSON *document, const cJSON *wanted)
{
    const cJSON *sku = zaikio_find(x, "skus", "id", json_string(wanted, "sku_id"));
    int64_t amount = 0, each = 1, in_base_unit = 0;
    json_integral(json_member(wanted, "amount"), &amount);
    json_integral(json_member(sku, "amount_in_base_unit"), &each);
    if (__builtin_mul_overflow(amount, each, &in_base_unit)) /* a fixture may say anything */
        in_base_unit = INT64_MAX;

    cJSON *item = cJSON_CreateObject();
    set_id(x, item);
    json_set_string(item, "order_id", json_string(document, "id"));
    json_set_string(item, "sku_id", json_string(sku, "id"));
    const struct maker maker = exchange_maker(x);
    zaikio_set_references(&maker, item, "COL", NULL);
    json_set_integer(item, "amount", amount);
    json_set_integer(item, "amount_in_base_unit", in_base_unit);
    json_set_string(item, "base_unit", json_string(sku, "base_unit"));
    json_set_string(item, "description", json_string(sku, "description"));
    json_set_string(item, "order_number", json_string(sku, "order_number"));
    set_prices(item, sku, amount);
    set_stamps(x, item);
    json_set_string(item, "catalog_price", json_string(sku, "catalog_price"));
    json_set_null(item, "confirmed_price");
    zaikio_set_parent(item, json_string(document, "id"), json_member(document, "references"));
    set_sku(item, sku);
    cJSON *items = json_member_mut(document, "order_line_items");
    if (items == NULL)
        items = cJSON_AddArrayToObject(document, "order_line_items");
    cJSON_AddItemToArray(items, item);
}

/* ── Deliveries ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Nobody looks the address up on a map, so what a map would tell is null. */
static cJSON *address_of(struct exchange *x, const cJSON *delivery)
{
    static const char *const unknown[] = {"country_code", "county", "location", "number", "state", "street", NULL};
    cJSON *address = cJSON_CreateObject();
    set_id(x, address);
    json_set_null(address, "addition");
    json_set_string(address, "addressee", json_string(delivery, "address_addressee"));
    json_set_string(address, "kind", "shipping");
    for (const char *const *name = unknown; *name != NULL; name++)
        json_set_null(address, *name);
    json_set_string(address, "text", json_string(delivery, "address_text"));
    json_set_null(address, "town");
    cJSON_AddArrayToObject(address, "types");
    json_set_null(address, "zip_code");
    set_stamps(x, address);
    return address;
}

void zaikio_add_delivery(struct exchange *x, const cJSON *document, cJSON *facts, const cJSON *wanted)
{
    const char *date = json_string(wanted, "desired_delivery_date");
    cJSON *delivery = cJSON_CreateObject(), *list = json_member_mut(facts, "deliveries");
    set_id(x, delivery);
    json_set_null(delivery, "confirmed_delivery_date");
    json_set_string(delivery, "desired_delivery_date", date == NULL ? NULL : arena_dup_bytes(x->arena, date, 10));
    const struct maker maker = exchange_maker(x);
    zaikio_set_references(&maker, delivery, "CD", json_member(wanted, "references"));
    json_set(delivery, "address", address_of(x, wanted));
    zaikio_set_parent(delivery, json_string(document, "id"), json_member(document, "references"));
    set_stamps(x, delivery);
    cJSON_AddArrayToObject(delivery, "delivery_line_items");
    if (list == NULL)
        list = cJSON_AddArrayToObject(facts, "deliveries");
    cJSON_AddItemToArray(list, delivery);
}

/* ── GET: their lists ──────────────────────────────────────────────────────────────────────────────────────────── */

/* ── POST: one more ────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_new_line_item(struct exchange *x)
{
    static const char *const permitted[] = {"sku_id", "amount", NULL};
    return zaikio_check_body(x, "order_line_item", permitted);
}

enum step zaikio_validate_new_delivery(struct exchange *x)
{
    static const char *const permitted[] = {"address_addressee", "address_text", "desired_delivery_date", "references",
                                            NULL};
    return zaikio_check_body(x, "delivery", permitted);
}

static enum step check_draft(struct exchange *x, const struct order *order, const char *root)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return strcmp(order->state, "draft") == 0 ? STEP_NEXT : zaikio_refuse_not_draft(x, root, order);
}

static void show_last(struct exchange *x, const cJSON *list)
{
    zaikio_show(x, cJSON_GetArrayItem(list, cJSON_GetArraySize(list) - 1));
}

enum step zaikio_decide_new_line_item(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *wanted = zaikio_change(x, "order_line_item");
    if (check_draft(x, order, "order_line_item") == STEP_REPLY ||
        zaikio_check_line_item(x, order, wanted) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    zaikio_add_line_item(x, (*changed)->document, wanted);
    zaikio_set_totals((*changed)->document);
    zaikio_touch(x, (*changed)->document);
    show_last(x, json_member((*changed)->document, "order_line_items"));
    return STEP_NEXT;
}

enum step zaikio_decide_new_delivery(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *wanted = zaikio_change(x, "delivery");
    if (check_draft(x, order, "delivery") == STEP_REPLY || zaikio_check_delivery(x, order, wanted) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    zaikio_add_delivery(x, (*changed)->document, (*changed)->facts, wanted);
    zaikio_touch(x, (*changed)->document);
    show_last(x, json_member((*changed)->facts, "deliveries"));
    return STEP_NEXT;
}
