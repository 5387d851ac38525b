#include "providers/iletimerkezi/iletimerkezi.h"

#include <stdlib.h>

#include "core/call.h"
#include "core/login.h"
#include "core/result.h"
#include "core/store.h"

static const char stored_success[] = "canceled";
static const char stored_attempt[] = "attempted";

static void window_closed(struct call *call, int state)
{
    struct cancelorder_result *result = call->result;
    result->outcome = CANCELORDER_REJECTED;
    result->effect_unknown = false;
    result_set(&result->provider_code, state == CODE_SENDING ? "113" : "114");
    result_set(&result->message, state == CODE_SENDING ? "window closed: the order is being sent"
                                                       : "window closed: the order has been sent");
}

/* True if the cancel may go out; `scheduled` tells whether the report says that nothing happened yet. */
static bool read_before(struct call *call, bool *scheduled)
{
    struct cancelorder_result read;
    bool go_on = true;
    result_init(&read);
    int state = iletimerkezi_read_report(call, CALL_SHARE_BEFORE, &read);
    *scheduled = state == CODE_NOT_YET;
    if (state == CODE_SENDING || state == CODE_COMPLETED) {
        window_closed(call, state);
        call->result->http_status = read.http_status;
        result_order_add(call->result, "id", CANCELORDER_TEXT, call->request->order_id);
        result_order_add(call->result, "state", CANCELORDER_TEXT, call->result->provider_code);
        go_on = false;
    } else if (read.outcome == CANCELORDER_UNAUTHORIZED || read.outcome == CANCELORDER_ABORTED ||
               read.outcome == CANCELORDER_TRANSPORT_ERROR) {
        struct cancelorder_result empty = *call->result;
        *call->result = read;
        read = empty;
        result_note(call->result, "This was the answer to reading the report; no cancel was sent.");
        go_on = false;
    }
    cancelorder_result_release(&read);
    return go_on;
}

static void look_after_loss(struct call *call)
{
    struct cancelorder_result read;
    result_init(&read);
    int state = iletimerkezi_read_report(call, CALL_SHARE_ALL, &read);
    if (state == CODE_SENDING || state == CODE_COMPLETED) {
        window_closed(call, state);
        result_note(call->result, "The answer to the cancel was lost; the report shows that it "
                                  "came too late.");
    } else if (state == CODE_FAILED_OR_CANCELED || state == CODE_NOT_FOUND) {
        call->result->outcome = CANCELORDER_UNKNOWN;
        result_note(call->result,
                    "The report answers %d: probably cancelled by this attempt, "
                    "which cannot be proved.",
                    state);
    } else if (state == CODE_NOT_YET) {
        call->result->effect_unknown = false;
        result_note(call->result, "The report answers 456: the order is still scheduled and not "
                                  "cancelled. It may be cancelled again.");
    } else {
        result_note(call->result, "The report could not be read afterwards.");
    }
    cancelorder_result_release(&read);
}

static void send_cancel(struct call *call)
{
    struct http_answer answer;
    char *body = iletimerkezi_order_body(call->request);
    call_send(call, &iletimerkezi_cancel_shape, body, CALL_SHARE_CANCEL, &answer);
    iletimerkezi_judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

/* What stays on record: a success for good, an attempt for as long as its effect is unknown. */
static void remember(struct call *call, const struct store_key *key, bool attempted)
{
    int written = 0;
    if (call->result->outcome == CANCELORDER_CANCELED)
        written = store_put(key, stored_success);
    else if (!call->result->effect_unknown && !attempted)
        store_drop(key);
    if (written != 0)
        result_note(call->result, "The success could not be written to the state folder: keep it, "
                                  "a repetition would be answered 455.");
}

static void key_init(const struct cancelorder_request *request, struct store_key *key)
{
    static const char *const names[] = {"key"};
    char account[SHA256_HEX + 1];

    call_account(request, names, 1, account);
    store_key_init(key, request->state_dir, "iletimerkezi", request->base_url, account, request->order_id);
}

static void answer_from_store(struct call *call)
{
    call->result->outcome = CANCELORDER_ALREADY_CANCELED;
    result_set(&call->result->message, "already cancelled by an earlier call of ours");
    result_note(call->result, "Answered from the state folder; nothing was sent.");
}

static void cancel_now(struct call *call, const struct store_key *key)
{
    bool attempted = store_holds(key, stored_attempt);
    bool scheduled;
    if (!read_before(call, &scheduled))
        return;
    attempted = attempted && !scheduled;
    store_put(key, stored_attempt);
    send_cancel(call);
    if (call->result->answer_lost)
        look_after_loss(call);
    if (attempted && call->result->outcome == CANCELORDER_NOT_FOUND_OR_REJECTED) {
        call->result->outcome = CANCELORDER_UNKNOWN;
        call->result->effect_unknown = true;
        result_note(call->result, "Possibly cancelled by an earlier attempt whose answer was lost.");
    }
    remember(call, key, attempted);
}

void iletimerkezi_cancel(struct call *call)
{
    struct store_key key;
    key_init(call->request, &key);
    int lock = store_lock(&key);
    if (lock == STORE_BUSY)
        result_busy(call->result);
    else if (store_holds(&key, stored_success))
        answer_from_store(call);
    else
        cancel_now(call, &key);
    store_unlock(lock);
}
