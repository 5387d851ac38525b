/* Rows about what may be sent again, and what may be said after a lost answer. */
#include "cases/dukkango/dukkango.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Repeats ─────────────────────────────────────────────────────────────────────────────────────────────────── */

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

const struct check_group dukkango_repeats_rows = CHECK_GROUP(rows);

/* clang-format on */
