#include "providers/akinon/akinon.h"

#include <stdlib.h>

#include "core/call.h"
#include "core/judgement.h"
#include "core/result.h"

static int log_in(struct call *call, char **token, int64_t *expires_ms)
{
    char *body = akinon_login_body(call->request);
    *expires_ms = 0;
    struct http_answer answer;
    call_send(call, &akinon_login_shape, body, CALL_SHARE_BEFORE, &answer);
    akinon_judge_login(&answer, call->result, token);
    http_answer_release(&answer);
    free(body);
    judgement_changed_nothing(call->result);
    if (*token == NULL)
        result_note(call->result, "The log-in failed; no cancel was sent after it.");
    return *token == NULL ? -1 : 0;
}

const struct login_rules akinon_login_rules = {
    .token_name = "token",
    .key_names = {"username", "password"},
    .login = log_in,
};

void akinon_login(struct call *call)
{
    char *token = NULL;
    int64_t expires_ms;
    if (log_in(call, &token, &expires_ms) == 0)
        call->result->outcome = CANCELORDER_OK;
    free(token);
}
