/*
 * Fungies API v0: a store of digital goods cancels an order before it is fulfilled.
 *
 *     PATCH /v0/orders/{orderIdOrNumber}/cancel     x-fngs-public-key: pub_…   x-fngs-secret-key: sec_…     {}
 *     200 {"status":"success","data":{"order":{"object":"order","id":"0c2d9a4e-…","status":"CANCELLED",…}}}
 *
 *     PATCH /v0/orders/{orderIdOrNumber}/update     status, value, fee, tax, currency
 *     GET   /v0/orders/{orderIdOrNumber}            one order, and its subscription if it began one
 *     GET   /v0/orders/list                         filters and pages
 *     GET   /v0/payments/list, /v0/payments/{paymentId}
 *
 * Every failure is {"status":"error","error":{"message":"…"}} under the status of what went wrong. There is no error
 * code, and the page documents 400 alone: the other statuses and all texts follow the framework that the API is
 * evidently built on (1), or are ours (6).
 *
 *     PENDING ⇄ UNPAID ──payment_success──▶ PAID ──payment_partially_refunded──▶ PARTIALLY_REFUNDED ──▶ REFUNDED
 *        │  └──payment_failed──▶ FAILED       │
 *        │  └──expire──▶ EXPIRED              │
 *        └───────────────cancel───────────────┴──▶ CANCELLED ──cancel──▶ CANCELLED (200 again)
 *
 * An update may set any status. No order is made through this API: the control API makes them.
 *
 * Oddities that are imitated: one path segment is an id or a number, and the number may begin with '#', which a client
 * has to send as %23 (4); a second cancel is a success that changes nothing (7, 9 A14); createdAt is milliseconds and
 * amounts are minor units, both up to 2^53 - 1 (5); a paid order is cancelled without a refund, and its payment goes on
 * saying PAID (7); update takes any double that the answers then have no room for (8).
 *
 * Not imitated: the refusal of plain HTTP; creating orders, products, subscriptions and users; webhooks and their
 * signature, none of which tells of a cancel (7); a filter by currency, whose name the stored pages do not show whole;
 * the members discount and charges of a payment beyond null. 5xx and lost answers are faults that a test injects.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Cancel Order page.
 */
#include "providers/fungies/fungies.h"

#include <string.h>

/* ── States and events (7) ─────────────────────────────────────────────────────────────────────────────────────── */

const char *const fungies_states[] = {
    "PENDING", "PAID", "FAILED", "UNPAID", "CANCELLED", "REFUNDED", "PARTIALLY_REFUNDED", "EXPIRED", NULL};

static const char *const from_pending[] = {"PENDING", NULL};
static const char *const from_unpaid[] = {"UNPAID", NULL};
static const char *const from_open[] = {"PENDING", "UNPAID", NULL};
static const char *const from_paid[] = {"PAID", NULL};
static const char *const from_money_taken[] = {"PAID", "PARTIALLY_REFUNDED", NULL};
static const char *const from_stoppable[] = {"PENDING", "UNPAID", "PAID", NULL};
static const char *const from_cancelled[] = {"CANCELLED", NULL};

#define PACED(knob) .has_delay = true, .delay = (knob)

/* No transition table is documented: the payment events are the vendor's webhook types, the others are ours. */
static const struct event events[] = {
    {"payment_missed", "customer", from_pending, "UNPAID", PACED(KNOB_PAYMENT_MISSED_PACE),
     .meaning = "the customer leaves the order unpaid"},
    {"payment_retried", "customer", from_unpaid, "PENDING", .meaning = "the customer tries to pay once more"},
    {"payment_success", "payment", from_open, "PAID", PACED(KNOB_PAYMENT_PACE), .meaning = "the payment goes through"},
    {"payment_failed", "payment", from_open, "FAILED", PACED(KNOB_PAYMENT_FAILED_PACE),
     .meaning = "the payment is declined for good"},
    {"payment_partially_refunded", "merchant", from_paid, "PARTIALLY_REFUNDED",
     .meaning = "a part of the money goes back"},
    {"payment_refunded", "merchant", from_money_taken, "REFUNDED", PACED(KNOB_PAYMENT_REFUNDED_PACE),
     .meaning = "all of the money goes back"},
    {"cancelled_payment_refunded", "merchant", from_cancelled, NULL, .apply = fungies_refund_cancelled,
     .meaning = "the money of a cancelled order goes back; the order stays as it is"},
    {"expire", "time", from_open, "EXPIRED", PACED(KNOB_EXPIRE_PACE), .meaning = "nobody paid in time"},
    {"merchant_cancel", "merchant", from_stoppable, "CANCELLED",
     .meaning = "somebody cancels the order in the vendor's dashboard"},
    {.name = NULL},
};

