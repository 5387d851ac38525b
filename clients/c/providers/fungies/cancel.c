#include "providers/fungies/fungies.h"

#include <string.h>

#include "core/call.h"
#include "core/result.h"

#define SPACING_MS 200

static void send_cancel(struct call *call)
{
    result_forget_answer(call->result);
    struct http_answer answer;
    call_send(call, &fungies_cancel_shape, fungies_cancel_body, CALL_SHARE_CANCEL, &answer);
    fungies_judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
}

/* Reads the order to settle a doubt. True if it is cancelled; then the result says so. */
static bool settled_by_read(struct call *call, bool *known)
{
    struct cancelorder_result read;
    result_init(&read);
    fungies_send_read(call, &read);
    const char *state = read.outcome == CANCELORDER_OK ? result_order_text(&read, "state") : NULL;
    *known = state != NULL;
    bool settled = *known && strcmp(state, fungies_confirmed) == 0;
    if (settled) {
        read.attempts = call->result->attempts;
        read.sent = call->result->sent;
        read.outcome = CANCELORDER_CANCELED;
        result_note(&read, "The cancel was not answered as it should; reading the order "
                           "shows that it is cancelled.");
        cancelorder_result_release(call->result);
        *call->result = read;
        return true;
    }
    if (*known)
        result_note(call->result, "Read afterwards, the order is %s.", state);
    else
        result_note(call->result, "The order could not be read afterwards.");
    cancelorder_result_release(&read);
    return false;
}

/* A cut or failed request may go out once more; a readable 2xx was taken and must not be repeated. */
static bool may_repeat(const struct cancelorder_result *result)
{
    return result->outcome == CANCELORDER_TRANSPORT_ERROR || result->outcome == CANCELORDER_SERVER_ERROR;
}

static bool was_refused(const struct cancelorder_result *result)
{
    return result->http_status >= 400 && result->http_status < 500;
}

void fungies_cancel(struct call *call)
{
    bool known = false;
    send_cancel(call);
    if (!call->result->answer_lost || settled_by_read(call, &known))
        return;
    if (!known || !may_repeat(call->result))
        return;
    http_wait(call->client->http, SPACING_MS);
    if (http_is_stopped(call->client->http))
        return;
    send_cancel(call);
    if (call->result->answer_lost || was_refused(call->result))
        settled_by_read(call, &known);
}
