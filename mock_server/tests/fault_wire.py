"""What each fault of the menu does on the wire: what a raw socket sees, what libcurl sees, and what the order is after.

The expectations are written by hand from the menu (docs/faults.md): bytes, how the connection ends (FIN, RST, or it
stays open), the code that libcurl ends with, and, at each phase, whether the order has been cancelled.

Usage: python3 mock_server/tests/fault_wire.py build/cancelmock [WORD]; its log ends in the table of what was seen.
"""
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import unittest
import urllib.request

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/cancelmock"
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []
LIMIT = 60     # seconds: for what comes
SILENCE = 0.3  # seconds: for what does not

TRUE = b'{"status":true,"data":"OK"}'  # the vendor's answer to a cancel, 27 bytes
BEFORE, AFTER = "before_commit", "after_commit"
BOTH = (BEFORE, AFTER)
OPEN, FIN, RST = "open", "FIN", "RST"
# Codes of libcurl.
OK, UNSUPPORTED, CONNECT, PARTIAL, TIMED_OUT, EMPTY, RECV, ENCODING, TOO_BIG = 0, 1, 7, 18, 28, 52, 56, 61, 63
SEEN = []


class Row:
    """One fault: how it is armed, and what is to be seen. `body` is what stands behind the head, as it comes; None:
    not a byte of an answer comes. `check` looks at head and body where plain words do not do."""

    def __init__(self, fault, parameters=None, phases=(AFTER,), status=200, body=TRUE, head=(), end=OPEN, curl=OK,
                 curl_options=(), check=None, name="", raw=None):
        self.fault, self.parameters, self.phases, self.status, self.body = fault, parameters or {}, phases, status, body
        self.head, self.end, self.curl, self.curl_options, self.check = head, end, curl, curl_options, check
        self.name, self.raw = name or fault, raw


def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def is_random(head, body):
    return not head.startswith(b"HTTP/")


def mentions(*words):
    return lambda head, body: all(word in head for word in words)


ERROR_503 = lambda head, body: json.loads(body)["status"] is False

