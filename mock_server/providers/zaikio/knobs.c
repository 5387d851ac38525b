/*
 * What the documents of this vendor leave open: each row is a decision, with the others that could be true.
 */
#include <assert.h>

#include "providers/zaikio/zaikio.h"

#define DELAY(name_, initial_, clause_, meaning_)                                                                      \
    {                                                                                                                  \
        .name = name_, .is_delay = true, .initial = initial_, .clause = clause_, .meaning = meaning_                   \
    }

const struct knob zaikio_knobs[] = {
    [KNOB_AUTH_STATUS_STYLE] = {"auth_status_style", KNOB_WORDS(AUTH_STATUS_STYLE), .clause = "2, 9 A4",
                                .meaning = "statuses of a refused token: as the vendor's check answers (401 none, 403 "
                                           "else) or as the API description labels them (403 token, 401 scope)"},
    [KNOB_ERROR_DETAILS] = {"error_details", KNOB_ON_OFF, .clause = "2",
                            .meaning = "whether a second string explains unpermitted_scope and unpermitted_subject"},
    [KNOB_RATE_LIMIT] = {"rate_limit", .initial = RATE_UNLIMITED, .least = RATE_UNLIMITED, .most = 600, .clause = "6",
                         .meaning = "requests a minute of one organisation before it is told 429; 0: no limit"},
    [KNOB_EXPIRES_IN] = {"expires_in", KNOB_WORDS(EXPIRES_IN), .clause = "9 A15",
                         .meaning = "how the token endpoint tells when a token ends: seconds, or a point in time"},
    [KNOB_TOKEN_SCOPE] = {"token_scope", KNOB_WORDS(TOKEN_SCOPE), .clause = "9 A21",
                          .meaning =
                              "which scopes a new token has: those that `scope` asked for, or all of the client"},
    [KNOB_STRICT_SCHEMA] = {"strict_schema", KNOB_OFF_ON, .clause = "4",
                            .meaning = "whether an unknown member beside or in `order` is refused with 400"},
    [KNOB_BAD_CONTENT_TYPE] = {"bad_content_type", KNOB_WORDS(BAD_CONTENT_TYPE), .clause = "4",
                               .meaning = "what a body without Content-Type: application/json leads to"},
    [KNOB_PUT] = {"put", KNOB_WORDS(PUT_IS), .clause = "9 A26",
                  .meaning = "whether PUT of an order is no route, or served like PATCH, as Rails does"},
    [KNOB_UNKNOWN_EVENT_STATUS] = {"unknown_event_status", (const char *const[]){"422", "400", NULL}, .clause = "4, 6",
                                   .meaning = "status for a state_event that does not exist"},
    [KNOB_TRANSITION_STATUS] = {"transition_status", (const char *const[]){"422", "400", "409", NULL}, .clause = "6",
                                .meaning = "status for an event that the state or the policy forbids"},
    [KNOB_TRANSITION_FIELD] = {"transition_field", KNOB_WORDS(TRANSITION_FIELD), .clause = "6",
                               .meaning = "the member of `errors` that tells of a forbidden event"},
    [KNOB_TRANSITION_TEXT] = {"transition_text", KNOB_WORDS(TRANSITION_TEXT), .clause = "6",
                              .meaning = "its text: 'cannot transition when placed' or 'cannot transition via \"…\"'"},
    [KNOB_REPEAT_EVENT] = {"repeat_event", KNOB_WORDS(REPEAT_EVENT), .clause = "7",
                           .meaning = "what an event answers whose state is reached already"},
    [KNOB_CANCEL_FROM_TRANSFER_FAILED] = {"cancel_from_transfer_failed", KNOB_ON_OFF, .clause = "9 A1",
                                          .meaning = "whether cancel_by_consumer works from transfer_failed too"},
    [KNOB_REQUEST_WHEN_PLACED] = {"request_when_placed", KNOB_WORDS(REQUEST_WHEN_PLACED), .clause = "9 A12",
                                  .meaning =
                                      "whether request_cancelation works from placed, unless the policy is never"},
    [KNOB_REQUEST_WHEN_PARTIALLY_SHIPPED] = {"request_when_partially_shipped", KNOB_OFF_ON, .clause = "7, 9 A10",
                                             .meaning = "whether before_shipment includes partially_shipped"},
    [KNOB_NEVER_STATUS] = {"never_status", KNOB_WORDS(NEVER_STATUS), .clause = "9 A8",
                           .meaning = "status for request_cancelation under the policy never"},
    [KNOB_REQUEST_ANSWER_STATE] = {"request_answer_state", KNOB_WORDS(REQUEST_ANSWER_STATE), .clause = "9 A5",
                                   .meaning = "whether the 200 to request_cancelation shows the order after or before"},
    [KNOB_REFUSED_STAMP] = {"refused_stamp", KNOB_WORDS(REFUSED_STAMP), .clause = "9 A6",
                            .meaning = "what becomes of cancelation_requested_at when the supplier refuses"},
    [KNOB_REFUSED_STATE] = {"refused_state", KNOB_WORDS(REFUSED_STATE), .clause = "9 A7",
                            .meaning = "where supplier_refuses leads: on to the next regular state, or back to the one "
                                       "before the request"},
    [KNOB_SECOND_REQUEST] = {"second_request", KNOB_WORDS(SECOND_REQUEST), .clause = "9 A20",
                             .meaning = "what request_cancelation answers once one was refused: as the first, or 422"},
    [KNOB_NOT_MODIFIED] = {"not_modified", KNOB_ON_OFF, .clause = "9 A17",
                           .meaning = "whether a GET with a matching If-None-Match is a 304"},
    [KNOB_LIST_ORDER] = {"list_order", KNOB_WORDS(LIST_ORDER), .clause = "8",
                         .meaning = "which order comes first in the list"},
    [KNOB_LEGACY_PAGING] = {"legacy_paging", KNOB_OFF_ON, .clause = "8",
                            .meaning =
                                "X-Total-Count and Link alone, as in January 2021, instead of the three newer headers"},
    [KNOB_CONTRACTS_PAGING] = {"contracts_paging", KNOB_OFF_ON, .clause = "8.1",
                               .meaning = "whether the list of contracts has the headers of paging, which no recording "
                                          "shows"},
    [KNOB_FRAMING] = {"framing", KNOB_WORDS(FRAMING), .clause = "5",
                      .meaning = "whether bodies leave with a Content-Length or in chunks; both are recorded"},
    [KNOB_V2] = {"v2", KNOB_OFF_ON, .clause = "3, 8",
                 .meaning = "whether the second version of the API answers below /api/v2 too"},
    [KNOB_V2_CANCEL] = {"v2_cancel", KNOB_WORDS(V2_CANCEL), .clause = "3",
                        .meaning = "what the one cancel of V2 does 'if possible': cancel_by_consumer alone, or a "
                                   "request where that is too late and the policy allows it"},
    [KNOB_TRANSFER_PACE] =
        DELAY("transfer_pace", DELAY_AFTER_SECONDS(60), "7", "when a placed order reaches the supplier"),
    [KNOB_TRANSFER_FAILED_PACE] =
        DELAY("transfer_failed_pace", DELAY_NEVER, "7", "when the transfer of a placed order fails"),
    [KNOB_CONFIRM_PACE] = DELAY(
        "confirm_pace", DELAY_NEVER, "7",
        "when the supplier confirms an order that is placed or transferred, or was when its cancelation was requested"),
    [KNOB_START_PRODUCTION_PACE] =
        DELAY("start_production_pace", DELAY_NEVER, "7", "when production of a confirmed order begins"),
    [KNOB_SHIP_PARTIALLY_PACE] =
        DELAY("ship_partially_pace", DELAY_NEVER, "7", "when a part of an order in production is sent"),
    [KNOB_SHIP_PACE] = DELAY("ship_pace", DELAY_NEVER, "7", "when an order in production, or the rest of it, is sent"),
    [KNOB_CANCEL_REMAINDER_PACE] =
        DELAY("cancel_remainder_pace", DELAY_NEVER, "7", "when the supplier gives up the rest of an order"),
    [KNOB_SUPPLIER_ACCEPTS_PACE] =
        DELAY("supplier_accepts_pace", DELAY_NEVER, "7", "when the supplier accepts a requested cancelation"),
    [KNOB_SUPPLIER_REFUSES_PACE] =
        DELAY("supplier_refuses_pace", DELAY_NEVER, "7", "when the supplier refuses a requested cancelation"),
};

static_assert(COUNT_OF(zaikio_knobs) == KNOB_COUNT, "a row for each number");
