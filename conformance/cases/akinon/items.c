/* Rows about single items of an order. */
#include "cases/akinon/akinon.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Items ───────────────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("AKN-PART-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: akinon 7; " PAGE,
     .requirement = "A plan for some items does not make the order a cancelled one.",
     .given = {.order = TWO_ITEMS, .arguments = FIRST_ITEM},
     .expect = {.outcomes = OUT_PENDING, .state = "approved"}},

    {RULE("AKN-PART-1/approved", MUST, DOCUMENTED, REPORT),
     .clause = "providers: akinon 7; " PAGE,
     .requirement = "Nor does one that was approved: a part is cancelled, and the order goes on.",
     .given = {.order = TWO_ITEMS, .arguments = FIRST_ITEM, .knobs = JSON({"auto_approve_after_ms": "0"})},
     .expect = {.outcomes = OUT_PARTIAL, .tolerated = OUT_PENDING, .state = "approved"}},

    {RULE("AKN-PART-2", MUST, DOCUMENTED, REPORT),
     .clause = "providers: akinon 7; " PAGE,
     .requirement = "Items that were sent are reported one by one.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81001", "81002"]})},
     .expect = {.outcomes = OUT_PENDING, .holds = {REPORT_MENTIONS_IF_GIVEN("/items", "81001"), REPORT_MENTIONS_IF_GIVEN("/items", "81002")}}},

    {RULE("AKN-PART-3", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: akinon 7; " PAGE,
     .requirement = "A selection that mixes shipped and unshipped items is refused before the call.",
     .given = {.order = MIXED_ITEMS, .arguments = JSON({"items": ["81001", "81002"]})},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID, .cancels = NONE, .state = "preparing"}},

    {RULE("AKN-REP-1", MUST, OURS, REPORT),
     .clause = "providers: akinon 10",
     .requirement = "The report tells the HTTP status and how often the call was sent.",
     .expect = {.outcomes = OUT_PENDING, .if_reported = JSON({"http_status": 200, "attempts": 1})}},

    {RULE("AKN-REP-3", MUST, DOCUMENTED, REPORT),
     .clause = "providers: akinon 7; " PAGE,
     .requirement = "When the items were shipped the result is a return that waits, and says so.",
     .given = {.order = SHIPPED, .arguments = REFUND_REASONS},
     .expect = {.outcomes = OUT_PENDING, .state = "cancellation_waiting", .holds = {TOLD_AS_RETURN}}},

    {RULE("AKN-REP-3/refunded", MUST, OURS, REPORT),
     .clause = "providers: akinon 7",
     .requirement = "A return that was approved is not called a cancellation.",
     .given = {.order = SHIPPED, .arguments = REFUND_REASONS, .knobs = JSON({"auto_approve_after_ms": "0"})},
     .expect = {.outcomes = ACCEPTED, .state = "refunded"}},
};

const struct check_group akinon_items_rows = CHECK_GROUP(rows);

/* clang-format on */
