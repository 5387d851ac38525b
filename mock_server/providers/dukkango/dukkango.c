/*
 * Dükkango Integration API: a restaurant's point of sale cancels an order that a customer placed on the platform.
 *
 *     PUT /api/integrations/orders/cancel/{payment_key}      Access-Token: …      {"reason_id": 3}
 *     200 {"status":true,"data":"OK"}
 *
 * Every answer is an envelope: {"status":true,"data":…} or {"status":false,"error":"code","message":"text"?}. The error
 * codes are Turkish, in UTF-8; two different mistakes in the body share one of them, and only `message` tells them
 * apart.
 *
 *     RECEIVED ──accept──▶ CONFIRMED ──ontheway──▶ IN_DELIVERY ──complete──▶ COMPLETE
 *         └────────────────────┴──── cancel ───────────┴──▶ CANCELED
 *
 * Beside it the calls that an integration needs on the way: log in, poll the current orders once in 30 seconds,
 * acknowledge, accept, hand over, complete, the two lists of words, and the restaurants of a key.
 *
 * Oddities that are imitated: the path parameter is called order_id and means the payment_key (9 A1); an invalid value
 * carries the code for a missing field (9 A4); `total` is a number while `discount` is a string (9 A11); a second
 * cancel finds no order (7, 9 A6); an acknowledged order disappears from the list until its status changes (7).
 *
 * Not imitated: TLS, menus, the item list of an order and the end of its address (the vendor's page is cut off before
 * them; `items` is ours), a refund (9 A9: the API has none), the status history. A success that says "status": false
 * (9 A12) and 5xx are faults that a test injects. New orders come from the control API.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Cancel Order page.
 */
#include <string.h>

#include "base/text.h"
#include "providers/dukkango/dukkango.h"

