/* Rows about connections, redirects, and where secrets may go. */
#include "cases/dukkango/dukkango.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Transport ───────────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("DUK-TLS-1", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 1; page Quickstart",
     .requirement = "A plain http base URL is refused, unless a switch for tests allows it or the host is this machine.",
     .given = {.base_url = "http://0.0.0.0:{port}/api/integrations"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE}},

    {RULE("DUK-TLS-3/307", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10; RFC 9110 section 15.4.8",
     .requirement = "A redirect to another origin never takes the token there.",
     .given = {.faults = {REDIRECT(307, "{other_url}" PATH "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("DUK-TLS-3/302", MUST, OURS, WIRE),
     .clause = "providers: dukkango 10; catalogue SE-08",
     .requirement = "A redirect that would turn the PUT into a GET never becomes success.",
     .given = {.faults = {REDIRECT(302, "{other_url}" PATH "{order_id}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("DUK-TLS-3/refuse", SHOULD, OURS, WIRE),
     .clause = "providers: dukkango 10",
     .requirement = "A redirect of a PUT is an error and is not followed.",
     .given = {.faults = {REDIRECT(308, "{other_url}" PATH "{order_id}")}},
     .expect = {.holds = {OTHER_SEES_NOTHING}}},

    {RULE("DUK-CONN-1", MUST, OURS, REPORT | TIMING),
     .clause = "providers: dukkango 10; catalogue RS-02",
     .requirement = "A server that stays silent ends in a time-out before the deadline, not in a hang.",
     .given = {.faults = {NO_ANSWER}, .deadline_ms = 800},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR}},

    {RULE("RS-08", MUST, OURS, REPORT),
     .clause = "catalogue RS-08; RFC 9112 section 8",
     .requirement = "A body that ends before its Content-Length is not success, though what came reads like it.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{\"status\": true, \"data\": \"OK\"}"})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-09", MUST, OURS, REPORT),
     .clause = "catalogue RS-09; RFC 9112 section 8",
     .requirement = "A chunked body without its last chunk is not success.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1e\r\n{\"status\": true, \"data\": \"OK\"}\r\n"})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("PR-27", MUST, OURS, REPORT),
     .clause = "catalogue PR-27; RFC 9112 section 4",
     .requirement = "A status line without a reason phrase is fine.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "bytes": "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 30\r\nConnection: close\r\n\r\n{\"status\": true, \"data\": \"OK\"}"})}},
     .expect = {.outcomes = OUT_CANCELED}},
};

const struct check_group dukkango_transport_rows = CHECK_GROUP(rows);

/* clang-format on */
