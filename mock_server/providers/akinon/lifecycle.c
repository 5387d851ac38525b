/*
 * The life of an order (7): its statuses, and what the other side does to it.
 *
 *     waiting ─▶ payment_waiting ─▶ confirmation_waiting ─▶ approved ─▶ preparing ─▶ shipped ─▶ … ─▶ delivered
 *
 * From most of them a cancel leads to cancellation_waiting; what becomes of the plan there is told in plan.c. The
 * vendor's page lists the statuses and not what leads from one to the next, so the order of events is ours.
 */
#include "providers/akinon/plan.h"

const char *const akinon_states[] = {AKINON_STATUSES(AKINON_STATUS_NAME) NULL};

static const char *const from_waiting[] = {"waiting", NULL};
static const char *const from_payment_waiting[] = {"payment_waiting", NULL};
static const char *const from_confirmation_waiting[] = {"confirmation_waiting", NULL};
static const char *const from_approved[] = {"approved", NULL};
static const char *const from_preparing[] = {"preparing", NULL};
static const char *const from_shipped[] = {"shipped", NULL};
static const char *const from_on_the_way[] = {"shipped", "shipped_and_informed", NULL};
static const char *const from_carrier[] = {"shipped", "shipped_and_informed", "ready_for_pickup", "attempted_delivery",
                                           NULL};
static const char *const from_delivered[] = {"delivered", NULL};
static const char *const from_review_started[] = {"review_started", NULL};
static const char *const from_plan[] = {"cancellation_waiting", NULL};
static const char *const from_cancellable[] = {
    "waiting", "payment_waiting",      "confirmation_waiting", "approved",           "preparing",
    "shipped", "shipped_and_informed", "ready_for_pickup",     "attempted_delivery", "delivered",
    NULL,
};

#define BY_DELAY(knob) .has_delay = true, .delay = knob
#define OF_WAITING     .possible = akinon_plan_waits

const struct event akinon_events[] = {
    {"request_payment", "shop", from_waiting, "payment_waiting", .meaning = "the order waits for its payment"},
    {"receive_payment", "payment", from_payment_waiting, "confirmation_waiting", .meaning = "the payment arrives",
     BY_DELAY(KNOB_RECEIVE_PAYMENT_PACE)},
    {"confirm", "operator", from_confirmation_waiting, "approved", .meaning = "the operator confirms the order",
     BY_DELAY(KNOB_CONFIRM_PACE)},
    {"deactivate", "operator", from_approved, "inactive", .meaning = "the order is taken out of the flow"},
    {"prepare", "warehouse", from_approved, "preparing", .meaning = "the warehouse picks the items",
     BY_DELAY(KNOB_PREPARE_PACE)},
    {"ship", "warehouse", from_preparing, "shipped", .meaning = "the parcel goes to the carrier",
     BY_DELAY(KNOB_SHIP_PACE)},
    {"inform", "shop", from_shipped, "shipped_and_informed", .meaning = "the customer gets the tracking number",
     BY_DELAY(KNOB_INFORM_PACE)},
    {"arrive_at_pickup", "carrier", from_on_the_way, "ready_for_pickup",
     .meaning = "the parcel lies at a pickup point"},
    {"attempt_delivery", "carrier", from_on_the_way, "attempted_delivery", .meaning = "nobody opened the door"},
    {"deliver", "carrier", from_carrier, "delivered", .meaning = "the parcel is handed over",
     BY_DELAY(KNOB_DELIVER_PACE)},
    {"start_review", "operator", from_delivered, "review_started", .meaning = "somebody looks into the order"},
    {"wait_for_review", "operator", from_review_started, "review_waiting", .meaning = "the review waits for others"},
    {"request_cancellation", "customer", from_cancellable, NULL, akinon_customer_requests,
     "the customer asks for a cancellation or return of every open item (8)", .possible = akinon_has_open_item},
    {"approve", "operator", from_plan, NULL, akinon_approve,
     "the plan of the whole order is approved: canceled, or refunded when it was a return", BY_DELAY(KNOB_APPROVE_PACE),
     .due = akinon_approve_due, OF_WAITING},
    {"reject", "operator", from_plan, NULL, akinon_reject, "the plan of the whole order is rejected: as it was before",
     BY_DELAY(KNOB_REJECT_PACE), OF_WAITING},
    {"approve_items", "operator", from_cancellable, NULL, akinon_approve,
     "the plan of some items is approved; the order keeps its status", BY_DELAY(KNOB_APPROVE_PACE),
     .due = akinon_approve_due, OF_WAITING},
    {"reject_items", "operator", from_cancellable, NULL, akinon_reject,
     "the plan of some items is rejected; they are as they were before", BY_DELAY(KNOB_REJECT_PACE), OF_WAITING},
    {"await_payment", "operator", from_plan, NULL, akinon_await_payment,
     "a fund-transfer plan of the whole order has no IBAN, and waits for payment", .possible = akinon_lacks_iban},
    {"await_payment_items", "operator", from_cancellable, NULL, akinon_await_payment,
     "a fund-transfer plan of some items has no IBAN, and waits for payment", .possible = akinon_lacks_iban},
    {"pay_out", "finance", from_plan, NULL, akinon_pay_out,
     "the refund of the whole order that waited for payment is paid", BY_DELAY(KNOB_PAY_OUT_PACE),
     .possible = akinon_awaits_payment},
    {"pay_out_items", "finance", from_cancellable, NULL, akinon_pay_out,
     "the refund of some items that waited for payment is paid", BY_DELAY(KNOB_PAY_OUT_PACE),
     .possible = akinon_awaits_payment},
    {.name = NULL},
};