/* ── What has no route (6) ─────────────────────────────────────────────────────────────────────────────────────── */

/* What follows a raw '#' is a fragment, which the framework cuts off: a client that does not write %23 asks for
 * /v0/orders/ (4). */
static const char *routed_path(struct exchange *x)
{
    return arena_dup_bytes(x->arena, x->inner_path, strcspn(x->inner_path, "#"));
}

/* `Can not PATCH /v0/nowhere`. The framework takes each byte of the target for one character of Latin-1. */
static void refuse_route(struct exchange *x, const struct reason *why)
{
    struct text message = TEXT_INIT(8192);
    text_print(&message, "Can not %s %s", x->request.method, x->provider->bases[0].base);
    for (const char *c = routed_path(x); *c != '\0'; c++) {
        unsigned byte = (unsigned char)*c;
        if (byte >= 0x80)
            text_add_char(&message, (char)(0xC0 | byte >> 6));
        text_add_char(&message, (char)(byte < 0x80 ? byte : (0x80 | (byte & 0x3F))));
    }
    fungies_refuse(x, 404, text_cstr(&message), why);
    text_release(&message);
}

static void refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A19: a doubled /v0 ends here too */
        refuse_route(x, &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD: {
        const struct reason why = {"3: wrong method", "method", x->allowed, x->request.method};
        if (fungies_chosen_status(x, KNOB_WRONG_METHOD) == 404) {
            refuse_route(x, &why);
            return;
        }
        reply_header(x, "Allow", x->allowed);
        fungies_refuse(x, 405, arena_print(x->arena, "%s is not allowed", x->request.method), &why);
        return;
    }
    case REFUSAL_BODY_TOO_LARGE:
        fungies_refuse(x, 413, "request entity too large",
                       &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return fungies_check_order(x, order);
}

/* The literal `list` wins over an order or a payment of that name (3). */
static const struct route routes[] = {
    {"PATCH", "/orders/{" ORDER_PARAM "}/cancel", "cancel", fungies_validate_cancel, fungies_decide_cancel,
     fungies_render_cancel},
    {"PATCH", "/orders/{" ORDER_PARAM "}/update", "update_order", fungies_validate_update, fungies_decide_update,
     fungies_render_update},
    {"GET", "/orders/list", "list_orders", fungies_validate_orders, NULL, fungies_render_orders, .is_read = true},
    {"GET", "/orders/{" ORDER_PARAM "}", "get_order", fungies_read_order_key, decide_get, fungies_answer_order,
     .is_read = true},
    {"GET", "/payments/list", "list_payments", fungies_validate_payments, NULL, fungies_render_payments,
     .is_read = true},
    {"GET", "/payments/{paymentId}", "get_payment", fungies_validate_payment, fungies_decide_payment,
     fungies_render_payment, .is_read = true},
    {.method = NULL},
};

/* ── Provider ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape no_more_members[] = {SHAPE_END};
static const char *const secret_headers[] = {"x-fngs-public-key", "x-fngs-secret-key", "Authorization", NULL};

static const struct base_path bases[] = {{"/v0", NULL}, {NULL, NULL}};

const struct provider provider_fungies = {
    .name = "fungies",
    .title = "Fungies API v0",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = events,
    .states = fungies_states,
    .knobs = fungies_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "id",
    .secret_headers = secret_headers,
    .document_shape = fungies_document_shape,
    .facts_shape = fungies_facts_shape,
    .credential_shape = fungies_credential_shape,
    .fixture_shape = no_more_members,
    .refuse = refuse,
    .authenticate = fungies_authenticate,
    .credential_shown = fungies_credential_shown,
    .routed_path = routed_path,
    .new_document = fungies_new_document,
    .write_state = fungies_write_state,
    .read_names = fungies_read_names,
};
