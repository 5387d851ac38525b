#include "providers/iletimerkezi/iletimerkezi.h"

#include <stdlib.h>

int iletimerkezi_read_report(struct call *call, int share_percent, struct cancelorder_result *result)
{
    struct http_answer answer;
    char *body = iletimerkezi_order_body(call->request);
    call_send(call, &iletimerkezi_report_shape, body, share_percent, &answer);
    int state = iletimerkezi_judge_report(call->request, &answer, result);
    http_answer_release(&answer);
    free(body);
    return state;
}

void iletimerkezi_get_report(struct call *call)
{
    int state = iletimerkezi_read_report(call, CALL_SHARE_ALL, call->result);
    if (state >= 0 && state != CODE_NOT_FOUND)
        call->result->outcome = CANCELORDER_OK;
}
