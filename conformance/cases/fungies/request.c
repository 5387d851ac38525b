/* Rows about what is sent. */
#include "cases/fungies/fungies.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── The request, section 4 ──────────────────────────────────────────────────────────────────────────────────── */

    {RULE("FNG-REQ-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Request Method",
     .requirement = "Cancelling is a PATCH.",
     .expect = {.cancels = AT_LEAST(1), .holds = {METHOD("PATCH")}}},

    {RULE("FNG-REQ-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4, 9 A19; " PAGE "Endpoint URL",
     .requirement = "The target is /v0/orders/{id}/cancel: no query, no trailing slash, no doubled /v0.",
     .expect = {.holds = {TARGET(PATH "{order_id}/cancel")}}},

    {RULE("FNG-REQ-2/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.holds = {TARGET(PATH "{order_id}/cancel")}}},

    {RULE("FNG-REQ-3/hash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order",
     .requirement = "The '#' that a number may begin with goes out as %23.",
     .given = {.arguments = JSON({"order_id": "#{document.number}"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .holds = {TARGET(PATH "%23{document.number}/cancel")}}},

    {RULE("FNG-REQ-3/reserved", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; RFC 3986 section 2.2; catalogue WS-03",
     .requirement = "Reserved characters are encoded, once, or the value is refused before anything is sent.",
     .given = {.order_id = "a?b c#d%e"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .holds = {TARGET_IF_SENT(PATH "a%3Fb%20c%23d%25e/cancel")}}},

    {RULE("FNG-REQ-3/non-ascii", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 3986 section 2.5; catalogue WS-04",
     .requirement = "Letters beyond ASCII go out as percent-encoded UTF-8, or not at all.",
     .given = {.order_id = "zam\xc3\xb3wienie"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .holds = {TARGET_IF_SENT(PATH "zam%C3%B3wienie/cancel")}}},

    {RULE("FNG-REQ-3/line-break", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; catalogue SE-17",
     .requirement = "A line break in a value is encoded or refused; it never starts a header.",
     .given = {.order_id = "A7k2\r\nX-Injected: 1"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .holds = {TARGET_IF_SENT(PATH "A7k2%0D%0AX-Injected%3A%201/cancel")}}},

    {RULE("FNG-REQ-3/encoded-dots", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 3986 section 2.4",
     .requirement = "A value that looks encoded is refused or encoded once more, never sent as it is.",
     .given = {.order_id = "%2e%2e"},
     .expect = {.outcomes = OUT_NO_SUCH_ORDER, .holds = {TARGET_IF_SENT(PATH "%252e%252e/cancel")}}},

    {RULE("FNG-REQ-4/number", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; " PAGE "Path Parameters",
     .requirement = "An order is cancelled by its number as well as by its id.",
     .given = {.arguments = JSON({"order_id": "{document.number}"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .holds = {TARGET(PATH "{document.number}/cancel")}}},

    {RULE("FNG-REQ-4/tail", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 4; page Order",
     .requirement = "A number may have a tail of a hyphen and digits.",
     .given = {.order = JSON({"document": {"number": "Kd83mQx1Rw7Z-12", "orderNumber": "Kd83mQx1Rw7Z-12"}}), .arguments = JSON({"order_id": "Kd83mQx1Rw7Z-12"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .holds = {TARGET(PATH "Kd83mQx1Rw7Z-12/cancel")}}},

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
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .holds = {TARGET(PATH "0004207/cancel")}}},

    {RULE("FNG-REQ-5/long", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order; catalogue WS-14",
     .requirement = "A number of thirty digits is not rounded.",
     .given = {.order = JSON({"document": {"number": "123456789012345678901234567890", "orderNumber": "123456789012345678901234567890"}}),
               .arguments = JSON({"order_id": "123456789012345678901234567890"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "CANCELLED", .holds = {TARGET(PATH "123456789012345678901234567890/cancel")}}},

    {RULE("FNG-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; page Order",
     .requirement = "A number goes out in the case in which it came.",
     .given = {.order = JSON({"document": {"number": "zYx9wVu8TsR7", "orderNumber": "zYx9wVu8TsR7"}}), .arguments = JSON({"order_id": "zYx9wVu8TsR7"})},
     .expect = {.holds = {TARGET(PATH "zYx9wVu8TsR7/cancel")}}},

    {RULE("FNG-REQ-7", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Example of Endpoint Usage",
     .requirement = "Content-Type is application/json, once.",
     .expect = {.holds = {MEDIA_TYPE("application/json")}}},

    {RULE("FNG-REQ-8", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Request Body",
     .requirement = "The body is one JSON object: not null, no array, no string, not nothing.",
     .expect = {.holds = {ONE_JSON_OBJECT}}},

    {RULE("FNG-REQ-9", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: fungies 4; " PAGE "Request Body",
     .requirement = "The body has no members, for none is described.",
     .expect = {.holds = {BODY("{}")}}},

    {RULE("FNG-REQ-10", MUST, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 9112 section 6; catalogue WS-16",
     .requirement = "The body is framed by a right Content-Length or in chunks.",
     .expect = {.holds = {RIGHT_FRAMING}}},

    {RULE("FNG-REQ-11", SHOULD, OURS, WIRE),
     .clause = "providers: fungies 4; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json.",
     .expect = {.holds = {HEADER_HAS("Accept", "application/json")}}},

    {RULE("FNG-UPD-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 8; page Update Order",
     .requirement = "A cancel that was refused is not forced by way of /update.",
     .given = {.order = JSON({"state": "EXPIRED"}), .quiet_ms = 50},
     .expect = {.state = "EXPIRED", .on = "*", .holds = {TARGET_LACKS("/update")}}},
};

const struct check_group fungies_request_rows = CHECK_GROUP(rows);

/* clang-format on */
