"""Akinon Omnitron: expectations from the page Order Cancellation and its neighbours."""

import os
import tempfile
import unittest

from cancelorder.akinon import classify_cancel
from support import RESET, SILENCE, Server, http, response, run, subset

TOKEN = {"token": "f532e00000009332d"}
LOGIN = {"username": "ops@example.com", "password": "pass-word-1"}
ALL = {"order_id": "1883", "reasons": {"70193": 12, "70194": 12}}
PART = dict(ALL, items=[70193])


def order(status="50", first="50", second="50", **changes):
    rows = [{"pk": 70193, "order": 1883, "status": first}, {"pk": 70194, "order": 1883, "status": second}]
    document = {"pk": 1883, "number": "1472672233418128", "status": status, "amount": "286.10", "orderitem_set": rows}
    document.update(changes)
    return document


UNTOUCHED = order("400", "400", "400")
BEFORE = http(200, UNTOUCHED)  # what the read before the cancel shows

WHOLE = (
    (200, order(), {"outcome": "pending"}),
    (200, order(status="100", first="100", second="100"), {"outcome": "canceled"}),
    (200, order(status=50), {"outcome": "pending"}),
    (200, order(status=100), {"outcome": "canceled"}),
    (200, order(status="cancellation_waiting"), {"outcome": "pending"}),
    (200, order(status="canceled"), {"outcome": "canceled"}),
    (200, order(status="something_new"), {"outcome": "pending"}),
    (200, order(status="400"), {"outcome": "pending"}),
    (200, order(channel={"pk": 1}, customer=None, extra=[1]), {"outcome": "pending"}),
    (200, {}, {"outcome": "pending", "order": None}),
    (200, "", {"outcome": "pending"}),
    (204, "", {"outcome": "pending"}),
    (200, {"status": "success"}, {"outcome": "pending"}),
    (200, "true", {"outcome": "pending"}),
    (200, order(pk=1884), {"outcome": "protocol_error"}),
    (200, {"detail": "no"}, {"outcome": "protocol_error", "message": "no"}),
    (200, {"error": "x"}, {"outcome": "unknown"}),
    (200, {"error": None}, {"outcome": "pending"}),
    (202, {}, {"outcome": "unknown"}),
    (201, order(status="100", first="100", second="100"), {"outcome": "unknown"}),
    (204, "", {"outcome": "pending"}),
    (200, "<html></html>", {"outcome": "unknown"}),
    (200, '{"pk":1883,"status":"100"', {"outcome": "unknown"}),
    (301, "", {"outcome": "protocol_error"}),
    (400, {"reasons": ["This field is required."], "code": "c1"}, {"outcome": "invalid", "provider_code": "c1", "field_errors": {"reasons": ["This field is required."]}, "message": "This field is required."}),
    (400, {"non_field_errors": ["a"], "code": "c2"}, {"outcome": "invalid", "message": "a", "provider_code": "c2", "field_errors": None}),
    (400, {"non_field_errors": "a", "error_code": "c3"}, {"outcome": "invalid", "message": "a", "provider_code": "c3"}),
    (400, {"detail": "d"}, {"outcome": "invalid", "message": "d"}),
    (400, {"reasons": {"70193": ["bad"]}}, {"outcome": "invalid", "field_errors": {"reasons.70193": ["bad"]}}),
    (400, ["x"], {"outcome": "invalid", "message": None}),
    (401, {"detail": "Invalid token.", "code": "x"}, {"outcome": "unauthorized", "message": "Invalid token.", "provider_code": "x"}),
    (403, {"detail": "Forbidden"}, {"outcome": "forbidden"}),
    (404, {"detail": "Not found."}, {"outcome": "not_found", "message": "Not found."}),
    (405, {"detail": "x"}, {"outcome": "invalid"}),
    (406, {"non_field_errors": ["Order already cancelled!"], "code": "order_already_cancelled"}, {"outcome": "rejected", "message": "Order already cancelled!", "provider_code": "order_already_cancelled"}),
    (406, "<html>", {"outcome": "rejected"}),
    (415, {"detail": "x"}, {"outcome": "invalid"}),
    (429, {"detail": "x"}, {"outcome": "rate_limited"}),
    (451, {}, {"outcome": "rejected"}),
    (500, "<html>", {"outcome": "server_error"}),
    (503, {"detail": "x"}, {"outcome": "server_error", "message": "x"}),
)  # fmt: skip

