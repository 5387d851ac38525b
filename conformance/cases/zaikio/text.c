/* Rows about letters of any script. */
#include "cases/zaikio/zaikio.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Text, section 5 ─────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-TXT-1/utf-8", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "UTF-8 is kept byte for byte, line feeds included.",
     .given = {.faults = {ANSWER(422, {"errors": {"base": ["weiß – 920 × 650 mm, 100 g/㎡\n{nonce} & \"Maß\" \\ €"]}})}},
     .expect = {.holds = {REPORT_MENTIONS("weiß – 920 × 650 mm, 100 g/㎡\n{nonce} & \"Maß\" \\ €")}}},

    {RULE("ZAI-TXT-1/escapes", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5; RFC 8259 section 7",
     .requirement = "Letters written as \\u escapes are the same letters.",
     .given = {.faults = {ANSWER_TEXT(422, "application/json", "{\\\"errors\\\":{\\\"base\\\":[\\\"PEFC \\\\u0026 FSC \\\\u00d7 \\\\u33a1 \\\\ud83d\\\\ude00 {nonce}\\\"]}}")}},
     .expect = {.holds = {REPORT_MENTIONS("PEFC & FSC × ㎡ 😀 {nonce}")}}},

    {RULE("ZAI-TXT-1/reason", MUST, DOCUMENTED, REPORT),
     .clause = "providers: zaikio 5",
     .requirement = "The supplier's words keep their letters and line feeds.",
     .given = {.order = JSON({"document": {"state_reason": "Liefertermin bestätigt:\n900 × 640 mm – {nonce}"}})},
     .expect = {.outcomes = OUT_CANCELED, .holds = {REPORT_EXACT_IF_GIVEN("/order/state_reason", "Liefertermin bestätigt:\n900 × 640 mm – {nonce}")}}},
};

const struct check_group zaikio_text_rows = CHECK_GROUP(rows);

/* clang-format on */
