/*
 * Zaikio Procurement, cancel order (consumer API V1): the rules of a client as rows. The call follows from the state:
 *
 *     draft                      DELETE /consumers/api/v1/orders/{uuid}                        204, gone
 *     placed, transfer_failed    PATCH  the same, {"order":{"state_event":"cancel_by_consumer"}}     200, final
 *     any other after placing    PATCH  the same, {"order":{"state_event":"request_cancelation"}}    200, pending
 *
 * The answer of a PATCH is the bare order and its `state` is the only proof. `errors` is a list of codes for access and
 * lookup, an object of lists for validation. No 422 or 400 body is documented, so rows about those bring their own.
 *
 * Nothing is said of lost answers: those rows are ours. A client may read the order at any time, so they accept a claim
 * that rests on a GET made after the call, and no other. Rows about false success answer in place of the server: the
 * order stays placed, and every claim is wrong, whatever else the client reads.
 *
 * Not asked here: tokens and their renewal (ZAI-AUTH-5, 8: the adapter is given a token alone), what a single cancel
 * does not show (ZAI-RES-13, ZAI-TRACK-2 to 5, ZAI-LIST-1), and the cap on an answer's size.
 */
#include "cases/registry.h"
#include "cases/zaikio_facts.h"

#define PAGE         "page Canceling Orders, "
#define ORDERS       "/consumers/api/v1/orders/"
#define UNKNOWN_ID   "7f8d6a52-13c4-4d0e-9a53-0d5c0f7a2b11"
#define FOREIGN_ID   "b8d2a7e4-1c3f-4e6a-8b9d-d40e5f607101" /* placed, of another organisation */
#define RACE_ID      "6e1f0c2d-4b5a-4c3e-9d7f-c30d4e5f6018" /* placed when read, transferred right after it */
#define REFUSED      (OUT_UNAUTHORIZED | OUT_FORBIDDEN) /* which of the two the vendor's documents leave open: 9 A4 */
#define CANCELED_NOW (OUT_CANCELED | OUT_ALREADY_CANCELED)

/* clang-format off */

#define BAD_TOKEN JSON({"token": "zt-conformance-0a1b2c3d4e5f60718293a4b5c6d7e8f9"})
#define BY_CONSUMER JSON({"method": "cancel_by_consumer"})
#define EVENT(name_) TOKEN("/order/state_event", "\"" name_ "\"")

/* Orders whose supplier has this cancelation policy: the contract leads to the supplier. */
#define UNDER(state_, contract_) "{\"state\":\"" state_ "\",\"document\":{\"contract_id\":\"" contract_ "\",\"contract\":{\"id\":\"" contract_ \
    "\",\"customer_number\":null,\"references\":[],\"links\":[{\"rel\":\"self\",\"href\":\"/consumers/api/v1/contracts/" contract_ "\"}]}}}"
#define ALWAYS "3d81b6f4-9c27-4e05-b1a8-72f6e0d95c02"
#define BEFORE_SHIPMENT "91e4d7c3-06ab-4f52-8d19-c5b3a2807e03"
#define NEVER "d5270ac8-e143-4b96-a7f0-184c6be39d04"

/* A whole order as the answer to a call that the server never carries out; `state_` is JSON. */
#define ORDER_AS(id_, state_) "{\"id\":\"" id_ "\",\"state\":" state_ ",\"state_reason\":null,\"references\":{document.references}," \
    "\"currency\":\"EUR\",\"delivery_mode\":\"complete\",\"gross_total\":\"30617748.0\",\"net_total\":\"25729200.0\",\"net_shipping_fee\":null," \
    "\"net_handling_fee\":null,\"taxes\":\"4888548.0\",\"taxes_on_fees\":null,\"placed_at\":\"2022-03-04T05:06:07.089Z\",\"transferred_at\":null," \
    "\"transfer_failed_at\":null,\"confirmed_at\":null,\"producing_at\":null,\"partially_shipped_at\":null," \
    "\"partially_shipped_remainder_canceled_at\":null,\"shipped_at\":null,\"cancelation_requested_at\":null,\"canceled_by_consumer_at\":null," \
    "\"canceled_by_supplier_at\":null,\"created_at\":\"2022-03-04T05:06:07.089Z\",\"updated_at\":\"2022-03-04T05:06:08.001Z\"," \
    "\"contract_id\":\"{document.contract_id}\",\"contract\":{document.contract},\"person_id\":null,\"person\":{document.person}," \
    "\"exclusive_sales_group_id\":null,\"exclusive_sales_group\":{document.exclusive_sales_group},\"order_line_items\":{document.order_line_items}}"
