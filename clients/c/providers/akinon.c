#include "provider.h"

/*
 * Akinon Omnitron, commerce back office (base …/api/i1).
 *
 *     POST /orders/1883/cancel/                                    Authorization: Token <key>
 *     {"order":1883,"is_all":true,"cancel_items":[],"forced_refund_amount":null,"reasons":{"70193":12}}
 *     -> 200 {"pk":1883,"status":"50",…}
 *
 * Status 200 means accepted: a plan is open (status 50) until somebody confirms it (100). Orders that
 * were shipped get a return instead of a cancellation, by the same call; the only way to tell is their
 * state before it, so the order is read first. That read also refuses a selection that mixes both, and
 * lets one reason stand for all items. If it fails, other than by 401 or for want of a connection, the
 * cancel goes out all the same: the address of a single order is not documented, so its 404 says little.
 *
 * The call is not idempotent. After a lost answer, and after a 2xx whose body cannot be read, the order
 * is read and nothing is sent again; after a refusal it is read to tell 'already cancelled' (100) from
 * 'a plan is open' (50). Acceptance is remembered per order and item set, and a repeat is answered from
 * there together with the order's present state; an operator's rejection of the plan clears it.
 */

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "call.h"
#include "providers/akinon_answer.h"
#include "providers/akinon_request.h"
#include "providers/akinon_status.h"
#include "support/mem.h"
#include "support/result.h"
#include "support/store.h"

static const struct wire_shape cancel_shape = {
    .method = "POST",
    .path = "/orders/{order}/cancel/", /* without the last slash it would be a redirect */
    .accept = "application/json",
    .content_type = "application/json",
    .headers = {{"Authorization", "Token ", "token"}},
    .cancels = true,
};

static const struct wire_shape get_shape = {
    .method = "GET",
    .path = "/orders/{order}/",
    .accept = "application/json",
    .headers = {{"Authorization", "Token ", "token"}},
};

static const struct wire_shape login_shape = {
    .method = "POST",
    .path = "/auth/login/",
    .accept = "application/json",
    .content_type = "application/json",
    .writes = true,
};

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

static const char accepted_word[] = "accepted";

/* --- refusals made here ------------------------------------------------------------------------- */

static const char *const account_keys[2] = {"username", "password"};

static int check_keys(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    return check_login_keys(request, result, account_keys);
}

static int check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (akinon_request_check(request, result) != 0)
        return -1;
    return check_token_or_keys(request, result, "token", account_keys);
}

static int check_read(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    static const struct cancelorder_pair any = {"1", "1"};
    struct cancelorder_request order_only = {.order_id = request->order_id, .reasons = {&any, 1}};

    if (akinon_request_check(&order_only, result) != 0)
        return -1;
    return check_token_or_keys(request, result, "token", account_keys);
}

/* --- reading the order ------------------------------------------------------------------------------ */

struct reading {
    struct cancelorder_result result;
    struct json_document document;
    const struct json_value *order; /* NULL = could not be read */
};

static void reading_release(struct reading *reading)
{
    cancelorder_result_release(&reading->result);
    if (reading->document.root != NULL)
        json_document_release(&reading->document);
}

static void judge_read(struct reading *reading, const struct http_answer *answer, const char *asked)
{
    struct judgement j;

    if (judgement_open(&j, answer, read_rules, RULE_COUNT(read_rules), &reading->result)) {
        if (answer->status != 200)
            akinon_read_errors(&j);
        else if (!akinon_order_is_asked(j.body, asked))
            judgement_unfit(&j, "the answer is not the order that was asked for");
        else if (json_read(answer->body.bytes, answer->body.length, &reading->document) == 0)
            reading->order = reading->document.root;
    }
    judgement_close(&j);
    reading->result.effect_unknown = false; /* a read changes nothing */
    reading->result.answer_lost = false;
}

static void read_order(struct call *call, int share_percent, struct reading *reading)
{
    struct http_answer answer;

    *reading = (struct reading){.order = NULL};
    result_init(&reading->result);
    call_send(call, &get_shape, NULL, share_percent, &answer);
    judge_read(reading, &answer, call->request->order_id);
    http_answer_release(&answer);
}

