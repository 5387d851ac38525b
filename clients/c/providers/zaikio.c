#include "provider.h"

/*
 * Zaikio Procurement, print supplies (consumer API V1, base …/consumers/api/v1).
 *
 * There is no cancel call. The state of the order chooses one of three (providers: zaikio 4):
 *
 *     draft                     DELETE /orders/{id}                                  -> 204, gone
 *     placed, transfer_failed   PATCH  {"order":{"state_event":"cancel_by_consumer"}}  -> cancelled
 *     others after placing      PATCH  {"order":{"state_event":"request_cancelation"}} -> requested
 *
 * So the order is read first, unless the caller names the method. A request is only that: the supplier
 * decides, and the outcome is 'pending'. The client never passes from one method to another by itself,
 * since they mean different things. An order that is final is not touched; shipped ones may still be
 * requested where the supplier's policy is `always`, which the order does not tell: name the method.
 *
 * After a lost answer the order is read and nothing is sent again; after a 422 on cancel_by_consumer it
 * is read too, for it may have been transferred between read and cancel.
 */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cjson/cJSON.h>

#include "call.h"
#include "support/result.h"
#include "support/uri.h"

static const struct wire_shape delete_shape = {
    .method = "DELETE",
    .path = "/orders/{order}",
    .accept = "application/json",
    .headers = {{"Authorization", "Bearer ", "token"}},
    .cancels = true,
};

static const struct wire_shape patch_shape = {
    .method = "PATCH",
    .path = "/orders/{order}",
    .accept = "application/json",
    .content_type = "application/json",
    .headers = {{"Authorization", "Bearer ", "token"}},
    .cancels = true,
};

static const struct wire_shape get_shape = {
    .method = "GET",
    .path = "/orders/{order}",
    .accept = "application/json",
    .headers = {{"Authorization", "Bearer ", "token"}},
};

/* providers: zaikio 6; 400 is a malformed request, 422 a matter of state or policy */
static const struct status_rule cancel_rules[] = {
    {200, 200, CANCELORDER_UNKNOWN}, /* the state in the body decides */
    {201, 299, CANCELORDER_UNKNOWN}, /* 204 is for DELETE alone */
    {400, 400, CANCELORDER_INVALID},      {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND},    {409, 409, CANCELORDER_CONFLICT},     {422, 422, CANCELORDER_REJECTED},
    {429, 429, CANCELORDER_RATE_LIMITED}, {400, 499, CANCELORDER_INVALID},      {500, 599, CANCELORDER_SERVER_ERROR},
};

/* The three ways: name, shape, state that proves it, what it is then called. */
struct method {
    const char *name;
    const struct wire_shape *shape;
    const char *state_event; /* NULL = no body */
    const char *proof;
    enum cancelorder_outcome outcome;
};

static const struct method methods[] = {
    {"delete", &delete_shape, NULL, NULL, CANCELORDER_DELETED},
    {"cancel_by_consumer", &patch_shape, "cancel_by_consumer", "canceled_by_consumer", CANCELORDER_CANCELED},
    {"request_cancelation", &patch_shape, "request_cancelation", "cancelation_requested", CANCELORDER_PENDING},
};

/* Which method a state asks for; a state that is not here asks for request_cancelation. */
static const struct {
    const char *state;
    const char *method; /* NULL = nothing is sent */
    enum cancelorder_outcome outcome;
    const char *note;
} choices[] = {
    {"draft", "delete", CANCELORDER_UNKNOWN, NULL},
    {"placed", "cancel_by_consumer", CANCELORDER_UNKNOWN, NULL},
    {"transfer_failed", "cancel_by_consumer", CANCELORDER_UNKNOWN, NULL},
    {"canceled_by_consumer", NULL, CANCELORDER_ALREADY_CANCELED, "It is cancelled already."},
    {"canceled_by_supplier", NULL, CANCELORDER_ALREADY_CANCELED, "It is cancelled already."},
    {"cancelation_requested", NULL, CANCELORDER_PENDING, "A cancelation is requested already; the supplier decides."},
    {"shipped", NULL, CANCELORDER_REJECTED,
     "It is shipped. If the supplier's policy allows a request always, name the method "
     "request_cancelation; else contact the supplier."},
    {"partially_shipped_remainder_canceled", NULL, CANCELORDER_REJECTED,
     "It is final: partly shipped, the remainder cancelled."},
};

