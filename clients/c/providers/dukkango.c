#include "provider.h"

/*
 * Dükkango, restaurant orders ('Integration API', base …/api/integrations).
 *
 *     PUT /orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e        Access-Token: <token>
 *     {"reason_id":3}
 *     -> 200 {"status":true,"data":"OK"}
 *
 * The order is named by its payment_key, a UUID; the integer id is for display. The answer says nothing
 * of the order, so no state is reported, and no refund exists in this API. What a second cancel answers
 * is not documented and an order that is missing from the active list proves nothing (it may have been
 * acknowledged), so after a lost answer nothing is repeated and nothing is guessed: the effect stays
 * unknown. Error codes are Turkish words; the outcome goes by status alone, the words are handed on.
 *
 * A token is either given or got from app_secret_key and rest_secret_key; a 401 is answered by one
 * log-in and one repetition where those two are there.
 */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "call.h"
#include "support/mem.h"
#include "support/result.h"
#include "support/uri.h"

static const struct wire_shape cancel_shape = {
    .method = "PUT",
    .path = "/orders/cancel/{order}",
    .accept = "application/json",
    .content_type = "application/json",
    .headers = {{"Access-Token", "", "access_token"}},
    .cancels = true,
};

static const struct wire_shape login_shape = {
    .method = "POST",
    .path = "/auth/login",
    .accept = "application/json",
    .content_type = "application/json",
    .writes = true,
};

/* providers: dukkango 6; 400 and 422 both stand for a bad field (A3) */
static const struct status_rule cancel_rules[] = {
    {200, 200, CANCELORDER_UNKNOWN}, /* the body decides */
    {201, 299, CANCELORDER_UNKNOWN},   {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND}, {409, 409, CANCELORDER_CONFLICT},     {429, 429, CANCELORDER_RATE_LIMITED},
    {400, 499, CANCELORDER_INVALID},   {500, 599, CANCELORDER_SERVER_ERROR},
};

static const struct status_rule login_rules_by_status[] = {
    {200, 200, CANCELORDER_OK},      {400, 403, CANCELORDER_UNAUTHORIZED}, {429, 429, CANCELORDER_RATE_LIMITED},
    {400, 499, CANCELORDER_INVALID}, {500, 599, CANCELORDER_SERVER_ERROR},
};

static const char reason_low = '1';
static const char reason_high = '8';

/* --- refusals made here ------------------------------------------------------------------------- */

static const char *const account_keys[2] = {"app_secret_key", "rest_secret_key"};

static int check_keys(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    return check_login_keys(request, result, account_keys);
}

static int check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    const char *reason = request->reason_id;

    if (!uri_is_uuid(request->order_id))
        result_refuse(result, "order_id is not a UUID: it is the order's payment_key, not its id");
    else if (reason == NULL)
        result_refuse(result, "reason_id is missing: a reason from 1 to 8 must be chosen, "
                              "none is made up");
    else if (reason[0] < reason_low || reason[0] > reason_high || reason[1] != '\0')
        result_refuse(result, "reason_id is not an integer from 1 to 8");
    else
        return check_token_or_keys(request, result, "access_token", account_keys);
    return -1;
}

/* --- bodies --------------------------------------------------------------------------------------- */

static char *cancel_body(const struct cancelorder_request *request)
{
    cJSON *body = cJSON_CreateObject();
    char *printed;

    cJSON_AddRawToObject(body, "reason_id", request->reason_id);
    printed = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    return printed;
}

static char *login_body(const struct cancelorder_request *request)
{
    cJSON *body = cJSON_CreateObject();
    char *printed;

    cJSON_AddStringToObject(body, "app_secret_key", request_credential(request, "app_secret_key"));
    cJSON_AddStringToObject(body, "rest_secret_key", request_credential(request, "rest_secret_key"));
    printed = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    return printed;
}

/* --- reading answers ------------------------------------------------------------------------------- */

/* The envelope: {"status":bool,"data":…} or {"status":false,"error":"code","message":"text"}. */
static void read_error(struct judgement *j)
{
    result_set(&j->result->provider_code, json_text(json_member(j->body, "error")));
    result_set(&j->result->message, json_text(json_member(j->body, "message")));
}

static void read_success(struct judgement *j)
{
    const struct json_value *status = json_member(j->body, "status");
    const char *data = json_text(json_member(j->body, "data"));

    if (json_is(status, JSON_TRUE)) {
        j->result->outcome = CANCELORDER_CANCELED;
        if (data == NULL || strcmp(data, "OK") != 0)
            result_note(j->result, "The answer's data is not \"OK\" as documented.");
    } else if (json_is(status, JSON_FALSE)) {
        j->result->outcome = CANCELORDER_REJECTED; /* the envelope allows it (A12) */
        read_error(j);
    } else {
        judgement_unfit(j, "status 200 without the documented envelope; the effect is unknown");
    }
}

