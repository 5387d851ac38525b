/*
 * What the files of the Akinon provider share. Each calls only files above it in this list:
 *
 *     knobs.c                       what the documents leave open (9)
 *     statuses.c                    the status table (items.h)
 *     fixture.c                     provider.json: its shape; channels, reasons, relations
 *     items.c                       the items of an order (items.h)
 *     order.c                       an order's document: shape, a new one, its state, its names
 *     answers.c                     an order as the knobs write it, refusals, exceptions, what the engine refuses
 *     pages.c                       lists, a page at a time
 *     request.c                     what a request must be: media type, body, fields
 *     access.c                      versions of the path, the key, login, what is visible
 *     cancellation_requests.c       what the customer of an order asked for (plan.h)
 *     plan.c                        the plan that a cancel opens: approval, rejection, payment (plan.h)
 *     lifecycle.c                   states and events
 *     rules.c                       what the service layer checks before a cancel (plan.h)
 *     cancel.c                      the cancel
 *     reads.c                       orders, items and reasons, as a client reads them
 *     update.c                      is_send
 *     cancellation_request_calls.c  cancellation requests as a channel sees them (plan.h)
 *     plan_calls.c                  plans as a channel sees them, payment plans (plan.h)
 *     akinon.c                      the API as a whole, its routes, the provider itself
 *
 * Trees that these functions return are the caller's unless they are const; texts that they return are static, lent by
 * an order or live in the exchange's arena. Nothing here keeps state. Times are session time in microseconds.
 */
#ifndef PROVIDERS_AKINON_AKINON_H
#define PROVIDERS_AKINON_AKINON_H

#include "model/provider.h"
#include "providers/akinon/items.h"
#include "providers/ask.h"

/* ── knobs.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum akinon_knob {
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

#define FORCED_REFUND(CHOICE)                                                                                          \
    CHOICE(FORCED_MUST_NULL, "must_null")                                                                              \
    CHOICE(FORCED_ALLOW_MISSING, "allow_missing")                                                                      \
    CHOICE(FORCED_ALLOW_DECIMAL_STRING, "allow_decimal_string")
#define CLEAR_RESPONSE(CHOICE)                                                                                         \
    CHOICE(CLEAR_OBJECT, "{}")                                                                                         \
    CHOICE(CLEAR_STATUS_SUCCESS, "{\"status\":\"success\"}")                                                           \
    CHOICE(CLEAR_EMPTY_BODY, "empty body")                                                                             \
    CHOICE(CLEAR_204, "204")
#define REASONS_WHEN_ALL(CHOICE)                                                                                       \
    CHOICE(REASONS_ALL_ITEMS, "all_items") CHOICE(REASONS_ANY, "any") CHOICE(REASONS_OPTIONAL, "optional")
#define REASON_VALUE(CHOICE)                                                                                           \
    CHOICE(REASON_ID_OR_DIGITS, "id_or_digit_string") CHOICE(REASON_ID, "id") CHOICE(REASON_ANY, "any")
#define ERROR_SHAPE(CHOICE)                                                                                            \
    CHOICE(ERROR_ARRAY_CODE, "array_code")                                                                             \
    CHOICE(ERROR_STRING_ERROR_CODE, "string_error_code")                                                               \
    CHOICE(ERROR_DETAIL, "detail")
#define CARGO_REFUND(CHOICE)                                                                                           \
    CHOICE(CARGO_ADDON, "addon") CHOICE(CARGO_EXCLUSIVE, "exclusive") CHOICE(CARGO_NEEDS_SELECTION, "needs_selection")
#define STATUS_STYLE(CHOICE)                                                                                           \
    CHOICE(STATUS_CODE_STRING, "code_string") CHOICE(STATUS_NAME, "name") CHOICE(STATUS_CODE_NUMBER, "code_number")
#define AMOUNT_STYLE(CHOICE)    CHOICE(AMOUNT_DECIMAL_STRING, "decimal_string") CHOICE(AMOUNT_NUMBER, "number")
#define ORDER_MISMATCH(CHOICE)  CHOICE(MISMATCH_REJECT, "reject") CHOICE(MISMATCH_IGNORE, "ignore")
#define MISSING_SLASH(CHOICE)   CHOICE(SLASH_301, "301") CHOICE(SLASH_404, "404") CHOICE(SLASH_SERVE, "serve")
#define PLANS_PER_ORDER(CHOICE) CHOICE(PLANS_ONE, "one") CHOICE(PLANS_MANY, "many")

enum { FORCED_REFUND(KNOB_NUMBER) };
enum { CLEAR_RESPONSE(KNOB_NUMBER) };
enum { REASONS_WHEN_ALL(KNOB_NUMBER) };
enum { REASON_VALUE(KNOB_NUMBER) };
enum { ERROR_SHAPE(KNOB_NUMBER) };
enum { CARGO_REFUND(KNOB_NUMBER) };
enum { STATUS_STYLE(KNOB_NUMBER) };
enum { AMOUNT_STYLE(KNOB_NUMBER) };
enum { ORDER_MISMATCH(KNOB_NUMBER) };
enum { MISSING_SLASH(KNOB_NUMBER) };
enum { PLANS_PER_ORDER(KNOB_NUMBER) };

#define AUTO_APPROVE_OFF  (-1) /* of auto_approve_after_ms */
#define TOKEN_TTL_FOREVER 0    /* of token_ttl_s */

