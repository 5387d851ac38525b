/*
 * Dükkango, cancel order: the rules of a client as rows.
 *
 *     PUT /api/integrations/orders/cancel/{payment_key}      Access-Token: …      {"reason_id":3}
 *     200 {"status":true,"data":"OK"}
 *
 * The vendor documents one success, 401, 404 and two kinds of 422; its general pages add 400, 403 and 429. It says
 * nothing of a second cancel, of 5xx and of lost answers: those rows are ours. The answer names no order, so that
 * nothing but status 200 with "status": true may be called success, and a lost answer stays unknown.
 *
 * Not asked here: what needs certificates (DUK-TLS-2), and reading of orders (DUK-NUM-1, DUK-NULL-1, DUK-RATE-1).
 */
#include "cases/registry.h"

#define PAGE        "page Cancel Order, "
#define PATH        "/api/integrations/orders/cancel/"
#define UNKNOWN_KEY "7f8d6a52-13c4-4d0e-9a53-0d5c0f7a2b11"

/* clang-format off */

/* Credentials for a client that can log in, with and without a token that is no longer good. */
#define KEYS_ONLY JSON({"access_token": null, "app_secret_key": "{all_credentials.app_secret_key}", "rest_secret_key": "{all_credentials.rest_secret_key}"})
#define KEYS_AND_OLD_TOKEN JSON({"access_token": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "app_secret_key": "{all_credentials.app_secret_key}", "rest_secret_key": "{all_credentials.rest_secret_key}"})

