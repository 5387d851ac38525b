/*
 * What the files of the iletiMerkezi provider share. Each calls only files above it in this list:
 *
 *     knobs.c         what the documents leave open
 *     fixture.c       provider.json: its shape, and what it says of a customer
 *     times.c         times as the vendor writes them
 *     order.c         an order's document: shape, a new one, its state, its names
 *     money.c         what an account has, and what an SMS costs it
 *     form.c          JSON, XML or query: in which form a request comes and its answer goes
 *     answers.c       the envelope, its codes and words, what the engine refuses
 *     request.c       what a request says, and what it must be before anybody asks who sends it
 *     access.c        who asks, and whose order it is
 *     lifecycle.c     states and events
 *     cancel.c        cancel-order
 *     gsm.c           send-sms (sms.h): how many SMS a text takes, and what is a telephone number
 *     blocked.c       numbers that the account has blocked
 *     messages.c      the same: its texts and recipients
 *     send.c          the same: what a body says
 *     send_get.c      the same from the query of the one GET
 *     booking.c       the same: the order that it becomes
 *     reads.c         get-report, get-reports, get-balance, get-sender and add-plugin-user
 *     blacklist.c     get-, add- and delete-blacklist
 *     consent.c       consent/create and consent/show
 *     iletimerkezi.c  the API as a whole, its routes, the provider itself
 *
 * Trees that these functions return are the caller's unless they are const; texts that they return are static or live
 * in the exchange's arena. Nothing here keeps state. Times are microseconds (base/instant.h); money is
 * ILETIMERKEZI_LIRA a lira.
 */
#ifndef PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H
#define PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H

#include "base/instant.h"
#include "model/provider.h"
#include "providers/ask.h"

/* ── knobs.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum iletimerkezi_knob {
    KNOB_HTTP_STATUS_MODE,
    KNOB_CODE_TYPE,
    KNOB_MESSAGE_LANG,
    KNOB_ACCESS_OFF_MESSAGE,
    KNOB_REASON_PHRASE,
    KNOB_BAD_ID_CODE,
    KNOB_SCHEDULED_REPORT,
    KNOB_CANCELLED_REPORT,
    KNOB_SECONDS_IN_SCHEDULE,
    KNOB_REQUIRE_JSON_CONTENT_TYPE,
    KNOB_WRONG_METHOD_STATUS,
    KNOB_ACCEPT_TRAILING_SLASH,
    KNOB_JSON_ESCAPE_UNICODE,
    KNOB_RATE_LIMIT,
    KNOB_SEND_COOKIE,
    KNOB_IYS_ABSENT,
    KNOB_CLOSE_WINDOW_SECONDS,
    KNOB_REFUND_ON_CANCEL,
    KNOB_DELIVERY_PACE,
    KNOB_LEGACY_LOGIN,
    KNOB_SCHEDULED_IN_LIST,
    KNOB_NUMBER_FORMS,
    KNOB_COUNT_TYPE,
    KNOB_BLACKLIST_FOREIGN,
    KNOB_GZIP,
    KNOB_COUNT,
};

#define HTTP_STATUS_MODE(CHOICE)                                                                                       \
    CHOICE(HTTP_MIRROR, "mirror") CHOICE(HTTP_GENERIC_400, "generic_400") CHOICE(HTTP_ALWAYS_200, "always_200")
#define CODE_TYPE(CHOICE)    CHOICE(CODE_INT, "int") CHOICE(CODE_STRING, "string")
#define MESSAGE_LANG(CHOICE) CHOICE(LANG_TR, "tr") CHOICE(LANG_EN_MIRROR, "en_mirror")
/* The words of every 401 (6.2), and what else one may say while API access is switched off (9.4). */
#define ILETIMERKEZI_WRONG_CREDENTIALS "Üyelik bilgileri hatalı"
#define ACCESS_OFF_MESSAGE(CHOICE)                                                                                     \
    CHOICE(ACCESS_OFF_DOCS, ILETIMERKEZI_WRONG_CREDENTIALS) CHOICE(ACCESS_OFF_NO_ACCESS, "API erişim izniniz yok")
#define REASON_PHRASE(CHOICE)                                                                                          \
    CHOICE(PHRASE_ASCII, "ascii") CHOICE(PHRASE_UTF8_MESSAGE, "utf8_message") CHOICE(PHRASE_EMPTY, "empty")
