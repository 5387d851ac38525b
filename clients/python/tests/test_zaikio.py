"""Zaikio Procurement: expectations from the guide Canceling Orders and the V1 description."""

import unittest

from cancelorder.zaikio import classify_cancel
from support import RESET, SILENCE, Server, http, response, run, subset

ID = "ffc75c94-aa79-450a-becc-2e398c079d93"
TOKEN = {"token": "eyJhbGciOi.J9.sig-na_ture"}
ARGUMENTS = {"order_id": ID}
TARGET = " /orders/" + ID
GONE = http(404, {"errors": ["not_found"]})


def order(state, **changes):
    document = {"id": ID, "state": state, "gross_total": "25729200.0", "currency": None, "references": ["CO/ABC123"]}
    document.update(changes)
    return document


def page(state):
    return http(200, order(state))


BY_CONSUMER = (
    (200, order("canceled_by_consumer"), {"outcome": "canceled"}),
    (200, order("canceled_by_consumer", id=ID.upper(), order_line_items=[], x=1), {"outcome": "canceled"}),
    (200, order("placed"), {"outcome": "unknown"}),
    (200, order("cancelation_requested"), {"outcome": "unknown"}),
    (200, order("canceled"), {"outcome": "unknown"}),
    (200, order("Canceled_By_Consumer"), {"outcome": "unknown"}),
    (200, order("canceled_by_consumer", id="00000000-aa79-450a-becc-2e398c079d93"), {"outcome": "protocol_error"}),
    (200, {"order": order("canceled_by_consumer")}, {"outcome": "protocol_error"}),
    (200, {"id": ID}, {"outcome": "protocol_error"}),
    (200, {"id": ID, "state": 5}, {"outcome": "protocol_error"}),
    (200, [order("canceled_by_consumer")], {"outcome": "protocol_error"}),
    (200, "", {"outcome": "protocol_error"}),
    (200, "<html>", {"outcome": "protocol_error"}),
    (202, order("canceled_by_consumer"), {"outcome": "unknown"}),
    (204, "", {"outcome": "unknown"}),
    (301, "", {"outcome": "protocol_error"}),
    (400, {"errors": {"order": ["is missing"]}}, {"outcome": "invalid", "field_errors": {"order": ["is missing"]}, "message": "is missing"}),
    (400, {"errors": ["bad page"]}, {"outcome": "invalid", "provider_code": "bad page"}),
    (401, {"errors": ["no_jwt_passed"]}, {"outcome": "unauthorized", "provider_code": "no_jwt_passed", "message": "no_jwt_passed"}),
    (403, {"errors": ["jwt_expired"]}, {"outcome": "forbidden", "provider_code": "jwt_expired"}),
    (403, {"errors": ["unpermitted_scope", "This endpoint …"]}, {"outcome": "forbidden", "provider_code": "unpermitted_scope", "message": "This endpoint …"}),
    (404, {"errors": ["not_found"]}, {"outcome": "not_found", "provider_code": "not_found"}),
    (404, "", {"outcome": "not_found"}),
    (409, {}, {"outcome": "conflict"}),
    (422, {"errors": {"state_event": ["cannot transition when shipped"]}}, {"outcome": "rejected", "message": "cannot transition when shipped", "field_errors": {"state_event": ["cannot transition when shipped"]}}),
    (422, {"errors": {}}, {"outcome": "rejected", "message": None, "field_errors": None}),
    (422, {"errors": []}, {"outcome": "rejected"}),
    (422, {}, {"outcome": "rejected"}),
    (429, "", {"outcome": "rate_limited"}),
    (500, "<html>", {"outcome": "server_error"}),
)  # fmt: skip

REQUEST = (
    (200, order("cancelation_requested"), "pending"),
    (200, order("canceled_by_supplier"), "pending"),
    (200, order("canceled_by_consumer"), "unknown"),
    (200, order("transferred"), "unknown"),
    (422, {"errors": {"state_event": ["no"]}}, "rejected"),
)

DELETE = (
    (204, "", "deleted"),
    (200, "", "unknown"),
    (202, "", "unknown"),
    (404, {"errors": ["not_found"]}, "not_found"),
    (422, {"errors": {"base": ["can only be deleted in draft state"]}}, "rejected"),
    (500, "", "server_error"),
)

REFUSED = (
    ({"order_id": "CO/ABC123"}, TOKEN),
    ({"order_id": ""}, TOKEN),
    ({"order_id": None}, TOKEN),
    ({"order_id": ID + "/cancel"}, TOKEN),
    ({"order_id": ID[:-1]}, TOKEN),
    ({"order_id": ID + "\n"}, TOKEN),
    ({"method": "cancel"}, TOKEN),
    ({"method": "request_cancellation"}, TOKEN),
    ({"method": ""}, TOKEN),
    ({"method": ["delete"]}, TOKEN),
    ({}, {}),
    ({}, {"token": ""}),
    ({}, {"token": "a\r\nb"}),
    ({}, {"token": "a b"}),
)


