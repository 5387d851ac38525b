/*
 * PATCH /v0/orders/{orderIdOrNumber}/cancel (4, 5, 7).
 *
 * PENDING and UNPAID orders are cancelled, and paid ones too: no money moves then, and the payment stays as it is. A
 * second cancel succeeds and changes nothing. Everything else is refused, and each of these decisions has its knob.
 */
#include <string.h>

#include "providers/fungies/fungies.h"

static const char NOT_CANCELLABLE[] = "Order can not be cancelled";
static const char *const no_members[] = {NULL};

enum step fungies_validate_cancel(struct exchange *x)
{
    const cJSON *body = NULL;
    return fungies_read_order_key(x) == STEP_REPLY ? STEP_REPLY : fungies_read_body(x, no_members, &body);
}

/* A state is cancellable when its knob is on. */
static const struct cancellable_row {
    const char *state;
    bool always;
    unsigned knob;
} cancellable_rows[] = {
    {"PENDING", .always = true},
    {"UNPAID", .always = true},
    {"PAID", .knob = KNOB_PAID_CANCELLABLE},
    {"FAILED", .knob = KNOB_FAILED_CANCELLABLE},
    {"EXPIRED", .knob = KNOB_EXPIRED_CANCELLABLE},
    {"REFUNDED", .knob = KNOB_REFUNDED_CANCELLABLE},
    {"PARTIALLY_REFUNDED", .knob = KNOB_PARTIALLY_REFUNDED_CANCELLABLE},
};

static const struct cancellable_row *cancellable_row(const char *state)
{
    for (size_t i = 0; i < COUNT_OF(cancellable_rows); i++)
        if (strcmp(cancellable_rows[i].state, state) == 0)
            return &cancellable_rows[i];
    return NULL;
}

static bool is_cancellable(const struct exchange *x, const char *state)
{
    const struct cancellable_row *row = cancellable_row(state);
    return row != NULL && (row->always || exchange_knob_on(x, row->knob));
}

/* The knob that would make it so: "failed_cancellable=on". */
static const char *cancellable_knob(struct exchange *x, const char *state)
{
    const struct cancellable_row *row = cancellable_row(state);
    return row == NULL || row->always ? NULL : arena_print(x->arena, "%s=on", fungies_knobs[row->knob].name);
}

static enum step answer_second_cancel(struct exchange *x, const struct order *order)
{
    int status = exchange_knob_status(x, KNOB_SECOND_CANCEL);
    if (status == 200) /* the same order once more; nothing changes */
        return STEP_NEXT;
    return fungies_fail(x, status, status == 404 ? FUNGIES_ORDER_NOT_FOUND : NOT_CANCELLABLE,
                        &(struct reason){"7: cancelled already (second_cancel)", ORDER_PARAM, "a cancellable order",
                                         order->state, .knob = "second_cancel=200"});
}

enum step fungies_allow_cancel(struct exchange *x, const struct order *order, bool *again)
{
    *again = strcmp(order->state, "CANCELLED") == 0;
    if (*again)
        return answer_second_cancel(x, order);
    if (is_cancellable(x, order->state))
        return STEP_NEXT;
    return fungies_fail(x, exchange_knob_status(x, KNOB_NOT_CANCELLABLE), NOT_CANCELLABLE,
                        &(struct reason){"7: not cancellable in this state", ORDER_PARAM, "PENDING, UNPAID or PAID",
                                         order->state, .knob = cancellable_knob(x, order->state)});
}

enum step fungies_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    bool again = false;
    if (fungies_check_order(x, order) == STEP_REPLY || fungies_allow_cancel(x, order, &again) == STEP_REPLY)
        return STEP_REPLY;
    if (!again) {
        *changed = order_copy(order);
        order_enter(*changed, "CANCELLED", exchange_now(x));
    }
    return STEP_NEXT;
}

void fungies_render_cancel(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    cJSON *order = fungies_show_order(x, x->order);
    if (exchange_knob_on(x, KNOB_STALE_STATUS_IN_ANSWER))
        json_set_string(order, "status", x->state_before);
    json_set(data, "order", order);
    fungies_answer(x, data);
}
