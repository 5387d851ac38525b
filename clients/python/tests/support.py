"""What the tests share: answers as values, and a server that plays a script on port 0."""

import json
import socket
import struct
import threading

from cancelorder import perform
from cancelorder.transport import Response

SILENCE = object()  # the request is read and never answered
RESET = object()  # the connection is reset once the request was read
DRIP = object()  # a header without end, a byte at a time (it does end, lest a broken client hang)
DRIPS = 250


def response(status, body=b"", headers=()):
    """A Response; a `body` that is neither bytes nor text is written as JSON."""
    return Response(status, headers, _bytes(body))


def http(status, body=b"", headers=(), length=None):
    """The bytes of an answer; `length` replaces the true Content-Length."""
    data = _bytes(body)
    lines = ["HTTP/1.1 %d X" % status, "Connection: close"]
    lines += ["%s: %s" % pair for pair in headers]
    if status != 204:
        lines.append("Content-Length: %d" % (len(data) if length is None else length))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def _bytes(body):
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode("utf-8")


class Request:
    """One request as it was received."""

    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, self.version = lines[0].split(" ")
        self.headers = [tuple(line.split(": ", 1)) for line in lines[1:]]
        self.body = body

    def header(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def line(self):
        return self.method + " " + self.target


class Server:
    """Answers the n-th request with the n-th step of the script, the last step ever after.

    A step is the bytes to send before closing, SILENCE, RESET, DRIP, or a function of the Request
    that returns one of these.
    """

    def __init__(self, *script):
        self.script = script
        self.requests = []
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = "http://127.0.0.1:%d" % self.port
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self._stop.set()
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    @property
    def lines(self):
        return [request.line for request in self.requests]

    def _accept(self):
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(peer,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, peer):
        with peer:
            peer.settimeout(5)
            try:
                request = _read(peer)
                if request is None:
                    return
                with self._lock:
                    step = self.script[min(len(self.requests), len(self.script) - 1)]
                    self.requests.append(request)
                self._play(peer, step(request) if callable(step) else step)
            except OSError:
                pass

    def _play(self, peer, step):
        if step is SILENCE:
            peer.settimeout(0.02)
            while not self._stop.is_set():
                try:
                    if not peer.recv(1):
                        return
                except socket.timeout:
                    pass
        elif step is RESET:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif step is DRIP:
            peer.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(DRIPS):
                if self._stop.wait(0.02):
                    return
                peer.sendall(b"a")
        else:
            peer.sendall(step)


def _read(peer):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65536)
        if not piece:
            return None
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    request = Request(head, b"")
    length = int((request.header("content-length") or ["0"])[0])
    while len(body) < length:
        piece = peer.recv(65536)
        if not piece:
            return None
        body += piece
    request.body = body
    return request


def run(provider, server, credentials, arguments, operation="cancel", seconds=3.0, path="", **options):
    """One operation against `server`, as the report has it."""
    result = perform(
        provider, operation, server.url + path, credentials, arguments, seconds=seconds, **options
    )
    return result.to_dict()


def subset(test, expected, actual):
    """Asserts that `actual` has the members of `expected`; None means that one must be absent."""
    test.assertEqual(expected, {name: actual.get(name) for name in expected})
