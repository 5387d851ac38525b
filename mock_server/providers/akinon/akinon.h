/*
 * What the files of the Akinon provider share: the numbers of its knobs, its status table, its plans and its answers.
 *
 *     akinon.c     essay, the cancel operation, routes: begin there
 *     knobs.c      what the documents leave open (9)
 *     states.c     the status table and the events (7)
 *     access.c     versions of the path, the key, login, what is visible
 *     refusals.c   `detail`, fields, the trailing slash; media type and JSON
 *     fields.c     the fields of any body
 *     request.c    those of the cancel body (4)
 *     rules.c      the exceptions of the service layer, in the order of 9.22
 *     plan.c       the plan that a cancel opens: approval, rejection, waiting for payment (7)
 *     orders.c     an order's JSON: shapes, a fresh one, what a state makes of it
 *     reads.c      how an order looks on the wire; one order, the list, items, is_send
 *     pages.c      lists, a page at a time
 *     shop.c       what provider.json tells: channels, reasons, relations
 *     requests.c   cancellation requests of customers (8)
 *     plans.c      plans as a channel sees them, payment plans (8)
 *
 * Nothing outside this folder includes it.
 */
#ifndef PROVIDERS_AKINON_AKINON_H
#define PROVIDERS_AKINON_AKINON_H

#include "providers/registry.h"

/* ── Knobs, explained in knobs.c ──────────────────────────────────────────────────────────────────────────────── */

enum {
    KNOB_PATH_ALIASES,
    KNOB_CANCEL_ITEMS_ACCEPT_OBJECT,
    KNOB_FORCED_REFUND,
    KNOB_CLEAR_RESPONSE,
    KNOB_REASONS_WHEN_ALL,
    KNOB_REASON_VALUE,
    KNOB_SERVICE_ERROR_STATUS,
    KNOB_ERROR_SHAPE,
    KNOB_CARGO_REFUND,
    KNOB_STATUS_STYLE,
    KNOB_AMOUNT_STYLE,
    KNOB_AUTO_APPROVE_AFTER_MS,
    KNOB_ORDER_MISMATCH,
    KNOB_MISSING_SLASH,
    KNOB_ENFORCE_ERP_RULE,
    KNOB_TOKEN_TTL_S,
    KNOB_PLANS_PER_ORDER,
    KNOB_RECEIVE_PAYMENT_PACE,
    KNOB_CONFIRM_PACE,
    KNOB_PREPARE_PACE,
    KNOB_SHIP_PACE,
    KNOB_INFORM_PACE,
    KNOB_DELIVER_PACE,
    KNOB_APPROVE_PACE,
    KNOB_REJECT_PACE,
    KNOB_PAY_OUT_PACE,
    KNOB_COUNT,
};

enum { SWITCH_ON, SWITCH_OFF }; /* KNOB_ON_OFF */
enum { FORCED_MUST_NULL, FORCED_ALLOW_MISSING, FORCED_ALLOW_DECIMAL_STRING };
enum { CLEAR_OBJECT, CLEAR_STATUS_SUCCESS, CLEAR_EMPTY_BODY, CLEAR_204 };
enum { REASONS_ALL_ITEMS, REASONS_ANY, REASONS_OPTIONAL };
enum { REASON_ID_OR_DIGITS, REASON_ID, REASON_ANY };
enum { SERVICE_406, SERVICE_400, SERVICE_409 };
enum { ERROR_ARRAY_CODE, ERROR_STRING_ERROR_CODE, ERROR_DETAIL };
enum { CARGO_ADDON, CARGO_EXCLUSIVE, CARGO_NEEDS_SELECTION };
enum { STATUS_CODE_STRING, STATUS_NAME, STATUS_CODE_NUMBER };
enum { AMOUNT_DECIMAL_STRING, AMOUNT_NUMBER };
enum { MISMATCH_REJECT, MISMATCH_IGNORE };
enum { SLASH_301, SLASH_404, SLASH_SERVE };
enum { PLANS_ONE, PLANS_MANY };
#define AUTO_APPROVE_OFF (-1)

extern const struct knob akinon_knobs[KNOB_COUNT];

/* ── The status table (7) ──────────────────────────────────────────────────────────────────────────────────────── */

/* What a cancel of an item in this status starts. */
enum plan_kind { PLAN_NONE, PLAN_CANCEL, PLAN_REFUND };

struct akinon_status {
    const char *state; /* "cancellation_waiting" */
    const char *code;  /* "50" */
    enum plan_kind starts;
};

