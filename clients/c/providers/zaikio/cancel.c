#include "providers/zaikio/zaikio.h"

#include <stdlib.h>
#include <string.h>

#include "core/call.h"
#include "core/result.h"

/* Which method a state asks for; a state that is not here asks for request_cancelation. */
static const struct {
    const char *state;
    const char *method; /* NULL = nothing is sent */
    enum cancelorder_outcome outcome;
    const char *note;
} choices[] = {
    {"draft", "delete", CANCELORDER_UNKNOWN, NULL},
    {"placed", "cancel_by_consumer", CANCELORDER_UNKNOWN, NULL},
    {"transfer_failed", "cancel_by_consumer", CANCELORDER_UNKNOWN, NULL},
    {"canceled_by_consumer", NULL, CANCELORDER_ALREADY_CANCELED, "It is cancelled already."},
    {"canceled_by_supplier", NULL, CANCELORDER_ALREADY_CANCELED, "It is cancelled already."},
    {"cancelation_requested", NULL, CANCELORDER_PENDING, "A cancelation is requested already; the supplier decides."},
    {"shipped", NULL, CANCELORDER_REJECTED,
     "It is shipped. If the supplier's policy allows a request always, name the method "
     "request_cancelation; else contact the supplier."},
    {"partially_shipped_remainder_canceled", NULL, CANCELORDER_REJECTED,
     "It is final: partly shipped, the remainder cancelled."},
};

static void send_cancel(struct call *call, const struct zaikio_method *method)
{
    struct cancelorder_request used = *call->request;
    char *body = zaikio_event_body(method->state_event);
    used.method = method->name;
    struct http_answer answer;
    call_send(call, method->shape, body, CALL_SHARE_CANCEL, &answer);
    zaikio_judge_cancel(&used, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

static void order_take(struct call *call, struct cancelorder_result *read)
{
    struct cancelorder_result old = *call->result;
    call->result->order = read->order;
    call->result->lines = read->lines;
    call->result->line_count = read->line_count;
    read->order = old.order;
    read->lines = old.lines;
    read->line_count = old.line_count;
}

static bool is_state(const char *state, const char *word)
{
    return state != NULL && strcmp(state, word) == 0;
}

/* What the order's state says of a cancel that was not confirmed; UNKNOWN = nothing. */
static enum cancelorder_outcome outcome_of_state(const struct zaikio_method *method, const char *state)
{
    if (method->proof != NULL && is_state(state, method->proof))
        return method->outcome;
    if (is_state(state, "canceled_by_consumer") || is_state(state, "canceled_by_supplier"))
        return CANCELORDER_CANCELED;
    if (is_state(state, "cancelation_requested"))
        return CANCELORDER_PENDING;
    return CANCELORDER_UNKNOWN;
}

static void look_after_loss(struct call *call, const struct zaikio_method *method)
{
    struct cancelorder_result read;
    result_init(&read);
    zaikio_send_read(call, CALL_SHARE_ALL, &read);
    const char *state = result_order_text(&read, "state");
    enum cancelorder_outcome outcome = outcome_of_state(method, state);
    if (read.outcome == CANCELORDER_NOT_FOUND && method->shape == &zaikio_delete_shape)
        outcome = CANCELORDER_DELETED; /* only after our own DELETE (ZAI-ERR-2) */
    if (outcome != CANCELORDER_UNKNOWN) {
        result_settle(call->result, outcome, "The answer was lost.");
        result_note(call->result, "Read afterwards, the order is %s.", state == NULL ? "gone" : state);
    } else if (state != NULL) {
        result_note(call->result, "Read afterwards, the order is %s: not cancelled so far.", state);
    } else {
        result_note(call->result, "The order could not be read afterwards.");
    }
    order_take(call, &read);
    cancelorder_result_release(&read);
}

/* The order may have moved on between read and cancel (A18). */
static void look_after_refusal(struct call *call)
{
    struct cancelorder_result read;
    result_init(&read);
    zaikio_send_read(call, CALL_SHARE_ALL, &read);
    const char *state = result_order_text(&read, "state");
    if (is_state(state, "canceled_by_consumer") || is_state(state, "canceled_by_supplier"))
        call->result->outcome = CANCELORDER_ALREADY_CANCELED;
    if (state != NULL)
        result_note(call->result,
                    "Read afterwards, the order is %s. A request to the supplier "
                    "means something else; name request_cancelation to make it.",
                    state);
    order_take(call, &read);
    cancelorder_result_release(&read);
}

static void cancel_by(struct call *call, const struct zaikio_method *method)
{
    send_cancel(call, method);
    if (call->result->answer_lost)
        look_after_loss(call, method);
    else if (call->result->http_status == 422 && strcmp(method->name, "cancel_by_consumer") == 0)
        look_after_refusal(call);
}

/* Sets the outcome and gives NULL where the state says that nothing is to be sent. */
static const struct zaikio_method *choose(struct call *call, const char *state)
{
    for (size_t i = 0; i < COUNT_OF(choices); i++) {
        if (strcmp(choices[i].state, state) != 0)
            continue;
        if (choices[i].method == NULL) {
            call->result->outcome = choices[i].outcome;
            call->result->local = choices[i].outcome == CANCELORDER_REJECTED;
            result_set(&call->result->message, choices[i].note);
            result_note(call->result, "Nothing was sent.");
        }
        return zaikio_method_find(choices[i].method);
    }
    return zaikio_method_find("request_cancelation");
}

void zaikio_cancel(struct call *call)
{
    const struct zaikio_method *method = zaikio_method_find(call->request->method);
    if (method == NULL) {
        zaikio_send_read(call, CALL_SHARE_BEFORE, call->result);
        if (call->result->outcome != CANCELORDER_OK) {
            result_note(call->result, "This was the answer to reading the order; nothing was "
                                      "cancelled.");
            return;
        }
        method = choose(call, result_order_text(call->result, "state"));
        if (method == NULL)
            return;
        result_forget_answer(call->result);
    }
    cancel_by(call, method);
}
