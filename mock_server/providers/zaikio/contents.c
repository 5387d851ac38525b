/*
 * What can be in a draft: delivery mode, references, sales group, line items, deliveries. Values that no order can have
 * are told all at once (422). The texts are those of the vendor's framework, as "can't be blank" is (6); which of them
 * apply is ours.
 */
#include <string.h>

#include "base/instant.h"
#include "providers/zaikio/contents.h"

enum step zaikio_refuse_not_draft(struct exchange *x, const char *field, const struct order *order)
{
    return exchange_refuse(x, 422, zaikio_error_field("base", "can only be changed in draft state"),
                           &(struct reason){"9 A3: changed after placing", field, "a draft", order->state});
}

#define AMOUNT_MAX 10000000

/* Ours, since none are documented: every part repeats the references of its order, so that a draft which could have
 * any number of both would outgrow the machine. */
#define PARTS_MAX            1000 /* line items, and as many deliveries */
#define REFERENCES_MAX       20
#define REFERENCE_LENGTH_MAX 255
#define TOO_MANY_PARTS       "is too long (maximum is 1000 entries)"
#define TOO_MANY_REFERENCES  "is too long (maximum is 20 entries)"
#define TOO_LONG_REFERENCE   "is too long (maximum is 255 characters)"

/* Each field lists a text once, though several parts may share the mistake. */
static void add_error(struct exchange *x, cJSON *errors, const char *prefix, const char *field, const char *text)
{
    const char *name = arena_print(x->arena, "%s%s", prefix, field);
    cJSON *list = json_member_mut(errors, name), *known = NULL;
    if (list == NULL)
        list = cJSON_AddArrayToObject(errors, name);
    cJSON_ArrayForEach (known, list) {
        if (strcmp(known->valuestring, text) == 0)
            return;
    }
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
}

static enum step refuse_errors(struct exchange *x, cJSON *errors)
{
    if (errors->child == NULL) {
        cJSON_Delete(errors);
        return STEP_NEXT;
    }
    const char *field = arena_dup(x->arena, errors->child->string);
    const char *text = arena_dup(x->arena, cJSON_GetArrayItem(errors->child, 0)->valuestring);
    cJSON *body = cJSON_CreateObject();
    json_set(body, "errors", errors);
    return exchange_refuse(x, 422, body, &(struct reason){"6: validation", field, "a possible value", text});
}

/* ── One value ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80; /* those bytes go on with a character */
    return count;
}

static void judge_references(struct exchange *x, const cJSON *references, const char *prefix, cJSON *errors)
{
    const cJSON *reference = NULL;
    if (cJSON_GetArraySize(references) > REFERENCES_MAX)
        add_error(x, errors, prefix, "references", TOO_MANY_REFERENCES);
    cJSON_ArrayForEach (reference, references) {
        if (count_characters(reference->valuestring) > REFERENCE_LENGTH_MAX)
            add_error(x, errors, prefix, "references", TOO_LONG_REFERENCE);
    }
}

/* Whether there is room for so many more beside those that are `there`, which may be NULL. */
static void judge_room(struct exchange *x, const cJSON *there, int more, const char *field, cJSON *errors)
{
    if (cJSON_GetArraySize(there) + more > PARTS_MAX)
        add_error(x, errors, "", field, TOO_MANY_PARTS);
}

static const char *amount_problem(const cJSON *amount)
{
    int64_t value = 0;
    if (amount == NULL || cJSON_IsNull(amount))
        return "can't be blank";
    if (!cJSON_IsNumber(amount) || (!json_integer(amount, &value) && !json_integral(amount, &value)) || value < 1)
        return "must be greater than 0";
    return value > AMOUNT_MAX ? "must be less than or equal to 10000000" : NULL;
}

static void judge_given_references(struct exchange *x, const cJSON *references, const char *prefix, cJSON *errors)
{
    if (references != NULL && !zaikio_is_list_of_texts(references))
        add_error(x, errors, prefix, "references", "is invalid");
    else
        judge_references(x, references, prefix, errors);
}

static void judge_line_item(struct exchange *x, const cJSON *item, const char *prefix, cJSON *errors)
{
    if (zaikio_find(x, "skus", "id", json_string(item, "sku_id")) == NULL)
        add_error(x, errors, prefix, "sku", "must exist");
    const char *problem = amount_problem(json_member(item, "amount"));
    if (problem != NULL)
        add_error(x, errors, prefix, "amount", problem);
    judge_given_references(x, json_member(item, "references"), prefix, errors);
}

/* "2026-11-05", and whatever time of day follows. */
static bool begins_with_date(const char *text)
{
    int64_t midnight = 0;
    char stamp[] = "0000-00-00T00:00:00Z";
    if (strlen(text) < 10)
        return false;
    memcpy(stamp, text, 10);
    return instant_read(stamp, &midnight);
}

