/*
 * What the files of the Fungies provider share: the numbers of its knobs, its answers, its orders and payments.
 *
 *     fungies.c    the API as a whole, what the other side does, the routes, the provider itself
 *     knobs.c      what the documents leave open
 *     access.c     the two keys, and who may ask how often
 *     named.c      which order the path means
 *     body.c       what the body of a write may be
 *     cancel.c     cancel
 *     update.c     update_order
 *     currencies.c the codes of the page, and their decimals
 *     query.c      the parameters of a list
 *     list.c       list_orders and list_payments: rows, filters, pages
 *     payments.c   the payments of an order, get_payment
 *     issues.c     the words of the framework's schema library
 *     answers.c    the two envelopes, and an order as the wire shows it
 *     orders.c     an order's document and facts: shape, a fresh one, its names
 *
 * Trees that these functions return are the caller's unless they are const; texts that they return live in the
 * exchange's arena or in the order. Nothing here keeps state.
 */
#ifndef PROVIDERS_FUNGIES_FUNGIES_H
#define PROVIDERS_FUNGIES_FUNGIES_H

#include "base/text.h"
#include "model/provider.h"
#include "providers/ask.h"

/* ── knobs.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum fungies_knob {
    KNOB_MISSING_PUBLIC,
    KNOB_MISSING_SECRET,
    KNOB_HASH_PREFIX,
    KNOB_UUID_CASE,
    KNOB_BAD_ID,
    KNOB_STRICT_BODY,
    KNOB_415,
    KNOB_NOT_FOUND,
    KNOB_NOT_CANCELLABLE,
    KNOB_WRONG_METHOD,
    KNOB_THROTTLE_SECONDS,
    KNOB_FAILURE_UNDER_200,
    KNOB_ERROR_FORM,
    KNOB_PAID_CANCELLABLE,
    KNOB_FAILED_CANCELLABLE,
    KNOB_EXPIRED_CANCELLABLE,
    KNOB_REFUNDED_CANCELLABLE,
    KNOB_PARTIALLY_REFUNDED_CANCELLABLE,
    KNOB_SECOND_CANCEL,
    KNOB_UPDATE_CANCEL,
    KNOB_UPDATE_AMOUNTS,
    KNOB_UNFIT_AMOUNT,
    KNOB_DEFAULT_TAKE,
    KNOB_TAKE_OVER_100,
    KNOB_LIST_COUNT,
    KNOB_HAS_MORE,
    KNOB_TEXTS,
    KNOB_SUCCESS_STATUS,
    KNOB_STALE_STATUS_IN_ANSWER,
    KNOB_ID_ONLY,
    KNOB_NULL_USER_ID,
    KNOB_SCHEMA,
    KNOB_EMIT_HASH,
    KNOB_PAYMENT_PACE,
    KNOB_PAYMENT_FAILED_PACE,
    KNOB_PAYMENT_MISSED_PACE,
    KNOB_PAYMENT_REFUNDED_PACE,
    KNOB_EXPIRE_PACE,
    KNOB_COUNT,
};

enum { CHOICE_OFF, CHOICE_ON }; /* of KNOB_OFF_ON */
enum { HASH_OPTIONAL, HASH_EXACT };
enum { CASE_ANY, CASE_EXACT };
enum { ERROR_OBJECT, ERROR_STRING, ERROR_TOP_LEVEL };
enum { UPDATE_CANCEL_FREE, UPDATE_CANCEL_AS_CANCEL };
enum { AMOUNTS_MINOR, AMOUNTS_MAJOR };
enum { UNFIT_400, UNFIT_500, UNFIT_500_TEXT };
enum { TAKE_CLAMP, TAKE_REFUSE };
enum { COUNT_ALWAYS, COUNT_ON_REQUEST };
enum { TEXTS_OWN, TEXTS_SAMPLE, TEXTS_REASON_PHRASE };
enum { SCHEMA_GIVEN, SCHEMA_NEWER };

extern const struct knob fungies_knobs[KNOB_COUNT];
/* The choices of `success_status`: the words themselves. Ended by NULL. */
extern const char *const fungies_success_words[];
/* For the knobs whose choices are statuses. */
int fungies_chosen_status(const struct exchange *x, unsigned knob);

/* ── fungies.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The eight status words, which are the states. Ended by NULL. */
extern const char *const fungies_states[];

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Answers 200 {"status":"success","data":…}; takes `data`. */
void fungies_answer(struct exchange *x, cJSON *data);
/* Answers a failure in the form, with the text and under the status that the knobs ask for. Returns STEP_REPLY. */
enum step fungies_refuse(struct exchange *x, int status, const char *message, const struct reason *why);
/* The order as the knobs of this session show it. */
cJSON *fungies_show_order(struct exchange *x, const struct order *order) WARN_UNUSED;
/* {"object":"order","id","number","status"}: an order within something else. */
cJSON *fungies_show_order_briefly(struct exchange *x, const struct order *order) WARN_UNUSED;
/* The subscription that the order began, or NULL. */
cJSON *fungies_show_subscription(struct exchange *x, const struct order *order) WARN_UNUSED;
/* A number as the answers write it: with or without '#'. NULL stays NULL. */
const char *fungies_shown_number(struct exchange *x, const char *number);
/* {"order":…}, with the second member for subscription orders. */
void fungies_answer_order(struct exchange *x);

