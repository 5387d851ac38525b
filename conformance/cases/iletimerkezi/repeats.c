/* Rows about what may be sent again, and what may be said after a lost answer. */
#include "cases/iletimerkezi/iletimerkezi.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── 455 and get-report, sections 6 and 7 ────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-DISAMB-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "455 is \"not found or no longer cancellable\": neither \"no such order\" nor \"cancelled\".",
     .given = {.faults = {SAYS(455, 455, "Sipariş bulunamadı")}},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .tolerated = OUT_REJECTED, .cancels = EXACTLY(1), .state = "scheduled"}},

    {RULE("ILM-DISAMB-1/foreign", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 9.18",
     .requirement = "The order of another account cannot be told from one that does not exist.",
     .given = {.order = JSON({"account": "pusula"})},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .state = "scheduled"}},

    {RULE("ILM-DISAMB-1/cancelled-elsewhere", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "455 for an order that somebody else cancelled does not become an own success.",
     .given = {.order = JSON({"state": "cancelled"}), .knobs = JSON({"cancelled_report": "455"})},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED, .cancels = AT_MOST(1)}},

    {RULE("ILM-DISAMB-2", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "get-report is asked before the cancel or after a 455.",
     .given = {.order = JSON({"state": "sending"})},
     .expect = {.holds = {OPERATION_AT_LEAST("get_report", "1")}}},

    {RULE("ILM-DISAMB-2/same-id", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Error responses",
     .requirement = "get-report is asked about the order that is to be cancelled.",
     .given = {.order = JSON({"state": "completed"})},
     .expect = {.on = "get_report", .holds = {METHOD("POST"), TARGET("/v1/get-report/json"), DIGITS("/request/order/id", "{order_id}")}}},

    {RULE("ILM-DISAMB-3/113", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Error responses",
     .requirement = "An order on its way is too late to cancel.",
     .given = {.order = JSON({"state": "sending"})},
     .expect = {.outcomes = TOO_LATE, .cancels = AT_MOST(1), .state = "sending"}},

    {RULE("ILM-DISAMB-3/114", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Error responses",
     .requirement = "A finished order is too late to cancel.",
     .given = {.order = JSON({"state": "completed"})},
     .expect = {.outcomes = TOO_LATE, .cancels = AT_MOST(1), .state = "completed"}},

    {RULE("ILM-DISAMB-3/115", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "An order that failed is not reported as cancelled, though its report says 115.",
     .given = {.order = JSON({"state": "failed"})},
     .expect = {.outcomes = TOO_LATE | OUT_UNKNOWN, .cancels = AT_MOST(1), .state = "failed"}},

    {RULE("ILM-DISAMB-3/115-cancelled", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "115 is no proof of an own cancel.",
     .given = {.order = JSON({"state": "cancelled"})},
     .expect = {.outcomes = TOO_LATE | OUT_UNKNOWN, .cancels = AT_MOST(1)}},

    {RULE("ILM-DISAMB-4", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "456 from get-report means that the order can be cancelled: the client goes on.",
     .given = {.knobs = JSON({"scheduled_report": "456"})},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "cancelled"}},

    {RULE("ILM-DISAMB-4/generic-400", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7, 9.1",
     .requirement = "A code of 456 means so under status 400 too.",
     .given = {.knobs = JSON({"scheduled_report": "456", "http_status_mode": "generic_400"})},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "cancelled"}},

    {RULE("ILM-DISAMB-5/113", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Common pitfalls",
     .requirement = "Who has read 113 does not send a cancel.",
     .given = {.order = JSON({"state": "sending"})},
     .expect = {.outcomes = TOO_LATE, .holds = {NO_CANCEL_ONCE_CLOSED}}},

    {RULE("ILM-DISAMB-5/114", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 6.1; " PAGE "Common pitfalls",
     .requirement = "Who has read 114 does not send a cancel.",
     .given = {.order = JSON({"state": "completed"})},
     .expect = {.outcomes = TOO_LATE, .holds = {NO_CANCEL_ONCE_CLOSED}}},

    /* ── Once and no more, section 7 ─────────────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-IDEMP-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "After a success the call is not repeated.",
     .given = {.quiet_ms = 50},
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("ILM-IDEMP-2", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "A success outlives the process: the second call is answered from it.",
     .given = {.runs = RUN_TWICE_RESTARTED},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1), .state = "cancelled"}},

    {RULE("ILM-IDEMP-2/same-process", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "A success is remembered: the second call is answered from it.",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("ILM-IDEMP-2/failure", MUST, OURS, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "A failure is not remembered as a success: the second call goes out.",
     .given = {.runs = RUN_TWICE, .faults = {SAYS(400, 400, "{nonce}")}, .again = {.fault = ""}},
     .expect = {.outcomes = OUT_INVALID, .again = OUT_CANCELED, .cancels = EXACTLY(2), .state = "cancelled"}},

    {RULE("ILM-IDEMP-3/account", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "The success of one account says nothing of another account's order with the same id.",
     .given = {.runs = RUN_TWICE, .again = {.credentials = JSON({"key": "ffeeddccbbaa99887766554433221100"})}},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_UNAUTHORIZED}},

    {RULE("ILM-IDEMP-3/id", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "The success of one order says nothing of another order.",
     .given = {.runs = RUN_TWICE, .again = {.arguments = JSON({"order_id": "312891245"})}},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_CANCELED, .cancels = EXACTLY(2)}},

    {RULE("ILM-IDEMP-4/drop-after-commit", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "When the order was cancelled and the answer got lost, the call is not repeated, and it is no plain failure.",
     .given = {.quiet_ms = 50, .faults = {LOST_AFTER("EMPTY_RESPONSE")}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1), .state = "cancelled"}},

    {RULE("ILM-IDEMP-4/report-455", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7, 9.8",
     .requirement = "The same where get-report knows the cancelled order no longer.",
     .given = {.quiet_ms = 50, .knobs = JSON({"cancelled_report": "455"}), .faults = {LOST_AFTER("EMPTY_RESPONSE")}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1), .state = "cancelled"}},

    {RULE("ILM-IDEMP-4/reset-after-commit", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; catalogue IR-07",
     .requirement = "After a reset that followed the request the call is not repeated.",
     .given = {.quiet_ms = 50, .faults = {LOST_AFTER("CONNECTION_RESET_BY_PEER")}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("ILM-IDEMP-4/cut-off", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; catalogue RS-08",
     .requirement = "After an answer that was cut off the call is not repeated.",
     .given = {.quiet_ms = 50, .faults = {CUT_AFTER(30)}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1), .state = "cancelled"}},

    {RULE("ILM-IDEMP-4/time-out", MUST, DOCUMENTED, WIRE | REPORT | TIMING),
     .clause = "providers: iletimerkezi 7; catalogue IR-01",
     .requirement = "After a time-out the call is not repeated.",
     .given = {.deadline_ms = 600, .quiet_ms = 50, .faults = {LOST_AFTER("NO_RESPONSE")}},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR | OUT_CANCELED | OUT_ALREADY_CANCELED, .cancels = EXACTLY(1)}},

    {RULE("ILM-IDEMP-4/drop-before-commit", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7, 9.7",
     .requirement = "A lost call is sent again only after get-report said 456, and success is reported only where there is one.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "EMPTY_RESPONSE", "when": {"first": 1}})}},
     .expect = {.outcomes = OUT_UNCLEAR | OUT_CANCELED, .cancels = BETWEEN(1, 2), .holds = {ASKED_BEFORE_REPEAT, CLAIM_NEEDS_STATE("cancelled")}}},

    {RULE("ILM-IDEMP-4/later-456", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7, 9.7",
     .requirement = "An order that is still scheduled after a lost call may be cancelled by the next one, and is not called cancelled before.",
     .given = {.runs = RUN_TWICE, .faults = {EMPTY_ANSWER}, .again = {.fault = ""}},
     .expect = {.outcomes = OUT_UNCLEAR, .again = OUT_CANCELED | OUT_UNCLEAR, .holds = {CLAIM_NEEDS_STATE("cancelled")}}},

    {RULE("ILM-IDEMP-4/later-113", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7",
     .requirement = "An order that left after a lost call is too late, and not cancelled.",
     .given = {.runs = RUN_TWICE, .faults = {EMPTY_ANSWER}, .again = {.event = "dispatch", .fault = ""}},
     .expect = {.outcomes = OUT_UNCLEAR, .again = TOO_LATE | OUT_UNKNOWN, .state = "sending", .holds = {NO_CANCEL_ONCE_CLOSED}}},

    {RULE("ILM-IDEMP-4/asks", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 7, 9.8; " PAGE "Common pitfalls",
     .requirement = "What became of a lost call is asked of get-report, in that call or at the latest in the next one.",
     .given = {.needs = "get_report", .runs = RUN_TWICE, .faults = {LOST_AFTER("EMPTY_RESPONSE")}, .again = {.fault = ""}},
     .expect = {.cancels = AT_LEAST(1), .holds = {READ_AFTER_FIRST_CANCEL}}},

    {RULE("ILM-IDEMP-5", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "A 455 that follows an own call of unknown outcome is \"perhaps cancelled\", and no plain failure.",
     .given = {.runs = RUN_TWICE, .knobs = JSON({"cancelled_report": "455"}), .faults = {LOST_AFTER("EMPTY_RESPONSE")}, .again = {.fault = ""}},
     .expect = {.outcomes = OUT_UNCLEAR, .tolerated = OUT_CANCELED | OUT_ALREADY_CANCELED, .again = OUT_UNKNOWN | OUT_ALREADY_CANCELED}},

    {RULE("ILM-IDEMP-5/same-call", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "The same where the 455 answers the repetition within one call.",
     .given = {.faults = {JSON({"fault": "EMPTY_RESPONSE", "when": {"first": 1}}), SAYS(455, 455, "Sipariş bulunamadı")},
               .faults_to_meet = 1},
     .expect = {.outcomes = OUT_UNCLEAR, .holds = {ASKED_BEFORE_REPEAT}}},

    {RULE("ILM-REP-2/now", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "An order that this call cancelled is \"canceled\".",
     .given = {.faults = {SAYS_AFTER(200, 200, "{nonce}")}},
     .expect = {.outcomes = OUT_CANCELED}},

    {RULE("ILM-REP-2/before", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "An order that an earlier call cancelled is \"already_canceled\".",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_ALREADY_CANCELED}},

    {RULE("ILM-REP-2/cannot", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 7; " PAGE "Common pitfalls",
     .requirement = "An order that cannot be cancelled is neither of the two.",
     .given = {.events = {"dispatch", "complete"}},
     .expect = {.outcomes = TOO_LATE, .state = "completed"}},

    {RULE("ILM-RETRY-1", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 10; catalogue IR-14",
     .requirement = "A 503 may be tried again, but not without end.",
     .given = {.faults = {SAYS(503, 503, "{nonce}")}},
     .expect = {.cancels = BETWEEN(1, 10)}},

    {RULE("IR-18", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 7; catalogue IR-18",
     .requirement = "After a 504 of a gateway the call is repeated only where get-report said 456.",
     .given = {.quiet_ms = 50, .faults = {ANSWER_TEXT(504, "text/html", "<html><h1>504 {nonce}</h1></html>")}},
     .expect = {.outcomes = OUT_UNCLEAR, .holds = {ASKED_BEFORE_REPEAT}}},
};

const struct check_group iletimerkezi_repeats_rows = CHECK_GROUP(rows);

/* clang-format on */
