"""One HTTP exchange, from the connection to the last byte of the answer.

`http.client` does the syntax; this module does what it leaves open:

- The deadline covers the exchange, not a read: before each read and write the socket is given what
  is left, so a server that sends one byte a second cannot stretch it.
- Sizes are capped: MAX_BODY for a body, MAX_RECEIVED for everything on the wire.
- An answer that ends early is a failure. `http.client` takes an end of file inside the header block
  for its end, and a short body read in pieces for a whole one; both are checked here.
- Nothing is followed, nothing is taken from the environment, no header is sent that is not named.
- Plain http is spoken with the machine itself only. Certificates are always verified.

A connection serves one exchange and is closed. Any thread may abort it.

    response = exchange(base, "PUT", "/orders/1", [("Accept", "*/*")], b"{}", deadline_at)
"""

import io
import re
import socket
import threading
import time
import urllib.parse

from .result import Refusal

MAX_BODY = 1024 * 1024
MAX_RECEIVED = 2 * MAX_BODY
MAX_INTERIM = 16
CONNECT_SECONDS = 5.0
_RESOLVE_SECONDS = 5.0
_MAX_BASE = 2048
_MAX_HEADER = 8192

_VISIBLE = re.compile(r"[\x21-\x7e]+")
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_LOOPBACK = re.compile(r"127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}|::1|localhost")
_NUMERIC = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")


class TransportFailure(Exception):
    """No whole answer came.

    `kind` is the outcome (timeout, transport_error, protocol_error, aborted); `sent` tells whether
    the request can have reached the server: no, maybe, yes.
    """

    def __init__(self, kind, sent, text, http_status=None):
        super().__init__(text)
        self.kind = kind
        self.sent = sent
        self.http_status = http_status


class Abort:
    """A way for another thread to end what is under way. `requested` never goes back to False."""

    def __init__(self):
        self.lock = threading.Lock()
        self.requested = False
        self._socket = None

    def request(self):
        with self.lock:
            self.requested = True
            if self._socket is not None:
                _shut(self._socket)

    def watch(self, sock):
        with self.lock:
            self._socket = sock
            if self.requested and sock is not None:
                _shut(sock)


class Response:
    """A whole answer: status, headers in order, body. Header names are compared without case."""

    __slots__ = ("status", "headers", "body")

    def __init__(self, status, headers=(), body=b""):
        self.status = status
        self.headers = list(headers)
        self.body = body

    def header(self, name):
        """The first value of a header, or None."""
        for key, value in self.headers:
            if key.lower() == name:
                return value
        return None


class Base:
    """A base URL, taken apart and found fit to be called. Raises Refusal otherwise."""

    __slots__ = ("scheme", "host", "port", "path")

    def __init__(self, text):
        parts = _split(text)
        self.scheme = parts.scheme
        self.host = _a_label(parts.hostname or "")
        try:
            self.port = parts.port or {"http": 80, "https": 443}[self.scheme]
        except ValueError:
            raise Refusal("base_url: the port is no port") from None
        self.path = urllib.parse.quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
        if self.scheme == "http" and not _LOOPBACK.fullmatch(self.host):
            raise Refusal("base_url: plain http is allowed for the loopback address only")


def check_header_value(name, value):
    """Returns `value` if it may stand in a header as it is; raises Refusal (without it) if not."""
    if not isinstance(value, str) or not value:
        raise Refusal(name + ": missing or empty")
    if len(value) > _MAX_HEADER or not _HEADER_VALUE.fullmatch(value):
        raise Refusal(name + ": has characters that a header must not have")
    return value


def exchange(base, method, path, headers, body, deadline_at, *, abort=None, ca_file=None):
    """Sends one request and returns its Response, or raises TransportFailure."""
    import http.client

    wire = None
    abort = abort or Abort()
    try:
        wire = _Wire(_connect(base, deadline_at, abort, ca_file), deadline_at)
        _send(http.client, base, wire, method, path, headers, body)
        return _receive(http.client, wire, method)
    except TransportFailure:
        raise
    except Exception as problem:  # every way in which a peer can break an exchange ends here
        raise _failure(http.client, problem, wire) from None
    finally:
        aborted = abort.requested
        abort.watch(None)
        if wire is not None:
            wire.close()
        if aborted:
            raise TransportFailure("aborted", wire.sent if wire else "no", "stopped on request")


