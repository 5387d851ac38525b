/*
 * What the files of the iletiMerkezi provider share: the numbers of its knobs, its answers, its orders.
 *
 *     iletimerkezi.c  the API, its states, events and routes: the provider itself
 *     knobs.c         the table of its knobs
 *     access.c        in which form a request comes, who asks, and what is refused outside of any route
 *     cancel.c        cancel-order
 *     send.c          send-sms: what a request says (sms.h)
 *     send_get.c      the same from the query of the one GET
 *     messages.c      the same: its texts and recipients
 *     booking.c       the same: the order that it becomes
 *     gsm.c           how many SMS a text takes, and what is a telephone number
 *     reads.c         get-report, get-reports and get-sender
 *     balance.c       money: get-balance, what an order costs, what the fixtures say of a customer
 *     answers.c       the envelope that every answer has, its codes and words, JSON or XML
 *     orders.c        an order's document: shape, a fresh one, its names
 *     schedule.c      when an order leaves: sendDateTime, the closing window
 *
 * Trees that these functions return are the caller's; texts that they return are static or live in the exchange's
 * arena. Nothing here keeps state. Times are microseconds (base/instant.h); money is ILETIMERKEZI_LIRA a lira.
 */
#ifndef PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H
#define PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H

#include "base/instant.h"
#include "model/provider.h"
#include "providers/ask.h"

/* The words of every 401, unless the knob access_off_message chose others (6.2). */
#define ILETIMERKEZI_WRONG_CREDENTIALS "Üyelik bilgileri hatalı"

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
    KNOB_COUNT,
};

#define HTTP_STATUS_MODE(CHOICE)                                                                                       \
    CHOICE(HTTP_MIRROR, "mirror") CHOICE(HTTP_GENERIC_400, "generic_400") CHOICE(HTTP_ALWAYS_200, "always_200")
#define CODE_TYPE(CHOICE)    CHOICE(CODE_INT, "int") CHOICE(CODE_STRING, "string")
#define MESSAGE_LANG(CHOICE) CHOICE(LANG_TR, "tr") CHOICE(LANG_EN_MIRROR, "en_mirror")
/* The choices are the texts themselves. */
#define ACCESS_OFF_MESSAGE(CHOICE)                                                                                     \
    CHOICE(ACCESS_OFF_DOCS, ILETIMERKEZI_WRONG_CREDENTIALS) CHOICE(ACCESS_OFF_NO_ACCESS, "API erişim izniniz yok")
#define REASON_PHRASE(CHOICE)                                                                                          \
    CHOICE(PHRASE_ASCII, "ascii") CHOICE(PHRASE_UTF8_MESSAGE, "utf8_message") CHOICE(PHRASE_EMPTY, "empty")
#define SCHEDULED_REPORT(CHOICE)    CHOICE(SCHEDULED_456, "456") CHOICE(SCHEDULED_113, "113")
#define CANCELLED_REPORT(CHOICE)    CHOICE(CANCELLED_115, "115") CHOICE(CANCELLED_455, "455")
#define SECONDS_IN_SCHEDULE(CHOICE) CHOICE(SECONDS_IMMEDIATE, "immediate") CHOICE(SECONDS_457, "457")
#define IYS_ABSENT(CHOICE)          CHOICE(IYS_TOLERATED, "tolerated") CHOICE(IYS_468, "468")

enum { HTTP_STATUS_MODE(KNOB_NUMBER) };
enum { CODE_TYPE(KNOB_NUMBER) };
enum { MESSAGE_LANG(KNOB_NUMBER) };
enum { ACCESS_OFF_MESSAGE(KNOB_NUMBER) };
enum { REASON_PHRASE(KNOB_NUMBER) };
enum { SCHEDULED_REPORT(KNOB_NUMBER) };
enum { CANCELLED_REPORT(KNOB_NUMBER) };
enum { SECONDS_IN_SCHEDULE(KNOB_NUMBER) };
enum { IYS_ABSENT(KNOB_NUMBER) };

extern const struct knob iletimerkezi_knobs[];

/* ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum iletimerkezi_form {
    FORM_JSON,
    FORM_XML,   /* the XML twins: XML in and out */
    FORM_QUERY, /* the one GET: a query in, XML out */
};

/* By the path alone, so that it is known before anything has been read. */
enum iletimerkezi_form iletimerkezi_form_of(struct exchange *x);
/* The object `request` of the body; NULL when there is none. Borrowed from the exchange. */
const cJSON *iletimerkezi_request(struct exchange *x);
/* The decoded value of a parameter of the query, a plus read as a blank; NULL when absent. */
const char *iletimerkezi_query(struct exchange *x, const char *name);

