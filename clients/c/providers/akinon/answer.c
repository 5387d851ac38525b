#include "providers/akinon/akinon.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "core/judgement.h"
#include "core/result.h"

/* providers: akinon 6; 406 is the business refusal, not content negotiation */
static const struct status_rule cancel_rules[] = {
    {200, 299, CANCELORDER_PENDING}, /* 200 and 204 are accepted; of the others the order tells */
    {400, 400, CANCELORDER_INVALID},   {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND}, {405, 405, CANCELORDER_INVALID},      {406, 406, CANCELORDER_REJECTED},
    {409, 409, CANCELORDER_CONFLICT},  {415, 415, CANCELORDER_INVALID},      {429, 429, CANCELORDER_RATE_LIMITED},
    {400, 499, CANCELORDER_REJECTED},  {500, 599, CANCELORDER_SERVER_ERROR},
};

static const char *first_text(const struct json_value *value)
{
    if (json_is(value, JSON_ARRAY))
        value = value->first;
    return json_text(value);
}

/* False when no more is taken. */
static bool add_field_errors(struct cancelorder_result *result, const char *field, const struct json_value *value)
{
    bool taken = true;
    if (json_is(value, JSON_ARRAY))
        value = value->first;
    for (; taken && value != NULL && json_text(value) != NULL; value = value->name ? NULL : value->next)
        taken = result_field_error_add(result, field, json_text(value));
    return taken;
}

