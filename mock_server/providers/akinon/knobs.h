/*
 * The knobs of the Akinon provider by number, and their choices in the order of knobs.c, which explains them.
 *
 *     if (exchange_knob(x, KNOB_MISSING_SLASH) == SLASH_404) …
 *
 * The first choice of each is what the mock does by default. Delays have no choices here: the engine reads them.
 */
#ifndef PROVIDERS_AKINON_KNOBS_H
#define PROVIDERS_AKINON_KNOBS_H

#include "model/knob.h"

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

#endif
