/*
 * The states, and what the other side does to an order (7); fungies.c has the picture.
 *
 * The order's own payment follows it, except that cancelling leaves the payment alone: the money of a cancelled order
 * goes back by an event of its own.
 */
#include "providers/fungies/fungies.h"

const char *const fungies_states[] = {
    "PENDING", "PAID", "FAILED", "UNPAID", "CANCELLED", "REFUNDED", "PARTIALLY_REFUNDED", "EXPIRED", NULL};

static const char *const from_pending[] = {"PENDING", NULL};
static const char *const from_unpaid[] = {"UNPAID", NULL};
static const char *const from_open[] = {"PENDING", "UNPAID", NULL};
static const char *const from_paid[] = {"PAID", NULL};
static const char *const from_money_taken[] = {"PAID", "PARTIALLY_REFUNDED", NULL};
static const char *const from_stoppable[] = {"PENDING", "UNPAID", "PAID", NULL};
static const char *const from_cancelled[] = {"CANCELLED", NULL};

static void refund_cancelled(const struct maker *maker, struct order *copy)
{
    (void)maker;
    if (fungies_payments(copy) != NULL) /* an order that was cancelled before anybody paid has nothing to refund */
        json_set_string(json_member_mut(copy->facts, "payments")->child, "status", "REFUNDED");
}

#define DELAY(knob) .has_delay = true, .delay = (knob)

/* No transition table is documented: the payment events are the vendor's webhook types, the others are ours. */
const struct event fungies_events[] = {
    {"payment_missed", "customer", from_pending, "UNPAID", DELAY(KNOB_PAYMENT_MISSED_PACE),
     .meaning = "the customer leaves the order unpaid"},
    {"payment_retried", "customer", from_unpaid, "PENDING", .meaning = "the customer tries to pay once more"},
    {"payment_success", "payment", from_open, "PAID", DELAY(KNOB_PAYMENT_PACE), .meaning = "the payment goes through"},
    {"payment_failed", "payment", from_open, "FAILED", DELAY(KNOB_PAYMENT_FAILED_PACE),
     .meaning = "the payment is declined for good"},
    {"payment_partially_refunded", "merchant", from_paid, "PARTIALLY_REFUNDED",
     .meaning = "a part of the money goes back"},
    {"payment_refunded", "merchant", from_money_taken, "REFUNDED", DELAY(KNOB_PAYMENT_REFUNDED_PACE),
     .meaning = "all of the money goes back"},
    {"cancelled_payment_refunded", "merchant", from_cancelled, NULL, .apply = refund_cancelled,
     .meaning = "the money of a cancelled order goes back; the order stays as it is"},
    {"expire", "time", from_open, "EXPIRED", DELAY(KNOB_EXPIRE_PACE), .meaning = "nobody paid in time"},
    {"merchant_cancel", "merchant", from_stoppable, "CANCELLED",
     .meaning = "somebody cancels the order in the vendor's dashboard"},
    {.name = NULL},
};
