/* Rows about what is made of answers: success, refusals, and what is neither. */
#include "cases/dukkango/dukkango.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Success, section 5 ──────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("DUK-RES-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 5; " PAGE "Success Response",
     .requirement = "Status 200 with \"status\": true is success.",
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELED", .if_reported = JSON({"http_status": 200, "attempts": 1})}},

    {RULE("DUK-RES-1/in-delivery", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 7; " PAGE "Status Transition",
     .requirement = "An order on its way can still be cancelled.",
     .given = {.order = JSON({"state": "IN_DELIVERY"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELED"}},

    {RULE("DUK-RES-1/not-200", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 5; " PAGE "Success Response",
     .requirement = "A status other than 200 is not success, whatever the body says.",
     .given = {.faults = {ANSWER(500, {"status": true, "data": "OK"})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("DUK-RES-2/status-false", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5, 9 A12",
     .requirement = "200 with \"status\": false is a failure.",
     .given = {.faults = {ANSWER(200, {"status": false, "error": "eksik alan", "message": "{nonce}"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .report = JSON({"message": "{nonce}"})}},

    {RULE("DUK-RES-2/no-status", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5, 9 A12",
     .requirement = "200 without \"status\" is a failure.",
     .given = {.faults = {ANSWER(200, {"data": "OK"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("DUK-RES-2/duplicate", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5; catalogue PR-14",
     .requirement = "An answer that says both true and false is not success.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", "{\\\"status\\\":false,\\\"status\\\":true,\\\"data\\\":\\\"OK\\\"}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("DUK-RES-2/trailing", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5; catalogue PR-08",
     .requirement = "Bytes after the object make the answer unreadable.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", "{\\\"status\\\":true,\\\"data\\\":\\\"OK\\\"}{nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("DUK-RES-3", SHOULD, OURS, REPORT),
     .clause = "providers: dukkango 5",
     .requirement = "Any \"data\" is fine when \"status\" is true.",
     .given = {.faults = {ANSWER(200, {"status": true, "data": "{nonce}"})}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("DUK-RES-4", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5; catalogue PR-01, PR-02",
     .requirement = "Unknown members and another order of members change nothing.",
     .given = {.faults = {ANSWER(200, {"{nonce}": {"status": false}, "data": "OK", "status": true, "error": null})}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("DUK-RES-5/string", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 5; " PAGE "Response",
     .requirement = "The string \"true\" is not success.",
     .given = {.faults = {ANSWER(200, {"status": "true", "data": "OK"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("DUK-RES-5/number", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 5; " PAGE "Response",
     .requirement = "The number 1 is not success.",
     .given = {.faults = {ANSWER(200, {"status": 1, "data": "OK"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("DUK-RES-6", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 5, 9 A9; " PAGE "Success Response",
     .requirement = "The report claims no refund, and no order status, for the answer has neither.",
     .given = {.order = JSON({"document": {"payment_method": "Kredi Kartı"}})},
     .expect = {.outcomes = OUT_CANCELED,
                .holds = {REPORT_CLAIMS_NO("refund"), REPORT_LACKS("/order/status"), REPORT_LACKS("/order/status_id"), REPORT_LACKS("/order/state")}}},

    {RULE("DUK-RES-7/html-type", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5; catalogue PR-19",
     .requirement = "Status and body decide, not Content-Type alone.",
     .given = {.faults = {ANSWER_TEXT(200, "text/html; charset=iso-8859-9", "{\\\"status\\\":true,\\\"data\\\":\\\"OK\\\"}")}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("DUK-RES-7/no-type", MUST, OURS, REPORT),
     .clause = "providers: dukkango 5; catalogue PR-18",
     .requirement = "An answer without Content-Type is read all the same.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "status": 200, "body": "{\"status\":true,\"data\":\"OK\"}"})}},
     .expect = {.outcomes = OUT_CANCELED}},

    /* ── Errors, section 6 ───────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("DUK-ERR-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6; " PAGE "Error Responses",
     .requirement = "401 means: not authorised.",
     .given = {.credentials = JSON({"access_token": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = EXACTLY(1), .if_reported = JSON({"http_status": 401})}},

    {RULE("DUK-ERR-2", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6; " PAGE "Error Responses",
     .requirement = "404 means: order not found.",
     .given = {.order_id = UNKNOWN_KEY},
     .expect = {.outcomes = OUT_NOT_FOUND, .cancels = EXACTLY(1), .if_reported = JSON({"http_status": 404})}},

    {RULE("DUK-ERR-2/second-cancel", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6, 9 A6; " PAGE "Error Responses",
     .requirement = "A 404 is not read as \"cancelled before\", not even after an own cancel.",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_NOT_FOUND, .state = "CANCELED"}},

    {RULE("DUK-ERR-3/422", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6; " PAGE "Error Responses",
     .requirement = "422 means: invalid request; its message is handed on.",
     .given = {.faults = {ANSWER(422, {"status": false, "error": "eksik alan", "message": "{nonce}"})}},
     .expect = {.outcomes = OUT_INVALID, .cancels = EXACTLY(1), .report = JSON({"message": "{nonce}"}),
                .holds = {REPORT_NOT_TRUE("/local")}}},

    {RULE("DUK-ERR-3/400", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6, 9 A3; page Overview",
     .requirement = "400 means the same as 422.",
     .given = {.faults = {ANSWER(400, {"status": false, "error": "eksik alan", "message": "{nonce}"})}},
     .expect = {.outcomes = OUT_INVALID, .cancels = EXACTLY(1), .report = JSON({"message": "{nonce}"})}},

    {RULE("DUK-ERR-4/missing", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6, 9 A4; " PAGE "Error Responses",
     .requirement = "\"Missing\" is told from \"invalid\" by the message, for both share one error code.",
     .given = {.faults = {ANSWER(422, {"status": false, "error": "eksik alan", "message": "reason_id is required"})}},
     .expect = {.outcomes = OUT_INVALID, .report = JSON({"message": "reason_id is required"})}},

    {RULE("DUK-ERR-4/invalid", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6, 9 A4; " PAGE "Error Responses",
     .requirement = "\"Invalid\" is told from \"missing\" by the message, for both share one error code.",
     .given = {.faults = {ANSWER(422, {"status": false, "error": "eksik alan", "message": "Invalid reason_id"})}},
     .expect = {.outcomes = OUT_INVALID, .report = JSON({"message": "Invalid reason_id"})}},

    {RULE("DUK-ERR-5", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6, 9 A5; page Overview",
     .requirement = "403 means: a bad id, or an order of somebody else.",
     .given = {.faults = {ANSWER(403, {"status": false, "error": "URL hatalı"})}},
     .expect = {.outcomes = OUT_FORBIDDEN, .tolerated = OUT_INVALID, .cancels = EXACTLY(1)}},

    {RULE("DUK-ERR-6", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6; page Rate Limiting",
     .requirement = "429 means: too many requests, on this route too.",
     .given = {.quiet_ms = 50,
               .faults = {ANSWER(429, {"status": false, "error": "çok fazla istek", "message": "Çok fazla istek. Lütfen 30 saniye bekleyin."})}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = EXACTLY(1)}},

    {RULE("DUK-ERR-7/500", MUST, OURS, REPORT),
     .clause = "providers: dukkango 6",
     .requirement = "After a 500 with JSON the outcome is unknown.",
     .given = {.faults = {ANSWER(500, {"status": false, "error": "{nonce}"})}},
     .expect = {.outcomes = OUT_UNCLEAR, .if_reported = JSON({"http_status": 500})}},

    {RULE("DUK-ERR-7/502-html", MUST, OURS, REPORT),
     .clause = "providers: dukkango 6",
     .requirement = "After a 502 with a page of HTML the outcome is unknown.",
     .given = {.faults = {ANSWER_TEXT(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")}},
     .expect = {.outcomes = OUT_UNCLEAR, .if_reported = JSON({"http_status": 502})}},

    {RULE("DUK-ERR-7/cut-off", MUST, OURS, REPORT),
     .clause = "providers: dukkango 6; catalogue RS-08",
     .requirement = "After an answer that was cut off the outcome is unknown, though the order may be cancelled.",
     .given = {.faults = {CUT_AFTER(10)}},
     .expect = {.outcomes = OUT_UNCLEAR, .state = "CANCELED"}},

    {RULE("DUK-ERR-8/no-message", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6; " PAGE "Error Responses",
     .requirement = "An error without a message is read by its status.",
     .given = {.faults = {ANSWER(422, {"status": false, "error": "eksik alan"})}},
     .expect = {.outcomes = OUT_INVALID}},

    {RULE("DUK-ERR-8/no-error", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 6; " PAGE "Error Responses",
     .requirement = "An error without an error code is read by its status.",
     .given = {.faults = {ANSWER(404, {"status": false})}},
     .expect = {.outcomes = OUT_NOT_FOUND}},

    {RULE("DUK-ERR-9", MUST, OURS, REPORT),
     .clause = "providers: dukkango 6; catalogue EM-19, HC-03",
     .requirement = "Status, error code and message reach the caller unchanged.",
     .given = {.faults = {ANSWER(404, {"status": false, "error": "kod {nonce}", "message": "  {nonce}: \"neden\" \\ \t "})}},
     .expect = {.outcomes = OUT_NOT_FOUND,
                .report = JSON({"http_status": 404, "provider_code": "kod {nonce}", "message": "  {nonce}: \"neden\" \\ \t "})}},

    {RULE("HC-03", MUST, OURS, REPORT),
     .clause = "catalogue HC-03",
     .requirement = "What the server drew a moment ago is in the report: the client reads its answers.",
     .given = {.faults = {ANSWER(422, {"status": false, "error": "eksik alan", "message": "{nonce}"})}},
     .expect = {.report = JSON({"message": "{nonce}"})}},
};

const struct check_group dukkango_answers_rows = CHECK_GROUP(rows);

/* clang-format on */
