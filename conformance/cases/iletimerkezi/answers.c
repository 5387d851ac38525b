/* Rows about what is made of answers: success, refusals, and what is neither. */
#include "cases/iletimerkezi/iletimerkezi.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── The answer, sections 5 and 6 ────────────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-RESP-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "Status 200 with code 200 is success.",
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled", .if_reported = JSON({"http_status": 200})}},

    {RULE("ILM-RESP-1/200-455", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 9.1",
     .requirement = "Status 200 with code 455 is no success.",
     .given = {.knobs = JSON({"http_status_mode": "always_200"}), .order_id = UNKNOWN_ID},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ILM-RESP-1/455-200", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "Status 455 with code 200 is no success.",
     .given = {.faults = {SAYS(455, 200, "{nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ILM-RESP-1/500-200", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "Status 500 with code 200 is no success.",
     .given = {.faults = {SAYS(500, 200, "{nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ILM-RESP-1/no-code", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "Status 200 without a code is no success.",
     .given = {.faults = {ANSWER(200, {"response": {"status": {"message": "İşlem başarılı"}}})}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ILM-RESP-1/true-code", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "Status 200 with a code that is true is no success.",
     .given = {.faults = {SAYS(200, true, "İşlem başarılı")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ILM-RESP-2", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5, 9.2",
     .requirement = "The code 200 may be a string.",
     .given = {.knobs = JSON({"code_type": "string"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled"}},

    {RULE("ILM-RESP-2/455", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5, 9.2",
     .requirement = "The code 455 may be a string.",
     .given = {.faults = {SAYS(455, "455", "{nonce}")}},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .tolerated = OUT_REJECTED, .holds = {REPORT_EXACT_IF_GIVEN("/provider_code", "455")}}},

    {RULE("ILM-RESP-3", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "An answer without \"order\" is complete.",
     .given = {.faults = {SAYS_AFTER(200, 200, "{nonce}")}},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .if_reported = JSON({"message": "{nonce}"})}},

    {RULE("ILM-RESP-4", MUST, OURS, REPORT),
     .clause = "providers: iletimerkezi 5; catalogue PR-02",
     .requirement = "Unknown members change nothing, at whatever level.",
     .given = {.faults = {DRIFT([{"op": "set", "path": "/{nonce}", "value": {"code": 455}}, {"op": "set", "path": "/code", "value": 455}, {"op": "set", "path": "/response/code", "value": 401}, {"op": "set", "path": "/response/status/{nonce}", "value": [455]}, {"op": "set", "path": "/response/order", "value": null}])}},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled"}},

    {RULE("ILM-RESP-4/layout", MUST, OURS, REPORT),
     .clause = "providers: iletimerkezi 5; catalogue PR-01",
     .requirement = "White space and another order of members change nothing.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "status": 200, "headers": [["Content-Type", "application/json; charset=utf-8"]], "body": " {\r\n\t\"response\" :\n { \"status\": { \"message\" : \"{nonce}\" , \"code\"\t: 200 } } }\n"})}},
     .expect = {.outcomes = OUT_CANCELED, .if_reported = JSON({"message": "{nonce}"})}},

    {RULE("ILM-RESP-5/html-503", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 6.2",
     .requirement = "After a 503 with a page of HTML the outcome is unknown.",
     .given = {.faults = {ANSWER_TEXT(503, "text/html", "<html><h1>503 {nonce}</h1></html>")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ILM-RESP-5/no-status", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 6.2",
     .requirement = "A response without \"status\" leaves the outcome unknown.",
     .given = {.faults = {ANSWER(200, {"response": {"{nonce}": 200}})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ILM-RESP-5/no-response", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 6.2",
     .requirement = "A status outside of \"response\" leaves the outcome unknown.",
     .given = {.faults = {ANSWER(200, {"status": {"code": 200, "message": "İşlem başarılı"}})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ILM-RESP-5/array", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 6.2",
     .requirement = "A status that is an array leaves the outcome unknown.",
     .given = {.faults = {ANSWER(200, {"response": {"status": [{"code": 200}]}})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ILM-RESP-5/trailing", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 6.2",
     .requirement = "Bytes after the object make the answer unreadable.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", "{\\\"response\\\":{\\\"status\\\":{\\\"code\\\":200,\\\"message\\\":\\\"\\\"}}}{nonce}")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ILM-RESP-5/duplicate", MUST, OURS, REPORT),
     .clause = "providers: iletimerkezi 5; catalogue PR-14",
     .requirement = "An answer with two codes that disagree is no success.",
     .given = {.faults = {ANSWER_TEXT(200, "application/json", "{\\\"response\\\":{\\\"status\\\":{\\\"code\\\":455,\\\"code\\\":200,\\\"message\\\":\\\"{nonce}\\\"}}}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("ILM-RESP-6", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 9.1",
     .requirement = "Where the status says 400 and the code 455, the code decides, and both are reported.",
     .given = {.knobs = JSON({"http_status_mode": "generic_400"}), .order_id = UNKNOWN_ID},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .holds = {REPORT_EXACT_IF_GIVEN("/http_status", "400"), REPORT_EXACT_IF_GIVEN("/provider_code", "455")}}},

    {RULE("ILM-RESP-6/200-401", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 9.1",
     .requirement = "Where the status says 200 and the code 401, the code decides.",
     .given = {.faults = {SAYS(200, 401, "{nonce}")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .holds = {REPORT_EXACT_IF_GIVEN("/http_status", "200"), REPORT_EXACT_IF_GIVEN("/provider_code", "401")}}},

    {RULE("ILM-HTTP-5", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "A status that no register knows is an answer like any other: its body is read, its code reported.",
     .given = {.faults = {SAYS(455, 455, "{nonce}")}},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .tolerated = OUT_REJECTED, .report = JSON({"message": "{nonce}"}), .holds = {REPORT_EXACT_IF_GIVEN("/http_status", "455"), REPORT_EXACT_IF_GIVEN("/provider_code", "455")}}},

    {RULE("ILM-HTTP-6/utf-8", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1, 9.5",
     .requirement = "The reason phrase of a success may be Turkish, in UTF-8.",
     .given = {.faults = {RAW("after_commit", "HTTP/1.1 200 İşlem başarılı\r\nContent-Type: application/json\r\nContent-Length: 68\r\nConnection: close\r\n\r\n{\"response\":{\"status\":{\"code\":200,\"message\":\"İşlem başarılı\"}}}")}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("ILM-HTTP-6/utf-8-455", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1, 9.5",
     .requirement = "The reason phrase of a 455 may be Turkish, in UTF-8.",
     .given = {.faults = {RAW("before_commit", "HTTP/1.1 455 Sipariş bulunamadı\r\nContent-Type: application/json\r\nContent-Length: 69\r\nConnection: close\r\n\r\n{\"response\":{\"status\":{\"code\":455,\"message\":\"Sipariş bulunamadı\"}}}")}},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .tolerated = OUT_REJECTED}},

    {RULE("ILM-HTTP-6/empty", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 9.5; RFC 9112 section 4",
     .requirement = "The reason phrase may be empty.",
     .given = {.faults = {RAW("after_commit", "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 68\r\nConnection: close\r\n\r\n{\"response\":{\"status\":{\"code\":200,\"message\":\"İşlem başarılı\"}}}")}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("ILM-HTTP-7", SHOULD, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1, 9.20",
     .requirement = "A session cookie that nobody asked for changes nothing.",
     .given = {.knobs = JSON({"send_cookie": "on"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled"}},

    {RULE("ILM-HTTP-7/headers", SHOULD, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1",
     .requirement = "Headers that the client does not know change nothing.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "status": 200, "headers": [["Server", "nginx"], ["Content-Type", "application/json"], ["Set-Cookie", "emsid={nonce}; path=/"], ["Expires", "Thu, 19 Nov 1981 08:52:00 GMT"], ["Cache-Control", "no-store, no-cache, must-revalidate, post-check=0, pre-check=0"], ["Pragma", "no-cache"], ["X-{nonce}", "1"]], "body": "{\"response\":{\"status\":{\"code\":200,\"message\":\"İşlem başarılı\"}}}"})}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("PR-19", SHOULD, OURS, REPORT),
     .clause = "providers: iletimerkezi 5; catalogue PR-19",
     .requirement = "JSON that is called text/html is JSON all the same.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "status": 200, "headers": [["Content-Type", "text/html"]], "body": "{\"response\":{\"status\":{\"code\":200,\"message\":\"İşlem başarılı\"}}}"})}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("ILM-ERR-1/455", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.2; page error-codes",
     .requirement = "The number decides: 455 with the text of a success is no success.",
     .given = {.faults = {SAYS(455, 455, "İşlem başarılı {nonce}")}},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .tolerated = OUT_REJECTED}},

    {RULE("ILM-ERR-1/200", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.2; page error-codes",
     .requirement = "The number decides: 200 with the text of a failure is success.",
     .given = {.faults = {SAYS_AFTER(200, 200, "Sipariş bulunamadı {nonce}")}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("ILM-ERR-1/401", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.2, 9.4; page error-codes",
     .requirement = "The number decides: a 401 with another text is a 401.",
     .given = {.faults = {SAYS(401, 401, "API erişim izniniz yok {nonce}")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED}},

    {RULE("ILM-ERR-1/english", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 9.3",
     .requirement = "A success whose text is English is success.",
     .given = {.knobs = JSON({"message_lang": "en_mirror"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled"}},

    {RULE("ILM-ERR-2/400", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1",
     .requirement = "400 means: the request could not be read.",
     .given = {.faults = {SAYS(400, 400, "{nonce}")}},
     .expect = {.outcomes = OUT_INVALID, .if_reported = JSON({"http_status": 400}), .holds = {REPORT_NOT_TRUE("/local"), REPORT_EXACT_IF_GIVEN("/provider_code", "400")}}},

    {RULE("ILM-ERR-2/401", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "401 means: not authorised.",
     .given = {.faults = {SAYS(401, 401, "{nonce}")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .if_reported = JSON({"http_status": 401}), .holds = {REPORT_EXACT_IF_GIVEN("/provider_code", "401")}}},

    {RULE("ILM-ERR-2/404", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1",
     .requirement = "404 means: no such call; it is neither a 400 nor a 455.",
     .given = {.faults = {SAYS(404, 404, "{nonce}")}},
     .expect = {.outcomes = OUT_NOT_FOUND | OUT_PROTOCOL_ERROR | OUT_UNKNOWN, .tolerated = OUT_SERVER_ERROR | OUT_INVALID, .if_reported = JSON({"http_status": 404}), .holds = {REPORT_EXACT_IF_GIVEN("/provider_code", "404")}}},

    {RULE("ILM-ERR-2/455", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "455 is a class of its own.",
     .given = {.order_id = UNKNOWN_ID},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .if_reported = JSON({"http_status": 455}), .holds = {REPORT_EXACT_IF_GIVEN("/provider_code", "455")}}},

    {RULE("ILM-ERR-2/503", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1",
     .requirement = "503 means: out of service for a while; nothing is known of the order.",
     .given = {.faults = {SAYS(503, 503, "{nonce}")}},
     .expect = {.outcomes = OUT_UNCLEAR, .if_reported = JSON({"http_status": 503}), .holds = {REPORT_EXACT_IF_GIVEN("/provider_code", "503")}}},

    {RULE("ILM-ERR-3/400", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "The call is not repeated after a 400.",
     .given = {.quiet_ms = 50, .faults = {SAYS(400, 400, "İstek çözümlenemedi")}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ILM-ERR-3/401", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "The call is not repeated after a 401.",
     .given = {.quiet_ms = 50, .faults = {SAYS(401, 401, "Üyelik bilgileri hatalı")}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ILM-ERR-3/404", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "The call is not repeated after a 404.",
     .given = {.quiet_ms = 50, .faults = {SAYS(404, 404, "API istek yapılan yönteme sahip değil")}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ILM-ERR-3/455", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "The call is not repeated after a 455.",
     .given = {.quiet_ms = 50, .faults = {SAYS(455, 455, "Sipariş bulunamadı")}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ILM-ERR-4", MUST, OURS, REPORT),
     .clause = "providers: iletimerkezi 6.2; catalogue EM-16",
     .requirement = "A code that is in no table is a failure, reported with its number.",
     .given = {.faults = {SAYS(499, 499, "{nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .cancels = AT_LEAST(1), .holds = {REPORT_MENTIONS("499")}}},

    {RULE("EM-14", SHOULD, OURS, REPORT),
     .clause = "providers: iletimerkezi 9.17; catalogue EM-14",
     .requirement = "429 means: too many requests; the call is not repeated at once.",
     .given = {.quiet_ms = 50, .faults = {SAYS(429, 429, "{nonce}")}},
     .expect = {.outcomes = OUT_RATE_LIMITED, .cancels = EXACTLY(1)}},

    {RULE("HC-03", MUST, OURS, REPORT),
     .clause = "catalogue HC-03",
     .requirement = "What the server drew a moment ago is in the report: the client reads its answers.",
     .given = {.faults = {SAYS(400, 400, "{nonce}")}},
     .expect = {.report = JSON({"message": "{nonce}"})}},

    {RULE("ILM-REP-1", MUST, OURS, REPORT),
     .clause = "providers: iletimerkezi 10",
     .requirement = "The report has the HTTP status, the code and the message.",
     .given = {.faults = {SAYS(400, 455, "{nonce}")}},
     .expect = {.holds = {REPORT_HAS("/outcome"), REPORT_EXACT("/http_status", "400"), REPORT_EXACT("/provider_code", "455"), REPORT_EXACT("/message", "{nonce}")}}},

    {RULE("ILM-REP-4", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "The report promises no refund and no recipients, for the answer has neither.",
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_CLAIMS_NO("refund"), REPORT_EMPTY("/items")}}},
};

const struct check_group iletimerkezi_answers_rows = CHECK_GROUP(rows);

/* clang-format on */
