"""iletiMerkezi: cancel a scheduled SMS order before it goes to the carrier.

Credentials stand in the body. The number in `response.status.code` decides, not the text; success
is that number and the HTTP status both 200. 455 means any of: unknown, sent, finished, cancelled
before. The call is not idempotent, so a success is remembered across processes, and after an
unknown outcome get-report is asked before anything else (providers: iletimerkezi 5 to 7):

    report 456          still scheduled: the cancel did not work and may be sent once more
    report 113, 114     it left, or is finished: too late
    report 115, 455     probably cancelled by the first attempt, but no proof of it
"""

import re

from .jsonstrict import is_integer, is_text, parse_object
from .result import Refusal, Result, answered, failed, looked, outcome_of_status, undecided
from .store import CANCELED, UNRESOLVED, Store
from .transport import TransportFailure

NAME = "iletimerkezi"

_MAX_DIGITS = 64
_LOOK_SHARE = 0.3
_CANCEL_SHARE = 0.6
_PAUSE_SECONDS = 0.1

# What the cancel's codes mean. 404 is 'no such method', which concerns the path and not the order.
_OUTCOMES = {
    400: "invalid",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    422: "invalid",
    429: "rate_limited",
    455: "not_found_or_rejected",
}
_TOO_LATE = {113: "the order is being sent", 114: "the order is finished"}
_WINDOW_CLOSED = "113 114".split()
_CAUSES = (
    "key and hash do not match, or API access is switched off in the panel, "
    "or the account's IP list lacks this address"
)
_MAYBE = "possibly cancelled by an earlier attempt"


def cancel(session, arguments):
    """arguments: order_id (digits, as text or integer; sent as it came)."""
    order_id = _order_id(arguments)
    login = _authentication(session.credentials)
    with session.one_at_a_time(login["key"], str(order_id)):
        store = Store(session.state_dir, NAME, login["key"], str(order_id))
        if store.state() == CANCELED:
            text = "cancelled before by this client; nothing was sent"
            return Result("already_canceled", message=text, local=True)
        earlier = store.state() == UNRESOLVED
        seen = _look(session, login, order_id, share=_LOOK_SHARE)
        if _ends_it(seen):
            return _keep(store, seen, earlier)
        if earlier and seen.provider_code != "456":
            return _possibly(seen)  # only a report of 456 allows another cancel (ILM-IDEMP-4)
        if not store.remember(UNRESOLVED):
            return Result("invalid", message="state_dir cannot be written; nothing was cancelled")
        result = _cancel(session, login, order_id)
        return _keep(store, result, earlier)


def get_report(session, arguments):
    """Reads one order; `provider_code` is its status, or 456 where it is still scheduled."""
    login, order_id = _authentication(session.credentials), _order_id(arguments)
    seen = _look(session, login, order_id, share=1.0)
    return looked(seen) if seen.provider_code else seen


def classify_cancel(response):
    """The Result of the cancel's answer."""
    code, message, _ = _read(response)
    if code is None:
        return _unreadable(response)
    members = {"provider_code": str(code), "message": message}
    if code == 200:
        if response.status == 200:
            return answered(response, "canceled", **members)
        return answered(response, "unknown", doubtful=True, **members)
    if code == 401:
        members["hint"] = _CAUSES
    if code in _OUTCOMES:
        return answered(response, _OUTCOMES[code], **members)
    if 500 <= code <= 599:
        return answered(response, "server_error", doubtful=True, **members)
    return answered(response, "rejected", **members)


def classify_report(response):
    """The Result of get-report's answer: what it says about whether a cancel can (have) worked."""
    code, message, order = _read(response)
    if code == 200 and response.status == 200 and order is not None:
        status = _number(order.get("status"))
        outcome = "rejected" if status in _TOO_LATE else "unknown"
        members = {"provider_code": None if status is None else str(status), "order": order}
        text = _TOO_LATE.get(status, "the order failed or was cancelled")
        return answered(response, outcome, message=text, **members)
    if code == 456:
        # An error by its form, and good news: the order still waits to be sent (ILM-DISAMB-4).
        members = {"provider_code": "456", "message": message}
        return answered(response, "unknown", order={"state": "scheduled"}, **members)
    if code == 200:
        return answered(response, "unknown", message="the report says nothing about the order")
    return classify_cancel(response)


