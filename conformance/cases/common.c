/*
 * What is asked of every client of every provider: probes of the adapter itself, which keep a run honest, and transport
 * faults that no API's documents need to mention.
 *
 * The faults hit every request of the provider, so that a client which reads the order after a lost answer learns
 * nothing either: whatever it does, success would be a guess. What a particular vendor demands after such faults stands
 * in that vendor's table.
 */
#include "cases/registry.h"
#include "judge/verbs.h"

/* clang-format off */

static const struct check rows[] = {
    {RULE("HC-01/operation", MUST, OURS, REPORT),
     .clause = "catalogue HC-01",
     .requirement = "An operation that does not exist is answered with \"skipped\", and nothing is sent.",
     .given = {.operation = "{nonce}"},
     .expect = {.skipped = true, .requests = NONE}},

    {RULE("HC-01/provider", MUST, OURS, REPORT),
     .clause = "catalogue HC-01",
     .requirement = "A provider that does not exist is answered with \"skipped\", and nothing is sent.",
     .given = {.command = JSON({"provider": "{nonce}"})},
     .expect = {.skipped = true, .requests = NONE}},

    {RULE("HC-01/unknown-member", MUST, OURS, REPORT),
     .clause = "catalogue HC-01",
     .requirement = "Members of a command that the adapter does not know are ignored, so that the protocol can grow.",
     .given = {.command = JSON({"{nonce}": {"a": [1]}, "options": {"{nonce}": true}})},
     .expect = {.outcomes = OUT_CLAIMS, .cancels = EXACTLY(1)}},

    {RULE("HC-02", MUST, OURS, REPORT),
     .clause = "catalogue HC-02, RS-01",
     .requirement = "Where nothing listens nothing was cancelled, and the client says so at once.",
     .given = {.base_url = "{closed_url}"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE,
                .if_reported = JSON({"sent": "no"})}},

    {RULE("RS-07", MUST, OURS, REPORT),
     .clause = "catalogue RS-07",
     .requirement = "A connection that is closed before any answer is a failure of unknown effect.",
     .given = {.faults = {JSON({"fault": "EMPTY_RESPONSE", "match": {}})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-11", MUST, OURS, REPORT),
     .clause = "catalogue RS-11",
     .requirement = "A connection that is reset before any answer is a failure of unknown effect.",
     .given = {.faults = {JSON({"fault": "CONNECTION_RESET_BY_PEER", "match": {}})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("RS-26", MUST, OURS, REPORT),
     .clause = "RFC 9112 section 2.2",
     .requirement = "Bytes that are no HTTP answer are a failure, and never success.",
     .given = {.faults = {JSON({"fault": "RAW_RESPONSE", "match": {}, "bytes": "{nonce} is not HTTP\r\n\r\n"})}},
     .expect = {.outcomes = OUT_UNCLEAR}},

    {RULE("EM-03", MUST, OURS, REPORT),
     .clause = "catalogue EM-03",
     .requirement = "A 200 without any content, where the API always sends some, is not success.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 200, "headers": [["Content-Type", "application/json"]], "body": ""})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .unreadable = true}},

    {RULE("EM-26", MUST, OURS, REPORT),
     .clause = "catalogue EM-26",
     .requirement = "A redirect without Location is not success.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 302, "body": ""})}},
     .expect = {.outcomes = OUT_ANY_FAILURE}},

    {RULE("PR-07", MUST, OURS, REPORT),
     .clause = "catalogue PR-07; RFC 8259",
     .requirement = "JSON that ends too early is not success, though Content-Length is right.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 200, "headers": [["Content-Type", "application/json"]], "body": "{\"status\":"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .unreadable = true}},

    {RULE("PR-09", MUST, OURS, REPORT),
     .clause = "catalogue PR-09",
     .requirement = "A page of HTML with 200, as a captive portal sends, is not success.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 200, "headers": [["Content-Type", "text/html"]], "body": "<html><body>Welcome to {nonce}</body></html>"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .unreadable = true}},

    {RULE("PR-15", MUST, OURS, REPORT | PROCESS),
     .clause = "catalogue PR-15; RFC 8259 section 9",
     .requirement = "Fifty thousand nested arrays neither crash the client nor are they success.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 200, "headers": [["Content-Type", "application/json"]], "body": "{deep}"})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .unreadable = true}},

    {RULE("PR-17", MUST, OURS, REPORT),
     .clause = "catalogue PR-17",
     .requirement = "A JSON answer whose top is no object is not success.",
     .given = {.faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 200, "json": ["{nonce}", true]})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .unreadable = true}},
    {RULE("SE-03", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-03; RFC 9110 section 15.4.8",
     .requirement = "A redirect from https to http never takes a credential there, and is no success.",
     .given = {.tls = "good", .faults = {JSON({"fault": "CANNED_RESPONSE", "match": {}, "status": 307, "headers": [["Location", "{other_url}/elsewhere"]], "body": ""})}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("SE-12/trusted", SHOULD, OURS, WIRE | REPORT),
     .clause = "catalogue SE-12",
     .requirement = "A certificate of the authority in options.ca_file is trusted: what the other rows refuse is refused for its own sake.",
     .given = {.tls = "good"},
     .expect = {.outcomes = OUT_CLAIMS, .cancels = EXACTLY(1)}},

    {RULE("SE-12", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-12; RFC 9525",
     .requirement = "A certificate that stands for itself is refused before the request leaves.",
     .given = {.tls = "self_signed"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE}},

    {RULE("SE-12/unknown-authority", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-12; RFC 9525",
     .requirement = "A certificate of an authority that nobody knows is refused before the request leaves.",
     .given = {.tls = "unknown_authority"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE}},

    {RULE("SE-13", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-13; RFC 9525",
     .requirement = "A certificate of another host is refused before the request leaves, whoever signed it.",
     .given = {.tls = "other_name"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE}},

    {RULE("SE-14", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-14",
     .requirement = "A certificate whose time is over is refused before the request leaves.",
     .given = {.tls = "expired"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE}},

    {RULE("SE-14/not-yet", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-14",
     .requirement = "A certificate whose time has not come is refused before the request leaves.",
     .given = {.tls = "not_yet_valid"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE}},

    {RULE("SE-15", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-15; RFC 8996",
     .requirement = "A server that speaks nothing newer than TLS 1.1 gets no request.",
     .given = {.tls = "old"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE}},

    {RULE("SE-15/closed", MUST, OURS, WIRE | REPORT),
     .clause = "catalogue SE-15",
     .requirement = "A handshake that the server ends is a failure: nothing was sent, and nothing is sent without TLS.",
     .given = {.tls = "closes"},
     .expect = {.outcomes = OUT_TRANSPORT_ERROR, .tolerated = OUT_ANY_FAILURE, .requests = NONE,
                .if_reported = JSON({"sent": "no"})}},
};

const struct check_group common_checks = CHECK_GROUP(rows);

/* clang-format on */
