#include "providers/akinon/akinon.h"

#include "core/call.h"
#include "core/login.h"
#include "core/result.h"

void akinon_reading_release(struct akinon_reading *reading)
{
    cancelorder_result_release(&reading->result);
    if (reading->document.root != NULL)
        json_document_release(&reading->document);
}

void akinon_read_order(struct call *call, int share_percent, struct akinon_reading *reading)
{
    *reading = (struct akinon_reading){.order = NULL};
    result_init(&reading->result);
    struct http_answer answer;
    call_send(call, &akinon_get_shape, NULL, share_percent, &answer);
    akinon_judge_read(reading, &answer, call->request->order_id);
    http_answer_release(&answer);
}

void akinon_result_replace(struct call *call, struct akinon_reading *reading)
{
    int attempts = call->result->attempts;
    enum cancelorder_sent sent = call->result->sent;
    cancelorder_result_release(call->result);
    *call->result = reading->result;
    result_init(&reading->result);
    call->result->attempts = attempts;
    call->result->sent = sent;
}

void akinon_get_order(struct call *call)
{
    if (call_log_in(call, &akinon_login_rules) != 0)
        return;
    struct akinon_reading reading;
    akinon_read_order(call, CALL_SHARE_CANCEL, &reading);
    if (reading.result.outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &akinon_login_rules)) {
        akinon_reading_release(&reading);
        akinon_read_order(call, CALL_SHARE_ALL, &reading);
    }
    if (reading.order != NULL)
        akinon_report_order(&reading.result, reading.order);
    akinon_result_replace(call, &reading);
    akinon_reading_release(&reading);
}
