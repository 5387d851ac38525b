/*
 * An order of V2, made for some material requirements (8.3): what V1 would be sent for the same order.
 */
#include <string.h>

#include "base/name_set.h"
#include "providers/zaikio/requirements.h"

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

/* Not in an order, and with all that gives it a price. */
static bool can_be_ordered(struct exchange *x, const cJSON *entry)
{
    const struct order *order = zaikio_order_for(x, json_string_or(entry, "id", ""));
    if (order != NULL)
        order_drop(order);
    return order == NULL && zaikio_has_price(x, entry);
}

/* All of one's own, in draft, of one supplier. */
static enum step check_requirements(struct exchange *x, const cJSON *ids, const cJSON **contract)
{
    const cJSON *id = NULL;
    if (cJSON_GetArraySize(ids) == 0 || !cJSON_IsArray(ids))
        return refuse_requirements(x, IDS, "can't be blank", ids);
    cJSON_ArrayForEach (id, ids) {
        cJSON *entry = cJSON_IsString(id) ? zaikio_requirement(x, id->valuestring) : NULL;
        const cJSON *own = entry == NULL ? NULL : zaikio_requirement_contract(x, entry);
        bool fits = own != NULL && (*contract == NULL || own == *contract) && can_be_ordered(x, entry);
        cJSON_Delete(entry);
        if (!fits)
            return refuse_requirements(x, "material_requirements", "is invalid", id);
        *contract = own;
    }
    return STEP_NEXT;
}

static cJSON *line_for(struct exchange *x, const cJSON *entry, bool with_references)
{
    cJSON *line = cJSON_CreateObject();
    json_set_string(line, "sku_id", json_string(zaikio_requirement_sku(x, entry), "id"));
    json_set(line, "amount", cJSON_Duplicate(json_member(entry, "amount"), true));
    if (with_references)
        json_set(line, "references", cJSON_Duplicate(json_member(entry, "references"), true));
    return line;
}

static cJSON *delivery_for(const cJSON *entry)
{
    cJSON *delivery = cJSON_CreateObject();
    json_set_string(delivery, "site_id", json_string(entry, "site_id"));
    json_set_string(delivery, "desired_delivery_date", json_string(entry, "material_required_at"));
    return delivery;
}

/* A line for each, and one delivery to where the first is needed. One that is named twice is needed once. */
static cJSON *wanted_of(struct exchange *x, const cJSON *change)
{
    cJSON *wanted = cJSON_CreateObject(), *lines = cJSON_AddArrayToObject(wanted, "order_line_items_attributes");
    cJSON *deliveries = cJSON_AddArrayToObject(wanted, "deliveries_attributes");
    const cJSON *id = NULL, *references = json_member(change, "references");
    struct name_set *named = NULL;
    cJSON_ArrayForEach (id, json_member(change, IDS)) {
        if (!name_set_add(&named, id->valuestring))
            continue;
        cJSON *entry = zaikio_requirement(x, id->valuestring);
        cJSON_AddItemToArray(lines, line_for(x, entry, json_true(change, COPY)));
        if (cJSON_GetArraySize(deliveries) == 0)
            cJSON_AddItemToArray(deliveries, delivery_for(entry));
        cJSON_Delete(entry);
    }
    name_set_free(named);
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
