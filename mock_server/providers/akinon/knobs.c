/*
 * What Akinon's documents leave open (9), and how fast the other side works.
 *
 * Section 9 has the decisions; each first choice is the one that was taken. The delays are ours: by default nobody at
 * the shop, the warehouse or the carrier does anything unless the control API tells them to.
 */
#include <assert.h>

#include "providers/akinon/akinon.h"

static const char *const service_statuses[] = {"406", "400", "409", NULL};

#define HUNDRED_DAYS_MS INT64_C(8640000000)
#define HUNDRED_DAYS_S  INT64_C(8640000)

#define DELAY(name, clause, meaning)                                                                                   \
    {                                                                                                                  \
        name, NULL, DELAY_NEVER, 0, 0, meaning, clause, true                                                           \
    }

const struct knob akinon_knobs[] = {
    [KNOB_PATH_ALIASES] = {"path_aliases", KNOB_ON_OFF, .clause = "9.1, 9.20",
                           .meaning = "whether a path answers below another version too, with a note in the journal"},
    [KNOB_CANCEL_ITEMS_ACCEPT_OBJECT] = {"cancel_items_accept_object", KNOB_OFF_ON, .clause = "9.2",
                                         .meaning = "whether cancel_items may be an object whose names are item pks"},
    [KNOB_FORCED_REFUND] = {"forced_refund", KNOB_WORDS(FORCED_REFUND), .clause = "9.3",
                            .meaning = "what forced_refund_amount may be beside null"},
    [KNOB_CLEAR_RESPONSE] = {"clear_response", KNOB_WORDS(CLEAR_RESPONSE), .clause = "9.4",
                             .meaning = "the short answer that return_details false asks for"},
    [KNOB_REASONS_WHEN_ALL] = {"reasons_when_all", KNOB_WORDS(REASONS_WHEN_ALL), .clause = "9.6",
                               .meaning = "which reasons a cancel of the whole order needs: each, one, none"},
    [KNOB_REASON_VALUE] = {"reason_value", KNOB_WORDS(REASON_VALUE), .clause = "9.7",
                           .meaning = "what a reason may be; `any` does not look it up"},
    [KNOB_SERVICE_ERROR_STATUS] = {"service_error_status", service_statuses, .clause = "9.8, 9.19",
                                   .meaning = "status of a refusal by the service's rules"},
    [KNOB_ERROR_SHAPE] = {"error_shape", KNOB_WORDS(ERROR_SHAPE), .clause = "9.8",
                          .meaning = "body of a refusal by the service's rules"},
    [KNOB_CARGO_REFUND] = {"cargo_refund", KNOB_WORDS(CARGO_REFUND), .clause = "9.9",
                           .meaning = "is_cargo_refund: beside any cancel, only alone, only beside chosen items"},
    [KNOB_STATUS_STYLE] = {"status_style", KNOB_WORDS(STATUS_STYLE), .clause = "9.11",
                           .meaning = "how answers write a status: \"50\", \"cancellation_waiting\" or 50"},
    [KNOB_AMOUNT_STYLE] = {"amount_style", KNOB_WORDS(AMOUNT_STYLE), .clause = "9.12",
                           .meaning = "how answers write amounts: \"286.10\" or 286.10"},
    [KNOB_AUTO_APPROVE_AFTER_MS] = {"auto_approve_after_ms", NULL, AUTO_APPROVE_OFF, AUTO_APPROVE_OFF, HUNDRED_DAYS_MS,
                                    "after how long a plan is approved by itself; -1: never, 0: in the same call",
                                    "9.14"},
    [KNOB_ORDER_MISMATCH] = {"order_mismatch", KNOB_WORDS(ORDER_MISMATCH), .clause = "9.15",
                             .meaning = "whether the body's order must be that of the path"},
    [KNOB_MISSING_SLASH] = {"missing_slash", KNOB_WORDS(MISSING_SLASH), .clause = "9.16",
                            .meaning = "what a path without its trailing slash answers"},
    [KNOB_ENFORCE_ERP_RULE] = {"enforce_erp_rule", KNOB_ON_OFF, .clause = "9.17",
                               .meaning = "whether an order that the ERP does not know yet can be refused"},
    [KNOB_TOKEN_TTL_S] = {"token_ttl_s", NULL, 0, 0, HUNDRED_DAYS_S,
                          "seconds that a key lives after its login; 0: for ever", "9.18"},
    [KNOB_PLANS_PER_ORDER] = {"plans_per_order", KNOB_WORDS(PLANS_PER_ORDER), .clause = "9.21",
                              .meaning = "whether other items may be cancelled while a plan waits"},
    [KNOB_MIXED_KINDS] = {"mixed_kinds", KNOB_WORDS(MIXED_KINDS), .clause = "9.23",
                          .meaning = "whether an order with cancelled items may have a return later, or the reverse"},
    [KNOB_REASON_TYPE] = {"reason_type", KNOB_WORDS(REASON_TYPE), .clause = "9.24",
                          .meaning = "whether a reason must be for what the items' states start: cancel or refund"},
    [KNOB_REFUND_AMOUNT] = {"refund_amount", KNOB_WORDS(REFUND_AMOUNT), .clause = "9.25, 7 Money",
                            .meaning = "whether a plan's refund is added up and looked at, or stays 0.00"},
    [KNOB_STRATEGY_PARTIAL] = {"strategy_partial", KNOB_WORDS(STRATEGY_PARTIAL), .clause = "8.4",
                               .meaning = "whether the shop's cancellation strategy has partial cancels"},

    [KNOB_RECEIVE_PAYMENT_PACE] = DELAY("receive_payment_pace", "7", "when the payment of an order arrives by itself"),
    [KNOB_CONFIRM_PACE] = DELAY("confirm_pace", "7", "when the operator confirms an order by himself"),
    [KNOB_PREPARE_PACE] = DELAY("prepare_pace", "7", "when the warehouse picks the items by itself"),
    [KNOB_SHIP_PACE] = DELAY("ship_pace", "7", "when the parcel goes to the carrier by itself"),
    [KNOB_INFORM_PACE] = DELAY("inform_pace", "7", "when the customer gets the tracking number by itself"),
    [KNOB_DELIVER_PACE] = DELAY("deliver_pace", "7", "when the parcel is handed over by itself"),
    [KNOB_APPROVE_PACE] =
        DELAY("approve_pace", "7, 9.14",
              "when a plan is approved by itself, counted from its opening; auto_approve_after_ms goes before"),
    [KNOB_REJECT_PACE] = DELAY("reject_pace", "7", "when a plan is rejected by itself, counted from its opening"),
    [KNOB_PAY_OUT_PACE] = DELAY("pay_out_pace", "7", "when a refund that waits for payment is paid by itself"),
};

static_assert(COUNT_OF(akinon_knobs) == KNOB_COUNT, "a row for each number");
