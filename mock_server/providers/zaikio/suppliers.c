/*
 * Suppliers and contracts: how a client, and the mock itself, gets from an order to the policy that rules its
 * cancelation. Both are read-only here and come from provider.json as they are answered.
 *
 *     order ── contract_id ──▶ contract ── supplier_id ──▶ supplier ── cancelation_policy
 */
#include <stdlib.h>
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

const struct shape zaikio_fixture_shape[] = {
    {"suppliers", SHAPE_ARRAY, supplier_shape, .required = true},
    {"contracts", SHAPE_ARRAY, contract_shape, .required = true},
    SHAPE_END,
};

/* The entry of provider.json's `list` that has `member` = `value`, or NULL. */
static const cJSON *find(struct exchange *x, const char *list, const char *member, const char *value)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), list)) {
        const char *text = json_string(entry, member);
        if (text != NULL && value != NULL && strcmp(text, value) == 0)
            return entry;
    }
    return NULL;
}

/* ── Policies (7) ──────────────────────────────────────────────────────────────────────────────────────────────── */

const char *zaikio_supplier_of(struct exchange *x, const struct order *order)
{
    const cJSON *contract = find(x, "contracts", "id", json_string(order->document, "contract_id"));
    return json_string(contract, "supplier_id");
}

const char *zaikio_policy_of(struct exchange *x, const struct order *order)
{
    const cJSON *supplier = find(x, "suppliers", "id", zaikio_supplier_of(x, order));
    return json_string_or(supplier, "cancelation_policy", "before_production");
}

/* ── Routes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step show(struct exchange *x, const cJSON *entry)
{
    char *json = json_write(entry);
    x->scratch = arena_dup(x->arena, json);
    free(json);
    return STEP_NEXT;
}

/* A path holds the id; the links within a contract name a supplier by its slug. */
enum step zaikio_validate_supplier(struct exchange *x)
{
    const char *id = exchange_param(x, "supplier_id");
    const cJSON *supplier = find(x, "suppliers", "id", id);
    if (supplier == NULL)
        supplier = find(x, "suppliers", "slug", id);
    if (supplier != NULL)
        return show(x, supplier);
    return zaikio_refuse_not_found(
        x, &(struct reason){"6: supplier unknown", "supplier_id", "the id or slug of a supplier", id});
}

enum step zaikio_validate_contract(struct exchange *x)
{
    const char *id = exchange_param(x, "contract_id");
    const cJSON *contract = find(x, "contracts", "id", id);
    if (contract != NULL)
        return show(x, contract);
    return zaikio_refuse_not_found(x,
                                   &(struct reason){"6: contract unknown", "contract_id", "the id of a contract", id});
}
