/*
 * What can be in a draft: delivery mode, references, sales group, line items, deliveries. Values that no order can have
 * are told all at once (422). The texts are those of the vendor's framework, as "can't be blank" is (6); which of them
 * apply is ours.
 */
#include <string.h>

#include "providers/zaikio/contents.h"

enum step zaikio_refuse_not_draft(struct exchange *x, const char *field, const struct order *order)
{
    return exchange_refuse(x, 422, zaikio_error_field("base", "can only be changed in draft state"),
                           &(struct reason){"9 A3: changed after placing", field, "a draft", order->state});
}

/* Ours, since none are documented: every part repeats the references of its order, so that a draft which could have
 * any number of both would outgrow the machine. */
#define PARTS_MAX      1000 /* line items, and as many deliveries */
#define TOO_MANY_PARTS "is too long (maximum is 1000 entries)"

/* ── Parts ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether there is room for so many more beside those that are `there`, which may be NULL. */
static void judge_room(struct exchange *x, const cJSON *there, int more, const char *field, cJSON *errors)
{
    if (cJSON_GetArraySize(there) + more > PARTS_MAX)
        zaikio_add_error(x, errors, "", field, TOO_MANY_PARTS);
}

static void judge_line_item(struct exchange *x, const cJSON *item, const char *prefix, cJSON *errors)
{
    if (zaikio_find(x, "skus", "id", json_string(item, "sku_id")) == NULL)
        zaikio_add_error(x, errors, prefix, "sku", "must exist");
    const char *problem = zaikio_amount_problem(json_member(item, "amount"));
    if (problem != NULL)
        zaikio_add_error(x, errors, prefix, "amount", problem);
    zaikio_judge_references(x, json_member(item, "references"), prefix, errors);
}

static void judge_delivery(struct exchange *x, const cJSON *delivery, const char *prefix, cJSON *errors)
{
    static const char *const texts[] = {"address_addressee", "address_text", "desired_delivery_date", NULL};
    for (const char *const *name = texts; *name != NULL; name++) {
        const cJSON *value = json_member(delivery, *name);
        if (value != NULL && !zaikio_is_text_or_null(value))
            zaikio_add_error(x, errors, prefix, *name, "is invalid");
    }
    const char *date = json_string(delivery, "desired_delivery_date");
    if (date != NULL && !zaikio_begins_with_date(date))
        zaikio_add_error(x, errors, prefix, "desired_delivery_date", "is invalid");
    zaikio_judge_references(x, json_member(delivery, "references"), prefix, errors);
    zaikio_judge_site(x, json_member(delivery, "site_id"), prefix, errors);
}

/* ── All that is given ─────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_check_line_item(struct exchange *x, const struct order *order, const cJSON *item)
{
    cJSON *errors = cJSON_CreateObject();
    judge_line_item(x, item, "", errors);
    judge_room(x, json_member(order->document, "order_line_items"), 1, "order_line_items", errors);
    return zaikio_refuse_errors(x, errors);
}

enum step zaikio_check_line_item_change(struct exchange *x, const cJSON *change)
{
    cJSON *errors = cJSON_CreateObject();
    const cJSON *amount = json_member(change, "amount");
    const char *problem = amount == NULL ? NULL : zaikio_amount_problem(amount);
    if (problem != NULL)
        zaikio_add_error(x, errors, "", "amount", problem);
    zaikio_judge_references(x, json_member(change, "references"), "", errors);
    return zaikio_refuse_errors(x, errors);
}

/* ── What of a line a delivery holds (8.2) ─────────────────────────────────────────────────────────────────────── */

static const cJSON *with_id(const cJSON *list, const cJSON *id)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, list) {
        if (cJSON_IsString(id) && strcmp(json_string_or(entry, "id", ""), id->valuestring) == 0)
            return entry;
    }
    return NULL;
}

static void judge_held(struct exchange *x, const struct order *order, const cJSON *held, const char *prefix,
                       bool is_new, cJSON *errors)
{
    const cJSON *item = json_member(held, "order_line_item_id"), *amount = json_member(held, "amount");
    const char *problem = is_new || amount != NULL ? zaikio_amount_problem(amount) : NULL;
    if ((is_new || item != NULL) &&
        with_id(order == NULL ? NULL : json_member(order->document, "order_line_items"), item) == NULL)
        zaikio_add_error(x, errors, prefix, "order_line_item", "must exist");
    if (problem != NULL)
        zaikio_add_error(x, errors, prefix, "amount", problem);
    zaikio_judge_references(x, json_member(held, "references"), prefix, errors);
}

