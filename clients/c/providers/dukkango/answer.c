#include "providers/dukkango/dukkango.h"

#include <string.h>
#include <time.h>

#include "base/json.h"
#include "base/memory.h"
#include "core/judgement.h"
#include "core/result.h"

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

void dukkango_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                           struct cancelorder_result *result)
{
    (void)request;
    struct judgement j;
    if (judgement_open(&j, answer, cancel_rules, COUNT_OF(cancel_rules), result)) {
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

void dukkango_judge_login(const struct http_answer *answer, struct cancelorder_result *result, char **token,
                          int64_t *expires_ms)
{
    struct judgement j;
    if (judgement_open(&j, answer, login_rules_by_status, COUNT_OF(login_rules_by_status), result)) {
        const struct json_value *data = json_member(j.body, "data");
        const char *found = json_text(json_member(data, "access_token"));
        if (answer->status != 200) {
            read_error(&j);
        } else if (json_is(json_member(j.body, "status"), JSON_TRUE) && found != NULL) {
            *token = mem_dup(found);
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