PARTS = (
    (order(status="400", first="50", second="400"), "pending", "pending"),
    (order(status="400", first="100", second="400"), "partial", "canceled"),
    (order(status="100", first="100", second="100"), "canceled", "canceled"),
    (order(status="400", first="400", second="100"), "pending", "pending"),
    ({}, "pending", "pending"),
)

REFUSED = (
    ({"reasons": None}, TOKEN),
    ({"reasons": {}}, TOKEN),
    ({"reasons": [12]}, TOKEN),
    ({"reasons": {"x": 12}}, TOKEN),
    ({"reasons": {"70193": "late"}}, TOKEN),
    ({"reasons": {"70193": None}}, TOKEN),
    ({"reasons": {"70193": 1.5}}, TOKEN),
    ({"reasons": {"70193": True}}, TOKEN),
    ({"items": [70195]}, TOKEN),
    ({"items": [70193, 70193]}, TOKEN),
    ({"items": [70193, "70193"]}, TOKEN),
    ({"items": []}, TOKEN),
    ({"items": {}}, TOKEN),
    ({"items": ["x"]}, TOKEN),
    ({"order_id": "ORD-1"}, TOKEN),
    ({"order_id": "-1"}, TOKEN),
    ({"order_id": "01883"}, TOKEN),
    ({"order_id": "0"}, TOKEN),
    ({"order_id": "9223372036854775808"}, TOKEN),
    ({"order_id": ""}, TOKEN),
    ({"order_id": "1883/"}, TOKEN),
    ({"order_id": "\u0661"}, TOKEN),
    ({"order_id": None}, TOKEN),
    ({"order_id": 1.5}, TOKEN),
    ({"is_cargo_refund": "true"}, TOKEN),
    ({"return_details": 0}, TOKEN),
    ({"refund_invoice_number": 5}, TOKEN),
    ({"ibans": {"70193": "TR1"}}, TOKEN),
    ({"ibans": {"70193": "TR1"}, "holder_names": {"70194": "A"}}, TOKEN),
    ({"ibans": ["TR1"], "holder_names": {"70193": "A"}}, TOKEN),
    ({"items": [70193], "ibans": {"70194": "TR1"}, "holder_names": {"70194": "A"}}, TOKEN),
    ({}, {}),
    ({}, {"token": "a b"}),
    ({}, {"token": "a\r\nb"}),
    ({}, {"username": "u"}),
)


class Classification(unittest.TestCase):
    def test_whole(self):
        for status, content, expected in WHOLE:
            with self.subTest(status=status, body=str(content)[:80]):
                subset(self, expected, classify_cancel(response(status, content), 1883).to_dict())

    def test_parts(self):
        for content, outcome, row in PARTS:
            with self.subTest(outcome=outcome, body=str(content)[:90]):
                result = classify_cancel(response(200, content), 1883, [70193])
                self.assertEqual(outcome, result.outcome)
                self.assertEqual([("70193", row)], [(r["id"], r["outcome"]) for r in result.items])

    def test_numbers_stay_exact(self):
        content = '{"pk":9007199254740993,"number":"0012345678901234567890","status":"50","amount":286.10}'
        result = classify_cancel(response(200, content), 9007199254740993)
        expected = {"id": "9007199254740993", "number": "0012345678901234567890", "amount": "286.10"}
        self.assertEqual("pending", result.outcome)
        subset(self, expected, result.order)


class Local(unittest.TestCase):
    def test_refused_before_sending(self):
        with Server(http(200, order())) as server:
            for change, credentials in REFUSED:
                with self.subTest(change=change, credentials=list(credentials)):
                    report = run("akinon", server, credentials, dict(ALL, **change))
                    expected = {"outcome": "invalid", "local": True, "attempts": 0, "sent": "no"}
                    subset(self, expected, report)
            self.assertEqual([], server.requests)