extern const struct knob akinon_knobs[];

/* ── fixture.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape akinon_fixture_shape[];
extern const struct shape akinon_credential_shape[];
/* Whether this channel belongs to who asks. */
bool akinon_has_channel(const struct exchange *x, const char *pk);
/* Puts the entry of provider.json in the place of its pk; an object, or a pk that nobody knows, stays. */
void akinon_show_in_full(const struct exchange *x, cJSON *object, const char *member, const char *list);
/* The reason of provider.json whose pk has these digits, or NULL. Borrowed. */
const cJSON *akinon_reason(const struct exchange *x, const char *pk);
/* The first active reason of that cancellation_type, or NULL. Borrowed. */
const cJSON *akinon_first_reason_for(const struct maker *maker, const char *type);

/* ── order.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape akinon_document_shape[];
extern const struct shape akinon_facts_shape[];
cJSON *akinon_new_document(const struct maker *maker) WARN_UNUSED;
void akinon_write_state(struct order *order, int64_t now_us);
void akinon_read_names(struct order *order);
/* "card", "fund_transfer" or "cash_on_delivery". */
const char *akinon_payment_type(const struct order *order);
/* It was changed now. */
void akinon_touch(struct order *copy, int64_t now_us);
/* Whether it was placed in the channel of that pk. */
bool akinon_is_of_channel(const struct order *order, const char *pk);

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The order as an answer has it under the knobs of this session; and with its relations in full. */
cJSON *akinon_show(const struct exchange *x, const struct order *order) WARN_UNUSED;
cJSON *akinon_show_detailed(const struct exchange *x, const struct order *order) WARN_UNUSED;
/* The items of such an answer, linked by `next`; NULL when there is none. */
cJSON *akinon_shown_items(cJSON *answer);
/* 200 with x->order. */
void akinon_render_order(struct exchange *x);

/* {"detail":text} */
cJSON *akinon_detail(const char *text) WARN_UNUSED;
/* {field:[text]} */
cJSON *akinon_field_error(const char *field, const char *text) WARN_UNUSED;
enum step akinon_refuse_not_found(struct exchange *x);

/* The exceptions of the service layer (6). */
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
    AKINON_EXCEPTION_COUNT,
};

/* Answers with the status and in the form that the knobs choose. */
enum step akinon_raise(struct exchange *x, enum akinon_exception what, const struct reason *why);

/* Without its trailing slash: 301 to the slashed path, or the 404 that the knob asks for instead. */
/* Whether a path, or the pattern of one, is written as the documents have it. */
bool akinon_is_whole(const char *path);
enum step akinon_check_slash(struct exchange *x);
void akinon_refuse(struct exchange *x, enum refusal what);
void akinon_answer_status(struct exchange *x, int status);

/* ── pages.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

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

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *akinon_order_named(struct exchange *x);
/* The body must be JSON and say so; answers 415 or 400 otherwise. */
enum step akinon_check_json(struct exchange *x);
/* The body must be a JSON object; answers 400 otherwise. *body is borrowed. */
enum step akinon_check_object(struct exchange *x, const cJSON **body);

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

/* ── access.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AKINON_BASE      "/api/i1"
#define AKINON_BASE_V1   "/api/v1"
#define AKINON_BASE_BARE "/api"

enum step akinon_authenticate(struct exchange *x);
/* How a knob must be set so that the route is served below that base; NULL: it always is. */
const char *akinon_needs(const struct base_path *base, const struct route *route);
const char *akinon_credential_shown(struct exchange *x);
enum step akinon_validate_login(struct exchange *x);
void akinon_render_login(struct exchange *x);
/* True when the order is there, is named by its pk, belongs to who asks, and to the channel of the path if it names
 * one. */
bool akinon_is_visible(const struct exchange *x, const struct order *order);
/* The channel of the path must be one of who asks; answers 404 otherwise. */
enum step akinon_check_channel(struct exchange *x);

/* ── lifecycle.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

extern const char *const akinon_states[];
extern const struct event akinon_events[];

/* ── cancel.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_channel_cancel(struct exchange *x);
enum step akinon_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_cancel(struct exchange *x);

/* ── reads.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_decide_get(struct exchange *x, const struct order *order, struct order **changed);
void akinon_render_detailed(struct exchange *x);
void akinon_render_list(struct exchange *x);
void akinon_render_items(struct exchange *x);
enum step akinon_validate_reason(struct exchange *x);
void akinon_render_reason(struct exchange *x);
void akinon_render_reasons(struct exchange *x);

/* ── update.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_decide_update(struct exchange *x, const struct order *order, struct order **changed);

#endif
