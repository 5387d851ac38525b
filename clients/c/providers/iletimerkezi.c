#include "provider.h"

/*
 * iletiMerkezi, scheduled SMS (base …/v1).
 *
 *     POST /cancel-order/json
 *     {"request":{"authentication":{"key":"…","hash":"…"},"order":{"id":"312891245"}}}
 *     -> 200 {"response":{"status":{"code":200,"message":"İşlem başarılı"}}}
 *
 * Credentials travel in the body alone and unchanged. The code in the body decides; the HTTP status is
 * reported beside it, and success needs both to be 200. 455 stands for unknown, too late, finished and
 * cancelled before, so it is 'not found or rejected' and nothing more.
 *
 * Before a cancel the report is read: 113 and 114 mean that the window is closed, and no cancel goes
 * out. 456 means still scheduled. For 115 and 455 the cancel is sent all the same: neither proves
 * anything, and only the cancel's own answer is an answer. 401 ends the matter at once; any other
 * failure of the report does not stand in the way.
 *
 * A cancel is not idempotent and the only proof of a success is its answer. So a success is remembered
 * (by account and id, credentials hashed) and answered from there later; an attempt is on record while
 * its answer is out, and a later 455 then means 'possibly cancelled by the earlier attempt'. After a
 * lost answer the report is read: 113 and 114 mean too late, 115 and 455 probably cancelled, 456 not
 * cancelled. A repetition is left to the caller.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "call.h"
#include "support/result.h"
#include "support/store.h"
#include "support/uri.h"

static const struct wire_shape cancel_shape = {
    .method = "POST",
    .path = "/cancel-order/json",
    .accept = "application/json",
    .content_type = "application/json",
    .cancels = true,
};

static const struct wire_shape report_shape = {
    .method = "POST",
    .path = "/get-report/json",
    .accept = "application/json",
    .content_type = "application/json",
};

enum {
    CODE_OK = 200,
    CODE_SENDING = 113,
    CODE_COMPLETED = 114,
    CODE_FAILED_OR_CANCELED = 115,
    CODE_NOT_FOUND = 455,
    CODE_NOT_YET = 456,
    CODE_MAX = 99999
};

/* By the code in the body, else by the HTTP status (providers: iletimerkezi 6). */
static const struct status_rule code_rules[] = {
    {200, 200, CANCELORDER_UNKNOWN}, /* success needs the other one too */
    {201, 299, CANCELORDER_UNKNOWN},
    {400, 400, CANCELORDER_INVALID},
    {401, 401, CANCELORDER_UNAUTHORIZED},
    {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND}, /* the endpoint, not the order */
    {422, 422, CANCELORDER_INVALID},
    {429, 429, CANCELORDER_RATE_LIMITED},
    {455, 455, CANCELORDER_NOT_FOUND_OR_REJECTED},
    {400, 499, CANCELORDER_REJECTED},
    {500, 599, CANCELORDER_SERVER_ERROR},
};

static const char stored_success[] = "canceled";
static const char stored_attempt[] = "attempted";

/* --- refusals made here ------------------------------------------------------------------------- */

static int check(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (!uri_is_digits(request->order_id)) {
        result_refuse(result, "order_id is not the decimal number that send-sms returned");
        return -1;
    }
    if (check_body_credential(request, result, "key") != 0)
        return -1;
    return check_body_credential(request, result, "hash");
}

/* --- bodies --------------------------------------------------------------------------------------- */

/* The id goes out as a string: leading zeros and digits beyond 2^53 survive everywhere. */
static char *order_body(const struct cancelorder_request *request)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *inner = cJSON_AddObjectToObject(root, "request");
    cJSON *authentication = cJSON_AddObjectToObject(inner, "authentication");
    cJSON *order = cJSON_AddObjectToObject(inner, "order");
    char *printed;

    cJSON_AddStringToObject(authentication, "key", request_credential(request, "key"));
    cJSON_AddStringToObject(authentication, "hash", request_credential(request, "hash"));
    cJSON_AddStringToObject(order, "id", request->order_id);
    printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    return printed;
}

/* --- reading answers ------------------------------------------------------------------------------- */

/* An integer, or the same as a decimal string (providers: iletimerkezi 9.2); -1 if neither. */
static int code_of(const struct json_value *value)
{
    const char *text = json_text(value) != NULL ? json_text(value) : json_integer(value);
    long code;

    if (text == NULL || !uri_is_digits(text) || strlen(text) > 5)
        return -1;
    code = strtol(text, NULL, 10);
    return code <= CODE_MAX ? (int)code : -1;
}

static enum cancelorder_outcome outcome_of_code(int code)
{
    for (size_t i = 0; i < RULE_COUNT(code_rules); i++)
        if (code >= code_rules[i].low && code <= code_rules[i].high)
            return code_rules[i].outcome;
    return CANCELORDER_UNKNOWN;
}