class Calls(unittest.TestCase):
    def test_whole(self):
        with Server(BEFORE, http(200, order())) as server:
            report = run("akinon", server, TOKEN, ALL, path="/api/i1")
            before, request = server.requests
        self.assertEqual("GET /api/i1/orders/1883/", before.line)
        self.assertEqual(["Token f532e00000009332d"], before.header("authorization"))
        self.assertEqual(("pending", 1, "1883"), (report["outcome"], report["attempts"], report["order"]["id"]))
        self.assertEqual("POST /api/i1/orders/1883/cancel/", request.line)
        self.assertEqual(["Token f532e00000009332d"], request.header("authorization"))
        self.assertEqual(
            b'{"order":1883,"is_all":true,"cancel_items":[],"reasons":{"70193":12,"70194":12},'
            b'"forced_refund_amount":null}',
            request.body,
        )

    def test_part_with_everything(self):
        extra = {"is_cargo_refund": True, "return_details": False, "refund_invoice_number": "F-1",
                 "ibans": {"70193": "TR330006100519786457841326"}, "holder_names": {"70193": "Şükrü Çağlar"}}  # fmt: skip
        with Server(BEFORE, http(200, {})) as server:
            report = run("akinon", server, TOKEN, dict(PART, items=["70193"], **extra))
            request = server.requests[1]
        self.assertEqual("pending", report["outcome"])
        expected = {"order": 1883, "is_all": False, "cancel_items": [70193], "reasons": {"70193": 12},
                    "forced_refund_amount": None}  # fmt: skip
        self.assertEqual(dict(expected, **extra), request.json)
        self.assertIn("Şükrü Çağlar".encode(), request.body)

    def test_refusals_are_not_repeated(self):
        for status in (400, 401, 403, 404, 405, 415, 422, 429):
            with self.subTest(status), Server(BEFORE, http(status, {"detail": "x"})) as server:
                self.assertEqual(1, run("akinon", server, TOKEN, ALL)["attempts"])
                self.assertEqual(2, len(server.requests))

    def test_bank_data_is_not_reported(self):
        iban, name = "TR330006100519786457841326", "Şükrü Çağlar"
        extra = {"ibans": {"70193": iban}, "holder_names": {"70193": name}}
        with Server(BEFORE, http(400, {"ibans": ["%s of %s is bad" % (iban, name)]})) as server:
            report = run("akinon", server, TOKEN, dict(PART, **extra))
        self.assertEqual(["*** of *** is bad"], report["field_errors"]["ibans"])


