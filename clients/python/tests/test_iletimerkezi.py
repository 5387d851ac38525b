"""iletiMerkezi: expectations from the page cancel-order and the code tables."""

import os
import tempfile
import unittest

from cancelorder.iletimerkezi import classify_cancel, classify_report
from support import RESET, SILENCE, Server, http, response, run, subset

LOGIN = {"key": "0011223344556677", "hash": "AAbbCCddEEff0011"}
ARGUMENTS = {"order_id": "312891245"}
CANCEL = "POST /v1/cancel-order/json"
REPORT = "POST /v1/get-report/json"


def status(code, message=None, **more):
    return {"response": dict({"status": {"code": code, "message": message}}, **more)}


def report(order_status):
    return http(200, status(200, "İşlem başarılı", order={"id": "312891245", "status": order_status}))


OK = http(200, status(200, "İşlem başarılı"))
NOT_FOUND = http(455, status(455, "Sipariş bulunamadı"))
SCHEDULED = http(456, status(456, "Sipariş gönderim tarihi henüz gelmedi"))

CLASSIFICATION = (
    (200, status(200, "İşlem başarılı"), {"outcome": "canceled", "provider_code": "200", "message": "İşlem başarılı"}),
    (200, status("200", "x"), {"outcome": "canceled", "provider_code": "200"}),
    (200, '{"response":{"status":{"code":200,"message":"\\u0130\\u015flem ba\\u015far\\u0131l\\u0131"}}}', {"outcome": "canceled", "message": "İşlem başarılı"}),
    (200, dict(status(200), extra=[1]), {"outcome": "canceled"}),
    (200, status(455, "x"), {"outcome": "not_found_or_rejected", "http_status": 200, "provider_code": "455"}),
    (400, status(455, "x"), {"outcome": "not_found_or_rejected", "http_status": 400}),
    (455, status(455, "Sipariş bulunamadı"), {"outcome": "not_found_or_rejected", "message": "Sipariş bulunamadı"}),
    (455, status(200, "x"), {"outcome": "unknown", "http_status": 455, "provider_code": "200"}),
    (503, status(200, "x"), {"outcome": "unknown"}),
    (200, '{"response":{"status":{"code":2e2}}}', {"outcome": "unknown"}),
    (200, '{"response":{"status":{"code":true}}}', {"outcome": "unknown"}),
    (200, '{"response":{"status":{"message":"x"}}}', {"outcome": "unknown", "provider_code": None}),
    (200, '{"response":{"status":"200"}}', {"outcome": "unknown"}),
    (200, '{"status":{"code":200}}', {"outcome": "unknown"}),
    (200, '{"Response":{"status":{"code":200}}}', {"outcome": "unknown"}),
    (200, "", {"outcome": "unknown"}),
    (200, "<html></html>", {"outcome": "unknown"}),
    (455, "", {"outcome": "unknown"}),
    (400, status(400, "İstek çözümlenemedi"), {"outcome": "invalid", "local": None, "message": "İstek çözümlenemedi"}),
    (401, status(401, "Üyelik bilgileri hatalı"), {"outcome": "unauthorized", "message": "Üyelik bilgileri hatalı"}),
    (404, status(404, "x"), {"outcome": "not_found", "provider_code": "404"}),
    (402, status(402, "x"), {"outcome": "rejected", "provider_code": "402"}),
    (422, status(422, "x"), {"outcome": "invalid"}),
    (429, status(429, "x"), {"outcome": "rate_limited"}),
    (499, status(499, "x"), {"outcome": "rejected", "provider_code": "499"}),
    (503, status(503, "Sunucu geçici olarak servis dışı"), {"outcome": "server_error", "provider_code": "503"}),
    (503, "<html></html>", {"outcome": "server_error", "http_status": 503}),
    (302, "", {"outcome": "unknown"}),
    (455, b'{"response":{"status":{"code":455,"message":"Sipari\xc5"}}}', {"outcome": "not_found_or_rejected", "message": "Sipari\ufffd"}),
)  # fmt: skip

REPORTS = (
    (200, status(200, order={"status": 113}), "rejected", "113"),
    (200, status(200, order={"status": "114"}), "rejected", "114"),
    (200, status(200, order={"status": 115}), "unknown", "115"),
    (200, status(200, order={}), "unknown", None),
    (200, status(200), "unknown", None),
    (456, status(456, "x"), "unknown", "456"),
    (200, status("456", "x"), "unknown", "456"),
    (455, status(455, "x"), "not_found_or_rejected", "455"),
    (401, status(401, "x"), "unauthorized", "401"),
    (500, "", "server_error", None),
)

REFUSED = (
    ({"order_id": ""}, LOGIN),
    ({"order_id": "12a"}, LOGIN),
    ({"order_id": "-1"}, LOGIN),
    ({"order_id": " 1"}, LOGIN),
    ({"order_id": "1\n"}, LOGIN),
    ({"order_id": "\u0661\u0662"}, LOGIN),
    ({"order_id": -1}, LOGIN),
    ({"order_id": 1.5}, LOGIN),
    ({"order_id": True}, LOGIN),
    ({"order_id": None}, LOGIN),
    ({"order_id": ["1"]}, LOGIN),
    ({"order_id": "1" * 65}, LOGIN),
    (ARGUMENTS, {"key": "", "hash": "x"}),
    (ARGUMENTS, {"key": "x", "hash": "  "}),
    (ARGUMENTS, {"key": "x"}),
    (ARGUMENTS, {"key": 5, "hash": "x"}),
)


