#include "providers/akinon/akinon.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "core/call.h"
#include "core/login.h"
#include "core/refusal.h"
#include "core/result.h"
#include "core/store.h"

static const char accepted_word[] = "accepted";

/* Reads the order before the cancel; -1 if that ends the matter, with the result filled. */
static int read_before(struct call *call, struct akinon_reading *before)
{
    akinon_read_order(call, CALL_SHARE_BEFORE, before);
    if (before->result.outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &akinon_login_rules)) {
        akinon_reading_release(before);
        akinon_read_order(call, CALL_SHARE_BEFORE, before);
    } else if (before->result.outcome == CANCELORDER_UNAUTHORIZED && call->renewed) {
        return -1; /* the log-in failed and has said so */
    }
    enum cancelorder_outcome outcome = before->result.outcome;
    if (outcome == CANCELORDER_UNAUTHORIZED || outcome == CANCELORDER_ABORTED ||
        outcome == CANCELORDER_TRANSPORT_ERROR) {
        akinon_result_replace(call, before);
        result_note(call->result, "This was the answer to reading the order; no cancel was sent.");
        return -1;
    }
    if (before->order == NULL)
        result_note(call->result, "The order could not be read before.");
    return 0;
}

static void send_cancel(struct call *call, const struct json_value *order)
{
    char *body = akinon_cancel_body(call->request, order);
    result_forget_answer(call->result);
    struct http_answer answer;
    call_send(call, &akinon_cancel_shape, body, CALL_SHARE_CANCEL, &answer);
    akinon_judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
    free(body);
}

static bool plan_is_open(const struct call *call, const struct json_value *order)
{
    return akinon_selection_stage(call->request, order) == AKINON_WAITING || akinon_plan_is_open(order);
}

/* Whether this cancel opened a plan: a plan of other items of the order is not it. */
static bool was_opened(const struct call *call, const struct json_value *order)
{
    enum akinon_stage stage = akinon_selection_stage(call->request, order);
    return stage == AKINON_WAITING || (stage == AKINON_UNREADABLE && akinon_plan_is_open(order));
}

static void items_again(struct call *call, const struct json_value *order)
{
    for (size_t i = 0; i < call->result->item_count; i++) {
        free(call->result->items[i].id);
        free(call->result->items[i].state);
    }
    call->result->item_count = 0;
    akinon_report_items(call->request, order, call->result);
}

/* What the order shows goes into the result. */
static void show_order(struct call *call, const struct json_value *order)
{
    if (call->result->order.count == 0)
        akinon_report_order(call->result, order);
    items_again(call, order);
}

/* After a refusal: is it cancelled already, or does a plan wait? */
static void look_after_refusal(struct call *call)
{
    struct akinon_reading after;
    akinon_read_order(call, CALL_SHARE_ALL, &after);
    if (after.order == NULL) {
        result_note(call->result, "The order could not be read to learn more.");
    } else if (akinon_selection_stage(call->request, after.order) == AKINON_CANCELED) {
        call->result->outcome = CANCELORDER_ALREADY_CANCELED;
        result_note(call->result, "Read afterwards, it is cancelled already (status 100).");
    } else if (plan_is_open(call, after.order)) {
        call->result->outcome = CANCELORDER_CONFLICT;
        result_note(call->result, "Read afterwards, a cancellation or return is waiting already.");
    }
    if (after.order != NULL)
        show_order(call, after.order);
    akinon_reading_release(&after);
}

/* Neither cancelled nor waiting, or not readable: a status of 2xx stays 'accepted, not verified'. */
static void loss_stays_open(struct call *call, const struct akinon_reading *after)
{
    if (call->result->http_status >= 200 && call->result->http_status < 300)
        call->result->outcome = CANCELORDER_UNKNOWN;
    result_note(call->result, after->order == NULL ? "The order could not be read afterwards."
                                                   : "Read afterwards, neither a cancellation nor a plan is to be "
                                                     "seen. Read it again before any repetition.");
}

/* After a lost answer: what does the order say? Nothing is sent again. */
static void look_after_loss(struct call *call)
{
    struct akinon_reading after;
    akinon_read_order(call, CALL_SHARE_ALL, &after);
    if (after.order != NULL && akinon_selection_stage(call->request, after.order) == AKINON_CANCELED)
        result_settle(call->result, akinon_canceled_outcome(call->request, after.order),
                      "The answer was lost; read afterwards, it is cancelled.");
    else if (after.order != NULL && was_opened(call, after.order))
        result_settle(call->result, CANCELORDER_PENDING,
                      "The answer was lost; read afterwards, a cancellation or return is waiting "
                      "for confirmation.");
    else
        loss_stays_open(call, &after);
    if (after.order != NULL)
        show_order(call, after.order);
    akinon_reading_release(&after);
}