/* `approved` leads, because a fresh order is one. The names of 425, 550 and 600 are ours. */
#define AKINON_STATUSES(row)                                                                                           \
    row("approved", "400", PLAN_CANCEL) row("cancellation_waiting", "50", PLAN_NONE) row("canceled", "100", PLAN_NONE) \
        row("waiting", "200", PLAN_CANCEL) row("payment_waiting", "300", PLAN_CANCEL)                                  \
            row("confirmation_waiting", "350", PLAN_CANCEL) row("inactive", "425", PLAN_NONE)                          \
                row("preparing", "450", PLAN_CANCEL) row("shipped", "500", PLAN_REFUND)                                \
                    row("shipped_and_informed", "510", PLAN_REFUND) row("ready_for_pickup", "520", PLAN_REFUND)        \
                        row("attempted_delivery", "540", PLAN_REFUND) row("review_started", "544", PLAN_NONE)          \
                            row("review_waiting", "545", PLAN_NONE) row("delivered", "550", PLAN_REFUND)               \
                                row("refunded", "600", PLAN_NONE)

/* By name or by code; NULL for a word that the table lacks. */
const struct akinon_status *akinon_status(const char *word);

extern const char *const akinon_states[];
extern const struct event akinon_events[];

/* ── Refusals ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* {"detail":text} */
cJSON *akinon_detail(const char *text) WARN_UNUSED;
/* {field:[text]} */
cJSON *akinon_field_error(const char *field, const char *text) WARN_UNUSED;
enum step akinon_refuse_not_found(struct exchange *x);
/* What the engine itself refuses. */
void akinon_refuse(struct exchange *x, enum refusal what);
/* Without its trailing slash: 301 to the slashed path, or the 404 that the knob asks for instead. */
enum step akinon_check_slash(struct exchange *x);
/* The body must be JSON and say so; answers 415 or 400 otherwise. */
enum step akinon_check_json(struct exchange *x);
/* The body must be a JSON object; answers 400 otherwise. *body is borrowed. */
enum step akinon_check_object(struct exchange *x, const cJSON **body);
/* How Python calls the type of a value: "dict", "list", "str" … The vendor's texts name it so. */
const char *akinon_type_name(const cJSON *value);

/* ── Fields ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct akinon_field {
    const char *name;     /* NULL ends the rows */
    const char *expected; /* for the journal */
    /* The text of the mistake, NULL when there is none. `value` is there, and null only where that is allowed. */
    const char *(*mistake)(struct exchange *x, const struct order *order, const cJSON *value);
    bool required;
    bool nullable;
    bool secret;                                      /* its value stands in no journal reason */
    bool (*may_be_missing)(const struct exchange *x); /* a required one that a knob lets go; NULL: never */
};

/* Checks every field and answers 400 with all mistakes at once. `order` goes to the rows; it may be NULL. */
enum step akinon_check_fields(struct exchange *x, const struct order *order, const cJSON *body,
                              const struct akinon_field *fields);

const char *akinon_boolean_mistake(struct exchange *x, const struct order *order, const cJSON *value);
const char *akinon_string_mistake(struct exchange *x, const struct order *order, const cJSON *value);
const char *akinon_dictionary_mistake(struct exchange *x, const struct order *order, const cJSON *value);
const char *akinon_list_mistake(struct exchange *x, const cJSON *value);
const char *akinon_not_a_pk(struct exchange *x, const cJSON *value);
const char *akinon_unknown_pk(struct exchange *x, const char *pk);
bool akinon_is_integer(const cJSON *value);
bool akinon_is_decimal(const char *text);

/* ── Access ────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AKINON_BASE_V1   "/api/v1"
#define AKINON_BASE_BARE "/api"

extern const struct shape akinon_credential_shape[];

enum step akinon_authenticate(struct exchange *x);
const char *akinon_credential_shown(struct exchange *x);
enum step akinon_validate_login(struct exchange *x);
void akinon_render_login(struct exchange *x);
/* True when the order is there, is named by its pk, belongs to who asks, and to the channel of the path if it names
 * one. */
bool akinon_is_visible(const struct exchange *x, const struct order *order);
bool akinon_is_of_channel(const struct order *order, const char *pk);
/* The channel of the path must be one of who asks; answers 404 otherwise. */
enum step akinon_check_channel(struct exchange *x);
enum step akinon_validate_channel_cancel(struct exchange *x);

/* ── Cancel ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The body of one cancel, read. Lives in the exchange; JSON values are borrowed from the body. */
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

/* Checks every field and answers 400 with all mistakes at once. *out is untouched then. */
enum step akinon_read_cancel(struct exchange *x, const struct order *order, struct cancel_request **out);
/* Checks what the service layer checks, and completes the request: items of is_all, kind. */
enum step akinon_check_rules(struct exchange *x, const struct order *order, struct cancel_request *request);
/* The service layer's word for a request that no longer waits. */
enum step akinon_refuse_status_change(struct exchange *x, const char *actual);

/* ── Plans ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "waiting", "approved" …; "" where the document has null. */
const char *akinon_cancel_status(const struct order *order);
/* True while a plan waits for somebody's decision. */
bool akinon_plan_waits(const struct order *order);
bool akinon_awaits_payment(const struct order *order);
/* True for a fund transfer whose waiting plan has no IBAN. */
bool akinon_lacks_iban(const struct order *order);
void akinon_open_plan(struct order *copy, const struct cancel_request *request, int64_t now_us);

