/* Rows about what is sent. */
#include "cases/akinon/akinon.h"

/* clang-format off */

static const struct check line_rows[] = {
    /* ── The request line, sections 3 and 4 ──────────────────────────────────────────────────────────────────────── */

    {RULE("AKN-HTTP-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 3; " PAGE,
     .requirement = "Cancelling is a POST.",
     .expect = {.cancels = EXACTLY(1), .holds = {METHOD("POST")}}},

    {RULE("AKN-HTTP-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 3; " PAGE,
     .requirement = "The target is /api/i1/orders/{order_id}/cancel/ with its last slash.",
     .expect = {.cancels = EXACTLY(1), .holds = {TARGET(PATH "{order_id}/cancel/")}}},

    {RULE("AKN-HTTP-2/base-with-slash", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 3; catalogue WS-05",
     .requirement = "A base URL that ends with a slash leads to the same target.",
     .given = {.base_url = "{base_url}/"},
     .expect = {.holds = {TARGET(PATH "{order_id}/cancel/")}}},

    {RULE("AKN-HTTP-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "The path names the order by its primary key, not by its number.",
     .expect = {.holds = {TARGET(PATH "{document.pk}/cancel/"), TARGET_LACKS("{document.number}")}}},

    {RULE("AKN-HTTP-3/padding", MUST, OURS, WIRE),
     .clause = "providers: akinon 10",
     .requirement = "A key with leading zeros is refused, or loses them; it never goes out padded.",
     .given = {.order_id = "0001883", .arguments = JSON({"reasons": {"70193": 12, "70194": 12}})},
     .expect = {.cancels = AT_MOST(1), .holds = {TARGET_IF_SENT(PATH "1883/cancel/")}}},

    {RULE("AKN-HTTP-3/sign", MUST, OURS, WIRE),
     .clause = "providers: akinon 10",
     .requirement = "A key with a minus sign is refused; nothing is cancelled for it.",
     .given = {.order_id = "-1883", .arguments = JSON({"reasons": {"70193": 12, "70194": 12}})},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .cancels = NONE}},

    {RULE("AKN-HTTP-3/dots", MUST, OURS, WIRE),
     .clause = "providers: akinon 10; RFC 3986 section 5.2.4; catalogue SE-18",
     .requirement = "A key of dots and slashes is no key; no cancel call is made with it.",
     .given = {.order_id = "../../orders/1883", .arguments = JSON({"reasons": {"70193": 12, "70194": 12}})},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .cancels = NONE}},

    {RULE("AKN-HTTP-3/line-break", MUST, OURS, WIRE),
     .clause = "providers: akinon 10; catalogue SE-17",
     .requirement = "A key with a line break is no key; no cancel call is made with it.",
     .given = {.order_id = "1883\r\nX-Injected: 1", .arguments = JSON({"reasons": {"70193": 12, "70194": 12}})},
     .expect = {.outcomes = OUT_INVALID | OUT_NOT_FOUND, .cancels = NONE}},

    {RULE("AKN-HTTP-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; page Getting Started",
     .requirement = "Content-Type is application/json, once.",
     .expect = {.holds = {MEDIA_TYPE("application/json")}}},

    {RULE("AKN-HTTP-5", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "The parameters go out as one JSON object in the body, and none of them in the query.",
     .expect = {.holds = {ONE_JSON_OBJECT, BODY_HAS("/order"), RIGHT_FRAMING, TARGET_LACKS("?")}}},

    {RULE("AKN-HTTP-6/301", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 6, 9.16; RFC 9110 section 15.4.2",
     .requirement = "A 301 never turns the POST into a GET, and the answer to such a GET is no acceptance.",
     .given = {.faults = {REDIRECT(301, "{base_url}/orders/?number={nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "approved", .holds = {NO_GET_OF("{nonce}")}}},

    {RULE("AKN-HTTP-6/302", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 10; RFC 9110 section 15.4.3",
     .requirement = "A 302 never turns the POST into a GET, and the answer to such a GET is no acceptance.",
     .given = {.faults = {REDIRECT(302, "{base_url}/orders/?number={nonce}")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .state = "approved", .holds = {NO_GET_OF("{nonce}")}}},

    {RULE("AKN-HTTP-7", SHOULD, OURS, REPORT | TIMING),
     .clause = "providers: akinon 10; catalogue RS-02",
     .requirement = "A server that stays silent ends in a time-out before the deadline, not in a hang.",
     .given = {.faults = {NO_ANSWER}, .deadline_ms = 600},
     .expect = {.outcomes = OUT_TIMEOUT | OUT_UNKNOWN}},

    {RULE("WS-07", MUST, OURS, WIRE),
     .clause = "catalogue WS-07; RFC 9112 section 3.2",
     .requirement = "Host is the authority of the base URL, its port included.",
     .expect = {.holds = {HOST_IS_AUTHORITY}}},

    {RULE("WS-18", SHOULD, OURS, WIRE),
     .clause = "catalogue WS-18; RFC 9110 section 12.5.1",
     .requirement = "Accept names application/json, so that 406 cannot be about the format.",
     .expect = {.holds = {HEADER_HAS("Accept", "application/json")}}},
};

const struct check_group akinon_request_line_rows = CHECK_GROUP(line_rows);

static const struct check body_rows[] = {
    /* ── The body, section 4 ─────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("AKN-REQ-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4, 9.15; " PAGE,
     .requirement = "\"order\" is a JSON integer, the same as in the path.",
     .expect = {.holds = {TOKEN("/order", "{order_id}")}}},

    {RULE("AKN-REQ-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "\"cancel_items\" is there for the whole order too.",
     .expect = {.holds = {BODY_HAS("/cancel_items")}}},

    {RULE("AKN-REQ-2/items", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "\"cancel_items\" is there for some items.",
     .given = {.order = TWO_ITEMS, .arguments = FIRST_ITEM},
     .expect = {.holds = {BODY_HAS("/cancel_items")}}},

    {RULE("AKN-REQ-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4, 9.2; " PAGE,
     .requirement = "With is_all true cancel_items is [], not missing, not null, not {}.",
     .expect = {.cancels = EXACTLY(1), .holds = {RIGHT_CHOICE_IF_SENT}}},

    {RULE("AKN-REQ-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "Without is_all cancel_items holds the chosen items, and those alone.",
     .given = {.order = TWO_ITEMS, .arguments = FIRST_ITEM},
     .expect = {.cancels = EXACTLY(1),
                .holds = {RIGHT_CHOICE_IF_SENT, TOKEN("/cancel_items/0", "81001"), BODY_LACKS("/cancel_items/1"), TOKEN_IF_GIVEN("/is_all", "false")}}},

    {RULE("AKN-REQ-4/empty", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 4, 9.10; " PAGE,
     .requirement = "An empty selection is refused; it becomes neither an empty list without is_all nor the whole order.",
     .given = {.arguments = JSON({"items": []})},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED, .cancels = NONE, .state = "approved"}},

    {RULE("AKN-REQ-5", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; source channel-app",
     .requirement = "Item ids are JSON integers, in one array, none left out.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81002", "81001"]})},
     .expect = {.cancels = EXACTLY(1),
                .holds = {RIGHT_CHOICE_IF_SENT, TOKEN("/cancel_items/0", "81002"), TOKEN("/cancel_items/1", "81001"), BODY_LACKS("/cancel_items/2")}}},

    {RULE("AKN-REQ-5/twice", MUST, OURS, WIRE),
     .clause = "providers: akinon 10",
     .requirement = "An item that was named twice is refused or sent once.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81001", "81001"], "reasons": {"81002": null}})},
     .expect = {.outcomes = OUT_INVALID | OUT_PENDING, .cancels = AT_MOST(1), .holds = {RIGHT_CHOICE_IF_SENT}}},

    {RULE("AKN-REQ-5/foreign", MUST, DOCUMENTED, REPORT),
     .clause = "providers: akinon 6; page Cancellation Plan",
     .requirement = "An item of another order is refused, by the client or by the field error of a 400.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["70193"], "reasons": {"70193": 12, "81001": null, "81002": null}})},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED, .cancels = AT_MOST(1), .state = "approved"}},

    {RULE("AKN-REQ-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4, 9.3; " PAGE,
     .requirement = "\"forced_refund_amount\" is there and is null.",
     .expect = {.holds = {TOKEN("/forced_refund_amount", "null")}}},

    {RULE("AKN-REQ-6/items", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4, 9.3; " PAGE,
     .requirement = "\"forced_refund_amount\" is there and is null for some items too.",
     .given = {.order = TWO_ITEMS, .arguments = FIRST_ITEM},
     .expect = {.holds = {TOKEN("/forced_refund_amount", "null")}}},

    {RULE("AKN-REQ-7", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4, 9.7; " PAGE "; source channel-app",
     .requirement = "\"reasons\" maps each item, as a string, to the reason id that the caller chose for it.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"reasons": {"81001": 10, "81002": 12}})},
     .expect = {.holds = {DIGITS("/reasons/81001", "10"), DIGITS("/reasons/81002", "12")}}},

    {RULE("AKN-REQ-8", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 6, 9.6; page Cancellations and Refunds",
     .requirement = "Every item of the order has a reason when all of it is cancelled.",
     .given = {.order = TWO_ITEMS},
     .expect = {.cancels = EXACTLY(1), .holds = {BODY_HAS("/reasons"), REASONS_COVER_IF_SENT("81001 81002")}}},

    {RULE("AKN-REQ-8/one-missing", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 6; page Cancellations and Refunds",
     .requirement = "Items that have no reason are not sent; the client refuses, or has a default of its own.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81001", "81002"], "reasons": {"81002": null}})},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED | OUT_PENDING, .cancels = AT_MOST(1), .holds = {REASONS_COVER_IF_SENT("81001 81002")}}},

    {RULE("AKN-REQ-8/none", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 6; page Cancellations and Refunds",
     .requirement = "Without any reason the whole order is not sent; the client refuses, or has a default of its own.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"reasons": null})},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED | OUT_PENDING, .cancels = AT_MOST(1), .holds = {REASONS_COVER_IF_SENT("81001 81002")}}},

    {RULE("AKN-REQ-9", SHOULD, OURS, WIRE),
     .clause = "providers: akinon 10",
     .requirement = "Reasons of items outside the selection stay at home.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81001"]})},
     .expect = {.holds = {BODY_HAS("/reasons/81001"), BODY_LACKS("/reasons/81002")}}},

    {RULE("AKN-REQ-10", SHOULD, DOCUMENTED, REPORT),
     .clause = "providers: akinon 6, 8; page Cancellation Reasons",
     .requirement = "A reason that is not active is refused, by the client or by a 400.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"reasons": {"81001": 30, "81002": 30}})},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED, .cancels = AT_MOST(1), .state = "approved"}},

    {RULE("AKN-REQ-11", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "Flags are JSON true or false, neither strings nor 0 and 1.",
     .given = {.arguments = JSON({"is_cargo_refund": true, "return_details": false})},
     .expect = {.holds = {TOKEN("/is_cargo_refund", "true"), TOKEN("/return_details", "false"), TOKEN_IF_GIVEN("/is_all", "true")}}},

    {RULE("AKN-REQ-11/other-way", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "A flag says what the caller said, and a selection is never is_all in any spelling.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81001"], "reasons": {"81002": null}, "is_cargo_refund": false, "return_details": true})},
     .expect = {.holds = {TOKEN_IF_GIVEN("/is_cargo_refund", "false"), TOKEN_IF_GIVEN("/return_details", "true"), TOKEN_IF_GIVEN("/is_all", "false")}}},

    {RULE("AKN-REQ-12", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 6; page Cancellations and Refunds",
     .requirement = "is_all true never stands beside items, not even when all of them are chosen.",
     .given = {.order = TWO_ITEMS, .arguments = JSON({"items": ["81001", "81002"]})},
     .expect = {.cancels = EXACTLY(1), .holds = {RIGHT_CHOICE_IF_SENT}}},

    {RULE("AKN-REQ-13", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 6, 7; " PAGE,
     .requirement = "Items to cancel and items to return are neither mixed nor split over two calls.",
     .given = {.order = MIXED_ITEMS, .arguments = JSON({"items": ["81001", "81002"]}), .quiet_ms = 50},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID, .cancels = AT_MOST(1), .state = "preparing"}},

    {RULE("AKN-REQ-13/whole", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 6, 7; " PAGE,
     .requirement = "A whole order that would need both is not split over two calls either.",
     .given = {.order = MIXED_ITEMS, .quiet_ms = 50},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID, .cancels = AT_MOST(1), .state = "preparing"}},

    {RULE("AKN-REQ-13/rest", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 7, 9.23; " PAGE,
     .requirement = "Of an order with cancelled items the rest is not returned: the refusal is told, and nothing is sent again.",
     .given = {.order = ONE_CANCELED, .arguments = JSON({"items": ["81002"], "reasons": {"81001": null, "81002": 20}}), .quiet_ms = 50},
     .expect = {.outcomes = OUT_REJECTED | OUT_INVALID, .cancels = AT_MOST(1), .state = "shipped"}},

    {RULE("AKN-REQ-14", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "ibans and holder_names are left out where nobody gave any.",
     .expect = {.holds = {BODY_LACKS("/ibans"), BODY_LACKS("/holder_names")}}},

    {RULE("AKN-REQ-14/fund-transfer", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "For a fund transfer both are objects with the item ids as keys.",
     .given = {.order = BANK_ORDER, .arguments = BANK_DETAILS},
     .expect = {.holds = {VALUE("/ibans", JSON({"81001": "TR330006100519786457841326", "81002": "TR330006100519786457841326"})),
                          BODY_HAS("/holder_names/81001"), BODY_HAS("/holder_names/81002"), BODY_ONLY("/holder_names", "81001 81002")}}},

    {RULE("AKN-REQ-14/keys", MUST, OURS, WIRE | REPORT),
     .clause = "providers: akinon 10",
     .requirement = "IBANs and names for different items are refused before the call.",
     .given = {.order = BANK_ORDER, .arguments = JSON({"ibans": {"81001": "TR330006100519786457841326"}, "holder_names": {"81002": "{nonce}"}})},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED, .cancels = NONE}},

    {RULE("AKN-REQ-15", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: akinon 10; source channel-app",
     .requirement = "Optional members that were not given are left out; null is for forced_refund_amount alone.",
     .expect = {.holds = {NULL_ONLY("forced_refund_amount")}}},

    {RULE("AKN-REQ-16", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "refund_invoice_number is a string, though it reads like a number with leading zeros.",
     .given = {.arguments = JSON({"refund_invoice_number": "00420000000000000001"})},
     .expect = {.holds = {TOKEN("/refund_invoice_number", "\"00420000000000000001\"")}}},

    {RULE("AKN-REQ-17", SHOULD, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 4, 5; " PAGE,
     .requirement = "Who wants no details sends \"return_details\": false.",
     .given = {.arguments = JSON({"return_details": false})},
     .expect = {.holds = {TOKEN("/return_details", "false")}}},

    {RULE("AKN-REQ-18", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE "; RFC 8259 section 8.1",
     .requirement = "Letters beyond ASCII in a holder's name arrive as they are, in UTF-8.",
     .given = {.order = BANK_ORDER, .arguments = BANK_DETAILS},
     .expect = {.holds = {ONE_JSON_OBJECT, VALUE("/holder_names/81001", "\"Şükrü Çağlar {nonce}\"")}}},

    {RULE("AKN-REQ-18/escapes", MUST, OURS, WIRE),
     .clause = "providers: akinon 10; RFC 8259 section 7; catalogue WS-15",
     .requirement = "Quotes, backslashes and letters outside the basic plane survive.",
     .given = {.arguments = JSON({"refund_invoice_number": "{nonce} \"a\" \\ / 😀 İı"})},
     .expect = {.holds = {ONE_JSON_OBJECT, VALUE("/refund_invoice_number", JSON("{nonce} \"a\" \\ / 😀 İı"))}}},

    {RULE("AKN-REQ-19", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 4; " PAGE,
     .requirement = "No shipping cost and no refund invoice number is asked for that the caller did not ask for.",
     .expect = {.holds = {TOKEN_IF_GIVEN("/is_cargo_refund", "false"), TOKEN_IF_GIVEN("/refund_invoice_number", "null")}}},

    {RULE("AKN-NUM-1/path", MUST, OURS, WIRE),
     .clause = "providers: akinon 5; catalogue WS-14",
     .requirement = "A pk that no double can hold goes out exactly, in the path and in \"order\".",
     .given = {.order_id = BIG_PK, .arguments = BIG_REASONS},
     .expect = {.holds = {TARGET(PATH BIG_PK "/cancel/"), TOKEN("/order", BIG_PK)}}},

    {RULE("AKN-NUM-1/items", MUST, OURS, WIRE),
     .clause = "providers: akinon 5; catalogue WS-14",
     .requirement = "An item id that no double can hold goes out exactly.",
     .given = {.order_id = BIG_PK, .arguments = JSON({"items": ["9007199254740995"], "reasons": {"9007199254740995": 12}})},
     .expect = {.holds = {TOKEN("/cancel_items/0", "9007199254740995"), DIGITS("/reasons/9007199254740995", "12")}}},

    {RULE("AKN-NUM-1/64-bit", MUST, OURS, WIRE),
     .clause = "providers: akinon 10",
     .requirement = "The largest signed integer of 64 bits is a pk like any other.",
     .given = {.order_id = "9223372036854775807", .arguments = JSON({"reasons": {"1": 12}})},
     .expect = {.outcomes = OUT_NOT_FOUND, .requests = AT_LEAST(1), .holds = {TARGET_IF_SENT(PATH "9223372036854775807/cancel/")}}},
};

const struct check_group akinon_request_body_rows = CHECK_GROUP(body_rows);

/* clang-format on */
