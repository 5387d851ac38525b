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
#include "providers/dukkango/dukkango.h"

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
    .knobs = dukkango_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "payment_key",
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .token_member = "access_token",
    .document_shape = dukkango_document_shape,
    .facts_shape = dukkango_facts_shape,
    .credential_shape = dukkango_credential_shape,
    .fixture_shape = dukkango_fixture_shape,
    .refuse = dukkango_refuse,
    .answer_status = dukkango_answer_status,
    .authenticate = dukkango_authenticate,
    .credential_shown = dukkango_credential_shown,
    .routed_path = dukkango_routed_path,
    .new_document = dukkango_new_document,
    .write_state = dukkango_write_state,
    .read_names = dukkango_read_names,
};
