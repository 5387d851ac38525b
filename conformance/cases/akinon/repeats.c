/* Rows about what may be sent again, and what may be said after a lost answer. */
#include "cases/akinon/akinon.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Repeats and lost answers, section 7 ─────────────────────────────────────────────────────────────────────── */

    {RULE("AKN-IDEMP-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 7; page Cancellations and Refunds",
     .requirement = "After a 200 the same cancel is not sent again, not even to learn that the plan waits.",
     .given = {.quiet_ms = 50},
     .expect = {.outcomes = OUT_PENDING, .cancels = EXACTLY(1)}},

    {RULE("AKN-IDEMP-1/short", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 5, 7; page Cancellations and Refunds",
     .requirement = "A short answer that says nothing is no cause to send the cancel again.",
     .given = {.quiet_ms = 50, .arguments = JSON({"return_details": false}), .knobs = JSON({"clear_response": "empty body"})},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("AKN-IDEMP-1/asked-again", MUST, OURS, REPORT),
     .clause = "providers: akinon 7",
     .requirement = "A caller who asks a second time is told of a plan that waits, or of a refusal, and of no success.",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_PENDING | OUT_CONFLICT | OUT_REJECTED, .cancels = AT_MOST(2), .state = "cancellation_waiting"}},

    {RULE("AKN-IDEMP-2", SHOULD, OURS, WIRE),
     .clause = "providers: akinon 10",
     .requirement = "Acceptance is remembered across a restart: the second run sends no cancel.",
     .given = {.runs = RUN_TWICE_RESTARTED},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_PENDING | OUT_CONFLICT, .cancels = EXACTLY(1)}},

    {RULE("AKN-IDEMP-2/other-items", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7, 10",
     .requirement = "What is remembered of one item says nothing of the other: that one is sent.",
     .given = {.order = TWO_ITEMS, .arguments = FIRST_ITEM, .knobs = JSON({"auto_approve_after_ms": "0"}), .runs = RUN_TWICE_RESTARTED,
               .again = {.arguments = JSON({"items": ["81002"], "reasons": {"81001": null, "81002": 12}})}},
     .expect = {.outcomes = OUT_PARTIAL | OUT_PENDING, .again = OUT_CANCELED | OUT_PARTIAL | OUT_PENDING, .cancels = EXACTLY(2), .state = "canceled"}},

    {RULE("AKN-IDEMP-2/rejected", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7",
     .requirement = "Once the operator has rejected the plan a new cancel is sent, and what was remembered is void.",
     .given = {.runs = RUN_TWICE_RESTARTED, .again = {.patch = JSON({"state": "approved", "document": {"cancel_status": "rejected"}})}},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_PENDING, .cancels = EXACTLY(2), .state = "cancellation_waiting"}},

    {RULE("AKN-IDEMP-3/drop-after-commit", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 7, 8; source omnisdk",
     .requirement = "When the plan was opened and the answer got lost, the call is not sent a second time.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_PENDING | OUT_UNCLEAR, .cancels = EXACTLY(1), .state = "cancellation_waiting"}},

    {RULE("AKN-IDEMP-3/reset", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7; catalogue IR-07",
     .requirement = "After a reset that followed the request the call is not sent a second time.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CONNECTION_RESET_BY_PEER", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_PENDING | OUT_UNCLEAR, .cancels = EXACTLY(1)}},

    {RULE("AKN-IDEMP-3/time-out", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7; catalogue IR-01",
     .requirement = "After a time-out the call is not sent a second time.",
     .given = {.quiet_ms = 50, .deadline_ms = 600, .faults = {JSON({"fault": "NO_RESPONSE", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN | OUT_PENDING, .tolerated = OUT_TRANSPORT_ERROR, .cancels = EXACTLY(1)}},

    {RULE("AKN-IDEMP-3/500-after-commit", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 7, 8; source omnisdk",
     .requirement = "After a 500 that hides an opened plan the call is not sent a second time.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "status": 500, "json": {"detail": "{nonce}"}})}},
     .expect = {.outcomes = OUT_PENDING | OUT_UNCLEAR, .cancels = EXACTLY(1), .state = "cancellation_waiting"}},

    {RULE("AKN-IDEMP-3/503", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 6, 8; source omnisdk",
     .requirement = "After a 503 nothing is sent again before the order was read, and nothing is claimed.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(503, {"detail": "{nonce}"})}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = BETWEEN(1, 2), .state = "approved", .holds = {READ_BETWEEN_CANCELS}}},

    {RULE("AKN-IDEMP-3/other-plan", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7, 10",
     .requirement = "After a lost answer the plan of other items is not taken for this one.",
     .given = {.order = ONE_WAITING, .arguments = JSON({"items": ["81002"], "reasons": {"81001": null}}), .quiet_ms = 50, .faults = {EMPTY_ANSWER}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_CONFLICT | OUT_REJECTED, .cancels = AT_MOST(1), .state = "approved"}},

    {RULE("AKN-IDEMP-3/read-fails", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7, 10",
     .requirement = "When the order cannot be read after a lost answer, the outcome stays unknown.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 503, "json": {"detail": "{nonce}"}})}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = AT_MOST(1)}},
};

const struct check_group akinon_repeats_rows = CHECK_GROUP(rows);

/* clang-format on */
