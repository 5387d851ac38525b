"""Fungies: expectations from the page Cancel Order and the reference (providers: fungies)."""

import unittest

from cancelorder.fungies import classify_cancel
from support import RESET, SILENCE, Server, http, response, run, subset

ID = "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a"
NUMBER = "A7k2Qm9ZtR4x"
KEYS = {"public_key": "pub_abcdef0123", "secret_key": "sec_abcdef0123"}
ARGUMENTS = {"order_id": ID}


def order(**changes):
    document = {
        "object": "order", "id": ID, "number": NUMBER, "orderNumber": NUMBER, "status": "CANCELLED",
        "createdAt": 1767225600000, "userId": None, "value": 2599, "tax": 478, "fee": 130,
        "totalItems": 1, "currency": "EUR", "currencyDecimals": 2,
    }  # fmt: skip
    document.update(changes)
    return document


def body(**changes):
    return {"status": "success", "data": {"order": order(**changes)}}


def without(name):
    document = order()
    del document[name]
    return {"status": "success", "data": {"order": document}}


def error(text):
    return {"status": "error", "error": {"message": text}}


CLASSIFICATION = (
    (200, body(), {"outcome": "canceled", "message": None}),
    (200, body(currency="XXX", lastPayment={"a": 1}), {"outcome": "canceled"}),
    (200, body(id=ID.upper()), {"outcome": "canceled"}),
    (200, body(user=None, value=None, tax=-5), {"outcome": "canceled"}),
    (200, without("userId"), {"outcome": "canceled"}),
    (200, body(status="PENDING"), {"outcome": "unknown"}),
    (200, body(status="CANCELED"), {"outcome": "unknown"}),
    (200, body(status="cancelled"), {"outcome": "unknown"}),
    (200, body(status="SOMETHING_NEW"), {"outcome": "unknown"}),
    (200, dict(body(), status="ok"), {"outcome": "protocol_error"}),
    (200, dict(body(), status=True), {"outcome": "protocol_error"}),
    (200, {"status": "success", "data": {"order": [order()]}}, {"outcome": "protocol_error"}),
    (200, {"status": "success", "data": order()}, {"outcome": "protocol_error"}),
    (200, {"status": "success"}, {"outcome": "protocol_error"}),
    (200, without("id"), {"outcome": "protocol_error"}),
    (200, without("number"), {"outcome": "protocol_error"}),
    (200, without("createdAt"), {"outcome": "protocol_error"}),
    (200, body(createdAt="2026-01-01"), {"outcome": "protocol_error"}),
    (200, body(createdAt=True), {"outcome": "protocol_error"}),
    (200, body(createdAt=-1), {"outcome": "protocol_error"}),
    (200, body(status=None), {"outcome": "protocol_error"}),
    (200, body(id="11111111-5b1f-4e07-9c55-1f2e3d4c5b6a"), {"outcome": "protocol_error"}),
    (200, error("no"), {"outcome": "rejected", "message": "no"}),
    (200, "<html></html>", {"outcome": "protocol_error"}),
    (200, "", {"outcome": "protocol_error"}),
    (301, "", {"outcome": "protocol_error"}),
    (400, error("Sample error message"), {"outcome": "rejected", "message": "Sample error message"}),
    (400, body(), {"outcome": "rejected"}),
    (400, {"status": "error", "error": "bare"}, {"outcome": "rejected", "message": "bare"}),
    (400, {"status": "error", "error": None, "message": "top"}, {"outcome": "rejected", "message": "top"}),
    (400, {"status": "error"}, {"outcome": "rejected", "message": None}),
    (401, error("Invalid public key"), {"outcome": "unauthorized", "message": "Invalid public key"}),
    (403, error("x"), {"outcome": "forbidden"}),
    (404, error("Order not found"), {"outcome": "not_found", "message": "Order not found"}),
    (409, error("x"), {"outcome": "conflict"}),
    (422, error("x"), {"outcome": "rejected"}),
    (429, error("x"), {"outcome": "rate_limited"}),
    (500, "Internal", {"outcome": "server_error"}),
    (503, body(), {"outcome": "server_error"}),
)  # fmt: skip

