/*
 * What a request must be: its media type, its body, and the fields of the body, one row each (4, 6).
 *
 * All fields are looked at, and all mistakes are told in one answer, each under its field's name:
 *
 *     400 {"cancel_items":["This field is required."],"forced_refund_amount":["Must be null."]}
 *
 * Members that no row names are passed over, as the vendor's framework does.
 */
#include <string.h>

#include "base/number.h"
#include "providers/akinon/akinon.h"

/* ── Path ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of the paths below a channel, the first parameter is the channel's. */
const char *akinon_order_named(struct exchange *x)
{
    return exchange_param(x, "order_id");
}

/* ── Media type and body ───────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_check_json(struct exchange *x)
{
    if (!exchange_content_is(x, "application/json")) {
        const char *type = exchange_header(x, "Content-Type");
        const char *text = arena_print(x->arena, "Unsupported media type \"%s\" in request.", type == NULL ? "" : type);
        const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                                   type == NULL ? "absent" : type};
        return exchange_refuse(x, 415, akinon_detail(text), &why);
    }
    if (exchange_body(x, NULL) != BODY_JSON) {
        const struct json_problem *problem = exchange_body_problem(x);
        const struct reason why = {"6: the body is JSON", "body", "JSON", problem == NULL ? "empty" : problem->text};
        return exchange_refuse(x, 400, akinon_detail("JSON parse error"), &why);
    }
    return STEP_NEXT;
}

/* How Python calls the type of a value: "dict", "list", "str" … The vendor's texts name it so. */
static const char *type_name(const cJSON *value)
{
    if (cJSON_IsObject(value))
        return "dict";
    if (cJSON_IsArray(value))
        return "list";
    if (cJSON_IsString(value))
        return "str";
    if (cJSON_IsBool(value))
        return "bool";
    if (cJSON_IsNumber(value))
        return strpbrk(json_number_text(value), ".eE") == NULL ? "int" : "float";
    return "NoneType";
}

enum step akinon_check_object(struct exchange *x, const cJSON **body)
{
    exchange_body(x, body);
    if (cJSON_IsObject(*body))
        return STEP_NEXT;
    const char *type = type_name(*body);
    const char *text = arena_print(x->arena, "Invalid data. Expected a dictionary, but got %s.", type);
    return exchange_refuse(x, 400, akinon_field_error("non_field_errors", text),
                           &(struct reason){"4: the body is one JSON object", "body", "a JSON object", type});
}

/* ── Types ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool akinon_is_integer(const cJSON *value)
{
    const char *digits = json_number_text(value);
    return digits != NULL && strpbrk(digits, ".eE") == NULL;
}

bool akinon_is_decimal(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    if (whole == 0)
        return false;
    return text[whole] == '\0' || (text[whole] == '.' && number_is_digits(text + whole + 1));
}

const char *akinon_boolean_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    return cJSON_IsBool(value) ? NULL : "Must be a valid boolean.";
}

const char *akinon_string_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    return cJSON_IsString(value) || cJSON_IsNull(value) ? NULL : "Not a valid string.";
}

const char *akinon_dictionary_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (cJSON_IsObject(value) || cJSON_IsNull(value))
        return NULL;
    return arena_print(x->arena, "Expected a dictionary of items but got type \"%s\".", type_name(value));
}

const char *akinon_list_mistake(struct exchange *x, const cJSON *value)
{
    if (cJSON_IsArray(value))
        return NULL;
    return arena_print(x->arena, "Expected a list of items but got type \"%s\".", type_name(value));
}

const char *akinon_not_a_pk(struct exchange *x, const cJSON *value)
{
    return arena_print(x->arena, "Incorrect type. Expected pk value, received %s.", type_name(value));
}

const char *akinon_unknown_pk(struct exchange *x, const char *pk)
{
    return arena_print(x->arena, "Invalid pk \"%s\" - object does not exist.", pk);
}

/* ── All fields ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char REQUIRED[] = "This field is required.";
static const char NOT_NULL[] = "This field may not be null.";

static const char *mistake_in(struct exchange *x, const struct order *order, const struct akinon_field *field,
                              const cJSON *value)
{
    if (value == NULL)
        return field->required && (field->may_be_missing == NULL || !field->may_be_missing(x)) ? REQUIRED : NULL;
    if (cJSON_IsNull(value) && !field->nullable)
        return NOT_NULL;
    return field->mistake(x, order, value);
}

enum step akinon_check_fields(struct exchange *x, const struct order *order, const cJSON *body,
                              const struct akinon_field *fields)
{
    cJSON *errors = NULL;
    struct reason why = {0};
    const struct reason **end = &why.more;
    for (const struct akinon_field *field = fields; field->name != NULL; field++) {
        const cJSON *value = json_member(body, field->name);
        const char *text = mistake_in(x, order, field, value);
        if (text == NULL)
            continue;
        struct reason *one = errors == NULL ? &why : arena_alloc(x->arena, sizeof *one);
        *one = (struct reason){"4, 6, 8: fields of the body", field->name, field->expected,
                               field->secret ? type_name(value) : exchange_describe(x, value)};
        if (errors == NULL) /* the journal's reason is the first */
            errors = cJSON_CreateObject();
        else
            *end = one;
        end = &one->more;
        cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, field->name), cJSON_CreateString(text));
    }
    return errors == NULL ? STEP_NEXT : exchange_refuse(x, 400, errors, &why);
}
