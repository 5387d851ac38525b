#include "providers/dukkango/dukkango.h"

#include <stdlib.h>

#include "core/call.h"
#include "core/result.h"

static void send_cancel(struct call *call)
{
    char *body = dukkango_cancel_body(call->request);
    result_forget_answer(call->result);
    struct http_answer answer;
    call_send(call, &dukkango_cancel_shape, body, CALL_SHARE_ALL, &answer);
    dukkango_judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

void dukkango_cancel(struct call *call)
{
    if (call_log_in(call, &dukkango_login_rules) != 0)
        return;
    send_cancel(call);
    if (call->result->outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &dukkango_login_rules))
        send_cancel(call);
    if (call->result->effect_unknown)
        result_note(call->result, "Do not repeat it blindly: look the order up in the panel.");
}
