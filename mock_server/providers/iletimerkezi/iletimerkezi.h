/*
 * What the files of the iletiMerkezi provider share: the numbers of its knobs, its answers, its orders.
 *
 *     iletimerkezi.c  the API, its knobs, who may ask, cancel, the provider itself
 *     reads.c         get_report and get_balance
 *     answers.c       the envelope that every answer has, and its codes and words
 *     orders.c        an order's document: shape, a fresh one, its time, its names
 *
 * Trees that these functions return are the caller's; texts that they return are static or live in the exchange's
 * arena. Nothing here keeps state.
 */
#ifndef PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H
#define PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H

#include "model/provider.h"

enum iletimerkezi_knob {
    KNOB_HTTP_STATUS_MODE,
    KNOB_CODE_TYPE,
    KNOB_MESSAGE_LANG,
    KNOB_ACCESS_OFF_MESSAGE,
    KNOB_REASON_PHRASE,
    KNOB_BAD_ID_CODE,
    KNOB_SCHEDULED_REPORT,
    KNOB_CANCELLED_REPORT,
    KNOB_REQUIRE_JSON_CONTENT_TYPE,
    KNOB_WRONG_METHOD_STATUS,
    KNOB_ACCEPT_TRAILING_SLASH,
    KNOB_JSON_ESCAPE_UNICODE,
    KNOB_RATE_LIMIT,
    KNOB_SEND_COOKIE,
    KNOB_CLOSE_WINDOW_SECONDS,
    KNOB_REFUND_ON_CANCEL,
};

enum { HTTP_MIRROR, HTTP_GENERIC_400, HTTP_ALWAYS_200 };
enum { CODE_INT, CODE_STRING };
enum { LANG_TR, LANG_EN_MIRROR };
enum { ACCESS_OFF_DOCS, ACCESS_OFF_NO_ACCESS };
enum { BAD_ID_400, BAD_ID_422, BAD_ID_455 };
enum { SCHEDULED_456, SCHEDULED_113 };
enum { CANCELLED_115, CANCELLED_455 };
enum { METHOD_404, METHOD_405 };
enum { ON, OFF }; /* as KNOB_ON_OFF has them */

/* The choices of `access_off_message`: the texts themselves. Ended by NULL. */
extern const char *const iletimerkezi_access_off_messages[];

/* The published words of a code (6.2), in the language of the knob. */
const char *iletimerkezi_message(struct exchange *x, int code);
/* {"response":{"status":{"code":…,"message":…}}}; more may be added to "response". */
cJSON *iletimerkezi_envelope(struct exchange *x, int code, const char *message) WARN_UNUSED;
/* Answers with `body`, which is taken; `status` is what HTTP shows if the knobs mirror the code. */
void iletimerkezi_answer(struct exchange *x, int status, cJSON *body);
/* Answers with the envelope alone: code, its words (or `message`) and the HTTP status that mirrors it. STEP_REPLY. */
enum step iletimerkezi_refuse(struct exchange *x, int code, const struct reason *why);
enum step iletimerkezi_refuse_saying(struct exchange *x, int code, const char *message, const struct reason *why);

/* The object `request` of the body; NULL when there is none. Borrowed from the exchange. */
const cJSON *iletimerkezi_request(struct exchange *x);
/* Sets x->order_key from request.order.id, or refuses. */
enum step iletimerkezi_read_id(struct exchange *x);
/* True for an order of the account that asks; `order` may be NULL. */
bool iletimerkezi_is_own(struct exchange *x, const struct order *order);
/* The 455 for an order that is unknown (NULL) or another account's. */
enum step iletimerkezi_refuse_not_own(struct exchange *x, const struct order *order);

extern const struct shape iletimerkezi_document_shape[];
extern const struct shape iletimerkezi_facts_shape[];
bool iletimerkezi_in_state(const struct order *order, const char *state);
/* True when an order in `scheduled` can no longer be called back: it counts as `sending`. */
bool iletimerkezi_window_closed(struct exchange *x, const struct order *order);
cJSON *iletimerkezi_blank(struct session *session) WARN_UNUSED;
void iletimerkezi_dress(struct order *order, int64_t now_us);
void iletimerkezi_identify(struct order *order);

extern const struct shape iletimerkezi_fixture_shape[];
enum step iletimerkezi_validate_report(struct exchange *x);
enum step iletimerkezi_decide_report(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_report(struct exchange *x);
void iletimerkezi_render_balance(struct exchange *x);

#endif