/* ── Knobs (9) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define DAY_S 86400

static const char *const state_choices[] = {"404", "200_ok", "422", "409", "403", NULL};
static const char *const needs_payment_choices[] = {"cancellable", "not_cancellable", NULL};
static const char *const status_403_404[] = {"403", "404", NULL};
static const char *const status_422_400[] = {"422", "400", NULL};
static const char *const status_id_choices[] = {"422", "ignored", NULL};
static const char *const content_choices[] = {"treat_as_missing", "415", "accept", NULL};
static const char *const auth_choices[] = {"none", "general", "restaurants", NULL};
static const char *const method_choices[] = {"405", "404", NULL};
static const char *const method_body_choices[] = {"error", "empty", NULL};
static const char *const slash_choices[] = {"404", "ignored", NULL};
static const char *const cooldown_choices[] = {"account", "token", NULL};
static const char *const zone_choices[] = {"istanbul", "utc", NULL};

#define PACE(name_, meaning_)                                                                                          \
    {                                                                                                                  \
        .name = name_, .is_delay = true, .initial = DELAY_NEVER, .clause = "7", .meaning = meaning_                    \
    }

static const struct knob knobs[] = {
    [KNOB_CANCEL_WHEN_TERMINAL] = {"cancel_when_terminal", state_choices, .clause = "7, 9 A6",
                                   .meaning = "what cancelling a cancelled or completed order answers"},
    [KNOB_MOVE_NOT_ALLOWED] = {"move_not_allowed", state_choices, .clause = "3, 7",
                               .meaning = "what accept, ontheway and complete answer where the order's state or "
                                          "courier does not allow them"},
    [KNOB_COMPLETE_NEEDS_PAYMENT] = {"complete_needs_payment", needs_payment_choices, .clause = "7, 9 A7",
                                     .meaning = "whether an order in COMPLETE_NEEDS_PAYMENT can be cancelled"},
    [KNOB_COMPLETE_NEEDS_PAYMENT_ID] = {"complete_needs_payment_id", NULL, .initial = 17, .least = 0, .most = 9999,
                                        .clause = "7, 9 A7", .meaning = "status_id of COMPLETE_NEEDS_PAYMENT"},
    [KNOB_FOREIGN_ORDER] = {"foreign_order", status_403_404, .clause = "9 A5",
                            .meaning = "status for an order, or a restaurant, that is not yours"},
    [KNOB_NON_UUID_PATH] = {"non_uuid_path", status_403_404, .clause = "9 A2",
                            .meaning = "status when the path holds something that is no UUID"},
    [KNOB_MISSING_FIELD_STATUS] = {"missing_field_status", status_422_400, .clause = "9 A3",
                                   .meaning = "status for an absent field of a body"},
    [KNOB_MALFORMED_BODY] = {"malformed_body", status_422_400, .clause = "4 row 8",
                             .meaning = "status for a body that is no JSON object"},
    [KNOB_BAD_CONTENT_TYPE] = {"bad_content_type", content_choices, .clause = "4 row 9",
                               .meaning = "what a Content-Type other than application/json leads to"},
    [KNOB_COERCE_NUMERIC_STRING] = {"coerce_numeric_string", KNOB_OFF_ON, .clause = "4 row 4",
                                    .meaning = "whether \"3\" is taken as 3"},
    [KNOB_BAD_STATUS_ID] = {"bad_status_id", status_id_choices, .clause = "3",
                            .meaning = "what a status_id that is no integer leads to: a refusal, or the whole list"},
    [KNOB_AUTH_MESSAGE] = {"auth_message", auth_choices, .clause = "2, 9 A10",
                           .meaning = "which message accompanies a 401; none: one on restaurants/get alone"},
    [KNOB_ORDER_BEFORE_BODY] = {"order_before_body", KNOB_OFF_ON, .clause = "9 A15",
                                .meaning = "whether an unknown order is told before a bad body"},
    [KNOB_WRONG_METHOD_STATUS] = {"wrong_method_status", method_choices, .clause = "6",
                                  .meaning = "status for a known path with another method"},
    [KNOB_WRONG_METHOD_BODY] = {"wrong_method_body", method_body_choices, .clause = "6",
                                .meaning = "whether the answer to another method has a body"},
    [KNOB_SLASH] = {"slash", slash_choices, .clause = "9 A18",
                    .meaning = "what a trailing or doubled slash leads to: no route, or the route without it"},
    [KNOB_GET_CURRENT_COOLDOWN_S] = {"get_current_cooldown_s", NULL, .initial = 30, .least = 0, .most = DAY_S,
                                     .clause = "6", .meaning = "seconds between two get-current; 0: no limit"},
    [KNOB_CANCEL_COOLDOWN_S] = {"cancel_cooldown_s", NULL, .initial = 0, .least = 0, .most = DAY_S, .clause = "9 A14",
                                .meaning = "seconds between two cancels; 0: no limit"},
    [KNOB_COOLDOWN_OF] = {"cooldown_of", cooldown_choices, .clause = "6",
                          .meaning = "whether a cooldown is of the account, or of each of its tokens"},
    [KNOB_RETRY_AFTER] = {"retry_after", KNOB_OFF_ON, .clause = "6, 9 A13",
                          .meaning = "whether a 429 has the header Retry-After"},
    [KNOB_ALSO_EMIT_PAYMENT_TYPE] = {"also_emit_payment_type", KNOB_OFF_ON, .clause = "9 A8",
                                     .meaning = "whether an order also has payment_type, the key of its method"},
    [KNOB_ZONE] = {"zone", zone_choices, .clause = "9 A16", .meaning = "zone of date and expiration_date"},
    [KNOB_ACCEPT_PACE] = PACE("accept_pace", "when somebody in the restaurant accepts by other means"),
    [KNOB_ONTHEWAY_PACE] = PACE("ontheway_pace", "when the restaurant's own courier leaves with the order"),
    [KNOB_COMPLETE_PACE] = PACE("complete_pace", "when the restaurant's own courier has delivered it"),
    [KNOB_COURIER_PICKUP_PACE] = PACE("courier_pickup_pace", "when a courier of the platform (fuudy) takes the order"),
    [KNOB_COURIER_DELIVER_PACE] = PACE("courier_deliver_pace", "when a courier of the platform has delivered it"),
    [KNOB_CUSTOMER_PICKUP_PACE] = PACE("customer_pickup_pace", "when the customer (come_get) fetches the order"),
    [KNOB_PAYMENT_RECEIVED_PACE] = PACE("payment_received_pace", "when a missing payment comes in"),
    [KNOB_PLATFORM_CANCEL_PACE] = PACE("platform_cancel_pace", "when the platform cancels the order by itself"),
};

/* ── What the engine refuses (6) ───────────────────────────────────────────────────────────────────────────────── */

