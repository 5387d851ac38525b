/*
 * provider.json beside what all providers have there: suppliers, contracts and articles; and how a client, and the mock
 * itself, gets from an order to the policy that rules its cancelation.
 *
 *     order ── contract_id ──▶ contract ── supplier_id ──▶ supplier ── cancelation_policy
 *
 * Suppliers, contracts and sales groups are read-only here and stand in the file as they are answered. Articles (skus)
 * are what a line item can name, sites where its goods can go; those are the Hub's and have no path here.
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── Shapes (8) ────────────────────────────────────────────────────────────────────────────────────────────────── */

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
    {"environmental_certification", SHAPE_STRING, .nullable = true},
    {"dimension_unit", SHAPE_STRING, .nullable = true},
    {"height", SHAPE_STRING, .nullable = true},
    {"length", SHAPE_STRING, .nullable = true},
    {"width", SHAPE_STRING, .nullable = true},
    {"weight_unit", SHAPE_STRING, .nullable = true},
    {"gross_weight", SHAPE_STRING, .nullable = true},
    {"net_weight", SHAPE_STRING, .nullable = true},
    {"variant_id", SHAPE_STRING},
    {"created_at", SHAPE_STRING},
    {"updated_at", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape sales_group_shape[] = {
    {"id", SHAPE_STRING, .required = true},         {"currency", SHAPE_STRING, .required = true},
    {"default", SHAPE_BOOLEAN, .required = true},   {"exclusive", SHAPE_BOOLEAN, .required = true},
    {"name", SHAPE_STRING, .required = true},       {"created_at", SHAPE_STRING, .required = true},
    {"updated_at", SHAPE_STRING, .required = true}, SHAPE_END,
};

/* Material that is needed, to be ordered by V2. */
static const struct shape requirement_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"consumer_id", SHAPE_STRING, .required = true},
    {"references", SHAPE_ARRAY_OF_STRINGS, .required = true},
    {"variant_id", SHAPE_STRING, .required = true},
    {"supplier_id", SHAPE_STRING, .required = true},
    {"amount", SHAPE_INTEGER, .required = true},
    {"unit", SHAPE_STRING, .required = true},
    {"site_id", SHAPE_STRING, .required = true, .nullable = true},
    {"material_required_at", SHAPE_STRING, .required = true, .nullable = true},
    {"visible_in_web", SHAPE_BOOLEAN, .required = true},
    {"created_at", SHAPE_STRING, .required = true},
    {"updated_at", SHAPE_STRING, .required = true},
    SHAPE_END,
};

/* Where goods can be sent: members of an address, and whose it is. */
static const struct shape site_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"consumer_id", SHAPE_STRING, .required = true},
    {"addition", SHAPE_STRING, .nullable = true},
    {"addressee", SHAPE_STRING, .required = true},
    {"country_code", SHAPE_STRING, .nullable = true},
    {"county", SHAPE_STRING, .nullable = true},
    {"location", SHAPE_ARRAY, .nullable = true},
    {"number", SHAPE_STRING, .nullable = true},
    {"state", SHAPE_STRING, .nullable = true},
    {"street", SHAPE_STRING, .nullable = true},
    {"text", SHAPE_STRING, .nullable = true},
    {"town", SHAPE_STRING, .nullable = true},
    {"types", SHAPE_ARRAY_OF_STRINGS, .required = true},
    {"zip_code", SHAPE_STRING, .nullable = true},
    {"created_at", SHAPE_STRING, .required = true},
    {"updated_at", SHAPE_STRING, .required = true},
    SHAPE_END,
};

const struct shape zaikio_fixture_shape[] = {
    {"suppliers", SHAPE_ARRAY, supplier_shape, .required = true},
    {"contracts", SHAPE_ARRAY, contract_shape, .required = true},
    {"skus", SHAPE_ARRAY, sku_shape},
    {"sales_groups", SHAPE_ARRAY, sales_group_shape},
    {"sites", SHAPE_ARRAY, site_shape},
    {"material_requirements", SHAPE_ARRAY, requirement_shape},
    SHAPE_END,
};

const struct shape zaikio_credential_shape[] = {
    {"token", SHAPE_STRING, .required = true},
    {"client_id", SHAPE_STRING}, /* both for the token endpoint */
    {"client_secret", SHAPE_STRING},
    SHAPE_END,
};

/* ── Credentials (2) ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The last part of "Organization/…" and of "Person/…>Organization/…", up to its slash and behind it. */
const char *zaikio_subject_part(struct exchange *x, const cJSON *credential, bool id)
{
    const char *subject = json_string_or(credential, "subject", "Organization/");
    const char *last = strrchr(subject, '>');
    const char *type = last == NULL ? subject : last + 1;
    size_t length = strcspn(type, "/");
    if (id)
        return type[length] == '/' ? type + length + 1 : "";
    return arena_dup_bytes(x->arena, type, length);
}

const char *zaikio_organisation(struct exchange *x)
{
    const char *type = zaikio_subject_part(x, x->credential, false);
    bool alone = strcmp(type, "Organization") != 0; /* a person, who names it in the path (3) */
    return alone ? exchange_param(x, "organization_id") : zaikio_subject_part(x, x->credential, true);
}

/* ── Suppliers and contracts (7, 8) ────────────────────────────────────────────────────────────────────────────── */

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

const cJSON *zaikio_contract_with(struct exchange *x, const char *supplier_id)
{
    const cJSON *contract = NULL;
    cJSON_ArrayForEach (contract, json_member(exchange_fixture(x), "contracts")) {
        if (supplier_id != NULL && strcmp(json_string_or(contract, "supplier_id", ""), supplier_id) == 0 &&
            strcmp(json_string_or(contract, "consumer_id", ""), zaikio_organisation(x)) == 0)
            return contract;
    }
    return NULL;
}

const cJSON *zaikio_first_site(struct exchange *x)
{
    return zaikio_find(x, "sites", "consumer_id", zaikio_organisation(x));
}

const cJSON *zaikio_own_site(struct exchange *x, const char *id)
{
    const cJSON *site = zaikio_find(x, "sites", "id", id);
    bool own = strcmp(json_string_or(site, "consumer_id", ""), zaikio_organisation(x)) == 0;
    return own ? site : NULL;
}

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
