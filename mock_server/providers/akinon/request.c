/*
 * The fields of the cancel body (4), one row each.
 *
 * All fields are looked at, and all mistakes are told in one answer, each under its field's name:
 *
 *     400 {"cancel_items":["This field is required."],"forced_refund_amount":["Must be null."]}
 *
 * Members that no row names are passed over, as the vendor's framework does.
 */
#include <string.h>

#include "providers/akinon/akinon.h"
#include "support/number.h"

static const char REQUIRED[] = "This field is required.";
static const char NOT_NULL[] = "This field may not be null.";

struct field {
    const char *name;
    const char *expected;
    bool required;
    bool nullable;
    bool secret; /* its value stands in no journal reason */
    /* The text of the mistake, NULL when there is none. `value` is there, and null only where that is allowed. */
    const char *(*mistake)(struct exchange *x, const struct order *order, const cJSON *value);
};

/* ── Types ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_integer(const cJSON *value)
{
    const char *digits = json_number_text(value);
    return digits != NULL && strpbrk(digits, ".eE") == NULL;
}

static const char *boolean_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    return cJSON_IsBool(value) ? NULL : "Must be a valid boolean.";
}

static const char *string_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    return cJSON_IsString(value) || cJSON_IsNull(value) ? NULL : "Not a valid string.";
}

static const char *not_a_dictionary(struct exchange *x, const cJSON *value)
{
    return arena_print(x->arena, "Expected a dictionary of items but got type \"%s\".", akinon_type_name(value));
}

static const char *strings_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (!cJSON_IsObject(value))
        return not_a_dictionary(x, value);
    for (const cJSON *member = value->child; member != NULL; member = member->next)
        if (!cJSON_IsString(member))
            return "Not a valid string.";
    return NULL;
}

/* ── Fields ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Compared as digits, so that a pk of any size is exact. */
static const char *order_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    if (!is_integer(value))
        return "A valid integer is required.";
    bool same = strcmp(json_number_text(value), order->id) == 0;
    return same || exchange_knob(x, KNOB_ORDER_MISMATCH) == MISMATCH_IGNORE ? NULL : "Order mismatch.";
}

static const cJSON *item_of(const struct order *order, const char *pk, size_t *index)
{
    *index = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next, (*index)++)
        if (strcmp(akinon_item_pk(item), pk) == 0)
            return item;
    return NULL;
}

/* The pk that a member of cancel_items names: the number in an array, the name in an object (9.2). NULL for others. */
static const char *pk_named_by(const cJSON *list, const cJSON *member)
{
    if (cJSON_IsObject(list))
        return member->string;
    return is_integer(member) ? json_number_text(member) : NULL;
}

static const char *items_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    bool fits =
        cJSON_IsArray(value) || (cJSON_IsObject(value) && exchange_knob(x, KNOB_CANCEL_ITEMS_ACCEPT_OBJECT) == 1);
    if (!fits)
        return arena_print(x->arena, "Expected a list of items but got type \"%s\".", akinon_type_name(value));
    for (const cJSON *member = value->child; member != NULL; member = member->next) {
        size_t index = 0;
        const char *pk = pk_named_by(value, member);
        if (pk == NULL)
            return arena_print(x->arena, "Incorrect type. Expected pk value, received %s.", akinon_type_name(member));
        if (item_of(order, pk, &index) == NULL)
            return arena_print(x->arena, "Invalid pk \"%s\" - object does not exist.", pk);
    }
    return NULL;
}

static bool is_decimal(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    if (whole == 0)
        return false;
    return text[whole] == '\0' || (text[whole] == '.' && number_is_digits(text + whole + 1));
}

/* "default null must be sent" (page); the knob knows what others make of the word string beside it (9.3). */
static const char *forced_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (cJSON_IsNull(value))
        return NULL;
    if (exchange_knob(x, KNOB_FORCED_REFUND) != FORCED_ALLOW_DECIMAL_STRING)
        return "Must be null.";
    return cJSON_IsString(value) && is_decimal(value->valuestring) ? NULL : "A valid number is required.";
}

