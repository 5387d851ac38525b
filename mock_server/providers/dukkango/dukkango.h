/*
 * What the files of the Dükkango provider share. Each calls only files above it in this list:
 *
 *     knobs.c        what the documents leave open
 *     fixture.c      provider.json: its shape, the restaurants in it
 *     order.c        an order's document: shape, a new one, its state, its name
 *     answers.c      the envelope, the refusals, what the engine refuses
 *     cooldowns.c    how soon a second request may follow
 *     request.c      what a path and a body must be, and the order that is meant
 *     access.c       who may ask, and the login
 *     lifecycle.c    states, events and delays
 *     moves.c        acknowledge, accept, on the way, complete
 *     cancel.c       cancel
 *     reads.c        current orders, cancel reasons, variables
 *     restaurants.c  the restaurants of a key, and whether they are open
 *     dukkango.c     the API as a whole, its routes, the provider itself
 *
 * Trees that these functions return are the caller's unless they are const; texts that they take are copied. Nothing
 * here keeps state.
 */
#ifndef PROVIDERS_DUKKANGO_DUKKANGO_H
#define PROVIDERS_DUKKANGO_DUKKANGO_H

#include "model/provider.h"
#include "providers/ask.h"

/* ── knobs.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum dukkango_knob {
    KNOB_CANCEL_WHEN_TERMINAL,
    KNOB_MOVE_NOT_ALLOWED,
    KNOB_COMPLETE_NEEDS_PAYMENT,
    KNOB_COMPLETE_NEEDS_PAYMENT_ID,
    KNOB_FOREIGN_ORDER,
    KNOB_NON_UUID_PATH,
    KNOB_MISSING_FIELD_STATUS,
    KNOB_MALFORMED_BODY,
    KNOB_BAD_CONTENT_TYPE,
    KNOB_COERCE_NUMERIC_STRING,
    KNOB_BAD_STATUS_ID,
    KNOB_AUTH_MESSAGE,
    KNOB_ORDER_BEFORE_BODY,
    KNOB_WRONG_METHOD_STATUS,
    KNOB_WRONG_METHOD_BODY,
    KNOB_SLASH,
    KNOB_GET_CURRENT_COOLDOWN_S,
    KNOB_CANCEL_COOLDOWN_S,
    KNOB_COOLDOWN_OF,
    KNOB_RETRY_AFTER,
    KNOB_ALSO_EMIT_PAYMENT_TYPE,
    KNOB_ZONE,
    KNOB_ACCEPT_PACE,
    KNOB_ONTHEWAY_PACE,
    KNOB_COMPLETE_PACE,
    KNOB_COURIER_PICKUP_PACE,
    KNOB_COURIER_DELIVER_PACE,
    KNOB_CUSTOMER_PICKUP_PACE,
    KNOB_PAYMENT_RECEIVED_PACE,
    KNOB_PLATFORM_CANCEL_PACE,
    KNOB_COUNT,
};

/* Of an order in a state that does not allow it. */
#define REFUSED_STATE(CHOICE)                                                                                          \
    CHOICE(STATE_404, "404")                                                                                           \
    CHOICE(STATE_200_OK, "200_ok")                                                                                     \
    CHOICE(STATE_422, "422")                                                                                           \
    CHOICE(STATE_409, "409")                                                                                           \
    CHOICE(STATE_403, "403")
#define NEEDS_PAYMENT(CHOICE)                                                                                          \
    CHOICE(NEEDS_PAYMENT_CANCELLABLE, "cancellable") CHOICE(NEEDS_PAYMENT_NOT_CANCELLABLE, "not_cancellable")
#define BAD_CONTENT_TYPE(CHOICE)                                                                                       \
    CHOICE(CONTENT_TREAT_AS_MISSING, "treat_as_missing") CHOICE(CONTENT_415, "415") CHOICE(CONTENT_ACCEPT, "accept")
#define BAD_STATUS_ID(CHOICE) CHOICE(STATUS_ID_422, "422") CHOICE(STATUS_ID_IGNORED, "ignored")
#define AUTH_MESSAGE(CHOICE)                                                                                           \
    CHOICE(AUTH_NONE, "none") CHOICE(AUTH_GENERAL, "general") CHOICE(AUTH_RESTAURANTS, "restaurants")
#define WRONG_METHOD_BODY(CHOICE) CHOICE(METHOD_BODY_ERROR, "error") CHOICE(METHOD_BODY_EMPTY, "empty")
#define SLASH(CHOICE)             CHOICE(SLASH_404, "404") CHOICE(SLASH_IGNORED, "ignored")
#define COOLDOWN_OF(CHOICE)       CHOICE(COOLDOWN_OF_ACCOUNT, "account") CHOICE(COOLDOWN_OF_TOKEN, "token")
#define ZONE(CHOICE)              CHOICE(ZONE_ISTANBUL, "istanbul") CHOICE(ZONE_UTC, "utc")

enum { REFUSED_STATE(KNOB_NUMBER) };
enum { NEEDS_PAYMENT(KNOB_NUMBER) };
enum { BAD_CONTENT_TYPE(KNOB_NUMBER) };
enum { BAD_STATUS_ID(KNOB_NUMBER) };
enum { AUTH_MESSAGE(KNOB_NUMBER) };
enum { WRONG_METHOD_BODY(KNOB_NUMBER) };
enum { SLASH(KNOB_NUMBER) };
enum { COOLDOWN_OF(KNOB_NUMBER) };
enum { ZONE(KNOB_NUMBER) };

extern const struct knob dukkango_knobs[];
/* Minutes east of UTC in which dates are written (9 A16). */
int dukkango_zone_minutes(const struct maker *maker);

