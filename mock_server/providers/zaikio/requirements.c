/*
 * What V2 makes orders from (8.3): material requirements, which stand in provider.json; a POST of an order names some
 * of them. What has become of one follows from the order that was made for it: none, and it is a draft.
 *
 * They are read here and ordered, and nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/zaikio/contents.h"

/* ── Which order was made for it ───────────────────────────────────────────────────────────────────────────────── */

/* Held, or NULL; the youngest. */
static const struct order *order_for(struct exchange *x, const char *id)
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

static const char *state_after(const struct order *order)
{
    static const char *const states[][2] = {
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

/* ── The form ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_order(cJSON *form, const struct order *order)
{
    if (order == NULL) {
        json_set_null(form, "order");
        return;
    }
    cJSON *inner = cJSON_AddObjectToObject(form, "order"), *link = cJSON_CreateObject();
    char *href = mem_print("%s/v2/orders/%s", ZAIKIO_V2_BASE, order->id);
    json_set_string(inner, "id", order->id);
    json_set(inner, "references", cJSON_Duplicate(json_member(order->document, "references"), true));
    json_set_string(link, "rel", "self");
    json_set_string(link, "href", href);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(inner, "links"), link);
    free(href);
}

static void add_pricing(cJSON *form, const cJSON *sku, const cJSON *contract, int64_t amount)
{
    char price[DECIMAL_MAX];
    cJSON *pricing = cJSON_AddObjectToObject(form, "pricing");
    zaikio_multiply(json_string(sku, "catalog_price"), amount, price);
    json_set_string(pricing, "currency", json_string(contract, "currency"));
    json_set_string(pricing, "price", price);
    json_set_null(pricing, "fees");
    json_set_string(pricing, "accuracy", "estimated");
    json_set_null(pricing, "verified_at");
}

static void add_nulls(cJSON *form, const char *name, const char *const *members)
{
    cJSON *object = cJSON_AddObjectToObject(form, name);
    for (; *members != NULL; members++)
        json_set_null(object, *members);
}

static void add_material(struct exchange *x, cJSON *form, const cJSON *entry, const cJSON *sku)
{
    const cJSON *contract = zaikio_find(x, "contracts", "id", json_string(entry, "contract_id"));
    const cJSON *supplier = json_member(contract, "supplier");
    cJSON *material = cJSON_AddObjectToObject(form, "required_material");
    json_set(material, "amount", cJSON_Duplicate(json_member(entry, "amount"), true));
    json_set_string(material, "description", json_string(sku, "description"));
    json_set_string(material, "environmental_certification", json_string(sku, "environmental_certification"));
    json_set_string(material, "unit", json_string(sku, "unit"));
    cJSON *variant = cJSON_AddObjectToObject(material, "variant");
    json_set_string(variant, "id", json_string(sku, "variant_id"));
    json_set(material, "supplier", cJSON_Duplicate(supplier, true));
    cJSON_AddItemToArray(cJSON_AddArrayToObject(material, "sku_preference_ids"),
                         cJSON_CreateString(json_string_or(sku, "id", "")));
}

static void add_delivery(struct exchange *x, cJSON *form, const cJSON *entry)
{
    const cJSON *site = zaikio_find(x, "sites", "id", json_string(entry, "site_id"));
    cJSON *delivery = cJSON_AddObjectToObject(form, "delivery");
    json_set_string(delivery, "material_required_at", json_string(entry, "material_required_at"));
    if (site == NULL) {
        json_set_null(delivery, "site");
        return;
    }
    cJSON *inner = cJSON_AddObjectToObject(delivery, "site");
    json_set_string(inner, "id", json_string(site, "id"));
    json_set(inner, "address", zaikio_address_of_site(x, site));
}

static cJSON *requirement_form(struct exchange *x, const cJSON *entry)
{
    static const char *const availability[] = {"delivery_date", "in_stock", "accuracy", "verified_at", NULL};
    static const char *const job[] = {"anticipated_costs", "client", "description", "link", "reference", NULL};
    const cJSON *sku = zaikio_find(x, "skus", "id", json_string(entry, "sku_id"));
    const cJSON *contract = zaikio_find(x, "contracts", "id", json_string(entry, "contract_id"));
    const struct order *order = order_for(x, json_string_or(entry, "id", ""));
    const cJSON *document = order == NULL ? NULL : order->document;
    int64_t amount = 0, each = 1;
    json_integral(json_member(entry, "amount"), &amount);
    json_integral(json_member(sku, "amount_in_base_unit"), &each);

    cJSON *form = cJSON_CreateObject();
    json_set_string(form, "id", json_string(entry, "id"));
    json_set(form, "references", cJSON_Duplicate(json_member(entry, "references"), true));
    json_set_string(form, "state", state_after(order));
    add_material(x, form, entry, sku);
    add_delivery(x, form, entry);
    add_order(form, order);
    add_pricing(form, sku, contract, amount);
    add_nulls(form, "availability", availability);
    cJSON *quantity = cJSON_AddObjectToObject(form, "quantity");
    json_set_integer(quantity, "order_quantity_in_requested_unit", amount);
    json_set_integer(quantity, "order_quantity_in_base_unit", amount * each);
    add_nulls(form, "job", job);
    json_set_null(form, "creator");
    json_set_bool(form, "visible_in_web", true);
    json_set_string(form, "ordered_at", json_string(document, "placed_at"));
    json_set_string(form, "fulfilled_at", json_string(document, "shipped_at"));
    const char *canceled_at = json_string(document, "canceled_by_consumer_at");
    json_set_string(form, "canceled_at",
                    canceled_at != NULL ? canceled_at : json_string(document, "canceled_by_supplier_at"));
    json_set_string(form, "created_at", json_string(entry, "created_at"));
    json_set_string(form, "updated_at", json_string(entry, "updated_at"));
    if (order != NULL)
        order_drop(order);
    return form;
}

/* ── Reading them ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* That of the asking organisation, told by its contract; else NULL. */
static const cJSON *own_requirement(struct exchange *x, const char *id)
{
    const cJSON *entry = zaikio_find(x, "material_requirements", "id", id);
    return zaikio_own_contract(x, json_string(entry, "contract_id")) == NULL ? NULL : entry;
}

enum step zaikio_validate_requirement(struct exchange *x)
{
    const char *id = exchange_param(x, "material_requirement_id");
    const cJSON *entry = own_requirement(x, id);
    if (zaikio_v2_validate(x) == STEP_REPLY)
        return STEP_REPLY;
    if (entry == NULL)
        return zaikio_refuse_not_found(x, &(struct reason){"6: material requirement unknown", "material_requirement_id",
                                                           "the id of a material requirement", id});
    cJSON *form = requirement_form(x, entry);
    zaikio_show(x, form);
    cJSON_Delete(form);
    return STEP_NEXT;
}

enum step zaikio_validate_requirements(struct exchange *x)
{
    return zaikio_v2_validate(x) == STEP_REPLY ? STEP_REPLY : zaikio_validate_listing(x);
}

void zaikio_render_requirements(struct exchange *x)
{
    struct list_page *page = x->scratch;
    cJSON *shown = cJSON_CreateArray();
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), "material_requirements")) {
        if (own_requirement(x, json_string(entry, "id")) == entry && zaikio_is_on_page(page))
            cJSON_AddItemToArray(shown, requirement_form(x, entry));
    }
    zaikio_answer_page(x, page, shown);
}

