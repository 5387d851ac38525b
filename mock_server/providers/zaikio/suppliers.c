/*
 * Suppliers and contracts: how a client, and the mock itself, gets from an order to the policy that rules its
 * cancelation. Both are read-only here and come from provider.json as they are answered; so do the articles that a line
 * item can name, which have no path of their own here.
 *
 *     order ── contract_id ──▶ contract ── supplier_id ──▶ supplier ── cancelation_policy
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── Fixtures (8) ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape supplier_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"display_name", SHAPE_STRING, .required = true},
    {"slug", SHAPE_STRING, .required = true},
    {"cancelation_policy", SHAPE_STRING, .required = true},
    {"supports_split_delivery", SHAPE_BOOLEAN, .required = true},
    {"created_at", SHAPE_STRING, .required = true},
    {"updated_at", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape party_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"display_name", SHAPE_STRING, .required = true},
    {"links", SHAPE_ARRAY, .nullable = true},
    SHAPE_END,
};

static const struct shape contract_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"currency", SHAPE_STRING, .required = true},
    {"customer_number", SHAPE_STRING, .required = true, .nullable = true},
    {"references", SHAPE_ARRAY_OF_STRINGS, .required = true},
    {"consumer_id", SHAPE_STRING, .required = true},
    {"consumer", SHAPE_OBJECT, party_shape, .required = true},
    {"supplier_id", SHAPE_STRING, .required = true},
    {"supplier", SHAPE_OBJECT, party_shape, .required = true},
    {"created_at", SHAPE_STRING, .required = true},
    {"updated_at", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape sku_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"order_number", SHAPE_STRING, .required = true},
    {"description", SHAPE_STRING, .required = true},
    {"unit", SHAPE_STRING, .required = true},
    {"base_unit", SHAPE_STRING, .required = true},
    {"amount_in_base_unit", SHAPE_INTEGER, .required = true}, /* of one unit */
    {"catalog_price", SHAPE_STRING, .required = true},        /* of one unit */
    SHAPE_END,
};

const struct shape zaikio_fixture_shape[] = {
    {"suppliers", SHAPE_ARRAY, supplier_shape, .required = true},
    {"contracts", SHAPE_ARRAY, contract_shape, .required = true},
    {"skus", SHAPE_ARRAY, sku_shape},
    SHAPE_END,
};

const cJSON *zaikio_find(struct exchange *x, const char *list, const char *member, const char *value)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), list)) {
        const char *text = json_string(entry, member);
        if (text != NULL && value != NULL && strcmp(text, value) == 0)
            return entry;
    }
    return NULL;
}

/* A contract is between one consumer and one supplier; nobody else's is seen. */
const cJSON *zaikio_own_contract(struct exchange *x, const char *id)
{
    const cJSON *contract = zaikio_find(x, "contracts", "id", id);
    bool own = strcmp(json_string_or(contract, "consumer_id", ""), zaikio_organisation(x)) == 0;
    return own ? contract : NULL;
}

/* ── Policies (7) ──────────────────────────────────────────────────────────────────────────────────────────────── */

const char *zaikio_supplier_of(struct exchange *x, const struct order *order)
{
    const cJSON *contract = zaikio_find(x, "contracts", "id", json_string(order->document, "contract_id"));
    return json_string(contract, "supplier_id");
}

const char *zaikio_policy_of(struct exchange *x, const struct order *order)
{
    const cJSON *supplier = zaikio_find(x, "suppliers", "id", zaikio_supplier_of(x, order));
    return json_string_or(supplier, "cancelation_policy", "before_production");
}

/* ── Routes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

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

enum step zaikio_validate_listing(struct exchange *x)
{
    struct list_page *page = arena_alloc(x->arena, sizeof *page);
    x->scratch = page;
    return zaikio_read_page(x, page);
}

void zaikio_render_suppliers(struct exchange *x)
{
    struct list_page *page = x->scratch;
    cJSON *shown = cJSON_CreateArray();
    const cJSON *supplier = NULL;
    cJSON_ArrayForEach (supplier, json_member(exchange_fixture(x), "suppliers")) {
        if (zaikio_is_on_page(page))
            cJSON_AddItemToArray(shown, cJSON_Duplicate(supplier, true));
    }
    zaikio_answer_page(x, page, shown);
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
    zaikio_answer_page(x, page, shown);
}