enum step zaikio_check_held(struct exchange *x, const struct order *order, const cJSON *held, bool is_new)
{
    cJSON *errors = cJSON_CreateObject();
    judge_held(x, order, held, "", is_new, errors);
    return zaikio_refuse_errors(x, errors);
}

/* Entries with an id are those that the delivery has; the others are new. */
static void judge_all_held(struct exchange *x, const struct order *order, const cJSON *delivery, const cJSON *list,
                           cJSON *errors)
{
    static const char prefix[] = "delivery_line_items.";
    const cJSON *held = NULL;
    if (list != NULL && !cJSON_IsArray(list) && !cJSON_IsNull(list))
        zaikio_add_error(x, errors, "", "delivery_line_items", "is invalid");
    judge_room(x, json_member(delivery, "delivery_line_items"), cJSON_GetArraySize(list), "delivery_line_items",
               errors);
    cJSON_ArrayForEach (held, list) {
        const cJSON *id = json_member(held, "id");
        if (id != NULL && with_id(json_member(delivery, "delivery_line_items"), id) == NULL)
            zaikio_add_error(x, errors, prefix, "id", "must exist");
        judge_held(x, order, held, prefix, id == NULL, errors);
    }
}

enum step zaikio_check_delivery_change(struct exchange *x, const struct order *order, const cJSON *delivery,
                                       const cJSON *change)
{
    cJSON *errors = cJSON_CreateObject();
    judge_delivery(x, change, "", errors);
    judge_all_held(x, order, delivery, json_member(change, "delivery_line_items_attributes"), errors);
    return zaikio_refuse_errors(x, errors);
}

enum step zaikio_check_delivery(struct exchange *x, const struct order *order, const cJSON *delivery)
{
    cJSON *errors = cJSON_CreateObject();
    judge_delivery(x, delivery, "", errors);
    judge_all_held(x, order, NULL, json_member(delivery, "delivery_line_items_attributes"), errors);
    judge_room(x, json_member(order->facts, "deliveries"), 1, "deliveries", errors);
    return zaikio_refuse_errors(x, errors);
}

static void judge_parts(struct exchange *x, const struct order *order, const cJSON *change, cJSON *errors)
{
    const cJSON *items = json_member(change, "order_line_items_attributes"), *part = NULL;
    const cJSON *deliveries = json_member(change, "deliveries_attributes");
    const cJSON *own_items = order == NULL ? NULL : json_member(order->document, "order_line_items");
    const cJSON *own_deliveries = order == NULL ? NULL : json_member(order->facts, "deliveries");
    judge_room(x, own_items, cJSON_GetArraySize(items), "order_line_items", errors);
    judge_room(x, own_deliveries, cJSON_GetArraySize(deliveries), "deliveries", errors);
    cJSON_ArrayForEach (part, items) {
        judge_line_item(x, part, "order_line_items.", errors);
    }
    cJSON_ArrayForEach (part, deliveries) {
        judge_delivery(x, part, "deliveries.", errors);
        judge_all_held(x, order, NULL, json_member(part, "delivery_line_items_attributes"), errors);
    }
}

enum step zaikio_check_values(struct exchange *x, const struct order *order, const cJSON *change)
{
    static const char *const modes[] = {"complete", "splitted", NULL};
    cJSON *errors = cJSON_CreateObject();
    const cJSON *mode = json_member(change, "delivery_mode");
    if (mode != NULL && !(cJSON_IsString(mode) && zaikio_is_one_of(mode->valuestring, modes)))
        zaikio_add_error(x, errors, "", "delivery_mode", "is not included in the list");
    const char *group = json_string(change, "exclusive_sales_group_id");
    if (group != NULL && zaikio_find(x, "sales_groups", "id", group) == NULL)
        zaikio_add_error(x, errors, "", "exclusive_sales_group", "must exist");
    zaikio_judge_references(x, json_member(change, "references"), "", errors);
    judge_parts(x, order, change, errors);
    return zaikio_refuse_errors(x, errors);
}