class _Expired(Exception):
    pass


class _TooLarge(Exception):
    pass


class _Broken(Exception):
    """The answer ended early or contradicts itself; `cut` tells which."""

    def __init__(self, text, *, cut):
        super().__init__(text)
        self.cut = cut


class _Reader(io.BufferedReader):
    # Each HTTPResponse flushes and closes its reader when it is dropped, which may be after the
    # connection is gone, and interim answers share one.
    def close(self):
        pass

    def flush(self):
        pass


class _Wire(io.RawIOBase):
    """The socket as http.client sees it, with the deadline and the cap built in.

    Writes are gathered until push(), so that a request leaves in one piece and it is known whether
    any byte of it did.
    """

    def __init__(self, sock, deadline_at):
        super().__init__()
        self._socket = sock
        self._deadline_at = deadline_at
        self._outgoing = []
        self._received = 0
        self._reader = _Reader(self, 65536)
        self.sent = "no"
        self.status = None
        self.ended = False

    def sendall(self, data):
        self._outgoing.append(bytes(data))

    def push(self):
        view = memoryview(b"".join(self._outgoing))
        self._outgoing.clear()
        while view:
            self._socket.settimeout(_left(self._deadline_at))
            count = self._socket.send(view)
            view = view[count:]
            self.sent = "maybe"

    def readable(self):
        return True

    def readinto(self, buffer):
        self._socket.settimeout(_left(self._deadline_at))
        count = self._socket.recv_into(buffer)
        self.ended = count == 0
        self._received += count
        if self._received > MAX_RECEIVED:
            raise _TooLarge()
        return count

    def makefile(self, *_arguments):
        return self._reader

    def close(self):
        self._socket.close()
        super().close()


def _split(text):
    if not isinstance(text, str) or not text or len(text) > _MAX_BASE:
        raise Refusal("base_url: missing, empty or too long")
    if re.search(r"[\x00-\x20\x7f\\?#]", text):
        raise Refusal("base_url: has a query, a fragment or characters that no base URL has")
    try:
        parts = urllib.parse.urlsplit(text)
    except ValueError:
        raise Refusal("base_url: cannot be read") from None
    if parts.scheme not in ("http", "https"):
        raise Refusal("base_url: neither http nor https")
    if "@" in parts.netloc:
        raise Refusal("base_url: must not carry a user name or password")
    return parts


def _a_label(host):
    # Host and SNI carry the A-label, never raw UTF-8 (providers: dukkango 1).
    try:
        ascii_host = host.encode("idna").decode("ascii") if host and not host.isascii() else host
    except UnicodeError:
        raise Refusal("base_url: the host name is no host name") from None
    if not _VISIBLE.fullmatch(ascii_host):
        raise Refusal("base_url: there is no host name")
    return ascii_host.lower()


def _left(deadline_at):
    seconds = deadline_at - time.monotonic()
    if seconds <= 0:
        raise _Expired()
    return seconds


