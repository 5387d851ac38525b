/* Rows about connections, redirects, and where secrets may go. */
#include "cases/fungies/fungies.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Transport ───────────────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("FNG-TLS-1", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 1; " KEYS_PAGE,
     .requirement = "A plain http base URL is refused, unless a switch for tests allows it or the host is this machine.",
     .given = {.base_url = "http://0.0.0.0:{port}/v0"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE}},

    {RULE("FNG-TLS-2/307", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-02, SE-04; RFC 9110 section 15.4.8",
     .requirement = "A redirect to another origin never takes a key there.",
     .given = {.faults = {REDIRECT(307, "{other_url}" PATH "{order_id}/cancel")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("FNG-TLS-2/302", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-02, SE-04",
     .requirement = "A redirect that turns the call into a GET takes no key to another origin either.",
     .given = {.faults = {REDIRECT(302, "{other_url}" PATH "{order_id}/cancel")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("FNG-TLS-3/302", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 10; catalogue SE-08",
     .requirement = "A 302 that leads by GET to something which reads like success is not success.",
     .given = {.faults = {REDIRECT(302, "{base_url}/orders/" OTHER_ORDER),
                          "{\"fault\":\"CANNED_RESPONSE\",\"phase\":\"after_commit\",\"match\":{\"operation\":\"get_order\",\"order\":\"" OTHER_ORDER "\"},\"status\":200,"
                          "\"headers\":[[\"Content-Type\",\"application/json\"]],\"body\":\"" DONE_BODY "\"}"},
               .faults_to_meet = 1},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "PENDING"}},

    {RULE("FNG-TLS-3/303", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 10; catalogue SE-08",
     .requirement = "A 303 that leads by GET to something which reads like success is not success.",
     .given = {.faults = {REDIRECT(303, "{base_url}/orders/" OTHER_ORDER),
                          "{\"fault\":\"CANNED_RESPONSE\",\"phase\":\"after_commit\",\"match\":{\"operation\":\"get_order\",\"order\":\"" OTHER_ORDER "\"},\"status\":200,"
                          "\"headers\":[[\"Content-Type\",\"application/json\"]],\"body\":\"" DONE_BODY "\"}"},
               .faults_to_meet = 1},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "PENDING"}},

    {RULE("FNG-TLS-3/308", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 10; RFC 9110 section 15.4.9",
     .requirement = "Who follows a 308 within the origin keeps PATCH and body.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "status": 308, "when": {"first": 1}, "headers": [["Location", "{base_url}/orders/{order_id}/cancel"]]})}},
     .expect = {.outcomes = OUT_CANCELED | OUT_NO_SUCCESS, .holds = {METHOD("PATCH"), ONE_JSON_OBJECT}}},

    {RULE("FNG-TLS-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 1; catalogue WS-07",
     .requirement = "The base is the caller's: Host is its authority, the port included, and no host of the vendor.",
     .expect = {.on = "*", .holds = {HOST_IS_AUTHORITY}}},

    {RULE("FNG-CONN-1", MUST, OURS, REPORT | TIMING),
     .clause = "providers: fungies 10; catalogue RS-02",
     .requirement = "A server that stays silent ends in a time-out before the deadline, not in a hang.",
     .given = {.faults = {JSON({"fault": "NO_RESPONSE", "match": {}})}, .deadline_ms = 400},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR}},
};

const struct check_group fungies_transport_rows = CHECK_GROUP(rows);

/* clang-format on */
