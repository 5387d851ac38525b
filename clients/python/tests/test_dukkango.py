"""Dükkango: expectations from the page Cancel Order and the general pages (providers: dukkango)."""

import os
import shutil
import tempfile
import unittest

from cancelorder.dukkango import classify_cancel
from support import RESET, SILENCE, Server, http, response, run, subset

KEY = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
TOKEN = {"access_token": "a1b2c3d4e5f60718"}
KEYS = {"app_secret_key": "app-secret-0001", "rest_secret_key": "rest-secret-0001"}
ARGUMENTS = {"order_id": KEY, "reason_id": 3}
OK = http(200, {"status": True, "data": "OK"})
DENIED = http(401, {"status": False, "error": "yetkisiz erişim"})

CLASSIFICATION = (
    (200, {"status": True, "data": "OK"}, {"outcome": "canceled", "message": None}),
    (200, {"data": "OK", "x": {"status": False}, "status": True}, {"outcome": "canceled"}),
    (200, {"status": True, "data": None}, {"outcome": "canceled"}),
    (200, '{"status":true,"data":"\\u004fK"}', {"outcome": "canceled", "message": None}),
    (200, {"status": False, "error": "e", "message": "m"}, {"outcome": "rejected", "provider_code": "e", "message": "m"}),
    (200, {"status": "true", "data": "OK"}, {"outcome": "protocol_error"}),
    (200, {"status": 1, "data": "OK"}, {"outcome": "protocol_error"}),
    (200, {"data": "OK"}, {"outcome": "protocol_error"}),
    (200, [True], {"outcome": "protocol_error"}),
    (200, "<html></html>", {"outcome": "protocol_error"}),
    (200, "", {"outcome": "protocol_error"}),
    (200, '{"status":false,"status":true}', {"outcome": "protocol_error"}),
    (200, '{"status":true}x', {"outcome": "protocol_error"}),
    (200, b'{"status":true,"data":"\xff"}', {"outcome": "protocol_error"}),
    (202, {"status": True, "data": "OK"}, {"outcome": "unknown"}),
    (204, "", {"outcome": "unknown"}),
    (302, "", {"outcome": "protocol_error"}),
    (400, {"status": False, "error": "eksik alan"}, {"outcome": "invalid", "provider_code": "eksik alan", "message": None}),
    (401, {"status": False, "error": "yetkisiz erişim"}, {"outcome": "unauthorized", "provider_code": "yetkisiz erişim", "message": None}),
    (401, {"status": False, "error": "yetkisiz erişim", "message": "Token expired or invalid"}, {"outcome": "unauthorized", "message": "Token expired or invalid"}),
    (403, {"status": False, "error": "URL hatalı"}, {"outcome": "forbidden", "provider_code": "URL hatalı"}),
    (404, {"status": False, "error": "sipariş bulunamadı"}, {"outcome": "not_found", "provider_code": "sipariş bulunamadı"}),
    (404, '{"status":false,"error":"sipari\\u015f bulunamad\\u0131"}', {"outcome": "not_found", "provider_code": "sipariş bulunamadı"}),
    (404, "<html>gateway</html>", {"outcome": "not_found", "provider_code": None}),
    (404, b'{"status":false,"error":"sipari\xfe"}', {"outcome": "not_found", "provider_code": "sipari\ufffd"}),
    (409, {"status": False}, {"outcome": "conflict"}),
    (418, {}, {"outcome": "invalid"}),
    (422, {"status": False, "error": "eksik alan", "message": "reason_id is required"}, {"outcome": "invalid", "provider_code": "eksik alan", "message": "reason_id is required", "local": None}),
    (422, {"status": False, "error": "eksik alan", "message": "Invalid reason_id"}, {"outcome": "invalid", "message": "Invalid reason_id"}),
    (422, {"status": False, "error": None, "message": ["x"]}, {"outcome": "invalid", "provider_code": None, "message": None}),
    (429, {"status": False, "error": "çok fazla istek", "message": "Çok fazla istek. Lütfen 30 saniye bekleyin."}, {"outcome": "rate_limited", "message": "Çok fazla istek. Lütfen 30 saniye bekleyin."}),
    (500, {"status": True, "data": "OK"}, {"outcome": "server_error", "http_status": 500}),
    (502, "<html></html>", {"outcome": "server_error"}),
)  # fmt: skip