ROWS = [
    # Nothing comes.
    Row("EMPTY_RESPONSE", phases=BOTH, body=None, end=FIN, curl=EMPTY),
    Row("CONNECTION_RESET_BY_PEER", phases=BOTH, body=None, end=RST, curl=RECV),
    Row("NO_RESPONSE", phases=BOTH, body=None, end=OPEN, curl=TIMED_OUT, curl_options=("--max-time", "1")),
    Row("TIMEOUT_THEN_CLOSE", {"ms": 400}, phases=BOTH, body=None, end=FIN, curl=EMPTY),
    Row("CONNECTION_REFUSED", {"ms": 300}, phases=BOTH, body=None, end=RST, curl=RECV),
    # Something else comes.
    Row("RANDOM_DATA_THEN_CLOSE", phases=BOTH, raw=is_random, end=FIN, curl=UNSUPPORTED),
    Row("RAW_RESPONSE", {"bytes": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"}, phases=BOTH, body=b"hel", end=FIN,
        curl=PARTIAL),
    Row("CANNED_RESPONSE", {"status": 418, "body": "tea"}, phases=BOTH, status=418, body=b"tea"),
    Row("ERROR_STATUS", {"status": 503, "retry_after_s": 7}, phases=BOTH, status=503, body=...,
        head=(b"Retry-After: 7",), check=ERROR_503),
    Row("RATE_LIMIT", {"limit": 0, "window_s": 60}, phases=(BEFORE,), status=429, body=..., head=(b"Retry-After: 60",)),
    Row("OUTAGE", {"retry_after_s": 9}, phases=BOTH, status=503, body=..., head=(b"Retry-After: 9", b"Connection: close"),
        end=FIN),
    Row("DEGRADATION", {"ramp_s": 0.000001, "probability": 1}, phases=BOTH, status=503, body=...),
    Row("REDIRECT", {"path": True}, phases=BOTH, status=307, body=..., head=(b"Location: /_s/",)),
    Row("REDIRECT", {"host": "localhost"}, phases=BOTH, status=307, body=..., head=(b"Location: http://localhost:",),
        name="REDIRECT to a host"),
    Row("REDIRECT", {"scheme": "https", "status": 308}, phases=BOTH, status=308, body=..., head=(b"Location: https://",),
        name="REDIRECT to a scheme"),
    Row("REDIRECT", {"location": "/elsewhere", "status": 302}, phases=BOTH, status=302, body=...,
        head=(b"Location: /elsewhere",), name="REDIRECT to a location"),
    # The true answer, cut or wrongly framed.
    Row("TRUNCATED_BODY", {"bytes": 10}, body=TRUE[:10], head=(b"Content-Length: 27",), end=FIN, curl=PARTIAL),
    Row("TRUNCATED_BODY", {"fraction": 0}, body=b"", head=(b"Content-Length: 27",), end=FIN, curl=PARTIAL,
        name="TRUNCATED_BODY, nothing of it"),
    Row("RESET_MID_RESPONSE", {"bytes": 10}, body=TRUE[:10], head=(b"Content-Length: 27",), end=RST, curl=RECV),
    Row("MALFORMED_RESPONSE_CHUNK", body=chunked(TRUE[:13]) + b"this is no chunk\r\n",
        head=(b"Transfer-Encoding: chunked",), end=FIN, curl=RECV),
    Row("MISSING_FINAL_CHUNK", body=chunked(TRUE), head=(b"Transfer-Encoding: chunked",), end=FIN, curl=PARTIAL),
    Row("OVERLONG_BODY", {"bytes": 5}, body=TRUE + b"xxxxx", head=(b"Content-Length: 27",)),
    Row("WRONG_CONTENT_LENGTH", {"delta": -7}, body=TRUE, head=(b"Content-Length: 20",)),
    Row("WRONG_CONTENT_LENGTH", {"delta": 7}, body=TRUE, head=(b"Content-Length: 34",), end=FIN, curl=PARTIAL,
        name="WRONG_CONTENT_LENGTH, longer"),
    # libcurl 7 counts by the last of the two.
    Row("DOUBLE_CONTENT_LENGTH", body=TRUE, curl=TIMED_OUT, curl_options=("--max-time", "1"), head=(b"Content-Length: 27",),
        check=lambda head, body: head.count(b"Content-Length: ") == 2),
    Row("EXTRA_BYTES", {"bytes": "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"},
        body=TRUE + b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
    Row("INTERIM_RESPONSE", {"status": 102, "count": 2}, status=102,
        raw=lambda head, body: (head + body).count(b"HTTP/1.1 102 ") == 2 and body.endswith(TRUE)
        and b"HTTP/1.1 200 OK" in body),
    # The true answer, with another content.
    Row("MALFORMED_JSON", {"mode": "cut"}, body=..., check=lambda head, body: len(body) < 27 and TRUE.startswith(body)),
    Row("MALFORMED_JSON", {"mode": "append"}, body=..., check=lambda head, body: len(body) > 27,
        name="MALFORMED_JSON, append"),
    Row("MALFORMED_JSON", {"mode": "bom"}, body=b"\xef\xbb\xbf" + TRUE, name="MALFORMED_JSON, bom"),
    Row("MALFORMED_JSON", {"mode": "bad_utf8"}, body=..., name="MALFORMED_JSON, bad_utf8",
        check=lambda head, body: body.decode("utf-8", "replace").count("\ufffd") > 0),
    Row("MALFORMED_JSON", {"mode": "bad_escape"}, body=..., name="MALFORMED_JSON, bad_escape",
        check=lambda head, body: b"\\" in body),
    Row("SCHEMA_DRIFT", {"patch": [{"op": "remove", "path": "/data"}]}, body=b'{"status":true}'),
    Row("WRONG_CONTENT_TYPE", body=TRUE, head=(b"Content-Type: text/html",)),
    Row("BAD_ENCODING", body=TRUE, head=(b"Content-Encoding: gzip",), curl=ENCODING, curl_options=("--compressed",)),
    Row("OVERSIZED", {"body_bytes": 100000}, body=TRUE + b" " * 100000, head=(b"Content-Length: 100027",)),
    Row("OVERSIZED", {"header_bytes": 20000}, body=TRUE, name="OVERSIZED, a header",
        check=lambda head, body: len(head) > 20000),
    Row("ENDLESS", body=..., raw=lambda head, body: b"Content-Length" not in head and len(body) > 1000000, end=OPEN,
        curl=TIMED_OUT, curl_options=("--max-time", "1")),
    # The true answer, late or slow.
    Row("DELAY_FIXED", {"ms": 50}),
    Row("DELAY_UNIFORM", {"lower_ms": 10, "upper_ms": 60}),
    Row("DELAY_LOGNORMAL", {"median_ms": 20, "sigma": 0.5, "max_ms": 100}),
    Row("CHUNKED_DRIBBLE", {"chunks": 5, "ms": 100}, body=...,
        check=lambda head, body: body == TRUE or body.endswith(b"0\r\n\r\n")),
    Row("DRIP", {"ms": 100}),
    Row("STALL", {"bytes": 10, "ms": 100}),
    Row("STALL", {"bytes": 10}, body=TRUE[:10], head=(b"Content-Length: 27",), curl=TIMED_OUT,
        curl_options=("--max-time", "1"), name="STALL without an end"),
    Row("BANDWIDTH", {"bytes_per_s": 2000}),
    Row("SLICER", {"bytes": 3, "spread": 2, "gap_us": 500}),
    Row("SLOW_READ", {"bytes_per_s": 300}, phases=(BEFORE,)),
    Row("ACCEPT_DELAY", {"ms": 100}, phases=(BEFORE,)),
    # The true answer, and then its connection.
    Row("SLOW_CLOSE", {"ms": 100}, head=(b"Connection: close",), end=FIN),
    Row("STALE_KEEPALIVE", {"ms": 100}, end=FIN, check=lambda head, body: b"Connection: close" not in head),
    Row("STALE_KEEPALIVE", {"ms": 0}, end=FIN, name="STALE_KEEPALIVE, at once"),
]

# Kinds that let the provider handle the request whatever their phase is called.
HANDLED = {"SLOW_READ", "ACCEPT_DELAY"}


class Mock:
    def __init__(self, handles=None):
        limit = None if handles is None else lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))
        self.process = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--quiet", "--seed", "9", *JOURNAL],
                                        stdout=subprocess.PIPE, text=True, preexec_fn=limit)
        self.url = json.loads(self.process.stdout.readline())["http"]

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + "/_mock" + path, data, method=method)
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=LIMIT)
        self.process.stdout.close()
        return code


