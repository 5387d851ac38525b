/*
 * Suppliers in the form of V2 (8.3): what V1 tells of them, and what a contract with them says.
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

static const cJSON *contract_with(struct exchange *x, const char *supplier_id)
{
    const cJSON *contract = NULL;
    cJSON_ArrayForEach (contract, json_member(exchange_fixture(x), "contracts")) {
        if (strcmp(json_string_or(contract, "supplier_id", ""), supplier_id) == 0 &&
            zaikio_own_contract(x, json_string(contract, "id")) == contract)
            return contract;
    }
    return NULL;
}

static cJSON *supplier_form(struct exchange *x, const cJSON *supplier)
{
    static const char *const nulls[] = {"logo_url", "maximum_days_until_delivery", "minimum_days_before_delivery",
                                        NULL};
    const cJSON *contract = contract_with(x, json_string_or(supplier, "id", ""));
    cJSON *form = cJSON_CreateObject();
    json_set_string(form, "id", json_string(supplier, "id"));
    json_set_string(form, "slug", json_string(supplier, "slug"));
    json_set_string(form, "name", json_string(supplier, "display_name"));
    json_set_bool(form, "connected", contract != NULL);
    json_set_string(form, "currency", json_string(contract, "currency"));
    json_set_string(form, "customer_number", json_string(contract, "customer_number"));
    json_set_null(form, "prices_updated_at");
    cJSON_AddArrayToObject(form, "additional_pricing_agreements");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(form, "article_types"), cJSON_CreateString("substrate"));
    json_set_bool(form, "automatically_accept_contract_requests", false);
    json_set_null(form, "brand_color");
    json_set_string(form, "cancelation_policy", json_string(supplier, "cancelation_policy"));
    for (const char *const *name = nulls; *name != NULL; name++)
        json_set_null(form, *name);
    json_set(form, "supports_split_delivery", cJSON_Duplicate(json_member(supplier, "supports_split_delivery"), true));
    json_set_null(form, "maximum_order_size");
    json_set_string(form, "created_at", json_string(supplier, "created_at"));
    json_set_string(form, "updated_at", json_string(supplier, "updated_at"));
    return form;
}

enum step zaikio_v2_validate_supplier(struct exchange *x)
{
    const cJSON *supplier = zaikio_find(x, "suppliers", "id", exchange_param(x, "supplier_id"));
    if (zaikio_v2_validate(x) == STEP_REPLY || zaikio_validate_supplier(x) == STEP_REPLY)
        return STEP_REPLY;
    if (supplier == NULL)
        supplier = zaikio_find(x, "suppliers", "slug", exchange_param(x, "supplier_id"));
    cJSON *form = supplier_form(x, supplier);
    zaikio_show(x, form);
    cJSON_Delete(form);
    return STEP_NEXT;
}

/* Without the headers of paging, as recorded. */
void zaikio_v2_render_suppliers(struct exchange *x)
{
    cJSON *shown = cJSON_CreateArray();
    const cJSON *supplier = NULL;
    cJSON_ArrayForEach (supplier, json_member(exchange_fixture(x), "suppliers")) {
        cJSON_AddItemToArray(shown, supplier_form(x, supplier));
    }
    zaikio_answer_entries(x, shown);
}
