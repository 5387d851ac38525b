/*
 * What the files of the Fungies provider share. Each calls only files above it in this list:
 *
 *     knobs.c       what the documents leave open
 *     fixture.c     what the fixtures have beside the common members
 *     words.c       words in a list, and in lower case
 *     currencies.c  the codes of the page, and their decimals
 *     payments.c    the payments of an order, as its facts
 *     order.c       an order's document and facts: shape, a new one, its names, what it says
 *     answers.c     the two envelopes, the refusals, what the engine refuses
 *     issues.c      the words of the framework's schema library
 *     request.c     which order the path means, and what the body of a write may be
 *     access.c      the two keys, and who may ask how often
 *     show.c        an order, its subscription and a payment as the wire shows them
 *     lifecycle.c   the states, and what the other side does
 *     cancel.c      cancel
 *     update.c      update_order
 *     query.c       the parameters of a list (list.h)
 *     list.c        the rows of a list: filters, order, page (list.h)
 *     reads.c       get_order, list_orders, get_payment, list_payments
 *     fungies.c     the API as a whole, its routes, the provider itself
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

#define HASH_PREFIX(CHOICE) CHOICE(HASH_OPTIONAL, "optional") CHOICE(HASH_EXACT, "exact")
#define UUID_CASE(CHOICE)   CHOICE(CASE_ANY, "any") CHOICE(CASE_EXACT, "exact")
#define ERROR_FORM(CHOICE)                                                                                             \
    CHOICE(ERROR_OBJECT, "object") CHOICE(ERROR_STRING, "string") CHOICE(ERROR_TOP_LEVEL, "top_level")
#define UPDATE_CANCEL(CHOICE)  CHOICE(UPDATE_CANCEL_FREE, "free") CHOICE(UPDATE_CANCEL_AS_CANCEL, "as_cancel")
#define UPDATE_AMOUNTS(CHOICE) CHOICE(AMOUNTS_MINOR, "minor") CHOICE(AMOUNTS_MAJOR, "major")
#define UNFIT_AMOUNT(CHOICE)   CHOICE(UNFIT_400, "400") CHOICE(UNFIT_500, "500") CHOICE(UNFIT_500_TEXT, "500_text")
#define TAKE_OVER_100(CHOICE)  CHOICE(TAKE_CLAMP, "clamp") CHOICE(TAKE_REFUSE, "refuse")
#define LIST_COUNT(CHOICE)     CHOICE(COUNT_ALWAYS, "always") CHOICE(COUNT_ON_REQUEST, "on_request")
#define TEXTS(CHOICE)                                                                                                  \
    CHOICE(TEXTS_OWN, "own") CHOICE(TEXTS_SAMPLE, "sample") CHOICE(TEXTS_REASON_PHRASE, "reason_phrase")
#define SCHEMA(CHOICE) CHOICE(SCHEMA_GIVEN, "given") CHOICE(SCHEMA_NEWER, "newer")

enum { HASH_PREFIX(KNOB_NUMBER) };
enum { UUID_CASE(KNOB_NUMBER) };
enum { ERROR_FORM(KNOB_NUMBER) };
enum { UPDATE_CANCEL(KNOB_NUMBER) };
enum { UPDATE_AMOUNTS(KNOB_NUMBER) };
enum { UNFIT_AMOUNT(KNOB_NUMBER) };
enum { TAKE_OVER_100(KNOB_NUMBER) };
enum { LIST_COUNT(KNOB_NUMBER) };
enum { TEXTS(KNOB_NUMBER) };
enum { SCHEMA(KNOB_NUMBER) };

extern const struct knob fungies_knobs[];

/* ── fixture.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape fungies_fixture_shape[];
extern const struct shape fungies_credential_shape[];

/* ── words.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The position of a word in a list ended by NULL, or -1. */
int fungies_position(const char *const *list, const char *word);
/* ASCII letters to lower case, in place. */
void fungies_lower(char *text);

/* ── currencies.c ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* The codes that the page lists, ended by NULL. */
extern const char *const fungies_currencies[];
/* Decimals of a code of that list. */
int fungies_decimals_of(const char *currency);

/* ── payments.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define FUNGIES_PAYMENT_ALIAS "payment:" /* and the id in lower case: the name by which get_payment finds the order */