class Looking(unittest.TestCase):
    POST = "POST /orders/1883/cancel/"
    GET = "GET /orders/1883/"
    REFUSAL = http(406, {"non_field_errors": ["no"], "code": "c"})

    def test_refusal_is_told_apart_by_the_order(self):
        for arguments, seen, outcome in (
            (ALL, order(), "conflict"),
            (ALL, order(status="400", cancel_status="waiting"), "conflict"),
            (ALL, order(status="100"), "already_canceled"),
            (ALL, order(status="500"), "rejected"),
            (PART, order(status="400", first="100", second="400"), "already_canceled"),
            (PART, order(status="400", first="50", second="400"), "conflict"),
            (PART, order(status="400", first="400", second="50"), "rejected"),
        ):
            with self.subTest(outcome=outcome, seen=str(seen)[:60]), Server(BEFORE, self.REFUSAL, http(200, seen)) as server:
                report = run("akinon", server, TOKEN, arguments)
                subset(self, {"outcome": outcome, "http_status": 406, "provider_code": "c", "message": "no"}, report)
                self.assertEqual([self.GET, self.POST, self.GET], server.lines)

    def test_refusal_stands_when_the_order_cannot_be_read(self):
        with Server(BEFORE, self.REFUSAL) as server:
            subset(self, {"outcome": "rejected", "message": "no"}, run("akinon", server, TOKEN, ALL))

    def test_doubt_is_settled_by_the_order_and_nothing_is_sent_again(self):
        for step in (b"", RESET, http(503, "<html>"), http(200, "<html>"), http(200, order(), length=9999)):
            for seen, outcome in (
                (http(200, order()), "pending"),
                (http(200, order(status="100")), "canceled"),
            ):
                with self.subTest(step=str(step)[:30], outcome=outcome), Server(BEFORE, step, seen) as server:
                    report = run("akinon", server, TOKEN, ALL)
                    self.assertEqual((outcome, 1), (report["outcome"], report["attempts"]))
                    self.assertEqual([self.GET, self.POST, self.GET], server.lines)

    def test_doubt_stays_when_the_order_did_not_move(self):
        for step, outcome in (
            (b"", "unknown"),
            (http(200, "<html>"), "unknown"),
            (http(500, ""), "server_error"),
            (SILENCE, "timeout"),
        ):
            with self.subTest(outcome), Server(BEFORE, step, BEFORE) as server:
                report = run("akinon", server, TOKEN, ALL, seconds=0.8)
                self.assertEqual((outcome, 1), (report["outcome"], report["attempts"]))
                self.assertEqual([self.GET, self.POST, self.GET], server.lines)

    def test_get_order(self):
        for status, state in (("50", "cancellation_waiting"), ("100", "canceled"), ("450", "preparing")):
            with self.subTest(status), Server(http(200, order(status=status))) as server:
                report = run("akinon", server, TOKEN, ALL, operation="get_order")
                subset(self, {"outcome": "ok", "attempts": 0, "sent": "no", "kind": None}, report)
                self.assertEqual((state, [self.GET]), (report["order"]["state"], server.lines))

    def test_get_order_that_brings_none(self):
        for step, outcome in (
            (http(404, {"detail": "Not found."}), "not_found"),
            (http(401, {"detail": "Invalid token."}), "unauthorized"),
            (http(200, order(pk=1884)), "protocol_error"),
            (http(200, {}), "protocol_error"),
            (http(202, order()), "protocol_error"),
            (http(204), "protocol_error"),
            (http(503, ""), "server_error"),
        ):
            with self.subTest(outcome), Server(step) as server:
                report = run("akinon", server, TOKEN, ALL, operation="get_order")
                subset(self, {"outcome": outcome, "order": None}, report)


class Kinds(unittest.TestCase):
    """One call cancels or returns, and the states before it say which (AKN-REP-3, AKN-PART-3)."""

    def test_a_return_is_told_from_a_cancellation(self):
        for before, kind in (
            (order("400", "400", "400"), "cancel"),
            (order("450", "450", "450"), "cancel"),
            (order("waiting", "waiting", "waiting"), "cancel"),
            (order("500", "500", "500"), "return"),
            (order(510, 510, 510), "return"),
            (order("550", "550", "550"), "return"),
            (order("shipped", "shipped", "shipped"), "return"),
            (order("500", "100", "500"), "return"),
            ({"pk": 1883, "status": "540"}, "return"),
            ({"pk": 1883, "status": "544"}, None),
            ({"pk": 1883, "status": "shipped_to_the_moon"}, None),
        ):
            with self.subTest(kind=kind, status=before["status"]), Server(http(200, before), http(200, {})) as server:
                report = run("akinon", server, TOKEN, ALL)
                subset(self, {"outcome": "pending", "attempts": 1, "kind": kind}, report)
                self.assertEqual(kind == "return", "return" in report.get("hint", ""))

    def test_the_selection_counts(self):
        for first, kind in (("400", "cancel"), ("500", "return")):
            with self.subTest(kind), Server(http(200, order("400", first, "400")), http(200, {})) as server:
                self.assertEqual(kind, run("akinon", server, TOKEN, PART)["kind"])

    def test_a_mixed_selection_is_not_sent(self):
        both = dict(ALL, items=[70193, 70194])
        for arguments, before in ((both, order("450", "450", "500")), (ALL, order("500", "500", "400"))):
            with self.subTest(items=arguments.get("items")), Server(http(200, before)) as server:
                report = run("akinon", server, TOKEN, arguments)
                subset(self, {"outcome": "rejected", "local": True, "attempts": 0, "sent": "no", "kind": None}, report)
                self.assertEqual([Looking.GET], server.lines)
        with Server(http(200, order("450", "450", "500"))) as server:
            rows = run("akinon", server, TOKEN, both)["items"]
            expected = [("70193", "rejected", "preparing"), ("70194", "rejected", "shipped")]
            self.assertEqual(expected, [(row["id"], row["outcome"], row["state"]) for row in rows])

    def test_a_read_that_fails_holds_nothing_up(self):
        for step in (http(403, ""), http(404, ""), http(429, ""), http(500, ""), http(200, "<html>"), http(302), b"", SILENCE):
            with self.subTest(str(step)[:30]), Server(step, http(200, order())) as server:
                report = run("akinon", server, TOKEN, ALL, seconds=1.0)
                subset(self, {"outcome": "pending", "attempts": 1, "kind": None}, report)
                self.assertEqual([Looking.GET, Looking.POST], server.lines)

    def test_a_read_that_is_denied_ends_it(self):
        with Server(http(401, {"detail": "Invalid token."})) as server:
            report = run("akinon", server, TOKEN, ALL)
            subset(self, {"outcome": "unauthorized", "attempts": 0, "message": "Invalid token."}, report)
            self.assertEqual([Looking.GET], server.lines)

    def test_no_read_where_the_time_is_short(self):
        with Server(http(200, order())) as server:
            run("akinon", server, TOKEN, ALL, seconds=0.2)
            self.assertEqual([Looking.POST], server.lines)


