/* Rows about letters of any script. */
#include "cases/fungies/fungies.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("FNG-TXT-1/utf-8", MUST, OURS, REPORT),
     .clause = "providers: fungies 10; catalogue EM-24",
     .requirement = "Letters of any script are kept byte for byte.",
     .given = {.faults = {ANSWER(400, {"status": "error", "error": {"message": "Zamówienie żółć Iİıi 注文 😀 {nonce}"}})}},
     .expect = {.report = JSON({"message": "Zamówienie żółć Iİıi 注文 😀 {nonce}"})}},

    {RULE("FNG-TXT-1/wrong-charset", MUST, OURS, REPORT),
     .clause = "providers: fungies 10",
     .requirement = "A body is UTF-8, though its Content-Type names another charset.",
     .given = {.faults = {ANSWER_TEXT(400, "application/json; charset=iso-8859-1", "{\\\"status\\\":\\\"error\\\",\\\"error\\\":{\\\"message\\\":\\\"żółć {nonce}\\\"}}")}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID, .report = JSON({"message": "żółć {nonce}"})}},

    {RULE("FNG-TXT-1/no-type", MUST, OURS, REPORT),
     .clause = "providers: fungies 10; catalogue PR-18",
     .requirement = "A body without a Content-Type is UTF-8 as well.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "status": 400, "body": "{\"status\":\"error\",\"error\":{\"message\":\"żółć {nonce}\"}}"})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_INVALID, .report = JSON({"message": "żółć {nonce}"})}},

    {RULE("FNG-TXT-1/escapes", MUST, OURS, REPORT),
     .clause = "providers: fungies 10; RFC 8259 section 7",
     .requirement = "Letters written as \\u escapes are the same letters.",
     .given = {.faults = {ANSWER_TEXT(400, "application/json", "{\\\"status\\\":\\\"error\\\",\\\"error\\\":{\\\"message\\\":\\\"{nonce} \\\\u017c\\\\u00f3\\\\ud83d\\\\ude00\\\\/\\\"}}")}},
     .expect = {.report = JSON({"message": "{nonce} żó😀/"})}},

    {RULE("PR-12", MUST, OURS, REPORT | PROCESS),
     .clause = "catalogue PR-12; RFC 8259 section 8.1",
     .requirement = "Bytes that are no UTF-8 in a message crash nothing, and the status still counts.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes_base64": "SFRUUC8xLjEgNDAwIEJhZCBSZXF1ZXN0DQpDb250ZW50LVR5cGU6IGFwcGxpY2F0aW9uL2pzb24NCkNvbm5lY3Rpb246IGNsb3NlDQoNCnsic3RhdHVzIjoiZXJyb3IiLCJlcnJvciI6eyJtZXNzYWdlIjoiYv4gg/0ifX0="})}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_ANY_FAILURE}},

    {RULE("PR-13", MUST, OURS, REPORT | PROCESS),
     .clause = "catalogue PR-13; RFC 8259 section 8.2",
     .requirement = "An escaped NUL and half a surrogate pair in a message crash nothing, and the status still counts.",
     .given = {.faults = {ANSWER_TEXT(400, "application/json", "{\\\"status\\\":\\\"error\\\",\\\"error\\\":{\\\"message\\\":\\\"a\\\\u0000b\\\\ud800c\\\"}}")}},
     .expect = {.outcomes = OUT_REJECTED, .tolerated = OUT_ANY_FAILURE}},
};

const struct check_group fungies_text_rows = CHECK_GROUP(rows);

/* clang-format on */