#define SCHEDULED_REPORT(CHOICE)    CHOICE(SCHEDULED_456, "456") CHOICE(SCHEDULED_113, "113")
#define CANCELLED_REPORT(CHOICE)    CHOICE(CANCELLED_115, "115") CHOICE(CANCELLED_455, "455")
#define SECONDS_IN_SCHEDULE(CHOICE) CHOICE(SECONDS_IMMEDIATE, "immediate") CHOICE(SECONDS_457, "457")
#define IYS_ABSENT(CHOICE)          CHOICE(IYS_TOLERATED, "tolerated") CHOICE(IYS_468, "468")
#define SCHEDULED_IN_LIST(CHOICE)                                                                                      \
    CHOICE(LISTED_456, "456") CHOICE(LISTED_NO_STATUS, "no_status") CHOICE(LISTED_113, "113")
#define GZIP(CHOICE)              CHOICE(GZIP_OFF, "off") CHOICE(GZIP_WHEN_ASKED, "when_asked")
#define NUMBER_FORMS(CHOICE)      CHOICE(NUMBERS_TOLERANT, "tolerant") CHOICE(NUMBERS_DOCUMENTED, "documented")
#define COUNT_TYPE(CHOICE)        CHOICE(COUNT_INT, "int") CHOICE(COUNT_STRING, "string")
#define BLACKLIST_FOREIGN(CHOICE) CHOICE(FOREIGN_466, "466") CHOICE(FOREIGN_ACCEPTED, "accept")

enum { HTTP_STATUS_MODE(KNOB_NUMBER) };
enum { CODE_TYPE(KNOB_NUMBER) };
enum { MESSAGE_LANG(KNOB_NUMBER) };
enum { ACCESS_OFF_MESSAGE(KNOB_NUMBER) };
enum { REASON_PHRASE(KNOB_NUMBER) };
enum { SCHEDULED_REPORT(KNOB_NUMBER) };
enum { CANCELLED_REPORT(KNOB_NUMBER) };
enum { SECONDS_IN_SCHEDULE(KNOB_NUMBER) };
enum { IYS_ABSENT(KNOB_NUMBER) };
enum { SCHEDULED_IN_LIST(KNOB_NUMBER) };
enum { GZIP(KNOB_NUMBER) };
enum { NUMBER_FORMS(KNOB_NUMBER) };
enum { COUNT_TYPE(KNOB_NUMBER) };
enum { BLACKLIST_FOREIGN(KNOB_NUMBER) };

#define ILETIMERKEZI_WINDOW_MOST 43200 /* of close_window_seconds */

extern const struct knob iletimerkezi_knobs[];

/* ── fixture.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape iletimerkezi_fixture_shape[];
extern const struct shape iletimerkezi_credential_shape[];
/* What provider.json says of the account that asks; NULL when nothing. */
const cJSON *iletimerkezi_customer(struct exchange *x);
/* Whether the array `member` of the customer has that string. */
bool iletimerkezi_customer_has(struct exchange *x, const char *member, const char *value);

/* ── times.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum iletimerkezi_schedule {
    SCHEDULE_GOOD,    /* DD/MM/YYYY HH:MM, a day that exists */
    SCHEDULE_SECONDS, /* the same with seconds (9.9) */
    SCHEDULE_BAD,
};

/* *out is set for SCHEDULE_GOOD only. */
enum iletimerkezi_schedule iletimerkezi_schedule_read(const char *text, int64_t *out);
void iletimerkezi_schedule_write(int64_t at, char out[INSTANT_TEXT_MAX]);
/* "2026-11-01 12:00:00" */
void iletimerkezi_stamp(cJSON *document, const char *member, int64_t at);
/* The same read back; false when it is none. */
bool iletimerkezi_stamp_read(const char *text, int64_t *out);
/* YYYY-MM-DD: midnight of that day. */
bool iletimerkezi_day_read(const char *text, int64_t *out);

/* ── order.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape iletimerkezi_document_shape[];
extern const struct shape iletimerkezi_facts_shape[];
cJSON *iletimerkezi_new_document(const struct maker *maker) WARN_UNUSED;
void iletimerkezi_write_state(struct order *order, int64_t now_us);
void iletimerkezi_read_names(struct order *order);
bool iletimerkezi_in_state(const struct order *order, const char *state);

/* ── money.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ILETIMERKEZI_LIRA           10000 /* the finest that a price has (8.2) */
#define ILETIMERKEZI_MONEY_TEXT_MAX 32

/* What the account that asks has left, and what one SMS to one number costs it. */
int64_t iletimerkezi_balance(struct exchange *x);
int64_t iletimerkezi_sms_price(struct exchange *x);
/* "134.0000"; returns the length. And 134, as a JSON number. */
int iletimerkezi_money_write(int64_t amount, char out[ILETIMERKEZI_MONEY_TEXT_MAX]);
cJSON *iletimerkezi_money_new(int64_t amount) WARN_UNUSED;

