/* Rows about credentials: who may cancel, and how that is said. */
#include "cases/zaikio/zaikio.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Authentication, section 2 ───────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 2",
     .requirement = "Every request has one Authorization header: Bearer, one blank, the token.",
     .expect = {.on = "*", .holds = {HEADER("Authorization", "Bearer {credentials.token}")}}},

    {RULE("ZAI-AUTH-1/delete", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 2",
     .requirement = "So does a DELETE.",
     .given = {.order = JSON({"state": "draft"})},
     .expect = {.holds = {HEADER("Authorization", "Bearer {credentials.token}")}}},

    {RULE("ZAI-AUTH-1/odd-token", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 2; RFC 6750 section 2.1; catalogue AU-02",
     .requirement = "A token goes out in the characters it came in.",
     .given = {.credentials = JSON({"token": "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJaQUkifQ.a-b_c~d+e/f=="})},
     .expect = {.outcomes = REFUSED, .on = "*", .holds = {HEADER("Authorization", "Bearer {credentials.token}")}}},

    {RULE("ZAI-AUTH-2", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10",
     .requirement = "The token stands nowhere but in its header: not in the URL, a cookie, Referer or the body.",
     .expect = {.on = "*", .holds = {NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT("Authorization"), NO_SECRET_IN_BODY}}},

    {RULE("ZAI-AUTH-2/reported", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: zaikio 10",
     .requirement = "The token is in no log and no error text.",
     .given = {.credentials = BAD_TOKEN},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {NO_SECRET_REPORTED}}},

    {RULE("ZAI-AUTH-3/307", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; RFC 9110 section 15.4.8",
     .requirement = "A redirect to another origin never takes the token there.",
     .given = {.faults = {REDIRECT(307, "{other_url}" ORDERS "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/302", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; catalogue SE-08",
     .requirement = "A redirect that would turn the PATCH into a GET never becomes success.",
     .given = {.faults = {REDIRECT(302, "{other_url}" ORDERS "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/get", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10; RFC 9110 section 15.4",
     .requirement = "The same of a redirect of the GET.",
     .given = {.faults = {"{\"fault\":\"CANNED_RESPONSE\",\"match\":{\"operation\":\"get_order\"},\"status\":302,\"headers\":[[\"Location\",\"{other_url}" ORDERS "{order_id}\"]]}"},
               .faults_may_rest = true},
     .expect = {.holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/delete", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; RFC 9110 section 15.4.9",
     .requirement = "The same of a redirect of a DELETE.",
     .given = {.order = JSON({"state": "draft"}), .faults = {REDIRECT(308, "{other_url}" ORDERS "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "draft", .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("ZAI-AUTH-3/link", MUST, OURS, WIRE),
     .clause = "providers: zaikio 5; catalogue SE-21",
     .requirement = "A link in the order that leads to another host never gets the token.",
     .given = {.order = JSON({"state": "transferred", "document": {"contract": {"id": "0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701", "customer_number": null, "references": [],
                                                                                "links": [{"rel": "self", "href": "{other_url}/consumers/api/v1/contracts/0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701"}]}}})},
     .expect = {.holds = {OTHER_SEES_NO_SECRET}}},

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
};

const struct check_group zaikio_access_rows = CHECK_GROUP(rows);

/* clang-format on */