class World:
    """A session with one order, one armed fault, and a port of its own."""

    def __init__(self, mock, row, phase):
        self.mock = mock
        self.session = mock.control("POST", "/sessions", {})
        name = self.session["id"]
        self.query = "?session=" + name
        self.port = mock.control("POST", "/listeners" + self.query, {"kind": "serve"})
        self.order = mock.control("POST", "/orders/dukkango" + self.query, {})["id"]
        fault = {"fault": row.fault, "when": {"first": 1}, **row.parameters}
        if row.fault != "ACCEPT_DELAY":
            fault |= {"phase": phase, "match": {"operation": "cancel"}}
        self.fault = mock.control("POST", "/faults" + self.query, fault)["id"]

    def state(self):
        return self.mock.control("GET", "/orders/dukkango/%s%s" % (self.order, self.query))["state"]

    def fired(self):
        return next(fault["fired"] for fault in self.mock.control("GET", "/faults" + self.query)["faults"])

    def target(self):
        return "%s/orders/cancel/%s" % (self.port["base_urls"]["dukkango"], self.order)

    def token(self):
        return self.session["credentials"]["dukkango"]["access_token"]

    def end(self):
        self.mock.control("DELETE", "/sessions/" + self.session["id"])


def ask_raw(world, row):
    """All bytes that come, and how it ends; a connection that stays is left when nothing more comes."""
    host, port = re.match(r"http://([^:/]+):(\d+)", world.target()).groups()
    path = world.target().split(port, 1)[1]
    body = b'{"reason_id": 3}'
    request = ("PUT %s HTTP/1.1\r\nHost: %s:%s\r\nAccess-Token: %s\r\nContent-Type: application/json\r\n"
               "Content-Length: %d\r\n\r\n" % (path, host, port, world.token(), len(body))).encode() + body
    came, end = b"", None
    with socket.create_connection((host, int(port)), timeout=LIMIT) as connection:
        connection.sendall(request)
        while end is None:
            connection.settimeout(SILENCE if is_enough(row, came) else LIMIT)
            try:
                piece = connection.recv(65536)
                came, end = came + piece, None if piece else FIN
            except ConnectionResetError:
                end = RST
            except TimeoutError:
                end = OPEN
            if len(came) > 2000000:
                end = OPEN
    return came, end


