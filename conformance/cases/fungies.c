/*
 * Fungies, cancel order: the rules of a client as rows. This file holds those about the request, the keys, transport,
 * text and repeats; fungies_answers.inc those about answers; fungies_facts.h the verbs that only they need.
 *
 *     PATCH /v0/orders/{id or number}/cancel    x-fngs-public-key: pub_…    x-fngs-secret-key: sec_…    {}
 *     200 {"status":"success","data":{"order":{"id":…,"number":…,"status":"CANCELLED",…}}}
 *
 * The vendor documents one success and one 400. Its authentication page adds 401 and 403, its own clients failures
 * under status 200. All the rest is ours: which orders can be cancelled, the second cancel, 404, 429 and 5xx.
 *
 * A client in doubt may read the order, and what it reads there counts. A row in which success would be a guess
 * therefore spoils every answer of the vendor ("match": {}), and not that of the cancel call alone: else the order,
 * which the mock did cancel, would show itself as CANCELLED and success would be no guess.
 *
 * Not asked here: certificates (FNG-TLS-1 beyond plain http), another host name in FNG-TLS-2 (another port stands for
 * it), the cap on an answer's size in FNG-CONN-1, and lists of orders (FNG-LIST-1).
 */
#include "cases/registry.h"

#include "cases/fungies_facts.h"

#define PAGE          "page Cancel Order, "
#define KEYS_PAGE     "page Authentication"
#define PATH          "/v0/orders/"
#define UNKNOWN_ORDER "5e0d7c1b-9a34-4f26-8b71-c2d90e4f6a13"
#define OTHER_ORDER   "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a"

/* A refusal that the client makes itself. */
#define OUT_REFUSED_HERE (OUT_INVALID | OUT_UNAUTHORIZED | OUT_FORBIDDEN)
/* A number that was encoded well, but names no order. */
#define OUT_NO_SUCH_ORDER (OUT_INVALID | OUT_REJECTED | OUT_NOT_FOUND)
/* "Accepted, not confirmed." */
#define OUT_NOT_CONFIRMED (OUT_PENDING | OUT_UNKNOWN)
#define OUT_DONE          (OUT_CANCELED | OUT_ALREADY_CANCELED)

/* clang-format off */

/* The true answers of every call, changed. */
#define DRIFT_ALL(...) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{},\"patch\":" #__VA_ARGS__ "}"
/* The true answers of every call, under another status. */
#define STATUS_ALL(status_) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{},\"patch\":[],\"status\":" #status_ "}"
/* One answer to every call. */
#define ANSWER_ALL(status_, ...) "{\"fault\":\"CANNED_RESPONSE\",\"match\":{},\"status\":" #status_ ",\"json\":" #__VA_ARGS__ "}"
#define ANSWER_ALL_TEXT(status_, type_, body_) \
    "{\"fault\":\"CANNED_RESPONSE\",\"match\":{},\"status\":" #status_ ",\"headers\":[[\"Content-Type\",\"" type_ "\"]],\"body\":\"" body_ "\"}"
/* These very bytes to every call. */
#define RAW_ALL(bytes_) "{\"fault\":\"RAW_RESPONSE\",\"match\":{},\"bytes\":\"" bytes_ "\"}"
#define RAW(bytes_) "{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"" bytes_ "\"}"

/* A success, for use inside a JSON string: 248 (0xf8) bytes when the order's number has twelve characters. */
#define DONE_ORDER \
    "{\\\"object\\\":\\\"order\\\",\\\"id\\\":\\\"{document.id}\\\",\\\"number\\\":\\\"{document.number}\\\",\\\"status\\\":\\\"CANCELLED\\\"," \
    "\\\"createdAt\\\":1767225600000,\\\"userId\\\":\\\"7d1f0b8e-2a6c-4f3d-8e90-6b5a4c3d2e1f\\\",\\\"orderNumber\\\":\\\"{document.number}\\\"}"
#define DONE_BODY "{\\\"status\\\":\\\"success\\\",\\\"data\\\":{\\\"order\\\":" DONE_ORDER "}}"
#define TWELVE JSON({"document": {"number": "qX4mT9bLz2Rk", "orderNumber": "qX4mT9bLz2Rk"}})

