#include "providers/zaikio/zaikio.h"

void zaikio_send_read(struct call *call, int share_percent, struct cancelorder_result *result)
{
    struct http_answer answer;
    call_send(call, &zaikio_get_shape, NULL, share_percent, &answer);
    zaikio_judge_read(call->request, &answer, result);
    http_answer_release(&answer);
}

void zaikio_get_order(struct call *call)
{
    zaikio_send_read(call, CALL_SHARE_ALL, call->result);
}
