/* Rows about what is made of answers: success, refusals, and what is neither. */
#include "cases/fungies/fungies.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Success, section 5 ──────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("FNG-RES-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "Status 200, \"status\" success and an order that is CANCELLED: that is success.",
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "CANCELLED", .if_reported = JSON({"http_status": 200, "attempts": 1})}},

    {RULE("FNG-RES-1/paid", MUST, OURS, REPORT),
     .clause = "providers: fungies 7",
     .requirement = "A paid order can be cancelled as well.",
     .given = {.order = JSON({"state": "PAID"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED"}},

/* A 200 of which the page's description is not true, everywhere the client may look. */
#define NO_SUCCESS(case_, tolerated_, sentence_, fault_) \
    {RULE("FNG-RES-1/" case_, MUST, DOCUMENTED, REPORT), \
     .clause = "providers: fungies 5, 9 A2; " PAGE "Response (200)", \
     .requirement = sentence_, \
     .given = {.faults = {fault_}}, \
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = tolerated_}}

    NO_SUCCESS("sample-word", OUT_ANY_FAILURE, "The sample's \"<string>\" as \"status\" is not success.", DRIFT_ALL([{"op": "set", "path": "/status", "value": "<string>"}])),
    NO_SUCCESS("large-word", OUT_ANY_FAILURE, "\"Success\" as \"status\" is not success.", DRIFT_ALL([{"op": "set", "path": "/status", "value": "Success"}])),
    NO_SUCCESS("true", OUT_ANY_FAILURE, "The literal true as \"status\" is not success.", DRIFT_ALL([{"op": "set", "path": "/status", "value": true}])),
    NO_SUCCESS("no-status", OUT_ANY_FAILURE, "Without \"status\" there is no success.", DRIFT_ALL([{"op": "remove", "path": "/status"}])),
    NO_SUCCESS("no-data", OUT_ANY_FAILURE, "Without \"data\" there is no success.", DRIFT_ALL([{"op": "remove", "path": "/data"}])),
    NO_SUCCESS("null-order", OUT_ANY_FAILURE, "With a null order there is no success.", DRIFT_ALL([{"op": "set", "path": "/data/order", "value": null}])),
    NO_SUCCESS("array-order", OUT_ANY_FAILURE, "With an array for an order there is no success.", DRIFT_ALL([{"op": "set", "path": "/data/order", "value": ["CANCELLED"]}])),
    NO_SUCCESS("201", OUT_NO_SUCCESS, "A 201 is not success, for 200 alone is documented.", STATUS_ALL(201)),
    NO_SUCCESS("202", OUT_NO_SUCCESS, "A 202 is not success, for 200 alone is documented.", STATUS_ALL(202)),

    {RULE("FNG-RES-2/error-under-200", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6, 9 A15",
     .requirement = "200 with \"status\" error is a failure, and its message is handed on.",
     .given = {.faults = {ANSWER_ALL(200, {"status": "error", "error": {"message": "{nonce}"}})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .report = JSON({"message": "{nonce}"})}},

    {RULE("FNG-RES-2/with-order", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6, 9 A15",
     .requirement = "200 with \"status\" error is a failure, though an order that is CANCELLED comes along.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/status", "value": "error"}])}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

/* A true success but for the order's status word. */
#define NOT_CONFIRMED(id_, clause_, word_, sentence_) \
    {RULE(id_, MUST, DOCUMENTED, REPORT), \
     .clause = clause_, \
     .requirement = sentence_, \
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/data/order/status", "value": word_}])}}, \
     .expect = {.outcomes = OUT_NOT_CONFIRMED, .tolerated = OUT_PROTOCOL_ERROR}}

    NOT_CONFIRMED("FNG-RES-3/pending", "providers: fungies 5, 9 A3; " PAGE "Example of a Successful Response", "PENDING", "An order that is PENDING in the answer is accepted, not confirmed."),
    NOT_CONFIRMED("FNG-RES-3/paid", "providers: fungies 5, 9 A3; " PAGE "Response (200)", "PAID", "An order that is PAID in the answer is accepted, not confirmed."),
    NOT_CONFIRMED("FNG-RES-3/refunded", "providers: fungies 5, 9 A3; " PAGE "Response (200)", "REFUNDED", "An order that is REFUNDED in the answer is accepted, not confirmed."),
    NOT_CONFIRMED("FNG-RES-3/expired", "providers: fungies 5, 9 A3; " PAGE "Response (200)", "EXPIRED", "An order that is EXPIRED in the answer is accepted, not confirmed."),
    NOT_CONFIRMED("FNG-RES-12/one-l", "providers: fungies 5, 9 A18; " PAGE "Response (200)", "CANCELED", "CANCELED with one L confirms nothing."),
    NOT_CONFIRMED("FNG-RES-12/small", "providers: fungies 5, 9 A18; " PAGE "Response (200)", "cancelled", "Small letters confirm nothing."),

    {RULE("FNG-RES-3/stale", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5, 9 A3; " PAGE "Example of a Successful Response",
     .requirement = "When the answer shows the state before the cancel, success is reported only after a look at the order.",
     .given = {.knobs = JSON({"stale_status_in_answer": "on"})},
     .expect = {.outcomes = OUT_NOT_CONFIRMED | OUT_DONE, .tolerated = OUT_PROTOCOL_ERROR, .state = "CANCELLED", .holds = {CLAIM_IS_BACKED}}},

    {RULE("FNG-HOOK-1", MUST, DOCUMENTED, REPORT | TIMING),
     .clause = "providers: fungies 7; page Event",
     .requirement = "An order that is not confirmed yet is not waited for by webhook: the client says what it knows, in time.",
     .given = {.deadline_ms = 800, .knobs = JSON({"stale_status_in_answer": "on"})},
     .expect = {.outcomes = OUT_NOT_CONFIRMED | OUT_DONE | OUT_PROTOCOL_ERROR}},

    {RULE("FNG-RES-4/other-id", MUST, OURS, REPORT),
     .clause = "providers: fungies 5; catalogue EM-04",
     .requirement = "Asked by id, an answer with another id is about another order.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/data/order/id", "value": "5e0d7c1b-9a34-4f26-8b71-c2d90e4f6a13"}])}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_ANY_FAILURE}},

    {RULE("FNG-RES-4/other-number", MUST, OURS, REPORT),
     .clause = "providers: fungies 5; catalogue EM-04",
     .requirement = "Asked by number, an answer with another number is about another order.",
     .given = {.arguments = JSON({"order_id": "{document.number}"}),
               .faults = {DRIFT_ALL([{"op": "set", "path": "/data/order/number", "value": "Other0rder99"}, {"op": "set", "path": "/data/order/orderNumber", "value": "Other0rder99"}])}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_ANY_FAILURE}},

    {RULE("FNG-RES-4/number-in-other-case", MUST, OURS, REPORT),
     .clause = "providers: fungies 4, 5; page Order",
     .requirement = "A number that differs in case is another number.",
     .given = {.order = TWELVE, .arguments = JSON({"order_id": "qX4mT9bLz2Rk"}),
               .faults = {DRIFT_ALL([{"op": "set", "path": "/data/order/number", "value": "Qx4MT9BlZ2rK"}, {"op": "set", "path": "/data/order/orderNumber", "value": "Qx4MT9BlZ2rK"}])}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_ANY_FAILURE}},

    {RULE("FNG-RES-4/hash-in-answer", MUST, OURS, REPORT),
     .clause = "providers: fungies 5, 9 A10",
     .requirement = "A '#' before the number in the answer does not make it another order.",
     .given = {.knobs = JSON({"emit_hash": "on"}), .arguments = JSON({"order_id": "{document.number}"})},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-4/old-name", MUST, OURS, REPORT),
     .clause = "providers: fungies 5",
     .requirement = "The number asked for may stand in orderNumber alone.",
     .given = {.arguments = JSON({"order_id": "{document.number}"}), .faults = {DRIFT([{"op": "set", "path": "/data/order/number", "value": "Other0rder99"}])}},
     .expect = {.outcomes = OUT_CANCELED}},

    /* The digits stand in a text: as numbers they would pass through the harness's own doubles. */
    {RULE("FNG-RES-5", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200); catalogue WS-14",
     .requirement = "Integers are exact up to 2^53 - 1 on both sides of zero.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json",
                                      "{\\\"status\\\":\\\"success\\\",\\\"data\\\":{\\\"order\\\":{\\\"id\\\":\\\"{document.id}\\\",\\\"number\\\":\\\"{document.number}\\\","
                                      "\\\"status\\\":\\\"CANCELLED\\\",\\\"createdAt\\\":9007199254740991,\\\"value\\\":9007199254740991,\\\"tax\\\":-9007199254740991,\\\"fee\\\":4294967297,"
                                      "\\\"totalItems\\\":9007199254740989,\\\"userId\\\":\\\"7d1f0b8e-2a6c-4f3d-8e90-6b5a4c3d2e1f\\\",\\\"orderNumber\\\":\\\"{document.number}\\\"}}}")}},
     .expect = {.outcomes = OUT_CANCELED,
                .holds = {REPORT_ONE_OF_IF_GIVEN("/order/value", "9007199254740991"), REPORT_ONE_OF_IF_GIVEN("/order/tax", "-9007199254740991"),
                          REPORT_ONE_OF_IF_GIVEN("/order/fee", "4294967297"), REPORT_ONE_OF_IF_GIVEN("/order/totalItems", "9007199254740989")}}},

    {RULE("FNG-RES-6", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "Amounts below zero are fine and keep their sign.",
     .given = {.order = JSON({"document": {"value": -2599, "tax": -478, "fee": -5}})},
     .expect = {.outcomes = OUT_CANCELED,
                .holds = {REPORT_ONE_OF_IF_GIVEN("/order/value", "-2599|-25.99"), REPORT_ONE_OF_IF_GIVEN("/order/tax", "-478|-4.78"), REPORT_ONE_OF_IF_GIVEN("/order/fee", "-5|-0.05")}}},

    {RULE("FNG-RES-7/null", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "Members that may be null are null, and the order is cancelled all the same.",
     .given = {.order = JSON({"document": {"value": null, "tax": null, "fee": null, "totalItems": null, "country": null, "currency": null, "currencyDecimals": null, "user": null}})},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-7/username", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "A user without a name is fine.",
     .given = {.order = JSON({"document": {"user": {"id": "7d1f0b8e-2a6c-4f3d-8e90-6b5a4c3d2e1f", "object": "user", "username": null}}})},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-7/absent", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200); catalogue PR-03",
     .requirement = "Members that may be absent are absent, and the order is cancelled all the same.",
     .given = {.faults = {DRIFT([{"op": "remove", "path": "/data/order/object"}, {"op": "remove", "path": "/data/order/value"}, {"op": "remove", "path": "/data/order/tax"},
                                 {"op": "remove", "path": "/data/order/fee"}, {"op": "remove", "path": "/data/order/totalItems"}, {"op": "remove", "path": "/data/order/country"},
                                 {"op": "remove", "path": "/data/order/currency"}, {"op": "remove", "path": "/data/order/currencyDecimals"}, {"op": "remove", "path": "/data/order/user"}])}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-7/absent-is-0", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "An absent amount is 0.",
     .given = {.faults = {DRIFT([{"op": "remove", "path": "/data/order/value"}])}},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_ONE_OF_IF_GIVEN("/order/value", "0|0.00")}}},

    {RULE("FNG-RES-8/null", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "A null amount stays null and does not become 0.",
     .given = {.order = JSON({"document": {"value": null}})},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_NULL_IF_GIVEN("/order/value")}}},

    {RULE("FNG-RES-8/zero", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; " PAGE "Response (200)",
     .requirement = "An amount of 0 stays 0 and does not become null.",
     .given = {.order = JSON({"document": {"value": 0}})},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_ONE_OF_IF_GIVEN("/order/value", "0|0.00")}}},

    {RULE("FNG-RES-9", SHOULD, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5, 9 A8; page Cancel Order of the reference",
     .requirement = "A null userId is fine.",
     .given = {.knobs = JSON({"null_user_id": "on"})},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-10/newer", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5, 9 A9; page Cancel Order of the reference",
     .requirement = "The members of the newer samples are no obstacle.",
     .given = {.knobs = JSON({"schema": "newer"})},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-10/every-level", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5, 9 A9; catalogue PR-02",
     .requirement = "Members that nobody knows are ignored at every level.",
     .given = {.order = JSON({"document": {"user": {"id": "7d1f0b8e-2a6c-4f3d-8e90-6b5a4c3d2e1f", "object": "user", "username": "ada"}}}),
               .faults = {DRIFT([{"op": "set", "path": "/{nonce}", "value": {"status": "error"}}, {"op": "set", "path": "/data/{nonce}", "value": [null]},
                                 {"op": "set", "path": "/data/subscription", "value": {"status": "canceled"}}, {"op": "set", "path": "/data/order/{nonce}", "value": {"order": {"status": "PENDING"}}},
                                 {"op": "set", "path": "/data/order/user/{nonce}", "value": 1e3}])}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("FNG-RES-11/status", MUST, OURS, REPORT),
     .clause = "providers: fungies 5; catalogue PR-28",
     .requirement = "A status word that nobody knows confirms nothing, and is handed on.",
     .given = {.faults = {DRIFT_ALL([{"op": "set", "path": "/data/order/status", "value": "ON_HOLD_{nonce}"}])}},
     .expect = {.outcomes = OUT_NOT_CONFIRMED, .tolerated = OUT_PROTOCOL_ERROR, .holds = {REPORT_MENTIONS_IF_GIVEN("/order", "ON_HOLD_{nonce}")}}},

    {RULE("FNG-RES-11/currency", MUST, OURS, REPORT),
     .clause = "providers: fungies 5",
     .requirement = "A currency that the page does not list is handed on.",
     .given = {.faults = {DRIFT([{"op": "set", "path": "/data/order/currency", "value": "X{nonce}"}])}},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_EXACT_IF_GIVEN("/order/currency", "X{nonce}")}}},

    {RULE("FNG-RES-13", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 5; page Order",
     .requirement = "createdAt is a time in milliseconds.",
     .given = {.order = JSON({"document": {"createdAt": 1767225600000}})},
     .expect = {.outcomes = OUT_CANCELED,
                .holds = {REPORT_ONE_OF_IF_GIVEN("/order/createdAt", "1767225600000|2026-01-01T00:00:00Z|2026-01-01T00:00:00.000Z|2026-01-01T00:00:00+00:00|2026-01-01T00:00:00.000+00:00")}}},

/* Amounts of 1234567 minor units; of a client that always takes two decimals the report says 12345.67. */
#define MONEY(case_, decimals_, accepted_, sentence_) \
    {RULE("FNG-RES-14/" case_, MUST, DOCUMENTED, REPORT), \
     .clause = "providers: fungies 5; " PAGE "Response (200)", \
     .requirement = sentence_, \
     .given = {.order = JSON({"document": {"value": 1234567, "currency": "EUR", "currencyDecimals": decimals_}})}, \
     .expect = {.outcomes = OUT_CANCELED, \
                .holds = {REPORT_ONE_OF_IF_GIVEN("/order/value", accepted_), REPORT_NEVER_MENTIONS("12345.67"), REPORT_NEVER_MENTIONS("12,345.67"), REPORT_NEVER_MENTIONS("123456700")}}}

    MONEY("three", 3, "1234567|1234.567", "With three decimals 1234567 is 1234.567."),
    MONEY("none", 0, "1234567", "Without decimals 1234567 is 1234567."),
    MONEY("unknown", null, "1234567", "Where the number of decimals is not known, two are not assumed."),
    MONEY("negative", -2, "1234567", "A negative number of decimals leaves minor units."),

    {RULE("FNG-RES-15", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 7; page Cancel Order of the reference",
     .requirement = "Nothing in the report claims that money was or will be refunded.",
     .given = {.order = JSON({"state": "PAID"})},
     .expect = {.outcomes = OUT_CANCELED, .holds = {NO_REFUND_CLAIMED}}},

/* A success in which one required member is not what the page says. */
#define UNFIT(case_, sentence_, fault_) \
    {RULE("FNG-RES-16/" case_, MUST, DOCUMENTED, REPORT), \
     .clause = "providers: fungies 5; " PAGE "Response (200); catalogue PR-04, PR-06", \
     .requirement = sentence_, \
     .given = {.faults = {fault_}}, \
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_ANY_FAILURE}}

    UNFIT("no-id", "An order without id is a failure.", DRIFT_ALL([{"op": "remove", "path": "/data/order/id"}])),
    UNFIT("no-number", "An order without number is a failure.", DRIFT_ALL([{"op": "remove", "path": "/data/order/number"}])),
    UNFIT("no-status", "An order without status is a failure.", DRIFT_ALL([{"op": "remove", "path": "/data/order/status"}])),
    UNFIT("no-created-at", "An order without createdAt is a failure.", DRIFT_ALL([{"op": "remove", "path": "/data/order/createdAt"}])),
    UNFIT("number-as-integer", "A number that is no string is a failure.", DRIFT_ALL([{"op": "set", "path": "/data/order/number", "value": 4207}])),
    UNFIT("null-status", "A null status is a failure.", DRIFT_ALL([{"op": "set", "path": "/data/order/status", "value": null}])),
    UNFIT("created-at-text", "A createdAt that is text is a failure.", DRIFT_ALL([{"op": "set", "path": "/data/order/createdAt", "value": "2026-01-01T00:00:00Z"}])),
    UNFIT("created-at-fraction", "A createdAt with a fraction is a failure.", DRIFT_ALL([{"op": "set", "path": "/data/order/createdAt", "value": 1767225600000.5}])),

    /* ── The form of answers ─────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("RS-08", MUST, OURS, REPORT),
     .clause = "catalogue RS-08; RFC 9112 section 8",
     .requirement = "A body that ends before its Content-Length is not success, though what came reads like it.",
     .given = {.order = TWELVE, .faults = {RAW_ALL("HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: 500\\r\\n\\r\\n" DONE_BODY)}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-09", MUST, OURS, REPORT),
     .clause = "catalogue RS-09; RFC 9112 section 8",
     .requirement = "A chunked body without its last chunk is not success.",
     .given = {.order = TWELVE, .faults = {RAW_ALL("HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nf8\\r\\n" DONE_BODY "\\r\\n")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("PR-23", MUST, OURS, REPORT),
     .clause = "catalogue PR-23; RFC 9112 section 7.1",
     .requirement = "Chunk extensions, zeros before a size and trailer fields are fine.",
     .given = {.order = TWELVE, .faults = {RAW("HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\nConnection: close\\r\\n\\r\\n00F8;a=b\\r\\n" DONE_BODY "\\r\\n0\\r\\nX-Trailer: 1\\r\\n\\r\\n")}},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("PR-27", MUST, OURS, REPORT),
     .clause = "catalogue PR-22, PR-26, PR-27; RFC 9112 sections 4, 6.3",
     .requirement = "No reason phrase, odd letters in header names and a body that the end of the connection ends are fine.",
     .given = {.order = TWELVE, .faults = {RAW("HTTP/1.1 200 \\r\\ncONTENT-tYPE:application/json  \\r\\nConnection: close\\r\\n\\r\\n" DONE_BODY)}},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("EM-23", MUST, OURS, REPORT),
     .clause = "catalogue EM-23; RFC 9110 section 15.2",
     .requirement = "Interim answers are passed over; the final one counts.",
     .given = {.order = TWELVE, .faults = {RAW("HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: 248\\r\\nConnection: close\\r\\n\\r\\n" DONE_BODY)}},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("PR-01", MUST, OURS, REPORT),
     .clause = "catalogue PR-01; RFC 8259 sections 2, 4",
     .requirement = "Another order of members and odd white space change nothing.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", " \\n{\\\"data\\\" :\\t{ \\\"order\\\": " DONE_ORDER " },\\r\\n \\\"status\\\":\\\"success\\\"}\\n ")}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("PR-08", SHOULD, OURS, REPORT),
     .clause = "catalogue PR-08; RFC 8259 section 2",
     .requirement = "Bytes after the object make the answer unreadable.",
     .given = {.faults = {ANSWER_ALL_TEXT(200, "application/json", DONE_BODY "{nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("PR-14", SHOULD, OURS, REPORT),
     .clause = "catalogue PR-14; RFC 8259 section 4",
     .requirement = "An answer that says both error and success is not success.",
     .given = {.faults = {ANSWER_ALL_TEXT(200, "application/json", "{\\\"status\\\":\\\"error\\\",\\\"status\\\":\\\"success\\\",\\\"data\\\":{\\\"order\\\":" DONE_ORDER "}}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("PR-18", SHOULD, OURS, REPORT),
     .clause = "catalogue PR-18; RFC 9110 section 8.3.1",
     .requirement = "A media type in large letters with a quoted charset is JSON all the same.",
     .given = {.faults = {ANSWER_TEXT(200, "Application/JSON; charset=\\\"UTF-8\\\"", DONE_BODY)}},
     .expect = {.outcomes = OUT_CANCELED}},

    /* ── Errors, section 6 ───────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("FNG-ERR-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6; " PAGE "Response (400)",
     .requirement = "400 means: refused by the provider; its message is handed on unchanged.",
     .given = {.faults = {ANSWER(400, {"status": "error", "error": {"message": "  {nonce}: \"why\" \\ \t; a/b: Invalid "}})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID, .report = JSON({"message": "  {nonce}: \"why\" \\ \t; a/b: Invalid "}),
                .if_reported = JSON({"http_status": 400})}},

    {RULE("FNG-ERR-1/expired", MUST, OURS, REPORT),
     .clause = "providers: fungies 6, 7",
     .requirement = "An expired order is refused, and the client says so.",
     .given = {.order = JSON({"state": "EXPIRED"})},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID, .state = "EXPIRED"}},

    {RULE("FNG-ERR-1/409", MUST, OURS, REPORT),
     .clause = "providers: fungies 6",
     .requirement = "A refusal may come as 409.",
     .given = {.order = JSON({"state": "REFUNDED"}), .knobs = JSON({"not_cancellable": "409"})},
     .expect = {.outcomes = OUT_REJECTED | OUT_CONFLICT, .tolerated = OUT_INVALID, .state = "REFUNDED"}},

    {RULE("FNG-ERR-1/422", MUST, OURS, REPORT),
     .clause = "providers: fungies 6",
     .requirement = "A refusal may come as 422.",
     .given = {.order = JSON({"state": "FAILED"}), .knobs = JSON({"not_cancellable": "422"})},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID, .tolerated = OUT_CONFLICT, .state = "FAILED"}},

    {RULE("FNG-ERR-2/401", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 2, 6; " KEYS_PAGE,
     .requirement = "401 means: not authorised.",
     .given = {.credentials = JSON({"secret_key": "sec_Zq81LmT4vR6xWc0D"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .state = "PENDING", .if_reported = JSON({"http_status": 401})}},

    {RULE("FNG-ERR-2/403", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 2, 6; " KEYS_PAGE,
     .requirement = "403 means: no write access.",
     .given = {.faults = {ANSWER(403, {"status": "error", "error": {"message": "{nonce}"}})}},
     .expect = {.outcomes = OUT_FORBIDDEN, .if_reported = JSON({"http_status": 403, "message": "{nonce}"})}},

    {RULE("FNG-ERR-2/no-body", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "A 401 is known by its status, for its body is not documented.",
     .given = {.faults = {ANSWER_TEXT(401, "text/html", "<html>{nonce}</html>")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED}},

    {RULE("FNG-ERR-3", MUST, OURS, REPORT),
     .clause = "providers: fungies 6, 9 A16",
     .requirement = "404 means: order not found.",
     .given = {.order_id = UNKNOWN_ORDER},
     .expect = {.outcomes = OUT_NOT_FOUND, .if_reported = JSON({"http_status": 404})}},

    {RULE("FNG-ERR-3/second-cancel", MUST, OURS, REPORT),
     .clause = "providers: fungies 6, 9 A14",
     .requirement = "A 404 alone is not read as \"cancelled before\", not even after an own cancel.",
     .given = {.runs = RUN_TWICE, .again = {.fault = ANSWER_ALL(404, {"status": "error", "error": {"message": "Order not found"}})}},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_NOT_FOUND}},

    {RULE("FNG-ERR-4", MUST, OURS, REPORT),
     .clause = "providers: fungies 6; catalogue EM-14",
     .requirement = "429 means: too many requests.",
     .given = {.faults = {ANSWER(429, {"status": "error", "error": {"message": "{nonce}"}})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .if_reported = JSON({"http_status": 429})}},

    {RULE("FNG-ERR-4/seconds", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 6; catalogue IR-11; RFC 9110 section 10.2.3",
     .requirement = "Retry-After in seconds is heeded: no repeat before, and the wait is reported as it is.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "headers": [["Retry-After", "7"]], "json": {"status": "error", "error": {"message": "{nonce}"}}})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = EXACTLY(1), .if_reported = JSON({"retry_after_ms": 7000})}},

    {RULE("FNG-ERR-4/date", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 6; catalogue IR-10, IR-11; RFC 9110 section 10.2.3",
     .requirement = "Retry-After as a date is heeded: no repeat before it, and no sleep until it.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "headers": [["Date", "Thu, 31 Dec 2099 23:59:00 GMT"], ["Retry-After", "Thu, 31 Dec 2099 23:59:30 GMT"]],
                                               "json": {"status": "error", "error": {"message": "{nonce}"}}})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = EXACTLY(1)}},

    {RULE("FNG-ERR-4/one-second", MUST, OURS, WIRE | TIMING),
     .clause = "providers: fungies 6; catalogue IR-09",
     .requirement = "Who waits for a Retry-After of one second waits that long.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "when": {"first": 1}, "headers": [["Retry-After", "1"]],
                                               "json": {"status": "error", "error": {"message": "{nonce}"}}})}},
     .expect = {.outcomes = OUT_RATE_LIMITED | OUT_DONE, .cancels = BETWEEN(1, 2), .holds = {CANCELS_APART("950"), CLAIM_IS_BACKED}}},

    {RULE("FNG-ERR-4/nonsense", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 6; catalogue IR-12",
     .requirement = "A Retry-After that is no number and no date is ignored, without a loop.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "status": 429, "headers": [["Retry-After", "-5 soon"]], "json": {"status": "error", "error": {"message": "{nonce}"}}})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = BETWEEN(1, 3)}},

    {RULE("FNG-ERR-5/500", MUST, OURS, REPORT),
     .clause = "providers: fungies 6; catalogue EM-15",
     .requirement = "After a 500 with JSON the outcome is unknown.",
     .given = {.faults = {ANSWER_ALL(500, {"status": "error", "error": {"message": "Internal Server Error {nonce}"}})}},
     .expect = {.outcomes = OUT_UNCLEAR, .if_reported = JSON({"http_status": 500})}},

    {RULE("FNG-ERR-5/500-text", MUST, OURS, REPORT),
     .clause = "providers: fungies 1, 6",
     .requirement = "After a 500 in plain text the outcome is unknown.",
     .given = {.faults = {ANSWER_ALL_TEXT(500, "text/plain", "An error occurred {nonce}")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("FNG-ERR-5/502-html", MUST, OURS, REPORT),
     .clause = "providers: fungies 6; catalogue EM-15",
     .requirement = "After a 502 with a page of HTML the outcome is unknown.",
     .given = {.faults = {ANSWER_ALL_TEXT(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("FNG-ERR-5/504-empty", MUST, OURS, REPORT),
     .clause = "providers: fungies 6; catalogue EM-15",
     .requirement = "After a 504 without a body the outcome is unknown.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 504, "body": ""})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("FNG-ERR-5/cut-off", MUST, OURS, REPORT),
     .clause = "providers: fungies 6; catalogue RS-08",
     .requirement = "After an answer that was cut off the outcome is unknown, though the order may be cancelled.",
     .given = {.faults = {JSON({"fault": "TRUNCATED_BODY", "phase": "after_commit", "match": {}, "bytes": 60})}},
     .expect = {.outcomes = OUT_UNCLEAR, .state = "CANCELLED"}},

    {RULE("FNG-ERR-6/text", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6",
     .requirement = "An \"error\" that is a bare string is the message.",
     .given = {.faults = {ANSWER(400, {"status": "error", "error": "{nonce}"})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID, .holds = {REPORT_MENTIONS("{nonce}")}}},

    {RULE("FNG-ERR-6/top-level", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6",
     .requirement = "A \"message\" at the top is the message where there is no \"error\".",
     .given = {.faults = {ANSWER(400, {"message": "{nonce}"})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID, .holds = {REPORT_MENTIONS("{nonce}")}}},

    {RULE("FNG-ERR-6/null", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6",
     .requirement = "A null \"error\" is read by the status.",
     .given = {.faults = {ANSWER(400, {"status": "error", "error": null})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID}},

    {RULE("FNG-ERR-6/absent", MUST, DOCUMENTED, REPORT),
     .clause = "providers: fungies 6",
     .requirement = "An answer without \"error\" is read by the status.",
     .given = {.faults = {ANSWER(404, {})}},
     .expect = {.outcomes = OUT_NOT_FOUND}},

/* A message that speaks of something else than the status. */
#define WHATEVER_IT_SAYS(status_, case_, text_, outcomes_, tolerated_) \
    {RULE("FNG-ERR-7/" case_, MUST, DOCUMENTED, REPORT), \
     .clause = "providers: fungies 6", \
     .requirement = "The message of a " #status_ " does not decide what it means.", \
     .given = {.faults = {ANSWER(status_, {"status": "error", "error": {"message": text_}})}}, \
     .expect = {.outcomes = outcomes_, .tolerated = tolerated_}}

    WHATEVER_IT_SAYS(400, "400-not-found", "Order not found", OUT_REJECTED, OUT_INVALID),
    WHATEVER_IT_SAYS(400, "400-cancelled", "Order is already CANCELLED", OUT_REJECTED, OUT_INVALID),
    WHATEVER_IT_SAYS(400, "400-key", "Invalid secret key", OUT_REJECTED, OUT_INVALID),
    WHATEVER_IT_SAYS(404, "404-cancelled", "Order can not be cancelled: already CANCELLED", OUT_NOT_FOUND, 0),

    {RULE("FNG-ERR-8/500", MUST, OURS, REPORT),
     .clause = "providers: fungies 10; catalogue EM-21",
     .requirement = "A 500 is a failure, though its body says success.",
     .given = {.faults = {STATUS_ALL(500)}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("FNG-ERR-8/400", MUST, OURS, REPORT),
     .clause = "providers: fungies 10; catalogue EM-21",
     .requirement = "A 400 is a failure, though its body says success.",
     .given = {.faults = {STATUS_ALL(400)}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("HC-03", MUST, OURS, REPORT),
     .clause = "catalogue HC-03",
     .requirement = "What the server drew a moment ago is in the report: the client reads its answers.",
     .given = {.faults = {ANSWER(400, {"status": "error", "error": {"message": "{nonce}"}})}},
     .expect = {.report = JSON({"message": "{nonce}"})}},
};

const struct check_group fungies_answers_rows = CHECK_GROUP(rows);

/* clang-format on */