extern const struct shape fungies_payment_shape[];
/* The order's payments, the first one its own; an array, or NULL. */
const cJSON *fungies_payments(const struct order *order);
const cJSON *fungies_last_payment(const struct order *order);
/* The payment of that id, in any case; NULL when there is none, or no order. */
const cJSON *fungies_payment_named(const struct order *order, const char *id);
/* Makes the order's own payment agree with its state; `at_ms` is when a new one came into being. */
void fungies_settle_payment(struct order *copy, int64_t at_ms);
/* Adds the alias of each. */
void fungies_name_payments(struct order *copy);

/* ── order.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

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

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const char FUNGIES_ORDER_NOT_FOUND[];

/* Answers 200 {"status":"success","data":…}; takes `data`. */
void fungies_answer(struct exchange *x, cJSON *data);
/* Answers a failure in the form, with the text and under the status that the knobs ask for. Returns STEP_REPLY. */
enum step fungies_fail(struct exchange *x, int status, const char *message, const struct reason *why);
enum step fungies_refuse_not_found(struct exchange *x, const char *message, const struct reason *why);
void fungies_refuse(struct exchange *x, enum refusal what);
void fungies_answer_status(struct exchange *x, int status);
/* A number as the answers write it: with or without '#'. NULL stays NULL. */
const char *fungies_shown_number(struct exchange *x, const char *number);

/* ── issues.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ISSUES_MAX 65536

/* `path/to/field: reason`, joined by `; `. */
void fungies_add_issue(struct text *issues, const char *field, const char *reason);
/* `Invalid enum value. Expected 'ASC' | 'DESC', received 'up'` */
const char *fungies_enum_reason(struct exchange *x, const char *const *options, const char *received);
/* `Expected 'ASC' | 'DESC', received number` */
const char *fungies_enum_type_reason(struct exchange *x, const char *const *options, const cJSON *received);
/* As the schema library calls what it found: "null", "array" … */
const char *fungies_type_name(const cJSON *value);
/* Refuses with 400 when there are any; releases the text. */
enum step fungies_refuse_issues(struct exchange *x, struct text *issues, const char *rule, const char *field);

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ORDER_PARAM "orderIdOrNumber"

const char *fungies_routed_path(struct exchange *x);
/* Sets x->order_key from the path, or refuses what is neither id nor number. */
enum step fungies_read_order_key(struct exchange *x);
/* Refuses an order that is unknown, named otherwise than the knobs demand, or of another workspace. */
enum step fungies_check_order(struct exchange *x, const struct order *order);
/* Refuses a body, or lends its object in *body: NULL where an absent or unread body counts as empty. `known` (ended by
 * NULL) are the members that the route has; what passes and is odd leaves a reason. */
enum step fungies_read_body(struct exchange *x, const char *const *known, const cJSON **body);

/* ── access.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step fungies_authenticate(struct exchange *x);
const char *fungies_credential_shown(struct exchange *x);

/* ── show.c ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The order as the knobs of this session show it. */
cJSON *fungies_show_order(struct exchange *x, const struct order *order) WARN_UNUSED;
/* The subscription that the order began, or NULL. */
cJSON *fungies_show_subscription(struct exchange *x, const struct order *order) WARN_UNUSED;
cJSON *fungies_show_payment(struct exchange *x, const struct order *order, const cJSON *payment) WARN_UNUSED;

/* ── lifecycle.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* The eight status words. */
extern const char *const fungies_states[];
extern const struct event fungies_events[];

/* ── cancel.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step fungies_validate_cancel(struct exchange *x);
enum step fungies_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_cancel(struct exchange *x);
/* The rules of a cancel for an order in this state: refuses, or lets it pass (then *again tells of a second one). */
enum step fungies_allow_cancel(struct exchange *x, const struct order *order, bool *again);

/* ── update.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step fungies_validate_update(struct exchange *x);
enum step fungies_decide_update(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_update(struct exchange *x);

/* ── reads.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step fungies_decide_order(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_order(struct exchange *x);
enum step fungies_validate_orders(struct exchange *x);
void fungies_render_orders(struct exchange *x);
enum step fungies_validate_payments(struct exchange *x);
void fungies_render_payments(struct exchange *x);
enum step fungies_validate_payment(struct exchange *x);
enum step fungies_decide_payment(struct exchange *x, const struct order *order, struct order **changed);
void fungies_render_payment(struct exchange *x);

#endif
