"""Fungies: cancel an order for digital goods, by its id or its number.

PATCH with an empty object; the answer holds the order, and only `data.order.status` CANCELLED (two
L, this case) under `status` success confirms. There are no error codes. A repeat of a cancel that
worked is answered 200 by default, but that is an assumption, so after an unknown outcome the order
is read first, and only an order that is seen uncancelled allows one more PATCH (providers: fungies
5 to 7, FNG-RETRY-2 to 4). Money is not refunded by cancelling, and nothing here says so.
"""

import re
import urllib.parse

from .jsonstrict import is_integer, is_text, parse_object
from .result import Refusal, answered, failed, looked, outcome_of_status, undecided
from .transport import TransportFailure, check_header_value

NAME = "fungies"

_MAX_ID = 200
_FIRST_SHARE = 0.55
_PAUSE_SECONDS = 0.1
_DEFAULTS = ("value", "tax", "fee", "totalItems")


def cancel(session, arguments):
    """arguments: order_id (UUID or order number, as text)."""
    order_id = _order_id(arguments)
    public = _key(session.credentials, "public_key", wrong="sec_")
    secret = _key(session.credentials, "secret_key", wrong="pub_")
    headers = [("x-fngs-public-key", public), ("x-fngs-secret-key", secret)]

    def attempt(share):
        path = ("orders", order_id, "cancel")
        try:
            response = session.send("PATCH", path, headers, {}, cancels=True, share=share)
        except TransportFailure as failure:
            return failed(failure)
        return classify_cancel(response, order_id)

    with session.one_at_a_time(order_id):
        first = attempt(_FIRST_SHARE)
        if not first.doubtful:
            return first
        seen = _look(session, order_id, public)
        if seen.outcome == "canceled" or seen.order is None or not session.pause(_PAUSE_SECONDS):
            return _settle(first, seen)
        second = attempt(_FIRST_SHARE)
        # A refusal of the repeat may mean that the first one worked after all (FNG-RETRY-3).
        if second.doubtful or second.outcome in ("rejected", "conflict", "not_found"):
            return _settle(second, _look(session, order_id, public))
        return second


def get_order(session, arguments):
    """Reads one order."""
    order_id = _order_id(arguments)
    return looked(_look(session, order_id, _key(session.credentials, "public_key", wrong="sec_")))


def classify_cancel(response, order_id):
    """The Result of the cancel's answer; `order_id` is the id or number that was asked for."""
    document = parse_object(response.body, repair=response.status != 200)
    if response.status == 200:
        return _classify_ok(response, document, order_id)
    if 200 <= response.status <= 299:
        return answered(
            response, "unknown", doubtful=True, message="a success status that is not documented"
        )
    outcome = outcome_of_status(response.status, refused="rejected")
    doubtful = outcome == "server_error"
    return answered(response, outcome, doubtful=doubtful, message=_message(document))


def _classify_ok(response, document, order_id):
    if document is None:
        return answered(
            response, "protocol_error", doubtful=True, message="the answer is no JSON object"
        )
    if document.get("status") == "error":
        return answered(response, "rejected", message=_message(document))
    data = document.get("data")
    order = data.get("order") if isinstance(data, dict) else None
    if document.get("status") != "success" or not _is_order(order):
        return answered(response, "protocol_error", message="the answer breaks its description")
    if not _same(order, order_id):
        return answered(response, "protocol_error", message="the answer is about another order")
    if order["status"] != "CANCELLED":
        text = "accepted, not confirmed: the order is not CANCELLED in the answer"
        return answered(response, "unknown", message=text, order=_report(order))
    return answered(response, "canceled", order=_report(order))


def _look(session, order_id, public):
    # Reading needs the public key alone; the secret one stays at home (FNG-AUTH-5).
    try:
        response = session.send("GET", ("orders", order_id), [("x-fngs-public-key", public)])
    except TransportFailure as failure:
        return failed(failure)
    seen = classify_cancel(response, order_id)
    if seen.outcome == "unknown" and seen.order is not None:
        seen.message = "the order is not cancelled"
    return seen


def _settle(last, seen):
    """The outcome of an attempt in doubt, once the order was read (or could not be)."""
    if seen.outcome == "canceled":
        seen.message = "confirmed by reading the order"
        seen.request_id = last.request_id
        return seen
    if seen.outcome == "aborted":
        return seen
    return undecided(last, seen.order)


def _is_order(order):
    return (
        isinstance(order, dict)
        and all(is_text(order.get(name)) for name in ("id", "number", "status"))
        and is_integer(order.get("createdAt"))
        and 0 <= order["createdAt"] <= 2**53 - 1
    )


def _same(order, asked):
    if order["id"].lower() == asked.lower():
        return True
    bare = asked[1:] if asked.startswith("#") else asked
    numbers = (order["number"], order.get("orderNumber"))
    return any(is_text(n) and (n[1:] if n.startswith("#") else n) == bare for n in numbers)


def _report(order):
    report = {name: 0 for name in _DEFAULTS}  # absent means 0, null stays null (FNG-RES-7, 8)
    report.update(order)
    report["state"] = order["status"]
    return report


def _message(document):
    if document is None:
        return None
    error = document.get("error")
    found = error.get("message") if isinstance(error, dict) else error
    for text in (found, document.get("message")):
        if is_text(text):
            return text
    return None


def _order_id(arguments):
    value = arguments.get("order_id")
    if not is_text(value) or not value or len(value) > _MAX_ID:
        raise Refusal("order_id: must be text, an id or an order number")
    decoded = urllib.parse.unquote(value)
    if decoded in ("", ".", "..") or "/" in decoded or re.search(r"[\x00-\x1f\x7f]", decoded):
        raise Refusal("order_id: is no single path segment")
    return value


def _key(credentials, name, *, wrong):
    value = check_header_value(name, credentials.get(name))
    if value.startswith(wrong):
        raise Refusal(name + ": is a key of the other kind; are the two swapped?")
    return value


OPERATIONS = {"cancel": cancel, "get_order": get_order}