static void judge_site(struct exchange *x, const cJSON *id, const char *prefix, cJSON *errors)
{
    if (id != NULL && !cJSON_IsNull(id) && (!cJSON_IsString(id) || zaikio_own_site(x, id->valuestring) == NULL))
        add_error(x, errors, prefix, "site", "must exist");
}

static void judge_delivery(struct exchange *x, const cJSON *delivery, const char *prefix, cJSON *errors)
{
    static const char *const texts[] = {"address_addressee", "address_text", "desired_delivery_date", NULL};
    for (const char *const *name = texts; *name != NULL; name++) {
        const cJSON *value = json_member(delivery, *name);
        if (value != NULL && !zaikio_is_text_or_null(value))
            add_error(x, errors, prefix, *name, "is invalid");
    }
    const char *date = json_string(delivery, "desired_delivery_date");
    if (date != NULL && !begins_with_date(date))
        add_error(x, errors, prefix, "desired_delivery_date", "is invalid");
    judge_given_references(x, json_member(delivery, "references"), prefix, errors);
    judge_site(x, json_member(delivery, "site_id"), prefix, errors);
}

/* ── All that is given ─────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_check_line_item(struct exchange *x, const struct order *order, const cJSON *item)
{
    cJSON *errors = cJSON_CreateObject();
    judge_line_item(x, item, "", errors);
    judge_room(x, json_member(order->document, "order_line_items"), 1, "order_line_items", errors);
    return refuse_errors(x, errors);
}

enum step zaikio_check_line_item_change(struct exchange *x, const cJSON *change)
{
    cJSON *errors = cJSON_CreateObject();
    const cJSON *amount = json_member(change, "amount");
    const char *problem = amount == NULL ? NULL : amount_problem(amount);
    if (problem != NULL)
        add_error(x, errors, "", "amount", problem);
    judge_given_references(x, json_member(change, "references"), "", errors);
    return refuse_errors(x, errors);
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
    const char *problem = is_new || amount != NULL ? amount_problem(amount) : NULL;
    if ((is_new || item != NULL) &&
        with_id(order == NULL ? NULL : json_member(order->document, "order_line_items"), item) == NULL)
        add_error(x, errors, prefix, "order_line_item", "must exist");
    if (problem != NULL)
        add_error(x, errors, prefix, "amount", problem);
    judge_given_references(x, json_member(held, "references"), prefix, errors);
}

enum step zaikio_check_held(struct exchange *x, const struct order *order, const cJSON *held, bool is_new)
{
    cJSON *errors = cJSON_CreateObject();
    judge_held(x, order, held, "", is_new, errors);
    return refuse_errors(x, errors);
}

/* Entries with an id are those that the delivery has; the others are new. */
static void judge_all_held(struct exchange *x, const struct order *order, const cJSON *delivery, const cJSON *list,
                           cJSON *errors)
{
    static const char prefix[] = "delivery_line_items.";
    const cJSON *held = NULL;
    if (list != NULL && !cJSON_IsArray(list) && !cJSON_IsNull(list))
        add_error(x, errors, "", "delivery_line_items", "is invalid");
    judge_room(x, json_member(delivery, "delivery_line_items"), cJSON_GetArraySize(list), "delivery_line_items",
               errors);
    cJSON_ArrayForEach (held, list) {
        const cJSON *id = json_member(held, "id");
        if (id != NULL && with_id(json_member(delivery, "delivery_line_items"), id) == NULL)
            add_error(x, errors, prefix, "id", "must exist");
        judge_held(x, order, held, prefix, id == NULL, errors);
    }
}

enum step zaikio_check_delivery_change(struct exchange *x, const struct order *order, const cJSON *delivery,
                                       const cJSON *change)
{
    cJSON *errors = cJSON_CreateObject();
    judge_delivery(x, change, "", errors);
    judge_all_held(x, order, delivery, json_member(change, "delivery_line_items_attributes"), errors);
    return refuse_errors(x, errors);
}

enum step zaikio_check_delivery(struct exchange *x, const struct order *order, const cJSON *delivery)
{
    cJSON *errors = cJSON_CreateObject();
    judge_delivery(x, delivery, "", errors);
    judge_all_held(x, order, NULL, json_member(delivery, "delivery_line_items_attributes"), errors);
    judge_room(x, json_member(order->facts, "deliveries"), 1, "deliveries", errors);
    return refuse_errors(x, errors);
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
        add_error(x, errors, "", "delivery_mode", "is not included in the list");
    const char *group = json_string(change, "exclusive_sales_group_id");
    if (group != NULL && zaikio_find(x, "sales_groups", "id", group) == NULL)
        add_error(x, errors, "", "exclusive_sales_group", "must exist");
    judge_references(x, json_member(change, "references"), "", errors);
    judge_parts(x, order, change, errors);
    return refuse_errors(x, errors);
}
