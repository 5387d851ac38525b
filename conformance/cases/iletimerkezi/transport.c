/* Rows about connections, redirects, and where secrets may go. */
#include "cases/iletimerkezi/iletimerkezi.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Transport and security ──────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-HTTP-8", SHOULD, DOCUMENTED, REPORT | TIMING),
     .clause = "providers: iletimerkezi 10; source mcp, http",
     .requirement = "A server that stays silent ends in a time-out, not in a hang.",
     .given = {.deadline_ms = 600, .faults = {NO_ANSWER}},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR}},

    {RULE("RS-08", MUST, OURS, REPORT),
     .clause = "catalogue RS-08; RFC 9112 section 8",
     .requirement = "A body that ends before its Content-Length is no success, though what came reads like it.",
     .given = {.faults = {RAW("before_commit", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 168\r\n\r\n{\"response\":{\"status\":{\"code\":200,\"message\":\"İşlem başarılı\"}}}")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-09", MUST, OURS, REPORT),
     .clause = "catalogue RS-09; RFC 9112 section 8",
     .requirement = "A chunked body without its last chunk is no success.",
     .given = {.faults = {RAW("before_commit", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n44\r\n{\"response\":{\"status\":{\"code\":200,\"message\":\"İşlem başarılı\"}}}\r\n")}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("ILM-SEC-1", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 1; " PAGE "Endpoint",
     .requirement = "A plain http base URL of another machine is refused.",
     .given = {.base_url = "http://0.0.0.0:{port}/v1"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE, .state = "scheduled"}},

    {RULE("ILM-SEC-2/307", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 10; RFC 9110 section 15.4",
     .requirement = "A 307 to another origin never takes key, hash or body there, and never becomes success.",
     .given = {.faults = {REDIRECT(307, "{other_url}" PATH)}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY}}},

    {RULE("ILM-SEC-2/302", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 10; RFC 9110 section 15.4",
     .requirement = "A 302 to another origin never takes key, hash or body there, and never becomes success.",
     .given = {.faults = {REDIRECT(302, "{other_url}" PATH)}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY}}},

    {RULE("ILM-SEC-2/refuse", SHOULD, OURS, WIRE),
     .clause = "providers: iletimerkezi 10",
     .requirement = "A redirect of this POST is an error and is not followed.",
     .given = {.faults = {REDIRECT(308, "{other_url}" PATH)}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NOTHING}}},

    {RULE("ILM-SEC-2/same-origin", SHOULD, OURS, WIRE),
     .clause = "providers: iletimerkezi 10",
     .requirement = "A redirect of this POST is not followed within the same origin either.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "when": {"first": 1}, "status": 307, "headers": [["Location", "{base_url}/cancel-order/json"]]})}},
     .expect = {.cancels = BETWEEN(1, 2), .holds = {ASKED_BEFORE_REPEAT}}},

    {RULE("ILM-SEC-3/success", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 10",
     .requirement = "Neither key nor hash is in a log or a report after a success.",
     .expect = {.outcomes = OUT_CANCELED, .holds = {NO_SECRET_REPORTED}}},

    {RULE("ILM-SEC-3/401", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 10",
     .requirement = "Neither key nor hash is in a log or an error text after a 401.",
     .given = {.faults = {SAYS(401, 401, "Üyelik bilgileri hatalı")}},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .holds = {NO_SECRET_REPORTED}}},

    {RULE("ILM-SEC-3/broken", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: iletimerkezi 10",
     .requirement = "Neither key nor hash is in a log or an error text after a lost connection.",
     .given = {.faults = {RESET_BY_PEER}},
     .expect = {.outcomes = OUT_UNCLEAR, .holds = {NO_SECRET_REPORTED}}},

    {RULE("ILM-SEC-4", SHOULD, OURS, WIRE),
     .clause = "providers: iletimerkezi 10",
     .requirement = "No host is taken from an answer.",
     .given = {.faults = {ANSWER(503, {"response": {"status": {"code": 503, "message": "{other_url}/v1/cancel-order/json"}, "url": "{other_url}/v1/cancel-order/json", "base_url": "{other_url}/v1"}})}},
     .expect = {.outcomes = OUT_UNCLEAR, .holds = {OTHER_SEES_NOTHING}}},
};

const struct check_group iletimerkezi_transport_rows = CHECK_GROUP(rows);

/* clang-format on */
