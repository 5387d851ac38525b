/* Rows about credentials: who may cancel, and how that is said. */
#include "cases/akinon/akinon.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Keys, section 2 ─────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("AKN-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; page Getting Started",
     .requirement = "Authorization is the word Token, one blank, the key; once.",
     .expect = {.holds = {HEADER("Authorization", "Token {credentials.token}")}}},

    {RULE("AKN-AUTH-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; page Getting Started",
     .requirement = "The key of the call is the member \"key\" of the log-in's answer.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT,
               .faults = {LOGIN_ANSWER(200, {"token": "wrong", "key": "{nonce}"}), ANSWER(200, {"pk": {order_id}, "status": "50"}),
                          JSON({"fault": "CANNED_RESPONSE", "match": {"operation": "get_order"}, "status": 404, "json": {"detail": "Not found."}})},
               .faults_to_meet = 2}, /* a client may read the order, and need not */
     .expect = {.holds = {HEADER("Authorization", "Token {nonce}"), OPERATION_AT_LEAST("login", "1")}}},

    {RULE("AKN-AUTH-2/elsewhere", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; page Getting Started",
     .requirement = "User name and password go to the log-in and nowhere else.",
     .given = {.needs = "login", .credentials = ACCOUNT},
     .expect = {.cancels = EXACTLY(1), .holds = {ACCOUNT_ONLY_AT_LOGIN}}},

    {RULE("AKN-AUTH-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; page Getting Started",
     .requirement = "The log-in posts a JSON object with the strings username and password, unchanged.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT, .faults = {LOGIN_WORKS}},
     .expect = {.on = "login",
                .holds = {METHOD("POST"), MEDIA_TYPE("application/json"), ONE_JSON_OBJECT,
                          VALUE("/username", "\"{credentials.username}\""), VALUE("/password", "\"{credentials.password}\"")}}},

    {RULE("AKN-AUTH-4", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: akinon 10; source omnisdk",
     .requirement = "A key serves several calls; the second does not log in again.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT, .faults = {LOGIN_WORKS}, .order = TWO_ITEMS, .runs = RUN_TWICE,
               .again = {.arguments = JSON({"order_id": "12345", "reasons": {"81001": null, "81002": null, "67890": 12, "67891": 12}})}},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_PENDING, .cancels = EXACTLY(2), .holds = {OPERATION_AT_MOST("login", "1")}}},

    {RULE("AKN-AUTH-5", MAY, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; source omnisdk",
     .requirement = "After a 401 a client that has the account logs in once and repeats the call once.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT_AND_OLD_KEY, .faults = {LOGIN_WORKS}},
     .expect = {.outcomes = OUT_PENDING, .state = "cancellation_waiting", .holds = {OPERATION_AT_LEAST("login", "1")}}},

    {RULE("AKN-AUTH-5/no-loop", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; source omnisdk",
     .requirement = "A 401 that no log-in cures leads to two log-ins and two calls at most.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT_AND_OLD_KEY, .quiet_ms = 50,
               .faults = {ANSWER(401, {"detail": "Invalid token.", "code": "{nonce}"}), LOGIN_WORKS}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = AT_MOST(2), .holds = {OPERATION_AT_MOST("login", "2")}}},

    {RULE("AKN-AUTH-6/400", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 2; source omnisdk",
     .requirement = "After a log-in that was refused with 400 the cancel is not sent.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT, .quiet_ms = 50},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .tolerated = OUT_INVALID | OUT_FORBIDDEN, .cancels = NONE, .state = "approved",
                .holds = {OPERATION_AT_LEAST("login", "1")}}},

    {RULE("AKN-AUTH-6/401", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 2",
     .requirement = "After a log-in that was refused with 401 the cancel is not sent.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT, .quiet_ms = 50, .faults = {LOGIN_ANSWER(401, {"detail": "{nonce}", "code": "x"})}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = NONE, .state = "approved"}},

    {RULE("AKN-AUTH-6/no-key", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 2",
     .requirement = "After a log-in that brought no key the cancel is not sent.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT, .faults = {LOGIN_ANSWER(200, {"key": null, "token": "{nonce}"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .cancels = NONE, .state = "approved"}},

    {RULE("AKN-AUTH-7", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; source omnisdk",
     .requirement = "Log-ins that fail are bounded: no more than three for two calls one after the other.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT, .runs = RUN_TWICE, .quiet_ms = 50},
     .expect = {.cancels = NONE, .holds = {OPERATION_AT_LEAST("login", "1"), OPERATION_AT_MOST("login", "3")}}},

    {RULE("AU-14", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue AU-14; providers: akinon 2",
     .requirement = "With an empty key nothing is sent.",
     .given = {.credentials = JSON({"token": ""})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("SE-17", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A key with a line break is refused; it never becomes a second header.",
     .given = {.credentials = JSON({"token": "abcdef\r\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},
};

const struct check_group akinon_access_rows = CHECK_GROUP(rows);

/* clang-format on */