REFUSED = (
    ({"reason_id": None}, TOKEN),
    ({"reason_id": 0}, TOKEN),
    ({"reason_id": 9}, TOKEN),
    ({"reason_id": -1}, TOKEN),
    ({"reason_id": "3"}, TOKEN),
    ({"reason_id": 3.0}, TOKEN),
    ({"reason_id": True}, TOKEN),
    ({"reason_id": [3]}, TOKEN),
    ({"order_id": "1031"}, TOKEN),
    ({"order_id": 1031}, TOKEN),
    ({"order_id": ""}, TOKEN),
    ({"order_id": "../../orders/get-current"}, TOKEN),
    ({"order_id": KEY + "\n"}, TOKEN),
    ({"order_id": KEY + "/x"}, TOKEN),
    ({}, {}),
    ({}, {"access_token": ""}),
    ({}, {"access_token": "abc\r\nX-Injected: 1"}),
    ({}, {"app_secret_key": "only-one"}),
)


class Classification(unittest.TestCase):
    def test_table(self):
        for status, body, expected in CLASSIFICATION:
            with self.subTest(status=status, body=str(body)[:60]):
                subset(self, expected, classify_cancel(response(status, body)).to_dict())

    def test_wait_and_request_id(self):
        answer = response(429, {}, [("Retry-After", "30"), ("x-request-ID", "r-1")])
        expected = {"retry_after_ms": 30000, "request_id": "r-1"}
        subset(self, expected, classify_cancel(answer).to_dict())


class Local(unittest.TestCase):
    def test_refused_before_sending(self):
        with Server(OK) as server:
            for change, credentials in REFUSED:
                with self.subTest(change=change, credentials=list(credentials)):
                    report = run("dukkango", server, credentials, dict(ARGUMENTS, **change))
                    expected = {"outcome": "invalid", "local": True, "attempts": 0, "sent": "no"}
                    subset(self, expected, report)
            self.assertEqual([], server.requests)


class Calls(unittest.TestCase):
    def test_request(self):
        with Server(OK) as server:
            report = run("dukkango", server, TOKEN, dict(ARGUMENTS, order_id=KEY.upper(), reason_id=8))
            request = server.requests[0]
        self.assertEqual({"outcome": "canceled", "http_status": 200, "attempts": 1, "sent": "yes"}, report)
        self.assertEqual("PUT /orders/cancel/" + KEY.upper(), request.line)
        self.assertEqual(["a1b2c3d4e5f60718"], request.header("access-token"))
        self.assertEqual(["application/json"], request.header("content-type"))
        self.assertEqual(b'{"reason_id":8}', request.body)

    def test_never_repeated(self):
        for label, step, outcome in (
            ("401", DENIED, "unauthorized"),
            ("404", http(404, {}), "not_found"),
            ("422", http(422, {}), "invalid"),
            ("429", http(429, {}, [("Retry-After", "0")]), "rate_limited"),
            ("503", http(503, {}), "server_error"),
            ("nothing", b"", "unknown"),
            ("reset", RESET, "unknown"),
            ("silence", SILENCE, "timeout"),
        ):
            with self.subTest(label), Server(step) as server:
                self.assertEqual(outcome, run("dukkango", server, TOKEN, ARGUMENTS, seconds=0.5)["outcome"])
                self.assertEqual(1, len(server.requests))

    def test_secrets_are_not_reported(self):
        echo = http(401, {"status": False, "error": "x", "message": "token a1b2c3d4e5f60718 is bad"})
        with Server(echo) as server:
            report = run("dukkango", server, TOKEN, ARGUMENTS)
        self.assertEqual("token *** is bad", report["message"])


