/* Rows about what is made of answers: success, refusals, and what is neither. */
#include "cases/zaikio/zaikio.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Success, section 5 ──────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-RES-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; " PAGE "Cancel By Consumer",
     .requirement = "200 with the state canceled_by_consumer is success.",
     .expect = {.outcomes = OUT_CANCELED, .state = "canceled_by_consumer", .if_reported = JSON({"http_status": 200, "attempts": 1})}},

    {RULE("ZAI-RES-1/not-200", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; " PAGE "Cancel By Consumer",
     .requirement = "Another status is not success, whatever the state in its body.",
     .given = {.faults = {ANSWER_AS(500, ORDER_AS("{order_id}", "\"canceled_by_consumer\""))}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ZAI-RES-1/202", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; catalogue EM-06",
     .requirement = "202 is not success either.",
     .given = {.faults = {ANSWER_AS(202, ORDER_AS("{order_id}", "\"canceled_by_consumer\""))}},
     .expect = {.outcomes = OUT_NO_SUCCESS}},

    {RULE("ZAI-RES-1/requested", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5, 7; " PAGE "Cancel By Consumer",
     .requirement = "A state that only says `requested` is not success of cancel_by_consumer.",
     .given = {.faults = {ANSWER_AS(200, ORDER_AS("{order_id}", "\"cancelation_requested\""))}},
     .expect = {.outcomes = OUT_NO_SUCCESS}},

    {RULE("ZAI-RES-1/no-state", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; catalogue PR-04",
     .requirement = "200 without a state is not success.",
     .given = {.faults = {ANSWER(200, {"id": "{order_id}", "canceled_by_consumer_at": "2022-03-04T05:06:07.089Z", "updated_at": "2022-03-04T05:06:07.092Z"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ZAI-RES-1/state-array", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; catalogue PR-06",
     .requirement = "A state that is no string is not success.",
     .given = {.faults = {ANSWER_AS(200, ORDER_AS("{order_id}", "[\"canceled_by_consumer\"]"))}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ZAI-RES-1/duplicate", SHOULD, OURS, REPORT),
     .clause = "providers: zaikio 5; catalogue PR-14",
     .requirement = "An answer with two states is not success.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", "{\\\"id\\\":\\\"{order_id}\\\",\\\"state\\\":\\\"placed\\\",\\\"state\\\":\\\"canceled_by_consumer\\\"}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ZAI-RES-1/trailing", SHOULD, OURS, REPORT),
     .clause = "providers: zaikio 5; catalogue PR-08",
     .requirement = "Bytes after the order make the answer unreadable.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", SAYS_CANCELED "{nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ZAI-RES-2", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 4; " PAGE "Request Cancelation",
     .requirement = "A requested cancelation is pending and never cancelled.",
     .given = {.events = {"transfer"}},
     .expect = {.outcomes = OUT_PENDING, .state = "cancelation_requested", .if_reported = JSON({"http_status": 200})}},

    {RULE("ZAI-RES-2/old-state", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 9 A5; " PAGE "Request Cancelation",
     .requirement = "Nor is it cancelled when the 200 shows the state from before.",
     .given = {.events = {"transfer"}, .knobs = JSON({"request_answer_state": "old"})},
     .expect = {.outcomes = OUT_NO_SUCCESS, .state = "cancelation_requested"}},

    {RULE("ZAI-RES-3/cancel", MUST, OURS, REPORT),
     .clause = "providers: zaikio 4; catalogue EM-05",
     .requirement = "After a 200 with an unmoved state the order is not cancelled.",
     .given = {.faults = {ANSWER_AS(200, ORDER_AS("{order_id}", "\"placed\""))}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "placed"}},

    {RULE("ZAI-RES-3/request", MUST, OURS, REPORT),
     .clause = "providers: zaikio 4; catalogue EM-05",
     .requirement = "After a 200 with an unmoved state, which a GET confirms, nothing is pending.",
     .given = {.events = {"transfer"}, .faults = {ANSWER_AS(200, ORDER_AS("{order_id}", "\"transferred\""))}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "transferred"}},

    {RULE("ZAI-RES-4", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; " PAGE "Cancelation Methods",
     .requirement = "204 without a body is success of DELETE.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.outcomes = OUT_DELETED, .state = STATE_GONE, .if_reported = JSON({"http_status": 204, "attempts": 1})}},

    {RULE("ZAI-RES-4/with-type", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; catalogue EM-07",
     .requirement = "Nothing is parsed, though a Content-Type promises JSON.",
     .given = {.order = JSON({"state": "draft"}), .faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "status": 204, "headers": [["Content-Type", "application/json"]], "body": ""})}},
     .expect = {.outcomes = OUT_DELETED, .state = STATE_GONE}},

    {RULE("ZAI-RES-4/html", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; catalogue PR-09",
     .requirement = "A page of HTML with 200 does not delete anything.",
     .given = {.order = JSON({"state": "draft"}), .faults = {ANSWER_TEXT(200, "text/html", "<html>{nonce}</html>")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "draft"}},

    {RULE("ZAI-RES-5", MUST, OURS, REPORT),
     .clause = "providers: zaikio 5; catalogue EM-04",
     .requirement = "An answer that shows another order is not success.",
     .given = {.faults = {ANSWER_AS(200, ORDER_AS(UNKNOWN_ID, "\"canceled_by_consumer\""))}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ZAI-RES-6", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "The order comes bare; in an envelope it is not understood.",
     .given = {.faults = {ANSWER_AS(200, "{\"order\":" ORDER_AS("{order_id}", "\"canceled_by_consumer\"") "}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ZAI-RES-7", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "Money is a decimal string and keeps its digits.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/gross_total", "value": "12345678.1234567"}, {"op": "set", "path": "/taxes", "value": "0.10"}])}},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_EXACT_IF_GIVEN("/order/gross_total", "12345678.1234567"), REPORT_EXACT_IF_GIVEN("/order/taxes", "0.10")}}},

    {RULE("ZAI-RES-8", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "Whatever may be null is null, and the order is cancelled all the same.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/currency", "value": null}, {"op": "set", "path": "/gross_total", "value": null}, {"op": "set", "path": "/net_total", "value": null},
                                     {"op": "set", "path": "/taxes", "value": null}, {"op": "set", "path": "/created_at", "value": null}, {"op": "set", "path": "/placed_at", "value": null},
                                     {"op": "set", "path": "/canceled_by_consumer_at", "value": null}, {"op": "set", "path": "/state_reason", "value": null}, {"op": "set", "path": "/person_id", "value": null},
                                     {"op": "set", "path": "/person", "value": {"id": null, "display_name": null, "links": [{"rel": "self", "href": null}]}}, {"op": "set", "path": "/exclusive_sales_group_id", "value": null},
                                     {"op": "set", "path": "/exclusive_sales_group", "value": {"id": null, "name": null, "links": [{"rel": "self", "href": null}]}},
                                     {"op": "set", "path": "/order_line_items/0/sku/links", "value": null}, {"op": "set", "path": "/contract/links/0/href", "value": null}])}},
     .expect = {.outcomes = OUT_CANCELED, .state = "canceled_by_consumer"}},

    {RULE("ZAI-RES-9/absent", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "order_line_items may be absent.",
     .given = {.faults = {DRIFT_ALL([{"op": "remove", "path": "/order_line_items"}])}},
     .expect = {.outcomes = OUT_CANCELED, .state = "canceled_by_consumer"}},

    {RULE("ZAI-RES-9/empty", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "order_line_items may be empty.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/order_line_items", "value": []}])}},
     .expect = {.outcomes = OUT_CANCELED, .state = "canceled_by_consumer"}},

    {RULE("ZAI-RES-10", MUST, OURS, REPORT),
     .clause = "providers: zaikio 10; catalogue PR-02",
     .requirement = "Unknown members are ignored.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/{nonce}", "value": {"state": "placed"}}, {"op": "set", "path": "/person/{nonce}", "value": [1, null]},
                                     {"op": "set", "path": "/errors", "value": {}}])}},
     .expect = {.outcomes = OUT_CANCELED, .state = "canceled_by_consumer"}},

    {RULE("ZAI-RES-11/words", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 8",
     .requirement = "Unknown words in enumerations are survived.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/currency", "value": "CHF"}, {"op": "set", "path": "/delivery_mode", "value": "{nonce}"}, {"op": "set", "path": "/order_line_items/0/unit", "value": "{nonce}"}])}},
     .expect = {.outcomes = OUT_CANCELED, .state = "canceled_by_consumer"}},

    {RULE("ZAI-RES-11/answer", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 8; catalogue PR-28",
     .requirement = "An unknown state after the call is no success, though it begins like one, and it is handed on.",
     .given = {.arguments = BY_CONSUMER, .faults = {DRIFT_ALL([{"op": "set", "path": "/state", "value": "canceled_by_consumer_{nonce}"}])}},
     .expect = {.outcomes = OUT_NO_SUCCESS, .holds = {REPORT_MENTIONS_IF_GIVEN("/order", "canceled_by_consumer_{nonce}")}}},

    {RULE("ZAI-RES-11/read", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 8; catalogue PR-28",
     .requirement = "An order that a GET shows in an unknown state is neither deleted nor cancelled by the consumer.",
     .given = {.faults = {DRIFT_READ([{"op": "set", "path": "/state", "value": "archived_{nonce}"}])}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "placed", .holds = {DELETES_ONLY_DRAFTS}}},

    {RULE("ZAI-RES-12", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; catalogue PR-16",
     .requirement = "Large integers are read, and exactly where they are handed on.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/order_line_items/0/amount_in_base_unit", "value": 256000000000001}])}},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_EXACT_IF_GIVEN("/order/order_line_items/0/amount_in_base_unit", "256000000000001")}}},

    {RULE("ZAI-RES-14", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 5",
     .requirement = "A relative link, where it is followed, counts from the root of the API's host.",
     .given = {.order = JSON({"state": "transferred"})},
     .expect = {.cancels = EXACTLY(1), .on = "get_contract", .holds = {TARGET_IF_SENT("{document.contract.links.0.href}")}}},

    /* ── Errors, section 6 ───────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-ERR-1/list", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6, 9 A9",
     .requirement = "`errors` of a 422 may be a list.",
     .given = {.faults = {ANSWER(422, {"errors": ["text {nonce}"]})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_CONFLICT | OUT_INVALID, .holds = {REPORT_TELLS("{nonce}")}}},

    {RULE("ZAI-ERR-1/object", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6, 9 A9",
     .requirement = "`errors` of a 403 may be an object.",
     .given = {.faults = {ANSWER(403, {"errors": {"base": ["text {nonce}"]}})}},
     .expect = {.outcomes = REFUSED, .holds = {REPORT_TELLS("{nonce}")}}},

    {RULE("ZAI-ERR-1/empty-object", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "`errors` may be an empty object: the status counts.",
     .given = {.faults = {ANSWER(422, {"errors": {}})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_CONFLICT | OUT_INVALID}},

    {RULE("ZAI-ERR-1/empty-list", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "`errors` may be an empty list: the status counts.",
     .given = {.faults = {ANSWER(403, {"errors": []})}},
     .expect = {.outcomes = REFUSED}},

    {RULE("ZAI-ERR-1/absent", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "`errors` may be absent: the status counts.",
     .given = {.faults = {ANSWER(404, {"{nonce}": null})}},
     .expect = {.outcomes = OUT_NOT_FOUND}},

    {RULE("ZAI-ERR-2", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "404 means: order not found.",
     .given = {.order_id = UNKNOWN_ID},
     .expect = {.outcomes = OUT_NOT_FOUND, .cancels = AT_MOST(1), .if_reported = JSON({"http_status": 404, "provider_code": "not_found"})}},

    {RULE("ZAI-ERR-2/foreign", MUST, OURS, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "So does the 404 of an order of another organisation.",
     .given = {.order_id = FOREIGN_ID},
     .expect = {.outcomes = OUT_NOT_FOUND, .cancels = AT_MOST(1)}},

    {RULE("ZAI-ERR-2/delete", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "The 404 of a DELETE is no proof that it was deleted.",
     .given = {.order = JSON({"state": "draft"}), .faults = {ANSWER(404, {"errors": ["not_found"]})}},
     .expect = {.outcomes = OUT_NOT_FOUND}},

    {RULE("ZAI-ERR-2/again", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5, 6, 7",
     .requirement = "A second cancel of a deleted draft is a 404 like any other, for the first one's outcome was known.",
     .given = {.order = JSON({"state": "draft"}), .runs = RUN_TWICE},
     .expect = {.outcomes = OUT_DELETED, .again = OUT_NOT_FOUND, .state = STATE_GONE}},

    {RULE("ZAI-ERR-3", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "422 means: not possible in this state or by policy; field and text are handed on.",
     .given = {.faults = {ANSWER(422, {"errors": {"f_{nonce}": ["text {nonce}"]}})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_CONFLICT, .state = "placed", .if_reported = JSON({"http_status": 422}),
                .holds = {REPORT_TELLS_IF_GIVEN("/field_errors", "f_{nonce}"), REPORT_TELLS_IF_GIVEN("/field_errors", "text {nonce}")}}},

    {RULE("ZAI-ERR-3/policy", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6, 7; " PAGE "Request Cancelation",
     .requirement = "Where the supplier's policy is never, a request is rejected.",
     .given = {.order = UNDER("transferred", NEVER)},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_CONFLICT | OUT_FORBIDDEN, .cancels = AT_MOST(1), .state = "transferred"}},

    {RULE("ZAI-ERR-3/base", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "The field may be another and the text may be another; the status counts.",
     .given = {.order = UNDER("transferred", NEVER), .knobs = JSON({"transition_field": "base", "transition_text": "via"})},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_CONFLICT | OUT_FORBIDDEN}},

    {RULE("ZAI-ERR-3/not-already", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "A 422 is not `cancelled already`, though its text sounds so.",
     .given = {.faults = {ANSWER(422, {"errors": {"state_event": ["cannot transition when canceled by consumer"]}})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_CONFLICT}},

    {RULE("ZAI-ERR-3/again", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6, 7",
     .requirement = "A second cancel is rejected, or `cancelled already` where a GET showed it.",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_ALREADY_CANCELED | OUT_REJECTED, .state = "canceled_by_consumer"}},

    {RULE("ZAI-ERR-4", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "400 means: malformed, which is not what 422 means.",
     .given = {.faults = {ANSWER(400, {"errors": {"order": ["is missing {nonce}"]}})}},
     .expect = {.outcomes = OUT_INVALID, .cancels = EXACTLY(1), .holds = {REPORT_NOT_TRUE("/local"), REPORT_TELLS("is missing {nonce}")}}},

    {RULE("ZAI-ERR-5/reset", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 6; page API Rate Limits",
     .requirement = "After a 429 without a body the client waits until RateLimit-Reset, a Unix time in seconds.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "headers": [["RateLimit-Reset", "4102444800"], ["RateLimit-Rule", "300reqs/60s"]], "body": ""})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = EXACTLY(1), .holds = {REPORT_BETWEEN_IF_GIVEN("/retry_after_ms", "1 3000000000000")}}},

    {RULE("ZAI-ERR-5/retry-after", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 6",
     .requirement = "Or as long as Retry-After says.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "headers": [["Retry-After", "3600"]], "body": ""})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = EXACTLY(1), .if_reported = JSON({"retry_after_ms": 3600000})}},

    {RULE("ZAI-ERR-5/bare", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 6; page API Rate Limits",
     .requirement = "A 429 that says nothing is not answered by a burst of calls.",
     .given = {.quiet_ms = 50, .deadline_ms = 1000, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "body": ""})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = BETWEEN(1, 3)}},

    {RULE("ZAI-ERR-6/500", MUST, OURS, REPORT),
     .clause = "providers: zaikio 6, 10",
     .requirement = "After a 500 with JSON the outcome is unknown.",
     .given = {.faults = {ANSWER(500, {"errors": ["{nonce}"]})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ZAI-ERR-6/502-html", MUST, OURS, REPORT),
     .clause = "providers: zaikio 6, 10",
     .requirement = "After a 502 with a page of HTML the outcome is unknown.",
     .given = {.faults = {ANSWER_TEXT(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ZAI-ERR-6/503-delete", MUST, OURS, REPORT),
     .clause = "providers: zaikio 6, 10",
     .requirement = "The same after the 503 of a DELETE.",
     .given = {.order = JSON({"state": "draft"}), .faults = {ANSWER_TEXT(503, "text/html", "<html>{nonce}</html>")}},
     .expect = {.outcomes = OUT_UNCLEAR, .state = "draft"}},

    {RULE("ZAI-ERR-6/cut-off", MUST, OURS, REPORT),
     .clause = "providers: zaikio 10; catalogue RS-08",
     .requirement = "After an answer that was cut off the outcome is unknown, unless a GET shows it.",
     .given = {.faults = {CUT_AFTER(40)}},
     .expect = {.outcomes = OUT_UNCLEAR | CANCELED_NOW, .state = "canceled_by_consumer", .holds = {CLAIM_AFTER_READING}}},

    {RULE("ZAI-ERR-7", SHOULD, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "X-Request-Id of a failure is handed on.",
     .given = {.faults = {ANSWER_WITH(422, "X-Request-Id", "{nonce}", "{\\\"errors\\\":{\\\"base\\\":[\\\"no\\\"]}}")}},
     .expect = {.report = JSON({"request_id": "{nonce}"})}},

    {RULE("HC-03", MUST, OURS, REPORT),
     .clause = "catalogue HC-03",
     .requirement = "What the server drew a moment ago is in the report: the client reads its answers.",
     .given = {.faults = {ANSWER(422, {"errors": {"state_event": ["{nonce}"]}})}},
     .expect = {.holds = {REPORT_TELLS("{nonce}")}}},
};

const struct check_group zaikio_answers_rows = CHECK_GROUP(rows);

/* clang-format on */
