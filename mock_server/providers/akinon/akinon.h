/*
 * What the files of the Akinon provider share, and where to find what.
 *
 *     akinon.c         essay, the cancel operation, routes: begin there
 *     knobs.h .c       what the documents leave open (9)
 *
 *     access.c         versions of the path, the key, login, what is visible
 *     refusals.c       `detail`, fields, the trailing slash; media type and JSON
 *     fields.c         the fields of any body
 *
 *     cancel_body.c    the fields of a cancel (4)
 *     rules.c          what the service layer checks, in the order of 9.22
 *     exceptions.c     what it says then (6)
 *
 *     orders.h         the order, its items, plans and requests, as all of them see it
 *     states.c         the status table and the events (7)
 *     shapes.c         what fixtures may say of an order
 *     orders.c         a fresh order, what a state makes of it, its names
 *     items.c          its items
 *     plan.c           the plan that a cancel opens: approval, rejection, waiting for payment (7)
 *     requests.c       what its customer asked for (8)
 *
 *     reads.c          how an order looks on the wire; one order, the list, items, is_send
 *     pages.c          lists, a page at a time
 *     shop.c           what provider.json tells: channels, reasons, relations
 *     request_calls.c  cancellation requests as a channel sees them (8)
 *     plan_calls.c     plans as a channel sees them, payment plans (8)
 *
 * Nothing outside this folder includes it.
 */
#ifndef PROVIDERS_AKINON_AKINON_H
#define PROVIDERS_AKINON_AKINON_H

#include "providers/akinon/knobs.h"
#include "providers/akinon/orders.h"

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

/* Checks every field and answers 400 with all mistakes at once. *out is untouched then. */
enum step akinon_read_cancel(struct exchange *x, const struct order *order, struct cancel_request **out);
/* Checks what the service layer checks, and completes the request: items of is_all, kind. */
enum step akinon_check_rules(struct exchange *x, const struct order *order, struct cancel_request *request);

/* The exceptions of the service layer (6); exceptions.c has their codes and texts. */
enum akinon_exception {
    MORE_THAN_ONE,
    ALREADY_CANCELLED,
    UPDATE_CANCEL_STATUS,
    OVERLAPPING_PARAMETER,
    MISSING_REASON,
    PURCHASE_TRANSACTION_NOT_FOUND,
    NO_REFUNDABLE_AMOUNT,
    MULTIPLE_ITEM_STATUS,
    MIXED_PLAN,
    WRONG_STATUS,
    NOT_SENT_TO_ERP,
};

/* Answers with the status and in the form that the knobs choose. */
enum step akinon_raise(struct exchange *x, enum akinon_exception what, const struct reason *why);

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
const cJSON *akinon_first_reason_for(const struct maker *maker, const char *type);
enum step akinon_validate_reason(struct exchange *x);
void akinon_render_reason(struct exchange *x);
void akinon_render_reasons(struct exchange *x);

/* ── Cancellation requests ─────────────────────────────────────────────────────────────────────────────────────── */

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
