/* Rows about what is sent. */
#include "cases/dukkango/dukkango.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── The request, section 4 ──────────────────────────────────────────────────────────────────────────────────── */

    {RULE("DUK-REQ-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Examples",
     .requirement = "Cancelling is a PUT.",
     .expect = {.outcomes = OUT_CANCELED, .cancels = EXACTLY(1), .state = "CANCELED", .holds = {METHOD("PUT")}}},

    {RULE("DUK-REQ-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Path Parameters",
     .requirement = "The target is /api/integrations/orders/cancel/{payment_key}: no query, no trailing or doubled slash.",
     .expect = {.holds = {TARGET(PATH "{order_id}")}}},

    {RULE("DUK-REQ-2/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; catalogue WS-05",
     .requirement = "A base URL that ends with a slash leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.holds = {TARGET(PATH "{order_id}")}}},

    {RULE("DUK-REQ-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4, 9 A1, A2; " PAGE "Path Parameters",
     .requirement = "The path names the order by its payment_key, not by its integer id.",
     .expect = {.holds = {TARGET(PATH "{document.payment_key}"), TARGET_LACKS("/{document.id}")}}},

    {RULE("DUK-REQ-4/slash", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 3986 section 2.2",
     .requirement = "A key with reserved characters stays one path segment, or is refused before anything is sent.",
     .given = {.order_id = "a/b?c#d e"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .holds = {TARGET_IF_SENT(PATH "a%2Fb%3Fc%23d%20e")}}},

    {RULE("DUK-REQ-4/dots", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 3986 section 5.2.4",
     .requirement = "A key of dots and slashes never leads to another resource.",
     .given = {.order_id = "../../orders/get-current"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .holds = {TARGET_IF_SENT(PATH "..%2F..%2Forders%2Fget-current")}}},

    {RULE("DUK-REQ-4/non-ascii", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 3986 section 2.5",
     .requirement = "Letters beyond ASCII go out as percent-encoded UTF-8, or not at all.",
     .given = {.order_id = "sipari\xc5\x9f"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .holds = {TARGET_IF_SENT(PATH "sipari%C5%9F")}}},

    {RULE("DUK-REQ-4/line-break", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; catalogue SE-17",
     .requirement = "A line break in a key is encoded or refused; it never starts a header.",
     .given = {.order_id = "7f8d6a52\r\nX-Injected: 1"},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND | OUT_FORBIDDEN, .cancels = AT_MOST(1),
                .holds = {TARGET_IF_SENT(PATH "7f8d6a52%0D%0AX-Injected%3A%201")}}},

    {RULE("DUK-REQ-5", SHOULD, OURS, WIRE),
     .clause = "providers: dukkango 4",
     .requirement = "The key goes out in the letters it came in, capitals included.",
     .given = {.order = JSON({"id": "3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E"})},
     .expect = {.holds = {TARGET(PATH "3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E")}}},

    {RULE("DUK-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Headers",
     .requirement = "Content-Type is application/json, once.",
     .expect = {.holds = {MEDIA_TYPE("application/json")}}},

    {RULE("DUK-REQ-7", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; RFC 9112 section 6",
     .requirement = "The body is one JSON object, framed by a right Content-Length or in chunks.",
     .expect = {.holds = {BODY_HAS("/reason_id"), RIGHT_FRAMING}}},

    {RULE("DUK-REQ-8", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Body Parameters",
     .requirement = "reason_id is a JSON integer: 3, and neither \"3\" nor 3.0.",
     .expect = {.holds = {TOKEN("/reason_id", "3")}}},

    {RULE("DUK-REQ-8/eight", MUST, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Cancel Reasons",
     .requirement = "The reason that the caller chose is the one that is sent.",
     .given = {.arguments = JSON({"reason_id": 8})},
     .expect = {.outcomes = OUT_CANCELED, .holds = {TOKEN("/reason_id", "8")}}},

    {RULE("DUK-REQ-9/zero", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Complete Workflow",
     .requirement = "A reason below 1 is refused before anything is sent.",
     .given = {.arguments = JSON({"reason_id": 0})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-9/nine", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Complete Workflow",
     .requirement = "A reason above 8 is refused before anything is sent.",
     .given = {.arguments = JSON({"reason_id": 9})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-9/negative", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Complete Workflow",
     .requirement = "A negative reason is refused before anything is sent.",
     .given = {.arguments = JSON({"reason_id": -1})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-10", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: dukkango 4; " PAGE "Best Practices",
     .requirement = "Without a reason from the caller nothing is sent; none is made up, not even 8.",
     .given = {.arguments = JSON({"reason_id": null})},
     .expect = {.outcomes = OUT_INVALID, .local = true}},

    {RULE("DUK-REQ-11", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: dukkango 4; " PAGE "Body Parameters",
     .requirement = "The body has no member but reason_id.",
     .expect = {.holds = {BODY_ONLY("", "reason_id")}}},

    {RULE("DUK-REQ-12", MUST, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 8259 sections 4, 8.1",
     .requirement = "No duplicate member, no byte order mark and no bytes after the object.",
     .expect = {.holds = {ONE_JSON_OBJECT}}},

    {RULE("DUK-REQ-13", SHOULD, OURS, WIRE),
     .clause = "providers: dukkango 4; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json.",
     .expect = {.holds = {HEADER_HAS("Accept", "application/json")}}},

    {RULE("WS-07", MUST, OURS, WIRE),
     .clause = "catalogue WS-07; RFC 9112 section 3.2",
     .requirement = "Host is the authority of the base URL, its port included.",
     .expect = {.holds = {HOST_IS_AUTHORITY}}},
};

const struct check_group dukkango_request_rows = CHECK_GROUP(rows);

/* clang-format on */
