/*
 * What an Akinon order is to the mock: its status, its items, its plans, what its customer asked for.
 *
 * An order is canceled or returned as a whole or item by item, so most of it is told of items: each has a status of its
 * own, a code in a string as on the wire ("50"). An order's `state` is the name of its own status. Plans and requests
 * that the vendor's document does not show stand in the order's facts (shapes.c).
 *
 * Functions that take a `const struct order *` look; those that take a `copy` change it, as the engine's rules about
 * copies want (model/order.h). Items and texts are lent by the order. Times are session time in microseconds.
 *
 *     for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
 *         if (akinon_item_is_open(item)) …
 */
#ifndef PROVIDERS_AKINON_ORDERS_H
#define PROVIDERS_AKINON_ORDERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ids.h"
#include "model/provider.h"
#include "providers/ask.h"

/* ── The status table (7) ──────────────────────────────────────────────────────────────────────────────────────── */

/* What a cancel of an item in this status starts. */
enum plan_kind { PLAN_NONE, PLAN_CANCEL, PLAN_REFUND };

struct akinon_status {
    const char *state; /* "cancellation_waiting" */
    const char *code;  /* "50" */
    enum plan_kind starts;
};

/* By name or by code; NULL for a word that the table lacks. */
const struct akinon_status *akinon_status(const char *word);

extern const char *const akinon_states[];
/* Every name and every code. */
extern const char *const akinon_status_words[];
extern const struct event akinon_events[];

#define CODE_WAITING  "50"
#define CODE_CANCELED "100"
#define CODE_REFUNDED "600"

/* ── Orders ────────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape akinon_document_shape[];
extern const struct shape akinon_facts_shape[];
extern const char *const akinon_plan_kinds[]; /* "cancel", "refund" */

cJSON *akinon_new_document(const struct maker *maker) WARN_UNUSED;
void akinon_write_state(struct order *order, int64_t now_us);
void akinon_read_names(struct order *order);
/* "card", "fund_transfer" or "cash_on_delivery". */
const char *akinon_payment_type(const struct order *order);
/* It was changed now. */
void akinon_touch(struct order *copy, int64_t now_us);

/* ── Items ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The items in the order of the document, linked by `next`; NULL when there is none. */
const cJSON *akinon_first_item(const struct order *order);
cJSON *akinon_first_item_mut(struct order *order);
/* The pk as its digits. */
const char *akinon_item_pk(const cJSON *item);
const cJSON *akinon_item_of(const struct order *order, const char *pk);
/* Its row of the status table; NULL for a word that the table lacks. */
const struct akinon_status *akinon_item_status(const cJSON *item);
bool akinon_item_has(const cJSON *item, const char *code);
enum plan_kind akinon_item_starts(const cJSON *item);
/* True unless the item is waiting for a plan, cancelled or refunded. */
bool akinon_item_is_open(const cJSON *item);
bool akinon_has_open_item(const struct order *order);
void akinon_set_item(cJSON *item, const char *code, const char *cancel_status);
/* Every item in full: what was given wins, the rest follows the order. */
void akinon_complete_items(struct order *order);

/* ── Plans ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What a cancel asks for, once its body was read (cancel_body.c). Lives in the exchange; JSON is borrowed from the
 * body. */
struct cancel_request {
    bool is_all;
    bool is_cargo_refund;
    bool return_details;
    const char *refund_invoice_number; /* NULL when there is none */
    const cJSON *reasons;
    const cJSON *ibans; /* NULL when absent */
    bool *chosen;       /* entry i belongs to the i-th item of the order */
    size_t chosen_count;
    enum plan_kind kind; /* set by the rules; PLAN_NONE until then */
};

/* "waiting", "approved" …; "" where the document has null. */
const char *akinon_cancel_status(const struct order *order);
/* True while a plan waits for somebody's decision. */
bool akinon_plan_waits(const struct order *order);
bool akinon_awaits_payment(const struct order *order);
/* True for a fund transfer whose waiting plan has no IBAN. */
bool akinon_lacks_iban(const struct order *order);
/* What a cancel of these items opens, or adds to the plan that waits. */
void akinon_open_plan(struct order *copy, const struct cancel_request *request, int64_t now_us);

/* With the latest, as many as two digits can number. Beyond that the oldest is forgotten. */
#define PAST_PLANS_MAX 98

/* Events. */
void akinon_approve(const struct maker *maker, struct order *copy);
void akinon_reject(const struct maker *maker, struct order *copy);
void akinon_await_payment(const struct maker *maker, struct order *copy);
void akinon_pay_out(const struct maker *maker, struct order *copy);
/* The time at which the knob auto_approve_after_ms approves the plan, or DELAY_NEVER. */
int64_t akinon_auto_approval(const struct maker *maker, const struct order *order);
/* The same for the events: without that knob the delay says when. */
int64_t akinon_approve_due(const struct maker *maker, const struct order *order);

/* ── Cancellation requests ─────────────────────────────────────────────────────────────────────────────────────── */

/* What its maker draws from the session's stream. */
struct request_identity {
    int64_t id;
    char uuid[UUID_TEXT_MAX];
};

struct request_identity akinon_draw_request(const struct maker *maker);
/* A request that waits. `given` are the members that its maker chose; others are null. */
void akinon_add_request(struct order *copy, const struct request_identity *identity, const char *type,
                        const cJSON *given, int64_t now_us);
/* The requests of an order, linked by `next`; NULL when there is none. */
const cJSON *akinon_first_request(const struct order *order);
/* By the digits of its id; NULL when the order has no such request. */
const cJSON *akinon_request_of(const struct order *order, const char *id);
/* The shop does not want what this request asks for. */
void akinon_reject_request(struct order *copy, const char *id, int64_t now_us);
/* Requests for this item in status `from` are now `to`. */
void akinon_answer_requests(struct order *copy, const char *item_pk, const char *from, const char *to, int64_t now_us);
/* The event: the customer asks for every open item. */
void akinon_customer_requests(const struct maker *maker, struct order *copy);

#endif