#define ANSWER_AS(status_, json_) "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ ",\"json\":" json_ "}"
#define ANSWER_WITH(status_, name_, value_, body_) "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ \
    ",\"headers\":[[\"Content-Type\",\"application/json\"],[\"" name_ "\",\"" value_ "\"]],\"body\":\"" body_ "\"}"
#define RAW(bytes_) "{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"" bytes_ "\"}"
#define SAYS_CANCELED "{\\\"id\\\":\\\"{order_id}\\\",\\\"state\\\":\\\"canceled_by_consumer\\\"}" /* 76 bytes */
#define LATER(name_) "{\"fault\":\"" name_ "\",\"phase\":\"after_commit\"}"
/* In every answer of the provider, a GET's included. */
#define DRIFT_ALL(...) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{},\"patch\":" #__VA_ARGS__ "}"
#define DRIFT_READ(...) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{\"operation\":\"get_order\"},\"patch\":" #__VA_ARGS__ "}"

static const struct check checks[] = {
    /* -- the request, section 4 --------------------------------------------------------------------------------- */

    {RULE("ZAI-REQ-1/placed", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "A placed order is cancelled by the event cancel_by_consumer.",
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "canceled_by_consumer", .facts = {EVENT("cancel_by_consumer")}}},

    {RULE("ZAI-REQ-1/transfer-failed", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 9 A1; " PAGE "Cancelation Methods",
     .requirement = "So is one whose transfer to the supplier failed.",
     .given = {.events = {"transfer_failed"}},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "canceled_by_consumer", .facts = {EVENT("cancel_by_consumer")}}},

    {RULE("ZAI-REQ-1/draft", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "A draft is deleted, and never sent an event.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.outcomes = OUT_DELETED, .cancels = EXACTLY(1), .state = STATE_GONE, .facts = {METHOD("DELETE")}}},

    {RULE("ZAI-REQ-1/transferred", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "Once the supplier has the order, a cancelation is requested.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .facts = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/confirmed", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "The same where the supplier has confirmed it.",
     .given = {.events = {"transfer", "confirm"}},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .facts = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/producing", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 7; " PAGE "Cancelation Methods",
     .requirement = "The same in production, where the supplier's policy is before_shipment.",
     .given = {.order = UNDER("producing", BEFORE_SHIPMENT)},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .facts = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/partially-shipped", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 7; " PAGE "Cancelation Methods",
     .requirement = "The same of a partially shipped order, where the supplier's policy is always.",
     .given = {.order = UNDER("partially_shipped", ALWAYS)},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .facts = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/method-delete", MUST, OURS, WIRE),
     .clause = "providers: zaikio 4; adapter protocol, arguments of cancel",
     .requirement = "The method that the caller names is the one that is used: delete.",
     .given = {.order = JSON({"state": "draft"}), .arguments = JSON({"method": "delete"})},
     .expect = {.outcomes = OUT_DELETED, .state = STATE_GONE, .facts = {METHOD("DELETE")}}},

    {RULE("ZAI-REQ-1/method-request", MUST, OURS, WIRE),
     .clause = "providers: zaikio 4; adapter protocol, arguments of cancel",
     .requirement = "The method that the caller names is the one that is used: request_cancelation.",
     .given = {.order = JSON({"state": "transferred"}), .arguments = JSON({"method": "request_cancelation"})},
     .expect = {.outcomes = OUT_PENDING, .state = "cancelation_requested", .facts = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/method-unknown", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 4; adapter protocol, arguments of cancel",
     .requirement = "A method that does not exist is refused before anything is sent.",
     .given = {.arguments = JSON({"method": "{nonce}"})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ZAI-REQ-2", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "Unless the caller names the method, the order is read before the call is chosen.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.facts = {READS_BEFORE_CALLING}}},

    {RULE("ZAI-REQ-3/cancel", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example",
     .requirement = "cancel_by_consumer is sent by PATCH.",
     .expect = {.facts = {METHOD("PATCH")}}},

    {RULE("ZAI-REQ-3/request", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example Request",
     .requirement = "request_cancelation is sent by PATCH.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.facts = {METHOD("PATCH")}}},

    {RULE("ZAI-REQ-4/patch", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3, 4, 9 A2; " PAGE "Example",
     .requirement = "The target is {base}/orders/{uuid}: no /cancel, no query, no trailing slash.",
     .expect = {.facts = {TARGET(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-4/delete", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3, 4",
     .requirement = "A DELETE has the same target.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.facts = {TARGET(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-4/get", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3",
     .requirement = "A GET of the order, where one is made, has the same target.",
     .expect = {.on = "get_order ?", .facts = {TARGET_IF_SENT(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-4/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 1, 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash, as the vendor writes it, leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.outcomes = OUT_CANCELED, .facts = {TARGET(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-5/reserved", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; RFC 3986 section 2.2",
     .requirement = "An id with reserved characters stays one path segment, or is refused before anything is sent.",
     .given = {.order_id = "a/b?c#d e"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .on = "*", .facts = {TARGET_IF_SENT(ORDERS "a%2Fb%3Fc%23d%20e")}}},

    {RULE("ZAI-REQ-5/dots", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; RFC 3986 section 5.2.4",
     .requirement = "An id of dots and slashes never leads to another resource.",
     .given = {.order_id = "../orders/" UNKNOWN_ID},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .on = "*", .facts = {TARGET_IF_SENT(ORDERS "..%2Forders%2F" UNKNOWN_ID)}}},

    {RULE("ZAI-REQ-5/line-break", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; catalogue SE-17",
     .requirement = "A line break in an id is encoded or refused; it never starts a header.",
     .given = {.order_id = UNKNOWN_ID "\r\nX-Injected: 1"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .on = "*", .facts = {TARGET_IF_SENT(ORDERS UNKNOWN_ID "%0D%0AX-Injected%3A%201")}}},

    {RULE("ZAI-REQ-5/empty", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 3, 4",
     .requirement = "Without an id nothing is sent, for the path would name all orders.",
     .given = {.order_id = ""},
     .expect = {.outcomes = OUT_INVALID, .requests = NONE}},

    {RULE("ZAI-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example",
     .requirement = "The event stands in the root member \"order\".",
     .expect = {.facts = {BODY_HAS("/order/state_event"), BODY_LACKS("/state_event")}}},

    {RULE("ZAI-REQ-7/cancel", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example",
     .requirement = "The event is spelt cancel_by_consumer.",
     .expect = {.facts = {TOKEN("/order/state_event", "\"cancel_by_consumer\"")}}},

    {RULE("ZAI-REQ-7/request", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 1, 4; " PAGE "Example Request",
     .requirement = "The event is spelt request_cancelation, with one L.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.facts = {TOKEN("/order/state_event", "\"request_cancelation\"")}}},

    {RULE("ZAI-REQ-8", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 9 A14",
     .requirement = "The body has no other member, above all neither `state` nor a time stamp.",
     .expect = {.facts = {BODY_ONLY("", "order"), BODY_ONLY("/order", "state_event")}}},

    {RULE("ZAI-REQ-9", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4",
     .requirement = "Content-Type of a PATCH is application/json, once.",
     .expect = {.facts = {MEDIA_TYPE("application/json")}}},

    {RULE("ZAI-REQ-10", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; RFC 8259 sections 4, 8.1; RFC 9112 section 6",
     .requirement = "The body is one JSON object, framed by a right Content-Length or in chunks.",
     .expect = {.facts = {ONE_JSON_OBJECT, RIGHT_FRAMING, BODY_HAS("/order/state_event")}}},

    {RULE("ZAI-REQ-11", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4",
     .requirement = "A DELETE has no body, for none is described; the {} of the vendor's own client is a warning.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.outcomes = OUT_DELETED, .facts = {NO_BODY}}},

    {RULE("ZAI-REQ-12/last-seen", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4, 9 A13; " PAGE "Cancelation Methods",
     .requirement = "What was last seen as placed is not deleted, though it is a draft in truth.",
     .given = {.order = JSON({"state": "draft"}), .faults = {DRIFT_READ([{"op": "set", "path": "/state", "value": "placed"}])}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "draft", .facts = {DELETES_ONLY_DRAFTS}}},

    {RULE("ZAI-REQ-12/method", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4, 9 A13; " PAGE "Cancelation Methods",
     .requirement = "Where the caller says delete and the order is placed, that is an error and never another kind of cancelling.",
     .given = {.arguments = JSON({"method": "delete"}), .quiet_ms = 50},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID | OUT_CONFLICT, .cancels = AT_MOST(1), .state = "placed",
                .facts = {DELETES_ONLY_DRAFTS, BODIES_LACK("state_event")}}},

    {RULE("ZAI-REQ-13", SHOULD, OURS, WIRE),
     .clause = "providers: zaikio 10; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json.",
     .expect = {.facts = {HEADER_HAS("Accept", "application/json")}}},

    {RULE("ZAI-REQ-14/shipped", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "For a shipped order, unless the policy is always, no call is made, and the report says why.",
     .given = {.order = JSON({"state": "shipped"})},
     .expect = {.outcomes = OUT_REJECTED, .cancels = NONE, .state = "shipped", .facts = {REPORT_MENTIONS("shipped")}}},

    {RULE("ZAI-REQ-14/remainder", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "The same where the supplier cancelled the remainder.",
     .given = {.order = JSON({"state": "partially_shipped_remainder_canceled"})},
     .expect = {.outcomes = OUT_REJECTED, .cancels = NONE, .state = "partially_shipped_remainder_canceled", .facts = {REPORT_MENTIONS("shipped")}}},

    {RULE("ZAI-REQ-14/by-consumer", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 7; " PAGE "Cancel By Consumer",
     .requirement = "For an order that the consumer cancelled before, no call is made.",
     .given = {.order = JSON({"state": "canceled_by_consumer"})},
     .expect = {.outcomes = OUT_ALREADY_CANCELED | OUT_REJECTED, .cancels = NONE, .state = "canceled_by_consumer"}},

    {RULE("ZAI-REQ-14/by-supplier", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "For an order that the supplier cancelled, no call is made.",
     .given = {.order = JSON({"state": "canceled_by_supplier"})},
     .expect = {.outcomes = OUT_ALREADY_CANCELED | OUT_REJECTED, .cancels = NONE, .state = "canceled_by_supplier"}},

    {RULE("ZAI-V2-1/path", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3",
     .requirement = "Below the base of V1 no path of V2 is used: /cancel, /place, /organizations.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.on = "*", .facts = {TARGET_LACKS("/cancel"), TARGET_LACKS("/place"), TARGET_LACKS("/organizations")}}},

    /* -- authentication, section 2 ------------------------------------------------------------------------------ */

    {RULE("ZAI-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 2",
     .requirement = "Every request has one Authorization header: Bearer, one blank, the token.",
     .expect = {.on = "*", .facts = {HEADER("Authorization", "Bearer {credentials.token}")}}},

    {RULE("ZAI-AUTH-1/delete", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 2",
     .requirement = "So does a DELETE.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.facts = {HEADER("Authorization", "Bearer {credentials.token}")}}},

    {RULE("ZAI-AUTH-1/odd-token", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 2; RFC 6750 section 2.1; catalogue AU-02",
     .requirement = "A token goes out in the characters it came in.",
     .given = {.credentials = JSON({"token": "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJaQUkifQ.a-b_c~d+e/f=="})},
     .expect = {.outcomes = REFUSED, .on = "*", .facts = {HEADER("Authorization", "Bearer {credentials.token}")}}},

    {RULE("ZAI-AUTH-2", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10",
     .requirement = "The token stands nowhere but in its header: not in the URL, a cookie, Referer or the body.",
     .expect = {.on = "*", .facts = {NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT("Authorization"), NO_SECRET_IN_BODY}}},

    {RULE("ZAI-AUTH-2/reported", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: zaikio 10",
     .requirement = "The token is in no log and no error text.",
     .given = {.credentials = BAD_TOKEN},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {NO_SECRET_REPORTED}}},

    {RULE("ZAI-AUTH-3/307", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; RFC 9110 section 15.4.8",
     .requirement = "A redirect to another origin never takes the token there.",
     .given = {.faults = {REDIRECT(307, "{other_url}" ORDERS "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/302", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; catalogue SE-08",
     .requirement = "A redirect that would turn the PATCH into a GET never becomes success.",
     .given = {.faults = {REDIRECT(302, "{other_url}" ORDERS "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/get", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10; RFC 9110 section 15.4",
     .requirement = "The same of a redirect of the GET.",
     .given = {.faults = {"{\"fault\":\"CANNED_RESPONSE\",\"match\":{\"operation\":\"get_order\"},\"status\":302,\"headers\":[[\"Location\",\"{other_url}" ORDERS "{order_id}\"]]}"},
               .faults_may_rest = true},
     .expect = {.facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/delete", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; RFC 9110 section 15.4.9",
     .requirement = "The same of a redirect of a DELETE.",
     .given = {.order = JSON({"state": "draft"}), .faults = {REDIRECT(308, "{other_url}" ORDERS "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "draft", .facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/link", MUST, OURS, WIRE),
     .clause = "providers: zaikio 5; catalogue SE-21",
     .requirement = "A link in the order that leads to another host never gets the token.",
     .given = {.order = JSON({"state": "transferred", "document": {"contract": {"id": "0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701", "customer_number": null, "references": [],
                                                                                "links": [{"rel": "self", "href": "{other_url}/consumers/api/v1/contracts/0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701"}]}}})},
     .expect = {.facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-4/403", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 2, 9 A4",
     .requirement = "A 403 says that the token is not good enough; its code is handed on.",
     .given = {.credentials = BAD_TOKEN},
     .expect = {.outcomes = REFUSED, .state = "placed", .report = JSON({"provider_code": "invalid_jwt"}), .if_reported = JSON({"http_status": 403})}},

    {RULE("ZAI-AUTH-4/401", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 2, 9 A4",
     .requirement = "So does a 401.",
     .given = {.faults = {ANSWER(401, {"errors": ["no_jwt_passed"]})}},
     .expect = {.outcomes = REFUSED, .state = "placed", .report = JSON({"provider_code": "no_jwt_passed"}), .if_reported = JSON({"http_status": 401})}},

    {RULE("ZAI-AUTH-4/openapi", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 2, 9 A4",
     .requirement = "The same where scopes are a 401, as the API description labels them.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(401, {"errors": ["unpermitted_scope"]})}},
     .expect = {.outcomes = REFUSED, .cancels = EXACTLY(1), .report = JSON({"provider_code": "unpermitted_scope"})}},

    {RULE("ZAI-AUTH-6/scope", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 2",
     .requirement = "A missing scope is no reason to repeat the call.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(403, {"errors": ["unpermitted_scope", "This endpoint requires one of the following scopes: procurement_consumer.orders.w, procurement_consumer.orders.rw but your access token only includes the following scopes: {nonce}"]})}},
     .expect = {.outcomes = REFUSED, .cancels = EXACTLY(1), .report = JSON({"provider_code": "unpermitted_scope"})}},

    {RULE("ZAI-AUTH-6/subject", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 2",
     .requirement = "Nor is the wrong kind of subject.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(403, {"errors": ["unpermitted_subject"]})}},
     .expect = {.outcomes = REFUSED, .cancels = EXACTLY(1), .report = JSON({"provider_code": "unpermitted_subject"})}},

    {RULE("ZAI-AUTH-7/with-prose", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 2",
     .requirement = "The code is the first entry of `errors`, and not the prose after it.",
     .given = {.faults = {ANSWER(403, {"errors": ["code_{nonce}", "Prose with invalid_jwt in it."]})}},
     .expect = {.outcomes = REFUSED, .report = JSON({"provider_code": "code_{nonce}"})}},

    {RULE("ZAI-AUTH-7/alone", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 2",
     .requirement = "The code may stand alone.",
     .given = {.faults = {ANSWER(403, {"errors": ["code_{nonce}"]})}},
     .expect = {.outcomes = REFUSED, .report = JSON({"provider_code": "code_{nonce}"})}},

    {RULE("AU-14", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue AU-14; providers: zaikio 2",
     .requirement = "With an empty token nothing is sent.",
     .given = {.credentials = JSON({"token": ""})},
     .expect = {.outcomes = OUT_INVALID | REFUSED, .requests = NONE}},

    {RULE("SE-17", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A token with a line break is refused; it never becomes a second header.",
     .given = {.credentials = JSON({"token": "abcdef\r\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_INVALID | REFUSED, .requests = NONE}},

#include "cases/zaikio_answers.inc"
};

/* clang-format on */

const struct check_table zaikio_checks = {
    .profile =
        {
            .provider = "zaikio",
            .title = "Zaikio Procurement",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .credentials = "token",
            .cancel_operations = "cancel",
        },
    .checks = checks,
    .count = CHECK_COUNT(checks),
};
