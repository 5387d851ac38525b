"""What an operation came to: the outcome and the facts that the caller may rely on.

`Result` is what every provider module returns, `Refusal` what it raises when an argument or a
credential is wrong before anything was sent. The table of statuses holds what all providers share;
a provider says only where it differs.
"""

import re
import time

# `ok` is a read or a log-in that worked, never the outcome of a cancel.
OUTCOMES = frozenset(
    "canceled already_canceled pending partial deleted ok rejected not_found not_found_or_rejected "
    "unauthorized forbidden conflict invalid rate_limited server_error timeout transport_error "
    "protocol_error aborted unknown".split()
)

# Statuses that mean the same everywhere. 400, 422 and the rest of the 4xx differ by provider.
_STATUS_OUTCOMES = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    410: "not_found",
    429: "rate_limited",
}

# In the order in which they are reported.
_MEMBERS = (
    "outcome",
    "http_status",
    "provider_code",
    "message",
    "hint",
    "kind",
    "field_errors",
    "request_id",
    "retry_after_ms",
    "attempts",
    "sent",
    "order",
    "items",
    "local",
)


class Refusal(Exception):
    """A wrong argument or credential; nothing was sent. The text never quotes a credential."""


class Result:
    """One outcome. Members that are None are left out of the report.

    `sent` tells how far the request got that was meant to cancel: no, maybe, yes. `attempts` counts
    such requests. `kind` is Akinon's: cancel or return. `doubtful` (not reported) marks an outcome
    that may hide a cancel that worked, which a provider module resolves by reading the order, never
    by sending the cancel again first.
    """

    __slots__ = _MEMBERS + ("doubtful",)

    def __init__(self, outcome, *, doubtful=False, **members):
        assert outcome in OUTCOMES, outcome
        for name in _MEMBERS:
            setattr(self, name, members.pop(name, None))
        assert not members, members
        self.outcome = outcome
        self.doubtful = doubtful

    def to_dict(self):
        """The members that have a value, in the order of the protocol."""
        pairs = ((name, getattr(self, name)) for name in _MEMBERS)
        return {name: value for name, value in pairs if value is not None}

    def __repr__(self):
        return "Result(%r)" % (self.to_dict(),)


def answered(response, outcome, **members):
    """A Result that carries what every answer carries, whatever it says."""
    if outcome == "rate_limited" or response.status == 503:
        members.setdefault("retry_after_ms", retry_after_ms(response))
    return Result(
        outcome,
        http_status=response.status,
        request_id=response.header("x-request-id"),
        **members,
    )


def failed(failure):
    """A Result for an exchange that brought no whole answer (transport.TransportFailure)."""
    return Result(
        failure.kind,
        http_status=failure.http_status,
        message=str(failure),
        sent=failure.sent,
        doubtful=failure.sent != "no" and failure.kind != "aborted",
    )


def looked(seen):
    """A read for its own sake: `ok` where it brought the order, whatever state the order is in."""
    if seen.order is not None:
        seen.outcome = "ok"
    return seen


def undecided(result, order=None):
    """The last word on a doubtful result that reading the order did not settle.

    A broken connection or an unreadable answer becomes `unknown`: whether the order was cancelled
    cannot be told. A time-out and a server's own failure keep their names, which say as much.
    """
    if result.doubtful and result.outcome in ("transport_error", "protocol_error"):
        result.outcome = "unknown"
    result.order = order
    return result


def outcome_of_status(status, *, refused):
    """The outcome of a status that is not 2xx; `refused` is the provider's reading of 400."""
    if status in _STATUS_OUTCOMES:
        return _STATUS_OUTCOMES[status]
    if 400 <= status <= 499:
        return refused
    if 500 <= status <= 599:
        return "server_error"
    # A redirect is never followed: it would carry the credentials elsewhere, or turn the cancel
    # into a GET whose 200 means nothing. 1xx and unknown classes end here too.
    return "protocol_error"


_SECONDS = re.compile(r"[0-9]{1,9}")
_DATE = re.compile(r"[A-Za-z]{3,9},? .*[0-9]:[0-9].*")


def retry_after_ms(response):
    """The wait that Retry-After or RateLimit-Reset asks for, in milliseconds, or None.

    Dates are compared with the answer's own Date where it has one: only the difference between the
    server's two readings of its clock is certain.
    """
    value = (response.header("retry-after") or "").strip()
    if _SECONDS.fullmatch(value):
        return int(value) * 1000
    instant = _instant(value)
    if instant is None:
        reset = (response.header("ratelimit-reset") or "").strip()
        # Unix seconds, not a number of seconds to wait (providers: zaikio 6).
        instant = int(reset) if re.fullmatch(r"[0-9]{9,11}", reset) else None
    if instant is None:
        return None
    now = _instant((response.header("date") or "").strip())
    return max(0, int((instant - (time.time() if now is None else now)) * 1000))


def _instant(text):
    if not _DATE.fullmatch(text):
        return None
    import email.utils

    try:
        parsed = email.utils.parsedate_tz(text)
        return None if parsed is None else email.utils.mktime_tz(parsed)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