/* ── form.c ────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum iletimerkezi_form {
    FORM_NONE, /* cannot be told */
    FORM_JSON,
    FORM_XML,   /* the XML twins: XML in and out */
    FORM_QUERY, /* the one GET: a query in, XML out */
};

/* The path as routes are looked up by it: without a slash behind it, where the knob forgives one (9.15). */
const char *iletimerkezi_routed_path(struct exchange *x);
/* What the path is for; FORM_NONE for an unknown one. */
enum iletimerkezi_form iletimerkezi_path_form(struct exchange *x);
/* What the body is: FORM_JSON, FORM_XML or FORM_NONE. A field of a form is unwrapped on the way. */
enum iletimerkezi_form iletimerkezi_body_form(struct exchange *x);
/* How the request is read and answered: never FORM_NONE. */
enum iletimerkezi_form iletimerkezi_form_of(struct exchange *x);
/* Whether the body comes as the documents have it: in no field, and under a type of its form. */
bool iletimerkezi_type_is_usual(struct exchange *x, enum iletimerkezi_form form);

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The published words of a code (6.2), in the language of the knob. */
const char *iletimerkezi_message(struct exchange *x, int code);
/* The envelope of a success: {"response":{"status":{"code":…,"message":…}}}; more may be added to "response". */
cJSON *iletimerkezi_success(struct exchange *x) WARN_UNUSED;
/* Answers with `body`, which is taken; `status` is what HTTP shows if the knobs mirror the code. */
void iletimerkezi_answer(struct exchange *x, int status, cJSON *body);
/* Answers with the envelope alone: code, its words (or `message`) and the HTTP status that mirrors it. STEP_REPLY. */
enum step iletimerkezi_refuse_code(struct exchange *x, int code, const struct reason *why);
enum step iletimerkezi_refuse_saying(struct exchange *x, int code, const char *message, const struct reason *why);
void iletimerkezi_refuse(struct exchange *x, enum refusal what);
void iletimerkezi_answer_status(struct exchange *x, int status);
void iletimerkezi_finish(struct exchange *x);

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The object `request` of the body; NULL when there is none. Borrowed from the exchange. */
const cJSON *iletimerkezi_request(struct exchange *x);
/* The decoded value of a parameter of the query, a plus read as a blank; NULL when absent. */
const char *iletimerkezi_query(struct exchange *x, const char *name);
/* The body must be in the form of its path, under a type that the knob allows, and show credentials, of whatever
 * kind; answers 400 otherwise. */
enum step iletimerkezi_check_body(struct exchange *x);
/* A page or a number of rows: `member` of `object`, 1 or more; *out stays where it is absent or empty. `code` refuses.
 */
enum step iletimerkezi_read_count(struct exchange *x, const cJSON *object, const char *member, int code, int64_t *out);
/* Sets x->order_key from request.order.id, or refuses. */
enum step iletimerkezi_read_id(struct exchange *x);
/* The order that a request names, before anything is checked; "" when none. */
const char *iletimerkezi_order_named(struct exchange *x);

/* ── access.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *iletimerkezi_credential_shown(struct exchange *x);
enum step iletimerkezi_authenticate(struct exchange *x);
/* True for an order of the account that asks; `order` may be NULL. */
bool iletimerkezi_is_own(struct exchange *x, const struct order *order);
/* The 455 for an order that is unknown (NULL) or another account's. */
enum step iletimerkezi_refuse_not_own(struct exchange *x, const struct order *order);

/* ── lifecycle.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

extern const char *const iletimerkezi_states[];
extern const struct event iletimerkezi_events[];

/* ── cancel.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_cancel(struct exchange *x);
enum step iletimerkezi_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_cancel(struct exchange *x);

/* ── reads.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_report(struct exchange *x);
enum step iletimerkezi_decide_report(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_report(struct exchange *x);
enum step iletimerkezi_validate_reports(struct exchange *x);
void iletimerkezi_render_reports(struct exchange *x);
void iletimerkezi_render_balance(struct exchange *x);
void iletimerkezi_render_senders(struct exchange *x);
void iletimerkezi_render_plugin_user(struct exchange *x);

/* ── blacklist.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_blacklist(struct exchange *x);
void iletimerkezi_render_blacklist(struct exchange *x);
enum step iletimerkezi_validate_blocked_number(struct exchange *x);
void iletimerkezi_render_block(struct exchange *x);
void iletimerkezi_render_unblock(struct exchange *x);

/* ── consent.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_consents(struct exchange *x);
void iletimerkezi_render_consents(struct exchange *x);
enum step iletimerkezi_validate_consent(struct exchange *x);
void iletimerkezi_render_consent(struct exchange *x);

#endif