static void note_outcome(struct cancelorder_result *result, int code)
{
    if (result->outcome == CANCELORDER_UNAUTHORIZED)
        result_note(result, "One of three, which the answer does not tell apart: the key and hash "
                            "do not match, API access is switched off in the panel, or this "
                            "address is not on the account's IP list.");
    else if (code == CODE_NOT_FOUND)
        result_note(result, "Not found or no longer cancellable: unknown id, already being sent, "
                            "finished, or cancelled before.");
    else if (result->outcome == CANCELORDER_NOT_FOUND)
        result_note(result, "The endpoint is unknown, which says nothing about the order: check "
                            "the base URL.");
}

/* Code and message of `response.status`; -1 without one (then nothing can be concluded). */
static int read_status(struct judgement *j)
{
    const struct json_value *status = json_member(json_member(j->body, "response"), "status");
    int code = code_of(json_member(status, "code"));

    if (code < 0)
        return -1;
    result_set(&j->result->provider_code, json_scalar(json_member(status, "code")));
    result_set(&j->result->message, json_text(json_member(status, "message")));
    return code;
}

/* Without a readable status: 5xx and 429 keep their class, everything else is unknown. */
static void judge_unreadable(struct judgement *j)
{
    struct cancelorder_result *result = j->result;

    if (result->outcome == CANCELORDER_SERVER_ERROR || result->outcome == CANCELORDER_RATE_LIMITED)
        return;
    result->outcome = CANCELORDER_UNKNOWN;
    result->effect_unknown = true;
    result->answer_lost = true;
    result_set(&result->message, "the answer holds no response.status; the outcome is unknown");
}

static void judge_code(struct judgement *j, int code)
{
    struct cancelorder_result *result = j->result;

    result->outcome = outcome_of_code(code);
    if (code == CODE_OK && j->answer->status == CODE_OK) {
        result->outcome = CANCELORDER_CANCELED;
    } else if (code == CODE_OK) {
        result->effect_unknown = true;
        result_note(result, "The body says 200 but the HTTP status does not: no conclusion.");
    }
    note_outcome(result, code);
}

static void judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result)
{
    struct judgement j;

    (void)request;
    if (judgement_open(&j, answer, code_rules, RULE_COUNT(code_rules), result)) {
        int code = read_status(&j);

        if (code < 0)
            judge_unreadable(&j);
        else
            judge_code(&j, code);
    }
    judgement_close(&j);
}

static void report_order(const struct cancelorder_request *request, struct judgement *j, int state)
{
    static const char *const counters[] = {"total", "delivered", "undelivered", "waiting"};
    const struct json_value *order = json_member(json_member(j->body, "response"), "order");
    char digits[16];

    snprintf(digits, sizeof digits, "%d", state);
    result_order_add(j->result, "id", CANCELORDER_TEXT, request->order_id);
    result_order_add(j->result, "state", CANCELORDER_TEXT, digits);
    for (size_t i = 0; i < RULE_COUNT(counters); i++)
        if (json_integer(json_member(order, counters[i])) != NULL)
            result_order_add(j->result, counters[i], CANCELORDER_NUMBER, json_integer(json_member(order, counters[i])));
}

/* 113, 114, 115 from a report; 455 and 456 from its refusal; -1 if it cannot be read. */
static int judge_report(const struct cancelorder_request *request, const struct http_answer *answer,
                        struct cancelorder_result *result)
{
    struct judgement j;
    int state = -1;

    if (judgement_open(&j, answer, code_rules, RULE_COUNT(code_rules), result)) {
        int code = read_status(&j);

        if (code >= 0)
            result->outcome = outcome_of_code(code);
        if (code == CODE_OK)
            state = code_of(json_member(json_member(json_member(j.body, "response"), "order"), "status"));
        else if (code == CODE_NOT_FOUND || code == CODE_NOT_YET)
            state = code;
        if (state >= 0)
            report_order(request, &j, state);
        note_outcome(result, -1);
    }
    judgement_close(&j);
    result->effect_unknown = false; /* a read changes nothing */
    result->answer_lost = false;
    return state;
}

/* --- operations ------------------------------------------------------------------------------------- */

static int read_report(struct call *call, int share_percent, struct cancelorder_result *result)
{
    struct http_answer answer;
    char *body = order_body(call->request);
    int state;

    call_send(call, &report_shape, body, share_percent, &answer);
    state = judge_report(call->request, &answer, result);
    http_answer_release(&answer);
    free(body);
    return state;
}

static void window_closed(struct call *call, int state)
{
    struct cancelorder_result *result = call->result;

    result->outcome = CANCELORDER_REJECTED;
    result->effect_unknown = false;
    result_set(&result->provider_code, state == CODE_SENDING ? "113" : "114");
    result_set(&result->message, state == CODE_SENDING ? "window closed: the order is being sent"
                                                       : "window closed: the order has been sent");
}

