#include "providers/fungies/fungies.h"

void fungies_send_read(struct call *call, struct cancelorder_result *result)
{
    struct http_answer answer;
    call_send(call, &fungies_get_shape, NULL, CALL_SHARE_ALL, &answer);
    fungies_judge_read(call->request, &answer, result);
    http_answer_release(&answer);
}

void fungies_get_order(struct call *call)
{
    fungies_send_read(call, call->result);
}