/* --- refusals made here ------------------------------------------------------------------------- */

static const struct method *method_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < RULE_COUNT(methods); i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

static int check_read(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (!uri_is_uuid(request->order_id)) {
        result_refuse(result, "order_id is not a UUID");
        return -1;
    }
    return check_header_credential(request, result, "token");
}

static int check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (request->method != NULL && method_find(request->method) == NULL) {
        result_refuse(result, "method is none of delete, cancel_by_consumer, request_cancelation");
        return -1;
    }
    return check_read(request, result);
}

/* --- bodies --------------------------------------------------------------------------------------- */

static char *event_body(const char *state_event)
{
    cJSON *body;
    char *printed;

    if (state_event == NULL)
        return NULL;
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(cJSON_AddObjectToObject(body, "order"), "state_event", state_event);
    printed = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    return printed;
}

/* --- reading answers ------------------------------------------------------------------------------- */

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
        result_line_begin(result);
        for (size_t m = 0; m < RULE_COUNT(line_members); m++)
            report_line_member(result, line_members[m], json_member(line, line_members[m]));
    }
}

static void report_order(struct cancelorder_result *result, const struct json_value *order)
{
    result_order_add(result, "id", CANCELORDER_TEXT, json_text(json_member(order, "id")));
    result_order_add(result, "state", CANCELORDER_TEXT, json_text(json_member(order, "state")));
    for (size_t i = 0; i < RULE_COUNT(order_members); i++) {
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
    } else if (strcasecmp(id, asked) != 0) {
        judgement_unfit(j, "the answer is about another order");
    } else {
        report_order(j->result, j->body);
        return true;
    }
    return false;
}

static void read_patched(struct judgement *j, const struct cancelorder_request *request, const struct method *method)
{
    struct cancelorder_result *result = j->result;
    const char *state;

    if (!read_order(j, request->order_id))
        return;
    state = result_order_text(result, "state");
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

static void judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result)
{
    const struct method *method = method_find(request->method);
    struct judgement j;

    if (judgement_open(&j, answer, cancel_rules, RULE_COUNT(cancel_rules), result)) {
        if (answer->status >= 400)
            read_errors(&j);
        else if (method->shape == &delete_shape && answer->status == 204)
            result->outcome = CANCELORDER_DELETED;
        else if (method->shape != &delete_shape && answer->status == 200)
            read_patched(&j, request, method);
        else if (answer->status < 300)
            judgement_unfit(&j, "a success that this call does not have; the effect is unknown");
    }
    judgement_close(&j);
}

static void judge_read(const struct cancelorder_request *request, const struct http_answer *answer,
                       struct cancelorder_result *result)
{
    struct judgement j;

    if (judgement_open(&j, answer, cancel_rules, RULE_COUNT(cancel_rules), result)) {
        if (answer->status >= 400)
            read_errors(&j);
        else if (answer->status == 200 && read_order(&j, request->order_id))
            result->outcome = CANCELORDER_OK;
    }
    judgement_close(&j);
    result->effect_unknown = false; /* a read changes nothing */
    result->answer_lost = false;
}

/* --- operations ------------------------------------------------------------------------------------- */

static void send_read(struct call *call, int share_percent, struct cancelorder_result *result)
{
    struct http_answer answer;

    call_send(call, &get_shape, NULL, share_percent, &answer);
    judge_read(call->request, &answer, result);
    http_answer_release(&answer);
}

