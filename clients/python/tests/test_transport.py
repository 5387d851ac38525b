"""The transport against a server that misbehaves, and base URLs that must be refused.

The operation is dukkango's cancel: one request, no second look, so every row shows the transport.
"""

import socket
import threading
import time
import unittest

from cancelorder import perform
from cancelorder.result import Refusal
from cancelorder.transport import MAX_BODY, Abort, Base, TransportFailure, check_header_value, exchange
from support import DRIP, RESET, SILENCE, Server, http, run, subset

KEY = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
TOKEN = {"access_token": "a1b2c3d4e5f60718"}
ARGUMENTS = {"order_id": KEY, "reason_id": 3}
OK = b'{"status":true,"data":"OK"}'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

# An answer, the outcome, and whether the request may have had an effect.
ANSWERS = (
    ("plain", http(200, OK), "canceled", "yes"),
    ("no reason phrase", b"HTTP/1.1 200\r\nContent-Length: 27\r\n\r\n" + OK, "canceled", "yes"),
    ("UTF-8 reason phrase", "HTTP/1.1 200 İşlem başarılı\r\nContent-Length: 27\r\n\r\n".encode() + OK, "canceled", "yes"),
    ("until the end, HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\n" + OK, "canceled", "yes"),
    ("chunked", CHUNKED + b"1B\r\n" + OK + b"\r\n0\r\n\r\n", "canceled", "yes"),
    ("chunk extension, trailer", CHUNKED + b"001b;x=y\r\n" + OK + b"\r\n0\r\nX: y\r\n\r\n", "canceled", "yes"),
    ("interim answers", b"HTTP/1.1 103 E\r\nLink: x\r\n\r\nHTTP/1.1 100 C\r\n\r\n" + http(200, OK), "canceled", "yes"),
    ("equal lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 27\r\nContent-Length: 27\r\n\r\n" + OK, "canceled", "yes"),
    ("bytes after the answer", http(200, OK) + b"HTTP/1.1 500 X\r\n\r\n", "canceled", "yes"),
    ("shorter than it says", http(200, OK, length=60), "unknown", "maybe"),
    ("no last chunk", CHUNKED + b"1b\r\n" + OK + b"\r\n", "unknown", "maybe"),
    ("cut inside a chunk", CHUNKED + b"40\r\n" + OK, "unknown", "maybe"),
    ("cut inside the header", b"HTTP/1.1 200 OK\r\nContent-Le", "unknown", "maybe"),
    ("cut after the status line", b"HTTP/1.1 204 No Content\r\n", "unknown", "maybe"),
    ("nothing", b"", "unknown", "maybe"),
    ("reset", RESET, "unknown", "maybe"),
    ("not HTTP", b"hello\r\n\r\n", "unknown", "maybe"),
    ("different lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 27\r\nContent-Length: 2\r\n\r\n" + OK, "unknown", "maybe"),
    ("a length that is none", b"HTTP/1.1 200 OK\r\nContent-Length: +27\r\n\r\n" + OK, "unknown", "maybe"),
    ("a coding not understood", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + OK, "unknown", "maybe"),
    ("packed, not asked for", http(200, OK, [("Content-Encoding", "gzip")]), "unknown", "maybe"),
    ("a chunk of negative size", CHUNKED + b"-1\r\n" + OK, "unknown", "maybe"),
    ("a header line without colon", b"HTTP/1.1 200 OK\r\nrubbish\r\nContent-Length: 27\r\n\r\n" + OK, "unknown", "maybe"),
    ("too large a body", http(200, b" " * (MAX_BODY + 1)), "unknown", "maybe"),
    ("too large, chunked", CHUNKED + b"200000\r\n" + b" " * 0x200000 + b"\r\n0\r\n\r\n", "unknown", "maybe"),
    ("too large a header", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100000 + b"\r\n\r\n", "unknown", "maybe"),
    ("too long a trailer", CHUNKED + b"1b\r\n" + OK + b"\r\n0\r\n" + b"X: y\r\n" * 500000 + b"\r\n", "unknown", "maybe"),
    ("too many interim answers", b"HTTP/1.1 103 E\r\n\r\n" * 50 + http(200, OK), "unknown", "maybe"),
    ("silence", SILENCE, "timeout", "maybe"),
    ("a header without end", DRIP, "timeout", "maybe"),
    ("a redirect", http(307, b"", [("Location", "http://127.0.0.1:1/")]), "protocol_error", "yes"),
    ("304", http(304), "protocol_error", "yes"),
)

REFUSED_BASES = (
    "http://dukkango.invalid/api",
    "http://192.0.2.1/api",
    "http://127.0.0.1.example.invalid/",
    "http://2130706433/",
    "ftp://127.0.0.1/",
    "//127.0.0.1/",
    "https://user:word@host.invalid/",
    "https://host.invalid/api?x=1",
    "https://host.invalid/api#x",
    "https://host.invalid:99999/",
    "https://host.invalid:port/",
    "https:///api",
    "https://host.invalid/a b",
    "https://host.invalid/a\r\nX: y",
    "https://[::1/",
    "",
    None,
    5,
)