static void refuse_method(struct exchange *x)
{
    int status = exchange_knob(x, KNOB_WRONG_METHOD_STATUS) == METHOD_404 ? 404 : 405;
    if (status == 405)
        reply_header(x, "Allow", x->allowed);
    exchange_give_reason(x, &(struct reason){"3: wrong method", "method", x->allowed, x->request.method});
    if (exchange_knob(x, KNOB_WRONG_METHOD_BODY) == METHOD_BODY_EMPTY)
        reply_empty(x, status);
    else
        reply_json(x, status, dukkango_failure(DUKKANGO_BAD_URL, NULL));
}

static void refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A18: a trailing or doubled slash ends here too */
        exchange_refuse(x, 404, dukkango_failure(DUKKANGO_BAD_URL, NULL),
                        &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        refuse_method(x);
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, dukkango_failure(DUKKANGO_MISSING_FIELD, NULL),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* "/orders//cancel/x/" is "/orders/cancel/x" where the knob forgives it. */
static const char *routed_path(struct exchange *x)
{
    if (exchange_knob(x, KNOB_SLASH) == SLASH_404)
        return x->inner_path;
    struct text path = TEXT_INIT(strlen(x->inner_path) + 1);
    for (const char *c = x->inner_path; *c != '\0'; c++)
        if (*c != '/' || (c[1] != '/' && c[1] != '\0'))
            text_add_char(&path, *c);
    const char *tidy = arena_dup(x->arena, text_cstr(&path));
    text_release(&path);
    return tidy;
}

/* ── Provider ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct route routes[] = {
    {"POST", DUKKANGO_LOGIN_PATH, "login", dukkango_validate_login, NULL, dukkango_render_login},
    {"GET", "/restaurants/get", "list_restaurants", NULL, NULL, dukkango_render_restaurants},
    {"GET", "/restaurants/status/get/{rest_id}", "get_restaurant_status", dukkango_validate_restaurant, NULL,
     dukkango_render_restaurant_status},
    {"PUT", "/restaurants/status/open/{rest_id}", "open_restaurant", dukkango_validate_restaurant, NULL,
     dukkango_render_restaurant_open},
    {"PUT", "/restaurants/status/close/{rest_id}", "close_restaurant", dukkango_validate_restaurant, NULL,
     dukkango_render_restaurant_close},
    {"GET", "/orders/get-current", "list_orders", dukkango_validate_current, NULL, dukkango_render_current,
     .is_read = true},
    {"PUT", "/orders/success/{order_id}", "success", NULL, dukkango_decide_success, dukkango_render_ok},
    {"PUT", "/orders/accept/{order_id}", "accept", dukkango_validate_accept, dukkango_decide_accept,
     dukkango_render_ok},
    {"PUT", "/orders/ontheway/{order_id}", "ontheway", NULL, dukkango_decide_ontheway, dukkango_render_ok},
    {"PUT", "/orders/complete/{order_id}", "complete", NULL, dukkango_decide_complete, dukkango_render_ok},
    {"PUT", "/orders/cancel/{order_id}", "cancel", dukkango_validate_cancel, dukkango_decide_cancel,
     dukkango_render_ok},
    {"GET", "/orders/cancel-reasons", "list_cancel_reasons", NULL, NULL, dukkango_render_reasons},
    {"GET", "/orders/variables", "list_variables", NULL, NULL, dukkango_render_variables},
    {.method = NULL},
};

static const char *const secret_headers[] = {DUKKANGO_TOKEN_HEADER, "Authorization", NULL};
static const char *const secret_members[] = {"app_secret_key", "rest_secret_key", "access_token", NULL};

static const struct base_path bases[] = {{"/api/integrations", NULL}, {NULL, NULL}};

const struct provider provider_dukkango = {
    .name = "dukkango",
    .title = "Dükkango Integration API",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = dukkango_events,
    .states = dukkango_states,
    .knobs = knobs,
    .knob_count = COUNT_OF(knobs),
    .id_member = "payment_key",
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .token_member = "access_token",
    .document_shape = dukkango_document_shape,
    .facts_shape = dukkango_facts_shape,
    .credential_shape = dukkango_credential_shape,
    .fixture_shape = dukkango_fixture_shape,
    .refuse = refuse,
    .authenticate = dukkango_authenticate,
    .credential_shown = dukkango_credential_shown,
    .routed_path = routed_path,
    .new_document = dukkango_new_document,
    .write_state = dukkango_write_state,
    .read_names = dukkango_read_names,
};