/* --- logging in --------------------------------------------------------------------------------------- */

static char *login_body(const struct cancelorder_request *request)
{
    cJSON *body = cJSON_CreateObject();
    char *printed;

    cJSON_AddStringToObject(body, "username", request_credential(request, "username"));
    cJSON_AddStringToObject(body, "password", request_credential(request, "password"));
    printed = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    return printed;
}

static void judge_login(const struct http_answer *answer, struct cancelorder_result *result, char **token)
{
    struct judgement j;

    if (judgement_open(&j, answer, login_status_rules, RULE_COUNT(login_status_rules), result)) {
        if (answer->status != 200)
            akinon_read_errors(&j);
        else if (json_text(json_member(j.body, "key")) != NULL)
            *token = mem_copy(json_text(json_member(j.body, "key")));
        else
            judgement_unfit(&j, "the log-in answer holds no key");
    }
    judgement_close(&j);
}

static int log_in(struct call *call, char **token, int64_t *expires_ms)
{
    struct http_answer answer;
    char *body = login_body(call->request);

    *expires_ms = 0;
    call_send(call, &login_shape, body, CALL_SHARE_BEFORE, &answer);
    judge_login(&answer, call->result, token);
    http_answer_release(&answer);
    free(body);
    call->result->effect_unknown = false; /* a log-in cancels nothing */
    call->result->answer_lost = false;
    if (*token == NULL)
        result_note(call->result, "The log-in failed; no cancel was sent after it.");
    return *token == NULL ? -1 : 0;
}

static const struct login_rules login_rules = {
    .token_name = "token",
    .key_names = {"username", "password"},
    .login = log_in,
};

/* --- the cancel ----------------------------------------------------------------------------------------- */

static void result_replace(struct call *call, struct reading *reading)
{
    int attempts = call->result->attempts;
    enum cancelorder_sent sent = call->result->sent;

    cancelorder_result_release(call->result);
    *call->result = reading->result;
    result_init(&reading->result);
    call->result->attempts = attempts;
    call->result->sent = sent;
}

/* Reads the order before the cancel; -1 if that ends the matter, with the result filled. */
static int read_before(struct call *call, struct reading *before)
{
    enum cancelorder_outcome outcome;

    read_order(call, CALL_SHARE_BEFORE, before);
    if (before->result.outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &login_rules)) {
        reading_release(before);
        read_order(call, CALL_SHARE_BEFORE, before);
    } else if (before->result.outcome == CANCELORDER_UNAUTHORIZED && call->renewed) {
        return -1; /* the log-in failed and has said so */
    }
    outcome = before->result.outcome;
    if (outcome == CANCELORDER_UNAUTHORIZED || outcome == CANCELORDER_ABORTED ||
        outcome == CANCELORDER_TRANSPORT_ERROR) {
        result_replace(call, before);
        result_note(call->result, "This was the answer to reading the order; no cancel was sent.");
        return -1;
    }
    if (before->order == NULL)
        result_note(call->result, "The order could not be read before.");
    return 0;
}

