/*
 * The calls that only read: orders and their parts, suppliers, contracts (3).
 */
#include <stdlib.h>
#include <string.h>

#include "base/uri.h"
#include "providers/zaikio/contents.h"

/* ── Orders ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* 9 A18: an order with this fact looks placed to its reader and is transferred before the reader can act on that. */
enum step zaikio_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    x->scratch = NULL;
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "placed") != 0 || !json_true(order->facts, "transfers_after_read"))
        return STEP_NEXT;
    zaikio_show(x, order->document);
    *changed = order_copy(order);
    cJSON_DeleteItemFromObjectCaseSensitive((*changed)->facts, "transfers_after_read");
    order_enter(*changed, "transferred", exchange_now(x));
    return STEP_NEXT;
}

struct order_list {
    const char *supplier_id, *state, *reference; /* NULL: any */
    bool own_drafts_alone;                       /* those that a client made */
    struct list_page page;
};

enum step zaikio_validate_list(struct exchange *x)
{
    struct order_list *list = arena_alloc(x->arena, sizeof *list);
    *list = (struct order_list){
        .supplier_id = uri_query_value(x->arena, x->request.query, "supplier_id"),
        .state = uri_query_value(x->arena, x->request.query, "state"),
        .reference = uri_query_value(x->arena, x->request.query, "reference"),
    };
    list->own_drafts_alone = strcmp(x->base->base, ZAIKIO_V2_BASE) == 0;
    x->scratch = list;
    return zaikio_read_page(x, &list->page);
}

static bool has_reference(const cJSON *document, const char *wanted)
{
    const cJSON *reference = NULL;
    cJSON_ArrayForEach (reference, json_member(document, "references")) {
        if (cJSON_IsString(reference) && strcmp(reference->valuestring, wanted) == 0)
            return true;
    }
    return false;
}

static bool is_listed(struct exchange *x, const struct order_list *list, const struct order *order)
{
    if (list->state != NULL && strcmp(list->state, order->state) != 0)
        return false;
    if (list->own_drafts_alone && strcmp(order->state, "draft") == 0 && !json_true(order->facts, "made_by_client"))
        return false;
    if (list->reference != NULL && !has_reference(order->document, list->reference))
        return false;
    if (list->supplier_id == NULL)
        return true;
    const char *supplier = zaikio_supplier_of(x, order);
    return supplier != NULL && strcmp(supplier, list->supplier_id) == 0;
}

static cJSON *own_form(struct exchange *x, const struct order *order)
{
    (void)x;
    return cJSON_Duplicate(order->document, true);
}

void zaikio_answer_list(struct exchange *x, bool newest_first, cJSON *(*form)(struct exchange *, const struct order *))
{
    struct order_list *list = x->scratch;
    size_t count = 0;
    const struct order **orders = zaikio_orders_by_age(x, &count);
    cJSON *shown = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        const struct order *order = orders[newest_first ? count - 1 - i : i];
        if (is_listed(x, list, order) && zaikio_is_on_page(&list->page))
            cJSON_AddItemToArray(shown, form(x, order));
    }
    zaikio_drop_orders(orders, count);
    zaikio_answer_page(x, &list->page, shown);
}

void zaikio_render_list(struct exchange *x)
{
    zaikio_answer_list(x, exchange_knob(x, KNOB_LIST_ORDER) == LIST_NEWEST_FIRST, own_form);
}

/* ── A list without filters ────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_listing(struct exchange *x)
{
    struct list_page *page = arena_alloc(x->arena, sizeof *page);
    x->scratch = page;
    return zaikio_read_page(x, page);
}

void zaikio_render_entries(struct exchange *x, const cJSON *entries)
{
    struct list_page *page = x->scratch;
    cJSON *shown = cJSON_CreateArray();
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, entries) {
        if (zaikio_is_on_page(page))
            cJSON_AddItemToArray(shown, cJSON_Duplicate(entry, true));
    }
    zaikio_answer_page(x, page, shown);
}

/* ── Parts of an order (3) ─────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_decide_parts(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return zaikio_check_order(x, order);
}

void zaikio_render_line_items(struct exchange *x)
{
    zaikio_render_entries(x, json_member(x->order->document, "order_line_items"));
}

void zaikio_render_deliveries(struct exchange *x)
{
    zaikio_render_entries(x, json_member(x->order->facts, "deliveries"));
}

/* ── Suppliers and contracts (8) ───────────────────────────────────────────────────────────────────────────────── */

