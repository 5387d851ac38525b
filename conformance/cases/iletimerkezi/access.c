/* Rows about credentials: who may cancel, and how that is said. */
#include "cases/iletimerkezi/iletimerkezi.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Authentication, section 2 ───────────────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 2; " PAGE "Schema",
     .requirement = "Key and hash are strings in request.authentication.",
     .expect = {.holds = {TOKEN("/request/authentication/key", "\"{credentials.key}\""), TOKEN("/request/authentication/hash", "\"{credentials.hash}\"")}}},

    {RULE("ILM-AUTH-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 2; page authentication",
     .requirement = "Neither key nor hash stands in the URL, in a header or in a cookie.",
     .expect = {.on = "*", .holds = {NO_SECRET_IN_TARGET, NO_SECRET_IN_HEADERS_BUT(0)}}},

    {RULE("ILM-AUTH-2/authorization", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 2; page authentication",
     .requirement = "No header carries credentials, in whatever coding.",
     .expect = {.on = "*", .holds = {NO_HEADER("Authorization"), NO_HEADER("Cookie"), NO_HEADER("X-API-Key"), NO_HEADER("X-API-Hash")}}},

    {RULE("ILM-AUTH-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 2; page authentication",
     .requirement = "The hash goes out as the panel shows it, in the same letters: it is neither hashed again nor changed in case.",
     .given = {.credentials = JSON({"hash": "01968A505982fd4b93c86a8a41a8b4ad0c02ffa4ac5d31ee007f946d5e0e05D2"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .on = "*", .holds = {TOKEN("/request/authentication/hash", "\"01968A505982fd4b93c86a8a41a8b4ad0c02ffa4ac5d31ee007f946d5e0e05D2\"")}}},

    {RULE("ILM-AUTH-3/key", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 2; page authentication",
     .requirement = "The key goes out in the letters it came in.",
     .given = {.credentials = JSON({"key": "00112233445566778899AABBccddEEFF"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .on = "*", .holds = {TOKEN("/request/authentication/key", "\"00112233445566778899AABBccddEEFF\"")}}},

    {RULE("ILM-AUTH-4/empty-key", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 10; source mcp, auth",
     .requirement = "With an empty key nothing is sent.",
     .given = {.credentials = JSON({"key": ""})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("ILM-AUTH-4/blank-key", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 10; source mcp, auth",
     .requirement = "A key of blanks is an empty key.",
     .given = {.credentials = JSON({"key": "  "})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("ILM-AUTH-4/empty-hash", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 10; source mcp, auth",
     .requirement = "With an empty hash nothing is sent.",
     .given = {.credentials = JSON({"hash": ""})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("ILM-AUTH-4/blank-hash", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 10; source mcp, auth",
     .requirement = "A hash of blanks is an empty hash.",
     .given = {.credentials = JSON({"hash": " \t "})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("ILM-AUTH-4/no-hash", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 10; source mcp, auth",
     .requirement = "Without a hash nothing is sent.",
     .given = {.credentials = JSON({"hash": null})},
     .expect = {.outcomes = OUT_INVALID | OUT_UNAUTHORIZED, .requests = NONE}},

    {RULE("ILM-AUTH-5", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 2, 6.1; " PAGE "Error responses",
     .requirement = "A 401 is reported as such, and the call is not repeated.",
     .given = {.quiet_ms = 50, .faults = {SAYS(401, 401, "Üyelik bilgileri hatalı")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = EXACTLY(1)}},

    {RULE("ILM-AUTH-5/wrong-pair", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 2, 6.1; " PAGE "Error responses",
     .requirement = "With a wrong hash each call is made once at most.",
     .given = {.quiet_ms = 50, .credentials = JSON({"hash": "{nonce}0123456789abcdef"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .cancels = AT_MOST(1), .requests = BETWEEN(1, 2), .state = "scheduled", .holds = {OPERATION_AT_MOST("get_report", "1")}}},

    {RULE("ILM-AUTH-6", SHOULD, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 2; " PAGE "Prerequisite",
     .requirement = "After a 401 the list of allowed IP addresses is named as a cause too, for the wire cannot tell.",
     .given = {.faults = {SAYS(401, 401, "{nonce}")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .holds = {REPORT_MENTIONS("IP")}}},
};

const struct check_group iletimerkezi_access_rows = CHECK_GROUP(rows);

/* clang-format on */