def go(server, credentials=LOGIN, arguments=ARGUMENTS, **options):
    return run("iletimerkezi", server, credentials, arguments, path="/v1", **options)


class Classification(unittest.TestCase):
    def test_cancel(self):
        for code, content, expected in CLASSIFICATION:
            with self.subTest(status=code, body=str(content)[:80]):
                subset(self, expected, classify_cancel(response(code, content)).to_dict())

    def test_report(self):
        for code, content, outcome, number in REPORTS:
            with self.subTest(status=code, body=str(content)[:80]):
                seen = classify_report(response(code, content))
                self.assertEqual((outcome, number), (seen.outcome, seen.provider_code))

    def test_401_names_the_three_causes(self):
        hint = classify_cancel(response(401, status(401, "x"))).hint
        for word in ("hash", "access", "IP"):
            self.assertIn(word, hint)


class Local(unittest.TestCase):
    def test_refused_before_sending(self):
        with Server(OK) as server:
            for arguments, credentials in REFUSED:
                with self.subTest(arguments=repr(arguments), credentials=list(credentials)):
                    expected = {"outcome": "invalid", "local": True, "attempts": 0, "sent": "no"}
                    subset(self, expected, go(server, credentials, arguments))
            self.assertEqual([], server.requests)


class Calls(unittest.TestCase):
    def test_request(self):
        with Server(SCHEDULED, OK) as server:
            seen = go(server)
            request = server.requests[1]
            self.assertEqual([REPORT, CANCEL], server.lines)
        self.assertEqual(("canceled", 1), (seen["outcome"], seen["attempts"]))
        expected = {"request": {"authentication": LOGIN, "order": {"id": "312891245"}}}
        self.assertEqual(expected, request.json)
        self.assertEqual(["application/json"], request.header("content-type"))
        head = " ".join([request.target] + [value for _, value in request.headers])
        self.assertFalse(any(secret in head for secret in LOGIN.values()))

    def test_ids_go_out_as_they_came(self):
        for given, sent in (("00001", b'{"id":"00001"}'), ("9007199254740993", b'{"id":"9007199254740993"}'),
                            (9007199254740993, b'{"id":9007199254740993}')):  # fmt: skip
            with self.subTest(repr(given)), Server(SCHEDULED, OK) as server:
                go(server, arguments={"order_id": given})
                self.assertIn(sent, server.requests[1].body)

    def test_what_the_look_before_decides(self):
        for step, outcome, cancels in (
            (report(113), "rejected", 0),
            (report(114), "rejected", 0),
            (report(115), "canceled", 1),
            (SCHEDULED, "canceled", 1),
            (NOT_FOUND, "canceled", 1),
            (http(404, status(404, "x")), "canceled", 1),
            (http(503, "<html>"), "canceled", 1),
            (http(200, "<html>"), "canceled", 1),
            (b"", "canceled", 1),
            (SILENCE, "canceled", 1),
            (http(401, status(401, "x")), "unauthorized", 0),
            (http(429, status(429, "x")), "rate_limited", 0),
        ):
            with self.subTest(outcome=outcome, step=str(step)[:60]), Server(step, OK) as server:
                seen = go(server, seconds=1.0)
                self.assertEqual((outcome, cancels), (seen["outcome"], seen["attempts"]))
                self.assertEqual([REPORT] + [CANCEL] * cancels, server.lines)

    def test_refusals_are_not_repeated(self):
        for code in (400, 401, 404, 422, 429, 455, 499):
            with self.subTest(code), Server(SCHEDULED, http(code, status(code, "x"))) as server:
                self.assertEqual(1, go(server)["attempts"])
                self.assertEqual([REPORT, CANCEL], server.lines)


