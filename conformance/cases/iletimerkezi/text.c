/* Rows about letters of any script. */
#include "cases/iletimerkezi/iletimerkezi.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-ENC-1/raw", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5, 6; " PAGE "Response",
     .requirement = "Turkish letters are kept byte for byte.",
     .given = {.faults = {SAYS(400, 400, "İstek çözümlenemedi: Sipariş bulunamadı {nonce}")}},
     .expect = {.report = JSON({"message": "İstek çözümlenemedi: Sipariş bulunamadı {nonce}"})}},

    {RULE("ILM-ENC-1/escaped", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5, 9.16; RFC 8259 section 7",
     .requirement = "Letters written as \\u escapes are the same letters.",
     .given = {.faults = {ANSWER_TEXT(400, "application/json", "{\\\"response\\\":{\\\"status\\\":{\\\"code\\\":400,\\\"message\\\":\\\"{nonce} Sipari\\\\u015f bulunamad\\\\u0131 \\\\u0130 \\\\ud83d\\\\ude00\\/\\\"}}}")}},
     .expect = {.report = JSON({"message": "{nonce} Sipariş bulunamadı İ 😀/"})}},

    {RULE("ILM-ENC-1/success", MUST, DOCUMENTED, REPORT),
     .clause = "providers: iletimerkezi 5; " PAGE "Success (200)",
     .requirement = "The text of a success written in \\u escapes is a success.",
     .given = {.knobs = JSON({"json_escape_unicode": "on"})},
     .expect = {.outcomes = OUT_CANCELED, .if_reported = JSON({"message": "İşlem başarılı"})}},

    {RULE("ILM-ENC-2", MUST, OURS, REPORT),
     .clause = "providers: iletimerkezi 5",
     .requirement = "No letter is folded or changed in case, the dotted and the dotless I least of all.",
     .given = {.faults = {SAYS(400, 400, "İIıi ĞğŞşÇçÖöÜü {nonce}")}},
     .expect = {.report = JSON({"message": "İIıi ĞğŞşÇçÖöÜü {nonce}"})}},

    {RULE("ILM-ENC-3", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 10; RFC 8259 section 8.1",
     .requirement = "Bytes that are no UTF-8 in a message crash nothing, and are no success.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes_base64": "SFRUUC8xLjEgNDU1IE9yZGVyIE5vdCBGb3VuZA0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9qc29uDQpDb250ZW50LUxlbmd0aDogNTkNCkNvbm5lY3Rpb246IGNsb3NlDQoNCnsicmVzcG9uc2UiOnsic3RhdHVzIjp7ImNvZGUiOjQ1NSwibWVzc2FnZSI6IlNpcGFyaf4g8P0ifX19"})}},
     .expect = {.outcomes = OUT_NOT_FOUND_OR_REJECTED | OUT_REJECTED, .tolerated = OUT_ANY_FAILURE}},
};

const struct check_group iletimerkezi_text_rows = CHECK_GROUP(rows);

/* clang-format on */