REFUSED = (
    (ARGUMENTS, {"public_key": "pub_abcdef0123"}),
    (ARGUMENTS, {"secret_key": "sec_abcdef0123"}),
    (ARGUMENTS, {"public_key": "sec_abcdef0123", "secret_key": "pub_abcdef0123"}),
    (ARGUMENTS, {"public_key": "sec_abcdef0123", "secret_key": "sec_abcdef0123"}),
    (ARGUMENTS, {"public_key": "pub_abcdef0123", "secret_key": ""}),
    (ARGUMENTS, {"public_key": "pub_abcdef0123", "secret_key": "sec_a\r\nX: y"}),
    ({}, KEYS),
    ({"order_id": ""}, KEYS),
    ({"order_id": "."}, KEYS),
    ({"order_id": ".."}, KEYS),
    ({"order_id": "%2e%2E"}, KEYS),
    ({"order_id": "a/b"}, KEYS),
    ({"order_id": "..%2fx"}, KEYS),
    ({"order_id": "a\r\nb"}, KEYS),
    ({"order_id": 123}, KEYS),
    ({"order_id": None}, KEYS),
    ({"order_id": "\ud800"}, KEYS),
)


class Classification(unittest.TestCase):
    def test_table(self):
        for status, content, expected in CLASSIFICATION:
            with self.subTest(status=status, body=str(content)[:80]):
                subset(self, expected, classify_cancel(response(status, content), ID).to_dict())

    def test_numbers_of_the_same_order(self):
        for asked, number, outcome in (
            (NUMBER, NUMBER, "canceled"),
            ("#" + NUMBER, NUMBER, "canceled"),
            (NUMBER, "#" + NUMBER, "canceled"),
            (NUMBER.lower(), NUMBER, "protocol_error"),
            ("007", "007", "canceled"),
            ("7", "007", "protocol_error"),
        ):
            with self.subTest(asked=asked, number=number):
                answer = response(200, body(number=number, orderNumber=number))
                self.assertEqual(outcome, classify_cancel(answer, asked).outcome)

    def test_order_is_handed_on_exactly(self):
        content = body(value=-9007199254740991, tax=None, currencyDecimals=0)
        del content["data"]["order"]["fee"]
        seen = classify_cancel(response(200, content), ID).order
        expected = {"value": -9007199254740991, "tax": None, "fee": 0, "state": "CANCELLED", "currencyDecimals": 0}
        subset(self, expected, seen)
        self.assertIn("tax", seen)


class Local(unittest.TestCase):
    def test_refused_before_sending(self):
        with Server(http(200, body())) as server:
            for arguments, credentials in REFUSED:
                with self.subTest(arguments=repr(arguments), credentials=list(credentials)):
                    report = run("fungies", server, credentials, arguments)
                    expected = {"outcome": "invalid", "local": True, "attempts": 0, "sent": "no"}
                    subset(self, expected, report)
            self.assertEqual([], server.requests)


class Calls(unittest.TestCase):
    def test_request(self):
        with Server(http(200, body())) as server:
            report = run("fungies", server, KEYS, ARGUMENTS, path="/v0")
            request = server.requests[0]
        self.assertEqual(("canceled", 1), (report["outcome"], report["attempts"]))
        self.assertEqual("PATCH /v0/orders/%s/cancel" % ID, request.line)
        self.assertEqual(["pub_abcdef0123"], request.header("x-fngs-public-key"))
        self.assertEqual(["sec_abcdef0123"], request.header("x-fngs-secret-key"))
        self.assertEqual([], request.header("authorization"))
        self.assertEqual((b"{}", ["2"]), (request.body, request.header("content-length")))

    def test_segment_is_encoded(self):
        for asked, sent in (("#00123-4", "%2300123-4"), ("a?b c", "a%3Fb%20c"), ("ş", "%C5%9F"), ("a%b", "a%25b")):
            with self.subTest(asked), Server(http(404, {})) as server:
                run("fungies", server, KEYS, {"order_id": asked})
                self.assertEqual(["PATCH /orders/%s/cancel" % sent], server.lines)

    def test_refusals_are_not_repeated(self):
        for status in (400, 401, 403, 404, 409, 422, 429):
            with self.subTest(status), Server(http(status, error("x"))) as server:
                report = run("fungies", server, KEYS, ARGUMENTS)
                self.assertEqual((1, 1), (report["attempts"], len(server.requests)))

    def test_readable_answers_are_not_looked_into(self):
        for content in (body(status="PENDING"), dict(body(), status="ok"), error("x")):
            with self.subTest(str(content)[:40]), Server(http(200, content)) as server:
                run("fungies", server, KEYS, ARGUMENTS)
                self.assertEqual(1, len(server.requests))


