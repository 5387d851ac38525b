/*
 * Dükkango: what a request must be by itself: its path, its media type, its body (4), and the order that it means (9).
 *
 * Every mistake in a body is answered in the words for one field, even where there is no body at all: the field that
 * the route would have read first.
 */
#include <string.h>

#include "base/ids.h"
#include "base/number.h"
#include "base/text.h"
#include "providers/dukkango/dukkango.h"

/* ── The path ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "/orders//cancel/x/" is "/orders/cancel/x" where the knob forgives it. */
const char *dukkango_routed_path(struct exchange *x)
{
    if (exchange_knob(x, KNOB_SLASH) == SLASH_404)
        return x->inner_path;
    struct text path = TEXT_INIT(strlen(x->inner_path) + 1);
    for (const char *c = x->inner_path; *c != '\0'; c++)
        if (*c != '/' || (c[1] != '/' && c[1] != '\0'))
            text_add_char(&path, *c);
    const char *tidy = arena_dup(x->arena, text_cstr(&path));
    text_release(&path);
    return tidy;
}

/* ── The order that is meant (9) ───────────────────────────────────────────────────────────────────────────────── */

enum step dukkango_check_order(struct exchange *x, const struct order *order)
{
    if (!uuid_is_valid(x->order_key))
        return dukkango_refuse_url(
            x, KNOB_NON_UUID_PATH, DUKKANGO_ORDER_NOT_FOUND,
            &(struct reason){"9 A2: the path holds the payment_key", "order_id", "a UUID", x->order_key});
    if (order == NULL || strcmp(order->id, x->order_key) != 0) /* 9 A1: only a payment_key matches */
        return exchange_refuse(
            x, 404, dukkango_failure(DUKKANGO_ORDER_NOT_FOUND, NULL),
            &(struct reason){"6: order not found", "order_id", "the payment_key of a known order", x->order_key});
    if (strcmp(order->account, x->account) != 0)
        return dukkango_refuse_url(
            x, KNOB_FOREIGN_ORDER, DUKKANGO_ORDER_NOT_FOUND,
            &(struct reason){"9 A5: the order of another restaurant", "order_id", x->account, order->account});
    return STEP_NEXT;
}

/* ── Bodies (4) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *required(struct exchange *x, const char *field)
{
    return dukkango_failure(DUKKANGO_MISSING_FIELD, arena_print(x->arena, "%s is required", field));
}

static enum step refuse_body(struct exchange *x, unsigned status_knob, const char *field, const struct reason *why)
{
    return exchange_refuse(x, exchange_knob_status(x, status_knob), required(x, field), why);
}

enum step dukkango_refuse_missing(struct exchange *x, const struct reason *why)
{
    return refuse_body(x, KNOB_MISSING_FIELD_STATUS, why->field, why);
}

static enum step check_content_type(struct exchange *x, const char *field)
{
    int64_t knob = exchange_knob(x, KNOB_BAD_CONTENT_TYPE);
    if (knob == CONTENT_ACCEPT || exchange_content_is(x, "application/json"))
        return STEP_NEXT;
    const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                               exchange_header(x, "Content-Type"), .knob = "bad_content_type=accept"};
    if (knob == CONTENT_415)
        return exchange_refuse(x, 415, required(x, field), &why);
    return refuse_body(x, KNOB_MALFORMED_BODY, field, &why);
}

enum step dukkango_read_body(struct exchange *x, const char *field, const cJSON **body)
{
    const cJSON *tree = NULL;
    if (check_content_type(x, field) == STEP_REPLY)
        return STEP_REPLY;
    enum body_kind kind = exchange_body(x, &tree);
    if (kind != BODY_JSON || !cJSON_IsObject(tree)) {
        const char *actual = kind == BODY_BROKEN ? exchange_body_problem(x)->text : exchange_describe(x, tree);
        return refuse_body(x, KNOB_MALFORMED_BODY, field,
                           &(struct reason){"4: the body is one JSON object", "body", "a JSON object", actual});
    }
    *body = tree;
    return STEP_NEXT;
}

/* 3.0 is taken as 3 (4 row 6), "3" only where the knob says so (4 row 4). */
static bool read_integer(struct exchange *x, const cJSON *member, int64_t *value)
{
    if (!cJSON_IsString(member) || !exchange_knob_on(x, KNOB_COERCE_NUMERIC_STRING))
        return json_integral(member, value);
    cJSON *number = json_read_text(member->valuestring);
    bool fine = json_integral(number, value);
    cJSON_Delete(number);
    return fine;
}

/* "3", where 3 would be fine. */
static bool fits_as_text(const struct dukkango_field *field, const cJSON *member)
{
    int64_t is = 0;
    return cJSON_IsString(member) && number_read(member->valuestring, field->least, field->most, &is);
}

/* 3.0, and "3" where it passes, are what a stricter server would refuse. */
static void note_spelling(struct exchange *x, const char *name, const cJSON *member)
{
    int64_t is = 0;
    if (!json_integer(member, &is))
        exchange_note(x, arena_print(x->arena, "dukkango 4: %s is %s, which counts as an integer", name,
                                     exchange_describe(x, member)));
}

enum step dukkango_check_field(struct exchange *x, const struct dukkango_field *field, int64_t *value)
{
    const cJSON *body = NULL;
    int64_t is = 0;
    if (dukkango_read_body(x, field->name, &body) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *member = json_member(body, field->name);
    struct reason why = {field->required, field->name, field->expected, exchange_describe(x, member)};
    if (member == NULL || cJSON_IsNull(member))
        return dukkango_refuse_missing(x, &why);
    bool is_read = read_integer(x, member, &is);
    if (!is_read && fits_as_text(field, member))
        why.knob = "coerce_numeric_string=on";
    if (!is_read || is < field->least || is > field->most) {
        const char *message = arena_print(x->arena, "Invalid %s", field->name);
        why.rule = field->range;
        return exchange_refuse(x, 422, dukkango_failure(DUKKANGO_MISSING_FIELD, message), &why); /* 9 A4 */
    }
    note_spelling(x, field->name, member);
    if (value != NULL)
        *value = is;
    return STEP_NEXT;
}
