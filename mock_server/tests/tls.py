"""cancelmock over TLS, under the vendors' own names, and as a proxy to them.

What a client sees is written by hand: statuses, bytes, and how a connection ends. The clients are Python's sockets and
its ssl module (OpenSSL), which share no code with the server (GnuTLS).

Usage: python3 mock_server/tests/tls.py build/cancelmock [WORD]
"""
import contextlib
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/cancelmock"
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []
LIMIT = 60  # seconds, for what must come

CANCEL = (b"PUT /api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e HTTP/1.1\r\nHost: %s\r\n"
          b"Access-Token: your-access-token\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
          b'{"reason_id":3}')
CANCELLED = b'{"status":true,"data":"OK"}'


def get(path, host, more=""):
    return ("GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (path, host, more)).encode()


class Answer:
    def __init__(self, head, body):
        self.status = int(head.split(None, 2)[1])
        self.headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        self.body = body


def read_answer(stream):
    """One answer with a Content-Length, or with none: then nothing but its head."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = stream.recv(65536)
        if not more:
            raise EOFError(data)
        data += more
    head, body = data.split(b"\r\n\r\n", 1)
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        more = stream.recv(65536)
        if not more:
            raise EOFError(data)
        body += more
    return Answer(head, body)


def read_to_end(stream):
    data = b""
    while True:
        more = stream.recv(65536)
        if not more:
            return data
        data += more


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="cancelmock-tls-")
        cls.ca = os.path.join(cls.folder, "ca")
        cls.process = subprocess.Popen(
            [PROGRAM, "--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0", "--ca-dir", cls.ca, "--quiet", "--host",
             "akinon=*.shops.example", "--host", "anything.example", *JOURNAL], stdout=subprocess.PIPE, text=True)
        cls.ready = json.loads(cls.process.stdout.readline())
        cls.plain_port, cls.tls_port = (int(cls.ready[name].rsplit(":", 1)[1]) for name in ("http", "https"))

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        code = cls.process.wait(timeout=LIMIT)
        cls.process.stdout.close()
        shutil.rmtree(cls.folder)
        assert code == 0, code

    def setUp(self):
        self.open = contextlib.ExitStack()
        self.addCleanup(self.open.close)
        self.control("POST", "/reset")
        self.control("DELETE", "/requests")

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["http"] + "/_mock" + path, data, method=method)
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def requests(self):
        return self.control("GET", "/requests")["requests"]

    def context(self, **changes):
        context = ssl.create_default_context(cafile=os.path.join(self.ca, "ca.pem"))
        for name, value in changes.items():
            setattr(context, name, value)
        return context

    def tcp(self, port):
        return self.open.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LIMIT))

    def tls(self, name="localhost", tcp=None, context=None):
        return self.open.enter_context((context or self.context()).wrap_socket(
            tcp or self.tcp(self.tls_port), server_hostname=name, suppress_ragged_eofs=False))

    def ask(self, stream, request):
        stream.sendall(request)
        return read_answer(stream)

    # ── What it speaks ─────────────────────────────────────────────────────────────────────────────────────────────

    def test_the_same_server(self):
        answer = self.ask(self.tls(), CANCEL % b"localhost")
        self.assertEqual((answer.status, answer.body), (200, CANCELLED))
        [entry] = self.requests()
        self.assertEqual((entry["provider"], entry["order"]["after"]), ("dukkango", "CANCELED"))
        self.assertEqual(self.ask(self.tls(), get("/_mock/health", "localhost")).status, 200)

    def test_versions(self):
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            stream = self.tls(context=self.context(minimum_version=version, maximum_version=version))
            self.assertEqual(stream.version(), name)
            self.assertEqual(self.ask(stream, CANCEL % b"localhost").status, 200 if name == "TLSv1.2" else 404)

    def test_an_old_version_is_refused(self):
        context = self.context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises(ssl.SSLError):
            self.tls(context=context)
        self.assertEqual(self.requests(), [])

    def test_alpn(self):
        context = self.context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        self.assertEqual(self.tls(context=context).selected_alpn_protocol(), "http/1.1")

    def test_many_requests_on_one_connection(self):
        stream = self.tls()
        for _ in range(200):
            self.assertEqual(self.ask(stream, get("/_mock/health", "localhost")).status, 200)

    def test_requests_in_one_record(self):
        stream = self.tls()
        stream.sendall(get("/v0/orders/x", "localhost") * 20)
        data = b""
        while data.count(b"HTTP/1.1 ") < 20:
            data += stream.recv(65536)
        self.assertEqual(len(self.requests()), 20)

    def test_a_request_byte_by_byte(self):
        stream = self.tls()
        for byte in CANCEL % b"localhost":
            stream.send(bytes([byte]))
        self.assertEqual(read_answer(stream).body, CANCELLED)

    @staticmethod
    def shake_hands(side, incoming, outgoing, send, server):
        while True:
            try:
                side.do_handshake()
                send(outgoing.read())
                return
            except ssl.SSLWantReadError:
                send(outgoing.read())
                incoming.write(server.recv(65536))

    @staticmethod
    def read_bio(side, incoming, server):
        """Until the body of the cancel's answer has come."""
        data = b""
        while not data.endswith(CANCELLED):
            with contextlib.suppress(ssl.SSLWantReadError):
                data += side.read(65536)
                continue
            incoming.write(server.recv(65536))
        return data

    def test_a_handshake_byte_by_byte(self):
        server, incoming, outgoing = self.tcp(self.tls_port), ssl.MemoryBIO(), ssl.MemoryBIO()
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def send(data):
            for byte in data:
                server.send(bytes([byte]))

        side = self.context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        self.shake_hands(side, incoming, outgoing, send, server)
        side.write(CANCEL % b"localhost")
        send(outgoing.read())
        self.read_bio(side, incoming, server)

    def test_a_large_body_both_ways(self):
        body = b'{"note":"' + b"x" * 1000000 + b'"}'
        stream = self.tls()
        head = b"POST /_mock/orders/fungies HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body)
        self.assertEqual(self.ask(stream, head + body).status, 400)
        self.assertGreater(len(self.ask(stream, get("/_mock/openapi/akinon", "localhost")).body), 50000)

    def test_a_reader_that_is_slow(self):
        """The socket is full for long, and every byte comes all the same."""
        self.control("POST", "/faults", {"fault": "OVERSIZED", "body_bytes": 5000000, "phase": "after_commit"})
        tcp = socket.socket()
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        tcp.connect(("127.0.0.1", self.tls_port))
        tcp.settimeout(LIMIT)
        stream = self.tls(tcp=self.open.enter_context(tcp))
        answer = self.ask(stream, CANCEL % b"localhost")
        self.assertGreaterEqual(len(answer.body), 5000000)

    # ── How it ends ────────────────────────────────────────────────────────────────────────────────────────────────

    def test_an_end_that_is_told(self):
        stream = self.tls()
        stream.sendall(get("/v0/orders/x", "localhost", "Connection: close\r\n"))
        self.assertIn(b"HTTP/1.1 401 ", read_to_end(stream))  # without close_notify it would raise

    def test_an_answer_behind_the_clients_end(self):
        """The client says that it sends no more, and still gets its answer."""
        server, incoming, outgoing = self.tcp(self.tls_port), ssl.MemoryBIO(), ssl.MemoryBIO()
        side = self.context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        self.shake_hands(side, incoming, outgoing, server.sendall, server)
        side.write(CANCEL % b"localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            side.unwrap()
        server.sendall(outgoing.read())
        self.assertEqual(self.read_bio(side, incoming, server).split(b"\r\n\r\n")[1], CANCELLED)

    def broken(self, fault, **more):
        """What came of the cancel before its connection broke, and how: FIN with or without close_notify, or RST."""
        self.control("POST", "/faults", {"fault": fault, "phase": "after_commit", **more})
        server, incoming, outgoing = self.tcp(self.tls_port), ssl.MemoryBIO(), ssl.MemoryBIO()
        side = self.context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        self.shake_hands(side, incoming, outgoing, server.sendall, server)
        side.write(CANCEL % b"localhost")
        server.sendall(outgoing.read())
        data = b""
        while True:
            try:
                piece = side.read(65536)
                if not piece:
                    return data, "told"
                data += piece
                continue
            except ssl.SSLWantReadError:
                pass
            try:
                came = server.recv(65536)
            except ConnectionResetError:
                return data, "reset"
            if not came:
                return data, "cut"
            incoming.write(came)

    def test_faults_of_the_wire(self):
        for fault, more, body, end in (
                ("TRUNCATED_BODY", {"bytes": 10}, b'{"status":', "cut"),
                ("RESET_MID_RESPONSE", {"bytes": 10}, b'{"status":', "reset"),
                ("MISSING_FINAL_CHUNK", {}, b"", "cut")):
            with self.subTest(fault=fault):
                self.control("POST", "/reset")
                data, how = self.broken(fault, **more)
                self.assertEqual(how, end)
                self.assertTrue(data.split(b"\r\n\r\n", 1)[1].startswith(body), data)

    def test_nothing_at_all(self):
        self.assertEqual(self.broken("EMPTY_RESPONSE"), (b"", "cut"))
        self.control("POST", "/reset")
        self.assertEqual(self.broken("CONNECTION_RESET_BY_PEER"), (b"", "reset"))

    def test_an_answer_in_pieces(self):
        self.control("POST", "/faults", {"fault": "SLICER", "bytes": 3, "phase": "after_commit"})
        self.assertEqual(self.ask(self.tls(), CANCEL % b"localhost").body, CANCELLED)

    # ── Who does not trust it ──────────────────────────────────────────────────────────────────────────────────────

    def test_a_client_that_does_not_know_the_authority(self):
        opened = self.control("GET", "/connections")["opened"]
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.tls("api.fungies.io", context=ssl.create_default_context())
        self.assertEqual(self.requests(), [])
        while True:
            page = self.control("GET", "/connections?since=%d" % (opened + 1))
            found = [one for one in page["connections"] if "problem" in one]
            if found and found[0]["end"] != "open":
                break
        self.assertEqual(found[0]["server_name"], "api.fungies.io")
        # Its alert is lost when it closes before it has read all: then it has just left.
        self.assertRegex(found[0]["problem"], "^TLS: the client (does not know the authority|left in the middle of the handshake)"
                                              ".*cancelmock env")
        self.assertEqual(found[0]["bytes_in"], 0)
        notices = [notice["sentence"] for notice in self.control("GET", "/ready")["notices"]]
        self.assertEqual(len([n for n in notices if n.startswith("a client that wanted api.fungies.io: TLS: ")]), 1)

    def test_another_name(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.tls("api.example.com")

    def test_plain_http_on_the_tls_port(self):
        stream = self.tcp(self.tls_port)
        answer = self.ask(stream, get("/v0/orders/x", "localhost"))
        self.assertEqual(answer.status, 400)
        self.assertEqual(stream.recv(1), b"")
        [entry] = self.requests()
        self.assertIn("this port speaks HTTP over TLS", entry["reason"]["rule"])

    def test_tls_on_the_plain_port(self):
        with self.assertRaises(ssl.SSLError):
            self.tls(tcp=self.tcp(self.plain_port))
        [entry] = self.requests()
        self.assertEqual(entry["reason"]["actual"], "a TLS handshake")

    def test_handshakes_that_never_end(self):
        for _ in range(100):
            self.tcp(self.tls_port).send(b"\x16\x03\x01")
        self.assertEqual(self.ask(self.tls(), CANCEL % b"localhost").body, CANCELLED)

    def test_garbage_behind_the_handshake(self):
        tcp = self.tcp(self.tls_port)
        tcp.sendall(b"\x16\x03\x01\x00\x05hello" + b"\xff" * 1000)
        self.assertEqual(self.ask(self.tls(), CANCEL % b"localhost").body, CANCELLED)

    # ── Ports with something wrong ─────────────────────────────────────────────────────────────────────────────────

    FLAWS = {"self_signed": 18, "expired": 10, "not_yet_valid": 9, "other_name": 62, "unknown_authority": 20}

    def listener(self, manner):
        made = self.control("POST", "/listeners", {"tls": manner})
        self.assertEqual(made["tls"], manner)
        self.assertRegex(made["url"], r"^https://127\.0\.0\.1:\d+$")
        return int(made["url"].rsplit(":", 1)[1])

    def careless(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def test_a_port_of_a_sessions_own(self):
        stream = self.tls("api.fungies.io", tcp=self.tcp(self.listener("good")))
        self.assertEqual(self.ask(stream, get("/v0/orders/x", "api.fungies.io")).status, 401)

    def test_each_flaw_for_its_own_reason(self):
        for manner, code in self.FLAWS.items():
            with self.subTest(manner=manner):
                self.control("DELETE", "/requests")
                port = self.listener(manner)
                with self.assertRaises(ssl.SSLCertVerificationError) as refused:
                    self.tls("api.fungies.io", tcp=self.tcp(port))
                self.assertEqual(refused.exception.verify_code, code)
                self.assertEqual(self.requests(), [])
                stream = self.tls("api.fungies.io", tcp=self.tcp(port), context=self.careless())
                self.ask(stream, get("/v0/orders/x", "api.fungies.io"))
                self.assertEqual(len(self.requests()), 1)  # what a client that does not look sends is seen

    def test_a_handshake_that_is_closed(self):
        with self.assertRaises((ssl.SSLError, ConnectionResetError)):
            self.tls("api.fungies.io", tcp=self.tcp(self.listener("closes")), context=self.careless())

    def test_old_versions_alone(self):
        port = self.listener("old")
        with self.assertRaises(ssl.SSLError):
            self.tls("api.fungies.io", tcp=self.tcp(port))
        context = self.careless()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        stream = self.tls("api.fungies.io", tcp=self.tcp(port), context=context)
        self.assertEqual((stream.version(), self.ask(stream, get("/v0/orders/x", "api.fungies.io")).status),
                         ("TLSv1.1", 401))

    # ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def test_every_vendor_under_its_names(self):
        hosts = {name: provider["hosts"] for name, provider in self.control("GET", "/providers")["providers"].items()}
        self.assertEqual(sorted(hosts), ["akinon", "dukkango", "fungies", "iletimerkezi", "zaikio"])
        for provider, names in hosts.items():
            for name in names:
                with self.subTest(name=name):
                    self.control("DELETE", "/requests")
                    self.ask(self.tls(name), get("/no/such/path", name))
                    self.assertEqual(self.requests()[0]["provider"], provider)

    def test_one_vendor_alone(self):
        stream = self.tls("api.fungies.io")
        self.assertEqual(self.ask(stream, get("/v0/orders/x", "api.fungies.io")).status, 401)
        self.assertEqual(self.ask(stream, get("/_mock/health", "api.fungies.io")).status, 404)
        self.assertEqual(self.ask(stream, CANCEL % b"API.Fungies.io:443").status, 404)
        self.assertEqual([entry["provider"] for entry in self.requests()], ["fungies"] * 3)

    def test_names_of_the_options(self):
        self.ask(self.tls("one.shops.example"), get("/nothing", "one.shops.example"))
        self.assertEqual(self.requests()[0]["provider"], "akinon")
        self.assertEqual(self.ask(self.tls("anything.example"), CANCEL % b"anything.example").body, CANCELLED)

    def test_the_same_without_tls(self):
        self.ask(self.tcp(self.plain_port), get("/nothing", "api.fungies.io"))
        self.assertEqual(self.requests()[0]["provider"], "fungies")

    def test_links_follow_scheme_and_host(self):
        token = self.control("GET", "/providers")["providers"]["zaikio"]["credentials"]["token"]
        more = "Authorization: Bearer %s\r\n" % token
        name = "procurement.zaikio.com"
        answer = self.ask(self.tls(name), get("/consumers/api/v1/suppliers?per_page=1", name, more))
        self.assertEqual(answer.status, 200, answer.body)
        link = next(value for header, value in answer.headers.items() if header.lower() == "link")
        self.assertIn("<https://procurement.zaikio.com/consumers/api/v1/suppliers?", link)
        made = json.loads(self.ask(self.tls(), b"POST /_mock/sessions HTTP/1.1\r\nHost: localhost:%d\r\n"
                                   b"Content-Length: 0\r\n\r\n" % self.tls_port).body)
        self.assertTrue(made["base_urls"]["fungies"].startswith("https://localhost:%d/" % self.tls_port))

    # ── A proxy ────────────────────────────────────────────────────────────────────────────────────────────────────

    def tunnel(self, host, version="1.1"):
        tcp = self.tcp(self.plain_port)
        return tcp, self.ask(tcp, ("CONNECT %s HTTP/%s\r\nHost: %s\r\n\r\n" % (host, version, host)).encode())

    def test_a_tunnel_to_a_vendor(self):
        for version in ("1.1", "1.0"):
            tcp, answer = self.tunnel("api.fungies.io:443", version)
            self.assertEqual((answer.status, answer.headers), (200, {}))
            stream = self.tls("api.fungies.io", tcp=tcp)
            self.assertEqual(self.ask(stream, get("/v0/orders/x", "api.fungies.io")).status, 401)
        entries = self.requests()
        self.assertEqual([(one["provider"], one["request"]["method"]) for one in entries], [("fungies", "GET")] * 2)
        page = self.control("GET", "/connections")["connections"]
        [mine] = [one for one in page if one["connection"] == entries[-1]["connection"]]
        self.assertEqual((mine["tunnel"], mine["tls"]), ("api.fungies.io:443", "TLS1.3"))

    def test_a_tunnel_for_plain_http(self):
        tcp, answer = self.tunnel("api.fungies.io:80")
        self.assertEqual(answer.status, 200)
        self.assertEqual(self.ask(tcp, get("/v0/orders/x", "api.fungies.io")).status, 401)

    def test_no_tunnel_elsewhere(self):
        _, answer = self.tunnel("example.com:443")
        self.assertEqual(answer.status, 403)
        [entry] = self.requests()
        self.assertEqual((entry["request"]["method"], entry["request"]["target"], entry["provider"]),
                         ("CONNECT", "example.com:443", None))
        self.assertEqual(entry["reason"]["rule"], "RFC 9110 section 7.4: a request for another host is refused")

    def test_what_comes_before_the_tunnel_is_there(self):
        tcp = self.tcp(self.plain_port)
        tcp.sendall(b"CONNECT api.fungies.io:443 HTTP/1.1\r\nHost: a\r\n\r\n\x16\x03\x01\x00\x05hello")
        with contextlib.suppress(ConnectionResetError):
            self.assertTrue(read_to_end(tcp).startswith(b"HTTP/1.1 200 Connection established\r\n\r\n"))

    def test_targets_that_name_a_host(self):
        """As clients write them for a proxy (RFC 9112 section 3.2.2)."""
        for target, status, provider in (
                ("http://api.fungies.io/v0/orders/x", 401, "fungies"), ("https://api.fungies.io/v0/orders/x", 401, "fungies"),
                ("http://API.FUNGIES.IO:80/v0/orders/x", 401, "fungies"), ("http://example.com/v0/orders/x", 403, None),
                ("http://localhost/v0/orders/x", 401, "fungies"), ("http://example.com/_mock/health", 403, None)):
            with self.subTest(target=target):
                self.control("DELETE", "/requests")
                answer = self.ask(self.tcp(self.plain_port), get(target, "ignored.example"))
                self.assertEqual((answer.status, self.requests()[0]["provider"]), (status, provider))


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    suite = unittest.TestSuite(test for test in unittest.defaultTestLoader.loadTestsFromTestCase(Tls)
                               if not words or any(word in test.id() for word in words))
    result = unittest.TextTestRunner(verbosity=0, stream=sys.stdout).run(suite)
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed, failed))
    sys.exit(1 if failed or not result.testsRun else 0)
