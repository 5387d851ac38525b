/* Rows about what is sent. */
#include "cases/iletimerkezi/iletimerkezi.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── The request, section 4 ──────────────────────────────────────────────────────────────────────────────────── */

    {RULE("ILM-HTTP-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Endpoint",
     .requirement = "Cancelling is a POST.",
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "cancelled", .holds = {METHOD("POST")}}},

    {RULE("ILM-HTTP-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Endpoint",
     .requirement = "The target is /v1/cancel-order/json: no trailing slash, no query, no path of another call.",
     .expect = {.holds = {TARGET(PATH)}}},

    {RULE("ILM-HTTP-2/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.outcomes = OUT_CANCELED, .holds = {TARGET(PATH)}}},

    {RULE("ILM-HTTP-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Endpoint",
     .requirement = "Content-Type is application/json, once, and a charset in it is utf-8.",
     .expect = {.holds = {MEDIA_TYPE("application/json"), UTF8_OR_NO_CHARSET}}},

    {RULE("ILM-HTTP-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; RFC 9112 section 6",
     .requirement = "The body is framed by a right Content-Length or in chunks.",
     .expect = {.holds = {RIGHT_FRAMING, BODY_HAS("/request")}}},

    {RULE("ILM-HTTP-4/one-object", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 4; RFC 8259 sections 4, 8.1",
     .requirement = "The body is one JSON object in UTF-8: no byte order mark, no duplicate member, nothing after it.",
     .expect = {.holds = {ONE_JSON_OBJECT}}},

    {RULE("ILM-XML-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 3; " PAGE "Endpoint",
     .requirement = "What goes to the JSON path is JSON, and says so.",
     .expect = {.holds = {TARGET(PATH), ONE_JSON_OBJECT, MEDIA_TYPE("application/json")}}},

    {RULE("ILM-REQ-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "All stands in one object, \"request\", at the top.",
     .expect = {.holds = {BODY_HAS("/request"), BODY_ONLY("", "request")}}},

    {RULE("ILM-REQ-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "The order is named by request.order.id.",
     .expect = {.holds = {BODY_HAS("/request/order/id")}}},

    {RULE("ILM-REQ-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "The id is a JSON string of digits or a JSON integer.",
     .expect = {.holds = {SOME_DIGITS("/request/order/id")}}},

    {RULE("ILM-REQ-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "The id that is sent is the id that the caller gave.",
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled", .holds = {DIGITS("/request/order/id", "{order_id}")}}},

    {RULE("ILM-REQ-4/beyond-int", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 4",
     .requirement = "An id beyond 2^31 keeps its digits.",
     .given = {.order = JSON({"id": "31289124567"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled", .holds = {DIGITS("/request/order/id", "31289124567")}}},

    {RULE("ILM-REQ-4/beyond-double", MUST, OURS, WIRE),
     .clause = "providers: iletimerkezi 4",
     .requirement = "An id beyond 2^53 keeps its digits.",
     .given = {.order = JSON({"id": "9007199254740995"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled", .holds = {DIGITS("/request/order/id", "9007199254740995")}}},

    {RULE("ILM-REQ-4/leading-zeros", MUST, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "Zeros at the front of an id are part of it.",
     .given = {.order = JSON({"id": "000417"})},
     .expect = {.outcomes = OUT_CANCELED, .state = "cancelled", .holds = {DIGITS("/request/order/id", "000417")}}},

    {RULE("ILM-REQ-6", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "request.order has no member but id.",
     .expect = {.holds = {BODY_ONLY("/request/order", "id")}}},

    {RULE("ILM-REQ-6/authentication", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: iletimerkezi 4; " PAGE "Schema",
     .requirement = "request and request.authentication have no members but the documented.",
     .expect = {.holds = {BODY_ONLY("/request", "authentication order"), BODY_ONLY("/request/authentication", "key hash")}}},

    {RULE("ILM-REQ-7/empty", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "An empty id is refused before anything is sent.",
     .given = {.order_id = ""},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ILM-REQ-7/letters", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "An id with a letter in it is refused before anything is sent.",
     .given = {.order_id = "31289124x"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ILM-REQ-7/sign", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "An id with a sign is refused before anything is sent.",
     .given = {.order_id = "-312891245"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ILM-REQ-7/fraction", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "An id with a fraction is refused before anything is sent.",
     .given = {.order_id = "312891245.0"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ILM-REQ-7/space", MUST, OURS, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "An id with a blank in front is refused before anything is sent.",
     .given = {.order_id = " 312891245"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ILM-REQ-7/line-end", MUST, OURS, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "An id with a line end is refused before anything is sent.",
     .given = {.order_id = "312891245\n"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("ILM-REQ-7/other-digits", MUST, OURS, WIRE | REPORT),
     .clause = "providers: iletimerkezi 4; page sms/iptal/json",
     .requirement = "Digits of another script are no digits here.",
     .given = {.order_id = "٣١٢٨٩١٢٤٥"},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("WS-07", MUST, OURS, WIRE),
     .clause = "catalogue WS-07; RFC 9112 section 3.2",
     .requirement = "Host is the authority of the base URL, its port included.",
     .expect = {.holds = {HOST_IS_AUTHORITY}}},
};

const struct check_group iletimerkezi_request_rows = CHECK_GROUP(rows);

/* clang-format on */
