"""One operation from its arguments to its Result: the deadline, the requests, the counting.

A provider module says what to send and what the answer means; the session gives it `send`, which
keeps the promises that all providers share: nothing leaves after an abort, the deadline is the
operation's, a request that may cancel is counted, and no secret gets into a report.
"""

import importlib
import re
import threading
import time
import urllib.parse

from . import jsonstrict
from .result import Refusal, Result, failed
from .transport import Abort, Base, TransportFailure, exchange

PROVIDERS = ("dukkango", "fungies", "akinon", "iletimerkezi", "zaikio")
USER_AGENT = "cancelorder-python/0.1.0"

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SECRET_MIN = 8  # shorter values are no secrets, and replacing them would damage texts

# Members of a Result in which a provider's own words stand.
_PROVIDERS_WORDS = (
    "provider_code", "message", "hint", "field_errors", "request_id", "order", "items",
)  # fmt: skip

_order_locks = {}
_order_locks_guard = threading.Lock()


def module_of(provider):
    """The module of a provider; each has NAME, OPERATIONS and is imported when first needed."""
    if provider not in PROVIDERS:
        raise KeyError(provider)
    return importlib.import_module("." + provider, __package__)


class Session:
    """The surroundings of one operation.

    `deadline_at` is an instant of time.monotonic(); `ca_file` replaces the system's certificates;
    `state_dir` is a folder for what must outlive the process (None: nothing does); `may_send` is
    asked before each request and may forbid it.
    """

    def __init__(
        self, base_url, credentials, *, deadline_at, provider="", ca_file=None, state_dir=None,
        abort=None, may_send=None,
    ):  # fmt: skip
        self.base_url = base_url
        self.credentials = credentials if isinstance(credentials, dict) else {}
        self.deadline_at = deadline_at
        self.provider = provider
        self.ca_file = ca_file
        self.state_dir = state_dir
        self.abort = abort or Abort()
        self.attempts = 0
        self._may_send = may_send
        self._base = None
        self._secrets = {v for v in self.credentials.values() if isinstance(v, str)}

    def perform(self, operation, arguments):
        """Runs `operation(session, arguments)`; whatever goes wrong becomes a Result."""
        try:
            self._base = Base(self.base_url)
            result = operation(self, arguments if isinstance(arguments, dict) else {})
        except Refusal as refusal:
            result = Result("invalid", message=str(refusal), local=True)
        except TransportFailure as failure:
            result = failed(failure)
        result.attempts = self.attempts
        result.sent = "no" if self.attempts == 0 else (result.sent or "yes")
        self._clean(result)
        return result

    def send(self, method, segments, headers, document=None, *, cancels=False, share=1.0):
        """One exchange. Raises TransportFailure.

        `segments` are path segments as they are, each percent-encoded here ("" at the end gives a
        trailing slash). `document` becomes the JSON body. `share` is the part of the time left that
        this exchange may use, so that an operation that has to look afterwards still can.
        """
        path = "".join("/" + _encoded(segment) for segment in segments)
        fields = [("Accept", "application/json"), ("User-Agent", USER_AGENT)] + list(headers)
        body = None
        if document is not None:
            fields.append(("Content-Type", "application/json"))
            body = _body(document)
        self._admit(cancels)
        left = self.deadline_at - time.monotonic()
        try:
            return exchange(
                self._base, method, path, fields, body, time.monotonic() + left * share,
                abort=self.abort, ca_file=self.ca_file,
            )  # fmt: skip
        except TransportFailure as failure:
            if cancels and failure.sent == "no":
                self.attempts -= 1
            raise

    def pause(self, seconds):
        """Waits between two attempts; returns False where the deadline leaves no time for it."""
        if self.deadline_at - time.monotonic() <= seconds * 2:
            return False
        time.sleep(seconds)
        return not self.abort.requested

    def secret(self, value):
        """Registers a secret that came with an answer; returns it."""
        self._secrets.add(value)
        return value

    def one_at_a_time(self, *key):
        """A context in which no other cancel of the same order runs in this process."""
        return _OrderLock((self.provider, self.base_url) + key, self.deadline_at)

    def _admit(self, cancels):
        with self.abort.lock:
            if self.abort.requested or (self._may_send and not self._may_send(self)):
                raise TransportFailure("aborted", "maybe", "stopped on request")
            if cancels:
                self.attempts += 1

    def _clean(self, result):
        secrets = sorted((s for s in self._secrets if len(s) >= _SECRET_MIN), key=len, reverse=True)

        def clean(text):
            for secret in secrets:
                text = text.replace(secret, "***")
            return text

        for name in _PROVIDERS_WORDS:
            setattr(result, name, jsonstrict.portable(getattr(result, name), clean))


class _OrderLock:
    def __init__(self, key, deadline_at):
        self._key = key
        self._deadline_at = deadline_at
        self._lock = None

    def __enter__(self):
        with _order_locks_guard:
            entry = _order_locks.setdefault(self._key, [threading.Lock(), 0])
            entry[1] += 1
        if not entry[0].acquire(timeout=max(0.0, self._deadline_at - time.monotonic())):
            self._leave()
            raise TransportFailure("timeout", "no", "another cancel of this order is under way")
        self._lock = entry[0]

    def __exit__(self, *_problem):
        self._lock.release()
        self._leave()

    def _leave(self):
        with _order_locks_guard:
            entry = _order_locks[self._key]
            entry[1] -= 1
            if entry[1] == 0:
                del _order_locks[self._key]


def uuid_argument(arguments, name):
    """The UUID in `arguments`, in the case in which it came; raises Refusal."""
    value = arguments.get(name)
    if not jsonstrict.is_text(value) or not _UUID.fullmatch(value):
        raise Refusal(name + ": must be a UUID")
    return value


def _encoded(segment):
    try:
        return urllib.parse.quote(segment, safe="")
    except UnicodeError:
        raise Refusal("order_id: is no Unicode text") from None


def _body(document):
    try:
        return jsonstrict.dump(document)
    except jsonstrict.JsonError:
        raise Refusal("an argument cannot be written as JSON") from None