def _cancel(session, login, order_id):
    """The cancel with what an unknown outcome asks for."""
    first = _attempt(session, login, order_id)
    if not first.doubtful:
        return first
    seen = _look(session, login, order_id, share=_LOOK_SHARE)
    if seen.outcome == "aborted":
        return seen
    if seen.provider_code in _WINDOW_CLOSED:
        seen.sent = first.sent
        return seen
    if seen.provider_code in ("115", "455"):
        return _possibly(seen)
    if seen.provider_code != "456" or not session.pause(_PAUSE_SECONDS):
        return undecided(first)
    second = _attempt(session, login, order_id)
    return _possibly(second) if second.outcome == "not_found_or_rejected" else undecided(second)


def _attempt(session, login, order_id):
    document = {"request": {"authentication": login, "order": {"id": order_id}}}
    try:
        response = session.send(
            "POST", ("cancel-order", "json"), [], document, cancels=True, share=_CANCEL_SHARE
        )
    except TransportFailure as failure:
        return failed(failure)
    return classify_cancel(response)


def _look(session, login, order_id, *, share):
    document = {"request": {"authentication": login, "order": {"id": order_id}}}
    try:
        response = session.send("POST", ("get-report", "json"), [], document, share=share)
    except TransportFailure as failure:
        return failed(failure)
    return classify_report(response)


def _ends_it(seen):
    """Whether the look before the cancel already tells that it must not, or cannot, be sent."""
    if seen.outcome in ("unauthorized", "forbidden", "rate_limited", "aborted"):
        return True
    nobody_there = seen.outcome == "transport_error" and not seen.doubtful
    return nobody_there or seen.provider_code in _WINDOW_CLOSED


def _possibly(result):
    said = "; the provider says: " + result.message if result.message else ""
    return Result(
        "unknown",
        http_status=result.http_status,
        provider_code=result.provider_code,
        message=_MAYBE + said,
        request_id=result.request_id,
        order=result.order,
        sent=result.sent,
        doubtful=True,
    )


def _keep(store, result, earlier):
    if result.outcome == "canceled":
        if not store.remember(CANCELED):
            result.hint = "the success could not be stored; do not cancel this order again"
    elif not (result.doubtful or result.outcome == "aborted"):
        # Any other refusal of this call leaves a doubt from a former one as it was.
        closed = result.outcome == "rejected" and result.provider_code in _WINDOW_CLOSED
        store.remember(UNRESOLVED if earlier and not closed else None)
    return result


def _read(response):
    """(code, message, order) of an answer; the code is None where the answer is not to be read."""
    document = parse_object(response.body, repair=True)
    answer = (document or {}).get("response")
    status = answer.get("status") if isinstance(answer, dict) else None
    if not isinstance(status, dict):
        return None, None, None
    message, order = status.get("message"), answer.get("order")
    return (
        _number(status.get("code")),
        message if is_text(message) else None,
        order if isinstance(order, dict) else None,
    )


def _number(value):
    # An integer, or the same in digits as older pages have it (ILM-RESP-2).
    if is_integer(value):
        return value
    return int(value) if is_text(value) and re.fullmatch(r"[0-9]{1,9}", value) else None


def _unreadable(response):
    """No `response.status` to go by: the outcome is unknown unless the status leaves no doubt."""
    if response.status in (401, 403, 429) or response.status >= 500:
        outcome = outcome_of_status(response.status, refused="unknown")
        return answered(response, outcome, doubtful=outcome == "server_error")
    text = "the answer has no response.status"
    return answered(response, "unknown", doubtful=True, message=text)


def _order_id(arguments):
    value = arguments.get("order_id")
    text = str(value) if is_integer(value) else value
    if not is_text(text) or not re.fullmatch(r"[0-9]{1,%d}" % _MAX_DIGITS, text):
        raise Refusal("order_id: must be decimal digits")
    return value


def _authentication(credentials):
    # Both go out as they came: the panel's hash is finished, it is not hashed again (ILM-AUTH-3).
    for name in ("key", "hash"):
        value = credentials.get(name)
        if not is_text(value) or not value.strip():
            raise Refusal(name + ": missing or empty")
    return {"key": credentials["key"], "hash": credentials["hash"]}


OPERATIONS = {"cancel": cancel, "get_report": get_report}