class Login(unittest.TestCase):
    def login(self, token="t-000000001"):
        data = {"access_token": token, "expiration_date": "2026-01-02 00:00:00"}
        headers = [("Date", "Thu, 01 Jan 2026 00:00:00 GMT")]
        return http(200, {"status": True, "data": data}, headers)

    def test_keys_alone(self):
        with Server(self.login("aB c+/="), OK, OK) as server:
            self.assertEqual("canceled", run("dukkango", server, KEYS, ARGUMENTS)["outcome"])
            again = run("dukkango", server, KEYS, ARGUMENTS)
            self.assertEqual(("canceled", 1), (again["outcome"], again["attempts"]))
            first = server.requests[0]
            lines = [line.split("/orders")[0] for line in server.lines]
            tokens = [request.header("access-token") for request in server.requests]
        self.assertEqual(["POST /auth/login", "PUT ", "PUT "], lines)  # the token is kept
        self.assertEqual(KEYS, first.json)
        self.assertEqual([[], ["aB c+/="], ["aB c+/="]], tokens)

    def test_a_state_folder_made_anew_is_a_new_world(self):
        with Server(self.login(), OK, OK, self.login(), OK) as server, tempfile.TemporaryDirectory() as top:
            folder = os.path.join(top, "state")
            for logins in (1, 1, 2):
                run("dukkango", server, KEYS, ARGUMENTS, state_dir=folder)
                self.assertEqual(logins, server.lines.count("POST /auth/login"))
                if len(server.requests) == 3:
                    shutil.rmtree(folder)

    def test_one_login_and_one_repeat_after_401(self):
        with Server(DENIED, self.login(), OK) as server:
            report = run("dukkango", server, dict(KEYS, **TOKEN), ARGUMENTS)
            self.assertEqual(("canceled", 2), (report["outcome"], report["attempts"]))
            self.assertEqual(3, len(server.requests))

    def test_no_loop(self):
        with Server(DENIED, self.login(), DENIED, self.login(), DENIED) as server:
            report = run("dukkango", server, dict(KEYS, **TOKEN), ARGUMENTS)
            self.assertEqual(("unauthorized", 2), (report["outcome"], report["attempts"]))
            self.assertEqual(3, len(server.requests))

    def test_a_401_stays_one_when_the_login_fails(self):
        for step in (http(404, {}), http(500, ""), b"", SILENCE):
            with self.subTest(str(step)[:30]), Server(DENIED, step) as server:
                report = run("dukkango", server, dict(KEYS, **TOKEN), ARGUMENTS, seconds=0.6)
                expected = {"outcome": "unauthorized", "http_status": 401, "attempts": 1}
                subset(self, expected, report)

    def test_login_alone(self):
        with Server(self.login()) as server:
            seen = run("dukkango", server, KEYS, {}, operation="login")
            self.assertEqual({"outcome": "ok", "attempts": 0, "sent": "no"}, seen)
            self.assertEqual(["POST /auth/login"], server.lines)

    def test_refused_login_cancels_nothing(self):
        message = {"status": False, "error": "yetkisiz erişim", "message": "Invalid credentials"}
        for step, outcome in (
            (http(401, message), "unauthorized"),
            (http(500, "<html>"), "server_error"),
            (http(404, {"status": False, "error": "URL hatalı"}), "protocol_error"),
            (http(200, {"status": True, "data": {}}), "protocol_error"),
            (http(200, {"status": True, "data": {"access_token": "a\nb"}}), "protocol_error"),
            (http(200, message), "unauthorized"),
        ):
            with self.subTest(outcome), Server(step) as server:
                report = run("dukkango", server, KEYS, ARGUMENTS)
                subset(self, {"outcome": outcome, "attempts": 0, "sent": "no"}, report)
                self.assertEqual(["POST /auth/login"], server.lines)
