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

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The literal `list` wins over an order or a payment of that name (3). */
static const struct route routes[] = {
    {"PATCH", "/orders/{" ORDER_PARAM "}/cancel", "cancel", fungies_validate_cancel, fungies_decide_cancel,
     fungies_render_cancel},
    {"PATCH", "/orders/{" ORDER_PARAM "}/update", "update_order", fungies_validate_update, fungies_decide_update,
     fungies_render_update},
    {"GET", "/orders/list", "list_orders", fungies_validate_orders, NULL, fungies_render_orders, .is_read = true},
    {"GET", "/orders/{" ORDER_PARAM "}", "get_order", fungies_read_order_key, fungies_decide_order,
     fungies_render_order, .is_read = true},
    {"GET", "/payments/list", "list_payments", fungies_validate_payments, NULL, fungies_render_payments,
     .is_read = true},
    {"GET", "/payments/{paymentId}", "get_payment", fungies_validate_payment, fungies_decide_payment,
     fungies_render_payment, .is_read = true},
    {.method = NULL},
};

/* ── Provider ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const secret_headers[] = {"x-fngs-public-key", "x-fngs-secret-key", "Authorization", NULL};

static const struct base_path bases[] = {{"/v0", NULL}, {NULL, NULL}};

const struct provider provider_fungies = {
    .name = "fungies",
    .title = "Fungies API v0",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = fungies_events,
    .states = fungies_states,
    .knobs = fungies_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "id",
    .secret_headers = secret_headers,
    .document_shape = fungies_document_shape,
    .facts_shape = fungies_facts_shape,
    .credential_shape = fungies_credential_shape,
    .fixture_shape = fungies_fixture_shape,
    .refuse = fungies_refuse,
    .answer_status = fungies_answer_status,
    .authenticate = fungies_authenticate,
    .credential_shown = fungies_credential_shown,
    .routed_path = fungies_routed_path,
    .new_document = fungies_new_document,
    .write_state = fungies_write_state,
    .read_names = fungies_read_names,
};
