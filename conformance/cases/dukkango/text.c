/* Rows about letters of any script. */
#include "cases/dukkango/dukkango.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Text, section 1 ─────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("DUK-TXT-1", MUST, DOCUMENTED, REPORT),
     .clause = "providers: dukkango 1; " PAGE "Error Responses",
     .requirement = "Turkish letters are kept byte for byte.",
     .given = {.faults = {ANSWER(404, {"status": false, "error": "sipariş bulunamadı", "message": "Iİıi ĞğŞşÇçÖöÜü {nonce}"})}},
     .expect = {.report = JSON({"provider_code": "sipariş bulunamadı", "message": "Iİıi ĞğŞşÇçÖöÜü {nonce}"})}},

    {RULE("DUK-TXT-2", MUST, OURS, REPORT),
     .clause = "providers: dukkango 1; RFC 8259 section 7",
     .requirement = "Letters written as \\u escapes are the same letters.",
     .given = {.faults = {ANSWER_TEXT(404, "application/json", "{\\\"status\\\":false,\\\"error\\\":\\\"sipari\\\\u015f bulunamad\\\\u0131\\\",\\\"message\\\":\\\"{nonce} \\\\u0130\\\\ud83d\\\\ude00\\\"}")}},
     .expect = {.outcomes = OUT_NOT_FOUND, .report = JSON({"provider_code": "sipariş bulunamadı", "message": "{nonce} İ😀"})}},

    {RULE("PR-12", MUST, OURS, REPORT | PROCESS),
     .clause = "catalogue PR-12; RFC 8259 section 8.1",
     .requirement = "Bytes that are no UTF-8 in a message crash nothing, and the status still counts.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes_base64": "SFRUUC8xLjEgNDA0IE5vdCBGb3VuZA0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9qc29uDQpDb250ZW50LUxlbmd0aDogMzcNCkNvbm5lY3Rpb246IGNsb3NlDQoNCnsic3RhdHVzIjpmYWxzZSwiZXJyb3IiOiJzaXBhcmn+IPD9In0="})}},
     .expect = {.outcomes = OUT_NOT_FOUND, .tolerated = OUT_ANY_FAILURE}},
};

const struct check_group dukkango_text_rows = CHECK_GROUP(rows);

/* clang-format on */
