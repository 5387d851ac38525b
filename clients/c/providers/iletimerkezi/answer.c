#include "providers/iletimerkezi/iletimerkezi.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "core/judgement.h"
#include "core/result.h"

#define CODE_MAX    99999
#define CODE_DIGITS 5

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

/* An integer, or the same as a decimal string (providers: iletimerkezi 9.2); -1 if neither. */
static int code_of(const struct json_value *value)
{
    const char *text = json_text(value) != NULL ? json_text(value) : json_integer(value);
    int64_t code;
    if (text == NULL || strlen(text) > CODE_DIGITS || !number_read(text, 0, CODE_MAX, &code))
        return -1;
    return (int)code;
}

static enum cancelorder_outcome outcome_of_code(int code)
{
    for (size_t i = 0; i < COUNT_OF(code_rules); i++)
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

void iletimerkezi_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                               struct cancelorder_result *result)
{
    (void)request;
    struct judgement j;
    if (judgement_open(&j, answer, code_rules, COUNT_OF(code_rules), result)) {
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
    for (size_t i = 0; i < COUNT_OF(counters); i++)
        if (json_integer(json_member(order, counters[i])) != NULL)
            result_order_add(j->result, counters[i], CANCELORDER_NUMBER, json_integer(json_member(order, counters[i])));
}

/* 113, 114, 115 from a report; 455 and 456 from its refusal; -1 if it cannot be read. */
int iletimerkezi_judge_report(const struct cancelorder_request *request, const struct http_answer *answer,
                              struct cancelorder_result *result)
{
    struct judgement j;
    int state = -1;
    if (judgement_open(&j, answer, code_rules, COUNT_OF(code_rules), result)) {
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
    judgement_changed_nothing(result);
    return state;
}