static const char *reasons_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (!cJSON_IsObject(value))
        return not_a_dictionary(x, value);
    int64_t accepted = exchange_knob(x, KNOB_REASON_VALUE);
    for (const cJSON *reason = value->child; reason != NULL; reason = reason->next) {
        bool text =
            cJSON_IsString(reason) &&
            (accepted == REASON_ANY || (accepted == REASON_ID_OR_DIGITS && number_is_digits(reason->valuestring)));
        if (!text && !is_integer(reason))
            return "A valid integer is required.";
    }
    return NULL;
}

static const struct field fields[] = {
    {"order", "the integer of the path", true, false, false, order_mistake},
    {"is_all", "true or false", false, false, false, boolean_mistake},
    {"cancel_items", "an array of pks of the order's items", true, false, false, items_mistake},
    {"forced_refund_amount", "null", true, true, false, forced_mistake},
    {"reasons", "an object of reason ids by item pk", true, false, false, reasons_mistake},
    {"is_cargo_refund", "true or false", false, false, false, boolean_mistake},
    {"refund_invoice_number", "a string or null", false, true, false, string_mistake},
    {"ibans", "an object of strings by item pk", false, false, true, strings_mistake},
    {"holder_names", "an object of strings by item pk", false, false, true, strings_mistake},
    {"return_details", "true or false", false, false, false, boolean_mistake},
};

static bool may_be_missing(const struct exchange *x, const struct field *field)
{
    if (field->mistake == forced_mistake && exchange_knob(x, KNOB_FORCED_REFUND) == FORCED_ALLOW_MISSING)
        return true;
    return !field->required;
}

static const char *mistake_in(struct exchange *x, const struct order *order, const struct field *field,
                              const cJSON *value)
{
    if (value == NULL)
        return may_be_missing(x, field) ? NULL : REQUIRED;
    if (cJSON_IsNull(value) && !field->nullable)
        return NOT_NULL;
    return field->mistake(x, order, value);
}

/* ── The whole body ────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_body(struct exchange *x, const cJSON *body)
{
    const char *type = akinon_type_name(body);
    const char *text = arena_print(x->arena, "Invalid data. Expected a dictionary, but got %s.", type);
    return exchange_refuse(x, 400, akinon_field_error("non_field_errors", text),
                           &(struct reason){"4: the body is one JSON object", "body", "a JSON object", type});
}

static enum step check_fields(struct exchange *x, const struct order *order, const cJSON *body)
{
    cJSON *errors = NULL;
    struct reason why = {0};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        const struct field *field = &fields[i];
        const cJSON *value = json_member(body, field->name);
        const char *text = mistake_in(x, order, field, value);
        if (text == NULL)
            continue;
        if (errors == NULL) { /* the journal gets the first */
            errors = cJSON_CreateObject();
            why = (struct reason){"4, 6: fields of the body", field->name, field->expected,
                                  field->secret ? akinon_type_name(value) : exchange_describe(x, value)};
        }
        cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, field->name), cJSON_CreateString(text));
    }
    return errors == NULL ? STEP_NEXT : exchange_refuse(x, 400, errors, &why);
}

/* An item that is named twice is chosen once. */
static void choose(const struct order *order, const cJSON *list, struct cancel_request *request)
{
    for (const cJSON *member = list->child; member != NULL; member = member->next) {
        size_t index = 0;
        const cJSON *item = item_of(order, pk_named_by(list, member), &index);
        if (item == NULL || request->chosen[index])
            continue;
        request->chosen[index] = true;
        request->chosen_count++;
    }
}

static size_t item_count(const struct order *order)
{
    size_t count = 0;
    for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
        count++;
    return count;
}

enum step akinon_read_cancel(struct exchange *x, const struct order *order, struct cancel_request **out)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    if (!cJSON_IsObject(body))
        return refuse_body(x, body);
    if (check_fields(x, order, body) == STEP_REPLY)
        return STEP_REPLY;

    struct cancel_request *request = arena_alloc(x->arena, sizeof *request);
    request->is_all = json_true(body, "is_all");
    request->is_cargo_refund = json_true(body, "is_cargo_refund");
    request->return_details = !cJSON_IsFalse(json_member(body, "return_details")); /* 9.5 */
    request->refund_invoice_number = json_string(body, "refund_invoice_number");
    request->reasons = json_member(body, "reasons");
    request->ibans = json_member(body, "ibans");
    request->chosen = arena_alloc(x->arena, (item_count(order) + 1) * sizeof *request->chosen);
    choose(order, json_member(body, "cancel_items"), request);
    *out = request;
    return STEP_NEXT;
}
