/*
 * Dükkango: what the documents leave open (9), with our decision first and what else could be true.
 */
#include <assert.h>

#include "providers/dukkango/dukkango.h"

#define DAY_S 86400

static const char *const status_403_404[] = {"403", "404", NULL};
static const char *const status_405_404[] = {"405", "404", NULL};
static const char *const status_422_400[] = {"422", "400", NULL};

#define DELAY(name_, meaning_)                                                                                         \
    {                                                                                                                  \
        .name = name_, .is_delay = true, .initial = DELAY_NEVER, .clause = "7", .meaning = meaning_                    \
    }

const struct knob dukkango_knobs[] = {
    [KNOB_CANCEL_WHEN_TERMINAL] = {"cancel_when_terminal", KNOB_WORDS(REFUSED_STATE), .clause = "7, 9 A6",
                                   .meaning = "what cancelling a cancelled or completed order answers"},
    [KNOB_MOVE_NOT_ALLOWED] = {"move_not_allowed", KNOB_WORDS(REFUSED_STATE), .clause = "3, 7",
                               .meaning = "what accept, ontheway and complete answer where the order's state or "
                                          "courier does not allow them"},
    [KNOB_COMPLETE_NEEDS_PAYMENT] = {"complete_needs_payment", KNOB_WORDS(NEEDS_PAYMENT), .clause = "7, 9 A7",
                                     .meaning = "whether an order in COMPLETE_NEEDS_PAYMENT can be cancelled"},
    [KNOB_COMPLETE_NEEDS_PAYMENT_ID] = {"complete_needs_payment_id", .initial = DUKKANGO_NEEDS_PAYMENT_ID, .least = 0,
                                        .most = 9999, .clause = "7, 9 A7",
                                        .meaning = "status_id of COMPLETE_NEEDS_PAYMENT"},
    [KNOB_FOREIGN_ORDER] = {"foreign_order", status_403_404, .clause = "9 A5",
                            .meaning = "status for an order, or a restaurant, that is not yours"},
    [KNOB_NON_UUID_PATH] = {"non_uuid_path", status_403_404, .clause = "9 A2",
                            .meaning = "status when the path holds something that is no UUID"},
    [KNOB_MISSING_FIELD_STATUS] = {"missing_field_status", status_422_400, .clause = "9 A3",
                                   .meaning = "status for an absent field of a body"},
    [KNOB_MALFORMED_BODY] = {"malformed_body", status_422_400, .clause = "4 row 8",
                             .meaning = "status for a body that is no JSON object"},
    [KNOB_BAD_CONTENT_TYPE] = {"bad_content_type", KNOB_WORDS(BAD_CONTENT_TYPE), .clause = "4 row 9",
                               .meaning = "what a Content-Type other than application/json leads to"},
    [KNOB_COERCE_NUMERIC_STRING] = {"coerce_numeric_string", KNOB_OFF_ON, .clause = "4 row 4",
                                    .meaning = "whether \"3\" is taken as 3"},
    [KNOB_BAD_STATUS_ID] = {"bad_status_id", KNOB_WORDS(BAD_STATUS_ID), .clause = "3",
                            .meaning = "what a status_id that is no integer leads to: a refusal, or the whole list"},
    [KNOB_AUTH_MESSAGE] = {"auth_message", KNOB_WORDS(AUTH_MESSAGE), .clause = "2, 9 A10",
                           .meaning = "which message accompanies a 401; none: one on restaurants/get alone"},
    [KNOB_ORDER_BEFORE_BODY] = {"order_before_body", KNOB_OFF_ON, .clause = "9 A15",
                                .meaning = "whether an unknown order is told before a bad body"},
    [KNOB_WRONG_METHOD_STATUS] = {"wrong_method_status", status_405_404, .clause = "6",
                                  .meaning = "status for a known path with another method"},
    [KNOB_WRONG_METHOD_BODY] = {"wrong_method_body", KNOB_WORDS(WRONG_METHOD_BODY), .clause = "6",
                                .meaning = "whether the answer to another method has a body"},
    [KNOB_SLASH] = {"slash", KNOB_WORDS(SLASH), .clause = "9 A18",
                    .meaning = "what a trailing or doubled slash leads to: no route, or the route without it"},
    [KNOB_GET_CURRENT_COOLDOWN_S] = {"get_current_cooldown_s", NULL, .initial = 30, .least = 0, .most = DAY_S,
                                     .clause = "6", .meaning = "seconds between two get-current; 0: no limit"},
    [KNOB_GET_FOODS_COOLDOWN_S] = {"get_foods_cooldown_s", NULL, .initial = 30, .least = 0, .most = DAY_S,
                                   .clause = "6, 9 A20", .meaning = "seconds between two get-foods; 0: no limit"},
    [KNOB_CANCEL_COOLDOWN_S] = {"cancel_cooldown_s", NULL, .initial = 0, .least = 0, .most = DAY_S, .clause = "9 A14",
                                .meaning = "seconds between two cancels; 0: no limit"},
    [KNOB_COOLDOWN_OF] = {"cooldown_of", KNOB_WORDS(COOLDOWN_OF), .clause = "6",
                          .meaning = "whether a cooldown is of the account, or of each of its tokens"},
    [KNOB_RETRY_AFTER] = {"retry_after", KNOB_OFF_ON, .clause = "6, 9 A13",
                          .meaning = "whether a 429 has the header Retry-After"},
    [KNOB_TERMINAL_ONCE] = {"terminal_once", KNOB_OFF_ON, .clause = "7, 9 A19",
                            .meaning = "whether get-current lists a cancelled order until it is acknowledged"},
    [KNOB_PASSIVE_FOOD] = {"passive_food", KNOB_WORDS(PASSIVE_FOOD), .clause = "8",
                           .meaning = "whether get-foods lists a food that is switched off"},
    [KNOB_UNKNOWN_FOOD] = {"unknown_food", status_403_404, .clause = "6",
                           .meaning = "status for a food that is unknown, or of a restaurant that is not yours"},
    [KNOB_ALSO_EMIT_PAYMENT_TYPE] = {"also_emit_payment_type", KNOB_OFF_ON, .clause = "9 A8",
                                     .meaning = "whether an order also has payment_type, the key of its method"},
    [KNOB_ZONE] = {"zone", KNOB_WORDS(ZONE), .clause = "9 A16", .meaning = "zone of date and expiration_date"},
    [KNOB_ACCEPT_PACE] = DELAY("accept_pace", "when somebody in the restaurant accepts by other means"),
    [KNOB_ONTHEWAY_PACE] = DELAY("ontheway_pace", "when the restaurant's own courier leaves with the order"),
    [KNOB_COMPLETE_PACE] = DELAY("complete_pace", "when the restaurant's own courier has delivered it"),
    [KNOB_COURIER_PICKUP_PACE] = DELAY("courier_pickup_pace", "when a courier of the platform (fuudy) takes the order"),
    [KNOB_COURIER_DELIVER_PACE] = DELAY("courier_deliver_pace", "when a courier of the platform has delivered it"),
    [KNOB_CUSTOMER_PICKUP_PACE] = DELAY("customer_pickup_pace", "when the customer (come_get) fetches the order"),
    [KNOB_PAYMENT_RECEIVED_PACE] = DELAY("payment_received_pace", "when a missing payment comes in"),
    [KNOB_PLATFORM_CANCEL_PACE] = DELAY("platform_cancel_pace", "when the platform cancels the order by itself"),
};

static_assert(COUNT_OF(dukkango_knobs) == KNOB_COUNT, "a row for each number");

int dukkango_zone_minutes(const struct maker *maker)
{
    return maker_knob(maker, KNOB_ZONE) == ZONE_UTC ? 0 : 180;
}
