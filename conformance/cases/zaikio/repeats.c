/* Rows about what may be sent again, and what may be said after a lost answer. */
#include "cases/zaikio/zaikio.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Repeats, section 10 ─────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-RETRY-1/503", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10",
     .requirement = "The call is not repeated after a 5xx unless the order was read in between.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(503, {"errors": ["{nonce}"]})}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = BETWEEN(1, 3), .holds = {READ_BETWEEN_CANCELS}}},

    {RULE("ZAI-RETRY-1/drop-after-commit", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10",
     .requirement = "When the order was cancelled and the answer got lost, the call is not repeated; only a GET may tell.",
     .given = {.quiet_ms = 50, .faults = {LATER("EMPTY_RESPONSE")}},
     .expect = {.outcomes = OUT_UNCLEAR | CANCELED_NOW, .cancels = EXACTLY(1), .state = "canceled_by_consumer", .holds = {CLAIM_AFTER_READING}}},

    {RULE("ZAI-RETRY-1/reset-request", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10; catalogue IR-07",
     .requirement = "The same of a request for cancelation, which a GET can only show as pending.",
     .given = {.quiet_ms = 50, .events = {"transfer"}, .faults = {LATER("CONNECTION_RESET_BY_PEER")}},
     .expect = {.outcomes = OUT_UNCLEAR | OUT_PENDING, .cancels = EXACTLY(1), .state = "cancelation_requested", .holds = {CLAIM_AFTER_READING}}},

    {RULE("ZAI-RETRY-1/delete", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10",
     .requirement = "The same of a DELETE: a GET that finds nothing may be read as `deleted`.",
     .given = {.order = JSON({"state": "draft"}), .quiet_ms = 50, .faults = {LATER("EMPTY_RESPONSE")}},
     .expect = {.outcomes = OUT_UNCLEAR | OUT_DELETED, .tolerated = OUT_NOT_FOUND, .cancels = EXACTLY(1), .state = STATE_GONE, .holds = {CLAIM_AFTER_READING}}},

    {RULE("ZAI-RETRY-1/time-out", MUST, OURS, WIRE | REPORT | TIMING),
     .clause = "providers: zaikio 10; catalogue IR-01",
     .requirement = "After a time-out the call is not repeated.",
     .given = {.quiet_ms = 50, .deadline_ms = 500, .faults = {LATER("NO_RESPONSE")}},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN | CANCELED_NOW, .tolerated = OUT_TRANSPORT_ERROR, .cancels = EXACTLY(1), .holds = {CLAIM_AFTER_READING}}},

    {RULE("ZAI-RETRY-2/400", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10",
     .requirement = "The call is not repeated after a 400.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(400, {"errors": {"order": ["is missing"]}})}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ZAI-RETRY-2/403", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10, 2",
     .requirement = "Without a way to renew the token the call is not repeated after a 403, jwt_expired included.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(403, {"errors": ["jwt_expired"]})}},
     .expect = {.outcomes = REFUSED, .cancels = EXACTLY(1)}},

    {RULE("ZAI-RETRY-2/404", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10",
     .requirement = "The call is not repeated after a 404.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(404, {"errors": ["not_found"]})}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ZAI-RETRY-2/422", MUST, OURS, WIRE),
     .clause = "providers: zaikio 10",
     .requirement = "The call is not repeated after a 422.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(422, {"errors": {"state_event": ["{nonce}"]}})}},
     .expect = {.cancels = EXACTLY(1)}},

    {RULE("ZAI-RETRY-3", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 9 A18; " PAGE "Cancel By Consumer",
     .requirement = "After a 422 on cancel_by_consumer the order is read once more, for it may have been transferred.",
     .given = {.order_id = RACE_ID},
     .expect = {.holds = {READ_AFTER_CANCEL, REPORT_MENTIONS("transferred")}}},

    {RULE("ZAI-RETRY-4/race", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4, 9 A18; " PAGE "Request Cancelation",
     .requirement = "An order that was transferred between GET and PATCH is not asked to be cancelled in another way unasked.",
     .given = {.quiet_ms = 50, .order_id = RACE_ID},
     .expect = {.outcomes = OUT_REJECTED | OUT_CONFLICT, .cancels = EXACTLY(1), .holds = {BODIES_LACK("request_cancelation")}}},

    {RULE("ZAI-RETRY-4/method", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: zaikio 4; " PAGE "Request Cancelation",
     .requirement = "Who names cancel_by_consumer for a transferred order gets a refusal, and no request to the supplier.",
     .given = {.quiet_ms = 50, .events = {"transfer"}, .arguments = BY_CONSUMER},
     .expect = {.outcomes = OUT_REJECTED | OUT_CONFLICT | OUT_INVALID, .cancels = AT_MOST(1), .state = "transferred", .holds = {BODIES_LACK("request_cancelation")}}},

    /* ── The fate of a request, section 7 ────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-TRACK-1/waiting", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "While the supplier has not decided, a second cancel is pending still, or rejected.",
     .given = {.events = {"transfer"}, .runs = RUN_TWICE},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_PENDING | OUT_REJECTED, .state = "cancelation_requested"}},

    {RULE("ZAI-TRACK-1/accepted", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "canceled_by_supplier means that the request was accepted.",
     .given = {.events = {"transfer"}, .runs = RUN_TWICE, .again = {.patch = JSON({"state": "canceled_by_supplier"})}},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_ALREADY_CANCELED, .state = "canceled_by_supplier"}},

    {RULE("ZAI-TRACK-1/refused", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 7; " PAGE "Request Cancelation",
     .requirement = "A regular later state means that it was refused, though the stamp of the request is still there.",
     .given = {.events = {"transfer"}, .runs = RUN_TWICE, .again = {.patch = JSON({"state": "confirmed"}), .arguments = BY_CONSUMER}},
     .expect = {.outcomes = OUT_PENDING, .again = OUT_REJECTED | OUT_CONFLICT, .state = "confirmed"}},
};

const struct check_group zaikio_repeats_rows = CHECK_GROUP(rows);

/* clang-format on */