static void note_kind(struct call *call, const struct json_value *order)
{
    enum akinon_stage stage = akinon_selection_stage(call->request, order);
    if (stage == AKINON_AFTER)
        result_set(&call->result->kind, "return");
    else if (stage == AKINON_BEFORE)
        result_set(&call->result->kind, "cancel");
}

static bool was_accepted(const struct cancelorder_result *result)
{
    return result->outcome == CANCELORDER_PENDING || result->outcome == CANCELORDER_PARTIAL ||
           result->outcome == CANCELORDER_CANCELED;
}

static void cancel_now(struct call *call, const struct json_value *order, const struct store_key *key)
{
    note_kind(call, order);
    send_cancel(call, order);
    if (call->result->outcome == CANCELORDER_UNAUTHORIZED && call_renew(call, &akinon_login_rules))
        send_cancel(call, order);
    if (call->result->answer_lost)
        look_after_loss(call);
    else if (call->result->outcome == CANCELORDER_REJECTED || call->result->outcome == CANCELORDER_CONFLICT)
        look_after_refusal(call);
    if (call->result->item_count == 0)
        akinon_report_items(call->request, NULL, call->result);
    if (call->result->kind != NULL && strcmp(call->result->kind, "return") == 0)
        result_note(call->result, "The items were shipped: this is a return, not a cancellation.");
    if (was_accepted(call->result) && store_put(key, accepted_word) != 0)
        result_note(call->result, "The acceptance could not be written to the state folder.");
}

/* An acceptance is on record: answers from it and from the order; false if it no longer holds. */
static bool answered_from_store(struct call *call, const struct json_value *order, const struct store_key *key)
{
    const char *plan = json_text(json_member(order, "cancel_status"));
    if (!store_holds(key, accepted_word))
        return false;
    if (plan != NULL && strcmp(plan, "rejected") == 0) {
        store_drop(key);
        return false;
    }
    call->result->outcome = akinon_selection_stage(call->request, order) == AKINON_CANCELED
                                ? CANCELORDER_ALREADY_CANCELED
                                : CANCELORDER_PENDING;
    if (order != NULL)
        akinon_report_order(call->result, order);
    akinon_report_items(call->request, order, call->result);
    result_note(call->result, "The same cancel was accepted before; it is not sent again.");
    return true;
}

static bool reason_cannot_spread(const struct call *call, const struct json_value *order)
{
    return call->request->reason_id != NULL && call->request->reasons.count == 0 && !call->request->only_items &&
           akinon_items(order) == NULL;
}

/* The record is about order and item set, the lock about the order alone. */
static void keys_init(const struct call *call, struct store_key *key, struct store_key *lock_key)
{
    static const char *const names[] = {"token", "username"};
    const struct cancelorder_request *request = call->request;
    const char *account_name = has_credential(request, names[0]) ? names[0] : names[1];
    char account[SHA256_HEX + 1];
    struct text subject = TEXT_INIT(TEXT_UNBOUNDED);

    call_account(request, &account_name, 1, account);
    text_print(&subject, "%s %s", request->order_id, request->only_items ? "items" : "all");
    for (size_t i = 0; request->only_items && i < request->item_count; i++)
        text_print(&subject, " %s", request->items[i]);
    store_key_init(key, request->state_dir, "akinon", request->base_url, account, text_cstr(&subject));
    store_key_init(lock_key, request->state_dir, "akinon", request->base_url, account, request->order_id);
    text_release(&subject);
}

static void cancel_locked(struct call *call, const struct store_key *key)
{
    struct akinon_reading before;
    if (read_before(call, &before) == 0 && !answered_from_store(call, before.order, key)) {
        if (reason_cannot_spread(call, before.order))
            result_refuse(call->result, "the order could not be read, so one reason cannot be "
                                        "given to each of its items");
        else if (akinon_check_order(call->request, before.order, call->result) == 0)
            cancel_now(call, before.order, key);
    }
    akinon_reading_release(&before);
}

void akinon_cancel(struct call *call)
{
    if (call_log_in(call, &akinon_login_rules) != 0)
        return;
    struct store_key lock_key;
    struct store_key key;
    keys_init(call, &key, &lock_key);
    int lock = store_lock(&lock_key);
    if (lock == STORE_BUSY)
        result_busy(call->result);
    else
        cancel_locked(call, &key);
    store_unlock(lock);
}