class Answers(unittest.TestCase):
    def test_answers(self):
        for label, step, outcome, sent in ANSWERS:
            with self.subTest(label), Server(step) as server:
                report = run("dukkango", server, TOKEN, ARGUMENTS, seconds=0.5)
                self.assertEqual((outcome, sent, 1), tuple(report[n] for n in ("outcome", "sent", "attempts")))
                self.assertEqual(1, len(server.requests))

    def test_status_of_a_cut_answer_is_reported(self):
        with Server(http(200, OK, length=60)) as server:
            subset(self, {"http_status": 200}, run("dukkango", server, TOKEN, ARGUMENTS))

    def test_redirect_is_not_followed(self):
        with Server(http(200, OK)) as other:
            moved = http(307, b"", [("Location", other.url + "/x")])
            with Server(moved) as server:
                self.assertEqual("protocol_error", run("dukkango", server, TOKEN, ARGUMENTS)["outcome"])
            self.assertEqual([], other.requests)

    def test_proxy_variables_are_ignored(self):
        import os
        from unittest import mock

        proxies = {"http_proxy": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1"}
        with mock.patch.dict(os.environ, proxies), Server(http(200, OK)) as server:
            self.assertEqual("canceled", run("dukkango", server, TOKEN, ARGUMENTS)["outcome"])

    def test_closed_port(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        result = perform("dukkango", "cancel", "http://127.0.0.1:%d" % port, TOKEN, ARGUMENTS, seconds=2)
        expected = {"outcome": "transport_error", "sent": "no", "attempts": 0, "local": None}
        subset(self, expected, result.to_dict())

    def test_answer_before_the_body_was_read_counts(self):
        def early(listener):
            peer, _ = listener.accept()
            with peer:
                peer.recv(1)
                peer.sendall(http(413, b"{}"))  # and a reset follows, for most was not read

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=early, args=(listener,), daemon=True)
            thread.start()
            base = Base("http://127.0.0.1:%d" % listener.getsockname()[1])
            answer = exchange(base, "PUT", "/", [], b"x" * 30000000, time.monotonic() + 3)
            self.assertEqual(413, answer.status)
            thread.join(3)


class Requests(unittest.TestCase):
    def test_bytes(self):
        with Server(http(200, OK)) as server:
            run("dukkango", server, TOKEN, ARGUMENTS, path="/api/integrations/")
            request = server.requests[0]
        self.assertEqual("PUT /api/integrations/orders/cancel/" + KEY, request.line)
        self.assertEqual(b'{"reason_id":3}', request.body)
        names = ["Host", "Accept", "User-Agent", "Access-Token", "Content-Type", "Content-Length"]
        self.assertEqual(names, [name for name, _ in request.headers])
        self.assertEqual(["127.0.0.1:%d" % server.port], request.header("host"))
        self.assertEqual(["15"], request.header("content-length"))

    def test_host_of_ipv6(self):
        try:
            listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
        except OSError:
            self.skipTest("there is no IPv6 loopback here")
        heads = []

        def serve():
            peer, _ = listener.accept()
            with peer:
                heads.append(peer.recv(65536))
                peer.sendall(http(200, OK))

        with listener:
            port = listener.getsockname()[1]
            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            result = perform("dukkango", "cancel", "http://[::1]:%d" % port, TOKEN, ARGUMENTS, seconds=3)
            thread.join(3)
        self.assertEqual("canceled", result.outcome)
        self.assertIn(b"\r\nHost: [::1]:%d\r\n" % port, heads[0])


class Refused(unittest.TestCase):
    def test_bases(self):
        for text in REFUSED_BASES:
            with self.subTest(repr(text)):
                self.assertRaises(Refusal, Base, text)
                report = perform("dukkango", "cancel", text, TOKEN, ARGUMENTS, seconds=1).to_dict()
                subset(self, {"outcome": "invalid", "local": True, "sent": "no", "attempts": 0}, report)

    def test_bases_that_are_fine(self):
        for text, host, port, path in (
            ("https://www.dükkango.com/api/", "www.xn--dkkango-n2a.com", 443, "/api"),
            ("http://localhost:81", "localhost", 81, ""),
            ("http://127.9.9.9/v0//", "127.9.9.9", 80, "/v0"),
            ("http://[::1]:8080/_s/a", "::1", 8080, "/_s/a"),
        ):
            with self.subTest(text):
                base = Base(text)
                self.assertEqual((host, port, path), (base.host, base.port, base.path))

    def test_header_values(self):
        for value in ("", " a", "a ", "a\r\nX: y", "a\nb", "a\tb", "a\x00", "ş", "a\x7f", None, 5, "a" * 9000):
            with self.subTest(repr(value)[:20]):
                with self.assertRaises(Refusal) as caught:
                    check_header_value("token", value)
                self.assertTrue(str(caught.exception).startswith("token: "))
        self.assertEqual("a+/=.b", check_header_value("token", "a+/=.b"))


class Aborted(unittest.TestCase):
    def test_a_silent_exchange_ends(self):
        abort = Abort()
        with Server(SILENCE) as server:
            failures = []

            def call():
                try:
                    exchange(Base(server.url), "GET", "/", [], None, time.monotonic() + 30, abort=abort)
                except TransportFailure as failure:
                    failures.append(failure.kind)

            thread = threading.Thread(target=call, daemon=True)
            thread.start()
            while not server.requests and thread.is_alive():
                thread.join(0.005)
            abort.request()
            thread.join(5)
        self.assertEqual(["aborted"], failures)

    def test_nothing_leaves_after_an_abort(self):
        abort = Abort()
        abort.request()
        with Server(http(200, OK)) as server:
            report = run("dukkango", server, TOKEN, ARGUMENTS, abort=abort)
            subset(self, {"outcome": "aborted", "attempts": 0, "sent": "no"}, report)
            self.assertEqual([], server.requests)