static void send_cancel(struct call *call, const struct json_value *order)
{
    struct http_answer answer;
    char *body = akinon_request_body(call->request, order);

    result_forget_answer(call->result);
    call_send(call, &cancel_shape, body, CALL_SHARE_CANCEL, &answer);
    akinon_judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

static bool plan_is_open(const struct call *call, const struct json_value *order)
{
    return akinon_selection_stage(call->request, order) == AKINON_WAITING || akinon_plan_is_open(order);
}

static void items_again(struct call *call, const struct json_value *order)
{
    for (size_t i = 0; i < call->result->item_count; i++) {
        free(call->result->items[i].id);
        free(call->result->items[i].state);
    }
    call->result->item_count = 0;
    akinon_report_items(call->request, order, call->result);
}

/* What the order shows goes into the result. */
static void show_order(struct call *call, const struct json_value *order)
{
    if (call->result->order.count == 0)
        akinon_report_order(call->result, order);
    items_again(call, order);
}

/* After a refusal: is it cancelled already, or does a plan wait? */
static void look_after_refusal(struct call *call)
{
    struct reading after;

    read_order(call, CALL_SHARE_ALL, &after);
    if (after.order == NULL) {
        result_note(call->result, "The order could not be read to learn more.");
    } else if (akinon_selection_stage(call->request, after.order) == AKINON_CANCELED) {
        call->result->outcome = CANCELORDER_ALREADY_CANCELED;
        result_note(call->result, "Read afterwards, it is cancelled already (status 100).");
    } else if (plan_is_open(call, after.order)) {
        call->result->outcome = CANCELORDER_CONFLICT;
        result_note(call->result, "Read afterwards, a cancellation or return is waiting already.");
    }
    if (after.order != NULL)
        show_order(call, after.order);
    reading_release(&after);
}

/* Neither cancelled nor waiting, or not readable: a status of 2xx stays 'accepted, not verified'. */
static void loss_stays_open(struct call *call, const struct reading *after)
{
    if (call->result->http_status >= 200 && call->result->http_status < 300)
        call->result->outcome = CANCELORDER_UNKNOWN;
    result_note(call->result, after->order == NULL ? "The order could not be read afterwards."
                                                   : "Read afterwards, neither a cancellation nor a plan is to be "
                                                     "seen. Read it again before any repetition.");
}

/* After a lost answer: what does the order say? Nothing is sent again. */
static void look_after_loss(struct call *call)
{
    struct reading after;

    read_order(call, CALL_SHARE_ALL, &after);
    if (after.order != NULL && akinon_selection_stage(call->request, after.order) == AKINON_CANCELED)
        result_settle(call->result, akinon_canceled_outcome(call->request, after.order),
                      "The answer was lost; read afterwards, it is cancelled.");
    else if (after.order != NULL && plan_is_open(call, after.order))
        result_settle(call->result, CANCELORDER_PENDING,
                      "The answer was lost; read afterwards, a cancellation or return is waiting "
                      "for confirmation.");
    else
        loss_stays_open(call, &after);
    if (after.order != NULL)
        show_order(call, after.order);
    reading_release(&after);
}

static void note_kind(struct call *call, const struct json_value *order)
{
    enum akinon_stage stage = akinon_selection_stage(call->request, order);

    if (stage == AKINON_AFTER)
        result_set(&call->result->kind, "return");
    else if (stage == AKINON_BEFORE)
        result_set(&call->result->kind, "cancel");
}

static bool was_accepted(const struct cancelorder_result *result)
{
    return result->outcome == CANCELORDER_PENDING || result->outcome == CANCELORDER_PARTIAL ||
           result->outcome == CANCELORDER_CANCELED;
}

static void cancel_now(struct call *call, const struct json_value *order, const struct store_key *key)
{
    note_kind(call, order);
    send_cancel(call, order);
    if (call->result->outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &login_rules))
        send_cancel(call, order);
    if (call->result->answer_lost)
        look_after_loss(call);
    else if (call->result->outcome == CANCELORDER_REJECTED || call->result->outcome == CANCELORDER_CONFLICT)
        look_after_refusal(call);
    if (call->result->item_count == 0)
        akinon_report_items(call->request, NULL, call->result);
    if (call->result->kind != NULL && strcmp(call->result->kind, "return") == 0)
        result_note(call->result, "The items were shipped: this is a return, not a cancellation.");
    if (was_accepted(call->result) && store_put(key, accepted_word) != 0)
        result_note(call->result, "The acceptance could not be written to the state folder.");
}

/* An acceptance is on record: answers from it and from the order; false if it no longer holds. */
static bool answered_from_store(struct call *call, const struct json_value *order, const struct store_key *key)
{
    const char *plan = json_text(json_member(order, "cancel_status"));

    if (!store_holds(key, accepted_word))
        return false;
    if (plan != NULL && strcmp(plan, "rejected") == 0) {
        store_drop(key);
        return false;
    }
    call->result->outcome = akinon_selection_stage(call->request, order) == AKINON_CANCELED
                                ? CANCELORDER_ALREADY_CANCELED
                                : CANCELORDER_PENDING;
    if (order != NULL)
        akinon_report_order(call->result, order);
    akinon_report_items(call->request, order, call->result);
    result_note(call->result, "The same cancel was accepted before; it is not sent again.");
    return true;
}