/* ── An order for some of them ─────────────────────────────────────────────────────────────────────────────────── */

static const char IDS[] = "material_requirement_ids";
static const char COPY[] = "copy_material_requirement_references_to_line_items";

enum step zaikio_v2_validate_create(struct exchange *x)
{
    static const char *const permitted[] = {IDS, "references", COPY, NULL};
    if (zaikio_v2_validate(x) == STEP_REPLY || zaikio_check_body(x, "order", permitted) == STEP_REPLY)
        return STEP_REPLY;
    return zaikio_check_types(x, zaikio_change(x, "order"));
}

static enum step refuse_requirements(struct exchange *x, const char *field, const char *text, const cJSON *given)
{
    return exchange_refuse(x, 422, zaikio_error_field(field, text),
                           &(struct reason){"8.3: an order is made for material requirements", IDS,
                                            "ids of one's own, in draft, of one contract",
                                            exchange_describe(x, given)});
}

static bool is_draft(struct exchange *x, const cJSON *entry)
{
    const struct order *order = order_for(x, json_string_or(entry, "id", ""));
    if (order != NULL)
        order_drop(order);
    return order == NULL;
}

/* All of one's own, in draft, of one supplier. */
static enum step check_requirements(struct exchange *x, const cJSON *ids, const cJSON **contract)
{
    const cJSON *id = NULL;
    if (cJSON_GetArraySize(ids) == 0 || !cJSON_IsArray(ids))
        return refuse_requirements(x, IDS, "can't be blank", ids);
    cJSON_ArrayForEach (id, ids) {
        const cJSON *entry = cJSON_IsString(id) ? own_requirement(x, id->valuestring) : NULL;
        const cJSON *own = zaikio_own_contract(x, json_string(entry, "contract_id"));
        if (entry == NULL || (*contract != NULL && own != *contract) || !is_draft(x, entry))
            return refuse_requirements(x, "material_requirements", "is invalid", id);
        *contract = own;
    }
    return STEP_NEXT;
}