#define PAST_PLANS_MAX 98 /* with the latest, as many as two digits can number */

/* Events. */
void akinon_approve(struct session *session, struct order *copy, int64_t now_us);
void akinon_reject(struct session *session, struct order *copy, int64_t now_us);
void akinon_await_payment(struct session *session, struct order *copy, int64_t now_us);
void akinon_pay_out(struct session *session, struct order *copy, int64_t now_us);
/* The time at which the knob auto_approve_after_ms approves the plan, or PACE_NEVER. */
int64_t akinon_auto_approval(struct session *session, const struct order *order);
/* The same for the events: without that knob the pace says when. */
int64_t akinon_approve_due(struct session *session, const struct order *order);

/* ── Orders ────────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape akinon_document_shape[];
extern const struct shape akinon_facts_shape[];

#define CODE_WAITING  "50"
#define CODE_CANCELED "100"
#define CODE_REFUNDED "600"

cJSON *akinon_blank(struct session *session) WARN_UNUSED;
void akinon_dress(struct order *order, int64_t now_us);
void akinon_identify(struct order *order);

/* Items of an order, in the order of the document. */
const cJSON *akinon_first_item(const struct order *order);
cJSON *akinon_first_item_mut(struct order *order);
/* The pk as its digits. */
const char *akinon_item_pk(const cJSON *item);
const cJSON *akinon_item_of(const struct order *order, const char *pk);
bool akinon_item_has(const cJSON *item, const char *code);
enum plan_kind akinon_item_starts(const cJSON *item);
/* True unless the item is waiting for a plan, cancelled or refunded. */
bool akinon_item_is_open(const cJSON *item);
bool akinon_has_open_item(const struct order *order);
void akinon_set_item(cJSON *item, const char *code, const char *cancel_status);
/* "card", "fund_transfer" or "cash_on_delivery". */
const char *akinon_payment_type(const struct order *order);
void akinon_touch(struct order *copy, int64_t now_us);

/* ── Reads ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A page of a list: begin it, ask for each entry whether the page wants it, add to `results` if so, and reply. */
struct akinon_list {
    int64_t page; /* counts from 1; 0: what was asked for is no page */
    int64_t limit;
    int64_t count; /* of all entries */
    cJSON *results;
};

struct akinon_list akinon_list_begin(struct exchange *x);
bool akinon_list_wants(struct akinon_list *list);
void akinon_list_reply(struct exchange *x, struct akinon_list *list);

enum step akinon_decide_get(struct exchange *x, const struct order *order, struct order **changed);
enum step akinon_decide_update(struct exchange *x, const struct order *order, struct order **changed);
/* 200 with x->order. */
void akinon_render_order(struct exchange *x);
void akinon_render_detailed(struct exchange *x);
void akinon_render_list(struct exchange *x);
void akinon_render_items(struct exchange *x);

/* ── The shop ──────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape akinon_fixture_shape[];

/* Whether this channel belongs to who asks. */
bool akinon_has_channel(const struct exchange *x, const char *pk);
/* Puts the entry of provider.json in the place of its pk; an object, or a pk that nobody knows, stays. */
void akinon_show_in_full(const struct exchange *x, cJSON *object, const char *member, const char *list);
/* The reason of provider.json whose pk has these digits, or NULL. Borrowed. */
const cJSON *akinon_reason(const struct exchange *x, const char *pk);
/* The first active reason of that cancellation_type, or NULL. Borrowed. */
const cJSON *akinon_first_reason_for(struct session *session, const struct provider *provider, const char *type);
enum step akinon_validate_reason(struct exchange *x);
void akinon_render_reason(struct exchange *x);
void akinon_render_reasons(struct exchange *x);

/* ── Cancellation requests ─────────────────────────────────────────────────────────────────────────────────────── */

/* The event: the customer asks for every open item. */
void akinon_customer_requests(struct session *session, struct order *copy, int64_t now_us);
/* Requests for this item in status `from` are now `to`. */
void akinon_answer_requests(struct order *copy, const char *item_pk, const char *from, const char *to, int64_t now_us);
enum step akinon_validate_new_request(struct exchange *x);
enum step akinon_decide_new_request(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_new_request(struct exchange *x);
enum step akinon_validate_request(struct exchange *x);
enum step akinon_decide_request(struct exchange *x, const struct order *order, struct order **changed);
enum step akinon_decide_rejection(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_request(struct exchange *x);
void akinon_render_requests(struct exchange *x);

/* ── Cancellation plans ────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_plan(struct exchange *x);
enum step akinon_decide_plan(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_plan(struct exchange *x);
void akinon_render_plans(struct exchange *x);
enum step akinon_validate_payment_plan(struct exchange *x);
enum step akinon_decide_payment_plan(struct exchange *x, const struct order *order, struct order **changed);

#endif