/* ── fixture.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape dukkango_fixture_shape[];
extern const struct shape dukkango_credential_shape[];
/* The first restaurant of that account in provider.json's `restaurants`, and the one of that id; NULL when there is
 * none. {"account","id","name"}, borrowed. */
const cJSON *dukkango_restaurant_of(const cJSON *fixture, const char *account);
const cJSON *dukkango_restaurant_named(const cJSON *fixture, const char *id);

/* ── order.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define DUKKANGO_NEEDS_PAYMENT_ID 17 /* ours: the vendor's table lacks it; the knob shows another (9 A7) */

extern const struct shape dukkango_document_shape[];
extern const struct shape dukkango_facts_shape[];
cJSON *dukkango_new_document(const struct maker *maker) WARN_UNUSED;
void dukkango_write_state(struct order *order, int64_t now_us);
void dukkango_read_names(struct order *order);
bool dukkango_is_in(const struct order *order, const char *state);
bool dukkango_courier_is(const struct order *order, const char *courier_type);

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The error codes of the envelope, in UTF-8 (1, 6). */
extern const char DUKKANGO_MISSING_FIELD[];
extern const char DUKKANGO_NOT_AUTHORISED[];
extern const char DUKKANGO_ORDER_NOT_FOUND[];
extern const char DUKKANGO_RESTAURANT_NOT_FOUND[];
extern const char DUKKANGO_TOO_MANY[];

/* Answers 200 {"status":true,"data":…}; takes `data`. */
void dukkango_answer(struct exchange *x, cJSON *data);
/* Answers 200 {"status":true,"data":"OK"}: the render of every route that moves something. */
void dukkango_render_ok(struct exchange *x);
/* {"status":false,"error":…,"message":…}; without a message when that is NULL. */
cJSON *dukkango_failure(const char *error, const char *message) WARN_UNUSED;
/* The status that a knob whose choices are "403" and "404" asks for, with the code that belongs to it:
 * `not_found` under 404. Returns STEP_REPLY. */
enum step dukkango_refuse_url(struct exchange *x, unsigned knob, const char *not_found, const struct reason *why);
/* For an order whose state does not allow it: the answer that the knob asks for. STEP_NEXT, and nothing may change,
 * when that is a success. */
enum step dukkango_refuse_state(struct exchange *x, unsigned knob, const struct reason *why);
void dukkango_refuse(struct exchange *x, enum refusal what);
void dukkango_answer_status(struct exchange *x, int status);

/* ── cooldowns.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* Refuses while the cooldown of that name lasts. A length of 0 seconds is none. */
enum step dukkango_check_cooldown(struct exchange *x, const char *name, int64_t seconds);
/* The same, and where it does not last it begins now. */
enum step dukkango_enter_cooldown(struct exchange *x, const char *name, int64_t seconds);

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *dukkango_routed_path(struct exchange *x);
/* Refuses what the path names unless it is the payment_key of an order of this account (9 A1, A2, A5). */
enum step dukkango_check_order(struct exchange *x, const struct order *order);

/* Refuses for a Content-Type or a body that is no JSON object, as if `field` were absent (4 rows 8, 9); else *body is
 * the object, borrowed. */
enum step dukkango_read_body(struct exchange *x, const char *field, const cJSON **body);
/* Refuses for a member that is required and absent. */
enum step dukkango_refuse_missing(struct exchange *x, const struct reason *why);

/* An integer that a body must have. */
struct dukkango_field {
    const char *name;
    int64_t least, most;
    const char *expected; /* for people: "an integer from 1 to 8" */
    const char *required; /* why it is refused when absent: "4: reason_id is required" … */
    const char *range;    /* … and when out of range */
};

/* Refuses unless the body is an object with this member in range. *value may be NULL. */
enum step dukkango_check_field(struct exchange *x, const struct dukkango_field *field, int64_t *value);

/* ── access.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define DUKKANGO_TOKEN_HEADER "Access-Token"
#define DUKKANGO_LOGIN_PATH   "/auth/login"

enum step dukkango_authenticate(struct exchange *x);
const char *dukkango_credential_shown(struct exchange *x);
enum step dukkango_validate_login(struct exchange *x);
void dukkango_render_login(struct exchange *x);

/* ── lifecycle.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

extern const char *const dukkango_states[];
extern const struct event dukkango_events[];
/* Whether get-current still tells of it: it is active, and nobody acknowledged it in this state (7). */
bool dukkango_is_current(const struct order *order);

/* ── moves.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step dukkango_decide_success(struct exchange *x, const struct order *order, struct order **changed);
enum step dukkango_validate_accept(struct exchange *x);
enum step dukkango_decide_accept(struct exchange *x, const struct order *order, struct order **changed);
enum step dukkango_decide_ontheway(struct exchange *x, const struct order *order, struct order **changed);
enum step dukkango_decide_complete(struct exchange *x, const struct order *order, struct order **changed);

/* ── cancel.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step dukkango_validate_cancel(struct exchange *x);
enum step dukkango_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);

/* ── reads.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step dukkango_validate_current(struct exchange *x);
void dukkango_render_current(struct exchange *x);
void dukkango_render_reasons(struct exchange *x);
void dukkango_render_variables(struct exchange *x);

/* ── restaurants.c ─────────────────────────────────────────────────────────────────────────────────────────────── */

void dukkango_render_restaurants(struct exchange *x);
enum step dukkango_validate_restaurant(struct exchange *x);
void dukkango_render_restaurant_status(struct exchange *x);
void dukkango_render_restaurant_open(struct exchange *x);
void dukkango_render_restaurant_close(struct exchange *x);

#endif