const char *iletimerkezi_credential_shown(struct exchange *x);
enum step iletimerkezi_authenticate(struct exchange *x);
void iletimerkezi_refuse_outside(struct exchange *x, enum refusal what);
/* Refuses the path of a route with a slash behind it, unless the knob accepts that. */
enum step iletimerkezi_check_slash(struct exchange *x);

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The published words of a code (6.2), in the language of the knob. */
const char *iletimerkezi_message(struct exchange *x, int code);
/* {"response":{"status":{"code":…,"message":…}}}; more may be added to "response". */
cJSON *iletimerkezi_envelope(struct exchange *x, int code, const char *message) WARN_UNUSED;
/* The envelope of a success. */
cJSON *iletimerkezi_success(struct exchange *x) WARN_UNUSED;
/* Answers with `body`, which is taken; `status` is what HTTP shows if the knobs mirror the code. */
void iletimerkezi_answer(struct exchange *x, int status, cJSON *body);
/* Answers with the envelope alone: code, its words (or `message`) and the HTTP status that mirrors it. STEP_REPLY. */
enum step iletimerkezi_refuse(struct exchange *x, int code, const struct reason *why);
enum step iletimerkezi_refuse_saying(struct exchange *x, int code, const char *message, const struct reason *why);

/* ── Orders ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Sets x->order_key from request.order.id, or refuses. */
enum step iletimerkezi_read_id(struct exchange *x);
/* The order that a request names, before anything is checked; "" when none. */
const char *iletimerkezi_order_named(struct exchange *x);
/* True for an order of the account that asks; `order` may be NULL. */
bool iletimerkezi_is_own(struct exchange *x, const struct order *order);
/* The 455 for an order that is unknown (NULL) or another account's. */
enum step iletimerkezi_refuse_not_own(struct exchange *x, const struct order *order);

extern const struct shape iletimerkezi_document_shape[];
extern const struct shape iletimerkezi_facts_shape[];
bool iletimerkezi_in_state(const struct order *order, const char *state);
cJSON *iletimerkezi_new_document(const struct maker *maker) WARN_UNUSED;
void iletimerkezi_write_state(struct order *order, int64_t now_us);
void iletimerkezi_read_names(struct order *order);

/* ── Time: Turkish local time (7, server clock) ────────────────────────────────────────────────────────────────── */

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
/* YYYY-MM-DD: midnight of that day. */
bool iletimerkezi_day_read(const char *text, int64_t *out);
/* When a scheduled order enters the carrier queue: the `due` of its event. */
int64_t iletimerkezi_dispatch_due(const struct maker *maker, const struct order *order);

/* ── Messages (8.1) ────────────────────────────────────────────────────────────────────────────────────────────── */

#define ILETIMERKEZI_NUMBER_MAX 14 /* "+905301234567" and its NUL */
#define ILETIMERKEZI_PARTS_MAX  7

/* The number in the form of reports; false when it is none of a Turkish mobile phone. */
bool iletimerkezi_number_read(const cJSON *value, char out[ILETIMERKEZI_NUMBER_MAX]);
/* How many SMS a text takes; 0 for one of white space only. */
int64_t iletimerkezi_parts(const char *text);

enum step iletimerkezi_validate_send(struct exchange *x);
enum step iletimerkezi_validate_send_get(struct exchange *x);
enum step iletimerkezi_decide_send(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_sent(struct exchange *x);

/* ── Cancel and reads ──────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_cancel(struct exchange *x);
enum step iletimerkezi_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_done(struct exchange *x);

enum step iletimerkezi_validate_report(struct exchange *x);
enum step iletimerkezi_decide_report(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_report(struct exchange *x);
enum step iletimerkezi_validate_reports(struct exchange *x);
void iletimerkezi_render_reports(struct exchange *x);
void iletimerkezi_render_senders(struct exchange *x);

/* ── Money and customers ───────────────────────────────────────────────────────────────────────────────────────── */

#define ILETIMERKEZI_LIRA 10000 /* the finest that a price has (8.2) */

extern const struct shape iletimerkezi_fixture_shape[];
/* What the fixtures say of the account that asks; NULL when nothing. */
const cJSON *iletimerkezi_customer(struct exchange *x);
/* Whether the array `member` of the customer has that string. */
bool iletimerkezi_customer_has(struct exchange *x, const char *member, const char *value);
int64_t iletimerkezi_balance(struct exchange *x);
int64_t iletimerkezi_sms_price(struct exchange *x);
cJSON *iletimerkezi_money_new(int64_t amount) WARN_UNUSED;
void iletimerkezi_render_balance(struct exchange *x);

#endif