static void send_cancel(struct call *call, const struct method *method)
{
    struct cancelorder_request used = *call->request;
    struct http_answer answer;
    char *body = event_body(method->state_event);

    used.method = method->name;
    call_send(call, method->shape, body, CALL_SHARE_CANCEL, &answer);
    judge_cancel(&used, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

static void order_take(struct call *call, struct cancelorder_result *read)
{
    struct cancelorder_result old = *call->result;

    call->result->order = read->order;
    call->result->lines = read->lines;
    call->result->line_count = read->line_count;
    read->order = old.order;
    read->lines = old.lines;
    read->line_count = old.line_count;
}

static bool is_state(const char *state, const char *word)
{
    return state != NULL && strcmp(state, word) == 0;
}

/* What the order's state says of a cancel that was not confirmed; UNKNOWN = nothing. */
static enum cancelorder_outcome outcome_of_state(const struct method *method, const char *state)
{
    if (method->proof != NULL && is_state(state, method->proof))
        return method->outcome;
    if (is_state(state, "canceled_by_consumer") || is_state(state, "canceled_by_supplier"))
        return CANCELORDER_CANCELED;
    if (is_state(state, "cancelation_requested"))
        return CANCELORDER_PENDING;
    return CANCELORDER_UNKNOWN;
}

static void look_after_loss(struct call *call, const struct method *method)
{
    struct cancelorder_result read;
    enum cancelorder_outcome outcome;
    const char *state;

    result_init(&read);
    send_read(call, CALL_SHARE_ALL, &read);
    state = result_order_text(&read, "state");
    outcome = outcome_of_state(method, state);
    if (read.outcome == CANCELORDER_NOT_FOUND && method->shape == &delete_shape)
        outcome = CANCELORDER_DELETED; /* only after our own DELETE (ZAI-ERR-2) */
    if (outcome != CANCELORDER_UNKNOWN) {
        result_settle(call->result, outcome, "The answer was lost.");
        result_note(call->result, "Read afterwards, the order is %s.", state == NULL ? "gone" : state);
    } else if (state != NULL) {
        result_note(call->result, "Read afterwards, the order is %s: not cancelled so far.", state);
    } else {
        result_note(call->result, "The order could not be read afterwards.");
    }
    order_take(call, &read);
    cancelorder_result_release(&read);
}

/* The order may have moved on between read and cancel (A18). */
static void look_after_refusal(struct call *call)
{
    struct cancelorder_result read;
    const char *state;

    result_init(&read);
    send_read(call, CALL_SHARE_ALL, &read);
    state = result_order_text(&read, "state");
    if (is_state(state, "canceled_by_consumer") || is_state(state, "canceled_by_supplier"))
        call->result->outcome = CANCELORDER_ALREADY_CANCELED;
    if (state != NULL)
        result_note(call->result,
                    "Read afterwards, the order is %s. A request to the supplier "
                    "means something else; name request_cancelation to make it.",
                    state);
    order_take(call, &read);
    cancelorder_result_release(&read);
}

static void cancel_by(struct call *call, const struct method *method)
{
    send_cancel(call, method);
    if (call->result->answer_lost)
        look_after_loss(call, method);
    else if (call->result->http_status == 422 && strcmp(method->name, "cancel_by_consumer") == 0)
        look_after_refusal(call);
}

/* Sets the outcome and gives NULL where the state says that nothing is to be sent. */
static const struct method *choose(struct call *call, const char *state)
{
    for (size_t i = 0; i < RULE_COUNT(choices); i++) {
        if (strcmp(choices[i].state, state) != 0)
            continue;
        if (choices[i].method == NULL) {
            call->result->outcome = choices[i].outcome;
            call->result->local = choices[i].outcome == CANCELORDER_REJECTED;
            result_set(&call->result->message, choices[i].note);
            result_note(call->result, "Nothing was sent.");
        }
        return method_find(choices[i].method);
    }
    return method_find("request_cancelation");
}

static void cancel(struct call *call)
{
    const struct method *method = method_find(call->request->method);

    if (method == NULL) {
        send_read(call, CALL_SHARE_BEFORE, call->result);
        if (call->result->outcome != CANCELORDER_OK) {
            result_note(call->result, "This was the answer to reading the order; nothing was "
                                      "cancelled.");
            return;
        }
        method = choose(call, result_order_text(call->result, "state"));
        if (method == NULL)
            return;
        result_forget_answer(call->result);
    }
    cancel_by(call, method);
}

static void get_order(struct call *call)
{
    send_read(call, CALL_SHARE_ALL, call->result);
}

static const struct client_word credentials[] = {
    {"token", "access token with the scope procurement_consumer.orders.rw"},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "UUID of the order"},
    {"method", "delete, cancel_by_consumer or request_cancelation; without it chosen by state"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", check_cancel, cancel},
    {"get_order", check_read, get_order},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_zaikio = {
    .name = "zaikio",
    .title = "Zaikio Procurement, print supplies",
    .example_base_url = "https://procurement.zaikio.com/consumers/api/v1",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .judge_cancel = judge_cancel,
};
