/*
 * The cancel (4, 5): the rule of each field of its body, and what is then given to the rules of the service (rules.c);
 * the plan that it opens; the answer.
 */
#include <string.h>

#include "base/name_set.h"
#include "base/number.h"
#include "providers/akinon/channels.h"

/* ── Fields ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Compared as digits, so that a pk of any size is exact. */
static const char *order_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    if (!akinon_is_integer(value))
        return "A valid integer is required.";
    bool same = strcmp(json_number_text(value), order->id) == 0;
    return same || exchange_knob(x, KNOB_ORDER_MISMATCH) == MISMATCH_IGNORE ? NULL : "Order mismatch.";
}

/* The pk that a member of cancel_items names: the number in an array, the name in an object (9.2). NULL for others. */
static const char *pk_named_by(const cJSON *list, const cJSON *member)
{
    if (cJSON_IsObject(list))
        return member->string;
    return akinon_is_integer(member) ? json_number_text(member) : NULL;
}

static const char *items_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    bool accepts_object = exchange_knob_on(x, KNOB_CANCEL_ITEMS_ACCEPT_OBJECT);
    const char *mistake = accepts_object && cJSON_IsObject(value) ? NULL : akinon_list_mistake(x, value);
    struct name_set *pks = mistake == NULL && value->child != NULL ? akinon_item_pks(order) : NULL;
    for (const cJSON *member = value->child; mistake == NULL && member != NULL; member = member->next) {
        const char *pk = pk_named_by(value, member);
        if (pk == NULL)
            mistake = akinon_not_a_pk(x, member);
        else if (!name_set_has(pks, pk))
            mistake = akinon_unknown_pk(x, pk);
    }
    name_set_free(pks);
    return mistake;
}

/* "default null must be sent" (page); the knob knows what others make of the word string beside it (9.3). */
static const char *forced_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (cJSON_IsNull(value))
        return NULL;
    if (exchange_knob(x, KNOB_FORCED_REFUND) != FORCED_ALLOW_DECIMAL_STRING)
        return "Must be null.";
    return cJSON_IsString(value) && akinon_is_decimal(value->valuestring) ? NULL : "A valid number is required.";
}

static bool forced_may_be_missing(const struct exchange *x)
{
    return exchange_knob(x, KNOB_FORCED_REFUND) == FORCED_ALLOW_MISSING;
}

static const char *reasons_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    const char *mistake = akinon_dictionary_mistake(x, order, value);
    int64_t accepted = exchange_knob(x, KNOB_REASON_VALUE);
    for (const cJSON *reason = value->child; mistake == NULL && reason != NULL; reason = reason->next) {
        bool text =
            cJSON_IsString(reason) &&
            (accepted == REASON_ANY || (accepted == REASON_ID_OR_DIGITS && number_is_digits(reason->valuestring)));
        if (!text && !akinon_is_integer(reason))
            mistake = "A valid integer is required.";
    }
    return mistake;
}

static const char *strings_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    const char *mistake = akinon_dictionary_mistake(x, order, value);
    for (const cJSON *member = value->child; mistake == NULL && member != NULL; member = member->next)
        if (!cJSON_IsString(member))
            mistake = "Not a valid string.";
    return mistake;
}

static const struct akinon_field fields[] = {
    {"order", "the integer of the path", order_mistake, .required = true},
    {"is_all", "true or false", akinon_boolean_mistake},
    {"cancel_items", "an array of pks of the order's items", items_mistake, .required = true},
    {"forced_refund_amount", "null", forced_mistake, .required = true, .nullable = true,
     .may_be_missing = forced_may_be_missing},
    {"reasons", "an object of reason ids by item pk", reasons_mistake, .required = true},
    {"is_cargo_refund", "true or false", akinon_boolean_mistake},
    {"refund_invoice_number", "a string or null", akinon_string_mistake, .nullable = true},
    {"ibans", "an object of strings by item pk", strings_mistake, .secret = true},
    {"holder_names", "an object of strings by item pk", strings_mistake, .secret = true},
    {"return_details", "true or false", akinon_boolean_mistake},
    {.name = NULL},
};

/* ── What was asked for ────────────────────────────────────────────────────────────────────────────────────────── */

/* An item that is named twice is chosen once. */
static void choose(const struct order *order, const cJSON *list, struct cancel_request *request)
{
    size_t index = 0;
    struct name_set *named = NULL;
    for (const cJSON *member = list->child; member != NULL; member = member->next)
        (void)name_set_add(&named, pk_named_by(list, member));
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, index++) {
        request->chosen[index] = name_set_has(named, akinon_item_pk(item));
        request->chosen_count += request->chosen[index];
    }
    name_set_free(named);
}

static size_t item_count(const struct order *order)
{
    size_t count = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        count++;
    return count;
}

static enum step read_cancel(struct exchange *x, const struct order *order, struct cancel_request **out)
{
    const cJSON *body = NULL;
    if (akinon_check_object(x, &body) == STEP_REPLY || akinon_check_fields(x, order, body, fields) == STEP_REPLY)
        return STEP_REPLY;

    struct cancel_request *request = arena_alloc(x->arena, sizeof *request);
    request->is_all = json_true(body, "is_all");
    request->is_cargo_refund = json_true(body, "is_cargo_refund");
    request->return_details = !cJSON_IsFalse(json_member(body, "return_details")); /* 9.5 */
    request->refund_invoice_number = json_string(body, "refund_invoice_number");
    request->reasons = json_member(body, "reasons");
    request->ibans = json_member(body, "ibans");
    request->holder_names = json_member(body, "holder_names");
    request->chosen = arena_alloc(x->arena, (item_count(order) + 1) * sizeof *request->chosen);
    choose(order, json_member(body, "cancel_items"), request);
    *out = request;
    return STEP_NEXT;
}

/* ── The call ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_channel_cancel(struct exchange *x)
{
    return akinon_check_json(x) == STEP_REPLY ? STEP_REPLY : akinon_check_channel(x);
}

/* Judges and changes `copy`, which is the order as of now. */
static enum step cancel(struct exchange *x, struct order *copy)
{
    struct cancel_request *request = NULL;
    const struct maker maker = exchange_maker(x);
    if (read_cancel(x, copy, &request) == STEP_REPLY || akinon_check_rules(x, copy, request) == STEP_REPLY)
        return STEP_REPLY;
    akinon_note_strategy(x);
    akinon_open_plan(&maker, copy, request);
    if (akinon_auto_approval(&maker, copy) <= maker.now_us) /* 9.14: a marketplace confirms in the same call */
        akinon_approve(&maker, copy);
    x->scratch = request;
    return STEP_NEXT;
}

/* The body is read after the order was found (9.22), because its fields are checked against the order. */
enum step akinon_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!akinon_is_visible(x, order))
        return akinon_refuse_not_found(x);
    struct order *copy = order_copy(order);
    if (cancel(x, copy) == STEP_REPLY) {
        order_drop(copy);
        return STEP_REPLY;
    }
    *changed = copy;
    return STEP_NEXT;
}

void akinon_render_cancel(struct exchange *x)
{
    const struct cancel_request *request = x->scratch;
    if (request->return_details) {
        akinon_render_order(x);
        return;
    }
    int64_t form = exchange_knob(x, KNOB_CLEAR_RESPONSE);
    if (form == CLEAR_EMPTY_BODY || form == CLEAR_204) {
        reply_empty(x, form == CLEAR_204 ? 204 : 200);
        return;
    }
    cJSON *body = cJSON_CreateObject();
    if (form == CLEAR_STATUS_SUCCESS)
        json_set_string(body, "status", "success");
    reply_json(x, 200, body);
}
