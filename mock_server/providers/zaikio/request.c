/*
 * What a request must be by itself: a body that changes something is JSON, said to be JSON, an object with one root
 * member (4); the members of an order in it have their types (6); and a path names an order of the one who asks.
 *
 * A body is judged in two steps, as the vendor's framework does: what is malformed is a 400 before any order is looked
 * at; what the order cannot do or have is a 422 after it.
 */
#include <string.h>

#include "providers/zaikio/contents.h"

bool zaikio_is_one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

/* ── The body (4) ──────────────────────────────────────────────────────────────────────────────────────────────── */

#define UNKNOWN_TOLD_MAX 50

static void list_unknown(cJSON *errors, const char *name)
{
    if (cJSON_GetArraySize(errors) < UNKNOWN_TOLD_MAX && json_member(errors, name) == NULL)
        cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, name), cJSON_CreateString("is not permitted"));
}

/* The knob strict_schema: the description forbids members that it does not name (4, additionalProperties). */
static enum step check_members(struct exchange *x, const cJSON *body, const char *root, const char *const *permitted)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *errors = cJSON_AddObjectToObject(answer, "errors");
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, body) {
        if (strcmp(member->string, root) != 0)
            list_unknown(errors, member->string);
    }
    cJSON_ArrayForEach (member, json_member(body, root)) {
        if (!zaikio_is_one_of(member->string, permitted))
            list_unknown(errors, member->string);
    }
    if (errors->child == NULL) {
        cJSON_Delete(answer);
        return STEP_NEXT;
    }
    const char *name = arena_dup(x->arena, errors->child->string);
    return exchange_refuse(x, 400, answer,
                           &(struct reason){"4: no members but the described ones", name, "absent", "present",
                                            .knob = "strict_schema=off"});
}

/* Real clients send back all that they read: what nobody can write is ignored, and the journal says so (4). */
static void note_ignored(struct exchange *x, const cJSON *body, const char *root, const char *const *permitted)
{
    const cJSON *member = NULL;
    const char *names = "";
    int count = 0;
    cJSON_ArrayForEach (member, body) {
        if (strcmp(member->string, root) != 0 && count++ < UNKNOWN_TOLD_MAX)
            names = arena_print(x->arena, "%s %s", names, member->string);
    }
    cJSON_ArrayForEach (member, json_member(body, root)) {
        if (!zaikio_is_one_of(member->string, permitted) && count++ < UNKNOWN_TOLD_MAX)
            names = arena_print(x->arena, "%s %s.%s", names, root, member->string);
    }
    if (count > 0)
        exchange_note(x,
                      arena_print(x->arena, "zaikio 4: ignored, since nobody can write it:%s (strict_schema)", names));
}

static enum step refuse_missing(struct exchange *x, const char *root, const struct reason *why)
{
    return exchange_refuse(x, 400, zaikio_error_field(root, "is missing"), why);
}

enum step zaikio_check_body(struct exchange *x, const char *root, const char *const *permitted)
{
    if (!exchange_content_is(x, "application/json")) {
        const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                                   exchange_header(x, "Content-Type")};
        if (exchange_knob(x, KNOB_BAD_CONTENT_TYPE) == CONTENT_415)
            return exchange_refuse(x, 415, zaikio_error_list("unsupported_media_type", NULL), &why);
        return refuse_missing(x, root, &why);
    }
    const cJSON *body = NULL;
    if (exchange_body(x, &body) == BODY_BROKEN)
        return exchange_refuse(
            x, 400, zaikio_error_field("base", "is not valid JSON"),
            &(struct reason){"4: the body is JSON", "body", "one JSON object", exchange_body_problem(x)->text});
    const cJSON *change = json_member(body, root);
    if (!cJSON_IsObject(change))
        return refuse_missing(x, root,
                              &(struct reason){"4: the change stands in the root member", root, "an object",
                                               exchange_describe(x, change)});
    if (exchange_knob_on(x, KNOB_STRICT_SCHEMA))
        return check_members(x, body, root, permitted);
    note_ignored(x, body, root, permitted);
    return STEP_NEXT;
}

const cJSON *zaikio_change(struct exchange *x, const char *root)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    return json_member(body, root);
}

/* ── The members of an order that is changed (4, 6) ────────────────────────────────────────────────────────────── */

static bool is_text(const cJSON *value)
{
    return cJSON_IsString(value);
}

bool zaikio_is_text_or_null(const cJSON *value)
{
    return cJSON_IsString(value) || cJSON_IsNull(value);
}

static bool is_list(const cJSON *value, bool (*fits)(const cJSON *entry))
{
    if (!cJSON_IsArray(value))
        return false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, value) {
        if (!fits(entry))
            return false;
    }
    return true;
}

bool zaikio_is_list_of_texts(const cJSON *value)
{
    return is_list(value, is_text);
}

static bool is_object(const cJSON *value)
{
    return cJSON_IsObject(value);
}

static bool is_list_of_objects(const cJSON *value)
{
    return is_list(value, is_object);
}

/* Members that only a draft can be given (9 A3). */
static const struct content_row {
    const char *name;
    bool (*fits)(const cJSON *value);
    const char *expected;
} content_rows[] = {
    {"delivery_mode", zaikio_is_text_or_null, "a string"},
    {"references", zaikio_is_list_of_texts, "an array of strings"},
    {"exclusive_sales_group_id", zaikio_is_text_or_null, "a string or null"},
    {"order_line_items_attributes", is_list_of_objects, "an array of objects"},
    {"deliveries_attributes", is_list_of_objects, "an array of objects"},
};

enum step zaikio_check_types(struct exchange *x, const cJSON *change)
{
    for (size_t i = 0; i < COUNT_OF(content_rows); i++) {
        const struct content_row *row = &content_rows[i];
        const cJSON *value = json_member(change, row->name);
        if (value != NULL && !row->fits(value))
            return exchange_refuse(
                x, 400, zaikio_error_field(row->name, "is invalid"),
                &(struct reason){"6: malformed change", row->name, row->expected, exchange_describe(x, value)});
    }
    return STEP_NEXT;
}

bool zaikio_is_echo(const cJSON *own, const cJSON *value)
{
    if (cJSON_IsNull(value))
        return own == NULL || cJSON_IsNull(own);
    if (own == NULL)
        return cJSON_IsArray(value) && cJSON_GetArraySize(value) == 0;
    return cJSON_Compare(own, value, true);
}

cJSON *zaikio_other_contents(const cJSON *document, const cJSON *change)
{
    cJSON *others = cJSON_CreateObject();
    for (size_t i = 0; i < COUNT_OF(content_rows); i++) {
        const char *name = content_rows[i].name;
        const cJSON *value = json_member(change, name);
        if (value != NULL && !zaikio_is_echo(json_member(document, name), value))
            json_set(others, name, cJSON_Duplicate(value, true));
    }
    return others;
}

/* ── The order that the path names (6) ─────────────────────────────────────────────────────────────────────────── */

enum step zaikio_check_order(struct exchange *x, const struct order *order)
{
    if (!zaikio_is_uuid(x->order_key))
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: the path holds a UUID", "order_id", "a UUID in lower case", x->order_key});
    if (order == NULL)
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: order unknown or deleted", "order_id", "the id of an order", x->order_key});
    if (strcmp(order->account, x->account) != 0)
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: the order of another organisation", "order_id", x->account, order->account});
    return STEP_NEXT;
}
