/*
 * The fields of a JSON body, one row each: what the checks of every body here have in common.
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

static const char REQUIRED[] = "This field is required.";
static const char NOT_NULL[] = "This field may not be null.";

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
    return arena_print(x->arena, "Expected a dictionary of items but got type \"%s\".", akinon_type_name(value));
}

const char *akinon_list_mistake(struct exchange *x, const cJSON *value)
{
    if (cJSON_IsArray(value))
        return NULL;
    return arena_print(x->arena, "Expected a list of items but got type \"%s\".", akinon_type_name(value));
}

const char *akinon_not_a_pk(struct exchange *x, const cJSON *value)
{
    return arena_print(x->arena, "Incorrect type. Expected pk value, received %s.", akinon_type_name(value));
}

const char *akinon_unknown_pk(struct exchange *x, const char *pk)
{
    return arena_print(x->arena, "Invalid pk \"%s\" - object does not exist.", pk);
}

/* ── All of them ───────────────────────────────────────────────────────────────────────────────────────────────── */

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
    for (const struct akinon_field *field = fields; field->name != NULL; field++) {
        const cJSON *value = json_member(body, field->name);
        const char *text = mistake_in(x, order, field, value);
        if (text == NULL)
            continue;
        if (errors == NULL) { /* the journal gets the first */
            errors = cJSON_CreateObject();
            why = (struct reason){"4, 6, 8: fields of the body", field->name, field->expected,
                                  field->secret ? akinon_type_name(value) : exchange_describe(x, value)};
        }
        cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, field->name), cJSON_CreateString(text));
    }
    return errors == NULL ? STEP_NEXT : exchange_refuse(x, 400, errors, &why);
}
