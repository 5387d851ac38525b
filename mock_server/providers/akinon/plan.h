/*
 * From what a customer asks for to a cancelled or returned order: cancellation requests, the rules, the plan.
 *
 *     cancellation_requests.c        what the customer of an order asked for (8)
 *     refund.c                       what a plan gives back (7)
 *     plan.c                         the plan that a cancel opens (7)
 *     rules.c                        what the service layer checks before a cancel, in the order of 9.22
 *     cancellation_request_calls.c   requests as a channel sees them
 *     plan_calls.c                   plans as a channel sees them, payment plans
 *
 * Plans and requests that the vendor's document does not show stand in the order's facts (order.c). Functions that take
 * a `const struct order *` look; those that take a `copy` change it, as the engine's rules about copies want
 * (model/order.h). Texts and JSON are lent by the order.
 */
#ifndef PROVIDERS_AKINON_PLAN_H
#define PROVIDERS_AKINON_PLAN_H

#include "base/ids.h"
#include "providers/akinon/akinon.h"

/* ── cancellation_requests.c ───────────────────────────────────────────────────────────────────────────────────── */

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
/* It as an answer has it: its id stands there as pk, too (8.1). */
cJSON *akinon_show_request(const cJSON *request) WARN_UNUSED;
/* By the digits of its id; NULL when the order has no such request. */
const cJSON *akinon_request_of(const struct order *order, const char *id);
/* The shop does not want what this request asks for. */
void akinon_reject_request(struct order *copy, const char *id, int64_t now_us);
/* Requests for this item in status `from` are now `to`. */
void akinon_answer_requests(struct order *copy, const char *item_pk, const char *from, const char *to, int64_t now_us);
/* The event: the customer asks for every open item. */
void akinon_customer_requests(const struct maker *maker, struct order *copy);

/* ── refund.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Amounts are counted in hundredths. "-13.905" is -1391; what is no amount is 0. */
int64_t akinon_amount_read(const char *text);
#define AKINON_AMOUNT_TEXT_MAX 24
void akinon_amount_write(int64_t amount, char out[AKINON_AMOUNT_TEXT_MAX]);
/* What a plan of these items gives back, the plans before it being as they are; may be below 0. `pks`: an object whose
 * names are the items' pks. */
int64_t akinon_refund(const struct order *order, const cJSON *pks, bool is_cargo_refund);
/* Such an object: the items that wait. */
cJSON *akinon_waiting_pks(const struct order *order) WARN_UNUSED;

/* ── plan.c ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What a cancel asks for, once its body was read (cancel.c). Lives in the exchange; JSON is borrowed from the body. */
struct cancel_request {
    bool is_all;
    bool is_cargo_refund;
    bool return_details;
    const char *refund_invoice_number; /* NULL when there is none */
    const cJSON *reasons;
    const cJSON *ibans; /* NULL when absent */
    const cJSON *holder_names;
    bool *chosen; /* entry i belongs to the i-th item of the order */
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
void akinon_open_plan(const struct maker *maker, struct order *copy, const struct cancel_request *request);

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

/* ── rules.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Checks what the service layer checks, and completes the request: items of is_all, kind. */
enum step akinon_check_rules(struct exchange *x, const struct order *order, struct cancel_request *request);

/* ── cancellation_request_calls.c ──────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_new_request(struct exchange *x);
enum step akinon_decide_new_request(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_new_request(struct exchange *x);
enum step akinon_validate_request(struct exchange *x);
enum step akinon_decide_request(struct exchange *x, const struct order *order, struct order **changed);
enum step akinon_decide_rejection(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_request(struct exchange *x);
void akinon_render_requests(struct exchange *x);
void akinon_render_request_updates(struct exchange *x);

/* ── plan_calls.c ──────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_plan(struct exchange *x);
enum step akinon_decide_plan(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_plan(struct exchange *x);
void akinon_render_plans(struct exchange *x);
enum step akinon_validate_payment_plan(struct exchange *x);
enum step akinon_decide_payment_plan(struct exchange *x, const struct order *order, struct order **changed);

#endif