class Doubt(unittest.TestCase):
    def test_report_settles_it(self):
        for label, step in (("nothing", b""), ("reset", RESET), ("503", http(503, "<html>")), ("HTML", http(200, "<html>")),
                            ("cut", http(200, status(200), length=999)), ("200 in a 400", http(400, status(200)))):  # fmt: skip
            for after, outcome in ((report(115), "unknown"), (NOT_FOUND, "unknown"), (report(113), "rejected"), (report(114), "rejected")):
                with self.subTest(label, after=str(after)[-60:]), Server(SCHEDULED, step, after) as server:
                    seen = go(server)
                    self.assertEqual((outcome, 1), (seen["outcome"], seen["attempts"]))
                    self.assertEqual([REPORT, CANCEL, REPORT], server.lines)

    def test_it_says_possibly_cancelled(self):
        with Server(SCHEDULED, b"", NOT_FOUND) as server:
            self.assertIn("possibly cancelled by an earlier attempt", go(server)["message"])

    def test_once_more_after_456(self):
        with Server(SCHEDULED, b"", SCHEDULED, OK) as server:
            seen = go(server)
            self.assertEqual(("canceled", 2), (seen["outcome"], seen["attempts"]))
            self.assertEqual([REPORT, CANCEL] * 2, server.lines)

    def test_455_to_the_second_is_possibly_the_first(self):
        with Server(SCHEDULED, b"", SCHEDULED, NOT_FOUND) as server:
            seen = go(server)
            self.assertEqual(("unknown", 2), (seen["outcome"], seen["attempts"]))

    def test_two_at_most(self):
        with Server(SCHEDULED, b"", SCHEDULED, b"", SCHEDULED, b"") as server:
            seen = go(server)
            self.assertEqual(("unknown", 2), (seen["outcome"], seen["attempts"]))
            self.assertEqual([REPORT, CANCEL, REPORT, CANCEL], server.lines)

    def test_unresolved(self):
        for step, outcome in ((b"", "unknown"), (http(503, ""), "server_error"), (SILENCE, "timeout")):
            with self.subTest(outcome), Server(SCHEDULED, step) as server:
                seen = go(server, seconds=0.6)
                self.assertEqual((outcome, 1), (seen["outcome"], seen["attempts"]))


class Memory(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.join(folder.name, "state")

    def test_a_success_is_answered_without_a_request(self):
        with Server(SCHEDULED, OK) as server:
            self.assertEqual("canceled", go(server, state_dir=self.folder)["outcome"])
            seen = go(server, state_dir=self.folder)
            expected = {"outcome": "already_canceled", "attempts": 0, "sent": "no", "local": True}
            subset(self, expected, seen)
            self.assertEqual(2, len(server.requests))

    def test_accounts_and_orders_are_apart(self):
        with Server(SCHEDULED, OK) as server:
            go(server, state_dir=self.folder)
        for other, arguments in ((dict(LOGIN, key="ffeeddccbbaa9988"), ARGUMENTS), (LOGIN, {"order_id": "312891246"})):
            with self.subTest(str(arguments)), Server(SCHEDULED, NOT_FOUND) as server:
                seen = go(server, other, arguments, state_dir=self.folder)
                self.assertEqual("not_found_or_rejected", seen["outcome"])

    def test_no_secret_is_stored(self):
        with Server(SCHEDULED, OK) as server:
            go(server, state_dir=self.folder)
        names = os.listdir(self.folder)
        self.assertEqual(1, len(names))
        with open(os.path.join(self.folder, names[0])) as file:
            text = names[0] + file.read()
        self.assertFalse(any(secret in text for secret in LOGIN.values()))

    def test_refusals_leave_nothing(self):
        with Server(SCHEDULED, NOT_FOUND) as server:
            go(server, state_dir=self.folder)
        self.assertEqual([], os.listdir(self.folder))

    def test_a_doubt_survives(self):
        with Server(SCHEDULED, b"") as server:
            self.assertEqual("unknown", go(server, state_dir=self.folder)["outcome"])
        for step in (NOT_FOUND, report(115), http(503, "")):
            with self.subTest(str(step)[:30]), Server(step) as server:
                seen = go(server, state_dir=self.folder)
                self.assertEqual(("unknown", 0), (seen["outcome"], seen["attempts"]))
                self.assertIn("possibly", seen["message"])
                self.assertEqual([REPORT], server.lines)
        with Server(SCHEDULED, OK) as server:
            self.assertEqual("canceled", go(server, state_dir=self.folder)["outcome"])

    def test_a_doubt_ends_when_the_order_left(self):
        with Server(SCHEDULED, b"") as server:
            go(server, state_dir=self.folder)
        with Server(report(114)) as server:
            self.assertEqual("rejected", go(server, state_dir=self.folder)["outcome"])
        self.assertEqual([], os.listdir(self.folder))

    def test_a_folder_that_cannot_be_written_stops_the_cancel(self):
        with Server(SCHEDULED, OK) as server:
            seen = go(server, state_dir="/dev/null/state")
            self.assertEqual(("invalid", 0), (seen["outcome"], seen["attempts"]))
            self.assertEqual([REPORT], server.lines)


class Reading(unittest.TestCase):
    def test_get_report(self):
        for step, outcome, code in (
            (report(113), "ok", "113"),
            (report("114"), "ok", "114"),
            (report(115), "ok", "115"),
            (SCHEDULED, "ok", "456"),  # an error by its form, and an answer to the question
            (NOT_FOUND, "not_found_or_rejected", "455"),
            (http(401, status(401, "x")), "unauthorized", "401"),
            (OK, "unknown", None),
            (http(200, status(200, "x", order={})), "unknown", None),
            (http(200, "<html>"), "unknown", None),
        ):
            with self.subTest(code=code, outcome=outcome), Server(step) as server:
                seen = go(server, operation="get_report")
                subset(self, {"outcome": outcome, "provider_code": code, "attempts": 0, "sent": "no"}, seen)
                self.assertEqual([REPORT], server.lines)
