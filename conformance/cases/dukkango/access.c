/* Rows about credentials: who may cancel, and how that is said. */
#include "cases/dukkango/dukkango.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Authentication, section 2 ───────────────────────────────────────────────────────────────────────────────── */

    {RULE("DUK-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; " PAGE "Headers",
     .requirement = "Access-Token is there exactly once, and it is the token.",
     .expect = {.on = "*", .holds = {HEADER("Access-Token", "{credentials.access_token}")}}},

    {RULE("DUK-AUTH-2", MUST, OURS, WIRE),
     .clause = "providers: dukkango 2",
     .requirement = "The token stands nowhere but in its header: not in the URL, a cookie, Referer or the body.",
     .expect = {.on = "*", .holds = {NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT("Access-Token"), NO_SECRET_IN_BODY}}},

    {RULE("DUK-AUTH-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; " PAGE "Headers",
     .requirement = "The token is not sent as Authorization.",
     .expect = {.on = "*", .holds = {NO_HEADER("Authorization")}}},

    {RULE("DUK-AUTH-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; page Authentication",
     .requirement = "The login is a POST of the two keys as JSON strings, and its token is used as it came.",
     .given = {.needs = "login", .credentials = KEYS_ONLY},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELED", .on = "login",
                .holds = {METHOD("POST"), MEDIA_TYPE("application/json"),
                          BODY(JSON({"app_secret_key": "{credentials.app_secret_key}", "rest_secret_key": "{credentials.rest_secret_key}"}))}}},

    {RULE("DUK-AUTH-5", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 2; page Authentication",
     .requirement = "After a 401 a client that has the keys logs in once and repeats the call once.",
     .given = {.needs = "login", .credentials = KEYS_AND_OLD_TOKEN},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELED", .holds = {OPERATIONS("cancel login cancel|login cancel")}}},

    {RULE("DUK-AUTH-6", MUST, OURS, WIRE),
     .clause = "providers: dukkango 2",
     .requirement = "A 401 that no login cures does not lead to a loop of logins.",
     .given = {.needs = "login", .credentials = KEYS_AND_OLD_TOKEN, .quiet_ms = 50,
               .faults = {ANSWER(401, {"status": false, "error": "yetkisiz erişim"})}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = BETWEEN(1, 2), .holds = {OPERATION_AT_MOST("login", "2")}}},

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
     .expect = {.holds = {NO_SECRET_REPORTED}}},

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
};

const struct check_group dukkango_access_rows = CHECK_GROUP(rows);

/* clang-format on */