class Doubt(unittest.TestCase):
    PATCH = "PATCH /orders/%s/cancel" % ID
    GET = "GET /orders/%s" % ID
    SEEN = http(200, body())
    NOT_YET = http(200, body(status="PENDING"))
    WAYS = ((b"", "nothing"), (RESET, "reset"), (http(502, "<html>"), "502"), (http(200, "<html>"), "HTML"),
            (http(200, body(), length=5000), "cut"))  # fmt: skip

    def test_reading_confirms(self):
        for step, label in self.WAYS:
            with self.subTest(label), Server(step, self.SEEN) as server:
                report = run("fungies", server, KEYS, ARGUMENTS)
                self.assertEqual(("canceled", 1), (report["outcome"], report["attempts"]))
                self.assertEqual([self.PATCH, self.GET], server.lines)
                self.assertEqual([], server.requests[1].header("x-fngs-secret-key"))

    def test_one_more_when_the_order_is_seen_uncancelled(self):
        for step, label in self.WAYS:
            with self.subTest(label), Server(step, self.NOT_YET, self.SEEN) as server:
                report = run("fungies", server, KEYS, ARGUMENTS)
                self.assertEqual(("canceled", 2), (report["outcome"], report["attempts"]))
                self.assertEqual([self.PATCH, self.GET, self.PATCH], server.lines)

    def test_a_refused_repeat_is_looked_into(self):
        with Server(b"", self.NOT_YET, http(400, error("x")), self.SEEN) as server:
            self.assertEqual("canceled", run("fungies", server, KEYS, ARGUMENTS)["outcome"])
        with Server(b"", self.NOT_YET, http(400, error("x")), self.NOT_YET) as server:
            report = run("fungies", server, KEYS, ARGUMENTS)
            subset(self, {"outcome": "rejected", "message": "x", "attempts": 2}, report)

    def test_two_at_most(self):
        with Server(b"", self.NOT_YET, b"", self.NOT_YET, b"") as server:
            report = run("fungies", server, KEYS, ARGUMENTS)
            self.assertEqual(("unknown", 2), (report["outcome"], report["attempts"]))
            self.assertEqual([self.PATCH, self.GET, self.PATCH, self.GET], server.lines)

    def test_no_repeat_when_the_order_cannot_be_read(self):
        for step, outcome in ((b"", "unknown"), (http(500, ""), "server_error"), (SILENCE, "timeout")):
            with self.subTest(outcome), Server(step) as server:
                report = run("fungies", server, KEYS, ARGUMENTS, seconds=0.6)
                self.assertEqual((outcome, 1), (report["outcome"], report["attempts"]))
                self.assertEqual([self.PATCH, self.GET], server.lines)


class Reading(unittest.TestCase):
    def test_get_order(self):
        for state in ("CANCELLED", "PAID"):
            with self.subTest(state), Server(http(200, body(status=state))) as server:
                report = run("fungies", server, KEYS, ARGUMENTS, operation="get_order")
                subset(self, {"outcome": "ok", "attempts": 0, "sent": "no"}, report)
                self.assertEqual(state, report["order"]["state"])
                self.assertEqual(2599, report["order"]["value"])
                self.assertEqual(["GET /orders/" + ID], server.lines)

    def test_get_order_that_brings_none(self):
        for step, outcome in ((http(404, ""), "not_found"), (http(200, {"status": "success"}), "protocol_error"), (http(204), "unknown")):
            with self.subTest(outcome), Server(step) as server:
                report = run("fungies", server, KEYS, ARGUMENTS, operation="get_order")
                subset(self, {"outcome": outcome, "order": None}, report)
