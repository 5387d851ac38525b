/*
 * Material requirements (8.3): the form of one, as recorded, and the calls that read them.
 */
#include <string.h>

#include "base/uri.h"
#include "providers/zaikio/requirements.h"

/* ── The form ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_copy(cJSON *to, const char *name, const cJSON *from, const char *member)
{
    const cJSON *value = json_member(from, member);
    json_set(to, name, value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
}

static void add_variant(struct exchange *x, cJSON *material, const char *id)
{
    const cJSON *sku = zaikio_find(x, "skus", "variant_id", id);
    if (sku == NULL) {
        json_set_null(material, "variant");
        return;
    }
    cJSON *variant = cJSON_AddObjectToObject(material, "variant");
    json_set_string(variant, "id", id);
    json_set_string(variant, "type", "sheet_substrate");
    zaikio_v2_set_links(variant, "variants", id);
}

static void add_supplier(struct exchange *x, cJSON *material, const char *id)
{
    const cJSON *supplier = zaikio_find(x, "suppliers", "id", id);
    if (supplier == NULL) {
        json_set_null(material, "supplier");
        return;
    }
    cJSON *inner = cJSON_AddObjectToObject(material, "supplier");
    json_set_string(inner, "id", id);
    json_set_string(inner, "name", json_string(supplier, "display_name"));
    zaikio_v2_set_links(inner, "suppliers", json_string(supplier, "slug"));
}

/* What is not said is that of the article. */
static void add_material(struct exchange *x, cJSON *form, const cJSON *entry)
{
    static const char *const inherited[] = {"environmental_certification", "unit", NULL};
    const cJSON *sku = zaikio_find(x, "skus", "variant_id", json_string(entry, "variant_id"));
    const cJSON *preferences = json_member(entry, "sku_preference_ids");
    cJSON *material = cJSON_AddObjectToObject(form, "required_material");
    set_copy(material, "amount", entry, "amount");
    set_copy(material, "description", sku, "description");
    for (const char *const *name = inherited; *name != NULL; name++)
        set_copy(material, *name, json_string(entry, *name) != NULL ? entry : sku, *name);
    add_variant(x, material, json_string(entry, "variant_id"));
    add_supplier(x, material, json_string(entry, "supplier_id"));
    json_set(material, "sku_preference_ids",
             cJSON_IsArray(preferences) ? cJSON_Duplicate(preferences, true) : cJSON_CreateArray());
}

/* The site is the Hub's, and told as it tells it. */
static void add_delivery(struct exchange *x, cJSON *form, const cJSON *entry)
{
    const cJSON *site = zaikio_find(x, "sites", "id", json_string(entry, "site_id"));
    cJSON *delivery = cJSON_AddObjectToObject(form, "delivery");
    set_copy(delivery, "material_required_at", entry, "material_required_at");
    if (site == NULL) {
        json_set_null(delivery, "site");
        return;
    }
    cJSON *inner = cJSON_AddObjectToObject(delivery, "site"), *link = cJSON_CreateObject();
    set_copy(inner, "id", site, "id");
    set_copy(inner, "name", site, "addressee");
    json_set_bool(inner, "headquarter", zaikio_first_site(x) == site);
    json_set_string(link, "rel", "self");
    json_set_string(link, "href",
                    arena_print(x->arena, "https://hub.sandbox.zaikio.com/api/v1/sites/%s", json_string(site, "id")));
    cJSON_AddItemToArray(cJSON_AddArrayToObject(inner, "links"), link);
}

static void add_order(cJSON *form, const struct order *order)
{
    if (order == NULL) {
        json_set_null(form, "order");
        return;
    }
    cJSON *inner = cJSON_AddObjectToObject(form, "order");
    json_set_string(inner, "id", order->id);
    zaikio_v2_set_links(inner, "orders", order->id);
}

static void add_pricing(struct exchange *x, cJSON *form, const cJSON *entry)
{
    char price[DECIMAL_MAX];
    int64_t amount = 0;
    bool known = zaikio_has_price(x, entry);
    cJSON *pricing = cJSON_AddObjectToObject(form, "pricing");
    json_integral(json_member(entry, "amount"), &amount);
    zaikio_multiply(json_string(zaikio_requirement_sku(x, entry), "catalog_price"), amount, price);
    set_copy(pricing, "currency", zaikio_requirement_contract(x, entry), "currency");
    json_set_string(pricing, "price", known ? price : NULL);
    json_set_string(pricing, "fees", known ? "0.0" : NULL); /* null when the price is */
    json_set_string(pricing, "accuracy", "estimated");
    json_set_null(pricing, "verified_at");
}

/* A confirmed date is that of the order. */
static void add_availability(cJSON *form, const struct order *order)
{
    const cJSON *delivery = order == NULL ? NULL : cJSON_GetArrayItem(json_member(order->facts, "deliveries"), 0);
    cJSON *availability = cJSON_AddObjectToObject(form, "availability");
    set_copy(availability, "delivery_date", delivery, "confirmed_delivery_date");
    json_set_null(availability, "in_stock");
    json_set_string(availability, "accuracy", "estimated");
    json_set_null(availability, "verified_at");
}

