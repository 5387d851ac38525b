/* Rows about what may be sent again, and what may be said after a lost answer. */
#include "cases/fungies/fungies.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Repeats, sections 7 and 10 ──────────────────────────────────────────────────────────────────────────────── */

#define NOT_AFTER(status_) \
    {RULE("FNG-RETRY-1/" #status_, MUST, OURS, WIRE), \
     .clause = "providers: fungies 10; catalogue IR-16", \
     .requirement = "The call is not repeated after a " #status_ ".", \
     .given = {.quiet_ms = 50, .faults = {ANSWER(status_, {"status": "error", "error": {"message": "{nonce}"}})}}, \
     .expect = {.cancels = EXACTLY(1)}}

    NOT_AFTER(400), NOT_AFTER(401), NOT_AFTER(403), NOT_AFTER(404), NOT_AFTER(409), NOT_AFTER(422),

    {RULE("FNG-RETRY-2/read-first", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-20",
     .requirement = "When the answer got lost the order is read, and CANCELLED there ends the matter.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}})}},
     .expect = {.outcomes = OUT_DONE, .cancels = EXACTLY(1), .state = "CANCELLED", .holds = {OPERATION_AT_LEAST("get_order", "1")}}},

    {RULE("FNG-RETRY-2/read-after-500", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-20",
     .requirement = "After a 500 the order is read, and CANCELLED there ends the matter.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "when": {"first": 1}, "status": 500,
                                                "json": {"status": "error", "error": {"message": "Internal Server Error"}}})}},
     .expect = {.outcomes = OUT_DONE, .cancels = EXACTLY(1), .state = "CANCELLED", .holds = {OPERATION_AT_LEAST("get_order", "1")}}},

    {RULE("FNG-RETRY-2/never-arrived", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-07",
     .requirement = "A call that was cut off is repeated only when the order was read and is not CANCELLED.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CONNECTION_RESET_BY_PEER", "when": {"first": 1}})}},
     .expect = {.outcomes = OUT_DONE | OUT_UNCLEAR, .cancels = BETWEEN(1, 2), .holds = {READ_BETWEEN_CANCELS, CLAIM_IS_BACKED}}},

    {RULE("FNG-RETRY-2/one-more", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-14",
     .requirement = "An order that is not CANCELLED when read allows one more call, not two.",
     .given = {.quiet_ms = 50, .faults = {EMPTY_ANSWER}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = BETWEEN(1, 2), .holds = {READ_BETWEEN_CANCELS}}},

    {RULE("FNG-RETRY-2/time-out", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-01",
     .requirement = "After a time-out the call is not repeated blindly.",
     .given = {.quiet_ms = 50, .deadline_ms = 600, .faults = {JSON({"fault": "NO_RESPONSE", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_DONE | OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR, .cancels = EXACTLY(1),
                .state = "CANCELLED", .holds = {CLAIM_IS_BACKED}}},

    {RULE("FNG-RETRY-3/success", MUST, OURS, REPORT),
     .clause = "providers: fungies 7, 9 A14",
     .requirement = "A second cancel that is answered with CANCELLED is success.",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_DONE, .state = "CANCELLED"}},

    {RULE("FNG-RETRY-3/refused", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7, 9 A14",
     .requirement = "When a repeat is refused the order is read, for the first call may have cancelled it.",
     .given = {.quiet_ms = 50, .knobs = JSON({"second_cancel": "400"}),
               .faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}}),
                          JSON({"fault": "SCHEMA_DRIFT", "phase": "after_commit", "match": {"operation": "get_order"}, "when": {"first": 1},
                                "patch": [{"op": "set", "path": "/data/order/status", "value": "PENDING"}]})}},
     .expect = {.outcomes = OUT_DONE | OUT_UNCLEAR, .tolerated = OUT_REJECTED, .state = "CANCELLED",
                .holds = {READ_AFTER_REFUSED_REPEAT, CLAIM_IS_BACKED}}},

    {RULE("FNG-RETRY-4/503", MUST, OURS, WIRE | TIMING),
     .clause = "providers: fungies 10; catalogue IR-13, IR-14",
     .requirement = "However often the server answers 503, the call goes out three times at most, and not at once.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(503, {"status": "error", "error": {"message": "Service Unavailable"}})}},
     .expect = {.cancels = BETWEEN(1, 3), .holds = {CANCELS_APART("20")}}},

    {RULE("FNG-RETRY-4/429", MUST, OURS, WIRE | TIMING),
     .clause = "providers: fungies 10; catalogue IR-14",
     .requirement = "However often the server answers 429, the call goes out three times at most, and not at once.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(429, {"status": "error", "error": {"message": "Too Many Requests"}})}},
     .expect = {.cancels = BETWEEN(1, 3), .holds = {CANCELS_APART("20")}}},
};

const struct check_group fungies_repeats_rows = CHECK_GROUP(rows);

/* clang-format on */
