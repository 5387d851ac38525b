#include "providers/dukkango/dukkango.h"

#include <stdlib.h>

#include "core/call.h"
#include "core/judgement.h"
#include "core/result.h"

static int log_in(struct call *call, char **token, int64_t *expires_ms)
{
    struct http_answer answer;
    char *body = dukkango_login_body(call->request);
    call_send(call, &dukkango_login_shape, body, CALL_SHARE_CANCEL, &answer);
    dukkango_judge_login(&answer, call->result, token, expires_ms);
    http_answer_release(&answer);
    free(body);
    judgement_changed_nothing(call->result);
    if (*token == NULL)
        result_note(call->result, "The log-in failed; no cancel was sent after it.");
    return *token == NULL ? -1 : 0;
}

const struct login_rules dukkango_login_rules = {
    .token_name = "access_token",
    .key_names = {"app_secret_key", "rest_secret_key"},
    .login = log_in,
};

void dukkango_login(struct call *call)
{
    char *token = NULL;
    int64_t expires_ms = 0;
    if (log_in(call, &token, &expires_ms) == 0)
        call->result->outcome = CANCELORDER_OK;
    free(token);
}