def _shut(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except (OSError, ValueError):
        pass  # not connected yet, or gone already: both are what was wanted


def _resolve(base, deadline_at):
    if base.host == "localhost":
        return [(socket.AF_INET, ("127.0.0.1", base.port)), (socket.AF_INET6, ("::1", base.port))]
    if _NUMERIC.fullmatch(base.host):
        family = socket.AF_INET6 if ":" in base.host else socket.AF_INET
        return [(family, (base.host, base.port))]
    found = []

    def look_up():
        try:
            for entry in socket.getaddrinfo(base.host, base.port, type=socket.SOCK_STREAM):
                found.append((entry[0], entry[4]))
        except (OSError, UnicodeError):
            pass

    # The resolver knows no deadline; a thread that is left behind does no harm.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(min(_left(deadline_at), _RESOLVE_SECONDS))
    if thread.is_alive():
        raise _Expired()
    if not found:
        raise TransportFailure("transport_error", "no", "the host name has no address")
    return found


def _connect(base, deadline_at, abort, ca_file):
    sock = _connect_any(_resolve(base, deadline_at), deadline_at, abort)
    if base.scheme == "http":
        return sock
    try:
        secure = _secure(sock, base.host, deadline_at, ca_file)
    except BaseException:
        sock.close()
        raise
    abort.watch(secure)
    return secure


def _connect_any(addresses, deadline_at, abort):
    """The first address that takes the connection; each may use its part of the time left."""
    problem = None
    for index, (family, address) in enumerate(addresses):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            abort.watch(sock)
            share = _left(deadline_at) / (len(addresses) - index)
            sock.settimeout(min(share, CONNECT_SECONDS))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            sock.close()
            problem = error
        except BaseException:
            sock.close()
            raise
    raise problem


def _secure(sock, host, deadline_at, ca_file):
    import ssl

    # The plain constructor verifies chain and name; unlike ssl.create_default_context() it writes
    # no session keys to a file that the environment names.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    else:
        context.load_default_certs()
    sock.settimeout(_left(deadline_at))
    return context.wrap_socket(sock, server_hostname=host)


def _send(client, base, wire, method, path, headers, body):
    connection = client.HTTPConnection(base.host, base.port)
    connection.default_port = 443 if base.scheme == "https" else 80
    connection.sock = wire
    connection.putrequest(method, base.path + path, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, check_header_value(name, value))
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    try:
        wire.push()
    except OSError:
        # A server may answer and close before it has read the body; the answer still counts.
        if wire.sent == "no":
            raise


def _receive(client, wire, method):
    for _ in range(MAX_INTERIM):
        response = client.HTTPResponse(wire, method=method)
        response.begin()
        if wire.ended:
            raise _Broken("the answer ended inside its header block", cut=True)
        wire.status = response.status
        if response.status >= 200:
            _check_framing(response)
            body = _body(response)
            wire.sent = "yes"
            return Response(response.status, response.headers.items(), body)
        if response.status == 101:
            break
    raise _Broken("only interim answers came", cut=False)


def _check_framing(response):
    defects = [type(defect).__name__ for defect in response.headers.defects]
    if "MissingHeaderBodySeparatorDefect" in defects:
        raise _Broken("the header block cannot be read", cut=False)
    lengths = {value.strip() for value in response.headers.get_all("content-length", [])}
    codings = [value.strip().lower() for value in response.headers.get_all("transfer-encoding", [])]
    if len(lengths) > 1 or any(not re.fullmatch(r"[0-9]{1,18}", value) for value in lengths):
        raise _Broken("the answer's Content-Length cannot be relied on", cut=False)
    if codings not in ([], ["chunked"]):
        raise _Broken("the answer's Transfer-Encoding is not understood", cut=False)
    encoding = (response.headers.get("content-encoding") or "identity").strip().lower()
    if encoding != "identity":
        raise _Broken("the answer is encoded in a way that was not asked for", cut=False)


def _body(response):
    declared = response.length  # None when chunked, or when the end of the connection ends it
    if declared is not None and declared > MAX_BODY:
        raise _TooLarge()
    pieces = []
    total = 0
    while True:
        piece = response.read(min(65536, MAX_BODY + 1 - total))
        if not piece:
            break
        pieces.append(piece)
        total += len(piece)
        if total > MAX_BODY:
            raise _TooLarge()
    if declared is not None and total != declared:
        raise _Broken("the answer is shorter than it says", cut=True)
    return b"".join(pieces)


def _failure(client, problem, wire):
    sent = wire.sent if wire else "no"
    status = wire.status if wire else None
    if isinstance(problem, (_Expired, socket.timeout)):
        return TransportFailure("timeout", sent, "no whole answer within the deadline", status)
    if isinstance(problem, Refusal):
        raise problem
    if isinstance(problem, _TooLarge):
        return TransportFailure("protocol_error", sent, "the answer is too large", status)
    if isinstance(problem, _Broken):
        kind = "transport_error" if problem.cut else "protocol_error"
        return TransportFailure(kind, sent, str(problem), status)
    if isinstance(problem, client.IncompleteRead):
        text = "the answer ended before it was complete"
        return TransportFailure("transport_error", sent, text, status)
    if isinstance(problem, OSError):
        text = "the connection failed (%s)" % (problem.strerror or type(problem).__name__)
        return TransportFailure("transport_error", sent, text, status)
    return TransportFailure("protocol_error", sent, "the answer is not HTTP", status)