class Classification(unittest.TestCase):
    def test_cancel_by_consumer(self):
        for status, content, expected in BY_CONSUMER:
            with self.subTest(status=status, body=str(content)[:80]):
                result = classify_cancel(response(status, content), ID, "cancel_by_consumer")
                subset(self, expected, result.to_dict())

    def test_others(self):
        for method, table in (("request_cancelation", REQUEST), ("delete", DELETE)):
            for status, content, outcome in table:
                with self.subTest(method=method, status=status, body=str(content)[:60]):
                    self.assertEqual(outcome, classify_cancel(response(status, content), ID, method).outcome)

    def test_wait_and_request_id(self):
        headers = [("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("RateLimit-Reset", "784111787"), ("X-Request-Id", "r-9")]
        result = classify_cancel(response(429, "", headers), ID, "delete")
        subset(self, {"retry_after_ms": 10000, "request_id": "r-9"}, result.to_dict())


class Local(unittest.TestCase):
    def test_refused_before_sending(self):
        with Server(page("draft")) as server:
            for change, credentials in REFUSED:
                with self.subTest(change=change, credentials=list(credentials)):
                    report = run("zaikio", server, credentials, dict(ARGUMENTS, **change))
                    expected = {"outcome": "invalid", "local": True, "attempts": 0, "sent": "no"}
                    subset(self, expected, report)
            self.assertEqual([], server.requests)


class Calls(unittest.TestCase):
    def test_the_state_chooses(self):
        for state, answer, verb, event, outcome in (
            ("draft", http(204), "DELETE", None, "deleted"),
            ("placed", page("canceled_by_consumer"), "PATCH", "cancel_by_consumer", "canceled"),
            ("transfer_failed", page("canceled_by_consumer"), "PATCH", "cancel_by_consumer", "canceled"),
            ("transferred", page("cancelation_requested"), "PATCH", "request_cancelation", "pending"),
            ("confirmed", page("cancelation_requested"), "PATCH", "request_cancelation", "pending"),
            ("producing", page("cancelation_requested"), "PATCH", "request_cancelation", "pending"),
            ("partially_shipped", page("cancelation_requested"), "PATCH", "request_cancelation", "pending"),
        ):
            with self.subTest(state), Server(page(state), answer) as server:
                report = run("zaikio", server, TOKEN, ARGUMENTS)
                self.assertEqual((outcome, 1), (report["outcome"], report["attempts"]))
                self.assertEqual(["GET" + TARGET, verb + TARGET], server.lines)
                body = server.requests[1].body
                expected = b'{"order":{"state_event":"%s"}}' % event.encode() if event else b""
                self.assertEqual(expected, body)

    def test_the_caller_chooses(self):
        for method, answer, verb, outcome in (
            ("delete", http(204), "DELETE", "deleted"),
            ("cancel_by_consumer", page("canceled_by_consumer"), "PATCH", "canceled"),
            ("request_cancelation", page("cancelation_requested"), "PATCH", "pending"),
        ):
            with self.subTest(method), Server(answer) as server:
                report = run("zaikio", server, TOKEN, dict(ARGUMENTS, method=method), path="/consumers/api/v1")
                self.assertEqual(outcome, report["outcome"])
                self.assertEqual([verb + " /consumers/api/v1" + TARGET.strip()], server.lines)
                request = server.requests[0]
                self.assertEqual(["Bearer eyJhbGciOi.J9.sig-na_ture"], request.header("authorization"))
                types = [] if method == "delete" else ["application/json"]
                self.assertEqual(types, request.header("content-type"))

    def test_states_in_which_nothing_is_sent(self):
        for state, outcome in (
            ("canceled_by_consumer", "already_canceled"),
            ("canceled_by_supplier", "already_canceled"),
            ("cancelation_requested", "pending"),
            ("shipped", "rejected"),
            ("partially_shipped_remainder_canceled", "rejected"),
            ("something_new", "unknown"),
        ):
            with self.subTest(state), Server(page(state)) as server:
                report = run("zaikio", server, TOKEN, ARGUMENTS)
                subset(self, {"outcome": outcome, "attempts": 0, "sent": "no"}, report)
                self.assertEqual(True if outcome == "rejected" else None, report.get("local"))
                self.assertEqual((state, "25729200.0"), (report["order"]["state"], report["order"]["gross_total"]))
                self.assertEqual(["GET" + TARGET], server.lines)

    def test_shipped_may_be_requested_by_name(self):
        # The supplier's policy may be `always` (providers: zaikio 7); the caller knows.
        with Server(page("cancelation_requested")) as server:
            report = run("zaikio", server, TOKEN, dict(ARGUMENTS, method="request_cancelation"))
            self.assertEqual(("pending", ["PATCH" + TARGET]), (report["outcome"], server.lines))
        with Server(page("shipped")) as server:
            message = run("zaikio", server, TOKEN, ARGUMENTS)["message"]
            for word in ("shipped", "always", "request_cancelation", "supplier"):
                self.assertIn(word, message)

    def test_without_a_state_nothing_is_sent(self):
        for step, outcome in (
            (GONE, "not_found"),
            (http(401, {"errors": ["no_jwt_passed"]}), "unauthorized"),
            (http(403, {"errors": ["jwt_expired"]}), "forbidden"),
            (http(429, ""), "rate_limited"),
            (http(500, ""), "server_error"),
            (http(200, "<html>"), "protocol_error"),
            (http(304), "protocol_error"),
            (b"", "transport_error"),
            (SILENCE, "timeout"),
        ):
            with self.subTest(outcome), Server(step) as server:
                report = run("zaikio", server, TOKEN, ARGUMENTS, seconds=0.6)
                subset(self, {"outcome": outcome, "attempts": 0, "sent": "no"}, report)
                self.assertEqual(["GET" + TARGET], server.lines)

    def test_refusals_are_not_repeated(self):
        for status in (400, 401, 403, 404, 409, 429):
            with self.subTest(status), Server(http(status, {})) as server:
                run("zaikio", server, TOKEN, dict(ARGUMENTS, method="cancel_by_consumer"))
                self.assertEqual(["PATCH" + TARGET], server.lines)


class Looking(unittest.TestCase):
    REFUSAL = http(422, {"errors": {"state_event": ["cannot transition when transferred"]}})

    def test_422_is_looked_into_and_never_becomes_a_request(self):
        for state, outcome in (
            ("transferred", "rejected"),
            ("canceled_by_consumer", "already_canceled"),
            ("canceled_by_supplier", "already_canceled"),
            ("cancelation_requested", "rejected"),
        ):
            with self.subTest(state), Server(page("placed"), self.REFUSAL, page(state)) as server:
                report = run("zaikio", server, TOKEN, ARGUMENTS)
                expected = {"outcome": outcome, "attempts": 1, "message": "cannot transition when transferred"}
                subset(self, expected, report)
                self.assertEqual(["GET" + TARGET, "PATCH" + TARGET, "GET" + TARGET], server.lines)

    def test_doubt_is_settled_by_the_order(self):
        broken = (b"", RESET, http(502, "<html>"), http(200, "<html>"), http(200, order("placed"), length=9999))
        for method, after, outcome in (
            ("cancel_by_consumer", page("canceled_by_consumer"), "canceled"),
            ("request_cancelation", page("cancelation_requested"), "pending"),
            ("request_cancelation", page("canceled_by_supplier"), "pending"),
        ):
            for step in broken:
                with self.subTest(method=method, step=str(step)[:30]), Server(step, after) as server:
                    report = run("zaikio", server, TOKEN, dict(ARGUMENTS, method=method))
                    self.assertEqual((outcome, 1), (report["outcome"], report["attempts"]))
                    self.assertEqual(["PATCH" + TARGET, "GET" + TARGET], server.lines)

    def test_doubt_stays_when_the_order_did_not_move(self):
        for step, outcome in ((b"", "unknown"), (http(200, "<html>"), "unknown"), (http(500, ""), "server_error"), (SILENCE, "timeout")):
            with self.subTest(outcome), Server(step, page("placed")) as server:
                report = run("zaikio", server, TOKEN, dict(ARGUMENTS, method="cancel_by_consumer"), seconds=0.8)
                self.assertEqual((outcome, 1, "placed"), (report["outcome"], report["attempts"], report["order"]["state"]))

    def test_a_delete_in_doubt(self):
        with Server(page("draft"), b"", GONE) as server:
            self.assertEqual("deleted", run("zaikio", server, TOKEN, ARGUMENTS)["outcome"])
        with Server(b"", GONE) as server:
            self.assertEqual("unknown", run("zaikio", server, TOKEN, dict(ARGUMENTS, method="delete"))["outcome"])
        with Server(page("draft"), b"", page("draft")) as server:
            report = run("zaikio", server, TOKEN, ARGUMENTS)
            self.assertEqual(("unknown", 1), (report["outcome"], report["attempts"]))

    def test_get_order(self):
        for state in ("canceled_by_supplier", "cancelation_requested", "draft", "something_new"):
            with self.subTest(state), Server(page(state)) as server:
                report = run("zaikio", server, TOKEN, ARGUMENTS, operation="get_order")
                self.assertEqual(("ok", 0, state), (report["outcome"], report["attempts"], report["order"]["state"]))
        for step, outcome in ((GONE, "not_found"), (http(200, {"id": ID}), "protocol_error"), (http(204), "unknown")):
            with self.subTest(outcome), Server(step) as server:
                report = run("zaikio", server, TOKEN, ARGUMENTS, operation="get_order")
                self.assertEqual(outcome, report["outcome"])