static const struct check checks[] = {
    /* -- the request, section 4 --------------------------------------------------------------------------------- */

    {RULE("FNG-REQ-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Request Method",
     .requirement = "Cancelling is a PATCH.",
     .expect = {.cancels = AT_LEAST(1), .facts = {METHOD("PATCH")}}},

    {RULE("FNG-REQ-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4, 9 A19; " PAGE "Endpoint URL",
     .requirement = "The target is /v0/orders/{id}/cancel: no query, no trailing slash, no doubled /v0.",
     .expect = {.facts = {TARGET(PATH "{order_id}/cancel")}}},

    {RULE("FNG-REQ-2/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.facts = {TARGET(PATH "{order_id}/cancel")}}},

    {RULE("FNG-REQ-3/hash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order",
     .requirement = "The '#' that a number may begin with goes out as %23.",
     .given = {.arguments = JSON({"order_id": "#{document.number}"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .facts = {TARGET(PATH "%23{document.number}/cancel")}}},

    {RULE("FNG-REQ-3/reserved", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; RFC 3986 section 2.2; catalogue WS-03",
     .requirement = "Reserved characters are encoded, once, or the value is refused before anything is sent.",
     .given = {.order_id = "a?b c#d%e"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .facts = {TARGET_IF_SENT(PATH "a%3Fb%20c%23d%25e/cancel")}}},

    {RULE("FNG-REQ-3/non-ascii", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 3986 section 2.5; catalogue WS-04",
     .requirement = "Letters beyond ASCII go out as percent-encoded UTF-8, or not at all.",
     .given = {.order_id = "zam\xc3\xb3wienie"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .facts = {TARGET_IF_SENT(PATH "zam%C3%B3wienie/cancel")}}},

    {RULE("FNG-REQ-3/line-break", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; catalogue SE-17",
     .requirement = "A line break in a value is encoded or refused; it never starts a header.",
     .given = {.order_id = "A7k2\r\nX-Injected: 1"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .facts = {TARGET_IF_SENT(PATH "A7k2%0D%0AX-Injected%3A%201/cancel")}}},

    {RULE("FNG-REQ-3/encoded-dots", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 3986 section 2.4",
     .requirement = "A value that looks encoded is refused or encoded once more, never sent as it is.",
     .given = {.order_id = "%2e%2e"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .facts = {TARGET_IF_SENT(PATH "%252e%252e/cancel")}}},

    {RULE("FNG-REQ-4/number", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; " PAGE "Path Parameters",
     .requirement = "An order is cancelled by its number as well as by its id.",
     .given = {.arguments = JSON({"order_id": "{document.number}"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .facts = {TARGET(PATH "{document.number}/cancel")}}},

    {RULE("FNG-REQ-4/tail", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; page Order",
     .requirement = "A number may have a tail of a hyphen and digits.",
     .given = {.order = JSON({"document": {"number": "Kd83mQx1Rw7Z-12", "orderNumber": "Kd83mQx1Rw7Z-12"}}), .arguments = JSON({"order_id": "Kd83mQx1Rw7Z-12"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .facts = {TARGET(PATH "Kd83mQx1Rw7Z-12/cancel")}}},

    {RULE("FNG-REQ-4/empty", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; " PAGE "Path Parameters",
     .requirement = "An empty value is refused before anything is sent.",
     .given = {.order_id = ""},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("FNG-REQ-4/dot", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; RFC 3986 section 5.2.4",
     .requirement = "One dot is refused before anything is sent.",
     .given = {.order_id = "."},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("FNG-REQ-4/dots", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; RFC 3986 section 5.2.4",
     .requirement = "Two dots are refused before anything is sent.",
     .given = {.order_id = ".."},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("FNG-REQ-4/slash", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; catalogue SE-18",
     .requirement = "A value with a slash is refused before anything is sent.",
     .given = {.order_id = "../orders/list"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("FNG-REQ-4/encoded-slash", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; catalogue SE-18",
     .requirement = "A value that has a slash once it is decoded is refused before anything is sent.",
     .given = {.order_id = "A7k2%2FQm9Z"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("FNG-REQ-5/zeros", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order; catalogue WS-10",
     .requirement = "A number of digits keeps its leading zeros.",
     .given = {.order = JSON({"document": {"number": "0004207", "orderNumber": "0004207"}}), .arguments = JSON({"order_id": "0004207"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .facts = {TARGET(PATH "0004207/cancel")}}},

    {RULE("FNG-REQ-5/long", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order; catalogue WS-14",
     .requirement = "A number of thirty digits is not rounded.",
     .given = {.order = JSON({"document": {"number": "123456789012345678901234567890", "orderNumber": "123456789012345678901234567890"}}),
               .arguments = JSON({"order_id": "123456789012345678901234567890"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .facts = {TARGET(PATH "123456789012345678901234567890/cancel")}}},

    {RULE("FNG-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order",
     .requirement = "A number goes out in the case in which it came.",
     .given = {.order = JSON({"document": {"number": "zYx9wVu8TsR7", "orderNumber": "zYx9wVu8TsR7"}}), .arguments = JSON({"order_id": "zYx9wVu8TsR7"})},
     .expect = {.facts = {TARGET(PATH "zYx9wVu8TsR7/cancel")}}},

    {RULE("FNG-REQ-7", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Example of Endpoint Usage",
     .requirement = "Content-Type is application/json, once.",
     .expect = {.facts = {MEDIA_TYPE("application/json")}}},

    {RULE("FNG-REQ-8", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Request Body",
     .requirement = "The body is one JSON object: not null, no array, no string, not nothing.",
     .expect = {.facts = {ONE_JSON_OBJECT}}},

    {RULE("FNG-REQ-9", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Request Body",
     .requirement = "The body has no members, for none is described.",
     .expect = {.facts = {BODY("{}")}}},

    {RULE("FNG-REQ-10", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 9112 section 6; catalogue WS-16",
     .requirement = "The body is framed by a right Content-Length or in chunks.",
     .expect = {.facts = {RIGHT_FRAMING}}},

    {RULE("FNG-REQ-11", SHOULD, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json.",
     .expect = {.facts = {HEADER_HAS("Accept", "application/json")}}},

    {RULE("FNG-UPD-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 8; page Update Order",
     .requirement = "A cancel that was refused is not forced by way of /update.",
     .given = {.order = JSON({"state": "EXPIRED"}), .quiet_ms = 50},
     .expect = {.state = "EXPIRED", .on = "*", .facts = {TARGET_LACKS("/update")}}},

    /* -- the keys, section 2 ------------------------------------------------------------------------------------ */

    {RULE("FNG-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " PAGE "Headers; " KEYS_PAGE,
     .requirement = "x-fngs-public-key is there exactly once, with the public key, in the cancel call and whatever follows it.",
     .given = {.faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}})}},
     .expect = {.on = "*", .facts = {HEADER("x-fngs-public-key", "{credentials.public_key}")}}},

    {RULE("FNG-AUTH-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " PAGE "Headers",
     .requirement = "x-fngs-secret-key is there exactly once in the cancel call, with the secret key.",
     .expect = {.facts = {HEADER("x-fngs-secret-key", "{credentials.secret_key}")}}},

    {RULE("FNG-AUTH-2/odd-letters", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2",
     .requirement = "A key with '+', '/', '=', '_' and '-' goes out as it is.",
     .given = {.credentials = JSON({"secret_key": "sec_a+B/c=d_e-f=="})},
     .expect = {.facts = {HEADER("x-fngs-secret-key", "sec_a+B/c=d_e-f==")}}},

    {RULE("FNG-AUTH-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2, 9 A6; " PAGE "Headers",
     .requirement = "The keys are not sent as Authorization, though two lines of the page look like that.",
     .expect = {.on = "*", .facts = {NO_HEADER("Authorization")}}},

    {RULE("FNG-AUTH-4/in-place", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "Each key stands in its own header and in no other.",
     .expect = {.cancels = AT_LEAST(1), .facts = {KEYS_IN_PLACE}}},

    {RULE("FNG-AUTH-4/swapped", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "Keys that the caller has swapped are refused before anything is sent.",
     .given = {.credentials = JSON({"public_key": "{all_credentials.secret_key}", "secret_key": "{all_credentials.public_key}"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-4/secret-as-public", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "A secret key given as the public one is refused before anything is sent.",
     .given = {.credentials = JSON({"public_key": "sec_Zq81LmT4vR6xWc0D"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-5", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "Who reads the order after a lost answer sends the public key alone.",
     .given = {.faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}})}},
     .expect = {.cancels = AT_LEAST(1), .facts = {READS_WITHOUT_SECRET}}},

    {RULE("FNG-AUTH-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "No key stands in the URL, its query, a cookie or the body.",
     .expect = {.on = "*", .cancels = AT_LEAST(1), .facts = {NO_SECRET_IN_TARGET, NO_SECRET_IN_BODY, NO_HEADER("Cookie")}}},

    {RULE("FNG-AUTH-6/refused-key", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: fungies 2; " KEYS_PAGE "; catalogue SE-19",
     .requirement = "A key that the server refused is in no log and no error text.",
     .given = {.credentials = JSON({"secret_key": "sec_Zq81LmT4vR6xWc0D"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .facts = {NO_SECRET_REPORTED}}},

    {RULE("FNG-AUTH-6/swapped-keys", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: fungies 2; " KEYS_PAGE "; catalogue SE-19",
     .requirement = "The refusal of swapped keys does not quote them.",
     .given = {.credentials = JSON({"public_key": "{all_credentials.secret_key}", "secret_key": "{all_credentials.public_key}"})},
     .expect = {.outcomes = OUT_REFUSED_HERE | OUT_ANY_FAILURE, .facts = {NO_SECRET_REPORTED}}},

    {RULE("FNG-AUTH-6/html", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: fungies 2; " KEYS_PAGE "; catalogue SE-19",
     .requirement = "An answer that cannot be read does not bring the keys into a log.",
     .given = {.faults = {ANSWER_ALL_TEXT(502, "text/html", "<html><h1>502 Bad Gateway</h1>{nonce}</html>")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {NO_SECRET_REPORTED}}},

    {RULE("FNG-AUTH-7/absent", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " PAGE "Headers",
     .requirement = "Without a secret key nothing is sent: a cancel needs write access.",
     .given = {.credentials = JSON({"secret_key": null})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-7/empty", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " PAGE "Headers; catalogue AU-14",
     .requirement = "With an empty secret key nothing is sent.",
     .given = {.credentials = JSON({"secret_key": ""})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-8/secret", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A secret key with a line break is refused; it never becomes a second header.",
     .given = {.credentials = JSON({"secret_key": "sec_abcdef\r\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .requests = NONE}},

    {RULE("FNG-AUTH-8/public", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A public key with a line feed is refused.",
     .given = {.credentials = JSON({"public_key": "pub_abcdef\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .requests = NONE}},

    {RULE("FNG-AUTH-8/control", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; RFC 9110 section 5.5",
     .requirement = "A key with another control character is refused.",
     .given = {.credentials = "{\"secret_key\": \"sec_abc\\u0001def\"}"},
     .expect = {.outcomes = OUT_REFUSED_HERE, .requests = NONE}},

    /* -- transport ---------------------------------------------------------------------------------------------- */

    {RULE("FNG-TLS-1", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 1; " KEYS_PAGE,
     .requirement = "A plain http base URL is refused, unless a switch for tests allows it or the host is this machine.",
     .given = {.base_url = "http://0.0.0.0:{port}/v0"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE}},

    {RULE("FNG-TLS-2/307", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-02, SE-04; RFC 9110 section 15.4.8",
     .requirement = "A redirect to another origin never takes a key there.",
     .given = {.faults = {REDIRECT(307, "{other_url}" PATH "{order_id}/cancel")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {OTHER_SEES_NO_SECRET}}},

    {RULE("FNG-TLS-2/302", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-02, SE-04",
     .requirement = "A redirect that turns the call into a GET takes no key to another origin either.",
     .given = {.faults = {REDIRECT(302, "{other_url}" PATH "{order_id}/cancel")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .facts = {OTHER_SEES_NO_SECRET}}},

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
     .expect = {.outcomes = OUT_CANCELED | OUT_NO_SUCCESS, .facts = {METHOD("PATCH"), ONE_JSON_OBJECT}}},

    {RULE("FNG-TLS-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 1; catalogue WS-07",
     .requirement = "The base is the caller's: Host is its authority, the port included, and no host of the vendor.",
     .expect = {.on = "*", .facts = {HOST_IS_AUTHORITY}}},

    {RULE("FNG-CONN-1", MUST, OURS, REPORT | TIMING),
     .clause = "providers: fungies 10; catalogue RS-02",
     .requirement = "A server that stays silent ends in a time-out before the deadline, not in a hang.",
     .given = {.faults = {JSON({"fault": "NO_RESPONSE", "match": {}})}, .deadline_ms = 400},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR}},

#include "cases/fungies_answers.inc"

    /* -- text --------------------------------------------------------------------------------------------------- */

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

    /* -- repeats, sections 7 and 10 ----------------------------------------------------------------------------- */

#define NOT_AFTER(status_) \
    {RULE("FNG-RETRY-1/" #status_, MUST, OURS, WIRE), \
     .clause = "providers: fungies 10; catalogue IR-16", \
     .requirement = "The call is not repeated after a " #status_ ".", \
     .given = {.quiet_ms = 50, .faults = {ANSWER(status_, {"status": "error", "error": {"message": "{nonce}"}})}}, \
     .expect = {.cancels = EXACTLY(1)}}

    NOT_AFTER(400), NOT_AFTER(401), NOT_AFTER(403), NOT_AFTER(404), NOT_AFTER(409), NOT_AFTER(422),

    {RULE("FNG-RETRY-2/read-first", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-20",
     .requirement = "When the answer got lost the order is read, and CANCELLED there ends the matter.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}})}},
     .expect = {.outcomes = OUT_DONE, .cancels = EXACTLY(1), .state = "CANCELLED", .facts = {OPERATION_AT_LEAST("get_order", "1")}}},

    {RULE("FNG-RETRY-2/read-after-500", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-20",
     .requirement = "After a 500 the order is read, and CANCELLED there ends the matter.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CANNED_RESPONSE", "phase": "after_commit", "when": {"first": 1}, "status": 500,
                                                "json": {"status": "error", "error": {"message": "Internal Server Error"}}})}},
     .expect = {.outcomes = OUT_DONE, .cancels = EXACTLY(1), .state = "CANCELLED", .facts = {OPERATION_AT_LEAST("get_order", "1")}}},

    {RULE("FNG-RETRY-2/never-arrived", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-07",
     .requirement = "A call that was cut off is repeated only when the order was read and is not CANCELLED.",
     .given = {.quiet_ms = 50, .faults = {JSON({"fault": "CONNECTION_RESET_BY_PEER", "when": {"first": 1}})}},
     .expect = {.outcomes = OUT_DONE | OUT_UNCLEAR, .cancels = BETWEEN(1, 2), .facts = {READ_BETWEEN_CANCELS, CLAIM_IS_BACKED}}},

    {RULE("FNG-RETRY-2/one-more", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-14",
     .requirement = "An order that is not CANCELLED when read allows one more call, not two.",
     .given = {.quiet_ms = 50, .faults = {EMPTY_ANSWER}},
     .expect = {.outcomes = OUT_UNCLEAR, .cancels = BETWEEN(1, 2), .facts = {READ_BETWEEN_CANCELS}}},

    {RULE("FNG-RETRY-2/time-out", SHOULD, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7; catalogue IR-01",
     .requirement = "After a time-out the call is not repeated blindly.",
     .given = {.quiet_ms = 50, .deadline_ms = 600, .faults = {JSON({"fault": "NO_RESPONSE", "phase": "after_commit"})}},
     .expect = {.outcomes = OUT_DONE | OUT_TIMEOUT | OUT_UNKNOWN, .tolerated = OUT_TRANSPORT_ERROR, .cancels = EXACTLY(1),
                .state = "CANCELLED", .facts = {CLAIM_IS_BACKED}}},

    {RULE("FNG-RETRY-3/success", MUST, OURS, REPORT),
     .clause = "providers: fungies 7, 9 A14",
     .requirement = "A second cancel that is answered with CANCELLED is success.",
     .given = {.runs = RUN_TWICE},
     .expect = {.outcomes = OUT_CANCELED, .again = OUT_DONE, .state = "CANCELLED"}},

    {RULE("FNG-RETRY-3/refused", MUST, OURS, WIRE | REPORT),
     .clause = "providers: fungies 7, 9 A14",
     .requirement = "When a repeat is refused the order is read, for the first call may have cancelled it.",
     .given = {.quiet_ms = 50, .knobs = JSON({"second_cancel": "400"}),
               .faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}}),
                          JSON({"fault": "SCHEMA_DRIFT", "phase": "after_commit", "match": {"operation": "get_order"}, "when": {"first": 1},
                                "patch": [{"op": "set", "path": "/data/order/status", "value": "PENDING"}]})}},
     .expect = {.outcomes = OUT_DONE | OUT_UNCLEAR, .tolerated = OUT_REJECTED, .state = "CANCELLED",
                .facts = {READ_AFTER_REFUSED_REPEAT, CLAIM_IS_BACKED}}},

    {RULE("FNG-RETRY-4/503", MUST, OURS, WIRE | TIMING),
     .clause = "providers: fungies 10; catalogue IR-13, IR-14",
     .requirement = "However often the server answers 503, the call goes out three times at most, and not at once.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(503, {"status": "error", "error": {"message": "Service Unavailable"}})}},
     .expect = {.cancels = BETWEEN(1, 3), .facts = {CANCELS_APART("20")}}},

    {RULE("FNG-RETRY-4/429", MUST, OURS, WIRE | TIMING),
     .clause = "providers: fungies 10; catalogue IR-14",
     .requirement = "However often the server answers 429, the call goes out three times at most, and not at once.",
     .given = {.quiet_ms = 50, .faults = {ANSWER(429, {"status": "error", "error": {"message": "Too Many Requests"}})}},
     .expect = {.cancels = BETWEEN(1, 3), .facts = {CANCELS_APART("20")}}},
};

/* clang-format on */

const struct check_table fungies_checks = {
    .profile =
        {
            .provider = "fungies",
            .title = "Fungies",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .credentials = "public_key secret_key",
            .cancel_operations = "cancel",
            .envelope = "status",
        },
    .checks = checks,
    .count = CHECK_COUNT(checks),
};