static bool is_general(const char *name)
{
    static const char *const names[] = {"detail", "non_field_errors", "code", "error_code"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* {"field":["text"],"code":…}, {"non_field_errors":[…] or "…"}, {"detail":"…"} (providers: akinon 6). */
static void read_errors(struct judgement *j)
{
    const struct json_value *general = json_member(j->body, "non_field_errors");
    const struct json_value *code = json_member(j->body, "code");
    struct cancelorder_result *result = j->result;
    const struct json_value *child = json_is(j->body, JSON_OBJECT) ? j->body->first : NULL;
    for (bool taken = true; taken && child != NULL; child = child->next)
        taken = is_general(child->name) || add_field_errors(result, child->name, child);
    result_set(&result->provider_code, json_scalar(code != NULL ? code : json_member(j->body, "error_code")));
    result_set(&result->message, json_text(json_member(j->body, "detail")));
    if (result->message == NULL)
        result_set(&result->message, first_text(general));
    if (result->message == NULL && result->field_errors.count > 0)
        result_set(&result->message, result->field_errors.rows[0].text);
    if (result->outcome == CANCELORDER_INVALID && general != NULL && result->field_errors.count == 0)
        result->outcome = CANCELORDER_REJECTED; /* a service rule under status 400 */
}

static const char *const order_members[] = {"cancel_status",   "currency",        "amount",
                                            "shipping_amount", "discount_amount", "refund_amount"};

void akinon_report_order(struct cancelorder_result *result, const struct json_value *order)
{
    result_order_add(result, "id", CANCELORDER_TEXT, akinon_id_of(json_member(order, "pk")));
    if (json_scalar(json_member(order, "number")) != NULL)
        result_order_add(result, "number", CANCELORDER_TEXT, json_scalar(json_member(order, "number")));
    if (json_scalar(json_member(order, "status")) != NULL)
        result_order_add(result, "state", CANCELORDER_TEXT, json_scalar(json_member(order, "status")));
    for (size_t i = 0; i < COUNT_OF(order_members); i++) {
        const struct json_value *value = json_member(order, order_members[i]);
        if (json_is(value, JSON_NULL))
            result_order_add(result, order_members[i], CANCELORDER_NULL, NULL);
        else if (json_scalar(value) != NULL)
            result_order_add(result, order_members[i], CANCELORDER_TEXT, json_scalar(value));
    }
}

static bool order_is_asked(const struct json_value *order, const char *asked)
{
    const char *pk = akinon_id_of(json_member(order, "pk"));
    return pk != NULL && strcmp(pk, asked) == 0;
}

/* The stage that all selected items share, or of the order when it is cancelled as a whole. */
enum akinon_stage akinon_selection_stage(const struct cancelorder_request *request, const struct json_value *order)
{
    const struct json_value *items = akinon_items(order);
    enum akinon_stage shared = AKINON_UNREADABLE;
    if (!request->only_items)
        return akinon_stage_of(json_member(order, "status"));
    for (size_t i = 0; i < request->item_count; i++) {
        const struct json_value *item = akinon_item_find(items, request->items[i]);
        enum akinon_stage stage = akinon_stage_of(json_member(item, "status"));
        if (stage == AKINON_WAITING)
            return AKINON_WAITING;
        if (i > 0 && stage != shared)
            return AKINON_UNREADABLE;
        shared = stage;
    }
    return shared;
}

static bool all_items_canceled(const struct json_value *order)
{
    const struct json_value *items = akinon_items(order);
    const struct json_value *item = items == NULL ? NULL : items->first;
    for (; item != NULL; item = item->next)
        if (akinon_stage_of(json_member(item, "status")) != AKINON_CANCELED)
            return false;
    return akinon_stage_of(json_member(order, "status")) == AKINON_CANCELED;
}

/* What a selection that is cancelled is called: a part is never called the whole. */
enum cancelorder_outcome akinon_canceled_outcome(const struct cancelorder_request *request,
                                                 const struct json_value *order)
{
    if (!request->only_items || all_items_canceled(order))
        return CANCELORDER_CANCELED;
    return CANCELORDER_PARTIAL;
}

void akinon_report_items(const struct cancelorder_request *request, const struct json_value *order,
                         struct cancelorder_result *result)
{
    for (size_t i = 0; request->only_items && i < request->item_count; i++) {
        const struct json_value *item = akinon_item_find(akinon_items(order), request->items[i]);
        const struct json_value *status = json_member(item, "status");
        enum akinon_stage stage = akinon_stage_of(status);
        enum cancelorder_outcome outcome = stage == AKINON_CANCELED  ? CANCELORDER_CANCELED
                                           : stage == AKINON_WAITING ? CANCELORDER_PENDING
                                                                     : result->outcome;
        result_item_add(result, request->items[i], outcome, json_scalar(status));
    }
}

/* Status 50 is 'accepted', 100 is 'cancelled'; anything else that came with 200 is 'accepted' too. */
static void read_accepted(struct judgement *j, const struct cancelorder_request *request)
{
    struct cancelorder_result *result = j->result;
    result->outcome = CANCELORDER_PENDING;
    if (json_member(j->body, "pk") != NULL) {
        if (!order_is_asked(j->body, request->order_id)) {
            judgement_unfit(j, "the answer is about another order");
            return;
        }
        akinon_report_order(result, j->body);
    }
    if (akinon_selection_stage(request, j->body) == AKINON_CANCELED)
        result->outcome = akinon_canceled_outcome(request, j->body);
    else
        result_note(result, "Accepted, not yet final: a cancellation or return plan waits for "
                            "confirmation. Read the order later.");
}

/* The short form may be any JSON (9.4), but not one that speaks of a mistake. */
static bool speaks_of_an_error(const struct json_value *body)
{
    static const char *const names[] = {"error", "errors", "detail", "non_field_errors", "error_code"};

    for (size_t i = 0; i < COUNT_OF(names) && json_member(body, "pk") == NULL; i++)
        if (json_member(body, names[i]) != NULL && !json_is(json_member(body, names[i]), JSON_NULL))
            return true;
    return false;
}

/* A 2xx from which nothing can be concluded: the order is read, as after an answer that was lost. */
static void judge_doubtful(struct judgement *j, const char *why)
{
    judgement_unfit(j, why);
    j->result->answer_lost = true;
}

/* 200, and 204 where the short form has no body (9.4). */
static bool is_acceptance(const struct http_answer *answer)
{
    return answer->status == 200 || (answer->status == 204 && answer->body.length == 0);
}

static void judge_success(struct judgement *j, const struct cancelorder_request *request)
{
    if (j->body == NULL && j->answer->body.length > 0)
        judgement_unfit(j, "accepted by status, but the body cannot be read");
    else if (!is_acceptance(j->answer))
        judge_doubtful(j, "a status that says success, but none that this API has");
    else if (speaks_of_an_error(j->body))
        judge_doubtful(j, "accepted by status, but the body speaks of an error");
    else
        read_accepted(j, request);
}

void akinon_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result)
{
    struct judgement j;
    if (judgement_open(&j, answer, cancel_rules, COUNT_OF(cancel_rules), result)) {
        if (answer->status >= 300)
            read_errors(&j);
        else
            judge_success(&j, request);
        akinon_report_items(request, j.body, result);
    }
    judgement_close(&j);
}

/* ── Reads and log-ins ───────────────────────────────────────────────────────────────────────────────────────────── */

static const struct status_rule read_rules[] = {
    {200, 200, CANCELORDER_OK},           {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND},    {429, 429, CANCELORDER_RATE_LIMITED}, {400, 499, CANCELORDER_REJECTED},
    {500, 599, CANCELORDER_SERVER_ERROR},
};

static const struct status_rule login_status_rules[] = {
    {200, 200, CANCELORDER_OK},        {400, 401, CANCELORDER_UNAUTHORIZED}, /* a wrong password is answered by 400 */
    {403, 403, CANCELORDER_FORBIDDEN}, {429, 429, CANCELORDER_RATE_LIMITED},
    {400, 499, CANCELORDER_INVALID},   {500, 599, CANCELORDER_SERVER_ERROR},
};

void akinon_judge_read(struct akinon_reading *reading, const struct http_answer *answer, const char *asked)
{
    struct judgement j;
    if (judgement_open(&j, answer, read_rules, COUNT_OF(read_rules), &reading->result)) {
        if (answer->status != 200)
            read_errors(&j);
        else if (!order_is_asked(j.body, asked))
            judgement_unfit(&j, "the answer is not the order that was asked for");
        else if (akinon_has_too_many_items(j.body))
            judgement_unfit(&j, "the order has more items than this client reads");
        else if (json_read(text_cstr(&answer->body), answer->body.length, &reading->document) == 0)
            reading->order = reading->document.root;
    }
    judgement_close(&j);
    reading->result.effect_unknown = false; /* a read changes nothing */
    reading->result.answer_lost = false;
}

void akinon_judge_login(const struct http_answer *answer, struct cancelorder_result *result, char **token)
{
    struct judgement j;
    if (judgement_open(&j, answer, login_status_rules, COUNT_OF(login_status_rules), result)) {
        if (answer->status != 200)
            read_errors(&j);
        else if (json_text(json_member(j.body, "key")) != NULL)
            *token = mem_dup(json_text(json_member(j.body, "key")));
        else
            judgement_unfit(&j, "the log-in answer holds no key");
    }
    judgement_close(&j);
}