static void add_quantity(struct exchange *x, cJSON *form, const cJSON *entry)
{
    int64_t amount = 0, each = 1;
    cJSON *quantity = cJSON_AddObjectToObject(form, "quantity");
    json_set_null(quantity, "order_quantity_in_requested_unit");
    json_set_null(quantity, "order_quantity_in_base_unit");
    const cJSON *sku = zaikio_requirement_sku(x, entry);
    if (sku == NULL || !json_integral(json_member(entry, "amount"), &amount))
        return;
    json_integral(json_member(sku, "amount_in_base_unit"), &each);
    json_set_integer(quantity, "order_quantity_in_requested_unit", amount);
    json_set_integer(quantity, "order_quantity_in_base_unit", zaikio_in_base_unit(amount, each));
}

static void add_job(cJSON *form, const cJSON *entry)
{
    static const char *const members[][2] = {{"anticipated_costs", "anticipated_costs"},
                                             {"client", "job_client"},
                                             {"description", "job_description"},
                                             {"link", "job_link"},
                                             {"reference", "job_reference"}};
    cJSON *job = cJSON_AddObjectToObject(form, "job");
    for (size_t i = 0; i < COUNT_OF(members); i++)
        set_copy(job, members[i][0], entry, members[i][1]);
}

static const char *later(const char *one, const char *other)
{
    return other != NULL && (one == NULL || strcmp(other, one) > 0) ? other : one;
}

/* What happens to its order happens to it, too. */
static void add_stamps(cJSON *form, const cJSON *entry, const cJSON *document)
{
    const char *ordered_at = json_string(document, "placed_at"), *fulfilled_at = json_string(document, "shipped_at");
    const char *canceled_at =
        later(json_string(document, "canceled_by_consumer_at"), json_string(document, "canceled_by_supplier_at"));
    json_set_string(form, "ordered_at", ordered_at);
    json_set_string(form, "fulfilled_at", fulfilled_at);
    json_set_string(form, "canceled_at", canceled_at);
    set_copy(form, "created_at", entry, "created_at");
    json_set_string(form, "updated_at",
                    later(later(later(json_string(entry, "updated_at"), ordered_at), fulfilled_at), canceled_at));
}

static cJSON *form_of(struct exchange *x, const cJSON *entry)
{
    const struct order *order = zaikio_order_for(x, json_string_or(entry, "id", ""));
    cJSON *form = cJSON_CreateObject();
    set_copy(form, "id", entry, "id");
    set_copy(form, "references", entry, "references");
    json_set_string(form, "state", zaikio_requirement_state(order));
    add_material(x, form, entry);
    add_delivery(x, form, entry);
    add_order(form, order);
    add_pricing(x, form, entry);
    add_availability(form, order);
    add_quantity(x, form, entry);
    add_job(form, entry);
    json_set_null(form, "creator"); /* an organisation's token made it, as recorded */
    json_set_bool(form, "visible_in_web", json_true(entry, "visible_in_web"));
    add_stamps(form, entry, order == NULL ? NULL : order->document);
    if (order != NULL)
        order_drop(order);
    return form;
}

/* ── Reading them ──────────────────────────────────────────────────────────────────────────────────────────────── */

void zaikio_show_requirement(struct exchange *x, const cJSON *entry)
{
    cJSON *form = form_of(x, entry);
    zaikio_show(x, form);
    cJSON_Delete(form);
}

enum step zaikio_validate_requirement(struct exchange *x)
{
    const char *id = exchange_param(x, "material_requirement_id");
    if (zaikio_v2_validate(x) == STEP_REPLY)
        return STEP_REPLY;
    cJSON *entry = zaikio_requirement(x, id);
    if (entry == NULL)
        return zaikio_refuse_not_found(x, &(struct reason){"6: material requirement unknown", "material_requirement_id",
                                                           "the id of a material requirement", id});
    zaikio_show_requirement(x, entry);
    cJSON_Delete(entry);
    return STEP_NEXT;
}

#define PER_PAGE 25 /* as recorded, where other lists have 100 */

enum step zaikio_validate_requirements(struct exchange *x)
{
    if (zaikio_v2_validate(x) == STEP_REPLY || zaikio_validate_listing(x) == STEP_REPLY)
        return STEP_REPLY;
    struct list_page *page = x->scratch;
    if (uri_query_value(x->arena, x->request.query, "per_page") == NULL)
        page->per_page = PER_PAGE;
    return STEP_NEXT;
}

void zaikio_render_requirements(struct exchange *x)
{
    struct list_page *page = x->scratch;
    cJSON *shown = cJSON_CreateArray(), *all = zaikio_requirements(x);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, all) {
        if (zaikio_is_on_page(page))
            cJSON_AddItemToArray(shown, form_of(x, entry));
    }
    cJSON_Delete(all);
    zaikio_answer_page(x, page, shown);
}
