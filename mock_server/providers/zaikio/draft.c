/*
 * How checked contents get into a draft. Line items the order shows too; deliveries it does not (3): those are facts.
 */
#include <string.h>

#include "providers/zaikio/contents.h"

/* ── All of a change ───────────────────────────────────────────────────────────────────────────────────────────── */

static void set_references(cJSON *document, cJSON *facts, const cJSON *given)
{
    cJSON *part = NULL;
    zaikio_change_references(document, given);
    cJSON_ArrayForEach (part, json_member_mut(document, "order_line_items")) {
        zaikio_set_parent(part, json_string(document, "id"), json_member(document, "references"));
    }
    cJSON_ArrayForEach (part, json_member_mut(facts, "deliveries")) {
        zaikio_set_parent(part, json_string(document, "id"), json_member(document, "references"));
    }
}

void zaikio_apply_contents(struct exchange *x, cJSON *document, cJSON *facts, const cJSON *change)
{
    const cJSON *group = json_member(change, "exclusive_sales_group_id"), *part = NULL;
    if (json_member(change, "delivery_mode") != NULL)
        json_set_string(document, "delivery_mode", json_string(change, "delivery_mode"));
    if (json_member(change, "references") != NULL)
        set_references(document, facts, json_member(change, "references"));
    if (group != NULL) {
        json_set_string(document, "exclusive_sales_group_id", group->valuestring);
        json_set(document, "exclusive_sales_group",
                 zaikio_sales_group(zaikio_find(x, "sales_groups", "id", group->valuestring)));
    }
    cJSON_ArrayForEach (part, json_member(change, "order_line_items_attributes")) {
        zaikio_add_line_item(x, document, part);
    }
    if (cJSON_GetArraySize(json_member(change, "order_line_items_attributes")) > 0)
        zaikio_set_totals(document);
    cJSON_ArrayForEach (part, json_member(change, "deliveries_attributes")) {
        zaikio_add_delivery(x, document, facts, part);
    }
}