/* ── orders.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape fungies_document_shape[];
extern const struct shape fungies_facts_shape[];
cJSON *fungies_new_document(const struct maker *maker) WARN_UNUSED;
void fungies_write_state(struct order *order, int64_t now_us);
void fungies_read_names(struct order *order);
/* Its `number`, as it stands in the document. */
const char *fungies_number(const struct order *order);
/* The type of an order: `one_time`, `subscription_initial` …: a fact that its document does not show. */
const char *fungies_order_type(const struct order *order);
/* The number without the leading '#' that it may have. */
const char *fungies_bare_number(const char *number);
/* ASCII letters to lower case, in place. */
void fungies_lower(char *text);

/* ── access.c, named.c, body.c ─────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape fungies_credential_shape[];
enum step fungies_authenticate(struct exchange *x);
const char *fungies_credential_shown(struct exchange *x);

#define ORDER_PARAM "orderIdOrNumber"

/* Sets x->order_key from the path, or refuses what is neither id nor number. */
enum step fungies_read_order_key(struct exchange *x);
/* Refuses an order that is unknown, named otherwise than the knobs demand, or of another workspace. */
enum step fungies_check_order(struct exchange *x, const struct order *order);
enum step fungies_refuse_not_found(struct exchange *x, const char *message, const struct reason *why);
extern const char FUNGIES_ORDER_NOT_FOUND[];

/* Refuses a body, or lends its object in *body: NULL where an absent or unread body counts as empty. `known` (ended by
 * NULL) are the members that the route has; what passes and is odd leaves a reason. */
enum step fungies_read_body(struct exchange *x, const char *const *known, const cJSON **body);

/* ── cancel.c, update.c, currencies.c ──────────────────────────────────────────────────────────────────────────── */

enum step fungies_validate_cancel(struct exchange *x);
enum step fungies_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_cancel(struct exchange *x);
/* The rules of a cancel for an order in this state: refuses, or lets it pass (then *again tells of a second one). */
enum step fungies_allow_cancel(struct exchange *x, const struct order *order, bool *again);

enum step fungies_validate_update(struct exchange *x);
enum step fungies_decide_update(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_update(struct exchange *x);

/* The codes that the page lists, ended by NULL. */
extern const char *const fungies_currencies[];
/* Decimals of a code of that list. */
int fungies_decimals_of(const char *currency);

/* ── query.c, list.c ───────────────────────────────────────────────────────────────────────────────────────────── */

struct fungies_word {
    const char *text;
    const struct fungies_word *next;
};

enum fungies_archived { ARCHIVED_LEFT_OUT, ARCHIVED_TOO, ARCHIVED_ALONE };

/* What a list asks for. Texts are NULL and lists of words empty where nothing is asked. */
struct fungies_query {
    int64_t skip, take;
    bool oldest_first;
    bool counts;
    enum fungies_archived archived;
    const char *term, *number, *user_id, *subscription_id;
    const struct fungies_word *ids, *statuses, *types;
    bool has_value_from, has_value_to;
    double value_from, value_to;
    int64_t created_from, created_to; /* milliseconds */
};

/* Reads x->request.query into *out; refuses with all mistakes. `types` are the words that `types` may have. */
enum step fungies_read_query(struct exchange *x, const char *const *types, bool ids_are_uuids,
                             struct fungies_query *out);

enum step fungies_validate_orders(struct exchange *x);
void fungies_render_orders(struct exchange *x);
enum step fungies_validate_payments(struct exchange *x);
void fungies_render_payments(struct exchange *x);

/* ── payments.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape fungies_payment_shape[];
/* The order's payments, the first one its own; an array, or NULL. */
const cJSON *fungies_payments(const struct order *order);
const cJSON *fungies_last_payment(const struct order *order);
/* Makes the order's own payment agree with its state; `at_ms` is when a new one came into being. */
void fungies_settle_payment(struct order *copy, int64_t at_ms);
/* For the event that refunds a cancelled order. */
void fungies_refund_cancelled(const struct maker *maker, struct order *copy);
/* The names by which get_payment finds the order. */
void fungies_name_payments(struct order *copy);
cJSON *fungies_show_payment(struct exchange *x, const struct order *order, const cJSON *payment) WARN_UNUSED;
enum step fungies_validate_payment(struct exchange *x);
enum step fungies_decide_payment(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_payment(struct exchange *x);

/* ── issues.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ISSUES_MAX 65536

/* `path/to/field: reason`, joined by `; `. */
void fungies_add_issue(struct text *issues, const char *field, const char *reason);
/* `Invalid enum value. Expected 'ASC' | 'DESC', received 'up'` */
const char *fungies_enum_reason(struct exchange *x, const char *const *options, const char *received);
/* `Expected 'ASC' | 'DESC', received number` */
const char *fungies_enum_type_reason(struct exchange *x, const char *const *options, const cJSON *received);
/* As the schema library calls what it met: "null", "array" … */
const char *fungies_type_name(const cJSON *value);
/* Refuses with 400 when there are any; releases the text. */
enum step fungies_refuse_issues(struct exchange *x, struct text *issues, const char *rule, const char *field);
/* The position of a word in a list ended by NULL, or -1. */
int fungies_position(const char *const *list, const char *word);

#endif