/* What V1 would be sent for the same order: a line for each, and one delivery to where the first is needed. */
static cJSON *wanted_of(struct exchange *x, const cJSON *change)
{
    cJSON *wanted = cJSON_CreateObject(), *lines = cJSON_AddArrayToObject(wanted, "order_line_items_attributes");
    const cJSON *id = NULL, *references = json_member(change, "references");
    cJSON_ArrayForEach (id, json_member(change, IDS)) {
        const cJSON *entry = own_requirement(x, id->valuestring);
        cJSON *line = cJSON_CreateObject();
        json_set_string(line, "sku_id", json_string(entry, "sku_id"));
        json_set(line, "amount", cJSON_Duplicate(json_member(entry, "amount"), true));
        if (json_true(change, COPY))
            json_set(line, "references", cJSON_Duplicate(json_member(entry, "references"), true));
        cJSON_AddItemToArray(lines, line);
    }
    const cJSON *first = own_requirement(x, json_member(change, IDS)->child->valuestring);
    cJSON *delivery = cJSON_CreateObject();
    json_set_string(delivery, "site_id", json_string(first, "site_id"));
    json_set_string(delivery, "desired_delivery_date", json_string(first, "material_required_at"));
    cJSON_AddItemToArray(cJSON_AddArrayToObject(wanted, "deliveries_attributes"), delivery);
    if (references != NULL)
        json_set(wanted, "references", cJSON_Duplicate(references, true));
    return wanted;
}

enum step zaikio_v2_decide_create(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *change = zaikio_change(x, "order"), *contract = NULL;
    (void)order; /* there is none */
    if (check_requirements(x, json_member(change, IDS), &contract) == STEP_REPLY)
        return STEP_REPLY;
    cJSON *wanted = wanted_of(x, change), *facts = cJSON_CreateObject();
    json_set(facts, "material_requirements", cJSON_Duplicate(json_member(change, IDS), true));
    json_set_bool(facts, COPY, json_true(change, COPY));
    enum step step = zaikio_check_values(x, NULL, wanted);
    if (step == STEP_NEXT)
        *changed = zaikio_make_draft(x, contract, wanted, facts);
    cJSON_Delete(wanted);
    cJSON_Delete(facts);
    return step;
}