static const struct check checks[] = {
    /* -- the request, section 4 --------------------------------------------------------------------------------- */

    {RULE("DUK-REQ-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Examples",
     .requirement = "Cancelling is a PUT.",
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "CANCELED", .facts = {METHOD("PUT")}}},

    {RULE("DUK-REQ-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Path Parameters",
     .requirement = "The target is /api/integrations/orders/cancel/{payment_key}: no query, no trailing or doubled slash.",
     .expect = {.facts = {TARGET(PATH "{order_id}")}}},

    {RULE("DUK-REQ-2/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.facts = {TARGET(PATH "{order_id}")}}},

    {RULE("DUK-REQ-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4, 9 A1, A2; " PAGE "Path Parameters",
     .requirement = "The path names the order by its payment_key, not by its integer id.",
     .expect = {.facts = {TARGET(PATH "{document.payment_key}"), TARGET_LACKS("/{document.id}")}}},

    {RULE("DUK-REQ-4/slash", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 3986 section 2.2",
     .requirement = "A key with reserved characters stays one path segment, or is refused before anything is sent.",
     .given = {.order_id = "a/b?c#d e"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .facts = {TARGET_IF_SENT(PATH "a%2Fb%3Fc%23d%20e")}}},

    {RULE("DUK-REQ-4/dots", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 3986 section 5.2.4",
     .requirement = "A key of dots and slashes never leads to another resource.",
     .given = {.order_id = "../../orders/get-current"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .facts = {TARGET_IF_SENT(PATH "..%2F..%2Forders%2Fget-current")}}},

    {RULE("DUK-REQ-4/non-ascii", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 3986 section 2.5",
     .requirement = "Letters beyond ASCII go out as percent-encoded UTF-8, or not at all.",
     .given = {.order_id = "sipari\xc5\x9f"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .facts = {TARGET_IF_SENT(PATH "sipari%C5%9F")}}},

    {RULE("DUK-REQ-4/line-break", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; catalogue SE-17",
     .requirement = "A line break in a key is encoded or refused; it never starts a header.",
     .given = {.order_id = "7f8d6a52\r\nX-Injected: 1"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .facts = {TARGET_IF_SENT(PATH "7f8d6a52%0D%0AX-Injected%3A%201")}}},

    {RULE("DUK-REQ-5", SHOULD, OURS, WIRE),
     .clause = "providers: dukkango 4",
     .requirement = "The key goes out in the letters it came in, capitals included.",
     .given = {.order = JSON({"id": "3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E"})},
     .expect = {.facts = {TARGET(PATH "3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E")}}},

    {RULE("DUK-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Headers",
     .requirement = "Content-Type is application/json, once.",
     .expect = {.facts = {MEDIA_TYPE("application/json")}}},

    {RULE("DUK-REQ-7", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; RFC 9112 section 6",
     .requirement = "The body is one JSON object, framed by a right Content-Length or in chunks.",
     .expect = {.facts = {BODY_HAS("/reason_id"), RIGHT_FRAMING}}},

    {RULE("DUK-REQ-8", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Body Parameters",
     .requirement = "reason_id is a JSON integer: 3, and neither \"3\" nor 3.0.",
     .expect = {.facts = {TOKEN("/reason_id", "3")}}},

    {RULE("DUK-REQ-8/eight", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Cancel Reasons",
     .requirement = "The reason that the caller chose is the one that is sent.",
     .given = {.arguments = JSON({"reason_id": 8})},
     .expect = {.outcomes = OUT_CANCELED, .facts = {TOKEN("/reason_id", "8")}}},

    {RULE("DUK-REQ-9/zero", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Complete Workflow",
     .requirement = "A reason below 1 is refused before anything is sent.",
     .given = {.arguments = JSON({"reason_id": 0})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-9/nine", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Complete Workflow",
     .requirement = "A reason above 8 is refused before anything is sent.",
     .given = {.arguments = JSON({"reason_id": 9})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-9/negative", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Complete Workflow",
     .requirement = "A negative reason is refused before anything is sent.",
     .given = {.arguments = JSON({"reason_id": -1})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-10", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Best Practices",
     .requirement = "Without a reason from the caller nothing is sent; none is made up, not even 8.",
     .given = {.arguments = JSON({"reason_id": null})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-11", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Body Parameters",
     .requirement = "The body has no member but reason_id.",
     .expect = {.facts = {BODY_ONLY("", "reason_id")}}},

    {RULE("DUK-REQ-12", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 8259 sections 4, 8.1",
     .requirement = "No duplicate member, no byte order mark and no bytes after the object.",
     .expect = {.facts = {ONE_JSON_OBJECT}}},

    {RULE("DUK-REQ-13", SHOULD, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json.",
     .expect = {.facts = {HEADER_HAS("Accept", "application/json")}}},

    {RULE("WS-07", MUST, OURS, WIRE),
     .clause = "catalogue WS-07; RFC 9112 section 3.2",
     .requirement = "Host is the authority of the base URL, its port included.",
     .expect = {.facts = {HOST_IS_AUTHORITY}}},

    /* -- authentication, section 2 ------------------------------------------------------------------------------ */

    {RULE("DUK-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; " PAGE "Headers",
     .requirement = "Access-Token is there exactly once, and it is the token.",
     .expect = {.on = "*", .facts = {HEADER("Access-Token", "{credentials.access_token}")}}},

    {RULE("DUK-AUTH-2", MUST, OURS, WIRE),
     .clause = "providers: dukkango 2",
     .requirement = "The token stands nowhere but in its header: not in the URL, a cookie, Referer or the body.",
     .expect = {.on = "*", .facts = {NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT("Access-Token"), NO_SECRET_IN_BODY}}},

    {RULE("DUK-AUTH-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; " PAGE "Headers",
     .requirement = "The token is not sent as Authorization.",
     .expect = {.on = "*", .facts = {NO_HEADER("Authorization")}}},

    {RULE("DUK-AUTH-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; page Authentication",
     .requirement = "The login is a POST of the two keys as JSON strings, and its token is used as it came.",
     .given = {.needs = "login", .credentials = KEYS_ONLY},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELED", .on = "login",
                .facts = {METHOD("POST"), MEDIA_TYPE("application/json"),
                          BODY(JSON({"app_secret_key": "{credentials.app_secret_key}", "rest_secret_key": "{credentials.rest_secret_key}"}))}}},

    {RULE("DUK-AUTH-5", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; page Authentication",
     .requirement = "After a 401 a client that has the keys logs in once and repeats the call once.",
     .given = {.needs = "login", .credentials = KEYS_AND_OLD_TOKEN},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELED", .facts = {OPERATIONS("cancel login cancel|login cancel")}}},

    {RULE("DUK-AUTH-6", MUST, OURS, WIRE),
     .clause = "providers: dukkango 2",
     .requirement = "A 401 that no login cures does not lead to a loop of logins.",
     .given = {.needs = "login", .credentials = KEYS_AND_OLD_TOKEN, .quiet_ms = 50,
               .faults = {ANSWER(401, {"status": false, "error": "yetkisiz erişim"})}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = BETWEEN(1, 2), .facts = {OPERATION_AT_MOST("login", "2")}}},

    {RULE("DUK-AUTH-7/no-message", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 2, 6; " PAGE "Error Responses",
     .requirement = "A 401 is recognised by its status, without a message in its body.",
     .given = {.credentials = JSON({"access_token": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .state = "RECEIVED"}},

    {RULE("DUK-AUTH-7/with-message", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 2, 9 A10; page Authentication",
     .requirement = "A 401 is recognised by its status, whatever its message.",
     .given = {.faults = {ANSWER(401, {"status": false, "error": "yetkisiz erişim", "message": "{nonce}"})}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .report = JSON({"message": "{nonce}"})}},

    {RULE("DUK-AUTH-8", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: dukkango 2",
     .requirement = "The token is in no log and no error text.",
     .given = {.faults = {ANSWER(401, {"status": false, "error": "yetkisiz erişim"})}},
     .expect = {.facts = {NO_SECRET_REPORTED}}},

    {RULE("AU-14", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue AU-14; providers: dukkango 2",
     .requirement = "With an empty token nothing is sent.",
     .given = {.credentials = JSON({"access_token": ""})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("SE-17", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A token with a line break is refused; it never becomes a second header.",
     .given = {.credentials = JSON({"access_token": "abcdef\r\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    /* -- transport ---------------------------------------------------------------------------------------------- */

    {RULE("DUK-TLS-1", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 1; page Quickstart",
     .requirement = "A plain http base URL is refused, unless a switch for tests allows it or the host is this machine.",
     .given = {.base_url = "http://0.0.0.0:{port}/api/integrations"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE}},

    {RULE("DUK-TLS-3/307", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10; RFC 9110 section 15.4.8",
     .requirement = "A redirect to another origin never takes the token there.",
     .given = {.faults = {REDIRECT(307, "{other_url}" PATH "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("DUK-TLS-3/302", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10; catalogue SE-08",
     .requirement = "A redirect that would turn the PUT into a GET never becomes success.",
     .given = {.faults = {REDIRECT(302, "{other_url}" PATH "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("DUK-TLS-3/refuse", SHOULD, OURS, WIRE),
     .clause = "providers: dukkango 10",
     .requirement = "A redirect of a PUT is an error and is not followed.",
     .given = {.faults = {REDIRECT(308, "{other_url}" PATH "{order_id}")}},
     .expect = {.facts = {OTHER_SEES_NOTHING}}},

    {RULE("DUK-CONN-1", MUST, OURS, REPORT | TIMING),
     .clause = "providers: dukkango 10; catalogue RS-02",
     .requirement = "A server that stays silent ends in a time-out before the deadline, not in a hang.",
     .given = {.faults = {NO_ANSWER}, .deadline_ms = 800},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR}},

    {RULE("RS-08", MUST, OURS, REPORT),
     .clause = "catalogue RS-08; RFC 9112 section 8",
     .requirement = "A body that ends before its Content-Length is not success, though what came reads like it.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{\"status\": true, \"data\": \"OK\"}"})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-09", MUST, OURS, REPORT),
     .clause = "catalogue RS-09; RFC 9112 section 8",
     .requirement = "A chunked body without its last chunk is not success.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1e\r\n{\"status\": true, \"data\": \"OK\"}\r\n"})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("PR-27", MUST, OURS, REPORT),
     .clause = "catalogue PR-27; RFC 9112 section 4",
     .requirement = "A status line without a reason phrase is fine.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes": "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 30\r\nConnection: close\r\n\r\n{\"status\": true, \"data\": \"OK\"}"})}},
     .expect = {.outcomes = OUT_CANCELED}},

    /* -- success, section 5 ------------------------------------------------------------------------------------- */

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
                .facts = {REPORT_CLAIMS_NO("refund"), REPORT_LACKS("/order/status"), REPORT_LACKS("/order/status_id"), REPORT_LACKS("/order/state")}}},

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

    /* -- errors, section 6 -------------------------------------------------------------------------------------- */

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
                .facts = {REPORT_NOT_TRUE("/local")}}},

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

    /* -- text, section 1 ---------------------------------------------------------------------------------------- */

    {RULE("DUK-TXT-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 1; " PAGE "Error Responses",
     .requirement = "Turkish letters are kept byte for byte.",
     .given = {.faults = {ANSWER(404, {"status": false, "error": "sipariş bulunamadı", "message": "Iİıi ĞğŞşÇçÖöÜü {nonce}"})}},
     .expect = {.report = JSON({"provider_code": "sipariş bulunamadı", "message": "Iİıi ĞğŞşÇçÖöÜü {nonce}"})}},

    {RULE("DUK-TXT-2", MUST, OURS, REPORT),
     .clause = "providers: dukkango 1; RFC 8259 section 7",
     .requirement = "Letters written as \\u escapes are the same letters.",
     .given = {.faults = {ANSWER_TEXT(404, "application/json", "{\\\"status\\\":false,\\\"error\\\":\\\"sipari\\\\u015f bulunamad\\\\u0131\\\",\\\"message\\\":\\\"{nonce} \\\\u0130\\\\ud83d\\\\ude00\\\"}")}},
     .expect = {.outcomes = OUT_NOT_FOUND, .report = JSON({"provider_code": "sipariş bulunamadı", "message": "{nonce} İ😀"})}},

    {RULE("PR-12", MUST, OURS, REPORT | PROCESS),
     .clause = "catalogue PR-12; RFC 8259 section 8.1",
     .requirement = "Bytes that are no UTF-8 in a message crash nothing, and the status still counts.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes_base64": "SFRUUC8xLjEgNDA0IE5vdCBGb3VuZA0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9qc29uDQpDb250ZW50LUxlbmd0aDogMzcNCkNvbm5lY3Rpb246IGNsb3NlDQoNCnsic3RhdHVzIjpmYWxzZSwiZXJyb3IiOiJzaXBhcmn+IPD9In0="})}},
     .expect = {.outcomes = OUT_NOT_FOUND, .tolerated = OUT_ANY_FAILURE}},

    /* -- repeats ------------------------------------------------------------------------------------------------ */

    {RULE("DUK-RETRY-1/401", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10",
     .requirement = "With nothing to log in with, the call is not repeated after a 401.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(401, {"status": false, "error": "yetkisiz erişim"})}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("DUK-RETRY-1/404", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10",
     .requirement = "The call is not repeated after a 404.",
     .given = {.quiet_ms = 50, .order_id = UNKNOWN_KEY},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("DUK-RETRY-1/422", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10",
     .requirement = "The call is not repeated after a 422.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(422, {"status": false, "error": "eksik alan", "message": "Invalid reason_id"})}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("DUK-RETRY-1/429", MUST, OURS, WIRE),
     .clause = "providers: dukkango 9 A13; page Rate Limiting",
     .requirement = "The call is not repeated within the 30 seconds that a 429 asks for.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(429, {"status": false, "error": "çok fazla istek"})}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("DUK-RETRY-2/503", MUST, OURS, WIRE | REPORT),
     .clause = "providers: dukkango 9 A6",
     .requirement = "The call is not repeated blindly after a 5xx.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(503, {"status": false, "error": "{nonce}"})}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = EXACTLY(1)}},

    {RULE("DUK-RETRY-2/drop-after-commit", MUST, OURS, WIRE | REPORT),
     .clause = "providers: dukkango 9 A6",
     .requirement = "When the order was cancelled and the answer got lost, the call is not repeated and nothing is claimed.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = EXACTLY(1), .state = "CANCELED"}},

    {RULE("DUK-RETRY-2/reset", MUST, OURS, WIRE | REPORT),
     .clause = "providers: dukkango 9 A6; catalogue IR-07",
     .requirement = "After a reset that followed the request the call is not repeated.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CONNECTION_RESET_BY_PEER", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = EXACTLY(1)}},

    {RULE("DUK-RETRY-2/time-out", MUST, OURS, WIRE | REPORT),
     .clause = "providers: dukkango 9 A6; catalogue IR-01",
     .requirement = "After a time-out the call is not repeated.",
     .given = {.quiet_ms = 50, .deadline_ms = 500, .faults = {JSON({"fault": "NO_RESPONSE", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR, .cancels = EXACTLY(1)}},
};

/* clang-format on */

const struct check_table dukkango_checks = {
    .profile =
        {
            .provider = "dukkango",
            .title = "Dükkango",
            .arguments = JSON({"order_id" : "{order_id}", "reason_id" : 3}),
            .credentials = "access_token",
            .cancel_operations = "cancel",
            .envelope = "status",
        },
    .checks = checks,
    .count = CHECK_COUNT(checks),
};
