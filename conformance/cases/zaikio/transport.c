/* Rows about connections, redirects, and where secrets may go. */
#include "cases/zaikio/zaikio.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Transport ───────────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ZAI-TLS-1", MUST, OURS, WIRE | REPORT),
     .clause = "providers: zaikio 10",
     .requirement = "A plain http base URL is refused, unless a switch for tests allows it or the host is this machine.",
     .given = {.base_url = "http://0.0.0.0:{port}/consumers/api/v1"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE}},

    {RULE("ZAI-TLS-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: zaikio 1; RFC 9112 section 3.2; catalogue WS-07",
     .requirement = "The host is the caller's: Host is the authority of the base URL, its port included.",
     .expect = {.on = "*", .holds = {HOST_IS_AUTHORITY}}},

    {RULE("ZAI-CONN-1", MUST, DOCUMENTED, REPORT | TIMING),
     .clause = "providers: zaikio 10; catalogue RS-02",
     .requirement = "A server that stays silent ends in a time-out before the deadline, not in a hang.",
     .given = {.faults = {JSON({"fault": "NO_RESPONSE", "match": {}})}, .deadline_ms = 500},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR}},

    {RULE("RS-08", MUST, OURS, REPORT),
     .clause = "catalogue RS-08; RFC 9112 section 8",
     .requirement = "A body that ends before its Content-Length is not success, though what came reads like it.",
     .given = {.faults = {RAW("HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: 4096\\r\\n\\r\\n" SAYS_CANCELED)}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-09", MUST, OURS, REPORT),
     .clause = "catalogue RS-09; RFC 9112 section 8",
     .requirement = "A chunked body without its last chunk is not success.",
     .given = {.faults = {RAW("HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4c\\r\\n" SAYS_CANCELED "\\r\\n")}},
     .expect = {.outcomes = OUT_UNCLEAR}},
};

const struct check_group zaikio_transport_rows = CHECK_GROUP(rows);

/* clang-format on */