static void judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result)
{
    struct judgement j;

    (void)request;
    if (judgement_open(&j, answer, cancel_rules, RULE_COUNT(cancel_rules), result)) {
        if (answer->status == 200)
            read_success(&j);
        else
            read_error(&j);
    }
    if (result->outcome == CANCELORDER_FORBIDDEN)
        result_note(result, "The id is wrong or the order belongs to another restaurant.");
    judgement_close(&j);
}

/* "YYYY-MM-DD HH:MM:SS" without a zone; taken as Turkish time, UTC+3 (A16). 0 = not readable. */
static int64_t read_expiry(const char *date)
{
    struct tm broken = {0};
    const char *end = date == NULL ? NULL : strptime(date, "%Y-%m-%d %H:%M:%S", &broken);

    if (end == NULL || *end != '\0')
        return 0;
    return ((int64_t)timegm(&broken) - 3L * 3600) * 1000;
}

static void judge_login(const struct http_answer *answer, struct cancelorder_result *result, char **token,
                        int64_t *expires_ms)
{
    struct judgement j;

    if (judgement_open(&j, answer, login_rules_by_status, RULE_COUNT(login_rules_by_status), result)) {
        const struct json_value *data = json_member(j.body, "data");
        const char *found = json_text(json_member(data, "access_token"));

        if (answer->status != 200) {
            read_error(&j);
        } else if (json_is(json_member(j.body, "status"), JSON_TRUE) && found != NULL) {
            *token = mem_copy(found);
            *expires_ms = read_expiry(json_text(json_member(data, "expiration_date")));
        } else if (json_is(json_member(j.body, "status"), JSON_FALSE)) {
            result->outcome = CANCELORDER_UNAUTHORIZED;
            read_error(&j);
        } else {
            judgement_unfit(&j, "the log-in answer holds no token");
        }
    }
    judgement_close(&j);
}

/* --- operations ------------------------------------------------------------------------------------- */

static int log_in(struct call *call, char **token, int64_t *expires_ms)
{
    struct http_answer answer;
    char *body = login_body(call->request);

    call_send(call, &login_shape, body, CALL_SHARE_CANCEL, &answer);
    judge_login(&answer, call->result, token, expires_ms);
    http_answer_release(&answer);
    free(body);
    call->result->effect_unknown = false; /* a log-in cancels nothing */
    call->result->answer_lost = false;
    if (*token == NULL)
        result_note(call->result, "The log-in failed; no cancel was sent after it.");
    return *token == NULL ? -1 : 0;
}

static const struct login_rules login_rules = {
    .token_name = "access_token",
    .key_names = {"app_secret_key", "rest_secret_key"},
    .login = log_in,
};

static void send_cancel(struct call *call)
{
    struct http_answer answer;
    char *body = cancel_body(call->request);

    result_forget_answer(call->result);
    call_send(call, &cancel_shape, body, CALL_SHARE_ALL, &answer);
    judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

static void cancel(struct call *call)
{
    if (call_log_in(call, &login_rules) != 0)
        return;
    send_cancel(call);
    if (call->result->outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &login_rules))
        send_cancel(call);
    if (call->result->effect_unknown)
        result_note(call->result, "Do not repeat it blindly: look the order up in the panel.");
}

static void login(struct call *call)
{
    char *token = NULL;
    int64_t expires_ms = 0;

    if (log_in(call, &token, &expires_ms) == 0)
        call->result->outcome = CANCELORDER_OK;
    free(token);
}

static const struct client_word credentials[] = {
    {"access_token", "token of the Access-Token header; or the two keys below"},
    {"app_secret_key", "key of the application, to log in", .set = 1},
    {"rest_secret_key", "key of the restaurant, to log in", .set = 1},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "payment_key of the order, a UUID"},
    {"reason_id", "1 out of stock, 2 address not found, 3 too busy, 4 customer cancelled, "
                  "5 technical, 6 too far, 7 payment, 8 other"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", check_cancel, cancel},
    {"login", check_keys, login},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_dukkango = {
    .name = "dukkango",
    .title = "Dükkango, restaurant orders",
    .example_base_url = "https://www.xn--dkkango-n2a.com/api/integrations",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .judge_cancel = judge_cancel,
};
