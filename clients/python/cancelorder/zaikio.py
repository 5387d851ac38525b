"""Zaikio Procurement: a printer cancels an order at a supplier; which call depends on the state.

    draft                       DELETE: the order is gone
    placed, transfer_failed     cancel_by_consumer: the order is cancelled
    any other after placing     request_cancelation: a request, which the supplier answers some day

The order is read first unless the caller names the method. The two events mean different things, so
none is ever replaced by the other, and after an unknown outcome the order is read and nothing is
sent again (providers: zaikio 4, 7, ZAI-RETRY-1 and 4).
"""

from .jsonstrict import is_text, parse_object
from .result import Refusal, Result, answered, failed, looked, outcome_of_status, undecided
from .session import uuid_argument
from .transport import TransportFailure, check_header_value

NAME = "zaikio"

_LOOK_SHARE = 0.4
_CANCEL_SHARE = 0.6

DELETE = "delete"
BY_CONSUMER = "cancel_by_consumer"
REQUEST = "request_cancelation"
_METHODS = (DELETE, BY_CONSUMER, REQUEST)

_BY_STATE = {
    "draft": DELETE,
    "placed": BY_CONSUMER,
    "transfer_failed": BY_CONSUMER,
    "transferred": REQUEST,
    "confirmed": REQUEST,
    "producing": REQUEST,
    "partially_shipped": REQUEST,
}
# Final, so that nothing is sent (ZAI-REQ-14). A shipped order may still be requested where the
# policy is `always`; the policy is the supplier's and not in the order, so the caller has to know.
_FINAL = {
    "shipped": "shipped already: only where the supplier's cancelation_policy is always may "
    "request_cancelation be named as the method; else contact the supplier",
    "partially_shipped_remainder_canceled": "shipped in part and the remainder canceled: nothing "
    "is left to cancel",
}
_CANCELED = ("canceled_by_consumer", "canceled_by_supplier")
_REQUESTED = "cancelation_requested"


def cancel(session, arguments):
    """arguments: order_id (UUID), method (one of _METHODS; absent: chosen by the state)."""
    order_id = uuid_argument(arguments, "order_id")
    method = arguments.get("method")
    if method is not None and method not in _METHODS:
        raise Refusal("method: must be one of " + ", ".join(_METHODS))
    headers = _headers(session.credentials)
    with session.one_at_a_time(order_id.lower()):
        seen = None
        if method is None:
            seen = _look(session, headers, order_id, share=_LOOK_SHARE)
            method = _BY_STATE.get(_state(seen))
            if method is None:
                return _nothing_to_send(seen)
        first = _attempt(session, headers, order_id, method)
        if first.http_status == 422 and method != DELETE:
            return _settle_refusal(first, _look(session, headers, order_id))
        if first.doubtful:
            after = _look(session, headers, order_id)
            return _settle_doubt(first, after, method, was_draft=_state(seen) == "draft")
        return first


def get_order(session, arguments):
    """Reads one order."""
    order_id = uuid_argument(arguments, "order_id")
    return looked(_look(session, _headers(session.credentials), order_id))


def classify_cancel(response, order_id, method):
    """The Result of the answer to `method`."""
    if method == DELETE and response.status == 204:
        return answered(response, "deleted")
    if method == DELETE and 200 <= response.status <= 299:
        text = "204 was to be expected"
        return answered(response, "unknown", doubtful=True, message=text)
    if response.status != 200:
        return _classify_refusal(response)
    order = parse_object(response.body)
    problem = _problem(order, order_id)
    if problem:
        return answered(response, "protocol_error", doubtful=order is None, message=problem)
    if method == BY_CONSUMER and order["state"] == "canceled_by_consumer":
        return answered(response, "canceled", order=order)
    # A request is pending whatever comes of it later, never 'cancelled' (ZAI-RES-2).
    if method == REQUEST and order["state"] in (_REQUESTED, "canceled_by_supplier"):
        return answered(response, "pending", order=order)
    text = "not done: the answer has the order in another state"
    return answered(response, "unknown", message=text, order=order)


def classify_order(response, order_id):
    """The Result of reading the order; `order` is there only where the answer was good."""
    if response.status != 200:
        return _classify_refusal(response)
    order = parse_object(response.body)
    problem = _problem(order, order_id)
    if problem:
        return answered(response, "protocol_error", message=problem)
    if order["state"] in _CANCELED:
        return answered(response, "canceled", order=order)
    if order["state"] == _REQUESTED:
        return answered(response, "pending", order=order)
    return answered(response, "unknown", message="the order is not cancelled", order=order)