class Memory(unittest.TestCase):
    """What was accepted is not sent again by the next process (AKN-IDEMP-2)."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def ask(self, server, arguments, credentials=TOKEN, **changes):
        return run("akinon", server, credentials, arguments, state_dir=self.folder, **changes)

    def accept(self, server, arguments):
        self.assertEqual(1, self.ask(server, arguments)["attempts"])

    def test_a_repeat_is_answered_from_memory(self):
        for arguments, after, outcome in (
            (ALL, http(200, order()), "pending"),
            (ALL, BEFORE, "pending"),  # accepted, and the order does not show it yet
            (ALL, http(503, ""), "pending"),
            (ALL, http(200, order(status="100")), "already_canceled"),
            (PART, http(200, order("400", "50", "400", cancel_status="waiting")), "pending"),
            (PART, http(200, order("400", "100", "400", cancel_status="approved")), "already_canceled"),
            (PART, http(200, order("400", "100", "400", cancel_status="rejected")), "already_canceled"),
        ):
            with self.subTest(outcome=outcome, after=str(after)[-80:]), tempfile.TemporaryDirectory() as self.folder:
                with Server(BEFORE, http(200, {}), after) as server:
                    self.accept(server, arguments)
                    report = self.ask(server, arguments)
                    expected = {"outcome": outcome, "attempts": 0, "sent": "no", "local": True, "kind": "cancel"}
                    subset(self, expected, report)
                    self.assertEqual([Looking.GET, Looking.POST, Looking.GET], server.lines)

    def test_a_return_stays_one(self):
        with Server(http(200, order("500", "500", "500")), http(200, {}), http(200, order())) as server:
            self.accept(server, ALL)
            self.assertEqual("return", self.ask(server, ALL)["kind"])

    def test_what_is_not_remembered_is_sent(self):
        rest = dict(ALL, items=[70194])
        other = {"token": "another-key-0001"}
        for label, change in (
            ("other items", lambda server: self.ask(server, rest)),
            ("more items", lambda server: self.ask(server, dict(ALL, items=[70194, 70193]))),
            ("the whole order", lambda server: self.ask(server, ALL)),
            ("another account", lambda server: self.ask(server, PART, other)),
            ("another base", lambda server: self.ask(server, PART, path="/api/v1")),
            ("no folder", lambda server: run("akinon", server, TOKEN, PART)),
        ):
            with self.subTest(label), tempfile.TemporaryDirectory() as self.folder:
                with Server(BEFORE, http(200, {}), BEFORE, http(200, {})) as server:
                    self.accept(server, PART)
                    self.assertEqual(1, change(server)["attempts"])

    def test_the_sequence_of_items_is_no_matter(self):
        with Server(BEFORE, http(200, {}), BEFORE) as server:
            self.accept(server, dict(ALL, items=[70193, 70194]))
            self.assertEqual(0, self.ask(server, dict(ALL, items=["70194", "70193"]))["attempts"])

    def test_a_plan_that_is_gone_is_forgotten(self):
        for arguments, after in (
            (ALL, dict(UNTOUCHED, cancel_status="rejected")),
            (PART, dict(UNTOUCHED, cancel_status="rejected")),
            (PART, order("400", "400", "50", cancel_status="waiting")),  # the plan is another's
            (PART, order("400", "400", "100", cancel_status="approved")),
        ):
            with self.subTest(str(after)[-60:]), tempfile.TemporaryDirectory() as self.folder:
                with Server(BEFORE, http(200, {}), http(200, after), http(403, "")) as server:
                    self.accept(server, arguments)
                    report = self.ask(server, arguments)
                    self.assertEqual(("forbidden", 1), (report["outcome"], report["attempts"]))
                    self.assertEqual([], os.listdir(self.folder))

    def test_what_was_not_accepted_is_not_remembered(self):
        for step in (http(400, {}), http(500, ""), http(200, "<html>"), b""):
            with self.subTest(str(step)[:30]), Server(BEFORE, step, BEFORE) as server:
                self.ask(server, ALL)
                self.assertEqual([], os.listdir(self.folder))

    def test_no_secret_is_kept(self):
        iban, name = "TR330006100519786457841326", "Someone Else"
        with Server(BEFORE, http(200, {})) as server:
            self.accept(server, dict(PART, ibans={"70193": iban}, holder_names={"70193": name}))
        (file,) = os.listdir(self.folder)
        with open(os.path.join(self.folder, file), encoding="utf-8") as text:
            kept = file + text.read()
        for secret in (TOKEN["token"], iban, name):
            self.assertNotIn(secret, kept)


class Login(unittest.TestCase):
    KEY = http(200, {"key": "key-00000001"})
    DENIED = http(401, {"detail": "Invalid token."})

    def test_login_then_cancel(self):
        with Server(self.KEY, BEFORE, http(200, order()), BEFORE, http(200, order())) as server:
            run("akinon", server, LOGIN, ALL)
            run("akinon", server, LOGIN, ALL)
            self.assertEqual(["POST /auth/login/"] + [Looking.GET, Looking.POST] * 2, server.lines)
            self.assertEqual(LOGIN, server.requests[0].json)
            self.assertEqual(["Token key-00000001"], server.requests[1].header("authorization"))

    def test_one_renewal(self):
        for last, outcome in ((http(200, order()), "pending"), (self.DENIED, "unauthorized")):
            with self.subTest(outcome), Server(self.KEY, BEFORE, self.DENIED, self.KEY, BEFORE, last) as server:
                report = run("akinon", server, LOGIN, ALL)
                self.assertEqual((outcome, 2), (report["outcome"], report["attempts"]))
                self.assertEqual(6, len(server.requests))

    def test_one_renewal_when_the_read_is_denied(self):
        with Server(self.KEY, self.DENIED, self.KEY, BEFORE, http(200, order())) as server:
            report = run("akinon", server, LOGIN, ALL)
            self.assertEqual(("pending", 1, 5), (report["outcome"], report["attempts"], len(server.requests)))
        with Server(self.KEY, self.DENIED, self.KEY, self.DENIED) as server:
            report = run("akinon", server, LOGIN, ALL)
            self.assertEqual(("unauthorized", 0, 4), (report["outcome"], report["attempts"], len(server.requests)))

    def test_login_alone(self):
        with Server(self.KEY) as server:
            report = run("akinon", server, LOGIN, {}, operation="login")
            self.assertEqual({"outcome": "ok", "attempts": 0, "sent": "no"}, report)
            self.assertEqual(["POST /auth/login/"], server.lines)

    def test_refused_login_cancels_nothing(self):
        refusal = http(400, {"non_field_errors": ["Unable to log in with provided credentials."]})
        with Server(refusal) as server:
            report = run("akinon", server, LOGIN, ALL)
            expected = {"outcome": "unauthorized", "attempts": 0, "message": "Unable to log in with provided credentials."}
            subset(self, expected, report)
            self.assertEqual(["POST /auth/login/"], server.lines)