static enum step show(struct exchange *x, const cJSON *entry)
{
    zaikio_show(x, entry);
    return STEP_NEXT;
}

/* A path holds the id; the links within a contract name a supplier by its slug. */
enum step zaikio_validate_supplier(struct exchange *x)
{
    const char *id = exchange_param(x, "supplier_id");
    const cJSON *supplier = zaikio_find(x, "suppliers", "id", id);
    if (supplier == NULL)
        supplier = zaikio_find(x, "suppliers", "slug", id);
    if (supplier != NULL)
        return show(x, supplier);
    return zaikio_refuse_not_found(
        x, &(struct reason){"6: supplier unknown", "supplier_id", "the id or slug of a supplier", id});
}

enum step zaikio_validate_contract(struct exchange *x)
{
    const char *id = exchange_param(x, "contract_id");
    const cJSON *contract = zaikio_own_contract(x, id);
    if (contract != NULL)
        return show(x, contract);
    return zaikio_refuse_not_found(x,
                                   &(struct reason){"6: contract unknown", "contract_id", "the id of a contract", id});
}

/* ── What an order's links lead to (8.1) ───────────────────────────────────────────────────────────────────────── */

static const char *const sku_members[] = {
    "dimension_unit", "environmental_certification",
    "gross_weight",   "height",
    "length",         "net_weight",
    "order_number",   "unit",
    "weight_unit",    "width",
    "variant_id",
};

/* As recorded; the variant that it is one of has no path here. */
static cJSON *sku_form(const cJSON *sku)
{
    cJSON *form = cJSON_CreateObject();
    json_set_string(form, "id", json_string(sku, "id"));
    json_set_integer(form, "amount", 1);
    json_set(form, "amount_in_base_unit", cJSON_Duplicate(json_member(sku, "amount_in_base_unit"), true));
    for (size_t i = 0; i < COUNT_OF(sku_members); i++)
        json_set_string(form, sku_members[i], json_string(sku, sku_members[i]));
    cJSON *variant = cJSON_AddObjectToObject(form, "variant");
    json_set_string(variant, "id", json_string(sku, "variant_id"));
    json_set_string(variant, "type", "SubstrateVariant");
    zaikio_set_links(variant, "variants", json_string(sku, "variant_id"));
    json_set_string(form, "created_at", json_string(sku, "created_at"));
    json_set_string(form, "updated_at", json_string(sku, "updated_at"));
    return form;
}

enum step zaikio_validate_sku(struct exchange *x)
{
    const char *id = exchange_param(x, "sku_id");
    const cJSON *sku = zaikio_find(x, "skus", "id", id);
    if (sku == NULL)
        return zaikio_refuse_not_found(x, &(struct reason){"6: article unknown", "sku_id", "the id of a sku", id});
    cJSON *form = sku_form(sku);
    zaikio_show(x, form);
    cJSON_Delete(form);
    return STEP_NEXT;
}

enum step zaikio_validate_sales_group(struct exchange *x)
{
    const char *id = exchange_param(x, "sales_group_id");
    const cJSON *group = zaikio_find(x, "sales_groups", "id", id);
    if (group != NULL)
        return show(x, group);
    return zaikio_refuse_not_found(
        x, &(struct reason){"6: sales group unknown", "sales_group_id", "the id of a sales group", id});
}

void zaikio_render_suppliers(struct exchange *x)
{
    zaikio_render_entries(x, json_member(exchange_fixture(x), "suppliers"));
}

void zaikio_render_contracts(struct exchange *x)
{
    struct list_page *page = x->scratch;
    cJSON *shown = cJSON_CreateArray();
    const cJSON *contract = NULL;
    cJSON_ArrayForEach (contract, json_member(exchange_fixture(x), "contracts")) {
        if (zaikio_own_contract(x, json_string(contract, "id")) == contract && zaikio_is_on_page(page))
            cJSON_AddItemToArray(shown, cJSON_Duplicate(contract, true));
    }
    if (exchange_knob_on(x, KNOB_CONTRACTS_PAGING))
        zaikio_answer_page(x, page, shown);
    else
        zaikio_answer_entries(x, shown);
}