def _attempt(session, headers, order_id, method):
    verb, document = "PATCH", {"order": {"state_event": method}}
    if method == DELETE:
        verb, document = "DELETE", None
    try:
        response = session.send(
            verb, ("orders", order_id), headers, document, cancels=True, share=_CANCEL_SHARE
        )
    except TransportFailure as failure:
        return failed(failure)
    return classify_cancel(response, order_id, method)


def _look(session, headers, order_id, share=1.0):
    try:
        response = session.send("GET", ("orders", order_id), headers, share=share)
    except TransportFailure as failure:
        return failed(failure)
    return classify_order(response, order_id)


def _state(seen):
    return seen.order["state"] if seen is not None and seen.order is not None else None


def _nothing_to_send(seen):
    """The order cannot be cancelled any more, is cancelled already, or could not be read."""
    state = _state(seen)
    if state is None:
        return seen
    if state in _CANCELED:
        seen.outcome, seen.message = "already_canceled", "the order is cancelled already"
    elif state == _REQUESTED:
        seen.outcome, seen.message = "pending", "a cancelation is requested already"
    elif state in _FINAL:
        seen.outcome, seen.message, seen.local = "rejected", _FINAL[state], True
    else:
        seen.outcome = "unknown"
        seen.message = "the order is in a state that this client does not know; name the method"
    return seen


def _settle_refusal(refusal, after):
    """A 422, once the order was read: somebody may have moved or cancelled it (ZAI-RETRY-3)."""
    if after.outcome == "aborted":
        return after
    refusal.order = after.order
    if _state(after) in _CANCELED:
        refusal.outcome = "already_canceled"
    elif _state(after) is not None:
        refusal.hint = "the order is " + _state(after)
    return refusal


def _settle_doubt(first, after, method, *, was_draft):
    """An attempt in doubt, once the order was read. It is not sent again (ZAI-RETRY-1)."""
    if after.outcome == "aborted":
        return after
    state = _state(after)
    if method == DELETE and after.http_status == 404:
        # Gone, and it was a draft a moment ago: deleted, most likely by us (ZAI-ERR-2).
        outcome = "deleted" if was_draft else "unknown"
        text = "the order is gone, probably deleted by this call"
        return Result(outcome, http_status=404, message=text, sent=first.sent)
    if method == BY_CONSUMER and state == "canceled_by_consumer":
        return _confirmed(after, "canceled", first)
    if method == REQUEST and state in (_REQUESTED, "canceled_by_supplier"):
        return _confirmed(after, "pending", first)
    return undecided(first, after.order)


def _confirmed(after, outcome, first):
    after.outcome, after.sent = outcome, first.sent
    after.message = "confirmed by reading the order"
    return after


def _classify_refusal(response):
    errors = (parse_object(response.body, repair=True) or {}).get("errors")
    members = {"provider_code": None, "message": None, "field_errors": None}
    if isinstance(errors, list):
        texts = [text for text in errors if is_text(text)]
        # The first entry is the code; the second, if there is one, is prose (ZAI-AUTH-7).
        members["provider_code"] = texts[0] if texts else None
        members["message"] = texts[1] if len(texts) > 1 else members["provider_code"]
    elif isinstance(errors, dict):
        fields = {name: _texts(value) for name, value in errors.items() if _texts(value)}
        members["field_errors"] = fields or None
        members["message"] = next((row[0] for row in fields.values()), None)
    if 200 <= response.status <= 299:
        text = "a success status that is not documented"
        return answered(response, "unknown", doubtful=True, message=text)
    # 422 is 'not in this state or by this policy', every other refusal a malformed request.
    refused = "rejected" if response.status == 422 else "invalid"
    outcome = outcome_of_status(response.status, refused=refused)
    return answered(response, outcome, doubtful=outcome == "server_error", **members)


def _texts(value):
    if is_text(value):
        return [value]
    return [text for text in value if is_text(text)] if isinstance(value, list) else []


def _problem(order, order_id):
    if order is None:
        return "the answer is no JSON object"
    if not is_text(order.get("id")) or not is_text(order.get("state")):
        return "the answer is no order"
    if order["id"].lower() != order_id.lower():
        return "the answer is about another order"
    return None


def _headers(credentials):
    token = check_header_value("token", credentials.get("token"))
    if " " in token:
        raise Refusal("token: must not have blanks")
    return [("Authorization", "Bearer " + token)]


OPERATIONS = {"cancel": cancel, "get_order": get_order}