def is_enough(row, came):
    """Whether all has come of what stays open: only then is silence waited for. Where an end is expected, it is."""
    if row.end != OPEN:
        return False
    if row.body is None:
        return True
    head, _, body = came.partition(b"\r\n\r\n")
    if row.raw is not None:
        return row.raw(head, body)
    length = re.search(rb"Content-Length: (\d+)", head)
    if row.body is not ...:
        return len(body) >= len(row.body) and bool(head)
    return len(body) >= int(length.group(1)) if length else body.endswith(b"0\r\n\r\n")


def ask_curl(world, row):
    command = ["curl", "-s", "-o", os.devnull, "-X", "PUT", "-H", "Access-Token: " + world.token(), "-H",
               "Content-Type: application/json", "-d", '{"reason_id": 3}', "--max-time", str(LIMIT), *row.curl_options,
               world.target()]
    environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    return subprocess.run(command, capture_output=True, timeout=2 * LIMIT, env=environment).returncode


class Wire(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock()

    @classmethod
    def tearDownClass(cls):
        assert cls.mock.stop() == 0
        print("%-32s %-13s %-34s %-5s %-5s %s" % ("fault", "phase", "a raw socket: bytes", "end", "curl", "order"))
        for line in SEEN:
            print("%-32s %-13s %-34s %-5s %-5s %s" % line)

    def look(self, row, phase):
        world = World(self.mock, row, phase)
        came, end = ask_raw(world, row)
        self.assertEqual(world.fired(), 1, "the fault has not fired")
        state = world.state()
        world.end()
        head, _, body = came.partition(b"\r\n\r\n")
        told = "nothing" if not came else "%s…, %d + %d" % (came[:12].decode("latin-1").split("\r")[0] if head.startswith(
            b"HTTP/") else "no HTTP", len(head) + 4, len(body))
        world = World(self.mock, row, phase)
        code = ask_curl(world, row)
        world.end()
        SEEN.append((row.name, phase, told, end, code, state))
        self.judge(row, head, body, came, end)
        self.assertEqual(code, row.curl, "what libcurl ends with")
        handled = phase == AFTER or row.fault in HANDLED
        self.assertEqual(state == "CANCELED", handled, "the order is " + state)

    def judge(self, row, head, body, came, end):
        self.assertEqual(end, row.end, "how the connection ends, behind %r" % came[-300:])
        if row.body is None:
            self.assertEqual(came, b"")
            return
        if row.raw is not None:
            self.assertTrue(row.raw(head, body), came[:500])
            return
        self.assertTrue(head.startswith(b"HTTP/1.1 %d " % row.status), head)
        for line in row.head:
            self.assertIn(b"\r\n" + line, head)
        if row.body is not ...:
            self.assertEqual(body, row.body)
        if row.check is not None:
            self.assertTrue(row.check(head, body), came[:500])


def add(row, phase):
    name = "test_%s_%s" % (re.sub(r"\W+", "_", row.name), phase)
    assert not hasattr(Wire, name), name
    setattr(Wire, name, lambda self: self.look(row, phase))


for each in ROWS:
    for when in each.phases:
        add(each, when)


class Menu(unittest.TestCase):
    def test_every_kind_has_a_row(self):
        mock = Mock()
        kinds = {kind["name"]: tuple(kind["phases"]) for kind in mock.control("GET", "/faults/kinds")["kinds"]}
        mock.stop()
        self.assertEqual({row.fault for row in ROWS}, set(kinds))
        for row in ROWS:
            self.assertEqual(row.phases, kinds[row.fault], row.fault)

    def test_silence_never_takes_the_last_handle(self):
        """With more silent clients than there are handles the control API answers, and service goes on when they leave."""
        mock = Mock(handles=128)
        mock.control("POST", "/faults", {"fault": "NO_RESPONSE", "match": {"operation": "cancel"}})
        host, port = re.match(r"http://([^:/]+):(\d+)", mock.url).groups()
        request = b"PUT /api/integrations/orders/cancel/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n"

        def ask_all(count):
            """How many of so many clients are kept silent; the others are closed without a byte."""
            clients = [socket.create_connection((host, int(port)), timeout=LIMIT) for _ in range(count)]
            silent = 0
            for client in clients:
                client.sendall(request)
            while mock.control("GET", "/faults")["faults"][0]["fired"] < count * (1 + ask_all.rounds):
                pass
            for client in clients:
                client.setblocking(False)
                try:
                    self.assertEqual(client.recv(1), b"")
                except BlockingIOError:
                    silent += 1
            for client in clients:
                client.close()
            ask_all.rounds += 1
            return silent

        ask_all.rounds = 0
        first = ask_all(200)
        self.assertTrue(0 < first < 128, first)
        while mock.control("GET", "/connections")["open"] > 1:
            pass  # those who left are noticed without a new one coming
        self.assertEqual(ask_all(10), 10)
        self.assertEqual(mock.stop(), 0)

    def test_as_many_at_once_as_the_library_hears_of_at_once(self):
        """libmicrohttpd 0.9.75 reads 128 events in one go, and slept before it served them if there were just so many."""
        mock = Mock()
        host, port = re.match(r"http://([^:/]+):(\d+)", mock.url).groups()
        request = b"GET /_mock/health HTTP/1.1\r\nHost: %s\r\n\r\n" % host.encode()
        clients = [socket.create_connection((host, int(port)), timeout=LIMIT) for _ in range(257)]
        for count in (*range(125, 131), *range(253, 258)):
            with self.subTest(count=count):
                mock.process.send_signal(signal.SIGSTOP)
                for client in clients[:count]:
                    client.sendall(request)
                mock.process.send_signal(signal.SIGCONT)
                for client in clients[:count]:
                    self.assertIn(b'"alive"', client.recv(4096))
        for client in clients:
            client.close()
        self.assertEqual(mock.stop(), 0)

    def test_a_refused_port_comes_back(self):
        """CONNECTION_REFUSED with "now": whoever connects is refused at once, and later is not."""
        mock = Mock()
        mock.control("POST", "/faults", {"fault": "CONNECTION_REFUSED", "ms": 500, "now": True})
        host, port = re.match(r"http://([^:/]+):(\d+)", mock.url).groups()
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection((host, int(port)), timeout=LIMIT)
        for _ in range(600):
            try:
                socket.create_connection((host, int(port)), timeout=LIMIT).close()
                break
            except ConnectionRefusedError:
                subprocess.run(["sleep", "0.1"], check=True)
        self.assertTrue(mock.control("GET", "/health"))
        mock.stop()


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    suite = unittest.TestSuite(test for case in (Wire, Menu) for test in unittest.defaultTestLoader.loadTestsFromTestCase(case)
                               if not words or any(word in test.id() for word in words))
    result = unittest.TextTestRunner(verbosity=0, stream=sys.stdout).run(suite)
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed, failed))
    sys.exit(1 if failed or not result.testsRun else 0)