static bool reason_cannot_spread(const struct call *call, const struct json_value *order)
{
    return call->request->reason_id != NULL && call->request->reasons.count == 0 && !call->request->only_items &&
           akinon_items(order) == NULL;
}

/* The record is about order and item set, the lock about the order alone. */
static void keys_init(const struct call *call, struct store_key *key, struct store_key *lock_key)
{
    static const char *const names[] = {"token", "username"};
    const struct cancelorder_request *request = call->request;
    const char *account_name = has_credential(request, names[0]) ? names[0] : names[1];
    char account[SHA256_HEX + 1];
    struct text subject;

    call_account(request, &account_name, 1, account);
    text_init(&subject);
    text_add_format(&subject, "%s %s", request->order_id, request->only_items ? "items" : "all");
    for (size_t i = 0; request->only_items && i < request->item_count; i++)
        text_add_format(&subject, " %s", request->items[i]);
    store_key_init(key, request->state_dir, "akinon", request->base_url, account, subject.bytes);
    store_key_init(lock_key, request->state_dir, "akinon", request->base_url, account, request->order_id);
    text_release(&subject);
}

static void cancel_locked(struct call *call, const struct store_key *key)
{
    struct reading before;

    if (read_before(call, &before) == 0 && !answered_from_store(call, before.order, key)) {
        if (reason_cannot_spread(call, before.order))
            result_refuse(call->result, "the order could not be read, so one reason cannot be "
                                        "given to each of its items");
        else if (akinon_request_check_order(call->request, before.order, call->result) == 0)
            cancel_now(call, before.order, key);
    }
    reading_release(&before);
}

static void cancel(struct call *call)
{
    struct store_key key;
    struct store_key lock_key;
    int lock;

    if (call_log_in(call, &login_rules) != 0)
        return;
    keys_init(call, &key, &lock_key);
    lock = store_lock(&lock_key);
    if (lock == STORE_BUSY)
        result_busy(call->result);
    else
        cancel_locked(call, &key);
    store_unlock(lock);
}

static void get_order(struct call *call)
{
    struct reading reading;

    if (call_log_in(call, &login_rules) != 0)
        return;
    read_order(call, CALL_SHARE_CANCEL, &reading);
    if (reading.result.outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &login_rules)) {
        reading_release(&reading);
        read_order(call, CALL_SHARE_ALL, &reading);
    }
    if (reading.order != NULL)
        akinon_report_order(&reading.result, reading.order);
    result_replace(call, &reading);
    reading_release(&reading);
}

static void login(struct call *call)
{
    char *token = NULL;
    int64_t expires_ms;

    if (log_in(call, &token, &expires_ms) == 0)
        call->result->outcome = CANCELORDER_OK;
    free(token);
}

static const struct client_word credentials[] = {
    {"token", "key of the Authorization header; or the two below"},
    {"username", "to log in", .set = 1},
    {"password", "to log in", .set = 1},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "primary key (pk) of the order, not its number"},
    {"items", "item ids; without them the whole order"},
    {"reasons", "reason id of each item"},
    {"reason_id", "instead of reasons: one for every item that is cancelled"},
    {"is_cargo_refund", "true: the shipping cost too"},
    {"return_details", "false: a short answer"},
    {"refund_invoice_number", "text"},
    {"ibans", "fund transfer only: IBAN of each item"},
    {"holder_names", "fund transfer only: account holder of each item"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", check_cancel, cancel},
    {"get_order", check_read, get_order},
    {"login", check_keys, login},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_akinon = {
    .name = "akinon",
    .title = "Akinon Omnitron, commerce back office",
    .example_base_url = "https://<customer>.omnitron.net/api/i1",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .remembers = true,
    .judge_cancel = akinon_judge_cancel,
};
