#include "providers/zaikio/zaikio.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json.h"
#include "core/judgement.h"
#include "core/result.h"

/* providers: zaikio 6; 400 is a malformed request, 422 a matter of state or policy */
static const struct status_rule cancel_rules[] = {
    {200, 200, CANCELORDER_UNKNOWN}, /* the state in the body decides */
    {201, 299, CANCELORDER_UNKNOWN}, /* 204 is for DELETE alone */
    {400, 400, CANCELORDER_INVALID},      {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND},    {409, 409, CANCELORDER_CONFLICT},     {422, 422, CANCELORDER_REJECTED},
    {429, 429, CANCELORDER_RATE_LIMITED}, {400, 499, CANCELORDER_INVALID},      {500, 599, CANCELORDER_SERVER_ERROR},
};

/* {"errors":["code","prose"]} for access and look-up (providers: zaikio 6). */
static void read_error_list(struct cancelorder_result *result, const struct json_value *errors)
{
    const struct json_value *code = errors->first;
    result_set(&result->provider_code, json_text(code));
    result_set(&result->message, json_text(code));
    if (code != NULL && json_text(code->next) != NULL)
        result_set(&result->message, json_text(code->next));
}

/* {"errors":{"field":["text"]}} for validation. */
static void read_error_object(struct cancelorder_result *result, const struct json_value *errors)
{
    for (const struct json_value *field = errors->first; field != NULL; field = field->next) {
        const struct json_value *text = json_is(field, JSON_ARRAY) ? field->first : NULL;
        if (json_text(field) != NULL)
            result_field_error_add(result, field->name, json_text(field));
        for (; text != NULL; text = text->next)
            if (json_text(text) != NULL)
                result_field_error_add(result, field->name, json_text(text));
    }
    if (result->field_errors.count > 0)
        result_set(&result->message, result->field_errors.rows[0].text);
}

static void read_errors(struct judgement *j)
{
    const struct json_value *errors = json_member(j->body, "errors");
    if (json_is(errors, JSON_ARRAY))
        read_error_list(j->result, errors);
    else if (json_is(errors, JSON_OBJECT))
        read_error_object(j->result, errors);
    if (j->result->outcome == CANCELORDER_UNAUTHORIZED || j->result->outcome == CANCELORDER_FORBIDDEN)
        result_note(j->result, "The token is missing, expired, revoked or lacks the scope; 401 and "
                               "403 are not told apart reliably.");
}

static const char *const order_members[] = {"state_reason", "currency",         "gross_total",
                                            "net_total",    "net_shipping_fee", "net_handling_fee",
                                            "taxes",        "taxes_on_fees",    "updated_at"};

static const char *const line_members[] = {"id", "amount", "amount_in_base_unit", "unit"};

/* As it came: a number keeps its digits (ZAI-RES-12); what is neither text, number nor null is left out. */
static void report_line_member(struct cancelorder_result *result, const char *name, const struct json_value *found)
{
    if (json_is(found, JSON_STRING))
        result_line_add(result, name, CANCELORDER_TEXT, found->text);
    else if (json_is(found, JSON_NUMBER))
        result_line_add(result, name, CANCELORDER_NUMBER, found->text);
    else if (json_is(found, JSON_NULL))
        result_line_add(result, name, CANCELORDER_NULL, NULL);
}

static void report_lines(struct cancelorder_result *result, const struct json_value *list)
{
    const struct json_value *line = json_is(list, JSON_ARRAY) ? list->first : NULL;
    for (; line != NULL; line = line->next) {
        if (!result_line_begin(result))
            return;
        for (size_t m = 0; m < COUNT_OF(line_members); m++)
            report_line_member(result, line_members[m], json_member(line, line_members[m]));
    }
}

static void report_order(struct cancelorder_result *result, const struct json_value *order)
{
    result_order_add(result, "id", CANCELORDER_TEXT, json_text(json_member(order, "id")));
    result_order_add(result, "state", CANCELORDER_TEXT, json_text(json_member(order, "state")));
    for (size_t i = 0; i < COUNT_OF(order_members); i++) {
        const struct json_value *value = json_member(order, order_members[i]);
        if (json_is(value, JSON_NULL))
            result_order_add(result, order_members[i], CANCELORDER_NULL, NULL);
        else if (json_scalar(value) != NULL)
            result_order_add(result, order_members[i], CANCELORDER_TEXT, json_scalar(value));
    }
    report_lines(result, json_member(order, "order_line_items"));
}

/* The bare order, about the id asked for; true if so. */
static bool read_order(struct judgement *j, const char *asked)
{
    const char *id = json_text(json_member(j->body, "id"));
    if (id == NULL || json_text(json_member(j->body, "state")) == NULL) {
        judgement_unfit(j, "status 200 without an order in it");
    } else if (!ascii_equal(id, asked)) {
        judgement_unfit(j, "the answer is about another order");
    } else {
        report_order(j->result, j->body);
        return true;
    }
    return false;
}

static void read_patched(struct judgement *j, const struct cancelorder_request *request,
                         const struct zaikio_method *method)
{
    struct cancelorder_result *result = j->result;
    if (!read_order(j, request->order_id))
        return;
    const char *state = result_order_text(result, "state");
    if (method->proof != NULL && strcmp(state, method->proof) == 0) {
        result->outcome = method->outcome;
    } else {
        result->outcome = CANCELORDER_UNKNOWN;
        result_set(&result->message, "answered 200, but the state did not become what was asked");
        result_note(result, "Take it as not done and read the order again.");
    }
    if (result->outcome == CANCELORDER_PENDING)
        result_note(result, "Requested, not cancelled: the supplier decides. Read the order; "
                            "canceled_by_supplier means accepted, a regular later state refused.");
}

void zaikio_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result)
{
    const struct zaikio_method *method = zaikio_method_find(request->method);
    struct judgement j;
    if (judgement_open(&j, answer, cancel_rules, COUNT_OF(cancel_rules), result)) {
        if (answer->status >= 400)
            read_errors(&j);
        else if (method->shape == &zaikio_delete_shape && answer->status == 204)
            result->outcome = CANCELORDER_DELETED;
        else if (method->shape != &zaikio_delete_shape && answer->status == 200)
            read_patched(&j, request, method);
        else if (answer->status < 300)
            judgement_unfit(&j, "a success that this call does not have; the effect is unknown");
    }
    judgement_close(&j);
}

void zaikio_judge_read(const struct cancelorder_request *request, const struct http_answer *answer,
                       struct cancelorder_result *result)
{
    struct judgement j;
    if (judgement_open(&j, answer, cancel_rules, COUNT_OF(cancel_rules), result)) {
        if (answer->status >= 400)
            read_errors(&j);
        else if (answer->status == 200 && read_order(&j, request->order_id))
            result->outcome = CANCELORDER_OK;
    }
    judgement_close(&j);
    judgement_changed_nothing(result);
}
