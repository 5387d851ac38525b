"""Access tokens that a log-in hands out: kept for the next call, renewed once when refused.

The cache lives as long as the process, knows accounts by a hash only and keeps the worlds of
different state folders apart: a folder that was made anew is a new world. `with_token` is the whole
rule about 401 (providers: dukkango DUK-AUTH-5 and 6, akinon AKN-AUTH-5): one new log-in, one repeat
of the call, no loop.
"""

import hashlib
import threading
import time

from .result import Result, outcome_of_status
from .store import world_of
from .transport import TransportFailure

_MAX_ACCOUNTS = 64
_MARGIN_SECONDS = 60.0

_tokens = {}
_lock = threading.Lock()


class LoginFailed(Exception):
    """The log-in was refused or failed; `result` says how. The call it was for is not made."""

    def __init__(self, result):
        super().__init__(result.outcome)
        self.result = result


def with_token(session, given, account, log_in, attempt):
    """The Result of `attempt(token)`.

    `given` is a token from the caller or None; `account` a tuple of the strings that a log-in needs
    or None; `log_in()` returns (token, seconds it lives) or raises LoginFailed.
    """
    key = _key(session, account) if account else None
    try:
        token = given or _cached(key) or _fresh(session, key, log_in)
    except LoginFailed as failure:
        return failure.result
    result = attempt(token)
    if result.outcome != "unauthorized" or not account:
        return result
    _forget(key, token)
    try:
        token = _cached(key) or _fresh(session, key, log_in)
    except LoginFailed as failure:
        # The call was refused, whatever became of the log-in.
        return failure.result if failure.result.outcome == "aborted" else result
    return attempt(token)


def log_in_only(log_in):
    """The Result of a log-in for its own sake."""
    try:
        log_in()
    except LoginFailed as failure:
        return failure.result
    return Result("ok")


def outcome_of_refused_login(status):
    """A log-in that is not found, or conflicts, says nothing of the order."""
    outcome = outcome_of_status(status, refused="unauthorized")
    return "protocol_error" if outcome in ("not_found", "conflict") else outcome


def _key(session, account):
    parts = (session.provider, session.base_url, world_of(session.state_dir)) + tuple(account)
    text = "\0".join(parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _fresh(session, key, log_in):
    token, seconds = log_in()
    if session.abort.requested:
        raise TransportFailure("aborted", "no", "stopped on request")
    with _lock:
        while len(_tokens) >= _MAX_ACCOUNTS:
            _tokens.pop(next(iter(_tokens)))
        _tokens[key] = (token, time.monotonic() + seconds - _MARGIN_SECONDS)
    return session.secret(token)


def _cached(key):
    with _lock:
        token, until = _tokens.get(key, (None, 0.0))
        return token if token and time.monotonic() < until else None


def _forget(key, token):
    with _lock:
        if _tokens.get(key, (None, 0.0))[0] == token:
            del _tokens[key]
