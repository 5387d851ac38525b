/* Rows about what is sent. */
#include "cases/zaikio/zaikio.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── The request, section 4 ──────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-REQ-1/placed", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "A placed order is cancelled by the event cancel_by_consumer.",
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "canceled_by_consumer", .holds = {EVENT("cancel_by_consumer")}}},

    {RULE("ZAI-REQ-1/transfer-failed", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 9 A1; " PAGE "Cancelation Methods",
     .requirement = "So is one whose transfer to the supplier failed.",
     .given = {.events = {"transfer_failed"}},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "canceled_by_consumer", .holds = {EVENT("cancel_by_consumer")}}},

    {RULE("ZAI-REQ-1/draft", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "A draft is deleted, and never sent an event.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.outcomes = OUT_DELETED, .cancels = EXACTLY(1), .state = STATE_GONE, .holds = {METHOD("DELETE")}}},

    {RULE("ZAI-REQ-1/transferred", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "Once the supplier has the order, a cancelation is requested.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .holds = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/confirmed", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "The same where the supplier has confirmed it.",
     .given = {.events = {"transfer", "confirm"}},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .holds = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/producing", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 7; " PAGE "Cancelation Methods",
     .requirement = "The same in production, where the supplier's policy is before_shipment.",
     .given = {.order = UNDER("producing", BEFORE_SHIPMENT)},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .holds = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/partially-shipped", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 7; " PAGE "Cancelation Methods",
     .requirement = "The same of a partially shipped order, where the supplier's policy is always.",
     .given = {.order = UNDER("partially_shipped", ALWAYS)},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .holds = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/method-delete", MUST, OURS, WIRE),
     .clause = "providers: zaikio 4; docs/test-a-client.md#what-a-run-gets",
     .requirement = "The method that the caller names is the one that is used: delete.",
     .given = {.order = JSON({"state": "draft"}), .arguments = JSON({"method": "delete"})},
     .expect = {.outcomes = OUT_DELETED, .state = STATE_GONE, .holds = {METHOD("DELETE")}}},

    {RULE("ZAI-REQ-1/method-request", MUST, OURS, WIRE),
     .clause = "providers: zaikio 4; docs/test-a-client.md#what-a-run-gets",
     .requirement = "The method that the caller names is the one that is used: request_cancelation.",
     .given = {.order = JSON({"state": "transferred"}), .arguments = JSON({"method": "request_cancelation"})},
     .expect = {.outcomes = OUT_PENDING, .state = "cancelation_requested", .holds = {EVENT("request_cancelation")}}},

    {RULE("ZAI-REQ-1/method-unknown", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 4; docs/test-a-client.md#what-a-run-gets",
     .requirement = "A method that does not exist is refused before anything is sent.",
     .given = {.arguments = JSON({"method": "{nonce}"})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ZAI-REQ-2", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Cancelation Methods",
     .requirement = "Unless the caller names the method, the order is read before the call is chosen.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.holds = {READ_BEFORE_CANCEL}}},

    {RULE("ZAI-REQ-3/cancel", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example",
     .requirement = "cancel_by_consumer is sent by PATCH.",
     .expect = {.holds = {METHOD("PATCH")}}},

    {RULE("ZAI-REQ-3/request", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example Request",
     .requirement = "request_cancelation is sent by PATCH.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.holds = {METHOD("PATCH")}}},

    {RULE("ZAI-REQ-4/patch", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3, 4, 9 A2; " PAGE "Example",
     .requirement = "The target is {base}/orders/{uuid}: no /cancel, no query, no trailing slash.",
     .expect = {.holds = {TARGET(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-4/delete", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3, 4",
     .requirement = "A DELETE has the same target.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.holds = {TARGET(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-4/get", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 3",
     .requirement = "A GET of the order, where one is made, has the same target.",
     .expect = {.on = "get_order ?", .holds = {TARGET_IF_SENT(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-4/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 1, 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash, as the vendor writes it, leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.outcomes = OUT_CANCELED, .holds = {TARGET(ORDERS "{order_id}")}}},

    {RULE("ZAI-REQ-5/reserved", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; RFC 3986 section 2.2",
     .requirement = "An id with reserved characters stays one path segment, or is refused before anything is sent.",
     .given = {.order_id = "a/b?c#d e"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .on = "*", .holds = {TARGET_IF_SENT(ORDERS "a%2Fb%3Fc%23d%20e")}}},

    {RULE("ZAI-REQ-5/dots", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; RFC 3986 section 5.2.4",
     .requirement = "An id of dots and slashes never leads to another resource.",
     .given = {.order_id = "../orders/" UNKNOWN_ID},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .on = "*", .holds = {TARGET_IF_SENT(ORDERS "..%2Forders%2F" UNKNOWN_ID)}}},

    {RULE("ZAI-REQ-5/line-break", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; catalogue SE-17",
     .requirement = "A line break in an id is encoded or refused; it never starts a header.",
     .given = {.order_id = UNKNOWN_ID "\r\nX-Injected: 1"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .on = "*", .holds = {TARGET_IF_SENT(ORDERS UNKNOWN_ID "%0D%0AX-Injected%3A%201")}}},

    {RULE("ZAI-REQ-5/empty", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 3, 4",
     .requirement = "Without an id nothing is sent, for the path would name all orders.",
     .given = {.order_id = ""},
     .expect = {.outcomes = OUT_INVALID, .requests = NONE}},

    {RULE("ZAI-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example",
     .requirement = "The event stands in the root member \"order\".",
     .expect = {.holds = {BODY_HAS("/order/state_event"), BODY_LACKS("/state_event")}}},

    {RULE("ZAI-REQ-7/cancel", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; " PAGE "Example",
     .requirement = "The event is spelt cancel_by_consumer.",
     .expect = {.holds = {TOKEN("/order/state_event", "\"cancel_by_consumer\"")}}},

    {RULE("ZAI-REQ-7/request", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 1, 4; " PAGE "Example Request",
     .requirement = "The event is spelt request_cancelation, with one L.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.holds = {TOKEN("/order/state_event", "\"request_cancelation\"")}}},

    {RULE("ZAI-REQ-8", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 9 A14",
     .requirement = "The body has no other member; the vendor's own client sends the whole order back, and the server takes that.",
     .expect = {.holds = {BODY_ONLY("", "order"), BODY_ONLY("/order", "state_event")}}},

    {RULE("ZAI-REQ-15", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4, 9 A14",
     .requirement = "What is sent back of the order is what was read, above all its `state` and its time stamps.",
     .expect = {.holds = {ECHOES_ARE_TRUE}}},

    {RULE("ZAI-REQ-9", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4",
     .requirement = "Content-Type of a PATCH is application/json, once.",
     .expect = {.holds = {MEDIA_TYPE("application/json")}}},

    {RULE("ZAI-REQ-10", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4; RFC 8259 sections 4, 8.1; RFC 9112 section 6",
     .requirement = "The body is one JSON object, framed by a right Content-Length or in chunks.",
     .expect = {.holds = {ONE_JSON_OBJECT, RIGHT_FRAMING, BODY_HAS("/order/state_event")}}},

    {RULE("ZAI-REQ-11", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 4",
     .requirement = "A DELETE has no body, for none is described; the {} of the vendor's own client is a warning.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.outcomes = OUT_DELETED, .holds = {NO_BODY}}},

    {RULE("ZAI-REQ-12/last-seen", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4, 9 A13; " PAGE "Cancelation Methods",
     .requirement = "What was last seen as placed is not deleted, though it is a draft in truth.",
     .given = {.order = JSON({"state": "draft"}), .faults = {DRIFT_READ([{"op": "set", "path": "/state", "value": "placed"}])}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "draft", .holds = {DELETES_ONLY_DRAFTS}}},

    {RULE("ZAI-REQ-12/method", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4, 9 A13; " PAGE "Cancelation Methods",
     .requirement = "Where the caller says delete and the order is placed, that is an error and never another kind of cancelling.",
     .given = {.arguments = JSON({"method": "delete"}), .quiet_ms = 50},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID | OUT_CONFLICT, .cancels = AT_MOST(1), .state = "placed",
                .holds = {DELETES_ONLY_DRAFTS, BODIES_LACK("state_event")}}},

    {RULE("ZAI-REQ-13", SHOULD, OURS, WIRE),
     .clause = "providers: zaikio 10; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json.",
     .expect = {.holds = {HEADER_HAS("Accept", "application/json")}}},

    {RULE("ZAI-REQ-14/shipped", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "For a shipped order, unless the policy is always, no call is made, and the report says why.",
     .given = {.order = JSON({"state": "shipped"})},
     .expect = {.outcomes = OUT_REJECTED, .cancels = NONE, .state = "shipped", .holds = {REPORT_MENTIONS("shipped")}}},

    {RULE("ZAI-REQ-14/remainder", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "The same where the supplier cancelled the remainder.",
     .given = {.order = JSON({"state": "partially_shipped_remainder_canceled"})},
     .expect = {.outcomes = OUT_REJECTED, .cancels = NONE, .state = "partially_shipped_remainder_canceled", .holds = {REPORT_MENTIONS("shipped")}}},

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
     .expect = {.on = "*", .holds = {TARGET_LACKS("/cancel"), TARGET_LACKS("/place"), TARGET_LACKS("/organizations")}}},
};

const struct check_group zaikio_request_rows = CHECK_GROUP(rows);

/* clang-format on */