/* True if the cancel may go out; `scheduled` tells whether the report says that nothing happened yet. */
static bool read_before(struct call *call, bool *scheduled)
{
    struct cancelorder_result read;
    int state;
    bool go_on = true;

    result_init(&read);
    state = read_report(call, CALL_SHARE_BEFORE, &read);
    *scheduled = state == CODE_NOT_YET;
    if (state == CODE_SENDING || state == CODE_COMPLETED) {
        window_closed(call, state);
        call->result->http_status = read.http_status;
        result_order_add(call->result, "id", CANCELORDER_TEXT, call->request->order_id);
        result_order_add(call->result, "state", CANCELORDER_TEXT, call->result->provider_code);
        go_on = false;
    } else if (read.outcome == CANCELORDER_UNAUTHORIZED || read.outcome == CANCELORDER_ABORTED ||
               read.outcome == CANCELORDER_TRANSPORT_ERROR) {
        struct cancelorder_result empty = *call->result;

        *call->result = read;
        read = empty;
        result_note(call->result, "This was the answer to reading the report; no cancel was sent.");
        go_on = false;
    }
    cancelorder_result_release(&read);
    return go_on;
}

static void look_after_loss(struct call *call)
{
    struct cancelorder_result read;
    int state;

    result_init(&read);
    state = read_report(call, CALL_SHARE_ALL, &read);
    if (state == CODE_SENDING || state == CODE_COMPLETED) {
        window_closed(call, state);
        result_note(call->result, "The answer to the cancel was lost; the report shows that it "
                                  "came too late.");
    } else if (state == CODE_FAILED_OR_CANCELED || state == CODE_NOT_FOUND) {
        call->result->outcome = CANCELORDER_UNKNOWN;
        result_note(call->result,
                    "The report answers %d: probably cancelled by this attempt, "
                    "which cannot be proved.",
                    state);
    } else if (state == CODE_NOT_YET) {
        call->result->effect_unknown = false;
        result_note(call->result, "The report answers 456: the order is still scheduled and not "
                                  "cancelled. It may be cancelled again.");
    } else {
        result_note(call->result, "The report could not be read afterwards.");
    }
    cancelorder_result_release(&read);
}

static void send_cancel(struct call *call)
{
    struct http_answer answer;
    char *body = order_body(call->request);

    call_send(call, &cancel_shape, body, CALL_SHARE_CANCEL, &answer);
    judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

/* What stays on record: a success for good, an attempt for as long as its effect is unknown. */
static void remember(struct call *call, const struct store_key *key, bool attempted)
{
    int written = 0;

    if (call->result->outcome == CANCELORDER_CANCELED)
        written = store_put(key, stored_success);
    else if (!call->result->effect_unknown && !attempted)
        store_drop(key);
    if (written != 0)
        result_note(call->result, "The success could not be written to the state folder: keep it, "
                                  "a repetition would be answered 455.");
}

static void key_init(const struct cancelorder_request *request, struct store_key *key)
{
    static const char *const names[] = {"key"};
    char account[SHA256_HEX + 1];

    call_account(request, names, 1, account);
    store_key_init(key, request->state_dir, "iletimerkezi", request->base_url, account, request->order_id);
}

static void answer_from_store(struct call *call)
{
    call->result->outcome = CANCELORDER_ALREADY_CANCELED;
    result_set(&call->result->message, "already cancelled by an earlier call of ours");
    result_note(call->result, "Answered from the state folder; nothing was sent.");
}

static void cancel_now(struct call *call, const struct store_key *key)
{
    bool attempted = store_holds(key, stored_attempt);
    bool scheduled;

    if (!read_before(call, &scheduled))
        return;
    attempted = attempted && !scheduled;
    store_put(key, stored_attempt);
    send_cancel(call);
    if (call->result->answer_lost)
        look_after_loss(call);
    if (attempted && call->result->outcome == CANCELORDER_NOT_FOUND_OR_REJECTED) {
        call->result->outcome = CANCELORDER_UNKNOWN;
        call->result->effect_unknown = true;
        result_note(call->result, "Possibly cancelled by an earlier attempt whose answer was lost.");
    }
    remember(call, key, attempted);
}

static void cancel(struct call *call)
{
    struct store_key key;
    int lock;

    key_init(call->request, &key);
    lock = store_lock(&key);
    if (lock == STORE_BUSY)
        result_busy(call->result);
    else if (store_holds(&key, stored_success))
        answer_from_store(call);
    else
        cancel_now(call, &key);
    store_unlock(lock);
}

static void get_report(struct call *call)
{
    int state = read_report(call, CALL_SHARE_ALL, call->result);

    if (state >= 0 && state != CODE_NOT_FOUND)
        call->result->outcome = CANCELORDER_OK;
}

static const struct client_word credentials[] = {
    {"key", "API key, as the panel shows it"},
    {"hash", "API hash, as the panel shows it"},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "order id that send-sms returned, decimal digits"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", check, cancel},
    {"get_report", check, get_report},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_iletimerkezi = {
    .name = "iletimerkezi",
    .title = "iletiMerkezi, scheduled SMS",
    .example_base_url = "https://api.iletimerkezi.com/v1",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .remembers = true,
    .judge_cancel = judge_cancel,
};
