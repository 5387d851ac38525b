#include "core/judgement.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/result.h"
#include "core/retry_after.h"

static const struct {
    enum http_failure failure;
    enum cancelorder_outcome outcome;
    const char *message;
} transport_rules[] = {
    {HTTP_TIMED_OUT, CANCELORDER_TIMEOUT, "no complete answer in time"},
    {HTTP_NO_CONNECTION, CANCELORDER_TRANSPORT_ERROR, "no connection"},
    {HTTP_BROKEN, CANCELORDER_TRANSPORT_ERROR, "the connection broke before the answer was whole"},
    {HTTP_UNREADABLE, CANCELORDER_PROTOCOL_ERROR, "the answer cannot be read"},
    {HTTP_STOPPED, CANCELORDER_ABORTED, "stopped on request"},
};

/* For answers without a text of the provider's own. */
static const struct {
    enum cancelorder_outcome outcome;
    const char *message;
} default_messages[] = {
    {CANCELORDER_UNAUTHORIZED, "the provider does not accept the credentials"},
    {CANCELORDER_FORBIDDEN, "the provider does not allow this with these credentials"},
    {CANCELORDER_NOT_FOUND, "the provider does not know this order"},
    {CANCELORDER_RATE_LIMITED, "the provider asks to slow down"},
    {CANCELORDER_SERVER_ERROR, "the provider failed; whether the order is cancelled is unknown"},
    {CANCELORDER_REJECTED, "the provider refused"},
    {CANCELORDER_INVALID, "the provider calls the request malformed"},
    {CANCELORDER_CONFLICT, "the provider reports a conflicting change"},
    {CANCELORDER_PROTOCOL_ERROR, "the answer is not one that this API gives"},
};

static bool refused_by_status(const struct http_answer *answer)
{
    return answer->failure == HTTP_BROKEN && answer->status >= 400;
}

static void judge_transport(const struct http_answer *answer, struct cancelorder_result *result)
{
    for (size_t i = 0; i < COUNT_OF(transport_rules); i++) {
        if (transport_rules[i].failure != answer->failure)
            continue;
        result->outcome = transport_rules[i].outcome;
        result_set(&result->message, transport_rules[i].message);
        if (answer->detail[0] != '\0')
            result_note(result, "Detail: %s.", answer->detail);
    }
    result->effect_unknown = answer->sent;
    result->answer_lost = answer->sent && answer->failure != HTTP_STOPPED;
    if (result->effect_unknown)
        result_note(result, "The request went out, so it may have had its effect.");
}

static enum cancelorder_outcome outcome_of(const struct status_rule *rules, size_t count, int status)
{
    for (size_t i = 0; i < count; i++)
        if (status >= rules[i].low && status <= rules[i].high)
            return rules[i].outcome;
    return CANCELORDER_PROTOCOL_ERROR;
}

static void judge_head(const struct http_answer *answer, struct cancelorder_result *result)
{
    result->http_status = answer->status;
    result_set(&result->request_id, answer->request_id);
    result->retry_after_ms =
        retry_after_ms(answer->retry_after, answer->rate_limit_reset, answer->date, clock_wall_ms());
}

bool judgement_open(struct judgement *judgement, const struct http_answer *answer, const struct status_rule *rules,
                    size_t count, struct cancelorder_result *result)
{
    *judgement = (struct judgement){.answer = answer, .result = result};
    judge_head(answer, result);
    if (answer->failure != HTTP_ANSWERED && !refused_by_status(answer)) {
        judge_transport(answer, result);
        return false;
    }
    result->outcome = outcome_of(rules, count, answer->status);
    if (json_read(text_cstr(&answer->body), answer->body.length, &judgement->document) == 0)
        judgement->body = judgement->document.root;
    return true;
}

void judgement_unfit(struct judgement *judgement, const char *why)
{
    judgement->result->outcome = CANCELORDER_PROTOCOL_ERROR;
    judgement->result->effect_unknown = true;
    judgement->result->answer_lost = judgement->body == NULL;
    result_set(&judgement->result->message, why);
}

static void note_by_status(const struct judgement *judgement)
{
    struct cancelorder_result *result = judgement->result;
    int status = judgement->answer->status;
    if (status >= 500) {
        result->effect_unknown = true;
        result->answer_lost = true;
        result_note(result, "The provider failed, so it may or may not have cancelled the order.");
    } else if (status >= 400 && judgement->body == NULL && status != 429) {
        result_note(result, "The answer is not the provider's JSON: the base URL may be wrong, or "
                            "something in between answered.");
    } else if (status >= 300 && status < 400) {
        result->effect_unknown = true; /* some servers act first, and send to another page then */
        result_note(result, "The answer is a redirect, which is never followed: the base URL may "
                            "be wrong.");
    }
}

void judgement_close(struct judgement *judgement)
{
    struct cancelorder_result *result = judgement->result;
    for (size_t i = 0; i < COUNT_OF(default_messages) && result->message == NULL; i++)
        if (default_messages[i].outcome == result->outcome)
            result_set(&result->message, default_messages[i].message);
    if (result->outcome == CANCELORDER_RATE_LIMITED && result->retry_after_ms >= 0)
        result_note(result, "Ask again after %lld ms.", (long long)result->retry_after_ms);
    if (judgement->answer->failure == HTTP_ANSWERED || refused_by_status(judgement->answer))
        note_by_status(judgement);
    if (judgement->document.root != NULL)
        json_document_release(&judgement->document);
}

void judgement_changed_nothing(struct cancelorder_result *result)
{
    result->effect_unknown = false;
    result->answer_lost = false;
}
